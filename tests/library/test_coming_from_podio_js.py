"""docs/from-podio-js.md: a session that podio-js has stored is taken over."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

import podio
from podio_emulator import ids
from tests.library.conftest import World
from tests.library.test_flows import SIGN_IN, item

GUIDE = (Path(__file__).resolve().parents[2] / "docs" / "from-podio-js.md").read_text(encoding="utf-8")


async def test_a_stored_session_of_podio_js_is_taken_over(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    earlier = world.podio("server")
    await SIGN_IN["server"](world, earlier)
    assert earlier.session is not None
    token = earlier.session.token
    session_file = tmp_path / "session.json"
    session_file.write_text(
        json.dumps({"accessToken": token.access_token, "refreshToken": token.refresh_token, "expiresIn": 28800})
    )
    await earlier.aclose()
    monkeypatch.setattr(podio, "Podio", lambda **options: world.podio(options.pop("auth_type"), **options))
    names: dict[str, Any] = {}
    exec(re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)[0], names)
    for _ in range(2):  # the second time it is there already
        client = await names["take_over"](session_file, "server", "server-secret")
        assert (await item(client))["item_id"] == ids.CLIENT_ITEM_ID
        await client.aclose()
    assert (await world.requests()).count("POST /oauth/token") == 2
