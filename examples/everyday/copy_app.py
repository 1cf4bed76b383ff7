"""Copy an app with its items into another workspace: ``python copy_app.py APP WORKSPACE``."""

import sys

from signed_in import client

with client() as podio:
    app = podio.app(int(sys.argv[1]))
    config = {"name": f"Copy of {app}", "item_name": app.value.item_name, "description": app.value.description}
    fields = [
        {"type": field.type, "config": {"label": field.label, "required": field.required, "settings": field.settings}}
        for field in app.fields.values()
    ]
    created = podio.applications.create(body={"space_id": int(sys.argv[2]), "config": config, "fields": fields})
    copy = podio.app(created["app_id"])
    for item in app.where():
        texts = {
            field.label: item.text(name) for name, field in app.fields.items() if field.type in ("text", "category")
        }
        print("copied:", copy.create({label: text for label, text in texts.items() if text}, silent=True))
