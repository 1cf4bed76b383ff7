"""docs/security.md says which test shows what: each of them must exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs/security.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`(test_[a-z_]+\.py::test_\w+)`", TEXT))))
def test_every_test_that_the_document_names_exists(name: str) -> None:
    file, function = name.split("::")
    paths = [path for path in (ROOT / "tests").rglob(file) if f"def {function}(" in path.read_text(encoding="utf-8")]
    assert len(paths) == 1


def test_the_document_speaks_of_all_threats_in_order() -> None:
    assert [int(number) for number in re.findall(r"^\| (\d+) \|", TEXT, re.MULTILINE)] == list(range(1, 27))
