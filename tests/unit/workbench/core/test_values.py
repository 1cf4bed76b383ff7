"""Frozen values that cost little to declare."""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar

import pytest

from workbench.core.values import Value

T = TypeVar("T")


class Named(Value, Generic[T]):
    kinds: ClassVar[int] = 3
    name: str


class Point(Named[int]):
    x: int
    y: int = 0


def test_values_are_equal_where_their_class_and_fields_are() -> None:
    point = Point(name="a", x=1)
    assert point == Point(name="a", x=1, y=0)
    assert hash(point) == hash(Point(x=1, y=0, name="a"))
    assert point != Point(name="a", x=2)
    assert point != Named(name="a")
    assert (point.name, point.x, point.y) == ("a", 1, 0)
    assert repr(point) == "Point(name='a', x=1, y=0)"


def test_a_class_s_fields_are_its_bases_and_its_own() -> None:
    assert Point.field_names() == ("name", "x", "y")


def test_a_value_can_t_be_changed() -> None:
    point = Point(name="a", x=1)
    with pytest.raises(AttributeError):
        point.x = 2  # type: ignore[misc]
    with pytest.raises(AttributeError):
        del point.x


@pytest.mark.parametrize("fields", [{"name": "a"}, {"name": "a", "x": 1, "z": 2}, {}])
def test_a_field_that_is_missing_or_unknown_is_refused(fields: dict[str, int]) -> None:
    with pytest.raises(TypeError):
        Point(**fields)  # type: ignore[arg-type]


def test_values_match_by_class_and_keyword() -> None:
    match Point(name="a", x=1):
        case Point(x=1, y=y):
            assert y == 0
        case _:
            pytest.fail("it is no such point")
