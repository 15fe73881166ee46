"""The grammar of filters: rows of attribute, operator and values become one SQL condition."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Literal

from msgspec import Struct, ValidationError, convert, field

from practice.store.customers import like

DAY = 24 * 3600.0
CUSTOM_KEY = re.compile(r"[\w -]+")

Kind = Literal["text", "date", "number"]
Parameters = dict[str, object]

EQUAL = frozenset({"equal_to", "not_equal_to"})
PRESENT = EQUAL | {"is_present", "is_not_present"}
CONTAINS = EQUAL | {"contains", "does_not_contain"}
ANY_TEXT = PRESENT | CONTAINS
DATE = frozenset({"is_greater_than", "is_less_than", "days_before"})
ANYTHING = ANY_TEXT | DATE


class FilterError(ValueError):
    """What is wrong with a filter, in a sentence."""


class Condition(Struct, frozen=True):
    """One row of a filter as it stands on the wire."""

    attribute_key: str
    filter_operator: str
    values: list[Any] | None = None
    query_operator: str | None = None
    custom_attribute_type: str | None = None


class Attribute(Struct, frozen=True):
    """What can be asked about: an SQL expression of ours, and which operators it takes.

    ``among`` instead stands for a list, as the SQL of the ids that have one of ``{values}``.
    """

    sql: str
    operators: frozenset[str]
    kind: Kind = "text"
    among: str = ""
    parameters: Parameters = field(default_factory=dict)


Attributes = Mapping[str, Attribute]
Custom = Callable[[str], Attribute]


def read(payload: Any) -> list[Condition]:
    """The rows of a filter; raises :class:`FilterError` when they are none."""
    try:
        rows = convert(payload, list[Condition])
    except ValidationError as error:
        raise FilterError(f"Invalid filter: {error}") from error
    if not rows:
        raise FilterError("Invalid filter: no conditions were given")
    return rows


def condition(
    rows: list[Condition], attributes: Attributes, custom: Mapping[str, str], now: float
) -> tuple[str, Parameters]:
    """The SQL condition of a filter and its parameters; AND binds before OR, as in SQL.

    ``custom`` maps kinds of custom attributes to the SQL of the JSON they are in. ``now`` is epoch seconds.
    """
    parts: list[str] = []
    parameters: Parameters = {}
    for number, row in enumerate(rows):
        attribute = _attribute(row, attributes, custom, number)
        sql, more = _Term(row, attribute, number, now).sql()
        parts.append(f"({sql})")
        parameters |= {**attribute.parameters, **more}
        if number < len(rows) - 1:
            parts.append(_joined_by(row))
    return " ".join(parts), parameters


def _joined_by(row: Condition) -> str:
    operator = (row.query_operator or "AND").upper()
    if operator not in {"AND", "OR"}:
        raise FilterError(f"Query operator must be either AND or OR, not {row.query_operator}")
    return operator


def _attribute(row: Condition, attributes: Attributes, custom: Mapping[str, str], number: int) -> Attribute:
    if row.attribute_key in attributes and not row.custom_attribute_type:
        return attributes[row.attribute_key]
    inside = custom.get(row.custom_attribute_type or "")
    if inside is None or not CUSTOM_KEY.fullmatch(row.attribute_key):
        known = ", ".join(sorted(attributes))
        raise FilterError(
            f"Invalid attribute key - [{row.attribute_key}]. The key should be one of [{known}]"
        )
    path = f"key{number}"
    return Attribute(
        f"json_extract({inside}, :{path})", ANYTHING, parameters={path: f'$."{row.attribute_key}"'}
    )


class _Term:
    """One row on its way to SQL."""

    def __init__(self, row: Condition, attribute: Attribute, number: int, now: float) -> None:
        if row.filter_operator not in attribute.operators:
            raise FilterError(
                f"Invalid operator. The allowed operators for {row.attribute_key} are"
                f" [{', '.join(sorted(attribute.operators))}]"
            )
        self._row = row
        self._attribute = attribute
        self._number = number
        self._now = now
        self._values = [_plain(value) for value in row.values or []]

    def sql(self) -> tuple[str, Parameters]:
        """The condition and its parameters."""
        match self._row.filter_operator:
            case "is_present":
                return self._present(), {}
            case "is_not_present":
                return f"NOT ({self._present()})", {}
            case operator:
                if not self._values:
                    raise FilterError(
                        f"Invalid value. The values provided for {self._row.attribute_key} are none"
                    )
                return self._compared(operator)

    def _compared(self, operator: str) -> tuple[str, Parameters]:
        column, names = self._attribute.sql, self._names()
        match operator:
            case "equal_to":
                return self._among(), self._given(str)
            case "not_equal_to":
                return f"NOT ifnull({self._among()}, 0)", self._given(str)
            case "contains":
                return self._like(names), self._given(like)
            case "does_not_contain":
                return f"NOT ifnull({self._like(names)}, 0)", self._given(like)
            case "is_greater_than":
                return f"{column} > :{names[0]}", self._bound()
            case "is_less_than":
                return f"{column} < :{names[0]}", self._bound()
            case _:
                return f"{column} < :{names[0]}", {
                    names[0]: self._now - self._number_of(self._values[0]) * DAY
                }

    def _names(self) -> list[str]:
        return [f"value{self._number}_{place}" for place in range(len(self._values))]

    def _given(self, form: Callable[[str], str]) -> Parameters:
        return dict(zip(self._names(), map(form, self._values), strict=True))

    def _among(self) -> str:
        marks = ", ".join(f":{name}" for name in self._names())
        if self._attribute.among:
            return self._attribute.among.format(values=f"title IN ({marks})")
        return f"CAST({self._attribute.sql} AS TEXT) IN ({marks})"

    def _present(self) -> str:
        if self._attribute.among:
            return self._attribute.among.format(values="1")
        return f"ifnull({self._attribute.sql}, '') != ''"

    def _like(self, names: list[str]) -> str:
        return " OR ".join(f"{self._attribute.sql} LIKE :{name} ESCAPE '\\'" for name in names)

    def _bound(self) -> Parameters:
        name, text = self._names()[0], self._values[0]
        return {name: _moment(text) if self._attribute.kind == "date" else _number_or_text(text)}

    def _number_of(self, text: str) -> float:
        try:
            return float(text)
        except ValueError:
            raise FilterError(f"Invalid value. {self._row.attribute_key} needs a number of days") from None


def _plain(value: Any) -> str:
    """A value as text; lists of choices come as objects with an id, truth values as in JSON."""
    if isinstance(value, dict):
        value = value.get("id", value.get("name", ""))
    if isinstance(value, bool):
        return str(int(value))
    return str(value)


def _moment(text: str) -> float:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise FilterError(f"Invalid value. {text} is no date") from None
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()


def _number_or_text(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text
