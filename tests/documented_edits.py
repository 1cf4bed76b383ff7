"""The edits that docs/architecture.md names for a new screen and a new type of field, done to a copy of the tree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_DOCUMENT = Path(__file__).resolve().parents[1] / "docs/architecture.md"
_SECTIONS = ("### How a type of field is added", "### Adding a screen")
_EDIT = re.compile(r"`(pyapp/[^`]+\.py)`:\n\n```(python|diff)\n(.*?)```", re.DOTALL)


@dataclass(frozen=True, kw_only=True, slots=True)
class Edit:
    """A file that the document gives whole, or as a diff of an existing one."""

    path: str
    content: str
    is_diff: bool


def documented_edits() -> Iterator[Edit]:
    """Yield the document's edits in their order."""
    text = _DOCUMENT.read_text(encoding="utf-8")
    for heading in _SECTIONS:
        section = re.split(r"^#{2,3} ", text.partition(f"{heading}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]
        for path, kind, content in _EDIT.findall(section):
            yield Edit(path=path, content=content, is_diff=kind == "diff")


def apply_documented_edits(tree: Path) -> list[str]:
    """Edit a copy of the tree as the document says; return the paths of the files that were added or changed."""
    paths = []
    for edit in documented_edits():
        file = tree / edit.path
        if edit.is_diff:
            content = file.read_text(encoding="utf-8")
            for hunk in edit.content.split("@@\n"):
                before, after = _side(hunk, " -"), _side(hunk, " +")
                assert content.count(before) == 1, f"the document's diff of {edit.path} doesn't fit:\n{hunk}"
                content = content.replace(before, after)
        else:
            assert not file.exists(), f"the document adds {edit.path}, which is there"
            content = edit.content
        file.write_text(content, encoding="utf-8")
        paths.append(edit.path)
    return paths


def _side(hunk: str, signs: str) -> str:
    return "".join(line[1:] for line in hunk.splitlines(keepends=True) if line[0] in signs)
