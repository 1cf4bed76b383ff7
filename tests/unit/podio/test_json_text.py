"""JSON from outside."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from podio.json_text import MAX_NESTING, parse_json

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(JSON)
def test_what_json_can_say_comes_back(value: object) -> None:
    assert parse_json(json.dumps(value)) == value
    assert parse_json(json.dumps(value, ensure_ascii=False).encode()) == value


@pytest.mark.parametrize("depth", [MAX_NESTING + 100, 5_000, 200_000])
@pytest.mark.parametrize("bracket", ["[", '{"a":', "[{", "[[]"])
def test_text_that_nests_too_deeply_is_refused_before_it_is_parsed(bracket: str, depth: int) -> None:
    with pytest.raises(ValueError):
        parse_json(bracket * depth)


def test_brackets_within_texts_are_no_nesting() -> None:
    said = {"text": "[" * 5_000, "quoted": '\\"[{' * 2_000}
    assert parse_json(json.dumps(said)) == said


def test_nesting_as_deep_as_podios_is_fine() -> None:
    assert parse_json("[" * 100 + "]" * 100)
    assert len(parse_json(json.dumps([{"fields": [{"values": [{"value": {"a": [1]}}]}]}] * 500))) == 500


def test_constants_that_are_no_json_can_be_refused() -> None:
    with pytest.raises(ValueError, match="NaN"):
        parse_json('{"expires_at": NaN}', constants=False)
