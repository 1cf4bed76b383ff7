"""Modules of JavaScript put into the one that imports them."""

from __future__ import annotations

import re
from collections import Counter

from tools.build_site import RUNTIME, page_files
from tools.page_scripts import joined, parts

SOURCES = {
    "main.mjs": b'import { a } from "./in/a.mjs";\nimport { b } from "./in/b.mjs";\nexport const main = () => a + b;\n',
    "in/a.mjs": b'import { c, d } from "./c.mjs";\nexport const a = c + d;\n',
    "in/b.mjs": b'import { c } from "./c.mjs";\nexport async function b() { return c; }\nexport class Other {}\n',
    "in/c.mjs": b"export const c = 1;\nexport let d = 2;\nconst text = 'export const e';\n",
    "other.mjs": b"export const other = 1;\n",
}


def test_each_module_comes_once_and_after_those_that_it_imports() -> None:
    assert parts("main.mjs", SOURCES) == ["in/c.mjs", "in/a.mjs", "in/b.mjs"]
    assert parts("other.mjs", SOURCES) == []


def test_only_what_the_module_itself_exports_stays_exported() -> None:
    text = joined("main.mjs", SOURCES).decode()
    assert "import" not in text
    assert re.findall(r"^export .*", text, re.MULTILINE) == ["export const main = () => a + b;"]
    assert "const text = 'export const e';" in text
    assert joined("other.mjs", SOURCES) == SOURCES["other.mjs"]


def test_the_page_s_start_is_one_file_whose_names_are_distinguished() -> None:
    files = page_files()
    assert [name for name in files if name.startswith("runtime/")] == []
    text = files[RUNTIME].decode()
    assert not re.search(r"^import \{", text, re.MULTILINE)
    names = Counter(re.findall(r"^(?:export )?(?:async )?(?:const|let|function|class) (\w+)", text, re.MULTILINE))
    assert [name for name, times in names.items() if times > 1] == []
    assert set(re.findall(r"^export (?:async )?(?:const|function) (\w+)", text, re.MULTILINE)) == {
        "loadPyodide",
        "startApp",
        "version",
    }
