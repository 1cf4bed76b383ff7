"""Single items opened to users from outside their workspace."""

from __future__ import annotations

from podio.json_types import GrantJSON

ITEM = "/item/35001"


def test_a_grant_opens_one_item_until_it_is_taken_away(ada, grace):
    assert grace.error("GET", ITEM) == (403, "forbidden")
    body = {"people": [{"type": "user", "id": 102}], "action": "comment", "message": "Please look"}
    assert [profile["user_id"] for profile in ada.call("POST", f"/grant{ITEM}", body).json()["invitable"]] == [102]
    assert grace.get(ITEM)["grant"]["message"] == "Please look"
    assert grace.get(f"/grant{ITEM}/own")["action"] == "comment"
    assert grace.call("POST", f"/comment{ITEM}/", {"value": "Seen"}).status_code == 200
    assert grace.error("PUT", ITEM, {"fields": {}}) == (403, "forbidden")
    assert grace.error("GET", "/item/35002") == (403, "forbidden")
    assert grace.error("GET", "/app/35") == (403, "forbidden")
    assert [grant["ref_id"] for grant in grace.get("/grant/org/12/own/")] == [35001]
    assert grace.get("/notification/")[0]["context"]["ref"]["id"] == 35001
    assert ada.call("DELETE", f"/grant{ITEM}/102").status_code == 204
    assert grace.error("GET", ITEM) == (403, "forbidden")


def test_grants_are_listed_and_counted(ada):
    ada.call("POST", f"/grant{ITEM}", {"people": [102, {"type": "mail", "id": "grace@example.com"}]})
    assert ada.get(f"/grant{ITEM}/count") == {"count": 1}
    assert [grant["user"]["user_id"] for grant in ada.get(f"/grant{ITEM}/")] == [102]
    assert [grant["ref_id"] for grant in ada.get("/grant/space/23/user/102/")] == [35001]
    assert ada.error("GET", f"/grant{ITEM}/own") == (404, "not_found")


def test_a_grant_says_all_that_is_declared_and_keeps_its_id_when_it_is_given_again(ada):
    ids = []
    for action in ("view", "rate"):
        ada.call("POST", f"/grant{ITEM}", {"people": [102], "action": action, "access_level": "view"})
        [grant] = ada.get(f"/grant{ITEM}/")
        assert set(grant) == set(GrantJSON.__annotations__)
        assert (grant["app"]["app_id"], grant["space"]["space_id"], grant["access_level"]) == (35, 23, "view")
        ids.append(grant["grant_id"])
    assert ids[0] == ids[1] > 0
    for other in ({"access_level": "edit"}, {"access_level": "moon"}, {"shared_as_client": True}):
        assert ada.error("POST", f"/grant{ITEM}", {"people": [102]} | other) == (400, "invalid_value")


def test_a_grant_opens_the_items_files_and_goes_with_the_item(ada, grace):
    file = ada.call("POST", "/file/", data={"filename": "a.txt"}, files={"source": b"x"}).json()["file_id"]
    ada.call("PUT", ITEM, {"file_ids": [file]})
    ada.call("POST", f"/grant{ITEM}", {"people": [102]})
    assert grace.call("GET", f"/file/{file}/raw").content == b"x"
    ada.call("DELETE", ITEM)
    assert ada.get("/grant/space/23/user/102/") == []


def test_nobody_grants_what_they_may_not_change(ada, grace):
    assert grace.error("POST", f"/grant{ITEM}", {"people": [102]}) == (403, "forbidden")
    ada.call("POST", f"/grant{ITEM}", {"people": [102]})
    assert grace.error("POST", f"/grant{ITEM}", {"people": [103]}) == (403, "forbidden")
    assert grace.error("DELETE", f"/grant{ITEM}/101") == (403, "forbidden")
    # One's own grant can be given back.
    assert grace.call("DELETE", f"/grant{ITEM}/102").status_code == 204
    assert ada.error("POST", f"/grant{ITEM}", {"people": []}) == (400, "invalid_value")
    assert ada.error("POST", "/grant/app/31", {"people": [102]}) == (400, "invalid_value")


def test_a_member_of_the_workspace_cannot_be_invited_by_a_grant(ada):
    assert ada.call("POST", f"/grant{ITEM}", {"people": [101]}).json() == {"invitable": []}
