"""Draw the page's icons: one SVG and, from the same shapes, the PNG sizes that browsers ask for.

The drawing is full-bleed with all of its shapes in the middle, so that any mask leaves it whole. Run it when it
changes (``python -m tools.icons``); what it draws is committed.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from pathlib import Path

ICONS = Path(__file__).resolve().parent.parent / "web" / "icons"
SIZES = (180, 192, 512)
GROUND = "#0172ad"
"""The page's one blue: Pico's primary colour."""
SAMPLES = 4
"""Samples for each pixel and direction."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Bar:
    """A bar with round ends, in a square of 64 by 64."""

    x: float
    y: float
    width: float
    height: float
    colour: str

    def covers(self, x: float, y: float) -> bool:
        """Return whether the point lies on the bar."""
        radius = self.height / 2
        nearest = min(max(x, self.x + radius), self.x + self.width - radius)
        return (x - nearest) ** 2 + (y - self.y - radius) ** 2 <= radius**2


BARS = (
    Bar(x=16, y=18, width=32, height=7, colour="#ffffff"),
    Bar(x=16, y=29, width=22, height=7, colour="#a9d2f5"),
    Bar(x=16, y=40, width=27, height=7, colour="#a9d2f5"),
    Bar(x=43, y=29, width=7, height=7, colour="#ffd166"),
)


def svg() -> str:
    """Return the drawing as SVG."""
    bars = "".join(
        f'<rect x="{bar.x:g}" y="{bar.y:g}" width="{bar.width:g}" height="{bar.height:g}"'
        f' rx="{bar.height / 2:g}" fill="{bar.colour}"/>'
        for bar in BARS
    )
    ground = f'<rect width="64" height="64" rx="14" fill="{GROUND}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">{ground}{bars}</svg>\n'


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _pixel(column: int, row: int, size: int) -> bytes:
    total = [0, 0, 0]
    for step in range(SAMPLES * SAMPLES):
        x = (column + (step % SAMPLES + 0.5) / SAMPLES) * 64 / size
        y = (row + (step // SAMPLES + 0.5) / SAMPLES) * 64 / size
        colour = next((bar.colour for bar in BARS if bar.covers(x, y)), GROUND)
        for channel, value in enumerate(_rgb(colour)):
            total[channel] += value
    return bytes(round(value / SAMPLES**2) for value in total)


def png(size: int) -> bytes:
    """Return the drawing as a PNG of `size` by `size` pixels (W3C PNG, section 5)."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    rows = b"".join(b"\0" + b"".join(_pixel(column, row, size) for column in range(size)) for row in range(size))
    header = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


def main() -> None:
    """Draw all icons."""
    ICONS.mkdir(exist_ok=True)
    (ICONS / "icon.svg").write_text(svg(), encoding="utf-8")
    for size in SIZES:
        (ICONS / f"icon-{size}.png").write_bytes(png(size))


if __name__ == "__main__":
    main()
