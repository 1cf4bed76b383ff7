"""The pages' code as modules for type checkers: every section, what it takes for given, what it imported before."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from tools.documented_code import DocumentedCodeError, module, pages, sections, write

PAGE = """# A page

Words.

## First

```python
from datetime import date

today = date.today()
```

```sh
# not a heading
```

```python
await podio.items.get(item_id)
```

## Second

- In a list:

  ```python
  print(date.today(), podio)
  ```
"""


def page(directory: Path, text: str = PAGE) -> Path:
    path = directory / "page.md"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_section_is_the_body_of_a_function_that_takes_what_the_page_takes_for_given(tmp_path: Path) -> None:
    first, second = sections(page(tmp_path))
    assert (first.title, [line for line, _ in first.blocks]) == ("First", [8, 18])
    text = module(first)
    assert "async def section(item_id: int, podio: podio_library.Podio) -> None:\n    # line 8\n" in text
    assert "    await podio.items.get(item_id)\n" in text
    assert (second.title, second.blocks) == ("Second", ((26, "print(date.today(), podio)\n"),))


def test_what_a_page_imported_serves_its_later_sections(tmp_path: Path) -> None:
    first, second = sections(page(tmp_path))
    assert "\nfrom datetime import date\n" in module(second, [first])


def test_what_a_page_made_before_is_of_any_type(tmp_path: Path) -> None:
    text = "## First\n\n```python\nvalues = [1]\n```\n\n## Second\n\n```python\nprint(values)\n```\n"
    first, second = sections(page(tmp_path, text))
    assert "async def section(values: typing_library.Any) -> None:" in module(second, [first])


def test_a_name_that_nothing_explains_is_refused(tmp_path: Path) -> None:
    (section,) = sections(page(tmp_path, "## Calls\n\n```python\nawait podium.items.get(1)\n```\n"))
    with pytest.raises(DocumentedCodeError, match=r"page\.md, 'Calls': nothing says what podium is"):
        module(section)


def test_every_block_of_the_pages_is_in_a_module(tmp_path: Path) -> None:
    write(tmp_path / "code", pages())
    modules = [path.read_text(encoding="utf-8") for path in (tmp_path / "code").iterdir()]
    for text in modules:
        ast.parse(text)
    blocks = sum(path.read_text(encoding="utf-8").count("```python\n") for path in pages())
    assert sum(text.count("    # line ") for text in modules) == blocks > 20


def test_what_was_written_before_goes(tmp_path: Path) -> None:
    left_over = tmp_path / "code" / "old.py"
    left_over.parent.mkdir()
    left_over.write_text("", encoding="utf-8")
    write(left_over.parent, [page(tmp_path)])
    assert sorted(path.name for path in left_over.parent.iterdir()) == ["page_0.py", "page_1.py"]
