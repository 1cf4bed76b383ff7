"""Files: uploaded, described, attached, copied, replaced, deleted; and who sees them."""

from __future__ import annotations

import pytest

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


def upload(visitor, name="note.txt", source=b"hello", **options):
    return visitor.call("POST", "/file/", data={"filename": name}, files={"source": (name, source)}, **options)


def uploaded(visitor, *args):
    answer = upload(visitor, *args)
    assert answer.status_code == 200, answer.text
    return answer.json()


def raw(visitor, file_id):
    return visitor.call("GET", f"/file/{file_id}/raw")


def test_an_uploaded_file_is_described_and_comes_back_byte_by_byte(ada):
    source = bytes(range(256)) * 3 + b"\r\n--x\r\n\r\n"
    file = uploaded(ada, "データ 1.bin", source)
    assert (file["name"], file["size"], file["created_by"]["user_id"]) == ("データ 1.bin", len(source), 101)
    assert file["push"]["channel"] == f"/file/{file['file_id']}"
    assert raw(ada, file["file_id"]).content == source
    assert ada.get(f"/file/{file['file_id']}") == file


def test_an_uploaded_picture_has_a_thumbnail(ada):
    file = uploaded(ada, "a.png", PNG)
    answer = ada.call("GET", f"/file/{file['file_id']}/thumbnail/small")
    assert (answer.headers["content-type"], answer.content) == ("image/png", PNG)


def test_an_empty_file_and_the_second_address_are_fine(ada):
    assert uploaded(ada, "empty.txt", b"")["size"] == 0
    answer = ada.call("POST", "/file/v2/", data={"filename": "a.txt"}, files={"source": b"x"})
    assert answer.json()["mimetype"] == "text/plain"


@pytest.mark.parametrize(
    "form",
    [
        {"data": {"filename": "a.txt"}, "files": {"other": b"x"}},
        {"data": {}, "files": {"source": ("a.txt", b"x")}},
        {"data": {"filename": ""}, "files": {"source": ("a.txt", b"x")}},
        {"data": {"filename": "a\nb"}, "files": {"source": ("a.txt", b"x")}},
        {"data": {"filename": "a.txt"}},
        {"content": b"--x\r\n", "headers": {"Content-Type": "multipart/form-data; boundary=x"}},
        {"content": b"", "headers": {"Content-Type": "multipart/form-data"}},
    ],
)
def test_a_wrong_form_is_refused(ada, form):
    assert ada.error("POST", "/file/", **form) == (400, "invalid_value")


def test_programs_are_refused_as_files(ada):
    assert upload(ada, "setup.exe").json()["error"] == "invalid_file"


def test_a_file_may_be_as_large_as_the_limit_and_no_larger(other_emulator):
    visitor = other_emulator(largest_file=1000)
    visitor.sign_in()
    assert upload(visitor, "a.txt", b"x" * 1000).status_code == 200
    assert upload(visitor, "a.txt", b"x" * 1001).status_code == 413
    # So large that the emulator doesn't keep it while it comes in.
    assert upload(visitor, "a.txt", b"x" * 200_000).status_code == 413
    assert visitor.call("POST", "/item/app/31/filter/", {"filters": {"x": "y" * 200_000}}).status_code == 413


def test_what_was_uploaded_can_not_run_scripts_where_people_sign_in(ada):
    file = uploaded(ada, "page.html", b"<script>alert(1)</script>")
    headers = raw(ada, file["file_id"]).headers
    assert headers["content-security-policy"].startswith("sandbox;")
    assert headers["x-content-type-options"] == "nosniff"


def test_a_file_is_its_authors_alone_until_it_is_attached(ada, grace):
    file = uploaded(ada)
    path = f"/file/{file['file_id']}"
    for method, address in (("GET", path), ("GET", f"{path}/raw"), ("POST", f"{path}/copy"), ("DELETE", path)):
        assert grace.error(method, address) == (403, "forbidden")
    assert grace.error("PUT", "/item/31001", {"file_ids": [file["file_id"]]}) == (403, "forbidden")
    assert ada.call("POST", f"{path}/attach", {"ref_type": "item", "ref_id": 31001}).status_code == 204
    assert raw(grace, file["file_id"]).content == b"hello"
    assert grace.error("DELETE", path) == (403, "forbidden")
    context = ada.get(path)["context"]
    assert (context["type"], context["id"], context["title"]) == ("item", 31001, "Hotel Fjord &amp; Spa")
    assert [f["file_id"] for f in ada.get("/item/31001")["files"]] == [8022, file["file_id"]]


def test_a_file_in_the_other_organization_stays_there(ada, grace):
    file = uploaded(ada)
    ada.call("POST", f"/file/{file['file_id']}/attach", {"ref_type": "item", "ref_id": 35001})
    assert grace.error("GET", f"/file/{file['file_id']}") == (403, "forbidden")
    attach = {"ref_type": "item", "ref_id": 31001}
    assert grace.error("POST", f"/file/{file['file_id']}/attach", attach) == (403, "forbidden")
    assert grace.error("PUT", "/item/33001", {"fields": {"picture": [file["file_id"]]}})[0] in {400, 403}


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({}, (400, "invalid_value")),
        ({"ref_type": "item"}, (400, "invalid_value")),
        ({"ref_type": "moon", "ref_id": 1}, (400, "invalid_value")),
        ({"ref_type": "item", "ref_id": "31001"}, (400, "invalid_value")),
        ({"ref_type": "item", "ref_id": 5}, (404, "not_found")),
    ],
)
def test_attaching_to_nothing_is_refused(ada, body, error):
    file = uploaded(ada)
    assert ada.error("POST", f"/file/{file['file_id']}/attach", body) == error


