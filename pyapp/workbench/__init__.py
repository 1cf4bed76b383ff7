"""The workbench: a Podio client that runs in the browser.

All modules but those in ``workbench.browser`` are pure: they perform no I/O, hold no JavaScript object and import on
CPython and in Pyodide alike. Clock and randomness come in with the events.
"""
