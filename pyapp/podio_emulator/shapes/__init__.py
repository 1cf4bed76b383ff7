"""The JSON in which Podio writes its objects.

Sources: captured responses of Podio and the pages of its documentation for each object. Names are written as they are
kept: Podio hands out HTML entities in them.
"""

from __future__ import annotations

from podio_emulator.shapes.items import Shapes
from podio_emulator.shapes.places import app_config

__all__ = ["Shapes", "app_config"]
