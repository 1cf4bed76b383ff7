"""Build the client library's reference from its docstrings: ``python -m tools.api_reference [OUT]``.

The browser's part imports what only a page has; stand-ins serve for reading its docstrings.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import sys
import types
import warnings
from pathlib import Path
from typing import Any

import pdoc.render

ROOT = Path(__file__).resolve().parent.parent


class _StandIn(types.ModuleType):
    """A module of the page's, of which only the names matter here."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (Exception,), {})


def public_modules(package: types.ModuleType) -> list[str]:
    """Return the names of the package's modules that are not private."""
    modules = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    return [package.__name__, *(module.name for module in modules if "._" not in module.name)]


def build(out: Path) -> list[str]:
    """Write the reference into `out` and return the modules it covers."""
    sys.path.insert(0, str(ROOT / "pyapp"))
    for name in ("js", "pyodide", "pyodide.ffi"):
        sys.modules.setdefault(name, _StandIn(name))
    modules = public_modules(importlib.import_module("podio"))
    # The methods that stand in their class once they are looked up (`podio._delegation`) are described with the others.
    inspect.getmembers(importlib.import_module("podio").Podio)
    # Of what is imported when it is first used, the object layer has no public module of its own.
    for name in ("podio", "podio.sync"):
        module = importlib.import_module(name)
        vars(module).update(
            {
                exported: getattr(module, exported)
                for exported in ("App", "Condition", "Item", "ItemQuery")
                if exported in module.__all__
            }
        )
    pdoc.render.configure(docformat="google", show_source=False, footer_text="podio-client")
    with warnings.catch_warnings():
        # Of the inherited keys of a TypedDict pdoc can't find the origin; it shows them all the same.
        warnings.filterwarnings("ignore", message="Cannot determine where", category=UserWarning)
        # What is imported at its first use is described where it is.
        warnings.filterwarnings(
            "ignore", message="Found '[A-Za-z]+(Store|Source|Budget)' in podio.__all__", category=UserWarning
        )
        # A package without __all__ brings its modules itself.
        warnings.filterwarnings("ignore", message="The module specification", category=UserWarning)
        # An inherited field's type is looked up in the module of the class that inherits it.
        warnings.filterwarnings(
            "ignore", message="Error parsing type annotation Any for podio.model", category=UserWarning
        )
        pdoc.pdoc(*modules, output_directory=out)
    return modules


def main() -> None:
    """Run from the command line."""
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "reference"
    modules = build(out)
    print(f"{len(modules)} modules, begin at {out / 'podio.html'}")


if __name__ == "__main__":
    main()
