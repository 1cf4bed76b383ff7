"""Print what happens to an item, as it happens, until Ctrl-C: ``python listen.py APP ITEM``."""

import sys

from signed_in import client

from podio import PushUnavailable

with client() as podio:
    item = podio.app(int(sys.argv[1])).get(int(sys.argv[2]))
    try:
        with item.events(on_state=print) as events:
            for event in events:
                print(event.event, event.ref)
                item.reload()
                print(f"now: {item}, revision {item.revision}")
    except PushUnavailable as error:
        print(error)
