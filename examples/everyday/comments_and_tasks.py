"""Comment on each item of an app that lies still, and make a task of it: ``python comments_and_tasks.py APP DAYS``."""

import sys
from datetime import UTC, date, datetime, timedelta

from signed_in import client

with client() as podio:
    app, days = podio.app(int(sys.argv[1])), int(sys.argv[2])
    still = app.item_property("last_edit_on") <= datetime.now(UTC) - timedelta(days=days)
    for item in app.where(still):
        if any(task.status == "active" for task in item.tasks()):
            continue
        item.comment(f"Nothing has happened here for {days} days.")
        task = item.create_task(f"Look after {item}", due=date.today() + timedelta(days=7))
        print(f"{item}: {task}, due {task.due_date}, {sum(1 for _ in item.comments())} comments")
    print(sum(1 for _ in app.tasks()), "tasks are open")
