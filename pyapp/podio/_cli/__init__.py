"""The command line ``python -m podio``: sign in, list apps, export items, make single calls.

No secret comes from the command line or goes to a terminal: both are seen by others. Nothing here is part of a page.
"""
