"""What the screens are made of: HTML from the page's state, by htpy, which escapes all text.

Rules that the loop relies on: every element that must persist has a stable ``id``; a form has its key in
``data-form``; what a click means is written by ``core.clicks``; a control carries ``data-fill``, and its text is
written again only when that differs; a colour lies in ``data-color``, since the page's policy forbids
``style=``.
"""
