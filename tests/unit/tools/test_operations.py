"""The table of operations, the rule of names, and that the committed modules are what the table makes."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from tools.operations.generate import AREAS, ROOT, generated, left_over
from tools.operations.names import method_name
from tools.operations.table import COLUMNS, TableError, read, ruled_names

from podio import json_types

ROW = {
    "area": "items",
    "method": "get",
    "verb": "GET",
    "path": "/item/{item_id}",
    "arguments": "item_id:int",
    "query": "fields:str",
    "body": "",
    "answer": "Item",
    "title": "Get item",
    "documentation": "https://developers.podio.com/doc/items/get-item-22360",
    "sentence": "Return an item.",
    "note": "",
    "name_reason": "",
}


def table_of(directory: Path, *rows: dict[str, str]) -> Path:
    table = directory / "operations.tsv"
    lines = [COLUMNS, *([row[column] for column in COLUMNS] for row in rows)]
    table.write_text("".join("\t".join(line) + "\n" for line in lines), encoding="utf-8")
    return table


@pytest.mark.parametrize(
    ("area", "title", "name"),
    [
        ("items", "Filter items", "filter"),
        ("items", "Get item", "get"),
        ("items", "Get items", "get_all"),
        ("items", "Add new item", "create"),
        ("items", "Filter items by view", "filter_by_view"),
        ("items", "Get references to item by field", "get_references_to_item_by_field"),
        ("items", "Get item values v2", "get_values_v2"),
        ("items", "Bulk delete items", "bulk_delete"),
        ("applications", "Update an app field", "update_field"),
        ("applications", "Get all user apps", "get_all_user_apps"),
        ("contacts", "Create space contact", "create_space_contact"),
        ("organizations", "Get spaces on organization", "get_spaces"),
        ("space_members", "Get space member (v2)", "get_v2"),
        ("space_members", "Add member to space", "add"),
        ("app_market", "Share app", "share_app"),
        ("batch", "Get batches", "get_all"),
        ("status", "Add new status message", "create"),
        ("applications", "Add new app field", "create_field"),
        ("embeds", "Add an embed", "create"),
        ("ratings", "Remove rating", "delete"),
        ("tags", "Create tags", "add"),
        ("tags", "Remove tag", "remove"),
        ("space_members", "End space memberships", "remove"),
        ("organizations", "Remove organization admin", "remove_admin"),
        ("conversations", "Add participants", "add_participants"),
        ("grants", "Count grants on object", "get_count_on_object"),
        ("flows", "Get flow by id", "get"),
        ("voting", "Get list of users with votes", "get_users_with_votes"),
        ("oauth_authorization", "Get access token (v2, JSON body only)", "get_access_token_v2"),
    ],
)
def test_the_rule_makes_a_name_of_a_title(area: str, title: str, name: str) -> None:
    assert method_name(area, title) == name


def test_each_name_is_the_rules_or_gives_its_reason() -> None:
    for operation, name in ruled_names(read()):
        assert (operation.method == name) != bool(operation.name_reason), operation.name


def test_all_areas_use_one_verb_for_one_thing() -> None:
    methods = {operation.name: operation.method.split("_") for operation in read()}
    assert {name for name, words in methods.items() if words[0] in {"new", "post", "end", "count", "destroy"}} == set()
    # What is there before is added and removed; `create` and `delete` are for an area's own objects.
    put_into = {name.partition(".")[0] for name, words in methods.items() if words == ["add"]}
    assert put_into == {name.partition(".")[0] for name, words in methods.items() if words == ["remove"]}
    assert put_into == {"space_members", "tags"}
    assert not {f"{area}.{verb}" for area in put_into for verb in ("create", "delete")} & methods.keys()


def test_each_title_is_nearly_the_documentations() -> None:
    """The address ends with the title's words and a number."""
    for operation in read():
        slug = operation.documentation.rpartition("/")[2].rpartition("-")[0].replace("-", "")
        words = "".join(character for character in operation.title.lower() if character.isalnum())
        assert words.startswith(slug) or slug.startswith(words), operation.name


def test_the_committed_files_are_what_the_table_makes() -> None:
    files = generated()
    assert left_over(set(files)) == []
    stale = [str(path) for path, content in files.items() if (ROOT / path).read_bytes() != content]
    assert stale == [], "run: python -m tools.operations"


def test_a_module_stays_short_enough_to_be_read() -> None:
    lengths = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in (ROOT / AREAS).glob("*.py")}
    assert {name: length for name, length in lengths.items() if length > 700} == {}


def test_the_table_names_types_that_are_public() -> None:
    assert {name for operation in read() for name in operation.json_types} <= set(json_types.__all__)


def test_no_two_types_of_json_have_one_name_with_what_is_decoded() -> None:
    """What Podio sends ends with JSON; only what a request takes has a plain name."""
    annotations = {operation.body.annotation for operation in read() if operation.body} | {
        "ItemReference",
        "ViewFilter",
    }
    plain = {name for name in json_types.__all__ if not name.endswith("JSON")}
    assert plain <= annotations | {"FieldsById"}


def test_a_good_row_is_read(tmp_path: Path) -> None:
    (operation,) = read(table_of(tmp_path, ROW))
    assert operation.name == "items.get"
    assert operation.area_class == "Items"
    assert operation.json_types == {"Item"}
    assert dataclasses.asdict(operation.arguments[0]) == {"name": "item_id", "annotation": "int", "required": True}


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"arguments": "app_id:int"}, "not the places"),
        ({"arguments": ""}, "not the places"),
        ({"query": "item_id:int"}, "two parameters have one name"),
        ({"query": "body:str"}, "two parameters have one name"),
        ({"body": "Any"}, "a GET has no body"),
        ({"documentation": "https://example.com/"}, "no page of Podio's documentation"),
        ({"sentence": "Return an item"}, "no end"),
    ],
)
def test_a_row_that_does_not_hold_together_is_refused(change: dict[str, str], complaint: str, tmp_path: Path) -> None:
    with pytest.raises(TableError, match=complaint):
        read(table_of(tmp_path, {**ROW, **change}))


def test_two_operations_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"items\.get names 2 operations"):
        read(table_of(tmp_path, ROW, {**ROW, "path": "/item/{item_id}/v2"}))
