"""A comment's text as the HTML that Podio makes of it.

Everything is escaped; web addresses become links, ``@[Name](user:1)`` a link to the user, line ends ``<br />``.
"""

from __future__ import annotations

import re
from html import escape

_MENTION_OR_LINK = re.compile(
    r"@\[(?P<name>[^\[\]\n]++)\]\(user:(?P<id>\d+)\)|(?P<url>https?://[^\s<>\"']+[^\s<>\"'.,;:!?)])"
)


def rich_value(value: str) -> str:
    """Return the HTML of a comment."""
    parts = []
    end = 0
    for match in _MENTION_OR_LINK.finditer(value):
        parts.append(escape(value[end : match.start()]))
        if match["url"]:
            url = escape(match["url"])
            parts.append(f'<a href="{url}" target="_blank" rel="nofollow">{url}</a>')
        else:
            parts.append(f'<a href="https://podio.com/users/{match["id"]}">{escape(match["name"])}</a>')
        end = match.end()
    parts.append(escape(value[end:]))
    return "".join(parts).replace("\r\n", "\n").replace("\n", "<br />\n")
