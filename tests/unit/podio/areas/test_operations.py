"""Each documented operation: what is called, what is sent, what is answered."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from podio import ConfigurationError
from tests.unit.podio.areas.documented import (
    Call,
    Recorder,
    arguments_of,
    content_of,
    name_of,
    needed_content_of,
    path_of,
    query_of,
    rows,
    typed,
)

ROWS = rows()
NO_IDS: list[Any] = ["abc", "", "-1", "1.0", " 1", "1 ", "٣", "1,", "1/2", "1\n", "0x1", -1]
AREAS = sorted({row["area"] for row in ROWS})


def every_operation(test: Callable[[dict[str, str]], Awaitable[None] | None]) -> Any:
    """Make of a test of one operation a test of each area: three thousand tests would take longer than what they do."""

    async def of_area(area: str) -> None:
        for row in ROWS:
            if row["area"] == area:
                try:
                    if (running := test(row)) is not None:
                        await running
                except BaseException as failure:
                    failure.add_note(f"the operation: {name_of(row)}")
                    raise

    of_area.__name__ = test.__name__
    return pytest.mark.parametrize("area", AREAS)(of_area)


def test_there_are_all_that_podio_documents() -> None:
    assert len(ROWS) == 416
    assert len({(row["verb"], row["path"]) for row in ROWS}) == 415, "one path serves two documented operations"


@every_operation
async def test_an_operation_calls_its_documented_method_and_path_and_sends_nothing_unasked(row: dict[str, str]) -> None:
    client = Recorder()
    await client.method(row)(*arguments_of(row), **query_of(row, required_only=True), **needed_content_of(row))
    content = {"body": {}} if row["body"].endswith("={}") else needed_content_of(row)
    expected = Call(method=row["verb"], path=path_of(row), query=query_of(row, required_only=True), content=content)
    assert client.calls == [expected]


@every_operation
async def test_an_operation_sends_its_documented_query_and_body_and_passes_other_keys_on(row: dict[str, str]) -> None:
    answer: Any = {"as": "Podio sent it"}
    client = Recorder(answer)
    others = {"other": 1.5, "from": "2026-01-01", "left_out": None}
    returned = await client.method(row)(*arguments_of(row), **query_of(row), **content_of(row), params=others)
    expected = Call(
        method=row["verb"],
        path=path_of(row),
        query={**query_of(row), "other": 1.5, "from": "2026-01-01"},
        content=content_of(row),
    )
    assert client.calls == [expected]
    if row["answer"] == "None":
        assert returned is None
    else:
        assert returned is answer


@every_operation
async def test_an_unknown_keyword_is_refused_and_nothing_goes_out(row: dict[str, str]) -> None:
    client = Recorder()
    for keyword in {"limt", "query", "other", "Hook"} - query_of(row).keys():
        keywords = {**query_of(row, required_only=True), **needed_content_of(row), keyword: 1}
        with pytest.raises(TypeError, match=f"unexpected keyword argument '{keyword}'"):
            await client.method(row)(*arguments_of(row), **keywords)
    assert client.calls == []


@every_operation
async def test_a_key_of_the_query_given_twice_is_refused(row: dict[str, str]) -> None:
    client = Recorder()
    for key, value in query_of(row).items():
        keywords = {**query_of(row, required_only=True), **needed_content_of(row), key: value}
        with pytest.raises(ConfigurationError, match=f"^{key}: given as a keyword and in params"):
            await client.method(row)(*arguments_of(row), **keywords, params={key: value})
    assert client.calls == []


@every_operation
async def test_what_is_no_id_does_not_go_out(row: dict[str, str]) -> None:
    client = Recorder()
    keywords = {**query_of(row, required_only=True), **needed_content_of(row)}
    for place, (name, kind) in enumerate(typed(row["arguments"]).items()):
        if kind == "int" or name.endswith("_ids"):
            for value in NO_IDS:
                arguments = arguments_of(row)
                arguments[place] = value
                with pytest.raises(ConfigurationError, match=f"^{name} must be an id"):
                    await client.method(row)(*arguments, **keywords)
    assert client.calls == []


@every_operation
def test_an_operations_signature_and_docstring_say_what_is_documented(row: dict[str, str]) -> None:
    method = Recorder().method(row)
    signature = inspect.signature(method)
    parameters = {name: parameter for name, parameter in signature.parameters.items() if name != "params"}
    places = typed(row["arguments"])
    assert [name for name, p in parameters.items() if p.kind is p.POSITIONAL_OR_KEYWORD] == [
        *places,
        *(["source", "filename"] if row["body"] == "file" else []),
    ]
    annotations = {name: str(parameter.annotation).replace(" ", "") for name, parameter in parameters.items()}
    for name, kind in places.items():
        assert annotations[name] == kind
    for name, kind in typed(row["query"]).items():
        assert annotations[name] == (kind.rstrip("!") if kind.endswith("!") else f"{kind}|None")
        assert (parameters[name].default is inspect.Parameter.empty) == kind.endswith("!")
    assert set(annotations) == {*places, *typed(row["query"]), *content_of(row)}
    assert signature.return_annotation == row["answer"]
    documentation = inspect.getdoc(method) or ""
    assert documentation.startswith(row["sentence"])
    assert documentation.endswith(f'See "{row["title"]}", {row["documentation"]}')
    assert inspect.iscoroutinefunction(method)


@every_operation
def test_an_operation_without_a_documented_body_takes_none(row: dict[str, str]) -> None:
    takes_content = {"body", "form", "source"} & set(inspect.signature(Recorder().method(row)).parameters)
    assert bool(takes_content) == bool(row["body"])
    assert bool(row["body"]) == (row["verb"] in ("POST", "PUT"))
