"""The areas "organizations" and "spaces". Performs no I/O."""

from __future__ import annotations

from typing import Any

from podio_emulator.calls import Call, Operation
from podio_emulator.model import Organization, Space


def _spaces(call: Call, org: Organization) -> list[Space]:
    return [space for space in call.store.spaces.values() if space.org_id == org.org_id and call.sees_space(space)]


def _list(call: Call) -> list[Any]:
    orgs = [org for org in call.store.organizations.values() if call.sees_org(org)]
    return [call.shapes.organization(org, _spaces(call, org)) for org in orgs]


def _one(call: Call) -> dict[str, Any]:
    org = call.organization()
    return call.shapes.organization(org, _spaces(call, org))


def _spaces_of(call: Call) -> list[Any]:
    return [call.shapes.space(space) for space in _spaces(call, call.organization())]


def _space(call: Call) -> dict[str, Any]:
    return call.shapes.space(call.space())


OPERATIONS: tuple[Operation, ...] = (
    Operation(method="GET", path="/org", run=_list),
    Operation(method="GET", path="/org/{org_id:int}", run=_one),
    Operation(method="GET", path="/org/{org_id:int}/space", run=_spaces_of),
    Operation(method="GET", path="/space/{space_id:int}", run=_space),
)
