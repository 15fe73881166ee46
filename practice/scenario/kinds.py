"""What the tables and keys of a scenario may hold: by the model's types, and in words."""

from __future__ import annotations

from msgspec import inspect

from practice.scenario.model import Scenario

_PATTERNS = {
    r"^[a-z][a-z0-9_-]*$": "small letters, digits, - and _, beginning with a letter",
    r"^([01][0-9]|2[0-3]):[0-5][0-9]$": "a time of day such as 09:30",
    r"^#[0-9A-Fa-f]{6}$": "a colour such as #2781F6",
}


def table_fields() -> dict[str, inspect.Type]:
    """The tables of a scenario by name, with their types."""
    return fields_of(inspect.type_info(Scenario))


def is_list(kind: inspect.Type) -> bool:
    """Whether a table is written with double brackets, row by row."""
    return isinstance(kind, inspect.ListType)


def inside(kind: inspect.Type, step: str | int) -> inspect.Type:
    """The type one step further in, at a key or an item; a mapping's values when ``step`` is a key of it."""
    match kind:
        case inspect.StructType():
            return fields_of(kind)[str(step)]
        case inspect.ListType():
            return _bare(kind.item_type)
        case inspect.DictType():
            return _bare(kind.value_type)
        case _:
            return kind


def fields_of(kind: inspect.Type) -> dict[str, inspect.Type]:
    """The keys of a table with their types; none for what is no table."""
    if not isinstance(kind, inspect.StructType):
        return {}
    return {field.name: _bare(field.type) for field in kind.fields}


def _bare(kind: inspect.Type) -> inspect.Type:
    """Without what msgspec wraps around a type: notes, and the None of an optional key."""
    if isinstance(kind, inspect.Metadata):
        return _bare(kind.type)
    if isinstance(kind, inspect.UnionType):
        return _bare(next(part for part in kind.types if not isinstance(part, inspect.NoneType)))
    return kind


def expected(kind: inspect.Type) -> str:
    """What to write for ``kind``, for a person who writes a desk."""
    match kind:
        case inspect.StrType():
            return _text(kind)
        case inspect.FloatType():
            return _number(kind)
        case inspect.LiteralType():
            return "one of: " + ", ".join(str(value) for value in kind.values)
        case inspect.ListType(item_type=inspect.ListType()):
            return 'ways to say it, each a list of messages, e.g. [["Hello."], ["Hi.", "Anyone there?"]]'
        case inspect.ListType():
            item = expected(_bare(kind.item_type))
            return (
                f"a list of at least {kind.min_length}, each {item}"
                if kind.min_length
                else f"a list, each {item}"
            )
        case inspect.DictType():
            return f"texts by language ({expected(kind.key_type)})"
        case _:
            return "a table of its own"


def _text(kind: inspect.StrType) -> str:
    words = _PATTERNS.get(kind.pattern or "", "text")
    if kind.max_length is None:
        return words
    bounds = f"{kind.min_length} to {kind.max_length}" if kind.min_length else f"at most {kind.max_length}"
    return f"{words} ({bounds} characters)"


def _number(kind: inspect.FloatType) -> str:
    bounds = [
        f"{word} {limit:.10g}"
        for word, limit in (("above", kind.gt), ("at least", kind.ge), ("at most", kind.le))
        if limit is not None
    ]
    return " ".join(["a number", " and ".join(bounds)]).strip()
