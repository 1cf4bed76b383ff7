"""What can be clicked anywhere in the page: what each needs, and what it does at Podio. A screen declares its own."""

from __future__ import annotations

from workbench.core.clicks import Click, PodioUse

# Signing in and out, and the sample data


class SignIn(Click):
    """Leave for Podio's sign-in."""


class TrySample(Click):
    """Open the sample data."""


class CancelSample(Click):
    """Cancel the sample data before it is there."""


class ExpireSample(Click, podio=PodioUse.NONE):
    """Let the sample's sign-in expire."""


class SignOut(Click, podio=PodioUse.NONE):
    """Sign out, after a question if something would be lost."""


class SignOutAnyway(Click, podio=PodioUse.NONE):
    """Sign out, whatever is lost."""


class SignInAgain(Click, podio=PodioUse.NONE):
    """Open the sign-in window."""


class StaySignedIn(Click, podio=PodioUse.NONE):
    """Open the sign-in window before the sign-in ends."""


class CancelSignIn(Click, podio=PodioUse.NONE):
    """Cancel the renewal that is under way."""


class SignInAsFirst(Click, podio=PodioUse.NONE):
    """Sign in again as the user whose page this is."""


class StartAfresh(Click, podio=PodioUse.NONE):
    """Go on as the other user who signed in."""


# The page's frame


class CloseDialog(Click, podio=PodioUse.NONE):
    """Close a question without a decision."""


class DismissNote(Click, podio=PodioUse.NONE):
    """Take the note away."""


class DismissRefusal(Click, podio=PodioUse.NONE):
    """Remove the message about a sign-in response that was ignored."""


class SkipToMain(Click, podio=PodioUse.NONE):
    """Go to the content by a key."""


class ShowShortcuts(Click, podio=PodioUse.NONE):
    """Show the list of shortcuts."""


class ToggleShortcuts(Click, podio=PodioUse.NONE):
    """Let single keys do what they are the shortcuts of, or not."""


class ToggleMenu(Click, podio=PodioUse.NONE):
    """Show or hide the side bar of a narrow page."""


class ToggleStrip(Click, podio=PodioUse.NONE):
    """Fold or unfold what is said of the session."""


class ToggleOrg(Click, podio=PodioUse.NONE):
    """Fold or unfold an organization."""

    org_id: int


class ToggleSpace(Click):
    """Fold or unfold a workspace."""

    space_id: int


# Reading


class Retry(Click, podio=PodioUse.TRIES_AGAIN):
    """Read again what failed."""


class Refresh(Click, podio=PodioUse.TRIES_AGAIN):
    """Read again what is shown."""


class StopWaiting(Click, podio=PodioUse.NONE):
    """Stop waiting for the response with this tag."""

    tag: int


# An item and what is typed


class DeleteItem(Click, podio=PodioUse.NONE):
    """Show the question whether to delete the item."""


class ConfirmDeletion(Click, podio=PodioUse.TRIES_AGAIN):
    """Delete the item."""


class Discard(Click, podio=PodioUse.NONE):
    """Show the question whether to discard what was typed in a form."""

    form: str


class CancelForm(Click, podio=PodioUse.NONE):
    """Leave a form, after a question if something was typed in it."""

    form: str


class KeepDraft(Click, podio=PodioUse.NONE):
    """Leave a form, and keep what was typed in it."""


class ConfirmDiscard(Click, podio=PodioUse.NONE):
    """Drop what was typed."""


# What is on its way to Podio


class SendChange(Click, podio=PodioUse.TRIES_AGAIN):
    """Send a change again, or at once."""

    change_id: str


class CheckChange(Click, podio=PodioUse.TRIES_AGAIN):
    """Look up at once whether a change arrived."""

    change_id: str


class StopChange(Click, podio=PodioUse.NONE):
    """Stop waiting for the response to a change."""

    change_id: str


class EditChange(Click, podio=PodioUse.NONE):
    """Take what was refused back into its form."""

    change_id: str


class KeepMine(Click, podio=PodioUse.TRIES_AGAIN):
    """Of a conflict, keep the user's values."""

    change_id: str


class TakeTheirs(Click):
    """Of a conflict, keep the values in Podio."""

    change_id: str


class ChooseValue(Click, podio=PodioUse.NONE):
    """Of a field in conflict, choose ``mine``, ``theirs`` or ``before``."""

    change_id: str
    key: str
    choice: str


class KeepChosen(Click, podio=PodioUse.TRIES_AGAIN):
    """Of a conflict, keep the value of each field that was chosen."""

    change_id: str


class UndoChange(Click, podio=PodioUse.TRIES_AGAIN):
    """Take a change back that Podio has."""

    change_id: str


class ShowUnsent(Click, podio=PodioUse.NONE):
    """Show the list of what isn't in Podio yet."""


class SendUnsent(Click, podio=PodioUse.TRIES_AGAIN):
    """Send the changes that were found."""


class SaveUnsent(Click, podio=PodioUse.NONE):
    """Save what isn't in Podio yet as a file."""


class DiscardChange(Click, podio=PodioUse.NONE):
    """Show the question whether to discard a change."""

    change_id: str


class ConfirmDiscardChange(Click, podio=PodioUse.NONE):
    """Drop a change."""


SessionClick = (
    SignIn
    | TrySample
    | CancelSample
    | ExpireSample
    | SignOut
    | SignOutAnyway
    | SignInAgain
    | StaySignedIn
    | CancelSignIn
    | SignInAsFirst
    | StartAfresh
)
FrameClick = (
    CloseDialog
    | DismissNote
    | DismissRefusal
    | SkipToMain
    | ShowShortcuts
    | ToggleShortcuts
    | ToggleMenu
    | ToggleStrip
    | ToggleOrg
    | ToggleSpace
)
ReadingClick = Retry | Refresh | StopWaiting
FormClick = DeleteItem | ConfirmDeletion | Discard | ConfirmDiscard | CancelForm | KeepDraft
ChangeClick = (
    SendChange
    | CheckChange
    | StopChange
    | EditChange
    | KeepMine
    | TakeTheirs
    | ChooseValue
    | KeepChosen
    | UndoChange
    | ShowUnsent
    | SendUnsent
    | SaveUnsent
    | DiscardChange
    | ConfirmDiscardChange
)
AnyClick = SessionClick | FrameClick | ReadingClick | FormClick | ChangeClick
