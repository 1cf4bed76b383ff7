"""The sample data: Lysholm Lighting of Aarhus, who design lamps, and Kumo Trading of Kyoto, who sell them.

The same every time: no clock is read, and what is drawn by lot comes from a seed.
"""

from __future__ import annotations

from podio_emulator.sample.apps import APPS
from podio_emulator.sample.contents import COMMENTS, EMBEDS, FILES
from podio_emulator.sample.items import add_items
from podio_emulator.sample.measurements import Measurements
from podio_emulator.sample.places import ORGANIZATIONS, PROFILES, SPACES
from podio_emulator.store import Store


def sample_store(seed: int) -> Store:
    """Make a store with the sample data; ``seed`` decides on what the 10,000 measurements say."""
    store = store_without_apps(seed)
    store.apps.update({app.app_id: app for app in APPS})
    store.files.update({file.file_id: file for file in FILES})
    store.embeds.update({embed.embed_id: embed for embed in EMBEDS})
    add_items(store)
    for comment in COMMENTS:
        store.put_comment(comment)
    store.add_lazy_items(Measurements(seed=seed))
    return store


def store_without_apps(seed: int) -> Store:
    """Make a store with the sample's users, organizations and workspaces, which are empty."""
    store = Store()
    store.profiles.update({profile.profile_id: profile for profile in PROFILES})
    store.organizations.update({org.org_id: org for org in ORGANIZATIONS})
    store.spaces.update({space.space_id: space for space in SPACES})
    store.files.update({file.file_id: file for file in FILES if file.public})
    return store
