"""Status messages: posted to a workspace, commented on, liked, changed, deleted."""

from __future__ import annotations


def posted(visitor, value="Lamps @[Grace](user:102)", **body):
    answer = visitor.call("POST", "/status/space/21/", {"value": value} | body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_status_shows_in_the_workspaces_stream_and_takes_comments_and_likes(ada, grace):
    status = posted(ada)
    path = f"/status/{status['status_id']}"
    assert grace.get("/stream/space/21/")[0]["id"] == status["status_id"]
    assert grace.call("POST", f"/comment{path}/", {"value": "Yes"}).status_code == 200
    assert grace.call("POST", f"/rating{path}/like", {"value": 1}).status_code == 200
    status = ada.get(path)
    assert ([comment["value"] for comment in status["comments"]], status["like_count"]) == (["Yes"], 1)
    assert ada.get("/notification/")[0]["context"]["ref"] == {"type": "status", "id": status["status_id"]}
    assert ada.get(f"/stream{path}")["type"] == "status"


def test_a_status_carries_files(ada, grace):
    file = ada.call("POST", "/file/", data={"filename": "a.txt"}, files={"source": b"x"}).json()["file_id"]
    status = posted(ada, file_ids=[file])
    assert [file["file_id"] for file in grace.get(f"/status/{status['status_id']}")["files"]] == [file]
    assert grace.call("GET", f"/file/{file}/raw").content == b"x"


def test_a_status_is_changed_and_deleted_by_its_author_alone(ada, grace):
    path = f"/status/{posted(ada)['status_id']}"
    assert grace.error("PUT", path, {"value": "x"}) == (403, "forbidden")
    assert grace.error("DELETE", path) == (403, "forbidden")
    assert ada.call("PUT", path, {"value": "Changed"}).status_code == 204
    assert grace.get(path)["value"] == "Changed"
    assert ada.call("DELETE", path).status_code == 204
    assert ada.error("GET", path) == (410, "gone")
    assert ada.error("GET", "/status/5") == (404, "not_found")


def test_a_status_of_another_workspace_is_not_seen(ada, grace):
    status = ada.call("POST", "/status/space/23/", {"value": "x"}).json()["status_id"]
    assert grace.error("GET", f"/status/{status}") == (403, "forbidden")
    assert grace.error("POST", f"/comment/status/{status}/", {"value": "x"}) == (403, "forbidden")
    assert grace.error("POST", "/status/space/23/", {"value": "x"}) == (403, "forbidden")
    assert ada.error("POST", "/status/space/21/", {"value": "x", "embed_url": "x"}) == (400, "invalid_value")
