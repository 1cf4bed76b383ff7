"""A backend: Podio or the sample data, as the loop works with it; chosen before the loop starts and never swapped."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from podio import Podio, RenewalStatus, Session
from podio.browser import PopupSignIn
from workbench.browser.drafts import Drafts
from workbench.browser.outbox import PageOutbox
from workbench.events import (
    DraftsDenied,
    DraftsLoaded,
    DraftStored,
    Event,
    OtherDraftsFound,
    RenewalChanged,
    SessionChanged,
)
from workbench.outbox import Listener
from workbench.state import Renewal, RenewalPhase


class Reports:
    """What a backend reports by itself, as events for the loop that works with it now."""

    def __init__(self) -> None:
        self.dispatch: Callable[[Event], None] = lambda event: None

    def renewal_status(self, status: RenewalStatus) -> None:
        """Report where a sign-in in a window stands."""
        renewal = Renewal(
            phase=RenewalPhase[status.phase.name],
            message=status.message,
            user_name=status.user_name,
            other_user_name=status.other_user_name,
        )
        self.dispatch(RenewalChanged(renewal=renewal))

    def session_changed(self, session: Session | None) -> None:
        """Report a session that was renewed, replaced or ended, here or in a clone of this tab."""
        if session is None:
            self.dispatch(SessionChanged(is_signed_in=False))
        else:
            user_id = session.user_id or 0
            self.dispatch(SessionChanged(is_signed_in=True, user_id=user_id, expires_at=session.expires_at))

    def report_stored_draft(self, form: str) -> None:
        """Report that a form's draft is safe."""
        self.dispatch(DraftStored(form=form))

    def report_denied_draft(self, form: str, is_full: bool) -> None:
        """Report that a form's draft could not be stored, perhaps because the storage is full."""
        self.dispatch(DraftsDenied(form=form, is_full=is_full))


@dataclass(frozen=True, slots=True, kw_only=True)
class Backend:
    """One of the two.

    Attributes:
        podio: The client; None where no client id is configured.
        sign_in: The window in which its session is renewed.
        drafts: Where drafts are kept.
        reports: Takes what all of them report.
        outbox_of: Makes the outbox of a user, by its id and its listener; None where nobody can sign in.
    """

    podio: Podio | None
    sign_in: PopupSignIn | None
    drafts: Drafts | MemoryDrafts
    reports: Reports
    outbox_of: Callable[[int, Listener], PageOutbox] | None = None


class MemoryDrafts:
    """Keeps drafts as long as the page lives.

    Args:
        report_stored: Called with a form's key when its draft is kept.
    """

    def __init__(self, *, report_stored: Callable[[str], None]) -> None:
        self._report_stored = report_stored
        self._drafts: dict[int, dict[str, Mapping[str, str]]] = {}

    async def load(self, user_id: int) -> DraftsLoaded:
        """Return a user's drafts."""
        return DraftsLoaded(user_id=user_id, drafts=self._drafts.get(user_id, {}))

    async def find_others(self, user_id: int) -> OtherDraftsFound:
        """Return nothing: no other tab has any."""
        return OtherDraftsFound(user_id=user_id)

    def adopt(self, user_id: int, form: str, tab: str) -> None:
        """Do nothing: all drafts are this page's."""

    def store(self, user_id: int, form: str, texts: Mapping[str, str]) -> None:
        """Keep a draft."""
        self._drafts.setdefault(user_id, {})[form] = texts
        asyncio.get_running_loop().call_soon(self._report_stored, form)

    def flush(self) -> None:
        """Do nothing: nothing waits."""

    def begin_submission(self, form: str) -> None:
        """Do nothing: nothing waits."""

    def remove(self, user_id: int, form: str) -> None:
        """Delete a draft."""
        self._drafts.get(user_id, {}).pop(form, None)

    async def remove_all(self, user_id: int) -> None:
        """Delete all drafts of a user."""
        self._drafts.pop(user_id, None)
