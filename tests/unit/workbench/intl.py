"""Locales as browsers have them: what ``Intl`` of Node 20 answers to the calls of ``web/tabs.js``."""

from __future__ import annotations

import json
from pathlib import Path

from workbench.locales import Locale, read_locale

LOCALES: dict[str, Locale] = {
    tag: read_locale(json.dumps(parts))
    for tag, parts in json.loads(Path(__file__).with_name("intl.json").read_text(encoding="utf-8")).items()
}
