"""Packages that the page installs when they are first needed: from the site's own index, never from another host.

The page starts with no more of the standard library than it imports. The rest lies in one archive with micropip, for a
package that comes later may import any of it.
"""

from __future__ import annotations

import importlib
import zipfile

import js

ARCHIVE = "later"
INDEX = "simple"
"""Where the index lies, beside the page."""


async def install(*packages: str) -> None:
    """Install `packages`, and what they need, where they are not installed yet; they can be imported then.

    Raises:
        pyodide.ffi.JsException: The archive could not be loaded, or is of another version than the page.
        ValueError: A package is not on the site, or could not be fetched.
    """
    await js.podioBoot.loadArchive(ARCHIVE)
    _complete_packages(f"/home/pyodide/{ARCHIVE}.zip")
    # Not before: the archive holds it.
    import micropip

    await micropip.install(list(packages), index_urls=[js.URL.new(INDEX, js.document.baseURI).href])


def _complete_packages(archive: str) -> None:
    """Let packages of which the page started with a part find their other modules in `archive`."""
    with zipfile.ZipFile(archive) as content:
        modules = {name.removesuffix("c") for name in content.namelist()}
    folders = {name[:end] for name in modules for end, letter in enumerate(name) if letter == "/"}
    for folder in sorted(folders):
        if f"{folder.partition('/')[0]}/__init__.py" in modules or f"{folder}/__init__.py" in modules:
            continue
        package = importlib.import_module(folder.replace("/", "."))
        if (rest := f"{archive}/{folder}") not in package.__path__:
            package.__path__.append(rest)
