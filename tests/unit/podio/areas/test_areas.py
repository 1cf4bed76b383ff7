"""The areas as attributes of a client: all there, each with its methods, none imported before it is used."""

from __future__ import annotations

import builtins
import importlib
import inspect
import keyword
import os
import subprocess
import sys
from collections import Counter

import pytest

from podio import Podio
from podio.areas import Areas
from tests.unit.podio.areas.documented import Recorder, name_of, rows, typed

ROWS = rows()
AREAS = sorted({row["area"] for row in ROWS})


def test_no_two_operations_have_one_name() -> None:
    assert [name for name, count in Counter(map(name_of, ROWS)).items() if count > 1] == []


def test_the_areas_are_the_tables() -> None:
    assert sorted(name for name in vars(Areas) if not name.startswith("_")) == AREAS


def test_no_area_hides_what_a_client_has() -> None:
    of_the_client = {name for base in Podio.__mro__ if base is not Areas for name in vars(base)}
    assert of_the_client & set(AREAS) == set()


@pytest.mark.parametrize("area", AREAS)
def test_an_area_has_a_method_for_each_row_and_no_other(area: str) -> None:
    methods = [name for name in dir(getattr(Recorder(), area)) if not name.startswith("_")]
    assert methods == sorted(row["method"] for row in ROWS if row["area"] == area)


@pytest.mark.parametrize("area", AREAS)
def test_an_areas_attribute_is_typed_as_what_it_is(area: str) -> None:
    attribute = vars(Areas)[area]
    assert attribute.fget.__annotations__["return"] == type(getattr(Recorder(), area)).__name__


def test_names_are_no_keywords_and_parameters_hide_no_builtins() -> None:
    names = {name for row in ROWS for name in (row["area"], row["method"])}
    parameters = {name for row in ROWS for name in (*typed(row["arguments"]), *typed(row["query"]))}
    assert [name for name in names | parameters if keyword.iskeyword(name) or not name.isidentifier()] == []
    assert parameters & set(dir(builtins)) == set()


@pytest.mark.parametrize("area", AREAS)
def test_a_method_named_like_a_builtin_hides_none_that_its_class_uses(area: str) -> None:
    """In a class body a method named `filter` stands for the builtin in default values and decorators."""
    module = importlib.import_module(f"podio.areas.{area}")
    area_class = type(getattr(Recorder(), area))
    shadowing = {row["method"] for row in ROWS if row["area"] == area} & set(dir(builtins))
    annotations = {
        word
        for method in vars(area_class).values()
        if inspect.isfunction(method)
        for text in method.__annotations__.values()
        for word in str(text).replace("[", " ").replace("]", " ").replace("|", " ").split()
    }
    assert shadowing & (annotations | set(vars(module))) == set()


def test_an_area_is_made_once() -> None:
    client = Recorder()
    assert client.items is client.items
    assert Recorder().items is not client.items


def test_importing_the_library_imports_no_area_before_its_first_use() -> None:
    program = """
import sys
import podio
from podio.areas import Areas
def loaded():
    return sorted(name for name in sys.modules if name.startswith(("podio.areas.", "podio.json_types")))
before = loaded()
Areas().items
print(before, loaded())
"""
    if sys.platform == "emscripten":
        pytest.skip("a page starts no other process")
    paths = os.pathsep.join(path for path in sys.path if path)
    process = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.returncode == 0, process.stderr
    assert process.stdout.strip() == "['podio.areas.calls'] ['podio.areas.calls', 'podio.areas.items']"
