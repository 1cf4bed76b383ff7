"""Write all items of an app into a CSV file: ``python export.py APP FILE``."""

import csv
import sys
from pathlib import Path

from signed_in import client

with client() as podio, Path(sys.argv[2]).open("w", newline="", encoding="utf-8") as file:
    app = podio.app(int(sys.argv[1]))
    rows = csv.DictWriter(file, app.columns)
    rows.writeheader()
    rows.writerows(app.where().rows())
