"""Find items by each kind of field that Podio filters by: ``python filter_by_every_type.py MEASUREMENTS-APP``."""

import sys
from datetime import date, timedelta

from signed_in import client

with client() as podio:
    app = podio.app(int(sys.argv[1]))
    for condition in (
        app["verdict"].in_(["Passed", "Passed with remarks"]),  # a category, by its options' texts
        app["lamp"] == 33001,  # a relationship, by an item or its id
        app["by"].is_empty(),  # a contact
        app["measured-on"].between("-1m", "+0d") & (app["flux"] >= 900),  # a date, relative to today; a number
        app["measured-on"].between(date(2026, 1, 1), date(2026, 1, 31)),
        (app["cost"] <= 10) & (app["complete"] == 100),  # money, by its amount; progress
        app["burned"] >= timedelta(hours=50),  # a duration
    ):
        print(app.where(condition).count())
