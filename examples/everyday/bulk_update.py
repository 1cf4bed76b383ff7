"""Move all items of an app from one option of a category to another: ``python bulk_update.py APP FIELD FROM TO``."""

import sys

from signed_in import client

from podio import Conflict

app_id, field, before, after = sys.argv[1:]
with client() as podio:
    app = podio.app(int(app_id))
    items = app.where(app[field] == before).all()
    for number, item in enumerate(items, 1):
        item[field] = after
        try:
            item.save(silent=True)
        except Conflict:
            print(f"{item} was changed by somebody meanwhile: left as it is")
        print(f"{number} of {len(items)}: {item}")
