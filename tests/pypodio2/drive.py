"""pypodio2 in a process of its own: acts out one story against an emulator and writes what came of it as JSON.

Run as ``python drive.py URL STORY [argument …]`` by test_pypodio2.py, which judges the results.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from python_2 import prepare

prepare()

from pypodio2 import api  # noqa: E402  the preparation makes it importable
from pypodio2.transport import TransportException  # noqa: E402


def signed_in(url, password="podio"):
    return api.OAuthClient("server", "server-secret", "ada@example.com", password, domain=url)


def password(url):
    return signed_in(url).transport.GET(url="/user/status")["user"]["mail"]


def wrong_password(url):
    try:
        signed_in(url, "wrong")
    except TransportException as error:
        return {"status": error.status.status, "content": json.loads(error.content)}
    return "signed in"


def app(url):
    podio = api.OAuthAppClient("server", "server-secret", 31, "clients-app-token", domain=url)
    return podio.Application.find(31)["config"]["name"]


def places(url):
    podio = signed_in(url)
    space_id = podio.Space.find_by_url("https://podio.com/lysholm/sales-projects")
    names = [entry["config"]["name"] for entry in podio.Application.list_in_space(space_id)]
    return {"space_id": space_id, "apps": names, "spaces": len(podio.Space.find_all_for_org(11))}


def items(url):
    podio = signed_in(url)
    new_item = podio.Item.create(31, {"fields": {"name": "Made by pypodio2"}, "external_id": "7"})
    changed = podio.Item.update(new_item["item_id"], {"fields": {"status": 2}}, silent=True)
    page = podio.Item.filter(31, {"limit": 1, "sort_by": "item_id", "sort_desc": True})
    by_external_id = podio.Item.find_all_by_external_id(31, 7)
    item_page = podio.Application.get_items(31, limit=2)
    basic = podio.Item.find(new_item["item_id"], basic=True)
    steps = podio.Item.revision_difference(new_item["item_id"], 0, 1)
    podio.Item.delete(new_item["item_id"])
    try:
        podio.Item.find(new_item["item_id"])
    except TransportException as error:
        status = error.status.status
    return {
        "made": new_item,
        "changed": changed,
        "newest": page["items"][0]["title"],
        "by_external_id": [item["item_id"] for item in by_external_id["items"]],
        "listed": len(item_page["items"]),
        "basic": basic["title"],
        "steps": [step["external_id"] for step in steps],
        "gone": status,
    }


def upload(url, path):
    podio = signed_in(url)
    file = podio.Files.create("From pypodio2.bin", Path(path).read_bytes().decode("iso-8859-1"))
    podio.Files.attach(file["file_id"], "item", 31001)
    raw = podio.Files.find_raw(file["file_id"])
    return {"name": file["name"], "size": file["size"], "raw": raw.decode("iso-8859-1")}


def hooks(url):
    podio = signed_in(url)
    hook = podio.Hook.create("app", 31, {"url": "https://a.example/", "type": "item.create"})
    podio.Hook.verify(hook["hook_id"])
    (code,) = [waiting["code"] for waiting in podio.transport.GET(url="/_emulator/hooks")]
    podio.Hook.validate(hook["hook_id"], code)
    active = [hook["status"] for hook in podio.Hook.find_all_for("app", 31)]
    podio.Hook.delete(hook["hook_id"])
    return {"active": active, "left": len(podio.Hook.find_all_for("app", 31))}


def tasks(url):
    podio = signed_in(url)
    task = podio.transport.POST(
        url="/task/", body=json.dumps({"text": "x", "responsible": 101}), type="application/json"
    )
    completed = podio.Task.complete(task["task_id"])
    podio.Notification.mark_all_as_viewed()
    return {"completed": completed, "deleted": podio.Task.delete(task["task_id"])}


def streams(url):
    podio = signed_in(url)
    streams = podio.Stream.find_all(), podio.Stream.find_all_by_app_id(31), podio.Stream.find_by_ref("item", 31001)
    return [len(streams[0]), len(streams[1]), streams[2]["id"]]


if __name__ == "__main__":
    base, story, *arguments = sys.argv[1:]
    sys.stdout.write(json.dumps(globals()[story](base, *arguments)))
