"""Items: read, created, changed, deleted; comments on them."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from podio_emulator.rich_value import rich_value

CLIENT = "/item/31001"


def field(item, external_id):
    return next((f["values"] for f in item["fields"] if f["external_id"] == external_id), None)


def create(visitor, app_id=31, **body):
    answer = visitor.call("POST", f"/item/app/{app_id}/", body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_an_item_comes_with_its_app_its_revisions_and_its_comments(ada):
    item = ada.get(CLIENT)
    assert item["title"] == "Hotel Fjord &amp; Spa"
    assert item["app"]["app_id"] == 31
    assert item["link"] == "https://podio.com/lysholm/sales-projects/apps/clients-leads/items/1"
    assert (item["revision"], len(item["revisions"])) == (0, 1)
    assert [comment["comment_id"] for comment in item["comments"]] == [7001, 7002, 7003, 7004]
    assert item["files"][0]["name"] == "Offer Hotel Fjord.pdf"
    assert item["created_by"]["name"] == "Ada Lysholm"
    assert item["push"]["channel"] == "/item/31001"


def test_only_fields_with_values_are_listed(ada):
    assert [f["external_id"] for f in ada.get("/item/31005")["fields"]] == ["name", "status", "phone"]


def test_references_are_written_out(ada):
    item = ada.get("/item/32001")
    client = field(item, "client")[0]["value"]
    assert (client["item_id"], client["title"], client["app"]["app_id"]) == (31001, "Hotel Fjord &amp; Spa", 31)
    assert [value["value"]["name"] for value in field(item, "responsible")] == ["Ada Lysholm", "Grace Møller-Nakamura"]
    assert field(item, "phase")[0]["value"] == {"id": 3, "text": "Production", "status": "active", "color": "FFD5C2"}
    assert field(item, "documents")[0]["value"]["mimetype"] == "application/pdf"
    assert field(item, "left") == [{"value": "224549.5000"}]


def test_a_reference_to_a_deleted_item_is_left_out(ada):
    ada.call("DELETE", CLIENT)
    assert field(ada.get("/item/32001"), "client") is None


def test_an_item_is_created_with_what_was_given(ada):
    result = create(
        ada,
        fields={"name": "New & shiny", "status": 1, "3105": {"type": "work", "value": "+45 1"}},
        external_id="x-1",
        tags=["a"],
        file_ids=[8022],
    )
    assert result["title"] == "New & shiny"
    item = ada.get(f"/item/{result['item_id']}")
    assert (item["external_id"], item["tags"], item["app_item_id"]) == ("x-1", ["a"], 10)
    assert field(item, "phone") == [{"type": "work", "value": "+45 1"}]
    assert item["created_by"]["user_id"] == 101
    assert item["created_via"]["name"] == "Podio Workbench"
    assert ada.get("/item/app/31/external_id/x-1")["item_id"] == result["item_id"]
    assert ada.error("GET", "/item/app/31/external_id/x-2") == (404, "not_found")
    assert ada.get("/app/31/item/10")["item_id"] == result["item_id"]


def test_fields_may_be_given_as_a_list(ada):
    result = create(ada, fields=[{"external_id": "name", "values": [{"value": "Listed"}]}])
    assert result["title"] == "Listed"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"fields": {}},
        {"fields": {"status": 1}},
        {"fields": "x"},
        {"fields": [1]},
        {"fields": {"name": "x", "unheard-of": 1}},
        {"fields": {"name": ""}},
        {"fields": {"name": "x"}, "external_id": 5},
        {"fields": {"name": "x"}, "tags": "a"},
        {"fields": {"name": "x"}, "tags": [1]},
        {"fields": {"name": "x"}, "file_ids": [1]},
    ],
)
def test_a_wrong_item_is_refused_and_nothing_is_made(ada, body):
    assert ada.error("POST", "/item/app/31/", body) == (400, "invalid_value")
    assert ada.get("/item/app/31/count") == {"count": 9}


def test_an_update_changes_what_is_given_and_nothing_else(ada):
    before = ada.get(CLIENT)
    answer = ada.call("PUT", CLIENT, {"fields": {"status": 4, "phone": []}, "revision": 0})
    assert answer.json() == {"revision": 1, "title": "Hotel Fjord &amp; Spa"}
    after = ada.get(CLIENT)
    assert field(after, "status")[0]["value"]["text"] == "Dormant"
    assert field(after, "phone") is None
    unchanged = {"name", "contact", "people", "email", "address", "website", "yearly-revenue", "interests", "about"}
    for name in unchanged:
        assert field(after, name) == field(before, name)
    assert after["tags"] == before["tags"]
    assert [revision["type"] for revision in after["revisions"]] == ["creation", "update"]
    assert after["last_edit_by"]["user_id"] == 101


def test_an_update_from_an_older_revision_is_a_conflict_and_changes_nothing(ada):
    ada.call("PUT", CLIENT, {"fields": {"status": 4}, "revision": 0})
    assert ada.error("PUT", CLIENT, {"fields": {"status": 5}, "revision": 0}) == (409, "conflict")
    assert field(ada.get(CLIENT), "status")[0]["value"]["text"] == "Dormant"
    assert ada.call("PUT", CLIENT, {"fields": {"status": 5}}).json()["revision"] == 2


def test_an_update_that_changes_nothing_makes_no_revision(ada):
    assert ada.call("PUT", CLIENT, {"fields": {"status": 3}, "revision": 0}).status_code == 204
    assert ada.get(CLIENT)["revision"] == 0


@pytest.mark.parametrize("revision", ["0", True, 1.5, []])
def test_a_revision_must_be_a_number(ada, revision):
    assert ada.error("PUT", CLIENT, {"fields": {}, "revision": revision}) == (400, "invalid_value")


def test_one_wrong_field_refuses_the_whole_update(ada):
    assert ada.error("PUT", CLIENT, {"fields": {"status": 4, "email": "nonsense"}}) == (400, "invalid_value")
    assert ada.get(CLIENT)["revision"] == 0


def test_a_required_field_can_not_be_cleared(ada):
    answer = ada.call("PUT", CLIENT, {"fields": {"name": []}})
    assert answer.status_code == 400
    assert answer.json()["error_propagate"] is True


def test_a_title_follows_its_field(ada):
    assert ada.call("PUT", CLIENT, {"fields": {"name": "Hotel Fjord"}}).json()["title"] == "Hotel Fjord"
    assert field(ada.get("/item/32001"), "client")[0]["value"]["title"] == "Hotel Fjord"


def test_calculations_follow_what_they_are_made_of(ada):
    ada.call("PUT", "/item/32001", {"fields": {"spent": {"value": "12000", "currency": "DKK"}}})
    assert field(ada.get("/item/32001"), "left") == [{"value": "400000.0000"}]
    ada.call("PUT", "/item/32001", {"fields": {"spent": []}})
    assert field(ada.get("/item/32001"), "left") is None
    ada.call("PUT", "/item/33001", {"fields": {"power": 0}})
    assert field(ada.get("/item/33001"), "efficacy") is None


def test_a_deleted_item_is_gone_with_its_comments(ada):
    assert ada.call("DELETE", CLIENT).status_code == 204
    for method in ("GET", "PUT", "DELETE"):
        assert ada.error(method, CLIENT) == (410, "gone")
    assert ada.error("GET", "/comment/item/31001/") == (410, "gone")
    assert ada.error("GET", "/comment/7001") == (410, "gone")
    assert ada.get("/item/app/31/count") == {"count": 8}


def test_a_measurement_can_be_changed_and_deleted(ada):
    assert ada.call("PUT", "/item/340007", {"fields": {"flux": 1, "power": 2}}).json()["revision"] == 1
    assert field(ada.get("/item/340007"), "efficacy") == [{"value": "0.5000"}]
    assert ada.call("DELETE", "/item/340008").status_code == 204
    assert ada.get("/item/app/34/count") == {"count": 9999}


def test_a_field_is_found_by_id_and_external_id(ada):
    by_id, by_name = ada.get("/app/31/field/3102"), ada.get("/app/31/field/status")
    assert by_id == by_name
    assert by_id["config"]["settings"]["options"][4]["text"] == "Lost &amp; gone"


# Comments


def test_comments_come_oldest_first_with_limit_and_offset(ada):
    assert [c["comment_id"] for c in ada.get("/comment/item/31001/")] == [7001, 7002, 7003, 7004]
    assert [c["comment_id"] for c in ada.get("/comment/item/31001/?limit=2&offset=1")] == [7002, 7003]
    assert ada.error("GET", "/comment/item/31001/?limit=-1") == (400, "invalid_value")


def test_a_comment_is_added_and_counted(ada, grace):
    result = grace.call("POST", "/comment/item/31001/", {"value": "Tak!\nGrace", "external_id": "c1"}).json()
    assert (result["value"], result["rich_value"]) == ("Tak!\nGrace", "Tak!<br />\nGrace")
    assert result["created_by"]["user_id"] == 102
    assert result["ref"] == {"type": "item", "id": 31001}
    assert ada.get("/comment/item/31001/")[-1]["comment_id"] == result["comment_id"]
    page = ada.call("POST", "/item/app/31/filter/", {"filters": {"item_id": [31001]}}).json()
    assert page["items"][0]["comment_count"] == 5


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"value": ""},
        {"value": "  \n"},
        {"value": 5},
        {"value": "x", "file_ids": [1]},
        {"value": "x", "external_id": 1},
    ],
)
def test_a_wrong_comment_is_refused(ada, body):
    assert ada.error("POST", "/comment/item/31001/", body) == (400, "invalid_value")
    assert len(ada.get("/comment/item/31001/")) == 4


def test_only_its_author_changes_a_comment(ada, grace):
    assert grace.error("PUT", "/comment/7001", {"value": "x"}) == (403, "forbidden")
    assert grace.error("DELETE", "/comment/7001") == (403, "forbidden")
    changed = ada.call("PUT", "/comment/7001", {"value": "Better so"}).json()
    assert (changed["value"], changed["last_edit_on"] is not None) == ("Better so", True)
    assert ada.call("DELETE", "/comment/7001").status_code == 204
    assert ada.error("GET", "/comment/7001") == (410, "gone")


@pytest.mark.parametrize(
    ("value", "html"),
    [
        ('1 < 2 & "3"', "1 &lt; 2 &amp; &quot;3&quot;"),
        ("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;"),
        (
            "See https://a.example/x?y=1&z=2.",
            'See <a href="https://a.example/x?y=1&amp;z=2" target="_blank" rel="nofollow">https://a.example/x?y=1&amp;z=2</a>.',
        ),
        ("@[Ada <b>](user:101) hi", '<a href="https://podio.com/users/101">Ada &lt;b&gt;</a> hi'),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("a\r\nb", "a<br />\nb"),
    ],
)
def test_a_comment_becomes_safe_html(value, html):
    assert rich_value(value) == html


@pytest.mark.parametrize("external_id", ["a?b", "a#b", "a b", "a+b", "a&b", "a%20b", "?", "ü=1;2"])
def test_an_item_is_found_by_an_external_id_with_any_character_but_a_slash(ada, external_id):
    ada.call("PUT", "/item/31001", {"external_id": external_id})
    path = f"/item/app/31/external_id/{quote(external_id, safe='')}"
    assert ada.get(path)["item_id"] == 31001
    assert ada.logged()[-1]["path"].endswith(external_id)


def test_an_external_id_with_a_slash_is_found_by_the_filter_alone(ada):
    ada.call("PUT", "/item/31001", {"external_id": "a/b"})
    assert ada.error("GET", "/item/app/31/external_id/a%2Fb")[0] == 404
    items = ada.call("POST", "/item/app/31/filter/", {"filters": {"external_id": "a/b"}}).json()["items"]
    assert [item["item_id"] for item in items] == [31001]


def test_doubled_slashes_are_accepted(ada):
    assert ada.get("/item//31001//")["item_id"] == 31001
