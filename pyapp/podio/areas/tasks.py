"""Tasks: a method for each operation that Podio documents.

Made by ``python -m tools.operations`` of its table: edit that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from podio.areas.calls import Area, Params, fill, merged

if TYPE_CHECKING:
    from podio.json_types import (
        CompletedTaskJSON,
        CountJSON,
        CreatedLabelJSON,
        LabelJSON,
        TaskJSON,
        TaskSummaryJSON,
        TaskTotalsJSON,
    )


class Tasks(Area):
    """Tasks (https://developers.podio.com/doc/tasks)."""

    async def get_all(
        self,
        *,
        org: int | str | None = None,
        space: int | str | None = None,
        app: int | str | None = None,
        responsible: int | str | None = None,
        reference: str | None = None,
        created_by: int | str | None = None,
        completed_by: int | str | None = None,
        grouping: str | None = None,
        sort_by: str | None = None,
        sort_desc: bool | None = None,
        completed: bool | None = None,
        completed_on: str | None = None,
        created_on: str | None = None,
        created_via: str | None = None,
        due_date: str | None = None,
        external_id: str | None = None,
        label: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        view: str | None = None,
        params: Params | None = None,
    ) -> list[TaskJSON]:
        """Return the tasks that pass a filter.

        Podio wants at least one filter; several values of one are a single text, separated by `;`.

        See "Get tasks", https://developers.podio.com/doc/tasks/get-tasks-77949
        """
        path = "/task/"
        return cast(
            "list[TaskJSON]",
            await self._caller.request(
                "GET",
                path,
                params=merged(
                    {
                        "org": org,
                        "space": space,
                        "app": app,
                        "responsible": responsible,
                        "reference": reference,
                        "created_by": created_by,
                        "completed_by": completed_by,
                        "grouping": grouping,
                        "sort_by": sort_by,
                        "sort_desc": sort_desc,
                        "completed": completed,
                        "completed_on": completed_on,
                        "created_on": created_on,
                        "created_via": created_via,
                        "due_date": due_date,
                        "external_id": external_id,
                        "label": label,
                        "limit": limit,
                        "offset": offset,
                        "view": view,
                    },
                    params,
                ),
            ),
        )

    async def create(
        self, *, body: Any = None, silent: bool | None = None, hook: bool | None = None, params: Params | None = None
    ) -> TaskJSON | list[TaskJSON]:
        """Create a task.

        `responsible` may be a user id, a list, an object of type and id, or null; several users get a task each.

        See "Create task", https://developers.podio.com/doc/tasks/create-task-22419
        """
        path = "/task/"
        return cast(
            "TaskJSON | list[TaskJSON]",
            await self._caller.request(
                "POST", path, params=merged({"silent": silent, "hook": hook}, params), body=body
            ),
        )

    async def get_labels(self, *, params: Params | None = None) -> list[LabelJSON]:
        """Return the user's task labels.

        See "Get labels", https://developers.podio.com/doc/tasks/get-labels-151534
        """
        path = "/task/label"
        return cast("list[LabelJSON]", await self._caller.request("GET", path, params=params))

    async def create_label(self, *, body: Any = None, params: Params | None = None) -> CreatedLabelJSON:
        """Create a task label.

        See "Create label", https://developers.podio.com/doc/tasks/create-label-151265
        """
        path = "/task/label/"
        return cast("CreatedLabelJSON", await self._caller.request("POST", path, params=params, body=body))

    async def delete_label(self, label_id: int, *, params: Params | None = None) -> None:
        """Delete a task label.

        See "Delete label", https://developers.podio.com/doc/tasks/delete-label-151302
        """
        path = fill("/task/label/{label_id:id}", label_id=label_id)
        await self._caller.request("DELETE", path, params=params)

    async def update_label(self, label_id: int, *, body: Any = None, params: Params | None = None) -> None:
        """Change a task label.

        See "Update label", https://developers.podio.com/doc/tasks/update-label-151289
        """
        path = fill("/task/label/{label_id:id}", label_id=label_id)
        await self._caller.request("PUT", path, params=params, body=body)

    async def get_summary_for_organization(
        self, org_id: int, *, limit: int | None = None, params: Params | None = None
    ) -> TaskSummaryJSON:
        """Return a summary of the tasks in an organization.

        See "Get task summary for organization", https://developers.podio.com/doc/tasks/get-task-summary-for-organization-1612063
        """
        path = fill("/task/org/{org_id:id}/summary", org_id=org_id)
        return cast("TaskSummaryJSON", await self._caller.request("GET", path, params=merged({"limit": limit}, params)))

    async def get_summary_for_personal(
        self, *, limit: int | None = None, params: Params | None = None
    ) -> TaskSummaryJSON:
        """Return a summary of the user's own tasks.

        See "Get task summary for personal", https://developers.podio.com/doc/tasks/get-task-summary-for-personal-1657217
        """
        path = "/task/personal/summary"
        return cast("TaskSummaryJSON", await self._caller.request("GET", path, params=merged({"limit": limit}, params)))

    async def get_summary_for_space(
        self, space_id: int, *, limit: int | None = None, params: Params | None = None
    ) -> TaskSummaryJSON:
        """Return a summary of the tasks in a space.

        See "Get task summary for space", https://developers.podio.com/doc/tasks/get-task-summary-for-space-1612130
        """
        path = fill("/task/space/{space_id:id}/summary", space_id=space_id)
        return cast("TaskSummaryJSON", await self._caller.request("GET", path, params=merged({"limit": limit}, params)))

    async def get_summary(self, *, limit: int | None = None, params: Params | None = None) -> TaskSummaryJSON:
        """Return a summary of the tasks: overdue, today's, others.

        See "Get task summary", https://developers.podio.com/doc/tasks/get-task-summary-1612017
        """
        path = "/task/summary"
        return cast("TaskSummaryJSON", await self._caller.request("GET", path, params=merged({"limit": limit}, params)))

    async def get_totals_v2(self, *, params: Params | None = None) -> TaskTotalsJSON:
        """Return the totals of the tasks.

        See "Get task totals v2", https://developers.podio.com/doc/tasks/get-task-totals-v2-83590
        """
        path = "/task/total/"
        return cast("TaskTotalsJSON", await self._caller.request("GET", path, params=params))

    async def get_totals_by_time(self, time: str, *, params: Params | None = None) -> Any:
        """Return the totals of the tasks by time.

        See "Get task totals by time", https://developers.podio.com/doc/tasks/get-task-totals-by-time-5435062
        """
        path = fill("/task/total/{time}", time=time)
        return await self._caller.request("GET", path, params=params)

    async def delete(
        self, task_id: int, *, silent: bool | None = None, hook: bool | None = None, params: Params | None = None
    ) -> None:
        """Delete a task.

        See "Delete task", https://developers.podio.com/doc/tasks/delete-task-77179
        """
        path = fill("/task/{task_id:id}", task_id=task_id)
        await self._caller.request("DELETE", path, params=merged({"silent": silent, "hook": hook}, params))

    async def get(self, task_id: int, *, fields: str | None = None, params: Params | None = None) -> TaskJSON:
        """Return a task.

        See "Get task", https://developers.podio.com/doc/tasks/get-task-22413
        """
        path = fill("/task/{task_id:id}", task_id=task_id)
        return cast("TaskJSON", await self._caller.request("GET", path, params=merged({"fields": fields}, params)))

    async def update(
        self,
        task_id: int,
        *,
        body: Any = None,
        silent: bool | None = None,
        hook: bool | None = None,
        params: Params | None = None,
    ) -> TaskJSON:
        """Change a task.

        See "Update task", https://developers.podio.com/doc/tasks/update-task-10583674
        """
        path = fill("/task/{task_id:id}", task_id=task_id)
        return cast(
            "TaskJSON",
            await self._caller.request("PUT", path, params=merged({"silent": silent, "hook": hook}, params), body=body),
        )

    async def assign(
        self,
        task_id: int,
        *,
        body: Any = None,
        silent: bool | None = None,
        hook: bool | None = None,
        params: Params | None = None,
    ) -> None:
        """Assign a task to somebody.

        See "Assign task", https://developers.podio.com/doc/tasks/assign-task-22412
        """
        path = fill("/task/{task_id:id}/assign", task_id=task_id)
        await self._caller.request("POST", path, params=merged({"silent": silent, "hook": hook}, params), body=body)

    async def complete(
        self,
        task_id: int,
        *,
        body: Any = None,
        silent: bool | None = None,
        hook: bool | None = None,
        params: Params | None = None,
    ) -> CompletedTaskJSON:
        """Mark a task as completed.

        See "Complete task", https://developers.podio.com/doc/tasks/complete-task-22432
        """
        path = fill("/task/{task_id:id}/complete", task_id=task_id)
        return cast(
            "CompletedTaskJSON",
            await self._caller.request(
                "POST", path, params=merged({"silent": silent, "hook": hook}, params), body=body
            ),
        )

    async def update_description(
        self,
        task_id: int,
        *,
        body: Any = None,
        silent: bool | None = None,
        hook: bool | None = None,
        params: Params | None = None,
    ) -> None:
        """Change a task's description.

        See "Update task description", https://developers.podio.com/doc/tasks/update-task-description-76982
        """
        path = fill("/task/{task_id:id}/description", task_id=task_id)
        await self._caller.request("PUT", path, params=merged({"silent": silent, "hook": hook}, params), body=body)

    async def update_due(
        self,
        task_id: int,
        *,
        body: Any = None,
        silent: bool | None = None,
        hook: bool | None = None,
        params: Params | None = None,
    ) -> None:
        """Change when a task is due.

        See "Update task due on", https://developers.podio.com/doc/tasks/update-task-due-on-3442633
        """
        path = fill("/task/{task_id:id}/due", task_id=task_id)
        await self._caller.request("PUT", path, params=merged({"silent": silent, "hook": hook}, params), body=body)

    async def update_due_on(
        self,
        task_id: int,
        *,
        body: Any = None,
        silent: bool | None = None,
        hook: bool | None = None,
        params: Params | None = None,
    ) -> None:
        """Change when a task is due.

        See "Update task due on", https://developers.podio.com/doc/tasks/update-task-due-on-3442633
        """
        path = fill("/task/{task_id:id}/due_on", task_id=task_id)
        await self._caller.request("PUT", path, params=merged({"silent": silent, "hook": hook}, params), body=body)

    async def incomplete(
        self,
        task_id: int,
        *,
        body: Any = None,
        silent: bool | None = None,
        hook: bool | None = None,
        params: Params | None = None,
    ) -> None:
        """Mark a task as not completed.

        See "Incomplete task", https://developers.podio.com/doc/tasks/incomplete-task-22433
        """
        path = fill("/task/{task_id:id}/incomplete", task_id=task_id)
        await self._caller.request("POST", path, params=merged({"silent": silent, "hook": hook}, params), body=body)

    async def update_labels(
        self,
        task_id: int,
        *,
        body: Any = None,
        silent: bool | None = None,
        hook: bool | None = None,
        params: Params | None = None,
    ) -> None:
        """Change the labels of a task.

        See "Update task labels", https://developers.podio.com/doc/tasks/update-task-labels-151769
        """
        path = fill("/task/{task_id:id}/label/", task_id=task_id)
        await self._caller.request("PUT", path, params=merged({"silent": silent, "hook": hook}, params), body=body)

    async def update_private(
        self,
        task_id: int,
        *,
        body: Any = None,
        silent: bool | None = None,
        hook: bool | None = None,
        params: Params | None = None,
    ) -> None:
        """Make a task private or public.

        See "Update task private", https://developers.podio.com/doc/tasks/update-task-private-22434
        """
        path = fill("/task/{task_id:id}/private", task_id=task_id)
        await self._caller.request("PUT", path, params=merged({"silent": silent, "hook": hook}, params), body=body)

    async def rank(
        self,
        task_id: int,
        *,
        body: Any = None,
        silent: bool | None = None,
        hook: bool | None = None,
        params: Params | None = None,
    ) -> None:
        """Rank a task.

        See "Rank task", https://developers.podio.com/doc/tasks/rank-task-81015
        """
        path = fill("/task/{task_id:id}/rank", task_id=task_id)
        await self._caller.request("POST", path, params=merged({"silent": silent, "hook": hook}, params), body=body)

    async def remove_reference(
        self, task_id: int, *, silent: bool | None = None, hook: bool | None = None, params: Params | None = None
    ) -> None:
        """Remove what a task refers to.

        See "Remove task reference", https://developers.podio.com/doc/tasks/remove-task-reference-6146114
        """
        path = fill("/task/{task_id:id}/ref", task_id=task_id)
        await self._caller.request("DELETE", path, params=merged({"silent": silent, "hook": hook}, params))

    async def update_reference(
        self,
        task_id: int,
        *,
        body: Any = None,
        silent: bool | None = None,
        hook: bool | None = None,
        params: Params | None = None,
    ) -> None:
        """Change what a task refers to.

        See "Update task reference", https://developers.podio.com/doc/tasks/update-task-reference-170733
        """
        path = fill("/task/{task_id:id}/ref", task_id=task_id)
        await self._caller.request("PUT", path, params=merged({"silent": silent, "hook": hook}, params), body=body)

    async def update_text(
        self,
        task_id: int,
        *,
        body: Any = None,
        silent: bool | None = None,
        hook: bool | None = None,
        params: Params | None = None,
    ) -> None:
        """Change a task's text.

        See "Update task text", https://developers.podio.com/doc/tasks/update-task-text-22428
        """
        path = fill("/task/{task_id:id}/text", task_id=task_id)
        await self._caller.request("PUT", path, params=merged({"silent": silent, "hook": hook}, params), body=body)

    async def get_with_reference(self, ref_type: str, ref_id: int, *, params: Params | None = None) -> list[TaskJSON]:
        """Return the tasks on an object.

        See "Get tasks with reference", https://developers.podio.com/doc/tasks/get-tasks-with-reference-22426
        """
        path = fill("/task/{ref_type}/{ref_id:id}/", ref_type=ref_type, ref_id=ref_id)
        return cast("list[TaskJSON]", await self._caller.request("GET", path, params=params))

    async def create_with_reference(
        self,
        ref_type: str,
        ref_id: int,
        *,
        body: Any = None,
        silent: bool | None = None,
        hook: bool | None = None,
        params: Params | None = None,
    ) -> TaskJSON | list[TaskJSON]:
        """Create a task on an object.

        `responsible` may be a user id, a list, an object of type and id, or null; several users get a task each.

        See "Create task with reference", https://developers.podio.com/doc/tasks/create-task-with-reference-22420
        """
        path = fill("/task/{ref_type}/{ref_id:id}/", ref_type=ref_type, ref_id=ref_id)
        return cast(
            "TaskJSON | list[TaskJSON]",
            await self._caller.request(
                "POST", path, params=merged({"silent": silent, "hook": hook}, params), body=body
            ),
        )

    async def get_count(self, ref_type: str, ref_id: int, *, params: Params | None = None) -> CountJSON:
        """Return how many tasks there are on an object.

        See "Get task count", https://developers.podio.com/doc/tasks/get-task-count-38316458
        """
        path = fill("/task/{ref_type}/{ref_id:id}/count", ref_type=ref_type, ref_id=ref_id)
        return cast("CountJSON", await self._caller.request("GET", path, params=params))

    async def get_summary_for_reference(
        self, ref_type: str, ref_id: int, *, limit: int | None = None, params: Params | None = None
    ) -> TaskSummaryJSON:
        """Return a summary of the tasks on an object.

        See "Get task summary for reference", https://developers.podio.com/doc/tasks/get-task-summary-for-reference-1657980
        """
        path = fill("/task/{ref_type}/{ref_id:id}/summary", ref_type=ref_type, ref_id=ref_id)
        return cast("TaskSummaryJSON", await self._caller.request("GET", path, params=merged({"limit": limit}, params)))
