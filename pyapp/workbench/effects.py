"""What a transition requests of the outside; values only, applied by ``workbench.browser``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from workbench import outbox
from workbench.places import Place
from workbench.unfolding import Unfolding


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Call Podio; ends in ``CallAnswered`` or ``CallFailed`` with the same tag, after 3 s also in ``CallIsSlow``.

    One that reads ``ahead`` is made once and with the token that is there: it is worth no renewal.
    """

    tag: int
    method: str
    path: str
    params: Mapping[str, Any] | None = None
    body: Any = field(default=None, repr=False)
    ahead: bool = False

    @property
    def arguments(self) -> dict[str, Any]:
        """What the client's ``request`` gets beside method and path."""
        once = {"renews": False, "repeatable": False} if self.ahead else {}
        return {"params": self.params, "body": self.body, **once}


@dataclass(frozen=True, slots=True, kw_only=True)
class Abort:
    """Stop waiting for a call; no event follows."""

    tag: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GoTo:
    """Show a fragment in the address bar; ``replace`` leaves no entry in the history."""

    fragment: str
    replace: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """Leave for Podio's sign-in; ``route`` is where the user wants to be afterwards."""

    route: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSignInWindow:
    """Open the sign-in window, at once: a click is being handled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelRenewal:
    """Cancel the renewal that is under way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInAsFirst:
    """Another user signed in: sign in again as the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StartAfresh:
    """Another user signed in: go on as that one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOut:
    """Delete a user's drafts and changes, end the session everywhere and revoke it; ends in ``SignOutEnded``."""

    user_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadDrafts:
    """Read a user's drafts; ends in ``DraftsLoaded``, or in ``DraftsDenied``."""

    user_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FindOtherDrafts:
    """Read which drafts of a user are stored that other tabs have typed; ends in ``OtherDraftsFound``."""

    user_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptDraft:
    """Take over the draft of a form that is shown, for the tab that typed it is gone (`draft_records`)."""

    user_id: int
    form: str
    tab: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreDraft:
    """Store a draft soon (within 250 ms, or when the page is left); ends in ``DraftStored`` or ``DraftsDenied``."""

    user_id: int
    form: str
    texts: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveDraft:
    """Delete this tab's draft that was sent or discarded, with one that it has adopted."""

    user_id: int
    form: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PutChange:
    """Put a change into the outbox, and drop its form's draft; ends in ``ChangeStored`` or ``ChangeDenied``."""

    change: outbox.Change
    form: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideChange:
    """Apply what the user decided about a change in the outbox."""

    change_id: str
    event: outbox.Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveChanges:
    """Send changes that were found."""

    change_ids: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveFile:
    """Let the browser save a text as a file."""

    name: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class HurryChanges:
    """Send at once what waits: there is reason to think that it works now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Focus:
    """Move the focus to the element with this id, after the page is drawn."""

    element_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScrollToTop:
    """Show the main part from its beginning, after the page is drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnTo:
    """Scroll to where the user was and focus what they had, after the page is drawn and as soon as it is there."""

    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepUnfolding:
    """Keep what of the side bar is unfolded, while the tab is open."""

    unfolding: Unfolding


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepShortcuts:
    """Keep in this browser whether single keys press what they are the shortcuts of."""

    has_shortcuts: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSample:
    """Open the sample's consent window, at once (a click is being handled), and load the sample meanwhile.

    Where that stands comes as ``RenewalChanged``; when somebody is signed in, a page of the sample starts.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelSample:
    """Cancel the sample's consent window."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpireSample:
    """Let the sample's tokens expire."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveSample:
    """Leave the sample data: a page of the site's Podio starts, with ``SampleLeft``."""


Effect = (
    Call
    | Abort
    | GoTo
    | SignIn
    | OpenSignInWindow
    | CancelRenewal
    | SignInAsFirst
    | StartAfresh
    | SignOut
    | LoadDrafts
    | FindOtherDrafts
    | AdoptDraft
    | StoreDraft
    | RemoveDraft
    | PutChange
    | DecideChange
    | HurryChanges
    | ApproveChanges
    | SaveFile
    | OpenSample
    | CancelSample
    | ExpireSample
    | LeaveSample
    | Focus
    | ScrollToTop
    | ReturnTo
    | KeepUnfolding
    | KeepShortcuts
)
