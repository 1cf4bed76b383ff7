"""JSON from outside."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from podio.json_text import MAX_NESTING, parse_json, parse_object

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(JSON)
def test_what_json_can_say_comes_back(value: object) -> None:
    assert parse_json(json.dumps(value)) == value
    assert parse_json(json.dumps(value, ensure_ascii=False).encode()) == value


@pytest.mark.parametrize("depth", [MAX_NESTING + 100, 5_000, 200_000])
@pytest.mark.parametrize("bracket", ["[", '{"a":', "[{", "[[]", '["]",', '{"}}":', '["\\\\",[],"]]\\"",', '["嵝",'])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32-be"])
def test_text_that_nests_too_deeply_is_refused_before_it_is_parsed(bracket: str, depth: int, encoding: str) -> None:
    with pytest.raises(ValueError, match="nested"):
        parse_json(bracket * depth)
    with pytest.raises(ValueError, match="nested"):
        parse_json((bracket * depth).encode(encoding))


def test_brackets_within_texts_are_no_nesting() -> None:
    content = {"text": "[" * 5_000, "quoted": '\\"[{' * 2_000}
    assert parse_json(json.dumps(content)) == content


def test_nesting_as_deep_as_podios_is_fine() -> None:
    assert parse_json("[" * 100 + "]" * 100)
    assert len(parse_json(json.dumps([{"fields": [{"values": [{"value": {"a": [1]}}]}]}] * 500))) == 500


@given(JSON, st.integers(0, MAX_NESTING - 100))
def test_what_nests_less_is_never_refused_whatever_its_texts_hold(value: object, depth: int) -> None:
    text = "[" * depth + json.dumps([value, '"[{', "]}\\", "嬀"], ensure_ascii=False) + "]" * depth
    parse_json(text)
    parse_json(text.encode("utf-16", "surrogatepass"))


def test_whole_numbers_beyond_those_of_a_float_stay_exact() -> None:
    assert parse_json("[9007199254740993, 123456789012345678901234567890]") == [
        2**53 + 1,
        123456789012345678901234567890,
    ]


@pytest.mark.parametrize("number", ["9" * 5_000, "-" + "9" * 5_000])
def test_a_number_too_long_for_python_is_refused_like_any_damaged_text(number: str) -> None:
    with pytest.raises(ValueError):
        parse_json(f'{{"value": {number}}}')


def test_constants_that_are_no_json_can_be_refused() -> None:
    with pytest.raises(ValueError, match="NaN"):
        parse_json('{"expires_at": NaN}', constants=False)


@pytest.mark.parametrize(
    "text", ["", "[1]", "null", '"a"', "{", "[" * 100_000, None, 5, b"\xff", '{"a": NaN}', '{"a": 123}']
)
def test_what_holds_no_object_or_is_too_long_holds_nothing(text: object) -> None:
    assert parse_object(text, longest=9, constants=False) == {}


def test_an_object_comes_back_from_text_and_bytes() -> None:
    assert parse_object('{"a": [1]}', longest=10) == parse_object(b'{"a": [1]}') == {"a": [1]}
