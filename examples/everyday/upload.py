"""Attach a file to an item, showing how far it is: ``python upload.py APP ITEM FILE``."""

import sys

from signed_in import client


def show(sent: int, total: int | None) -> None:
    """Print how much has been sent."""
    print(f"{sent} of {total} bytes")


with client() as podio:
    item = podio.app(int(sys.argv[1])).get(int(sys.argv[2]))
    file = item.attach(sys.argv[3], progress=show)
    print(f"{file} is attached to {item}: {file.link}")
