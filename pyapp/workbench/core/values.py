"""Small frozen values, declared as dataclasses are and checked by mypy as such, at a fraction of their import's cost.

A dataclass writes and compiles its methods when its module is imported, which a page's first visit waits for. These
share theirs, so that a screen may declare as many as it likes.
"""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn, dataclass_transform

_MISSING: Any = object()


@dataclass_transform(kw_only_default=True, frozen_default=True)
class Value:
    """A frozen value with the fields that its class annotates, passed by keyword, compared one by one.

    A subclass's default is what it assigns to the field. A class variable is no field.
    """

    _defaults: ClassVar[dict[str, Any]] = {}

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        names = [name for name, kind in cls.__annotations__.items() if not str(kind).startswith("ClassVar")]
        cls._defaults = {**cls._defaults, **{name: cls.__dict__.get(name, _MISSING) for name in names}}

    def __init__(self, **fields: Any) -> None:
        values = {**self._defaults, **fields}
        if len(values) > len(self._defaults) or any(value is _MISSING for value in values.values()):
            raise TypeError(f"{type(self).__name__} has the fields {', '.join(self._defaults) or 'none'}.")
        self.__dict__.update(values)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} can't be changed.")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} can't be changed.")

    @classmethod
    def field_names(cls) -> tuple[str, ...]:
        """Return the names of the fields, as they were declared."""
        return tuple(cls._defaults)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other.__dict__ == self.__dict__

    def __hash__(self) -> int:
        return hash((type(self), *self.__dict__.values()))

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={value!r}" for name, value in self.__dict__.items())
        return f"{type(self).__name__}({fields})"
