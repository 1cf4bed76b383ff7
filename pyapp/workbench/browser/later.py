"""Packages that the page installs when they are first needed: from the site's own index, never from another host.

The page starts with no more of the standard library than it imports. The rest lies in one archive with micropip, for a
package that comes later may import any of it.
"""

from __future__ import annotations

import js

from workbench.browser import archives

ARCHIVE = "later"
INDEX = "simple"
"""Where the index lies, beside the page."""


async def install(*packages: str) -> None:
    """Install `packages`, and what they need, where they are not installed yet; they can be imported then.

    Raises:
        pyodide.ffi.JsException: The archive could not be loaded, or is of another version than the page.
        ValueError: A package is not on the site, or could not be fetched.
    """
    await archives.load(ARCHIVE)
    # Not before: the archive holds it.
    import micropip

    await micropip.install(list(packages), index_urls=[js.URL.new(INDEX, js.document.baseURI).href])
