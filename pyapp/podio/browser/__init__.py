"""The library's edge to the browser: storage, calls by fetch, the sign-in window.

The only part of the library that imports `js` and `pyodide`; everything that decides is in the pure modules.
"""

from podio.browser.fetch import FetchTransport
from podio.browser.files import BrowserFile
from podio.browser.hand_over import HandOver, SessionOffer
from podio.browser.storage import SessionStorageStore
from podio.browser.window import PopupSignIn

__all__ = ["BrowserFile", "FetchTransport", "HandOver", "PopupSignIn", "SessionOffer", "SessionStorageStore"]
