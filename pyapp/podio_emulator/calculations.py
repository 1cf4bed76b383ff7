"""Calculation fields: their script is worked out again whenever an item is written.

Of Podio's scripts (JavaScript) the sample data needs only the four operations on numbers, so only these are understood:
``@[Budget](field_3207) - @[Spent](field_3208) * 1.25``. Where a value is missing, or for a division by zero, the field
has no value.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Mapping
from decimal import Decimal, DivisionByZero, InvalidOperation

from podio_emulator.field_filters import decimal_text
from podio_emulator.model import App, Stored
from podio_emulator.store import Values

_REFERENCE = re.compile(r"@\[[^\[\]]*+\]\(field_(\d+)\)")
_OPERATIONS: Mapping[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def with_calculations(app: App, values: Values) -> Values:
    """Return an item's values with those of its calculation fields worked out."""
    result: dict[int, tuple[Stored, ...]] = {}
    for field in app.fields:
        if field.type != "calculation":
            if field.field_id in values:
                result[field.field_id] = values[field.field_id]
            continue
        number = _evaluate(str((field.settings or {}).get("script", "")), values)
        if number is not None:
            result[field.field_id] = ({"value": decimal_text(str(number))},)
    return result


def is_understood(script: str) -> bool:
    """Return whether a script is one that the emulator can work out."""
    try:
        tree = ast.parse(_REFERENCE.sub("f", script), mode="eval").body
    except (SyntaxError, ValueError):
        return False
    return all(isinstance(node, (ast.Constant, ast.Name, ast.BinOp, ast.Load, *_OPERATIONS)) for node in ast.walk(tree))


def _evaluate(script: str, values: Values) -> Decimal | None:
    numbers: dict[str, Decimal] = {}

    def field_number(match: re.Match[str]) -> str:
        values_of_field = values.get(int(match[1]), ())
        if values_of_field:
            numbers[f"f{match[1]}"] = Decimal(str(values_of_field[0]["value"]))
        return f"f{match[1]}"

    try:
        return _value(ast.parse(_REFERENCE.sub(field_number, script), mode="eval").body, numbers)
    except (KeyError, SyntaxError, DivisionByZero, InvalidOperation, ValueError):
        return None


def _value(node: ast.expr, numbers: Mapping[str, Decimal]) -> Decimal:
    if isinstance(node, ast.BinOp):
        return _OPERATIONS[type(node.op)](_value(node.left, numbers), _value(node.right, numbers))
    if isinstance(node, ast.Name):
        return numbers[node.id]
    if isinstance(node, ast.Constant):
        return Decimal(str(node.value))
    raise ValueError(ast.dump(node))
