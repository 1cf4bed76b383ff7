"""The page's icons: what is drawn, and that the committed files are what is drawn."""

from __future__ import annotations

import json
import re
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from tools import icons
from tools.build_site import PICO

from workbench.views import parts

GROUND = (0x01, 0x72, 0xAD)
WHITE = (0xFF, 0xFF, 0xFF)
MANIFEST = Path(icons.ICONS).parent / "workbench.webmanifest"


def chunks(image: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield kind and content of a PNG's chunks, their check sums checked."""
    assert image.startswith(b"\x89PNG\r\n\x1a\n")
    place = 8
    while place < len(image):
        (length,) = struct.unpack_from(">I", image, place)
        kind, content = image[place + 4 : place + 8], image[place + 8 : place + 8 + length]
        assert struct.unpack_from(">I", image, place + 8 + length) == (zlib.crc32(kind + content),)
        yield kind, content
        place += 12 + length


def pixels(image: bytes) -> list[list[tuple[int, ...]]]:
    """Return the rows of a PNG of three bytes a pixel whose rows are not filtered."""
    parts = dict(chunks(image))
    width, height, *form = struct.unpack(">IIBBBBB", parts[b"IHDR"])
    assert form == [8, 2, 0, 0, 0]
    data = zlib.decompress(parts[b"IDAT"])
    step = 1 + 3 * width
    assert len(data) == step * height
    rows = [data[start : start + step] for start in range(0, len(data), step)]
    assert {row[0] for row in rows} == {0}
    return [[tuple(row[at : at + 3]) for at in range(1, step, 3)] for row in rows]


def test_a_png_shows_the_bars_on_the_ground() -> None:
    rows = pixels(icons.png(64))
    assert (len(rows), len(rows[0])) == (64, 64)
    assert rows[0][0] == rows[63][63] == rows[27][32] == GROUND, "the ground reaches every edge"
    assert rows[21][32] == WHITE
    assert rows[43][20] == (0xA9, 0xD2, 0xF5)
    assert rows[32][46] == (0xFF, 0xD1, 0x66)


def test_round_ends_are_smooth() -> None:
    corner = pixels(icons.png(64))[18][17]
    assert corner not in (GROUND, WHITE)
    assert all(low <= channel <= high for low, channel, high in zip(GROUND, corner, WHITE, strict=True))


def test_no_mask_cuts_a_bar() -> None:
    # What every mask leaves: a circle of 80 % of the width (W3C Web Application Manifest, "Icon masks and safe zone").
    corners = [(x, y) for bar in icons.BARS for x in (bar.x, bar.x + bar.width) for y in (bar.y, bar.y + bar.height)]
    assert max(((x - 32) ** 2 + (y - 32) ** 2) ** 0.5 for x, y in corners) <= 0.4 * 64


def test_the_svg_has_the_same_bars() -> None:
    drawing = ElementTree.fromstring(icons.svg())
    ground, *bars = drawing
    assert (drawing.get("viewBox"), ground.get("fill")) == ("0 0 64 64", icons.GROUND)
    bar_sizes = [[float(bar.get(name, "")) for name in ("x", "y", "width", "height")] for bar in bars]
    assert bar_sizes == [[bar.x, bar.y, bar.width, bar.height] for bar in icons.BARS]
    assert [bar.get("fill") for bar in bars] == [bar.colour for bar in icons.BARS]


def test_the_committed_icons_are_what_is_drawn() -> None:
    assert (icons.ICONS / "icon.svg").read_text(encoding="utf-8") == icons.svg()
    # The smallest; the others take long to draw, and are made in the same run.
    smallest = min(icons.SIZES)
    assert (icons.ICONS / f"icon-{smallest}.png").read_bytes() == icons.png(smallest)


@pytest.mark.parametrize("size", icons.SIZES)
def test_a_committed_icon_has_the_size_of_its_name_and_the_same_drawing(size: int) -> None:
    rows = pixels((icons.ICONS / f"icon-{size}.png").read_bytes())
    assert (len(rows), len(rows[0])) == (size, size)
    at = [(0, 0), (32, 21.5), (20, 43.5), (46.5, 32.5)]
    colors = [rows[int(y * size / 64)][int(x * size / 64)] for x, y in at]
    assert colors == [GROUND, WHITE, (0xA9, 0xD2, 0xF5), (0xFF, 0xD1, 0x66)]


def test_the_web_app_manifest_names_icons_that_are_there_and_as_large_as_it_says() -> None:
    icons = json.loads(re.sub(r"\{\{\w+\}\}", "", MANIFEST.read_text(encoding="utf-8")))["icons"]
    assert {"192x192", "512x512"} <= {icon["sizes"] for icon in icons}
    for icon in icons:
        content = (MANIFEST.parent / icon["src"]).read_bytes()
        if icon["type"] == "image/png":
            width, height = struct.unpack(">II", dict(chunks(content))[b"IHDR"][:8])
            assert icon["sizes"] == f"{width}x{height}"


def test_one_blue_is_the_mark_s_the_icons_and_the_browser_s_frame() -> None:
    index = (MANIFEST.parent / "index.html").read_text(encoding="utf-8")
    assert re.findall(r'<meta name="theme-color" content="([^"]+)">', index) == [icons.GROUND]
    assert json.loads(re.sub(r"\{\{\w+\}\}", "", MANIFEST.read_text(encoding="utf-8")))["theme_color"] == icons.GROUND
    mark = ElementTree.fromstring(str(parts.mark()))
    assert [(float(rect.get("x", "")), rect.get("fill")) for rect in mark] == [
        (0, icons.GROUND),
        *((bar.x, bar.colour) for bar in icons.BARS),
    ]
    assert f"--pico-primary-background:{icons.GROUND};" in PICO.read_text(encoding="utf-8")
