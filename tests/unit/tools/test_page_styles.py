"""Style sheets put into the one that imports them."""

from __future__ import annotations

import re

from tools.build_site import STYLE, WEB, page_files
from tools.page_styles import joined, parts

SOURCES = {
    "main.css": b'/* Why. */\n\n@import url("ground.css") layer(ground);\n@import url("in/top.css") layer(top);\n',
    "ground.css": b'@charset "UTF-8";/*! Free. */a{color:red}',
    "in/top.css": b'a {\n  /* Why * here. */\n\n  background: url("data:image/png,");\n}\n',
}


def test_each_sheet_comes_in_the_place_of_its_import_as_a_layer() -> None:
    assert parts("main.css", SOURCES) == ["ground.css", "in/top.css"]
    assert joined("main.css", SOURCES).decode() == (
        '\n@layer ground {\n/*! Free. */a{color:red}\n}\n@layer top {\na {\nbackground: url("data:image/png,");\n}\n}\n'
    )


def test_the_page_s_style_is_one_file_of_which_all_lies_in_layers() -> None:
    files = page_files()
    assert [name for name in files if name.endswith(".css")] == ["sample-consent.css", STYLE]
    text = re.sub(r"/\*.*?\*/", "", files[STYLE].decode(), flags=re.DOTALL)
    assert "@import" not in text
    depth, outside = 0, ""
    for piece in re.split(r"([{}])", text):
        depth += {"{": 1, "}": -1}.get(piece, 0)
        outside += piece if depth == 0 and piece not in "{}" else ""
    assert depth == 0
    layers = re.findall(r"@layer (\w+)", outside)
    assert re.sub(r"@layer \w+|\s", "", outside) == ""
    # Under reduced motion Pico takes delays away by important rules, of which the first layer's win.
    assert layers[:2] == ["waits", "pico"]
    sheets = {file.stem for file in (WEB / "style").glob("*.css")}
    assert sorted(layers) == sorted({*sheets, "pico"})
