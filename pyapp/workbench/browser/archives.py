"""Archives of Python modules that the page loads when they are first needed, beside what it starts with."""

from __future__ import annotations

import importlib
import zipfile

import js


async def load(name: str) -> None:
    """Load an archive of the site; what it holds can be imported then.

    Raises:
        pyodide.ffi.JsException: It could not be loaded, or is of another version than the page.
    """
    await js.podioBoot.loadArchive(name)
    _complete_packages(f"/home/pyodide/{name}.zip")


def _complete_packages(archive: str) -> None:
    """Let packages of which the page started with a part find their other modules in `archive`."""
    with zipfile.ZipFile(archive) as content:
        modules = {name.removesuffix("c") for name in content.namelist()}
    folders = {name[:end] for name in modules for end, letter in enumerate(name) if letter == "/"}
    for folder in sorted(folders):
        if f"{folder.partition('/')[0]}/__init__.py" in modules or f"{folder}/__init__.py" in modules:
            continue
        package = importlib.import_module(folder.replace("/", "."))
        if (path := f"{archive}/{folder}") not in package.__path__:
            package.__path__.append(path)
