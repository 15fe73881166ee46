"""Fills the variables of a canned response in; what has no value becomes a gap the agent must fill.

The template language is Liquid with bounds, see ``canned.template``; it is imported with the first template,
not with this module. Values are data: braces in a customer's name stay braces.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final, TypeVar

from msgspec import Struct

from canned.spans import GAP_CLOSE, GAP_OPEN, Rendered, Span, gap_spans, gaps

if TYPE_CHECKING:
    import liquid

    from canned import template

__all__ = [
    "GAP_CLOSE",
    "GAP_OPEN",
    "Inspected",
    "Rendered",
    "Span",
    "TemplateError",
    "Values",
    "gaps",
    "inspect",
    "render",
]

Values = Mapping[str, "str | Values"]
"""Values by name, nested as the dots of a variable: ``{"contact": {"first_name": "Aino"}}``."""

MAX_VALUE: Final = 2_000
"""Characters of a value; the rest of a longer one is left out."""
_MAX_DEPTH: Final = 4
_MARKED: Final = re.compile("\ufdd0([^\ufdd0-\ufdd2]*)\ufdd1([^\ufdd0-\ufdd2]*)\ufdd2")
_MARKS: Final = dict.fromkeys(range(0xFDD0, 0xFDD3))
_ALIASES: Final = (("customer", "contact"), ("queue", "inbox"))
_WHOLES: Final = ("agent", "contact", "conversation", "inbox", "now")
_EMPTY: Final[Mapping[str, object]] = {}
_Result = TypeVar("_Result")


class TemplateError(Exception):
    """A template that cannot be filled in: bad syntax, or beyond its bounds. Holds no values.

    ``line`` is the line of the template, from 1, or ``None``.
    """

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.line = line


class Inspected(Struct, frozen=True):
    """What a template asks for, in all its branches."""

    variables: frozenset[str]
    """Dotted paths such as ``contact.first_name``; fields and its own names left out."""
    fields: tuple[template.TemplateField, ...]
    unknown_filters: frozenset[str]

    @property
    def open_fields(self) -> tuple[str, ...]:
        """Names of the fields that nothing fills in, in reading order, each once."""
        return tuple(dict.fromkeys(field.name for field in self.fields if not field.default))


def render(text: str, values: Values) -> Rendered:
    """Fill ``text`` in with ``values``.

    Filled-in fields are values too: ``{"field": {"deadline": "today"}}``.

    Raises:
        TemplateError: the text is no valid template or goes beyond its bounds.
    """
    # A gap is named by its whole path only when what it is a part of is there.
    scope = dict.fromkeys(_WHOLES, _EMPTY) | _filled(values)
    for alias, name in _ALIASES:
        scope.setdefault(alias, scope[name])
    fields = scope.get("field")
    scope["field"] = dict(fields) if isinstance(fields, dict) else {}
    return _unmarked(_guarded(text, lambda parsed: parsed.render(scope)))


def inspect(text: str) -> Inspected:
    """What the template asks for, without filling it in.

    Raises:
        TemplateError: the text is no valid template.
    """
    from canned.template import declared_fields, known_filters  # noqa: PLC0415  Liquid costs 50 ms to import

    def asked(parsed: liquid.BoundTemplate) -> Inspected:
        found = parsed.analyze(include_partials=False)
        paths = {str(variable) for uses in found.globals.values() for variable in uses}
        variables = frozenset(path for path in paths if not path.startswith("field."))
        filters = frozenset(found.filters) - known_filters()
        return Inspected(variables, declared_fields(parsed), filters)

    return _guarded(text, asked)


def _guarded(text: str, use: Callable[[liquid.BoundTemplate], _Result]) -> _Result:
    """What ``use`` makes of the parsed text; whatever goes wrong is a ``TemplateError``."""
    from canned import template  # noqa: PLC0415  Liquid costs 50 ms to import

    try:
        return use(template.parsed(text))
    except template.LiquidError as error:
        raise TemplateError(_reason(error), _line(error)) from None
    except (RecursionError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        # Filters on values they were not made for; their texts may hold the values.
        raise TemplateError(f"a filter cannot do this ({type(error).__name__})") from None


def _reason(error: template.LiquidError) -> str:
    """What is wrong, without any value: only errors of syntax quote, and they quote the template."""
    kind = type(error).__name__
    quoted = str(error.message).splitlines()[0] if error.message else ""
    return quoted[:200] if kind.endswith(("SyntaxError", "LimitError", "UnknownFilterError")) else kind


def _line(error: template.LiquidError) -> int | None:
    if error.token is None or error.token.start_index < 0:
        return None
    return error.token.source.count("\n", 0, error.token.start_index) + 1


def _filled(values: Values, depth: int = 0) -> dict[str, object]:
    """``values`` without the empty ones, which are as good as missing, and nothing that passes for a gap."""
    from canned.template import unbracketed  # noqa: PLC0415  Liquid costs 50 ms to import

    return {
        name: unbracketed(value[:MAX_VALUE]) if isinstance(value, str) else _filled(value, depth + 1)
        for name, value in values.items()
        if value and (isinstance(value, str) or depth < _MAX_DEPTH)
    }


def _unmarked(marked: str) -> Rendered:
    """The text without the marks of fields, and where they were."""
    parts: list[str] = []
    spans: list[Span] = []
    done = length = 0
    for found in _MARKED.finditer(marked):
        for part, about in ((marked[done : found.start()], None), (found[2], found[1])):
            plain = part.translate(_MARKS)
            spans += _spans(plain, about, length)
            parts.append(plain)
            length += len(plain)
        done = found.end()
    rest = marked[done:].translate(_MARKS)
    spans += _spans(rest, None, length)
    text = "".join((*parts, rest))
    return Rendered(text, gaps(text), tuple(spans))


def _spans(text: str, about: str | None, start: int) -> list[Span]:
    """The places in a part of the text that begins at ``start``."""
    found = gap_spans(text)
    if about is not None:
        try:
            name, default, choices, hint = json.loads(about)
        except ValueError:
            # A filter went over a captured field; its text stays, what it was is lost.
            return [_moved(span, start) for span in found]
        return [Span(start, start + len(text), name, bool(found), default, tuple(choices), hint)]
    return [_moved(span, start) for span in found]


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by, span.name, True)
