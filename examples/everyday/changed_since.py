"""Keep a JSON file up to date with what changed in an app since the last run: ``python changed_since.py APP FILE``."""

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from signed_in import client

file = Path(sys.argv[2])
kept: Any = json.loads(file.read_text()) if file.exists() else {"since": "2000-01-01T00:00:00+00:00", "items": {}}
with client() as podio:
    app = podio.app(int(sys.argv[1]))
    changed = app.item_property("last_edit_on") >= datetime.fromisoformat(kept["since"])
    for item in app.where(changed, sort_by="last_edit_on"):
        kept["items"][str(item.item_id)] = item.row()
        kept["since"] = str(item.last_edit_on)
        print("changed:", item)
file.write_text(json.dumps(kept))
