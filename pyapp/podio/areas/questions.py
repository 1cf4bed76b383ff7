"""Questions: a method for each operation that Podio documents.

Made by ``python -m tools.operations`` of its table: edit that.
"""

from __future__ import annotations

from typing import Any

from podio.areas.calls import Area, Params, fill


class Questions(Area):
    """Questions (https://developers.podio.com/doc/questions)."""

    async def get_answers(self, question_id: int, *, params: Params | None = None) -> Any:
        """Return the answers to a question.

        See "Get answers", https://developers.podio.com/doc/questions/get-answers-945753
        """
        path = fill("/question/{question_id:id}/", question_id=question_id)
        return await self._caller.request("GET", path, params=params)

    async def answer(self, question_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Answer a question.

        See "Answer question", https://developers.podio.com/doc/questions/answer-question-887232
        """
        path = fill("/question/{question_id:id}/", question_id=question_id)
        return await self._caller.request("POST", path, params=params, body=body)

    async def create(self, ref_type: str, ref_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Ask a question on an object.

        See "Create question", https://developers.podio.com/doc/questions/create-question-887166
        """
        path = fill("/question/{ref_type}/{ref_id:id}/", ref_type=ref_type, ref_id=ref_id)
        return await self._caller.request("POST", path, params=params, body=body)
