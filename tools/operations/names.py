"""How an operation's documented title becomes a method's name.

The rule, in order:

1. Lower case; what stands in brackets goes, except a version ("(v2)").
2. Articles go, and so do "list of" and a closing "by id".
3. The area's own noun goes where it is the object of the verb: in the first phrase, before any preposition ("Filter
   items by view" -> `filter_by_view`; "Get references to item by field" keeps its item). It stays when it says what
   another object has ("Create space contact" creates no space: `create_space_contact`), and where it is the verb.
4. A closing "on …", "of …", "for …", "to …" or "in …" of the area's noun goes with it ("Get spaces on organization").
5. One verb for each thing, whatever the title says: `create` makes an object of the area and `delete` ends it ("Add new
   item", "Add comment", "Remove rating"); `add` and `remove` put something that is there into something and take it out
   ("Create tags", "End space memberships"); a number of things is `get_count`.
6. If only `get` is left of a plural, it is `get_all` ("Get items", beside "Get item").
7. A version in the title is the suffix `_v2`; so is one in the path, where the title alone would name two operations.

What the rule can't name (one title for two paths, a slip in the documentation) has its name and the reason in the
table.
"""

from __future__ import annotations

import re

NOUNS = {
    "app_market": ("share",),
    "applications": ("app", "application"),
    "batch": ("batch",),
    "oauth_authorization": (),
    "organizations": ("organization", "org"),
    "space_members": ("space membership", "space member", "membership", "member"),
    "status": ("status message",),
    "stream": ("stream",),
}
"""The nouns of the areas whose name isn't simply their plural."""

CONTAINERS = {"space_members": ("space",)}
"""What an area's objects lie in by definition, so that a closing "on space" says nothing more."""

PUT_INTO = frozenset({"space_members", "tags"})
"""The areas whose objects are there before: they are added to something and removed from it."""

CREATING, DELETING = frozenset({"add", "create"}), frozenset({"delete", "end", "remove"})

PREPOSITIONS = frozenset({"as", "and", "by", "for", "from", "in", "of", "on", "to", "with"})
CLOSING_PREPOSITIONS = frozenset({"for", "in", "of", "on", "to"})
OWNERS = frozenset(
    {"account", "admin", "app", "application", "field", "item", "org", "organization", "space", "task", "user"}
)
"""Words before the area's noun that make it another object's: "space contact", "user apps"."""


def method_name(area: str, title: str) -> str:
    """Return what the rule makes of a title."""
    words = _words(title)
    version = words.pop() if len(words) > 1 and re.fullmatch(r"v\d+", words[-1]) else None
    nouns = _nouns(area)
    plural = False
    span = _object(words, nouns)
    _even_verb(words, span, area)
    if span:
        start, length = span
        plural = " ".join(words[start : start + length]) in nouns["plural"]
        del words[start : start + length]
    _drop_closing(words, nouns["all"] | set(CONTAINERS.get(area, ())))
    if words == ["get"] and plural:
        words.append("all")
    return "_".join([*words, *([version] if version else [])])


def version_in(path: str) -> str | None:
    """Return ``v2`` for a path that ends so."""
    version = re.search(r"/(v\d+)/?$", path)
    return version[1] if version else None


def _words(title: str) -> list[str]:
    text = re.sub(r"\((?!v\d)[^)]*\)", "", title.lower())
    text = re.sub(r"\((v\d+)[^)]*\)", r"\1", text)
    words = [word for word in re.findall(r"[a-z0-9]+", text) if word not in ("a", "an", "the")]
    text = " ".join(words).replace("add new ", "create ").replace("list of ", "").removesuffix(" by id")
    return re.sub(r"^count\b", "get count", text).split()


def _nouns(area: str) -> dict[str, set[str]]:
    singular = NOUNS.get(area, (area.removesuffix("s"),))
    plural = {noun + ("es" if noun.endswith("ch") else "s") for noun in singular}
    return {"plural": plural, "all": plural | set(singular)}


def _object(words: list[str], nouns: dict[str, set[str]]) -> tuple[int, int] | None:
    """Find the area's noun as the verb's object: where it begins, and its number of words."""
    for start in range(1, len(words)):
        if words[start] in PREPOSITIONS:
            return None
        for length in (2, 1):
            if " ".join(words[start : start + length]) in nouns["all"]:
                return None if words[start - 1] in OWNERS else (start, length)
    return None


def _even_verb(words: list[str], span: tuple[int, int] | None, area: str) -> None:
    """Put the verb that all areas use for it in place of the title's, where the area's noun alone is its object."""
    if span and (sum(span) >= len(words) or words[sum(span)] in PREPOSITIONS):
        if words[0] in CREATING:
            words[0] = "add" if area in PUT_INTO else "create"
        elif words[0] in DELETING:
            words[0] = "remove" if area in PUT_INTO else "delete"


def _drop_closing(words: list[str], nouns: set[str]) -> None:
    if len(words) > len(["verb", "on", "noun"]) - 1 and words[-1] in nouns and words[-2] in CLOSING_PREPOSITIONS:
        del words[-2:]
