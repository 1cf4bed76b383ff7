"""One turn of the page: the state so far and the effects requested.

A transition takes one event through several steps; a ``Turn`` carries the state between them, so that a step reads as a
sentence. It lives within one transition only, so that transitions stay pure from outside.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any, Concatenate, ParamSpec, TypeVar

from workbench.core.reads import Loadable, Read, Request
from workbench.effects import Abort, Call, DecideChange, Effect, HurryChanges
from workbench.outbox import Discarded, Event, Stopped
from workbench.state import Account, State, Submission

FieldsP = ParamSpec("FieldsP")
ValueT = TypeVar("ValueT")

_Setter = Callable[Concatenate["Turn", FieldsP], None]


def _typed_as(kind: Callable[FieldsP, object]) -> Callable[[_Setter[...]], _Setter[FieldsP]]:
    """Let a setter take what the constructor takes, all of which is optional: mypy checks names and types by it."""
    return lambda setter: setter


class Turn:
    """The state so far and the effects requested."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.effects: list[Effect] = []

    @property
    def account(self) -> Account:
        """What belongs to the user who is signed in."""
        return self.state.account

    @_typed_as(State)
    def set(self, **changes: Any) -> None:
        """Change fields of the state."""
        self.state = replace(self.state, **changes)

    @_typed_as(Account)
    def set_account(self, **changes: Any) -> None:
        """Change fields of the account."""
        self.state = replace(self.state, account=replace(self.state.account, **changes))

    def do(self, *effects: Effect) -> None:
        """Request effects, in this order."""
        self.effects.extend(effects)

    def abort(self, tag: int) -> None:
        """Stop waiting for a call, if there is one."""
        if tag:
            self.do(Abort(tag=tag))

    def request(self, request: Request, *, ahead: bool = False) -> int:
        """Request a call and return its tag."""
        tag = self.state.next_tag
        self.set(next_tag=tag + 1)
        method, path, params, body = request.method, request.path, request.params, request.body
        self.do(Call(tag=tag, method=method, path=path, params=params, body=body, ahead=ahead))
        return tag

    def put_read(self, key: Read[ValueT], loadable: Loadable[ValueT]) -> None:
        """Replace what came of reading something."""
        self.set_account(reads={**self.account.reads, key: loadable})

    def drop_reads(self, keys: Collection[Read[Any]]) -> None:
        """Drop what was read, and stop waiting for it."""
        for key in keys:
            self.abort(self.state.read(key).tag)
        self.set_account(reads={key: loadable for key, loadable in self.account.reads.items() if key not in keys})

    def decide_change(self, change_id: str, event: Event) -> None:
        """Apply what the user decided about a change that is in the outbox."""
        if self.account.outbox.get(change_id):
            self.do(DecideChange(change_id=change_id, event=event))
            if not isinstance(event, Stopped | Discarded):
                self.do(HurryChanges())

    def put_submission(self, form: str, submission: Submission | None) -> None:
        """Replace what became of submitting a form; ``None`` clears it."""
        submissions = {name: existing for name, existing in self.account.submissions.items() if name != form}
        self.set_account(submissions=submissions if submission is None else {**submissions, form: submission})

    def put_draft(self, form: str, texts: Mapping[str, str] | None) -> None:
        """Replace a form's typed texts; ``None`` deletes them."""
        drafts = {name: existing for name, existing in self.account.drafts.items() if name != form}
        self.set_account(drafts=drafts if texts is None else {**drafts, form: texts})

    def refill(self, form: str) -> None:
        """Let the next drawing write the form's texts into its controls."""
        self.set(fills={**self.state.fills, form: self.state.fills.get(form, 0) + 1})