def test_a_file_given_with_an_item_or_a_comment_is_seen_by_all_who_see_that(ada, grace):
    with_item, with_comment = uploaded(ada), uploaded(ada)
    ada.call("PUT", "/item/31001", {"file_ids": [with_item["file_id"]]})
    ada.call("POST", "/comment/item/31001/", {"value": "See", "file_ids": [with_comment["file_id"]]})
    assert raw(grace, with_item["file_id"]).status_code == 200
    assert raw(grace, with_comment["file_id"]).status_code == 200


def test_a_description_can_be_changed(ada):
    assert ada.call("PUT", "/file/8022", {"description": "signed"}).status_code == 204
    assert ada.get("/file/8022")["description"] == "signed"
    assert ada.error("PUT", "/file/8022", {"description": 1}) == (400, "invalid_value")


def test_a_copy_is_a_file_of_ones_own(ada, grace):
    copy = grace.call("POST", "/file/8022/copy").json()["file_id"]
    assert raw(grace, copy).content == raw(ada, 8022).content
    assert grace.get(f"/file/{copy}")["created_by"]["user_id"] == 102
    assert ada.error("GET", f"/file/{copy}") == (403, "forbidden")


def test_a_replacement_takes_the_place_of_the_older_file(ada):
    first, second = uploaded(ada), uploaded(ada)
    ada.call("POST", f"/file/{first['file_id']}/attach", {"ref_type": "item", "ref_id": 31002})
    path = f"/file/{second['file_id']}"
    assert ada.call("POST", f"{path}/replace", {"old_file_id": first["file_id"]}).status_code == 204
    files = ada.get("/item/31002")["files"]
    assert [file["file_id"] for file in files] == [second["file_id"]]
    assert [file["file_id"] for file in files[0]["replaces"]] == [first["file_id"]]


def test_a_deleted_file_is_gone_and_what_it_was_attached_to_goes_on(ada):
    assert ada.call("DELETE", "/file/8022").status_code == 204
    assert ada.error("GET", "/file/8022") == (410, "gone")
    assert ada.error("GET", "/file/8022/raw") == (410, "gone")
    assert ada.get("/item/31001")["files"] == []


def test_files_are_listed_by_place_newest_first(ada, grace):
    ids = [file["file_id"] for file in ada.get("/file/space/21/")]
    assert {8022, 8023} <= set(ids)
    assert [file["file_id"] for file in ada.get("/file/app/31/")] == [8022]
    assert len(ada.get("/file/?limit=2")) == 2
    newest = uploaded(ada)["file_id"]
    assert ada.get("/file/?limit=1")[0]["file_id"] == newest
    assert newest not in {file["file_id"] for file in grace.get("/file/?limit=100")}
    assert grace.error("GET", "/file/space/23/") == (403, "forbidden")


@pytest.mark.parametrize(
    "name", ["a\u202fb.txt", "\u00a0a.txt", "👩\u200d🚀.txt", "می\u200cخواهم.txt", '"a; b".txt', "a%22.txt"]
)
def test_a_files_name_holds_any_characters_but_control_characters(ada, name):
    assert uploaded(ada, name)["name"] == name


@pytest.mark.parametrize("name", ["a\x00b.txt", "a\x7f.txt", "a\x85.txt", "a\tb.txt", " \u00a0"])
def test_a_file_name_with_a_control_character_or_of_spaces_is_refused(ada, name):
    assert ada.error("POST", "/file/", data={"filename": name}, files={"source": b"x"}) == (400, "invalid_value")


@pytest.mark.parametrize(
    ("path", "body", "changes"),
    [
        ("/task/item/31001/", {"text": "x"}, {"text": "y"}),
        ("/comment/item/31001/", {"value": "x"}, {"value": "y"}),
        ("/status/space/21/", {"value": "x"}, {"value": "y"}),
        ("/item/app/31/", {"fields": {"name": "x"}}, {"fields": {"name": "y"}}),
    ],
)
@pytest.mark.parametrize("is_change", [False, True])
def test_what_names_a_file_shows_it_to_all_who_see_that(ada, grace, path, body, changes, is_change):
    file = uploaded(ada)["file_id"]
    kind = path.split("/")[1]
    result = ada.call("POST", path, body | ({} if is_change else {"file_ids": [file]})).json()
    if is_change:
        assert ada.call("PUT", f"/{kind}/{result[f'{kind}_id']}", changes | {"file_ids": [file]}).status_code < 300
    context = ada.get(f"/file/{file}")["context"]
    assert (context["type"], context["id"]) == (kind, result[f"{kind}_id"])
    assert raw(grace, file).content == b"hello"


@pytest.mark.parametrize("path", ["/item/33001", "/item/33001/value", "/item/33001/value/picture"])
def test_a_file_in_a_field_is_shown_to_all_who_see_the_item(ada, grace, path):
    file = upload(ada, "new.png", b"\x89PNG\r\n\x1a\n").json()["file_id"]
    bodies = {"value": {"picture": [file]}, "picture": [file], "33001": {"fields": {"picture": [file]}}}
    assert ada.call("PUT", path, bodies[path.rpartition("/")[2]]).status_code == 200
    assert ada.get(f"/file/{file}")["context"]["id"] == 33001
    assert grace.get(f"/file/{file}")["file_id"] == file
