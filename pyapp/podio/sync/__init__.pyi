"""The library for synchronous programs: the same names without ``await``.

Made by ``python -m tools.sync_types`` of the asynchronous sources: edit those.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Self, TypeVar

import httpx2

from podio import model
from podio._call import Call
from podio._calls import Query
from podio._client_options import FileHosts, ProviderProfile
from podio._clock import Clock
from podio._objects._conditions import Condition
from podio._objects._fields import AppFields
from podio._objects._filterable import Filterable
from podio._paging import Cursor
from podio._push_events import PushEvent, PushState, Renew
from podio._retry_policy import Limits, RetryPolicy
from podio._thumbnails import ThumbnailSize
from podio._uploads import FileSource, Progress
from podio.areas.calls import Params
from podio.authorization import AuthorizationRequest, Display, RedirectAnswer, ResponseType
from podio.call_budget import CallBudget
from podio.errors import AuthorizationError, StorageError
from podio.fields import FieldValue
from podio.json_types import (
    AppDependenciesJSON,
    AppFieldJSON,
    AppJSON,
    BatchJSON,
    BylineJSON,
    CalendarEventJSON,
    ClonedItemJSON,
    CommentCreation,
    CommentJSON,
    CompletedTaskJSON,
    CopiedFileJSON,
    CountJSON,
    CreatedAppJSON,
    CreatedContactJSON,
    CreatedFieldJSON,
    CreatedGrantJSON,
    CreatedHookJSON,
    CreatedItemJSON,
    CreatedLabelJSON,
    CreatedOrganizationJSON,
    CreatedRatingJSON,
    CreatedSpaceJSON,
    CreatedSubscriptionJSON,
    CreatedViewJSON,
    DeletedItemsJSON,
    EmbedCreation,
    EmbedJSON,
    FieldDifferenceJSON,
    FieldValuesJSON,
    FileJSON,
    FilteredItemsJSON,
    GrantCreation,
    GrantedScopeJSON,
    GrantJSON,
    HookCreation,
    HookJSON,
    HookVerification,
    ImageJSON,
    InboxCountJSON,
    ItemCreation,
    ItemFilter,
    ItemJSON,
    ItemMicroJSON,
    ItemRevisionJSON,
    ItemUpdate,
    LabelJSON,
    LikeCountJSON,
    NotificationGroupJSON,
    OrganizationJSON,
    OrganizationMemberJSON,
    ProfileJSON,
    PropertyJSON,
    RatingsJSON,
    RatingValueJSON,
    RecurrenceCreation,
    RecurrenceJSON,
    ReferenceGroupJSON,
    ReferenceJSON,
    ReferringItemsJSON,
    ReminderCreation,
    ReminderJSON,
    RevertedItemJSON,
    SearchRequest,
    SearchResultJSON,
    SearchResultsJSON,
    SpaceCreation,
    SpaceJSON,
    SpaceMemberJSON,
    SpaceShortJSON,
    StatusCreation,
    StatusJSON,
    StatusUpdate,
    StreamObjectJSON,
    SubscriptionJSON,
    TagCountJSON,
    TaggedObjectJSON,
    TaskJSON,
    TaskSummaryJSON,
    TaskTotalsJSON,
    TokenJSON,
    UpdatedAppJSON,
    UpdatedItemJSON,
    UserJSON,
    UserStatusJSON,
    ViewJSON,
)
from podio.renewal import OnTokenWillRefresh, RenewalRequest
from podio.session import AuthType, Session, SessionStore

__all__ = ["App", "Item", "ItemQuery", "Iteration", "Podio"]

_T = TypeVar("_T")

class Iteration(Iterator[_T]):
    """What comes one by one, each waited for: ``for``, and `close` (or ``with``) to end it early."""

    def __next__(self) -> _T: ...
    def __enter__(self) -> Self: ...
    def __exit__(self, *_: object) -> None: ...
    def close(self) -> None:
        """End it: what it holds open is closed."""

class ItemIterator(Iteration[ItemJSON]):
    """Hands out the items of a filter: ``for item in podio.iterate_items(app_id)``.

    After an error it is where it was: iterating on tries the page again, and `cursor` lets another program go on.
    Items that appear or vanish meanwhile neither double nor hide the others, as far as Podio's count shows them and
    the order is one in which no two items are equal (the default's is).

    Args:
        fetch: Fetches a page.
        page_size: How many items to request at a time.
        concurrency: How many pages to request at a time.
        cursor: Where to begin.
        by_id: Whether the items come by ascending id.

    Raises:
        ConfigurationError: for a wrong option.
    """
    @property
    def cursor(self) -> Cursor:
        """Where to go on after the last item that was handed out."""
    @property
    def filtered(self) -> int | None:
        """How many items pass the filter, by Podio's newest response; None before the first page."""

class App:
    """An app: ``app["status"]`` is a field to make conditions of, `where` finds items, `create` makes one.

    Attributes:
        value: What was read of it.
        fields: Its fields by external id, by label where only one has it, by field id.
    """

    fields: AppFields
    value: model.App
    def __str__(self) -> str: ...
    @property
    def app_id(self) -> int:
        """The app's id."""
    @property
    def space_id(self) -> int | None:
        """The id of its workspace."""
    @property
    def name(self) -> str:
        """What it is called."""
    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns of `Item.row`: the item's id and title, the fields by external id, two times."""
    def __getitem__(self, name: str) -> Filterable:
        """Return a field, to make conditions of.

        Raises:
            FieldValueError: (a KeyError too) when the app has no such field.
        """
    def item_property(self, name: str) -> Filterable:
        """Return a property of items, to make conditions of: ``app.item_property("last_edit_on")``.

        Args:
            name: ``created_on``, ``last_edit_on``, ``created_by``, ``last_edit_by``, ``external_id``, ``tags``,
                ``item_id``, ``app_item_id``.
        """
    def where(
        self,
        condition: Condition | None = None,
        *,
        sort_by: str | None = None,
        descending: bool = False,
        view_id: int | None = None,
        page_size: int = ...,
    ) -> ItemQuery:
        """Return the items that pass a condition, all of them without one: ``for item in app.where(…)``.

        Args:
            condition: What to filter by: ``(app["status"] == "Client") & (app["budget"] >= 1000)``.
            sort_by: A field or a property to go by; left out, the oldest come first.
            descending: The other way round.
            view_id: A view whose filter applies too.
            page_size: How many items to request at a time.

        Raises:
            FieldValueError: for a field to sort by that the app doesn't have.
        """
    def get(self, item_id: int) -> Item:
        """Return an item.

        Raises:
            NotFound: when there is none.
            ConfigurationError: when it is another app's.
        """
    def find(self, external_id: str) -> Item | None:
        """Return the item of this external id; None where there is none."""
    def create(
        self,
        values: Mapping[str, object],
        *,
        external_id: str | None = None,
        tags: Sequence[str] | None = None,
        file_ids: Sequence[int] | None = None,
        hook: bool | None = None,
        silent: bool | None = None,
    ) -> Item:
        """Make an item, and return it as Podio keeps it (a second call).

        Args:
            values: What its fields hold, by external id or label.
            external_id: Its name for programs.
            tags: Its tags.
            file_ids: Uploaded files.
            hook: False runs no webhooks.
            silent: True notifies nobody.

        Raises:
            FieldValueError: for whatever doesn't fit, before anything is sent.
        """
    def upsert(
        self, external_id: str, values: Mapping[str, object], *, hook: bool | None = None, silent: bool | None = None
    ) -> Item:
        """Change the item of this external id, or make it where there is none, and return it.

        Podio has no such call: two programs that make the same item at the same time make two.

        Raises:
            FieldValueError: for whatever doesn't fit, before anything is sent.
            Conflict: as `Item.save` does.
        """
    def tasks(self, *, completed: bool = False) -> Iteration[model.Task]:
        """Yield the tasks about its items: those to be done, or those that are done."""

class Item:
    """An item of an app: ``item["due"]`` reads a field, ``item["due"] = …`` changes it, `save` sends what changed.

    A field holds one value or None; one that may hold several, a tuple. What is set is checked at once, and read back
    as Podio would answer it: a `datetime.date` becomes a `podio.fields.DateValue`.

    Attributes:
        app: Its app.
        value: What was read of it, without what has been changed since.
    """

    app: App
    value: model.Item
    def __str__(self) -> str: ...
    @property
    def item_id(self) -> int:
        """The item's id."""
    @property
    def app_item_id(self) -> int | None:
        """Its number within the app."""
    @property
    def external_id(self) -> str:
        """Its name for programs; empty where it has none."""
    @property
    def revision(self) -> int | None:
        """The revision that was read, and that `save` changes."""
    @property
    def title(self) -> str:
        """Its title."""
    @property
    def link(self) -> str:
        """The address of its page at Podio."""
    @property
    def tags(self) -> tuple[str, ...]:
        """Its tags."""
    @property
    def files(self) -> tuple[model.File, ...]:
        """The files attached to it; empty in lists, see `reload`."""
    @property
    def created_on(self) -> datetime | None:
        """When it was made (UTC)."""
    @property
    def last_edit_on(self) -> datetime | None:
        """When its current revision was made (UTC)."""
    def __getitem__(self, name: str) -> Any:
        """Return what a field holds.

        Raises:
            FieldValueError: (a KeyError too) when the app has no such field.
        """
    def __setitem__(self, name: str, value: object) -> None:
        """Change a field; None empties it. Nothing is sent before `save`.

        Raises:
            FieldValueError: for a value that the field can't hold.
        """
    def field(self, name: str) -> FieldValue:
        """Return a field with all its values, changed ones included, as `podio.fields` has it."""
    def text(self, name: str) -> str:
        """Return what a field holds as text, for a user to read."""
    def update(self, values: Mapping[str, object]) -> None:
        """Change several fields at once, or none of them. Nothing is sent before `save`.

        Raises:
            FieldValueError: for whatever doesn't fit; its ``errors`` has one for each wrong field.
        """
    @property
    def changes(self) -> dict[str, Any]:
        """What `save` would send: the changed fields by external id, with what they hold then."""
    def discard(self) -> None:
        """Forget what was changed and not sent."""
    def save(self, *, hook: bool | None = None, silent: bool | None = None) -> None:
        """Send what changed, on top of the revision that was read; do nothing where nothing did.

        Args:
            hook: False runs no webhooks.
            silent: True notifies nobody.

        Raises:
            Conflict: when somebody else changed the item since it was read. Nothing was changed, here nor at Podio;
                the error has `mine`, `theirs` and `before` of the fields that were to be changed. To overwrite,
                `reload` and save again; to give up, `discard`.
            PodioError: as `podio.request` does.
        """
    def reload(self) -> None:
        """Read the item again, whole. What was changed and not sent stays changed, on top of the newest revision."""
    def delete(self, *, hook: bool | None = None, silent: bool | None = None) -> None:
        """Delete the item."""
    def attach(
        self, source: FileSource | Any, filename: str | None = None, *, progress: Progress | None = None
    ) -> model.File:
        """Upload a file (see `podio.upload_file`) and attach it to the item."""
    def download(self, file: model.File) -> bytes:
        """Return the content of one of its files."""
    def comment(self, text: str, *, hook: bool | None = None, silent: bool | None = None) -> model.Comment:
        """Comment on the item."""
    def comments(self) -> Iteration[model.Comment]:
        """Yield its comments, oldest first."""
    def create_task(
        self,
        text: str,
        *,
        due: date | None = None,
        responsible: int | model.User | None = None,
        description: str | None = None,
    ) -> model.Task:
        """Make a task about the item.

        Args:
            text: What is to be done.
            due: The day, or a naive datetime in the user's own time.
            responsible: Who is to do it: a user, or a user's id; left out, the user who is signed in.
            description: More about it.
        """
    def tasks(self) -> Iteration[model.Task]:
        """Yield the tasks about the item."""
    def events(self, *, on_state: Callable[[PushState], Any] | None = None) -> Iteration[PushEvent]:
        """Yield what happens to the item, as it happens, until the loop is left (see `podio.push`)."""
    def row(self) -> dict[str, str]:
        """Return the item as a row of texts; ``app.columns`` has the names."""
    def record(self) -> dict[str, Any]:
        """Return the item as a row of numbers, dates and texts."""

class ItemQuery:
    """The items of an app that pass a condition: ``for item in app.where(…)``, each time from the beginning.

    Args:
        app: The app.
        condition: The condition.
        body: What else is sent: the order.
        view_id: A view whose filter applies too.
        page_size: How many items to request at a time.
    """
    def all(self) -> list[Item]:
        """Return all items."""
    def first(self) -> Item | None:
        """Return the first item; None where there is none."""
    def count(self) -> int:
        """Return how many items there are: one call, unless some of the condition can only be compared here."""
    def rows(self) -> Iteration[dict[str, str]]:
        """Yield a row of texts for each item, as `csv.DictWriter` takes it; ``app.columns`` has the names."""
    def data_frame(self) -> Any:
        """Return a `pandas.DataFrame` of the items, with numbers and dates as pandas has them.

        Raises:
            ConfigurationError: where pandas isn't installed.
        """
    def __iter__(self) -> Iteration[Item]: ...

class Actions:
    """Actions (https://developers.podio.com/doc/actions)."""
    def get(self, action_id: int, *, params: Params | None = None) -> Any:
        """Return an action.

        See "Get action", https://developers.podio.com/doc/actions/get-action-1701120
        """

class AppMarket:
    """App market (https://developers.podio.com/doc/app-market)."""
    def share_app(self, *, body: Any = None, params: Params | None = None) -> Any:
        """Share an app in the app market.

        See "Share app", https://developers.podio.com/doc/app-market/share-app-22504
        """
    def get_categories(self, *, params: Params | None = None) -> Any:
        """Return the market's categories.

        See "Get categories", https://developers.podio.com/doc/app-market/get-categories-37009
        """
    def get_by_category_v2(
        self,
        category_id: int,
        *,
        language: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        sort: str | None = None,
        params: Params | None = None,
    ) -> Any:
        """Return the shares of a category.

        See "Get shares by category", https://developers.podio.com/doc/app-market/get-shares-by-category-22498
        """
    def get_orgs_with_private_shares(self, *, params: Params | None = None) -> Any:
        """Return the organizations that have private shares.

        See "Get orgs with private shares", https://developers.podio.com/doc/app-market/get-orgs-with-private-shares-211715
        """
    def get_recommended(
        self,
        area: str,
        *,
        language: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        sort: str | None = None,
        params: Params | None = None,
    ) -> Any:
        """Return the shares recommended for an area.

        See "Get recommended shares", https://developers.podio.com/doc/app-market/get-recommended-shares-5340177
        """
    def unshare_app(self, share_id: int, *, params: Params | None = None) -> Any:
        """Take a share out of the market.

        See "Unshare app", https://developers.podio.com/doc/app-market/unshare-app-37917
        """
    def update(self, share_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Change a share.

        See "Update share", https://developers.podio.com/doc/app-market/update-share-38639
        """
    def get_by_author(
        self,
        ref_type: str,
        user_id: int,
        *,
        language: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        sort: str | None = None,
        params: Params | None = None,
    ) -> Any:
        """Return the shares of one author.

        See "Get shares by author", https://developers.podio.com/doc/app-market/get-shares-by-author-22497
        """
    def get_by_category(
        self,
        ref_type: str,
        category_id: int,
        *,
        language: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        sort: str | None = None,
        params: Params | None = None,
    ) -> Any:
        """Return the shares of one kind in a category.

        See "Get shares by category", https://developers.podio.com/doc/app-market/get-shares-by-category-22498
        """
    def install(self, share_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Install a share.

        See "Install share", https://developers.podio.com/doc/app-market/install-share-22499
        """
    def install_v2(self, share_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Install a share.

        See "Install share", https://developers.podio.com/doc/app-market/install-share-22499
        """
    def get_own(
        self,
        ref_type: str,
        *,
        language: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        sort: str | None = None,
        params: Params | None = None,
    ) -> Any:
        """Return one's own shares of one kind.

        See "Get own shares", https://developers.podio.com/doc/app-market/get-own-shares-38645
        """
    def get_recommended_by_ref_type(
        self,
        ref_type: str,
        area: str,
        *,
        language: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        sort: str | None = None,
        params: Params | None = None,
    ) -> Any:
        """Return the shares of one kind recommended for an area.

        See "Get recommended shares", https://developers.podio.com/doc/app-market/get-recommended-shares-5340177
        """
    def get_top(
        self,
        ref_type: str,
        *,
        language: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        sort: str | None = None,
        params: Params | None = None,
    ) -> Any:
        """Return the top shares of one kind.

        See "Get top shares", https://developers.podio.com/doc/app-market/get-top-shares-22496
        """
    def get(self, share_id: int, *, params: Params | None = None) -> Any:
        """Return a share.

        See "Get share", https://developers.podio.com/doc/app-market/get-share-22505
        """
    def get_by_reference(self, ref_type: str, ref_id: int, *, params: Params | None = None) -> Any:
        """Return the share of a shared object.

        See "Get share by reference", https://developers.podio.com/doc/app-market/get-share-by-reference-45002
        """

class Applications:
    """Applications (https://developers.podio.com/doc/applications)."""
    def get_all(
        self,
        *,
        exclude_app_ids: str | None = None,
        exclude_demo: bool | None = None,
        include_inactive: bool | None = None,
        limit: int | None = None,
        order: str | None = None,
        referenceable_in_org: int | None = None,
        right: str | None = None,
        text: str | None = None,
        params: Params | None = None,
    ) -> list[AppJSON]:
        """Return all apps.

        See "Get all apps", https://developers.podio.com/doc/applications/get-all-apps-5902728
        """
    def create(self, *, body: Any = None, params: Params | None = None) -> CreatedAppJSON:
        """Create an app.

        See "Add new app", https://developers.podio.com/doc/applications/add-new-app-22351
        """
    def get_features(self, *, params: Params | None = None) -> Any:
        """Return the features that apps may have.

        See "Get features", https://developers.podio.com/doc/applications/get-features-43648
        """
    def get_icon_suggestions(self, *, text: str | None = None, params: Params | None = None) -> Any:
        """Return icons that suit an app.

        See "Get icon suggestions", https://developers.podio.com/doc/applications/get-icon-suggestions-82045764
        """
    def get_by_org_label_space_label_and_app_label(
        self, org_label: str, space_label: str, app_label: str, *, params: Params | None = None
    ) -> AppJSON:
        """Return the app that lies under these labels of organization, space and app.

        See "Get app by org label space label and app label", https://developers.podio.com/doc/applications/get-app-by-org-label-space-label-and-app-label-91708386
        """
    def get_top_for_organization(
        self, org_id: int, *, exclude_demo: bool | None = None, limit: int | None = None, params: Params | None = None
    ) -> Any:
        """Return the top apps of an organization.

        See "Get top apps for organization", https://developers.podio.com/doc/applications/get-top-apps-for-organization-1671395
        """
    def get_by_space(
        self,
        space_id: int,
        *,
        include_inactive: bool | None = None,
        fields: str | None = None,
        params: Params | None = None,
    ) -> list[AppJSON]:
        """Return the apps of a space.

        The apps come without their fields; inactive ones are left out unless asked for.

        See "Get apps by space", https://developers.podio.com/doc/applications/get-apps-by-space-22478
        """
    def update_order(self, space_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Change the order of a space's apps.

        See "Update app order", https://developers.podio.com/doc/applications/update-app-order-22463
        """
    def get_on_space_by_url_label(self, space_id: int, url_label: str, *, params: Params | None = None) -> AppJSON:
        """Return the app of a space that has this label in its address.

        See "Get app on space by url label", https://developers.podio.com/doc/applications/get-app-on-space-by-url-label-477105
        """
    def get_top(
        self, *, exclude_demo: bool | None = None, limit: int | None = None, params: Params | None = None
    ) -> list[AppJSON]:
        """Return the user's top apps.

        See "Get top apps", https://developers.podio.com/doc/applications/get-top-apps-22476
        """
    def get_all_user_apps(
        self,
        *,
        exclude_app_ids: str | None = None,
        exclude_demo: bool | None = None,
        include_inactive: bool | None = None,
        limit: int | None = None,
        order: str | None = None,
        referenceable_in_org: int | None = None,
        right: str | None = None,
        text: str | None = None,
        params: Params | None = None,
    ) -> list[AppJSON]:
        """Return all apps of the user.

        See "Get all user apps", https://developers.podio.com/doc/applications/get-all-user-apps-5902728
        """
    def delete(self, app_id: int, *, params: Params | None = None) -> Any:
        """Delete an app.

        See "Delete app", https://developers.podio.com/doc/applications/delete-app-43693
        """
    def get(self, app_id: int, *, fields: str | None = None, params: Params | None = None) -> AppJSON:
        """Return an app with its fields.

        The app's `token` in the answer is a credential: never log it.

        See "Get app", https://developers.podio.com/doc/applications/get-app-22349
        """
    def update(self, app_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Change an app.

        See "Update app", https://developers.podio.com/doc/applications/update-app-22352
        """
    def activate(self, app_id: int, *, body: Any = None, params: Params | None = None) -> None:
        """Make an inactive app active again.

        See "Activate app", https://developers.podio.com/doc/applications/activate-app-43822
        """
    def get_calculations(self, app_id: int, *, params: Params | None = None) -> Any:
        """Return the calculations for an app.

        See "Get calculations for app", https://developers.podio.com/doc/applications/get-calculations-for-app-773005
        """
    def deactivate(self, app_id: int, *, body: Any = None, params: Params | None = None) -> None:
        """Make an app inactive.

        See "Deactivate app", https://developers.podio.com/doc/applications/deactivate-app-43821
        """
    def get_dependencies(self, app_id: int, *, params: Params | None = None) -> AppDependenciesJSON:
        """Return what an app depends on.

        See "Get app dependencies", https://developers.podio.com/doc/applications/get-app-dependencies-39159
        """
    def update_description(self, app_id: int, *, body: Any = None, params: Params | None = None) -> None:
        """Change an app's description.

        See "Update app description", https://developers.podio.com/doc/applications/update-app-description-33569973
        """
    def create_field(self, app_id: int, *, body: Any = None, params: Params | None = None) -> CreatedFieldJSON:
        """Create a field of an app.

        See "Add new app field", https://developers.podio.com/doc/applications/add-new-app-field-22354
        """
    def delete_field(
        self, app_id: int, field_id: int | str, *, delete_values: bool | None = None, params: Params | None = None
    ) -> UpdatedAppJSON:
        """Delete a field of an app.

        See "Delete app field", https://developers.podio.com/doc/applications/delete-app-field-22355
        """
    def get_field(self, app_id: int, field_id: int | str, *, params: Params | None = None) -> AppFieldJSON:
        """Return a field of an app.

        See "Get app field", https://developers.podio.com/doc/applications/get-app-field-22353
        """
    def update_field(
        self, app_id: int, field_id: int | str, *, body: Any = None, params: Params | None = None
    ) -> UpdatedAppJSON:
        """Change a field of an app.

        See "Update an app field", https://developers.podio.com/doc/applications/update-an-app-field-22356
        """
    def install(self, app_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Install an app into another space.

        See "Install app", https://developers.podio.com/doc/applications/install-app-22506
        """
    def update_usage(self, app_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Change an app's instructions for use.

        See "Update app usage", https://developers.podio.com/doc/applications/update-app-usage-33570086
        """
    def get_space_app_dependencies(self, space_id: int, *, params: Params | None = None) -> AppDependenciesJSON:
        """Return what a space's apps depend on.

        See "Get space app dependencies", https://developers.podio.com/doc/applications/get-space-app-dependencies-45779
        """

class Batch:
    """Batch (https://developers.podio.com/doc/batch)."""
    def get_all(
        self, *, limit: int | None = None, offset: int | None = None, params: Params | None = None
    ) -> list[BatchJSON]:
        """Return the batches.

        See "Get batches", https://developers.podio.com/doc/batch/get-batches-6078877
        """
    def get(self, batch_id: int, *, params: Params | None = None) -> BatchJSON:
        """Return a batch.

        See "Get batch", https://developers.podio.com/doc/batch/get-batch-6144225
        """
    def get_running(self, ref_type: str, ref_id: int, plugin: str, *, params: Params | None = None) -> list[BatchJSON]:
        """Return the batches of a plugin that run on an object.

        See "Get running batches", https://developers.podio.com/doc/batch/get-running-batches-15856178
        """

class Calendar:
    """Calendar (https://developers.podio.com/doc/calendar)."""
    def get_global(
        self,
        *,
        date_from: str | None = None,
        date_to: str | None = None,
        priority: int | None = None,
        tasks: bool | None = None,
        params: Params | None = None,
    ) -> list[CalendarEventJSON]:
        """Return the calendar of everything the user sees.

        See "Get global calendar", https://developers.podio.com/doc/calendar/get-global-calendar-22458
        """
    def get_app_calendar(
        self,
        app_id: int,
        *,
        date_from: str | None = None,
        date_to: str | None = None,
        priority: int | None = None,
        params: Params | None = None,
    ) -> list[CalendarEventJSON]:
        """Return an app's calendar.

        See "Get app calendar", https://developers.podio.com/doc/calendar/get-app-calendar-22460
        """
    def get_app_calendar_as_ical(self, app_id: int, user_id: int, token: str, *, params: Params | None = None) -> bytes:
        """Return an app's calendar in the iCalendar format.

        `token` is a credential (the user's `calendar_code`): it stands in the address, so don't log it.

        See "Get app calendar as ical", https://developers.podio.com/doc/calendar/get-app-calendar-as-ical-22515
        """
    def update_event(self, uid: str, *, body: Any = None, params: Params | None = None) -> Any:
        """Change a calendar event.

        See "Update calendar event", https://developers.podio.com/doc/calendar/update-calendar-event-78177950
        """
    def get_global_exports(self, *, params: Params | None = None) -> Any:
        """Return the exports of the global calendar.

        See "Get global exports", https://developers.podio.com/doc/calendar/get-global-exports-7554169
        """
    def set_global_export(self, linked_account_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Set the export of the global calendar to a linked account.

        See "Get global export", https://developers.podio.com/doc/calendar/get-global-export-9381099
        """
    def stop_reference_export(
        self, linked_account_id: int, ref_type: str, ref_id: int, *, params: Params | None = None
    ) -> Any:
        """Stop the export of an object's calendar to a linked account.

        See "Stop reference export", https://developers.podio.com/doc/calendar/stop-reference-export-9183590
        """
    def set_reference_export(
        self, linked_account_id: int, ref_type: str, ref_id: int, *, body: Any = None, params: Params | None = None
    ) -> Any:
        """Set the export of an object's calendar to a linked account.

        See "Set reference export", https://developers.podio.com/doc/calendar/set-reference-export-9183515
        """
    def get_exports_by_reference(self, ref_type: str, ref_id: int, *, params: Params | None = None) -> Any:
        """Return the exports of an object's calendar.

        See "Get exports by reference", https://developers.podio.com/doc/calendar/get-exports-by-reference-7554180
        """
    def get_global_as_ical(self, user_id: int, token: str, *, params: Params | None = None) -> bytes:
        """Return the global calendar in the iCalendar format.

        `token` is a credential (the user's `calendar_code`): it stands in the address, so don't log it.

        See "Get global calendar as ical", https://developers.podio.com/doc/calendar/get-global-calendar-as-ical-22513
        """
    def get_item_field_calendar_as_ical(self, item_id: int, field_id: int, *, params: Params | None = None) -> bytes:
        """Return a date field of an item in the iCalendar format.

        See "Get item field calendar as ical", https://developers.podio.com/doc/calendar/get-item-field-calendar-as-ical-10195681
        """
    def get_mutes_in_global_calendar(self, *, params: Params | None = None) -> Any:
        """Return what is muted in the global calendar.

        See "Get mutes in global calendar", https://developers.podio.com/doc/calendar/get-mutes-in-global-calendar-62730
        """
    def unmute_objects_from_global_calendar(
        self, scope_type: str, scope_id: int, *, params: Params | None = None
    ) -> Any:
        """Show muted objects in the global calendar again.

        See "Unmute objects from the global calendar", https://developers.podio.com/doc/calendar/unmute-objects-from-the-global-calendar-79420
        """
    def mute_objects_from_global_calendar(
        self, scope_type: str, scope_id: int, *, body: Any = None, params: Params | None = None
    ) -> Any:
        """Mute objects in the global calendar.

        See "Mute objects from global calendar", https://developers.podio.com/doc/calendar/mute-objects-from-global-calendar-79418
        """
    def get_summary_for_personal(
        self, *, limit: int | None = None, priority: int | None = None, params: Params | None = None
    ) -> Any:
        """Return a summary of the user's own calendar.

        See "Get calendar summary for personal", https://developers.podio.com/doc/calendar/get-calendar-summary-for-personal-1657903
        """
    def get_space_calendar(
        self,
        space_id: int,
        *,
        date_from: str | None = None,
        date_to: str | None = None,
        priority: int | None = None,
        tasks: bool | None = None,
        params: Params | None = None,
    ) -> list[CalendarEventJSON]:
        """Return a space's calendar.

        See "Get space calendar", https://developers.podio.com/doc/calendar/get-space-calendar-22459
        """
    def get_space_calendar_as_ical(
        self, space_id: int, user_id: int, token: str, *, params: Params | None = None
    ) -> bytes:
        """Return a space's calendar in the iCalendar format.

        `token` is a credential (the user's `calendar_code`): it stands in the address, so don't log it.

        See "Get space calendar as ical", https://developers.podio.com/doc/calendar/get-space-calendar-as-ical-22514
        """
    def get_summary_for_space(
        self, space_id: int, *, limit: int | None = None, priority: int | None = None, params: Params | None = None
    ) -> Any:
        """Return a summary of a space's calendar.

        See "Get calendar summary for space", https://developers.podio.com/doc/calendar/get-calendar-summary-for-space-1609328
        """
    def get_summary(
        self, *, limit: int | None = None, priority: int | None = None, params: Params | None = None
    ) -> Any:
        """Return a summary of the calendar.

        See "Get calendar summary", https://developers.podio.com/doc/calendar/get-calendar-summary-1609256
        """
    def get_task_calendar_as_ical(self, task_id: int, *, params: Params | None = None) -> bytes:
        """Return a task in the iCalendar format.

        See "Get task calendar as ical", https://developers.podio.com/doc/calendar/get-task-calendar-as-ical-10195650
        """

class Comments:
    """Comments (https://developers.podio.com/doc/comments)."""
    def delete(
        self, comment_id: int, *, silent: bool | None = None, hook: bool | None = None, params: Params | None = None
    ) -> None:
        """Delete a comment.

        See "Delete a comment", https://developers.podio.com/doc/comments/delete-a-comment-22347
        """
    def get(self, comment_id: int, *, fields: str | None = None, params: Params | None = None) -> CommentJSON:
        """Return a comment.

        See "Get a comment", https://developers.podio.com/doc/comments/get-a-comment-22345
        """
    def update(
        self,
        comment_id: int,
        *,
        body: Any = None,
        silent: bool | None = None,
        hook: bool | None = None,
        params: Params | None = None,
    ) -> CommentJSON:
        """Change a comment.

        See "Update a comment", https://developers.podio.com/doc/comments/update-a-comment-22346
        """
    def get_who_liked(self, comment_id: int, *, params: Params | None = None) -> Any:
        """Return who likes a comment.

        See "Get who liked a comment", https://developers.podio.com/doc/comments/get-who-liked-a-comment-29007011
        """
    def get_revisions(self, comment_id: int, *, params: Params | None = None) -> Any:
        """Return the revisions of a comment.

        See "Get comment revisions", https://developers.podio.com/doc/comments/get-comment-revisions-256356096
        """
    def get_on_object(
        self,
        ref_type: str,
        ref_id: int,
        *,
        limit: int | None = None,
        offset: int | None = None,
        fields: str | None = None,
        params: Params | None = None,
    ) -> list[CommentJSON]:
        """Return the comments on an object, oldest first.

        `limit` is 100 if left out.

        See "Get comments on object", https://developers.podio.com/doc/comments/get-comments-on-object-22371
        """
    def create(
        self,
        ref_type: str,
        ref_id: int,
        *,
        body: CommentCreation,
        alert_invite: bool | None = None,
        silent: bool | None = None,
        hook: bool | None = None,
        params: Params | None = None,
    ) -> CommentJSON:
        """Create a comment on an object.

        With `alert_invite` users who are mentioned and have no access are invited.

        See "Add comment to object", https://developers.podio.com/doc/comments/add-comment-to-object-22340
        """

class Contacts:
    """Contacts (https://developers.podio.com/doc/contacts)."""
    def get_all(
        self,
        *,
        name: str | None = None,
        contact_type: str | None = None,
        exclude_self: bool | None = None,
        external_id: str | None = None,
        order: str | None = None,
        required: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        params: Params | None = None,
    ) -> list[ProfileJSON]:
        """Return the contacts.

        See "Get contacts", https://developers.podio.com/doc/contacts/get-contacts-22400
        """
    def get_space_contacts_on_app(
        self,
        app_id: int,
        *,
        name: str | None = None,
        contact_type: str | None = None,
        exclude_self: bool | None = None,
        external_id: str | None = None,
        order: str | None = None,
        required: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        params: Params | None = None,
    ) -> list[ProfileJSON]:
        """Return the space contacts of an app.

        See "Get space contacts on app", https://developers.podio.com/doc/contacts/get-space-contacts-on-app-79475279
        """
    def get_linked_account_contacts(
        self,
        linked_account_id: int,
        *,
        name: str | None = None,
        contact_type: str | None = None,
        exclude_self: bool | None = None,
        external_id: str | None = None,
        order: str | None = None,
        required: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        params: Params | None = None,
    ) -> Any:
        """Return the contacts of a linked account.

        See "Get linked account contacts", https://developers.podio.com/doc/contacts/get-linked-account-contacts-6214688
        """
    def get_organization_contacts(
        self,
        org_id: int,
        *,
        name: str | None = None,
        contact_type: str | None = None,
        exclude_self: bool | None = None,
        external_id: str | None = None,
        order: str | None = None,
        required: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        params: Params | None = None,
    ) -> list[ProfileJSON]:
        """Return the contacts of an organization.

        See "Get organization contacts", https://developers.podio.com/doc/contacts/get-organization-contacts-22401
        """
    def get_skills(self, *, text: str | None = None, limit: int | None = None, params: Params | None = None) -> Any:
        """Return skills of contacts.

        See "Get skills", https://developers.podio.com/doc/contacts/get-skills-1346872
        """
    def get_space_contacts(
        self,
        space_id: int,
        *,
        name: str | None = None,
        contact_type: str | None = None,
        exclude_self: bool | None = None,
        external_id: str | None = None,
        order: str | None = None,
        required: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        params: Params | None = None,
    ) -> list[ProfileJSON]:
        """Return the contacts of a space.

        See "Get space contacts", https://developers.podio.com/doc/contacts/get-space-contacts-22414
        """
    def create_space_contact(
        self, space_id: int, *, body: Any = None, params: Params | None = None
    ) -> CreatedContactJSON:
        """Create a contact in a space.

        See "Create space contact", https://developers.podio.com/doc/contacts/create-space-contact-65590
        """
    def get_space_contact_totals(self, space_id: int, *, params: Params | None = None) -> Any:
        """Return the totals of a space's contacts.

        See "Get space contact totals", https://developers.podio.com/doc/contacts/get-space-contact-totals-67508
        """
    def get_space_contact_totals_space(self, space_id: int, *, params: Params | None = None) -> Any:
        """Return the totals of a space's contacts.

        See "Get space contact totals", https://developers.podio.com/doc/contacts/get-space-contact-totals-67508
        """
    def get_totals(self, *, params: Params | None = None) -> Any:
        """Return the totals of the contacts.

        See "Get contact totals", https://developers.podio.com/doc/contacts/get-contact-totals-60467
        """
    def get_totals_v2(self, *, params: Params | None = None) -> Any:
        """Return the totals of the contacts.

        See "Get contact totals", https://developers.podio.com/doc/contacts/get-contact-totals-60467
        """
    def get_totals_v3(self, *, params: Params | None = None) -> Any:
        """Return the totals of the contacts.

        See "Get contact totals v3", https://developers.podio.com/doc/contacts/get-contact-totals-v3-34629208
        """
    def get_user_contact(self, user_id: int, *, params: Params | None = None) -> ProfileJSON:
        """Return the contact of a user by their user id.

        See "Get user contact", https://developers.podio.com/doc/contacts/get-user-contact-60514
        """
    def get_user_contact_field(self, user_id: int, key: str, *, params: Params | None = None) -> Any:
        """Return one field of a user's contact.

        See "Get user contact field", https://developers.podio.com/doc/contacts/get-user-contact-field-22403
        """
    def delete(self, profile_ids: int | str, *, params: Params | None = None) -> None:
        """Delete contacts.

        See "Delete contact s", https://developers.podio.com/doc/contacts/delete-contact-s-60560
        """
    def update(self, profile_id: int, *, body: Any = None, params: Params | None = None) -> None:
        """Change a contact.

        See "Update contact", https://developers.podio.com/doc/contacts/update-contact-60556
        """
    def get(self, profile_ids: int | str, *, params: Params | None = None) -> ProfileJSON | list[ProfileJSON]:
        """Return contacts by their profile ids.

        See "Get contact s", https://developers.podio.com/doc/contacts/get-contact-s-22335
        """
    def get_vcard(self, profile_id: int, *, params: Params | None = None) -> bytes:
        """Return a contact as a vCard.

        See "Get vcard", https://developers.podio.com/doc/contacts/get-vcard-213496
        """
    def update_field(self, profile_id: int, key: str, *, body: Any = None, params: Params | None = None) -> Any:
        """Change one field of a contact.

        See "Update contact field", https://developers.podio.com/doc/contacts/update-contact-field-60558
        """

class Conversations:
    """Conversations (https://developers.podio.com/doc/conversations)."""
    def get_all(self, *, limit: int | None = None, offset: int | None = None, params: Params | None = None) -> Any:
        """Return the conversations.

        See "Get conversations", https://developers.podio.com/doc/conversations/get-conversations-34822801
        """
    def create(self, *, body: Any = None, params: Params | None = None) -> Any:
        """Start a conversation.

        See "Create conversation", https://developers.podio.com/doc/conversations/create-conversation-22441
        """
    def get_existing_direct(self, user_id: int, *, params: Params | None = None) -> Any:
        """Return the direct conversation with a user, if there is one.

        See "Get existing direct conversation", https://developers.podio.com/doc/conversations/get-existing-direct-conversation-44969910
        """
    def get_event(self, event_id: int, *, params: Params | None = None) -> Any:
        """Return an event of a conversation.

        See "Get conversation event", https://developers.podio.com/doc/conversations/get-conversation-event-35628220
        """
    def mark_all_as_read(self, *, body: Any = None, params: Params | None = None) -> Any:
        """Mark all conversations as read.

        See "Mark all conversations as read", https://developers.podio.com/doc/conversations/mark-all-conversations-as-read-38080233
        """
    def search(
        self,
        *,
        text: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        participants: bool | None = None,
        params: Params | None = None,
    ) -> Any:
        """Search the conversations.

        See "Search conversations", https://developers.podio.com/doc/conversations/search-conversations-36885550
        """
    def get_starred_counts(self, *, params: Params | None = None) -> Any:
        """Return how many conversations are starred.

        See "Get flagged conversation counts", https://developers.podio.com/doc/conversations/get-flagged-conversation-counts-35467925
        """
    def get_unread_counts(self, *, params: Params | None = None) -> Any:
        """Return how many conversations are unread.

        See "Get flagged conversation counts", https://developers.podio.com/doc/conversations/get-flagged-conversation-counts-35467925
        """
    def create_v2(self, *, body: Any = None, params: Params | None = None) -> Any:
        """Start a conversation.

        See "Create conversation v2", https://developers.podio.com/doc/conversations/create-conversation-v2-37301474
        """
    def get(self, conversation_id: int, *, params: Params | None = None) -> Any:
        """Return a conversation.

        See "Get conversation", https://developers.podio.com/doc/conversations/get-conversation-22369
        """
    def get_flagged(
        self, flag: str, *, limit: int | None = None, offset: int | None = None, params: Params | None = None
    ) -> Any:
        """Return the conversations that have a flag.

        See "Get flagged conversations", https://developers.podio.com/doc/conversations/get-flagged-conversations-35466860
        """
    def get_flagged_counts(self, flag: str, *, params: Params | None = None) -> Any:
        """Return how many conversations have a flag.

        See "Get flagged conversation counts", https://developers.podio.com/doc/conversations/get-flagged-conversation-counts-35467925
        """
    def get_events(
        self, conversation_id: int, *, limit: int | None = None, offset: int | None = None, params: Params | None = None
    ) -> Any:
        """Return the events of a conversation.

        See "Get conversation events", https://developers.podio.com/doc/conversations/get-conversation-events-35440697
        """
    def leave(self, conversation_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Leave a conversation.

        See "Leave conversation", https://developers.podio.com/doc/conversations/leave-conversation-35483748
        """
    def add_participants(self, conversation_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Add users to a conversation.

        See "Add participants", https://developers.podio.com/doc/conversations/add-participants-384261
        """
    def add_participants_v2(self, conversation_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Add users to a conversation.

        See "Add participants v2", https://developers.podio.com/doc/conversations/add-participants-v2-37282400
        """
    def mark_as_unread(self, conversation_id: int, *, params: Params | None = None) -> Any:
        """Mark a conversation as unread.

        See "Mark conversation as unread", https://developers.podio.com/doc/conversations/mark-conversation-as-unread-35441542
        """
    def mark_as_read(self, conversation_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Mark a conversation as read.

        See "Mark conversation as read", https://developers.podio.com/doc/conversations/mark-conversation-as-read-35441525
        """
    def reply(self, conversation_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Reply to a conversation.

        See "Reply to conversation", https://developers.podio.com/doc/conversations/reply-to-conversation-22444
        """
    def reply_v2(self, conversation_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Reply to a conversation.

        See "Reply to conversation v2", https://developers.podio.com/doc/conversations/reply-to-conversation-v2-37260916
        """
    def unstar(self, conversation_id: int, *, params: Params | None = None) -> Any:
        """Take the star off a conversation.

        See "Unstar conversation", https://developers.podio.com/doc/conversations/unstar-conversation-35106990
        """
    def star(self, conversation_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Put a star on a conversation.

        See "Star conversation", https://developers.podio.com/doc/conversations/star-conversation-35106944
        """
    def get_on_object(
        self,
        ref_type: str,
        ref_id: int,
        *,
        limit: int | None = None,
        offset: int | None = None,
        params: Params | None = None,
    ) -> Any:
        """Return the conversations on an object.

        See "Get conversations on object", https://developers.podio.com/doc/conversations/get-conversations-on-object-22443
        """
    def create_on_object(self, ref_type: str, ref_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Start a conversation on an object.

        See "Create conversation on object", https://developers.podio.com/doc/conversations/create-conversation-on-object-22442
        """

class Email:
    """Email (https://developers.podio.com/doc/email)."""
    def get_app_email_configuration(self, app_id: int, *, params: Params | None = None) -> Any:
        """Return an app's mail configuration.

        See "Get app email configuration", https://developers.podio.com/doc/email/get-app-email-configuration-622338
        """
    def update_app_email_configuration(self, app_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Change an app's mail configuration.

        See "Update app email configuration", https://developers.podio.com/doc/email/update-app-email-configuration-622851
        """
    def get_global_contact(self, name: str, *, params: Params | None = None) -> Any:
        """Return a mail contact by its name.

        See "Get global contact", https://developers.podio.com/doc/email/get-global-contact-13716154
        """
    def export_global_contact_to_linked_account(
        self, name: str, *, body: Any = None, params: Params | None = None
    ) -> Any:
        """Export a mail contact to a linked account.

        See "Export global email contact to linked account", https://developers.podio.com/doc/email/export-global-email-contact-to-linked-account-13629508
        """
    def get_global_contact_as_vcard(self, name: str, *, params: Params | None = None) -> bytes:
        """Return a mail contact as a vCard.

        See "Get global email contact as vcard", https://developers.podio.com/doc/email/get-global-email-contact-as-vcard-13624848
        """
    def get_contact_for_reference(self, name: str, ref_type: str, ref_id: int, *, params: Params | None = None) -> Any:
        """Return a mail contact of an object.

        See "Get email contact for reference", https://developers.podio.com/doc/email/get-email-contact-for-reference-13716555
        """
    def export_contact_for_reference_to_linked_account(
        self, name: str, ref_type: str, ref_id: int, *, body: Any = None, params: Params | None = None
    ) -> Any:
        """Export a mail contact of an object to a linked account.

        See "Export email contact for reference to linked account", https://developers.podio.com/doc/email/export-email-contact-for-reference-to-linked-account-13628926
        """
    def get_contact_for_reference_as_vcard(
        self, name: str, ref_type: str, ref_id: int, *, params: Params | None = None
    ) -> bytes:
        """Return a mail contact of an object as a vCard.

        See "Get email contact for reference as vcard", https://developers.podio.com/doc/email/get-email-contact-for-reference-as-vcard-13628255
        """
    def get_groups(self, *, params: Params | None = None) -> Any:
        """Return the groups of mails.

        See "Get groups", https://developers.podio.com/doc/email/get-groups-333977
        """
    def update_groups(self, *, body: Any = None, params: Params | None = None) -> Any:
        """Change the groups of mails.

        See "Update groups", https://developers.podio.com/doc/email/update-groups-333981
        """
    def unsubscribe_from_all(self, username: str, *, body: Any = None, params: Params | None = None) -> Any:
        """End all mails to a user name.

        See "Unsubscribe from all", https://developers.podio.com/doc/email/unsubscribe-from-all-304917
        """

class Embeds:
    """Embeds (https://developers.podio.com/doc/embeds)."""
    def create(self, *, body: EmbedCreation, params: Params | None = None) -> EmbedJSON:
        """Make an embed of an address, to be used in fields, comments and statuses.

        See "Add an embed", https://developers.podio.com/doc/embeds/add-an-embed-726483
        """

class Files:
    """Files (https://developers.podio.com/doc/files)."""
    def get_all(
        self,
        *,
        attached_to: str | None = None,
        created_by: str | None = None,
        created_on: str | None = None,
        filetype: str | None = None,
        hosted_by: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        sort_by: str | None = None,
        sort_desc: bool | None = None,
        params: Params | None = None,
    ) -> list[FileJSON]:
        """Return the files.

        See "Get files", https://developers.podio.com/doc/files/get-files-4497983
        """
    def upload(self, source: Any, filename: str, *, params: Params | None = None) -> FileJSON:
        """Upload a file.

        At most 100 MB. `source` is the content, as `podio.upload_file` takes it.

        See "Upload file", https://developers.podio.com/doc/files/upload-file-1004361
        """
    def get_on_app(
        self,
        app_id: int,
        *,
        attached_to: str | None = None,
        created_by: str | None = None,
        created_on: str | None = None,
        filetype: str | None = None,
        hosted_by: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        sort_by: str | None = None,
        sort_desc: bool | None = None,
        params: Params | None = None,
    ) -> list[FileJSON]:
        """Return the files of an app.

        See "Get files on app", https://developers.podio.com/doc/files/get-files-on-app-22472
        """
    def get_latest_on_app(
        self, app_id: int, *, limit: int | None = None, offset: int | None = None, params: Params | None = None
    ) -> list[FileJSON]:
        """Return the latest files of an app.

        See "Get latest files on app", https://developers.podio.com/doc/files/get-latest-files-on-app-22473
        """
    def get_on_space(
        self,
        space_id: int,
        *,
        attached_to: str | None = None,
        created_by: str | None = None,
        created_on: str | None = None,
        filetype: str | None = None,
        hosted_by: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        sort_by: str | None = None,
        sort_desc: bool | None = None,
        params: Params | None = None,
    ) -> list[FileJSON]:
        """Return the files of a space.

        See "Get files on space", https://developers.podio.com/doc/files/get-files-on-space-22471
        """
    def get_latest_on_space(
        self, space_id: int, *, limit: int | None = None, offset: int | None = None, params: Params | None = None
    ) -> list[FileJSON]:
        """Return the latest files of a space.

        See "Get latest files on space", https://developers.podio.com/doc/files/get-latest-files-on-space-22470
        """
    def upload_v2(self, source: Any, filename: str, *, params: Params | None = None) -> FileJSON:
        """Upload a file.

        At most 100 MB. `source` is the content, as `podio.upload_file` takes it.

        See "Upload file", https://developers.podio.com/doc/files/upload-file-1004361
        """
    def delete(
        self, file_id: int, *, silent: bool | None = None, hook: bool | None = None, params: Params | None = None
    ) -> None:
        """Delete a file.

        See "Delete file", https://developers.podio.com/doc/files/delete-file-22453
        """
    def get(self, file_id: int, *, fields: str | None = None, params: Params | None = None) -> FileJSON:
        """Return what is known about a file: its name, type, size, addresses.

        See "Get file", https://developers.podio.com/doc/files/get-file-22451
        """
    def update(self, file_id: int, *, body: Any = None, params: Params | None = None) -> None:
        """Change what is known about a file.

        See "Update file", https://developers.podio.com/doc/files/update-file-22454
        """
    def attach(
        self,
        file_id: int,
        *,
        body: Any = None,
        silent: bool | None = None,
        hook: bool | None = None,
        params: Params | None = None,
    ) -> None:
        """Attach a file to an object.

        See "Attach file", https://developers.podio.com/doc/files/attach-file-22518
        """
    def copy(self, file_id: int, *, body: Any = None, params: Params | None = None) -> CopiedFileJSON:
        """Copy a file.

        See "Copy file", https://developers.podio.com/doc/files/copy-file-89977
        """
    def download(self, file_id: int, *, max_size: int | None = None, params: Params | None = None) -> bytes:
        """Return the content of a file.

        See "Download file", https://developers.podio.com/doc/files/download-file-1004147
        """
    def replace(
        self,
        file_id: int,
        *,
        body: Any = None,
        silent: bool | None = None,
        hook: bool | None = None,
        params: Params | None = None,
    ) -> None:
        """Replace a file.

        See "Replace file", https://developers.podio.com/doc/files/replace-file-22450
        """

class Flows:
    """Flows (https://developers.podio.com/doc/flows)."""
    def delete(self, flow_id: int, *, params: Params | None = None) -> Any:
        """Delete a flow.

        See "Delete flow", https://developers.podio.com/doc/flows/delete-flow-32929229
        """
    def get(self, flow_id: int, *, params: Params | None = None) -> Any:
        """Return a flow.

        See "Get flow by id", https://developers.podio.com/doc/flows/get-flow-by-id-26312313
        """
    def update(self, flow_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Change a flow.

        See "Update flow", https://developers.podio.com/doc/flows/update-flow-26310901
        """
    def get_context(self, flow_id: int, *, params: Params | None = None) -> Any:
        """Return the context of a flow.

        See "Get flow context", https://developers.podio.com/doc/flows/get-flow-context-26313659
        """
    def get_all(self, ref_type: str, ref_id: int, *, params: Params | None = None) -> Any:
        """Return the flows of an object.

        See "Get flows", https://developers.podio.com/doc/flows/get-flows-26312304
        """
    def create(self, ref_type: str, ref_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Create a flow on an object.

        See "Add new flow", https://developers.podio.com/doc/flows/add-new-flow-26309928
        """
    def get_possible_attributes(
        self, ref_type: str, ref_id: int, *, body: Any = None, params: Params | None = None
    ) -> Any:
        """Return the attributes that a flow of an object may use.

        See "Get possible attributes", https://developers.podio.com/doc/flows/get-possible-attributes-33060379
        """
    def get_effect_attributes(
        self, ref_type: str, ref_id: int, *, body: Any = None, params: Params | None = None
    ) -> Any:
        """Return the attributes of a flow's effect.

        See "Get effect attributes", https://developers.podio.com/doc/flows/get-effect-attributes-239234961
        """

class Forms:
    """Forms (https://developers.podio.com/doc/forms)."""
    def get_all(self, app_id: int, *, params: Params | None = None) -> Any:
        """Return the web forms of an app.

        See "Get forms", https://developers.podio.com/doc/forms/get-forms-53771
        """
    def create(self, app_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Create a web form for an app.

        See "Create form", https://developers.podio.com/doc/forms/create-form-53803
        """
    def delete(self, form_id: int, *, params: Params | None = None) -> Any:
        """Delete a web form.

        See "Delete from", https://developers.podio.com/doc/forms/delete-from-53810
        """
    def get(self, form_id: int, *, params: Params | None = None) -> Any:
        """Return a web form.

        See "Get form", https://developers.podio.com/doc/forms/get-form-53754
        """
    def update(self, form_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Change a web form.

        See "Update form", https://developers.podio.com/doc/forms/update-form-53808
        """
    def activate(self, form_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Make a web form active.

        See "Activate form", https://developers.podio.com/doc/forms/activate-form-1107439
        """
    def deactivate(self, form_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Make a web form inactive.

        See "Deactivate form", https://developers.podio.com/doc/forms/deactivate-form-1107378
        """

class Grants:
    """Grants (https://developers.podio.com/doc/grants)."""
    def get_own_on_org(self, org_id: int, *, params: Params | None = None) -> list[GrantJSON]:
        """Return the user's own grants in an organization.

        See "Get own grants on org", https://developers.podio.com/doc/grants/get-own-grants-on-org-22330891
        """
    def get_to_user_on_space(self, space_id: int, user_id: int, *, params: Params | None = None) -> list[GrantJSON]:
        """Return the grants that a user has in a space.

        See "Get grants to user on space", https://developers.podio.com/doc/grants/get-grants-to-user-on-space-19389786
        """
    def create(
        self, ref_type: str, ref_id: int, *, body: GrantCreation, params: Params | None = None
    ) -> CreatedGrantJSON:
        """Grant access to an object.

        See "Create grant", https://developers.podio.com/doc/grants/create-grant-16168841
        """
    def get_on_object(self, ref_type: str, ref_id: int, *, params: Params | None = None) -> list[GrantJSON]:
        """Return the grants on an object.

        See "Get grants on object", https://developers.podio.com/doc/grants/get-grants-on-object-16491464
        """
    def get_count_on_object(self, ref_type: str, ref_id: int, *, params: Params | None = None) -> CountJSON:
        """Return how many grants there are on an object.

        See "Count grants on object", https://developers.podio.com/doc/grants/count-grants-on-object-19275931
        """
    def get_own_information(self, ref_type: str, ref_id: int, *, params: Params | None = None) -> GrantJSON:
        """Return the user's own grant on an object.

        See "Get own grant information", https://developers.podio.com/doc/grants/get-own-grant-information-16490748
        """
    def delete(self, ref_type: str, ref_id: int, user_id: int, *, params: Params | None = None) -> None:
        """Take a user's grant on an object away.

        See "Remove grant", https://developers.podio.com/doc/grants/remove-grant-16496711
        """

class Hooks:
    """Hooks (https://developers.podio.com/doc/hooks)."""
    def delete(self, hook_id: int, *, params: Params | None = None) -> None:
        """Delete a webhook.

        See "Delete hook", https://developers.podio.com/doc/hooks/delete-hook-215291
        """
    def request_verification(self, hook_id: int, *, body: Any = None, params: Params | None = None) -> None:
        """Ask Podio to verify a webhook: it posts a code to the hook's address.

        See "Request hook verification", https://developers.podio.com/doc/hooks/request-hook-verification-215232
        """
    def validate_verification(self, hook_id: int, *, body: HookVerification, params: Params | None = None) -> None:
        """Verify a webhook by the code that Podio posted to it.

        See "Validate hook verification", https://developers.podio.com/doc/hooks/validate-hook-verification-215241
        """
    def get_all(self, ref_type: str, ref_id: int, *, params: Params | None = None) -> list[HookJSON]:
        """Return the webhooks of an object.

        See "Get hooks", https://developers.podio.com/doc/hooks/get-hooks-215285
        """
    def create(
        self, ref_type: str, ref_id: int, *, body: HookCreation, params: Params | None = None
    ) -> CreatedHookJSON:
        """Create a webhook on an object.

        It is inactive until it is verified: `request_verification`, then `validate_verification`.

        See "Create hook", https://developers.podio.com/doc/hooks/create-hook-215056
        """

class Importer:
    """Importer (https://developers.podio.com/doc/importer)."""
    def import_space_contacts(
        self, file_id: int, space_id: int, *, body: Any = None, params: Params | None = None
    ) -> Any:
        """Import a file's rows as contacts of a space.

        See "Import space contacts", https://developers.podio.com/doc/importer/import-space-contacts-4261072
        """
    def get_info(self, file_id: int, *, params: Params | None = None) -> Any:
        """Return what an uploaded file has to import.

        See "Get info", https://developers.podio.com/doc/importer/get-info-5929504
        """
    def import_app_items(self, file_id: int, app_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Import a file's rows as items of an app.

        See "Import app items", https://developers.podio.com/doc/importer/import-app-items-212899
        """
    def get_preview(self, file_id: int, row: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Return how a row of a file would be imported.

        See "Get preview", https://developers.podio.com/doc/importer/get-preview-5936702
        """

class Integrations:
    """Integrations (https://developers.podio.com/doc/integrations)."""
    def delete(self, app_id: int, *, params: Params | None = None) -> Any:
        """Delete an app's integration.

        See "Delete integration", https://developers.podio.com/doc/integrations/delete-integration-86876
        """
    def get(self, app_id: int, *, params: Params | None = None) -> Any:
        """Return an app's integration.

        See "Get integration", https://developers.podio.com/doc/integrations/get-integration-86821
        """
    def create(self, app_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Create an integration for an app.

        See "Create integration", https://developers.podio.com/doc/integrations/create-integration-86839
        """
    def update(self, app_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Change an app's integration.

        See "Update integration", https://developers.podio.com/doc/integrations/update-integration-86843
        """
    def get_available_fields(self, app_id: int, *, params: Params | None = None) -> Any:
        """Return the fields available to an app's integration.

        See "Get available fields", https://developers.podio.com/doc/integrations/get-available-fields-86890
        """
    def update_mapping(self, app_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Change how an integration's fields are mapped to its app's.

        See "Update integration mapping", https://developers.podio.com/doc/integrations/update-integration-mapping-86865
        """
    def refresh(self, app_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Fetch an integration's data again.

        See "Refresh integration", https://developers.podio.com/doc/integrations/refresh-integration-86987
        """

class Items:
    """Items (https://developers.podio.com/doc/items)."""
    def get_by_app_item_id(
        self,
        app_id: int,
        app_item_id: int,
        *,
        fields: str | None = None,
        mark_as_viewed: bool | None = None,
        params: Params | None = None,
    ) -> ItemJSON:
        """Return an item by its number within its app.

        See "Get item by app item id", https://developers.podio.com/doc/items/get-item-by-app-item-id-66506688
        """
    def get_all(
        self,
        app_id: int,
        *,
        limit: int | None = None,
        offset: int | None = None,
        sort_by: str | None = None,
        sort_desc: bool | None = None,
        fields: str | None = None,
        params: Params | None = None,
    ) -> FilteredItemsJSON:
        """Return the items of an app.

        `filter` is the way to choose items.

        See "Get items", https://developers.podio.com/doc/items/get-items-27803
        """
    def create(
        self,
        app_id: int,
        *,
        body: ItemCreation,
        silent: bool | None = None,
        hook: bool | None = None,
        params: Params | None = None,
    ) -> CreatedItemJSON:
        """Create an item in an app.

        `hook=False` runs no webhooks, `silent=True` notifies nobody.

        See "Add new item", https://developers.podio.com/doc/items/add-new-item-22362
        """
    def calculate(self, app_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Calculate over the items of an app.

        See "Calculate", https://developers.podio.com/doc/items/calculate-67633
        """
    def get_count(self, app_id: int, *, view_id: int | None = None, params: Params | None = None) -> CountJSON:
        """Return how many items an app has.

        See "Get item count", https://developers.podio.com/doc/items/get-item-count-34819997
        """
    def bulk_delete(
        self,
        app_id: int,
        *,
        body: Any = None,
        silent: bool | None = None,
        hook: bool | None = None,
        params: Params | None = None,
    ) -> DeletedItemsJSON:
        """Delete many items of an app.

        See "Bulk delete items", https://developers.podio.com/doc/items/bulk-delete-items-19406111
        """
    def export(self, app_id: int, exporter: str, *, body: Any = None, params: Params | None = None) -> Any:
        """Export the items of an app.

        See "Export items", https://developers.podio.com/doc/items/export-items-4235696
        """
    def get_by_external_id(
        self,
        app_id: int,
        external_id: str,
        *,
        fields: str | None = None,
        mark_as_viewed: bool | None = None,
        params: Params | None = None,
    ) -> ItemJSON:
        """Return the item of an app that has an external id.

        See "Get item by external id", https://developers.podio.com/doc/items/get-item-by-external-id-19556702
        """
    def filter(
        self, app_id: int, *, body: ItemFilter | None = None, fields: str | None = None, params: Params | None = None
    ) -> FilteredItemsJSON:
        """Return the items of an app that pass a filter, in an order.

        30 items if `limit` is left out, 500 at most. Text fields can't be filtered; Podio ignores a filter that it
        can't use.

        See "Filter items", https://developers.podio.com/doc/items/filter-items-4496747
        """
    def filter_from_space_and_app(
        self,
        app_id: int,
        *,
        body: ItemFilter | None = None,
        space_id: int,
        fields: str | None = None,
        params: Params | None = None,
    ) -> FilteredItemsJSON:
        """Return the items of an app that pass a filter; the space is named, too.

        See "Filter items from space and app", https://developers.podio.com/doc/items/filter-items-from-space-and-app-268463307
        """
    def filter_by_view(
        self,
        app_id: int,
        view_id: int | str,
        *,
        body: Any = None,
        fields: str | None = None,
        params: Params | None = None,
    ) -> FilteredItemsJSON:
        """Return the items of an app that pass the filter of a view.

        See "Filter items by view", https://developers.podio.com/doc/items/filter-items-by-view-4540284
        """
    def get_app_values(self, app_id: int, *, params: Params | None = None) -> Any:
        """Return the values that the fields of an app's items have.

        See "Get app values", https://developers.podio.com/doc/items/get-app-values-22455
        """
    def get_as_xlsx(
        self,
        app_id: int,
        *,
        view_id: int | None = None,
        limit: int | None = None,
        offset: int | None = None,
        sort_by: str | None = None,
        sort_desc: bool | None = None,
        params: Params | None = None,
    ) -> bytes:
        """Return the items of an app as an Excel file.

        See "Get items as xlsx", https://developers.podio.com/doc/items/get-items-as-xlsx-63233
        """
    def find_by_field_and_title(
        self,
        field_id: int,
        *,
        text: str | None = None,
        limit: int | None = None,
        not_item_id: int | None = None,
        sort: str | None = None,
        params: Params | None = None,
    ) -> list[ItemMicroJSON]:
        """Find items to refer to in a field, by their title.

        See "Find items by field and title", https://developers.podio.com/doc/items/find-items-by-field-and-title-22485
        """
    def get_field_ranges(self, field_id: int, *, params: Params | None = None) -> Any:
        """Return the smallest and largest values of a field.

        See "Get field ranges", https://developers.podio.com/doc/items/get-field-ranges-24242866
        """
    def get_top_values_for_field(
        self, field_id: int, *, limit: int | None = None, not_item_id: int | None = None, params: Params | None = None
    ) -> Any:
        """Return the top values of a field.

        See "Get top values for field", https://developers.podio.com/doc/items/get-top-values-for-field-68334
        """
    def delete(
        self, item_id: int, *, silent: bool | None = None, hook: bool | None = None, params: Params | None = None
    ) -> None:
        """Delete an item.

        See "Delete item", https://developers.podio.com/doc/items/delete-item-22364
        """
    def get(
        self,
        item_id: int,
        *,
        mark_as_viewed: bool | None = None,
        fields: str | None = None,
        params: Params | None = None,
    ) -> ItemJSON:
        """Return an item with its fields, comments, files and revisions.

        The user is noted as having seen the item unless `mark_as_viewed` is false.

        See "Get item", https://developers.podio.com/doc/items/get-item-22360
        """
    def update(
        self,
        item_id: int,
        *,
        body: ItemUpdate,
        silent: bool | None = None,
        hook: bool | None = None,
        params: Params | None = None,
    ) -> UpdatedItemJSON | None:
        """Change an item.

        `hook=False` runs no webhooks, `silent=True` notifies nobody. With a `revision` that isn't the latest:
        `podio.Conflict`.

        See "Update item", https://developers.podio.com/doc/items/update-item-22363
        """
    def get_basic(self, item_id: int, *, fields: str | None = None, params: Params | None = None) -> ItemJSON:
        """Return an item without what surrounds it.

        See "Get item basic", https://developers.podio.com/doc/items/get-item-basic-61768
        """
    def get_clone(self, item_id: int, *, params: Params | None = None) -> Any:
        """Return what a clone of an item would hold.

        See "Get item clone", https://developers.podio.com/doc/items/get-item-clone-96822231
        """
    def clone(
        self,
        item_id: int,
        *,
        body: Any = None,
        silent: bool | None = None,
        hook: bool | None = None,
        params: Params | None = None,
    ) -> ClonedItemJSON:
        """Make a copy of an item.

        See "Clone item", https://developers.podio.com/doc/items/clone-item-37722742
        """
    def get_meeting_url(self, item_id: int, *, params: Params | None = None) -> Any:
        """Return the address of an item's online meeting.

        See "Get meeting url", https://developers.podio.com/doc/items/get-meeting-url-14763260
        """
    def set_participation(
        self,
        item_id: int,
        *,
        body: Any = None,
        silent: bool | None = None,
        hook: bool | None = None,
        params: Params | None = None,
    ) -> Any:
        """Set the participation in an item.

        See "Set participation", https://developers.podio.com/doc/items/set-participation-7156154
        """
    def remove_reference(self, item_id: int, *, params: Params | None = None) -> None:
        """Remove what an item refers to.

        See "Delete item reference", https://developers.podio.com/doc/items/delete-item-reference-7302326
        """
    def update_reference(self, item_id: int, *, body: Any = None, params: Params | None = None) -> None:
        """Change what an item refers to.

        See "Update item reference", https://developers.podio.com/doc/items/update-item-reference-7421495
        """
    def get_references(self, item_id: int, *, params: Params | None = None) -> list[ReferringItemsJSON]:
        """Return what refers to an item.

        See "Get item references", https://developers.podio.com/doc/items/get-item-references-22439
        """
    def get_references_to_item_by_field(
        self, item_id: int, field_id: int, *, limit: int | None = None, params: Params | None = None
    ) -> list[ItemMicroJSON]:
        """Return the items that refer to an item by a field.

        See "Get references to item by field", https://developers.podio.com/doc/items/get-references-to-item-by-field-7403920
        """
    def get_preview_for_field_reference(self, item_id: int, field_id: int, *, params: Params | None = None) -> Any:
        """Return a preview of an item for a field that refers to it.

        See "Get item preview for field reference", https://developers.podio.com/doc/items/get-item-preview-for-field-reference-7529318
        """
    def get_revisions(self, item_id: int, *, params: Params | None = None) -> list[ItemRevisionJSON]:
        """Return the revisions of an item.

        See "Get item revisions", https://developers.podio.com/doc/items/get-item-revisions-22372
        """
    def revert_revision(
        self,
        item_id: int,
        revision_id: int,
        *,
        silent: bool | None = None,
        hook: bool | None = None,
        params: Params | None = None,
    ) -> RevertedItemJSON:
        """Undo a revision of an item.

        See "Revert item revision", https://developers.podio.com/doc/items/revert-item-revision-953195
        """
    def get_revision(self, item_id: int, revision_id: int, *, params: Params | None = None) -> ItemRevisionJSON:
        """Return a revision of an item.

        See "Get item revision", https://developers.podio.com/doc/items/get-item-revision-22373
        """
    def revert_to_revision(
        self,
        item_id: int,
        revision: int,
        *,
        body: Any = None,
        silent: bool | None = None,
        hook: bool | None = None,
        params: Params | None = None,
    ) -> RevertedItemJSON:
        """Set an item back to a revision.

        See "Revert to revision", https://developers.podio.com/doc/items/revert-to-revision-194362682
        """
    def get_revision_difference(
        self, item_id: int, revision_from_id: int, revision_to_id: int, *, params: Params | None = None
    ) -> list[FieldDifferenceJSON]:
        """Return what changed between two revisions of an item.

        See "Get item revision difference", https://developers.podio.com/doc/items/get-item-revision-difference-22374
        """
    def get_values(self, item_id: int, *, params: Params | None = None) -> list[FieldValuesJSON]:
        """Return the values of an item's fields.

        See "Get item values", https://developers.podio.com/doc/items/get-item-values-22365
        """
    def update_values(
        self,
        item_id: int,
        *,
        body: Any = None,
        silent: bool | None = None,
        hook: bool | None = None,
        params: Params | None = None,
    ) -> UpdatedItemJSON:
        """Change the values of an item's fields.

        See "Update item values", https://developers.podio.com/doc/items/update-item-values-22366
        """
    def get_values_v2(self, item_id: int, *, params: Params | None = None) -> list[FieldValuesJSON]:
        """Return the values of an item's fields.

        See "Get item values v2", https://developers.podio.com/doc/items/get-item-values-v2-144280791
        """
    def get_field_values(
        self, item_id: int, field_id: int | str, *, params: Params | None = None
    ) -> list[dict[str, Any]]:
        """Return the values of one field of an item.

        See "Get item field values", https://developers.podio.com/doc/items/get-item-field-values-22368
        """
    def update_field_values(
        self,
        item_id: int,
        field_id: int | str,
        *,
        body: Any = None,
        silent: bool | None = None,
        hook: bool | None = None,
        params: Params | None = None,
    ) -> UpdatedItemJSON:
        """Change the values of one field of an item.

        See "Update item field values", https://developers.podio.com/doc/items/update-item-field-values-22367
        """
    def get_field_values_v2(
        self, item_id: int, field_or_external_id: int | str, *, params: Params | None = None
    ) -> FieldValuesJSON:
        """Return the values of one field of an item.

        See "Get item field values v2", https://developers.podio.com/doc/items/get-item-field-values-v2-144279511
        """

class Layout:
    """Layout (https://developers.podio.com/doc/layout)."""
    def get(self, app_id: int, badge_type: str, *, params: Params | None = None) -> Any:
        """Return an app's layout of one kind.

        See "Get layout", https://developers.podio.com/doc/layout/get-layout-245313222
        """
    def update(self, app_id: int, layout_type: str, *, body: Any = None, params: Params | None = None) -> Any:
        """Change an app's layout of one kind.

        See "Update layout", https://developers.podio.com/doc/layout/update-layout-383572993
        """

class Notifications:
    """Notifications (https://developers.podio.com/doc/notifications)."""
    def get_all(
        self,
        *,
        context_type: str | None = None,
        created_from: str | None = None,
        created_to: str | None = None,
        direction: str | None = None,
        starred: bool | None = None,
        user_id: int | None = None,
        viewed: bool | None = None,
        viewed_from: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        params: Params | None = None,
    ) -> list[NotificationGroupJSON]:
        """Return the notifications.

        See "Get notifications", https://developers.podio.com/doc/notifications/get-notifications-290777
        """
    def get_inbox_new_count(self, *, params: Params | None = None) -> InboxCountJSON:
        """Return how many new notifications there are.

        See "Get inbox new count", https://developers.podio.com/doc/notifications/get-inbox-new-count-84610
        """
    def mark_all_as_viewed(self, *, body: Any = None, params: Params | None = None) -> None:
        """Mark all notifications as viewed.

        See "Mark all notifications as viewed", https://developers.podio.com/doc/notifications/mark-all-notifications-as-viewed-58099
        """
    def get(self, notification_id: int, *, params: Params | None = None) -> NotificationGroupJSON:
        """Return a notification.

        See "Get notification", https://developers.podio.com/doc/notifications/get-notification-2973737
        """
    def unstar(self, notification_id: int, *, params: Params | None = None) -> None:
        """Take the star off a notification.

        See "Un star notification", https://developers.podio.com/doc/notifications/un-star-notification-295911
        """
    def star(self, notification_id: int, *, body: Any = None, params: Params | None = None) -> None:
        """Put a star on a notification.

        See "Star notification", https://developers.podio.com/doc/notifications/star-notification-295910
        """
    def get_v2(self, notification_id: int, *, params: Params | None = None) -> NotificationGroupJSON:
        """Return a notification.

        See "Get notification v2", https://developers.podio.com/doc/notifications/get-notification-v2-2973737
        """
    def mark_as_viewed(self, notification_id: int, *, body: Any = None, params: Params | None = None) -> None:
        """Mark a notification as viewed.

        See "Mark notification as viewed", https://developers.podio.com/doc/notifications/mark-notification-as-viewed-22436
        """
    def mark_as_viewed_by_ref(
        self, ref_type: str, ref_id: int, *, body: Any = None, params: Params | None = None
    ) -> None:
        """Mark the notifications on an object as viewed.

        See "Mark notifications as viewed by ref", https://developers.podio.com/doc/notifications/mark-notifications-as-viewed-by-ref-553653
        """

class OauthAuthorization:
    """OAuth authorization (https://developers.podio.com/doc/oauth-authorization)."""
    def invalidate_grant(self, *, body: Any = None, params: Params | None = None) -> None:
        """End the grant that the token in use belongs to.

        `Podio.sign_out` does this and forgets the session, too.

        See "Invalidate grant", https://developers.podio.com/doc/oauth-authorization/invalidate-grant-7997965
        """
    def get_scope(self, *, params: Params | None = None) -> list[GrantedScopeJSON]:
        """Return what the token in use may do.

        See "Get scope", https://developers.podio.com/doc/oauth-authorization/get-scope-342360687
        """
    def get_access_token(self, *, form: Mapping[str, str], params: Params | None = None) -> TokenJSON:
        """Trade a grant for a token.

        `Podio` signs in and renews by itself: this is for a token of one's own. The answer holds credentials.

        See "Get access token", https://developers.podio.com/doc/oauth-authorization/get-access-token-22359
        """
    def invalidate_tokens(self, *, body: Any = None, params: Params | None = None) -> None:
        """End all tokens of the user.

        See "Invalidate tokens", https://developers.podio.com/doc/oauth-authorization/invalidate-tokens-7997943
        """
    def get_access_token_v2(self, *, body: Any = None, params: Params | None = None) -> TokenJSON:
        """Trade a grant for a token.

        `Podio` signs in and renews by itself: this is for a token of one's own. The answer holds credentials.

        See "Get access token (v2)", https://developers.podio.com/doc/oauth-authorization/get-access-token-22359
        """

class Organizations:
    """Organizations (https://developers.podio.com/doc/organizations)."""
    def get_all(self, *, fields: str | None = None, params: Params | None = None) -> list[OrganizationJSON]:
        """Return the user's organizations, with their spaces.

        See "Get organizations", https://developers.podio.com/doc/organizations/get-organizations-22344
        """
    def create(self, *, body: Any = None, params: Params | None = None) -> CreatedOrganizationJSON:
        """Create an organization.

        See "Add new organization", https://developers.podio.com/doc/organizations/add-new-organization-22385
        """
    def get_admin_orgs_by_email(self, email: str, *, params: Params | None = None) -> Any:
        """Return the organizations that somebody administers, by mail address.

        See "Get admin orgs by email", https://developers.podio.com/doc/organizations/get-admin-orgs-by-email-1685869693
        """
    def get_shared(self, user_id: int, *, params: Params | None = None) -> Any:
        """Return the organizations shared with a user.

        See "Get shared organizations", https://developers.podio.com/doc/organizations/get-shared-organizations-22411
        """
    def get_by_url(
        self, *, url: str | None = None, org_slug: str | None = None, params: Params | None = None
    ) -> OrganizationJSON:
        """Return the organization that has an address.

        See "Get organization by url", https://developers.podio.com/doc/organizations/get-organization-by-url-22384
        """
    def get(self, org_id: int, *, fields: str | None = None, params: Params | None = None) -> OrganizationJSON:
        """Return an organization.

        See "Get organization", https://developers.podio.com/doc/organizations/get-organization-22383
        """
    def update(self, org_id: int, *, body: Any = None, params: Params | None = None) -> None:
        """Change an organization.

        See "Update organization", https://developers.podio.com/doc/organizations/update-organization-22386
        """
    def get_admins(self, org_id: int, *, params: Params | None = None) -> Any:
        """Return the administrators of an organization.

        See "Get organization admins", https://developers.podio.com/doc/organizations/get-organization-admins-81542
        """
    def add_admin(self, org_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Make somebody an administrator of an organization.

        See "Add organization admin", https://developers.podio.com/doc/organizations/add-organization-admin-50854
        """
    def remove_admin(self, org_id: int, user_id: int, *, params: Params | None = None) -> Any:
        """Make somebody an administrator of an organization no longer.

        See "Remove organization admin", https://developers.podio.com/doc/organizations/remove-organization-admin-50855
        """
    def get_all_spaces(self, org_id: int, *, params: Params | None = None) -> Any:
        """Return all spaces of an organization.

        See "Get all spaces on organization", https://developers.podio.com/doc/organizations/get-all-spaces-on-organization-11902608
        """
    def delete_app_store_profile(self, org_id: int, *, params: Params | None = None) -> Any:
        """Delete an organization's profile in the app market.

        See "Delete organization app store profile", https://developers.podio.com/doc/organizations/delete-organization-app-store-profile-87808
        """
    def get_app_store_profile(self, org_id: int, *, params: Params | None = None) -> Any:
        """Return an organization's profile in the app market.

        See "Get organization app store profile", https://developers.podio.com/doc/organizations/get-organization-app-store-profile-87799
        """
    def create_app_store_profile(self, org_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Create an organization's profile in the app market.

        See "Create organization app store profile", https://developers.podio.com/doc/organizations/create-organization-app-store-profile-87819
        """
    def update_app_store_profile(self, org_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Change an organization's profile in the app market.

        See "Update organization app store profile", https://developers.podio.com/doc/organizations/update-organization-app-store-profile-87805
        """
    def get_billing_profile(self, org_id: int, *, params: Params | None = None) -> Any:
        """Return an organization's billing profile.

        See "Get organization billing profile", https://developers.podio.com/doc/organizations/get-organization-billing-profile-51370
        """
    def leave(self, org_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Leave an organization.

        See "End organization membership", https://developers.podio.com/doc/organizations/end-organization-membership-19410652
        """
    def get_members(
        self,
        org_id: int,
        *,
        limit: int | None = None,
        offset: int | None = None,
        query: str | None = None,
        sort_by: str | None = None,
        sort_desc: bool | None = None,
        member_type: str | None = None,
        params: Params | None = None,
    ) -> list[OrganizationMemberJSON]:
        """Return the members of an organization.

        See "Get organization members", https://developers.podio.com/doc/organizations/get-organization-members-50661
        """
    def remove_member(self, org_id: int, user_id: int, *, params: Params | None = None) -> Any:
        """End somebody's membership of an organization.

        See "End organization membership", https://developers.podio.com/doc/organizations/end-organization-membership-50689
        """
    def get_member(self, org_id: int, user_id: int, *, params: Params | None = None) -> Any:
        """Return a member of an organization.

        See "Get organization member", https://developers.podio.com/doc/organizations/get-organization-member-50908
        """
    def delete_member_role(self, org_id: int, user_id: int, *, params: Params | None = None) -> Any:
        """Take a member's role in an organization away.

        See "Delete organization member role", https://developers.podio.com/doc/organizations/delete-organization-member-role-935217
        """
    def get_space_memberships_for_org_member(self, org_id: int, user_id: int, *, params: Params | None = None) -> Any:
        """Return the spaces that a member of an organization belongs to.

        See "Get space memberships for org member", https://developers.podio.com/doc/organizations/get-space-memberships-for-org-member-11902943
        """
    def get_login_report(
        self, org_id: int, *, limit: int | None = None, offset: int | None = None, params: Params | None = None
    ) -> Any:
        """Return a report of the sign-ins to an organization.

        See "Get organization login report", https://developers.podio.com/doc/organizations/get-organization-login-report-51730
        """
    def get_spaces(self, org_id: int, *, fields: str | None = None, params: Params | None = None) -> list[SpaceJSON]:
        """Return the user's spaces in an organization.

        See "Get spaces on organization", https://developers.podio.com/doc/organizations/get-spaces-on-organization-22387
        """
    def get_statistics(self, org_id: int, *, params: Params | None = None) -> Any:
        """Return figures about an organization.

        See "Get organization statistics", https://developers.podio.com/doc/organizations/get-organization-statistics-28734
        """
    def leave_space(self, space_id: int, *, body: Any = None, params: Params | None = None) -> None:
        """Leave a space.

        See "End organization membership", https://developers.podio.com/doc/organizations/end-organization-membership-19410457
        """

class Questions:
    """Questions (https://developers.podio.com/doc/questions)."""
    def get_answers(self, question_id: int, *, params: Params | None = None) -> Any:
        """Return the answers to a question.

        See "Get answers", https://developers.podio.com/doc/questions/get-answers-945753
        """
    def answer(self, question_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Answer a question.

        See "Answer question", https://developers.podio.com/doc/questions/answer-question-887232
        """
    def create(self, ref_type: str, ref_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Ask a question on an object.

        See "Create question", https://developers.podio.com/doc/questions/create-question-887166
        """

class Ratings:
    """Ratings (https://developers.podio.com/doc/ratings)."""
    def get_all(self, ref_type: str, ref_id: int, *, params: Params | None = None) -> dict[str, RatingsJSON]:
        """Return all ratings of an object.

        See "Get all ratings", https://developers.podio.com/doc/ratings/get-all-ratings-22376
        """
    def get_like_count(self, ref_type: str, ref_id: int, *, params: Params | None = None) -> LikeCountJSON:
        """Return how many users like an object.

        See "Get like count", https://developers.podio.com/doc/ratings/get-like-count-32161225
        """
    def get_who_liked_object(self, ref_type: str, ref_id: int, *, params: Params | None = None) -> list[BylineJSON]:
        """Return who likes an object.

        See "Get who liked an object", https://developers.podio.com/doc/ratings/get-who-liked-an-object-29007011
        """
    def delete(self, ref_type: str, ref_id: int, rating_type: str, *, params: Params | None = None) -> None:
        """Remove one's rating of an object.

        See "Remove rating", https://developers.podio.com/doc/ratings/remove-rating-22342
        """
    def get_by_type(self, ref_type: str, ref_id: int, rating_type: str, *, params: Params | None = None) -> RatingsJSON:
        """Return the ratings of one kind of an object.

        See "Get ratings", https://developers.podio.com/doc/ratings/get-ratings-22375
        """
    def create(
        self, ref_type: str, ref_id: int, rating_type: str, *, body: Any = None, params: Params | None = None
    ) -> CreatedRatingJSON:
        """Rate an object.

        See "Add rating", https://developers.podio.com/doc/ratings/add-rating-22377
        """
    def get_own(self, ref_type: str, ref_id: int, rating_type: str, *, params: Params | None = None) -> RatingValueJSON:
        """Return one's own rating of an object.

        See "Get rating own", https://developers.podio.com/doc/ratings/get-rating-own-84128
        """
    def get(self, ref_type: str, ref_id: int, rating_type: str, user_id: int, *, params: Params | None = None) -> Any:
        """Return somebody's rating of an object.

        See "Get rating", https://developers.podio.com/doc/ratings/get-rating-22407
        """

class Recurrence:
    """Recurrence (https://developers.podio.com/doc/recurrence)."""
    def delete(self, ref_type: str, ref_id: int, *, params: Params | None = None) -> None:
        """Delete an object's recurrence.

        See "Delete recurrence", https://developers.podio.com/doc/recurrence/delete-recurrence-3349970
        """
    def get(self, ref_type: str, ref_id: int, *, params: Params | None = None) -> RecurrenceJSON:
        """Return an object's recurrence.

        See "Get recurrence", https://developers.podio.com/doc/recurrence/get-recurrence-3415545
        """
    def create_or_update(
        self, ref_type: str, ref_id: int, *, body: RecurrenceCreation, params: Params | None = None
    ) -> None:
        """Set an object's recurrence.

        See "Create or update recurrence", https://developers.podio.com/doc/recurrence/create-or-update-recurrence-3349957
        """

class Reference:
    """Reference (https://developers.podio.com/doc/reference)."""
    def resolve_url(self, *, url: str, params: Params | None = None) -> Any:
        """Return the object that an address of Podio names.

        See "Resolve url", https://developers.podio.com/doc/reference/resolve-url-66839423
        """
    def search(self, *, body: Any = None, params: Params | None = None) -> list[ReferenceGroupJSON]:
        """Search for objects to refer to.

        See "Search references", https://developers.podio.com/doc/reference/search-references-13312595
        """
    def get(self, ref_type: str, ref_id: int, *, params: Params | None = None) -> ReferenceJSON:
        """Return an object by its type and id.

        See "Get reference", https://developers.podio.com/doc/reference/get-reference-10661022
        """
    def get_users_with_access_to_object(self, ref_type: str, ref_id: int, *, params: Params | None = None) -> Any:
        """Return who may see an object.

        See "Get users with access to object", https://developers.podio.com/doc/reference/get-users-with-access-to-object-16681010
        """
    def get_count_of_user_profiles_with_access_to_object(
        self, ref_type: str, ref_id: int, *, params: Params | None = None
    ) -> Any:
        """Return how many users may see an object.

        See "Count user profiles with access to object", https://developers.podio.com/doc/reference/count-user-profiles-with-access-to-object-19190550
        """

class Reminders:
    """Reminders (https://developers.podio.com/doc/reminders)."""
    def delete(self, ref_type: str, ref_id: int, *, params: Params | None = None) -> None:
        """Delete an object's reminder.

        See "Delete reminder", https://developers.podio.com/doc/reminders/delete-reminder-3315117
        """
    def get(self, ref_type: str, ref_id: int, *, params: Params | None = None) -> ReminderJSON:
        """Return an object's reminder.

        See "Get reminder", https://developers.podio.com/doc/reminders/get-reminder-3415569
        """
    def create_or_update_by_post(
        self, ref_type: str, ref_id: int, *, body: ReminderCreation, params: Params | None = None
    ) -> None:
        """Set an object's reminder.

        See "Create or update reminder", https://developers.podio.com/doc/reminders/create-or-update-reminder-3315055
        """
    def create_or_update(
        self, ref_type: str, ref_id: int, *, body: ReminderCreation, params: Params | None = None
    ) -> None:
        """Set an object's reminder.

        See "Create or update reminder", https://developers.podio.com/doc/reminders/create-or-update-reminder-3315055
        """
    def snooze(self, ref_type: str, ref_id: int, *, body: Any = None, params: Params | None = None) -> None:
        """Put an object's reminder off.

        See "Snooze reminder", https://developers.podio.com/doc/reminders/snooze-reminder-3321049
        """

class Search:
    """Search (https://developers.podio.com/doc/search)."""
    def search_globally(self, *, body: SearchRequest, params: Params | None = None) -> list[SearchResultJSON]:
        """Search everything that the user sees.

        20 results at most.

        See "Search globally", https://developers.podio.com/doc/search/search-globally-22488
        """
    def search_in_app(
        self, app_id: int, *, body: SearchRequest, params: Params | None = None
    ) -> list[SearchResultJSON]:
        """Search in an app.

        20 results at most.

        See "Search in app", https://developers.podio.com/doc/search/search-in-app-4234651
        """
    def search_in_app_v2(
        self,
        app_id: int,
        *,
        query: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        ref_type: str | None = None,
        counts: bool | None = None,
        highlights: bool | None = None,
        params: Params | None = None,
    ) -> SearchResultsJSON:
        """Search in an app.

        See "Search in application v2", https://developers.podio.com/doc/search/search-in-application-v2-155196220
        """
    def search_in_organization(
        self, org_id: int, *, body: SearchRequest, params: Params | None = None
    ) -> list[SearchResultJSON]:
        """Search in an organization.

        20 results at most.

        See "Search in organization", https://developers.podio.com/doc/search/search-in-organization-22487
        """
    def search_in_space(
        self, space_id: int, *, body: SearchRequest, params: Params | None = None
    ) -> list[SearchResultJSON]:
        """Search in a space.

        20 results at most.

        See "Search in space", https://developers.podio.com/doc/search/search-in-space-22479
        """

class SpaceMembers:
    """Space members (https://developers.podio.com/doc/space-members)."""
    def join_space(self, space_id: int, *, body: Any = None, params: Params | None = None) -> None:
        """Join a space.

        See "Join space", https://developers.podio.com/doc/space-members/join-space-1927286
        """
    def get_active(
        self,
        space_id: int,
        *,
        limit: int | None = None,
        offset: int | None = None,
        query: str | None = None,
        params: Params | None = None,
    ) -> list[SpaceMemberJSON]:
        """Return the active members of a space.

        See "Get active members of space", https://developers.podio.com/doc/space-members/get-active-members-of-space-22395
        """
    def add(self, space_id: int, *, body: Any = None, params: Params | None = None) -> None:
        """Add users to a space.

        See "Add member to space", https://developers.podio.com/doc/space-members/add-member-to-space-1066259
        """
    def get_top_users(self, space_id: int, *, limit: int | None = None, params: Params | None = None) -> Any:
        """Return the top users of a space.

        See "Get top users on space", https://developers.podio.com/doc/space-members/get-top-users-on-space-22461
        """
    def get_all_v2(
        self,
        space_id: int,
        *,
        limit: int | None = None,
        offset: int | None = None,
        query: str | None = None,
        params: Params | None = None,
    ) -> list[SpaceMemberJSON]:
        """Return the members of a space.

        See "Get space members v2", https://developers.podio.com/doc/space-members/get-space-members-v2-19350328
        """
    def remove(self, space_id: int, user_ids: int | str, *, params: Params | None = None) -> None:
        """End memberships of a space.

        See "End space memberships", https://developers.podio.com/doc/space-members/end-space-memberships-22399
        """
    def get(self, space_id: int, user_id: int, *, params: Params | None = None) -> SpaceMemberJSON:
        """Return somebody's membership of a space.

        See "Get space membership", https://developers.podio.com/doc/space-members/get-space-membership-22397
        """
    def update(self, space_id: int, user_ids: int | str, *, body: Any = None, params: Params | None = None) -> None:
        """Change memberships of a space.

        See "Update space memberships", https://developers.podio.com/doc/space-members/update-space-memberships-22398
        """
    def get_by_role(
        self,
        space_id: int,
        role: str,
        *,
        limit: int | None = None,
        offset: int | None = None,
        query: str | None = None,
        params: Params | None = None,
    ) -> list[SpaceMemberJSON]:
        """Return the members of a space that have a role.

        See "Get space members by role", https://developers.podio.com/doc/space-members/get-space-members-by-role-68043
        """
    def get_v2(self, space_id: int, user_id: int, *, params: Params | None = None) -> SpaceMemberJSON:
        """Return a member of a space.

        See "Get space member (v2)", https://developers.podio.com/doc/space-members/get-space-member-20735097
        """
    def request(self, space_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Ask to become a member of a space.

        See "Request space membership", https://developers.podio.com/doc/space-members/request-space-membership-6146231
        """
    def accept_request(
        self, space_id: int, space_member_request_id: int, *, body: Any = None, params: Params | None = None
    ) -> Any:
        """Accept somebody's request to become a member of a space.

        See "Accept space membership request", https://developers.podio.com/doc/space-members/accept-space-membership-request-6146271
        """

class Spaces:
    """Spaces (https://developers.podio.com/doc/spaces)."""
    def create(self, *, body: SpaceCreation, params: Params | None = None) -> CreatedSpaceJSON:
        """Create a space.

        See "Create space", https://developers.podio.com/doc/spaces/create-space-22390
        """
    def get_on_organization(self, org_id: int, *, params: Params | None = None) -> list[SpaceJSON]:
        """Return the workspaces of an organization.

        See "Get list of organization workspaces", https://developers.podio.com/doc/spaces/get-list-of-organization-workspaces-238875316
        """
    def get_available(self, org_id: int, *, params: Params | None = None) -> list[SpaceShortJSON]:
        """Return the spaces of an organization that the user may join.

        See "Get available spaces", https://developers.podio.com/doc/spaces/get-available-spaces-1911961
        """
    def get_by_org_and_url_label(self, org_id: int, url_label: str, *, params: Params | None = None) -> SpaceJSON:
        """Return the space of an organization that has this label in its address.

        See "Get space by org and url label", https://developers.podio.com/doc/spaces/get-space-by-org-and-url-label-476929
        """
    def get_top(self, *, limit: int | None = None, params: Params | None = None) -> list[SpaceJSON]:
        """Return the user's top spaces.

        See "Get top spaces", https://developers.podio.com/doc/spaces/get-top-spaces-22477
        """
    def get_by_url(
        self,
        *,
        url: str | None = None,
        org_slug: str | None = None,
        space_slug: str | None = None,
        info: bool | None = None,
        params: Params | None = None,
    ) -> SpaceJSON:
        """Return the space that has an address.

        See "Get space by url", https://developers.podio.com/doc/spaces/get-space-by-url-22481
        """
    def delete(self, space_id: int, *, params: Params | None = None) -> Any:
        """Delete a space.

        See "Delete space", https://developers.podio.com/doc/spaces/delete-space-22417
        """
    def get(self, space_id: int, *, fields: str | None = None, params: Params | None = None) -> SpaceJSON:
        """Return a space.

        See "Get space", https://developers.podio.com/doc/spaces/get-space-22389
        """
    def update(self, space_id: int, *, body: Any = None, params: Params | None = None) -> None:
        """Change a space.

        See "Update space", https://developers.podio.com/doc/spaces/update-space-22391
        """
    def get_available_to_space(self, space_id: int, *, params: Params | None = None) -> Any:
        """Return the spaces available to a space.

        See "Get available spaces", https://developers.podio.com/doc/spaces/get-available-spaces-1911961
        """

class Status:
    """Status (https://developers.podio.com/doc/status)."""
    def create(
        self,
        space_id: int,
        *,
        body: StatusCreation,
        alert_invite: bool | None = None,
        silent: bool | None = None,
        params: Params | None = None,
    ) -> StatusJSON:
        """Post a status message to a space.

        See "Add new status message", https://developers.podio.com/doc/status/add-new-status-message-22336
        """
    def delete(self, status_id: int, *, params: Params | None = None) -> None:
        """Delete a status message.

        See "Delete a status message", https://developers.podio.com/doc/status/delete-a-status-message-22339
        """
    def get(self, status_id: int, *, params: Params | None = None) -> StatusJSON:
        """Return a status message.

        See "Get status message", https://developers.podio.com/doc/status/get-status-message-22337
        """
    def update(self, status_id: int, *, body: StatusUpdate, params: Params | None = None) -> None:
        """Change a status message.

        See "Update a status message", https://developers.podio.com/doc/status/update-a-status-message-22338
        """

class Stream:
    """Stream (https://developers.podio.com/doc/stream)."""
    def get_global(
        self, *, limit: int | None = None, offset: int | None = None, params: Params | None = None
    ) -> list[StreamObjectJSON]:
        """Return the stream of everything the user sees.

        See "Get global stream", https://developers.podio.com/doc/stream/get-global-stream-80012
        """
    def get_app_stream(
        self, app_id: int, *, limit: int | None = None, offset: int | None = None, params: Params | None = None
    ) -> list[StreamObjectJSON]:
        """Return an app's stream.

        See "Get app stream", https://developers.podio.com/doc/stream/get-app-stream-264673
        """
    def get_app_stream_v3(
        self, app_id: int, *, limit: int | None = None, offset: int | None = None, params: Params | None = None
    ) -> list[StreamObjectJSON]:
        """Return an app's stream.

        See "Get application stream v3", https://developers.podio.com/doc/stream/get-application-stream-v3-100406563
        """
    def get_mutes_in_global_stream(self, *, params: Params | None = None) -> Any:
        """Return what is muted in the global stream.

        See "Get mutes in global stream", https://developers.podio.com/doc/stream/get-mutes-in-global-stream-62742
        """
    def unmute_objects_from_global_stream(self, scope_type: str, scope_id: int, *, params: Params | None = None) -> Any:
        """Show muted objects in the global stream again.

        See "Unmute objects from the global stream", https://developers.podio.com/doc/stream/unmute-objects-from-the-global-stream-79426
        """
    def mute_object_from_global_stream(
        self, scope_type: str, scope_id: int, *, body: Any = None, params: Params | None = None
    ) -> Any:
        """Mute objects in the global stream.

        See "Mute object from global stream", https://developers.podio.com/doc/stream/mute-object-from-global-stream-79424
        """
    def get_organization_stream(
        self, org_id: int, *, limit: int | None = None, offset: int | None = None, params: Params | None = None
    ) -> list[StreamObjectJSON]:
        """Return an organization's stream.

        See "Get organization stream", https://developers.podio.com/doc/stream/get-organization-stream-80038
        """
    def get_organization_stream_v2(
        self, org_id: int, *, limit: int | None = None, offset: int | None = None, params: Params | None = None
    ) -> list[StreamObjectJSON]:
        """Return an organization's stream.

        See "Get organization stream", https://developers.podio.com/doc/stream/get-organization-stream-80038
        """
    def get_organization_stream_v3(
        self, org_id: int, *, limit: int | None = None, offset: int | None = None, params: Params | None = None
    ) -> list[StreamObjectJSON]:
        """Return an organization's stream.

        See "Get org stream v3", https://developers.podio.com/doc/stream/get-org-stream-v3-100405933
        """
    def get_personal(
        self, *, limit: int | None = None, offset: int | None = None, params: Params | None = None
    ) -> list[StreamObjectJSON]:
        """Return the user's own stream.

        See "Get personal stream", https://developers.podio.com/doc/stream/get-personal-stream-1656647
        """
    def get_space_stream(
        self, space_id: int, *, limit: int | None = None, offset: int | None = None, params: Params | None = None
    ) -> list[StreamObjectJSON]:
        """Return a space's stream.

        See "Get space stream", https://developers.podio.com/doc/stream/get-space-stream-80039
        """
    def get_space_stream_v2(
        self, space_id: int, *, limit: int | None = None, offset: int | None = None, params: Params | None = None
    ) -> list[StreamObjectJSON]:
        """Return a space's stream.

        See "Get space stream", https://developers.podio.com/doc/stream/get-space-stream-80039
        """
    def get_space_stream_v3(
        self, space_id: int, *, limit: int | None = None, offset: int | None = None, params: Params | None = None
    ) -> list[StreamObjectJSON]:
        """Return a space's stream.

        See "Get space stream v3", https://developers.podio.com/doc/stream/get-space-stream-v3-116373969
        """
    def get_user_stream(
        self, user_id: int, *, limit: int | None = None, offset: int | None = None, params: Params | None = None
    ) -> list[StreamObjectJSON]:
        """Return the stream of what a user did.

        See "Get user stream", https://developers.podio.com/doc/stream/get-user-stream-1289318
        """
    def get_user_stream_v3(
        self, user_id: int, *, limit: int | None = None, offset: int | None = None, params: Params | None = None
    ) -> list[StreamObjectJSON]:
        """Return the stream of what a user did.

        See "Get user stream v3", https://developers.podio.com/doc/stream/get-user-stream-v3-100406822
        """
    def get_global_v3(
        self, *, limit: int | None = None, offset: int | None = None, params: Params | None = None
    ) -> list[StreamObjectJSON]:
        """Return the stream of everything the user sees.

        See "Get global stream v3", https://developers.podio.com/doc/stream/get-global-stream-v3-100405451
        """
    def get_object(self, ref_type: str, ref_id: int, *, params: Params | None = None) -> StreamObjectJSON:
        """Return an object as the stream shows it.

        See "Get stream object", https://developers.podio.com/doc/stream/get-stream-object-80054
        """
    def get_object_v2(self, ref_type: str, ref_id: int, *, params: Params | None = None) -> StreamObjectJSON:
        """Return an object as the stream shows it.

        See "Get stream object", https://developers.podio.com/doc/stream/get-stream-object-80054
        """
    def get_object_v3(self, ref_type: str, ref_id: int, *, params: Params | None = None) -> StreamObjectJSON:
        """Return an object as the stream shows it.

        See "Get stream object v3", https://developers.podio.com/doc/stream/get-stream-object-v3-116373396
        """

class Subscriptions:
    """Subscriptions (https://developers.podio.com/doc/subscriptions)."""
    def unsubscribe(self, subscription_id: int, *, params: Params | None = None) -> None:
        """End a subscription.

        See "Unsubscribe by id", https://developers.podio.com/doc/subscriptions/unsubscribe-by-id-22445
        """
    def get(self, subscription_id: int, *, params: Params | None = None) -> SubscriptionJSON:
        """Return a subscription.

        See "Get subscription by id", https://developers.podio.com/doc/subscriptions/get-subscription-by-id-22446
        """
    def unsubscribe_by_reference(self, ref_type: str, ref_id: int, *, params: Params | None = None) -> None:
        """End the user's subscription of an object.

        See "Unsubscribe by reference", https://developers.podio.com/doc/subscriptions/unsubscribe-by-reference-22410
        """
    def get_by_reference(self, ref_type: str, ref_id: int, *, params: Params | None = None) -> SubscriptionJSON:
        """Return the user's subscription of an object.

        See "Get subscription by reference", https://developers.podio.com/doc/subscriptions/get-subscription-by-reference-22408
        """
    def subscribe(
        self, ref_type: str, ref_id: int, *, body: Any = None, params: Params | None = None
    ) -> CreatedSubscriptionJSON:
        """Subscribe the user to an object.

        See "Subscribe", https://developers.podio.com/doc/subscriptions/subscribe-22409
        """

class Tags:
    """Tags (https://developers.podio.com/doc/tags)."""
    def get_on_app(
        self, app_id: int, *, limit: int | None = None, text: str | None = None, params: Params | None = None
    ) -> list[TagCountJSON]:
        """Return the tags used in an app.

        See "Get tags on app", https://developers.podio.com/doc/tags/get-tags-on-app-22467
        """
    def get_objects_on_app_with_tag(
        self,
        app_id: int,
        *,
        text: str,
        limit: int | None = None,
        offset: int | None = None,
        params: Params | None = None,
    ) -> list[TaggedObjectJSON]:
        """Return the objects of an app that have a tag.

        See "Get objects on app with tag", https://developers.podio.com/doc/tags/get-objects-on-app-with-tag-22469
        """
    def get_on_app_top(
        self, app_id: int, *, limit: int | None = None, text: str | None = None, params: Params | None = None
    ) -> list[str]:
        """Return the top tags of an app.

        See "Get tags on app top", https://developers.podio.com/doc/tags/get-tags-on-app-top-68485
        """
    def get_on_organization(
        self, org_id: int, *, limit: int | None = None, text: str | None = None, params: Params | None = None
    ) -> list[TagCountJSON]:
        """Return the tags used in an organization.

        See "Get tags on organization", https://developers.podio.com/doc/tags/get-tags-on-organization-48473
        """
    def get_objects_on_organization_with_tag(
        self,
        org_id: int,
        *,
        text: str,
        limit: int | None = None,
        offset: int | None = None,
        params: Params | None = None,
    ) -> list[TaggedObjectJSON]:
        """Return the objects of an organization that have a tag.

        See "Get objects on organization with tag", https://developers.podio.com/doc/tags/get-objects-on-organization-with-tag-48478
        """
    def get_on_space(
        self, space_id: int, *, limit: int | None = None, text: str | None = None, params: Params | None = None
    ) -> list[TagCountJSON]:
        """Return the tags used in a space.

        See "Get tags on space", https://developers.podio.com/doc/tags/get-tags-on-space-22466
        """
    def get_objects_on_space_with_tag(
        self,
        space_id: int,
        *,
        text: str,
        limit: int | None = None,
        offset: int | None = None,
        params: Params | None = None,
    ) -> list[TaggedObjectJSON]:
        """Return the objects of a space that have a tag.

        See "Get objects on space with tag", https://developers.podio.com/doc/tags/get-objects-on-space-with-tag-22468
        """
    def remove(self, ref_type: str, ref_id: int, *, text: str, params: Params | None = None) -> None:
        """Remove a tag from an object.

        See "Remove tag", https://developers.podio.com/doc/tags/remove-tag-22465
        """
    def add(self, ref_type: str, ref_id: int, *, body: Any = None, params: Params | None = None) -> None:
        """Add tags to an object.

        See "Create tags", https://developers.podio.com/doc/tags/create-tags-22464
        """
    def update(self, ref_type: str, ref_id: int, *, body: Any = None, params: Params | None = None) -> None:
        """Change the tags of an object.

        See "Update tags", https://developers.podio.com/doc/tags/update-tags-39859
        """

class Tasks:
    """Tasks (https://developers.podio.com/doc/tasks)."""
    def get_all(
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
    def create(
        self, *, body: Any = None, silent: bool | None = None, hook: bool | None = None, params: Params | None = None
    ) -> TaskJSON | list[TaskJSON]:
        """Create a task.

        `responsible` may be a user id, a list, an object of type and id, or null; several users get a task each.

        See "Create task", https://developers.podio.com/doc/tasks/create-task-22419
        """
    def get_labels(self, *, params: Params | None = None) -> list[LabelJSON]:
        """Return the user's task labels.

        See "Get labels", https://developers.podio.com/doc/tasks/get-labels-151534
        """
    def create_label(self, *, body: Any = None, params: Params | None = None) -> CreatedLabelJSON:
        """Create a task label.

        See "Create label", https://developers.podio.com/doc/tasks/create-label-151265
        """
    def delete_label(self, label_id: int, *, params: Params | None = None) -> None:
        """Delete a task label.

        See "Delete label", https://developers.podio.com/doc/tasks/delete-label-151302
        """
    def update_label(self, label_id: int, *, body: Any = None, params: Params | None = None) -> None:
        """Change a task label.

        See "Update label", https://developers.podio.com/doc/tasks/update-label-151289
        """
    def get_summary_for_organization(
        self, org_id: int, *, limit: int | None = None, params: Params | None = None
    ) -> TaskSummaryJSON:
        """Return a summary of the tasks in an organization.

        See "Get task summary for organization", https://developers.podio.com/doc/tasks/get-task-summary-for-organization-1612063
        """
    def get_summary_for_personal(self, *, limit: int | None = None, params: Params | None = None) -> TaskSummaryJSON:
        """Return a summary of the user's own tasks.

        See "Get task summary for personal", https://developers.podio.com/doc/tasks/get-task-summary-for-personal-1657217
        """
    def get_summary_for_space(
        self, space_id: int, *, limit: int | None = None, params: Params | None = None
    ) -> TaskSummaryJSON:
        """Return a summary of the tasks in a space.

        See "Get task summary for space", https://developers.podio.com/doc/tasks/get-task-summary-for-space-1612130
        """
    def get_summary(self, *, limit: int | None = None, params: Params | None = None) -> TaskSummaryJSON:
        """Return a summary of the tasks: overdue, today's, others.

        See "Get task summary", https://developers.podio.com/doc/tasks/get-task-summary-1612017
        """
    def get_totals_v2(self, *, params: Params | None = None) -> TaskTotalsJSON:
        """Return the totals of the tasks.

        See "Get task totals v2", https://developers.podio.com/doc/tasks/get-task-totals-v2-83590
        """
    def get_totals_by_time(self, time: str, *, params: Params | None = None) -> Any:
        """Return the totals of the tasks by time.

        See "Get task totals by time", https://developers.podio.com/doc/tasks/get-task-totals-by-time-5435062
        """
    def delete(
        self, task_id: int, *, silent: bool | None = None, hook: bool | None = None, params: Params | None = None
    ) -> None:
        """Delete a task.

        See "Delete task", https://developers.podio.com/doc/tasks/delete-task-77179
        """
    def get(self, task_id: int, *, fields: str | None = None, params: Params | None = None) -> TaskJSON:
        """Return a task.

        See "Get task", https://developers.podio.com/doc/tasks/get-task-22413
        """
    def update(
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
    def assign(
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
    def complete(
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
    def update_description(
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
    def update_due(
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
    def update_due_on(
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
    def incomplete(
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
    def update_labels(
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
    def update_private(
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
    def rank(
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
    def remove_reference(
        self, task_id: int, *, silent: bool | None = None, hook: bool | None = None, params: Params | None = None
    ) -> None:
        """Remove what a task refers to.

        See "Remove task reference", https://developers.podio.com/doc/tasks/remove-task-reference-6146114
        """
    def update_reference(
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
    def update_text(
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
    def get_with_reference(self, ref_type: str, ref_id: int, *, params: Params | None = None) -> list[TaskJSON]:
        """Return the tasks on an object.

        See "Get tasks with reference", https://developers.podio.com/doc/tasks/get-tasks-with-reference-22426
        """
    def create_with_reference(
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
    def get_count(self, ref_type: str, ref_id: int, *, params: Params | None = None) -> CountJSON:
        """Return how many tasks there are on an object.

        See "Get task count", https://developers.podio.com/doc/tasks/get-task-count-38316458
        """
    def get_summary_for_reference(
        self, ref_type: str, ref_id: int, *, limit: int | None = None, params: Params | None = None
    ) -> TaskSummaryJSON:
        """Return a summary of the tasks on an object.

        See "Get task summary for reference", https://developers.podio.com/doc/tasks/get-task-summary-for-reference-1657980
        """

class Users:
    """Users (https://developers.podio.com/doc/users)."""
    def get(self, *, params: Params | None = None) -> UserJSON:
        """Return the user who is signed in.

        An app can't: the ``app`` flow has no user.

        See "Get user", https://developers.podio.com/doc/users/get-user-22378
        """
    def update_profile(self, *, body: Any = None, params: Params | None = None) -> None:
        """Change the user's profile.

        See "Update profile", https://developers.podio.com/doc/users/update-profile-22402
        """
    def get_profile_field(self, field: str, *, params: Params | None = None) -> list[str | int | ImageJSON]:
        """Return one field of the user's profile.

        See "Get profile field", https://developers.podio.com/doc/users/get-profile-field-22380
        """
    def update_profile_field(self, key: str, *, body: Any = None, params: Params | None = None) -> Any:
        """Change one field of the user's profile.

        See "Update profile field", https://developers.podio.com/doc/users/update-profile-field-22500
        """
    def set_properties(self, *, body: Any = None, params: Params | None = None) -> None:
        """Set properties kept for the user.

        See "Set user properties", https://developers.podio.com/doc/users/set-user-properties-9052829
        """
    def delete_property(self, name: str, *, params: Params | None = None) -> None:
        """Delete a property kept for the user.

        See "Delete user property", https://developers.podio.com/doc/users/delete-user-property-29800
        """
    def get_property(self, name: str, *, params: Params | None = None) -> PropertyJSON:
        """Return a property kept for the user.

        See "Get user property", https://developers.podio.com/doc/users/get-user-property-29798
        """
    def set_property(self, name: str, *, body: Any = None, params: Params | None = None) -> None:
        """Set a property kept for the user.

        See "Set user property", https://developers.podio.com/doc/users/set-user-property-29799
        """
    def get_notification_settings(self, client_type: str, *, params: Params | None = None) -> dict[str, bool | str]:
        """Return the user's notification settings for a kind of client.

        See "Get notification setting", https://developers.podio.com/doc/users/get-notification-setting-3649859
        """
    def update_notification_settings(self, client_type: str, *, body: Any = None, params: Params | None = None) -> None:
        """Change the user's notification settings for a kind of client.

        See "Update notification settings", https://developers.podio.com/doc/users/update-notification-settings-3649927
        """
    def get_notification_setting(
        self, client_type: str, notification_type: str, *, params: Params | None = None
    ) -> Any:
        """Return one of the user's notification settings for a kind of client.

        See "Get notification setting", https://developers.podio.com/doc/users/get-notification-setting-3649859
        """
    def update_notification_setting(
        self, client_type: str, notification_type: str, *, body: Any = None, params: Params | None = None
    ) -> Any:
        """Change one of the user's notification settings for a kind of client.

        See "Update notification setting", https://developers.podio.com/doc/users/update-notification-setting-3649918
        """
    def get_status(self, *, params: Params | None = None) -> UserStatusJSON:
        """Return the user who is signed in, with profile, counts and push channel.

        An app can't (the ``app`` flow has no user). `calendar_code` in the answer is a credential.

        See "Get user status", https://developers.podio.com/doc/users/get-user-status-22480
        """

class Views:
    """Views (https://developers.podio.com/doc/views)."""
    def get_all(
        self, app_id: int, *, include_standard_views: bool | None = None, params: Params | None = None
    ) -> list[ViewJSON]:
        """Return the views of an app.

        See "Get views", https://developers.podio.com/doc/views/get-views-27460
        """
    def create(self, app_id: int, *, body: Any = None, params: Params | None = None) -> CreatedViewJSON:
        """Create a view of an app.

        See "Create view", https://developers.podio.com/doc/views/create-view-27453
        """
    def get_last(self, app_id: int, *, params: Params | None = None) -> ViewJSON:
        """Return the view of an app that the user used last.

        See "Get last view", https://developers.podio.com/doc/views/get-last-view-27663
        """
    def update_last(self, app_id: int, *, body: Any = None, params: Params | None = None) -> None:
        """Change the view of an app that the user used last.

        See "Update last view", https://developers.podio.com/doc/views/update-last-view-5988251
        """
    def get_on_app(self, app_id: int, view_id_or_name: int | str, *, params: Params | None = None) -> ViewJSON:
        """Return a view of an app by its id or name.

        See "Get view", https://developers.podio.com/doc/views/get-view-27450
        """
    def delete(self, view_id: int, *, params: Params | None = None) -> None:
        """Delete a view.

        See "Delete view", https://developers.podio.com/doc/views/delete-view-27454
        """
    def get(self, view_id: int, *, params: Params | None = None) -> ViewJSON:
        """Return a view.

        See "Get view", https://developers.podio.com/doc/views/get-view-27450
        """
    def update(self, view_id: int, *, body: Any = None, params: Params | None = None) -> None:
        """Change a view.

        See "Update view", https://developers.podio.com/doc/views/update-view-20069949
        """
    def make_default(self, view_id: int, *, body: Any = None, params: Params | None = None) -> None:
        """Make a view its app's default.

        See "Make default", https://developers.podio.com/doc/views/make-default-155388326
        """

class Voting:
    """Voting (https://developers.podio.com/doc/voting)."""
    def get_app_votings(self, app_id: int, *, params: Params | None = None) -> Any:
        """Return the votings of an app.

        See "Get app votings", https://developers.podio.com/doc/voting/get-app-votings-117689723
        """
    def batch_update(self, app_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Change many votings of an app.

        See "Batch update votings", https://developers.podio.com/doc/voting/batch-update-votings-117729741
        """
    def get_result_of_voting_on_item(self, item_id: int, voting_id: int, *, params: Params | None = None) -> Any:
        """Return the result of a voting on an item.

        See "Get result of voting on an item", https://developers.podio.com/doc/voting/get-result-of-voting-on-an-item-117727335
        """
    def get_users_with_votes(self, item_id: int, voting_id: int, *, params: Params | None = None) -> Any:
        """Return who voted on an item.

        See "Get list of users with votes", https://developers.podio.com/doc/voting/get-list-of-users-with-votes-117729546
        """

class Widgets:
    """Widgets (https://developers.podio.com/doc/widgets)."""
    def delete(self, widget_id: int, *, params: Params | None = None) -> Any:
        """Delete a widget.

        See "Delete widget", https://developers.podio.com/doc/widgets/delete-widget-22492
        """
    def get(self, widget_id: int, *, params: Params | None = None) -> Any:
        """Return a widget.

        See "Get widget", https://developers.podio.com/doc/widgets/get-widget-22489
        """
    def update(self, widget_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Change a widget.

        See "Update widget", https://developers.podio.com/doc/widgets/update-widget-22490
        """
    def clone(self, widget_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Copy a widget.

        See "Clone widget", https://developers.podio.com/doc/widgets/clone-widget-105850650
        """
    def get_all(self, ref_type: str, ref_id: int, *, params: Params | None = None) -> Any:
        """Return the widgets of an object.

        See "Get widgets", https://developers.podio.com/doc/widgets/get-widgets-22494
        """
    def create(self, ref_type: str, ref_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Add a widget to an object.

        See "Create widget", https://developers.podio.com/doc/widgets/create-widget-22491
        """
    def get_all_for_display(self, ref_type: str, ref_id: int, *, params: Params | None = None) -> Any:
        """Return the widgets of an object for display.

        See "Get widgets", https://developers.podio.com/doc/widgets/get-widgets-22494
        """
    def update_order(self, ref_type: str, ref_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Change the order of an object's widgets.

        See "Update widget order", https://developers.podio.com/doc/widgets/update-widget-order-22495
        """

class Podio:
    """A client of Podio's API.

    Args:
        auth_type: The flow: ``client`` (a page's), ``server``, ``password``, ``app``, ``client_credentials``.
        client_id: The API key's id, from https://podio.com/settings/api.
        client_secret: Its secret; needed by every flow but ``client``, refused by that one, and refused in a page.
        session_store: Keeps the session and the pending authorization requests; in memory if left out.
        app_id: Whose session of the store to use in the ``app`` flow. Left out: the only one that fits.
        username: The same in the ``password`` flow.
        redirect_answer: What the provider's redirect brought, as the page's first script took it out of the address
            (or the whole address).
        on_token_will_refresh: Called when a new token is needed that only the user can bring (the ``client`` flow):
            returns the answer of a new sign-in, as `podio.browser.PopupSignIn` does. Left out: the waiting calls fail.
        after_token_refreshed: Called with the session after each renewal; may be async.
        scope: Podio's scopes, space-separated (``space_42:read``); None: all that the user may do.
        response_type: ``token`` (the ``client`` flow's default at Podio) or ``code`` (with PKCE).
        api_url: Podio's API.
        authorize_url: The authorization endpoint. Used as it is, with its trailing slash and its query, as are:
        token_url: The token endpoint. One whose path ends in ``/v2`` gets JSON, as Podio's ``/oauth/token/v2`` wants
            it; any other a form (RFC 6749, section 3.2).
        push_url: Podio's push service.
        http_client: The `httpx2.AsyncClient` to use; its authentication and redirect settings are not.
        provider: How a provider other than Podio does what the OAuth standards leave open.
        retry_policy: How patient calls are with Podio's limits and failures (`podio.RetryPolicy`). Left out, nothing
            is tried again: each error is raised at once, for the caller to show or to fix; with a `call_budget` calls
            wait for Podio's limits as long as a `RetryPolicy` has it, and for nothing else.
        call_budget: By what calls keep to Podio's hourly limits together (`podio.call_budget`): for all that share it.
            Left out: a client with a retry policy has one of its own.
        file_hosts: Which hosts a file's content may come from, and which of them may see the token.
        allow_secret_in_page: For tests alone: take a client secret although this runs in a page, where everybody who
            opens it can read the secret.
        clock: What sessions expire by, and what is waited by.

    Raises:
        ConfigurationError: for a wrong or missing option, which the message names.
    """

    api_url: str
    authorize_url: str
    client_id: str
    push_url: str
    token_url: str
    auth_type: AuthType
    scope: str | None
    def __init__(
        self,
        auth_type: AuthType = "client",
        *,
        client_id: str = "",
        client_secret: str | None = None,
        session_store: SessionStore | None = None,
        app_id: int | str | None = None,
        username: str | None = None,
        redirect_answer: RedirectAnswer | str | None = None,
        on_token_will_refresh: OnTokenWillRefresh | Callable[[RenewalRequest], RedirectAnswer] | None = None,
        after_token_refreshed: Callable[[Session], Any] | None = None,
        scope: str | None = None,
        response_type: ResponseType | None = None,
        api_url: str = "https://api.podio.com",
        authorize_url: str = "https://podio.com/oauth/authorize",
        token_url: str = "https://api.podio.com/oauth/token",
        push_url: str = "https://push.podio.com/faye",
        http_client: httpx2.AsyncClient | None = None,
        provider: ProviderProfile = ...,
        retry_policy: RetryPolicy | None = None,
        call_budget: CallBudget | None = None,
        file_hosts: FileHosts | None = None,
        allow_secret_in_page: bool = False,
        clock: Clock = ...,
    ) -> None: ...
    @property
    def session(self) -> Session | None:
        """The session in use, once `is_authenticated` has looked for one."""
    @property
    def storage_error(self) -> StorageError | None:
        """Why the session could not be kept (it then lives until the next reload), or None."""
    @property
    def on_session_change(self) -> Callable[[Session | None], None] | None:
        """Called when the session changes without this client's doing: renewed or (None) ended in another tab."""
    @on_session_change.setter
    def on_session_change(self, callback: Callable[[Session | None], None] | None) -> None: ...
    @property
    def is_renewing(self) -> bool:
        """Whether a renewal runs."""
    def seconds_left(self) -> float | None:
        """Return the seconds until the token expires (negative: it has), or None without a session."""
    def watch_expiry(
        self, expires_soon: Callable[[float], Any], *, ahead: float = 600.0, interval: float = 15.0
    ) -> None:
        """Call `expires_soon` with the seconds left, once for each token, when it has `ahead` seconds left or fewer.

        Runs until cancelled. It compares clocks at each interval rather than waiting for the moment, because a
        machine that slept does not count the seconds.
        """
    def refresh_auth_from_store(self) -> Session | None:
        """Read the store again and use what is there: the session, or None; podio-js's ``refreshAuthFromStore``.

        Needed only when something beside this library changed what is kept: a renewal looks there by itself.

        Raises:
            StorageError: when the store can't be read; the session in use then stays.
        """
    def renew(self) -> Session:
        """Get a new token now, though the old one may still serve ("Stay signed in").

        Raises:
            RenewalError: when that failed; the old token then stays in use.
        """
    def renewal_request(self) -> RenewalRequest | None:
        """Return what the hook would get now, or None without a session."""
    def sign_out(self) -> str | None:
        """Forget the session here and in every clone, then revoke it at Podio.

        Podio's "Invalidate grant" ends this sign-in alone; its "Invalidate tokens" would sign the user out everywhere
        (https://developers.podio.com/doc/oauth-authorization).

        Returns:
            None when all is done; else a warning: the session is removed here, but Podio could not be reached.

        Raises:
            StorageError: when the store can't remove the session; it is revoked at Podio all the same.
            NotAuthenticated: when several sessions fit, so that it is not clear which to end.
        """
    def set_access_token(self, answer: Mapping[str, Any] | str) -> Session:
        """Start a session with a token that was got elsewhere, and keep it; podio-js's ``setAccessToken``.

        Args:
            answer: The token endpoint's response (``access_token``, ``refresh_token``, ``expires_in``, ``scope``), or
                the access token alone. Without ``expires_in`` Podio's eight hours are assumed; when Podio says sooner
                that the token expired, that counts. With 0 or less the token has expired, and is renewed by the next
                call.

        Raises:
            AuthorizationError: when there is no usable token in it: none at all, or an expired one without a means to
                renew it.
            ConfigurationError: for anything but a mapping or a text.
        """
    @property
    def app_state(self) -> Any:
        """What the app kept with the request whose answer came back (well or not), or None."""
    def is_authenticated(self) -> bool:
        """Return whether there is a session: of the redirect's answer, else of the store. Absence never raises.

        A refused or malformed answer leaves an earlier session as it is, and is what `get_auth_error` returns. Where
        several sessions of the store fit, none is used: name one by ``app_id`` or ``username``.

        Raises:
            StorageError: when the store can't be read and no session is in use; whether there is one is unknown then.
        """
    def has_auth_error(self) -> bool:
        """Return whether the sign-in that came back with the redirect was refused."""
    def get_auth_error(self) -> AuthorizationError | None:
        """Return why the sign-in was refused: `error`, `error_description`, `error_uri`; or None."""
    def authorization_request(
        self, redirect_url: str, scope: str | None = None, *, app_state: Any = None, display: Display = "page"
    ) -> AuthorizationRequest:
        """Make an authorization request; send the user to its `url`.

        A store that keeps pending requests (in a page, `sessionStorage`) keeps this one. A server keeps the request
        with its visitor and hands it back to `get_access_token`.

        Args:
            redirect_url: Where the answer shall go; on the domain that the API key is registered for.
            scope: Podio's scopes; the client's own if left out.
            app_state: JSON of the app's own (where the user was), to be had back from `app_state`.
            display: ``page``, or ``popup`` for a sign-in window.

        Raises:
            StorageError: when the request can't be kept, so that its answer could not be checked.
        """
    def get_authorization_url(self, redirect_url: str, scope: str | None = None) -> str:
        """Return the address of a new authorization request; see `authorization_request`."""
    def get_access_token(
        self,
        code: str,
        redirect_url: str,
        state: str | None = None,
        request: AuthorizationRequest | None = None,
        *,
        unchecked: bool = False,
    ) -> Session:
        """Trade an authorization code for a session (RFC 6749, section 4.1.3).

        Args:
            code: The code of the redirect's answer.
            redirect_url: The redirect URI that the request was made with.
            state: The answer's ``state``.
            request: The visitor's request. With it `state` is checked and PKCE's secret is sent; if left out, the
                request that the store keeps under `state` serves, once.
            unchecked: Take the code though neither `state` nor `request` says who requested it: whoever brings a code
                of their own then signs the visitor in as themselves (RFC 6749, section 10.12).

        Raises:
            ConfigurationError: when there is nothing to check the answer by, and `unchecked` doesn't say so.
            InvalidRedirectAnswer: when the state is unknown or was used, or state, redirect URI or age is not the
                request's.
            AuthorizationError: when Podio refuses the code.
        """
    def authenticate_with_credentials(
        self, username: str, password: str, *, offering_id: int | str | None = None
    ) -> Session:
        """Sign in with a user name and password (the ``password`` flow).

        See https://developers.podio.com/authentication/username_password; meant for one's own account only.

        Args:
            username: The e-mail address.
            password: The password; not kept.
            offering_id: Podio's offering, where the account belongs to one (podio-js's
                ``authenticateWithCredentialsForOffering``).

        Raises:
            SecondFactorRequired: when the account has a second factor: ask for it, then `verify_second_factor`.
            AuthorizationError: when Podio refuses.
        """
    def authenticate_with_activation_code(
        self, activation_code: str, *, offering_id: int | str | None = None
    ) -> Session:
        """Sign in with the code that activates a new account; Podio grants it to its own clients.

        Undocumented: the form is that of podio-rb and podio-js (``authenticateWithActivationCodeForOffering``).

        Raises:
            AuthorizationError: when Podio refuses.
        """
    def authenticate_with_transfer_token(self, transfer_token: str) -> Session:
        """Sign in with a transfer token that another client got with its own; Podio grants it to its own clients.

        Undocumented: the form is that of podio-rb.

        Raises:
            AuthorizationError: when Podio refuses.
        """
    def authenticate_with_app(self, app_id: int | str, app_token: str) -> Session:
        """Sign in as an app, with the app's id and token (the ``app`` flow).

        See https://developers.podio.com/authentication/app_auth; such a session reaches that app alone.

        Raises:
            AuthorizationError: when Podio refuses.
        """
    def authenticate_with_client_credentials(self) -> Session:
        """Sign in as the API key itself, without a user (RFC 6749, section 4.4; Podio doesn't document it).

        Raises:
            AuthorizationError: when Podio refuses.
        """
    def verify_second_factor(self, nonce: str, *, otp: str | None = None, recovery_code: str | None = None) -> Session:
        """Finish a sign-in that needs a second factor.

        Undocumented: the call (``POST /mfa/verify``) is that of podio-rb.

        Args:
            nonce: `SecondFactorRequired.nonce`, as it came.
            otp: The number that the user's device shows; or
            recovery_code: one of the user's recovery codes.

        Raises:
            AuthorizationError: when Podio refuses: ``invalid_second_factor`` for a wrong code (ask again),
                ``nonce_validation_error`` for a nonce that is too old (sign in again).
        """
    @property
    def limits(self) -> Limits | None:
        """What Podio's newest response says of the hourly limit; None where it says nothing, as in a page."""
    def request(
        self,
        method: str,
        path: str,
        *,
        params: Query | None = None,
        body: Any = None,
        basic_auth: bool = False,
        repeatable: bool | None = None,
        renews: bool = True,
    ) -> Any:
        """Make a call of Podio's API and return its response's JSON value; None for a response without one.

        When the token has expired the call waits for the renewal and is sent then; when Podio says so, it is sent
        once more after the renewal. Whether it is sent again after a refusal or a failure is the retry policy's word.

        Args:
            method: ``GET``, ``POST``, ``PUT`` or ``DELETE``.
            path: The operation's path, as Podio documents it (``/item/42``).
            params: The query.
            body: The JSON body.
            basic_auth: Send the API key's id and secret (HTTP Basic, RFC 7617) in place of a session's token, as
                podio-js's option of that name did; needs no session.
            repeatable: Whether the call may be sent twice though Podio may have acted on it. Left out: whether it
                changes nothing, as GET does, and those that filter and search by POST.
            renews: Whether it waits for a renewal, and begins one, when the token has expired. A call that nobody waits
                for is not worth a sign-in: it fails as `Unauthorized` then.

        Raises:
            ConfigurationError: for a method or path that is none, a body that JSON can't hold, a client that was
                closed, and `basic_auth` without a client secret.
            NotAuthenticated: without a session.
            RenewalError: when the session expired and was not renewed.
            APIError: when Podio answers with an error.
            InvalidResponse: when the response is not Podio's.
            ConnectionFailed: when there is none; `may_have_been_sent` says whether a write may have happened.
        """
    def request_bytes(
        self, method: str, path: str, *, params: Query | None = None, body: Any = None, repeatable: bool | None = None
    ) -> bytes:
        """Make a call and return its response's content as it came, decoded by nobody.

        For a response that is not JSON (a file, a calendar, a vCard), and for a large one that is decoded into
        something smaller: `podio.model.read_item_columns`. The arguments are those of `request`.

        Raises:
            PodioError: as `request` does, but that nothing is said of what the content is.
        """
    def request_form(self, path: str, *, form: Mapping[str, str], params: Query | None = None) -> Any:
        """Post a form and return the response's JSON value.

        Raises:
            PodioError: as `request` does.
        """
    def request_upload(
        self, path: str, *, source: Any, filename: str | None = None, params: Mapping[str, Query] | None = None
    ) -> Any:
        """Post a file to an operation's path as `upload_file` does, and return the response's JSON value.

        Raises:
            PodioError: as `upload_file` does.
        """
    def send(self, call: Call, *, with_token: bool = True, renews: bool = True) -> httpx2.Response:
        """Send a call that is none of a plain operation, and return its response, read whole and none of an error.

        Args:
            call: The call; its address is for the caller to answer for.
            with_token: Whether the session's token goes with it.
            renews: Whether it waits for a renewal, and begins one, when the token has expired.

        Raises:
            PodioError: as `request` does.
        """
    def iterate_items(
        self,
        app_id: int,
        body: ItemFilter | None = None,
        *,
        view_id: int | str | None = None,
        fields: str | None = None,
        page_size: int = ...,
        concurrency: int = 2,
        cursor: Cursor | None = None,
        params: Params | None = None,
    ) -> ItemIterator:
        """Return an iterator over all items of an app that pass a filter: ``for item in …``.

        It requests a page when the loop needs one, and for `concurrency` pages at a time. Left alone it goes by item
        id, oldest first. In an order of your own (``sort_by``) in which items can be equal, Podio may put equal ones
        differently on each page: an item that comes twice is dropped, but one may be passed over.

        Args:
            app_id: The app.
            body: The filter as of `podio.items.filter`, without ``limit`` and ``offset``.
            view_id: A view whose filter to apply.
            fields: Podio's ``fields`` parameter, which makes answers smaller: ``items.view(micro)``.
            page_size: How many items to request at a time; 500 at most.
            concurrency: How many pages to request at a time. Each counts towards the limit of calls.
            cursor: Where an earlier iterator over the same filter was (`ItemIterator.cursor`).
            params: Further keys of the query, by name.

        Raises:
            ConfigurationError: for a wrong option. Errors of the calls are raised by the loop; see `ItemIterator`.
        """
    def push(
        self,
        *objects: Any,
        renew: Renew | None = None,
        on_state: Callable[[PushState], Any] | None = None,
        give_up_after: float = 300.0,
        random: Callable[[], float] = ...,
    ) -> Iteration[PushEvent]:
        """Yield what happens to objects of Podio's, as it happens, until the loop is left.

        One connection serves all objects. It comes back after failures, and reads an object again before its signature
        expires. Leave it with ``with podio.push(item) as events:``, so that the service is
        notified at once.

        Args:
            objects: Objects with a ``push`` object (items, spaces, tasks, files, the user's status), or such push
                objects themselves.
            renew: Reads an object again, by its channel. Left out: by the operation that the channel's kind has.
            on_state: Called when the connection is there, lost, and there again.
            give_up_after: Seconds without a connection after which it is given up.
            random: Numbers from 0 to 1, so that clients that were cut off together don't come back together.

        Raises:
            ConfigurationError: for an object without a push object.
            PushUnavailable: when the service can't be reached (in a page: the site's policy or the service does not
                allow it), or lets one listen no longer. Ask Podio at intervals instead.
            PodioError: when an object can't be read again: as `podio.request` does.
        """
    def app(self, app_id: int) -> App:
        """Return an app, with its fields: the object layer's way in.

        Raises:
            PodioError: as `podio.request` does.
        """
    def iterate_comments(self, ref_type: str, ref_id: int) -> Iteration[CommentJSON]:
        """Yield all comments on an object, oldest first."""
    def iterate_conversations(self) -> Iteration[dict[str, Any]]:
        """Yield the user's conversations, the one with the newest message first."""
    def iterate_search(
        self,
        query: str,
        *,
        app_id: int | None = None,
        space_id: int | None = None,
        org_id: int | None = None,
        ref_type: str | None = None,
    ) -> Iteration[SearchResultJSON]:
        """Yield all that a search finds: everywhere, or in an app, a workspace or an organization.

        Args:
            query: What to search for.
            app_id: The app to search in.
            space_id: The workspace to search in.
            org_id: The organization to search in.
            ref_type: The type of objects to find: ``item``, ``task``, ``file``, ``profile`` …
        """
    def iterate_stream(
        self,
        *,
        app_id: int | None = None,
        space_id: int | None = None,
        org_id: int | None = None,
        user_id: int | None = None,
    ) -> Iteration[StreamObjectJSON]:
        """Yield what happened, newest first: to all that the user sees, or in an app, a workspace, an organization.

        Args:
            app_id: The app.
            space_id: The workspace.
            org_id: The organization.
            user_id: The user by whom it happened.
        """
    def iterate_tasks(self, /, **filters: Any) -> Iteration[TaskJSON]:
        """Yield all tasks that pass a filter, of which Podio wants at least one.

        Args:
            filters: Those of `podio.tasks.get_all`: ``responsible=…``, ``space=…``, ``reference="item:42"``.
        """
    def upload_file(
        self,
        source: Any,
        filename: str | None = None,
        *,
        progress: Progress | None = None,
        mimetype: str | None = None,
        size: int | None = None,
    ) -> FileJSON:
        """Upload a file and return what Podio knows of it then; its ``file_id`` goes into items and comments.

        The source is read while it is sent (in a page, a browser's file not even that: the browser sends it itself).
        An upload whose connection fails is never repeated by itself: Podio may have the file.

        Args:
            source: Bytes, a path, a file opened in binary mode, an async iterator of bytes, or a browser's file as
                `podio.browser.BrowserFile`.
            filename: Its name in Podio; a path and a file have one of their own.
            progress: Called with the bytes sent and the bytes in all (None where nobody knows); with all of them once,
                when Podio has them.
            mimetype: Its media type; guessed from the name if left out.
            size: The length in bytes of a stream that does not say.

        Raises:
            FileTooLarge: above 100 MB: before anything is sent, where the size is known.
            UploadInterrupted: when the sign-in expired and the source can be read only once.
            ConfigurationError: for a source that is none, or a missing name.
            PodioError: as `podio.request` does.

        See https://developers.podio.com/doc/files/upload-file-1004361
        """
    def download_file(self, file: int | Mapping[str, Any], *, renews: bool = True) -> bytes:
        """Return the content of a file.

        The token goes to Podio's API and to the hosts of `FileHosts.with_token` only; a file that lies elsewhere is
        requested without it, and a redirect to another origin loses it. No link and no redirect is followed to this
        machine or a private network (unless the API is there), from https to http, or to a host that
        `FileHosts.allowed` excludes. In a page the browser follows redirects, within the site's policy.

        Args:
            file: A file's id, or a file object of Podio's.
            renews: False: where Podio says that the sign-in has expired, nobody is asked to sign in again for this.

        Raises:
            ConfigurationError: when the file has no usable address.
            InvalidResponse: when it redirects to one.
            PodioError: as `podio.request` does.
        """
    def stream_file(self, file: int | Mapping[str, Any]) -> Iteration[bytes]:
        """Yield the content of a file bit by bit, as `download_file` gets it.

        Whoever stops early closes it: ``with podio.stream_file(file) as chunks: …``.

        Raises:
            ConnectionFailed: also in the middle, where what came is not the whole.
            PodioError: as `download_file` does.
        """
    def download_thumbnail(self, file: int | Mapping[str, Any], size: ThumbnailSize) -> bytes | None:
        """Return a file's thumbnail in one of Podio's sizes; None where it has none (it is no picture).

        Args:
            file: A file object of Podio's, or a file's id (which costs a call more, for the object).
            size: Its size.

        Raises:
            ConfigurationError: for an unknown size, or an address that can't be used.
            PodioError: as `podio.request` does.
        """
    def thumbnail_url(self, file: Mapping[str, Any] | str, size: ThumbnailSize) -> str | None:
        """Return the address of a file's thumbnail, without a token in it; None where there is none.

        See `podio._thumbnails.thumbnail_url`.
        """
    def __enter__(self) -> Self:
        """Return the client itself; `close` is called at the end."""
    def __exit__(self, *_: object) -> None:
        """Call `close`."""
    def close(self) -> None:
        """End the client: store what the store could not take before; close the HTTP client, unless it was given."""
    @property
    def actions(self) -> Actions:
        """Actions (https://developers.podio.com/doc/actions)."""
    @property
    def app_market(self) -> AppMarket:
        """App market (https://developers.podio.com/doc/app-market)."""
    @property
    def applications(self) -> Applications:
        """Applications (https://developers.podio.com/doc/applications)."""
    @property
    def batch(self) -> Batch:
        """Batch (https://developers.podio.com/doc/batch)."""
    @property
    def calendar(self) -> Calendar:
        """Calendar (https://developers.podio.com/doc/calendar)."""
    @property
    def comments(self) -> Comments:
        """Comments (https://developers.podio.com/doc/comments)."""
    @property
    def contacts(self) -> Contacts:
        """Contacts (https://developers.podio.com/doc/contacts)."""
    @property
    def conversations(self) -> Conversations:
        """Conversations (https://developers.podio.com/doc/conversations)."""
    @property
    def email(self) -> Email:
        """Email (https://developers.podio.com/doc/email)."""
    @property
    def embeds(self) -> Embeds:
        """Embeds (https://developers.podio.com/doc/embeds)."""
    @property
    def files(self) -> Files:
        """Files (https://developers.podio.com/doc/files)."""
    @property
    def flows(self) -> Flows:
        """Flows (https://developers.podio.com/doc/flows)."""
    @property
    def forms(self) -> Forms:
        """Forms (https://developers.podio.com/doc/forms)."""
    @property
    def grants(self) -> Grants:
        """Grants (https://developers.podio.com/doc/grants)."""
    @property
    def hooks(self) -> Hooks:
        """Hooks (https://developers.podio.com/doc/hooks)."""
    @property
    def importer(self) -> Importer:
        """Importer (https://developers.podio.com/doc/importer)."""
    @property
    def integrations(self) -> Integrations:
        """Integrations (https://developers.podio.com/doc/integrations)."""
    @property
    def items(self) -> Items:
        """Items (https://developers.podio.com/doc/items)."""
    @property
    def layout(self) -> Layout:
        """Layout (https://developers.podio.com/doc/layout)."""
    @property
    def notifications(self) -> Notifications:
        """Notifications (https://developers.podio.com/doc/notifications)."""
    @property
    def oauth_authorization(self) -> OauthAuthorization:
        """OAuth authorization (https://developers.podio.com/doc/oauth-authorization)."""
    @property
    def organizations(self) -> Organizations:
        """Organizations (https://developers.podio.com/doc/organizations)."""
    @property
    def questions(self) -> Questions:
        """Questions (https://developers.podio.com/doc/questions)."""
    @property
    def ratings(self) -> Ratings:
        """Ratings (https://developers.podio.com/doc/ratings)."""
    @property
    def recurrence(self) -> Recurrence:
        """Recurrence (https://developers.podio.com/doc/recurrence)."""
    @property
    def reference(self) -> Reference:
        """Reference (https://developers.podio.com/doc/reference)."""
    @property
    def reminders(self) -> Reminders:
        """Reminders (https://developers.podio.com/doc/reminders)."""
    @property
    def search(self) -> Search:
        """Search (https://developers.podio.com/doc/search)."""
    @property
    def space_members(self) -> SpaceMembers:
        """Space members (https://developers.podio.com/doc/space-members)."""
    @property
    def spaces(self) -> Spaces:
        """Spaces (https://developers.podio.com/doc/spaces)."""
    @property
    def status(self) -> Status:
        """Status (https://developers.podio.com/doc/status)."""
    @property
    def stream(self) -> Stream:
        """Stream (https://developers.podio.com/doc/stream)."""
    @property
    def subscriptions(self) -> Subscriptions:
        """Subscriptions (https://developers.podio.com/doc/subscriptions)."""
    @property
    def tags(self) -> Tags:
        """Tags (https://developers.podio.com/doc/tags)."""
    @property
    def tasks(self) -> Tasks:
        """Tasks (https://developers.podio.com/doc/tasks)."""
    @property
    def users(self) -> Users:
        """Users (https://developers.podio.com/doc/users)."""
    @property
    def views(self) -> Views:
        """Views (https://developers.podio.com/doc/views)."""
    @property
    def voting(self) -> Voting:
        """Voting (https://developers.podio.com/doc/voting)."""
    @property
    def widgets(self) -> Widgets:
        """Widgets (https://developers.podio.com/doc/widgets)."""
