"""docs/errors.md: it has all errors in their order, and its example does what it says."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path

import pytest

import podio
from podio import Podio, PodioError
from podio.fields import FieldValueError
from podio_emulator import ids
from podio_emulator.server import PodioServer

GUIDE = (Path(__file__).resolve().parents[2] / "docs" / "errors.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| ((?:&nbsp;)*)`(\w+)` \|", GUIDE.partition("## What an error carries")[0], re.MULTILINE)
EXAMPLE = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)[0]


def test_the_table_has_all_errors_that_the_library_shows() -> None:
    error_names = {name for name in podio.__all__ if isinstance(getattr(podio, name), type)}
    errors = {name for name in error_names if issubclass(getattr(podio, name), PodioError)}
    assert {name for _, name in ROWS} == errors | {FieldValueError.__name__}


def test_an_error_is_indented_below_the_one_whose_special_case_it_is() -> None:
    above: list[type] = []
    for indent, name in ROWS[1:]:
        depth = indent.count("&nbsp;") // 2
        error = FieldValueError if name == "FieldValueError" else getattr(podio, name)
        above[depth:] = [error]
        assert issubclass(error, above[depth - 1] if depth else PodioError)
        assert depth or PodioError in error.__bases__


async def try_example(server: PodioServer, item_id: int) -> None:
    async with Podio("password", **server.in_process()) as client:
        await client.authenticate_with_credentials(server.username, server.password)
        code = compile(EXAMPLE, "docs/errors.md", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        result = eval(code, {"podio": client, "item_id": item_id})
        if inspect.isawaitable(result):
            await result


@pytest.mark.parametrize(
    ("fault", "text"),
    [
        ({"status": 404}, ""),
        ({"status": 420}, "Wait 300 seconds.\n"),
        ({"drop": True}, "The connection to Podio broke off"),
        ({"status": 503}, "Podio has a problem of its own"),
        ({"status": 403}, "You have no right"),
    ],
)
async def test_the_example_says_what_happened(
    podio_server: PodioServer, capsys: pytest.CaptureFixture[str], fault: dict[str, object], text: str
) -> None:
    podio_server.faults([{"path": "/item/", **fault}])
    await try_example(podio_server, ids.CLIENT_ITEM_ID)
    output = capsys.readouterr().out
    assert output.startswith(text)
    assert bool(output) == bool(text)
