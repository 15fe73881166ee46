"""The template language: Liquid without loops, files and clocks, with fields to fill in, all in bounds.

A template is at most ``MAX_TEMPLATE`` characters, every value and every filter's result at most
``MAX_TEXT``, and nothing repeats: the work is bounded by the two together.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from functools import lru_cache, wraps
from typing import Any, ClassVar, Final, TextIO

from liquid import BoundTemplate, DictLoader, Environment, RenderContext, Undefined
from liquid.ast import Node
from liquid.builtin.expressions import KeywordArgument, StringLiteral
from liquid.exceptions import LiquidError, LiquidSyntaxError, ResourceLimitError
from liquid.expression import Expression
from liquid.stream import TokenStream
from liquid.tag import Tag
from liquid.token import TOKEN_STRING, TOKEN_TAG, TOKEN_WORD, Token
from msgspec import Struct

from canned.spans import GAP_CLOSE, GAP_OPEN, gap

MAX_TEMPLATE: Final = 20_000
"""Characters of a template."""
MAX_TEXT: Final = 40_000
"""Characters of a filled-in text, and of anything in between."""
MAX_CHOICES: Final = 50

OPEN, TEXT, CLOSE = "\ufdd0", "\ufdd1", "\ufdd2"
"""Marks around a field: code points that Unicode keeps out of texts, so no text has them."""
_PRIVATE: Final[dict[int, str | None]] = {ord(mark): None for mark in (OPEN, TEXT, CLOSE)}
_BRACKETS: Final[dict[int, str | None]] = {ord(GAP_OPEN): "[", ord(GAP_CLOSE): "]"}

_PAIRS: Final = tuple(
    (re.compile(opening), re.compile(closing))
    for opening, closing in (
        (r"\{\{", r"\}\}"),
        (r"\{%", r"%\}"),
        (r"\{%-?\s*raw\b", r"\{%-?\s*endraw\b"),
        (r"\{%-?\s*doc\b", r"\{%-?\s*enddoc\b"),
    )
)
"""What is opened, and what closes it."""
TAGS: Final = (
    "content", "output", "illegal", "if", "unless", "case", "assign", "capture", "comment", "#", "raw", "doc",
)  # fmt: skip
FILTERS: Final = (
    "append", "capitalize", "default", "downcase", "escape", "first", "last", "lstrip", "prepend", "remove",
    "remove_first", "rstrip", "size", "slice", "split", "squish", "strip", "strip_newlines", "truncate",
    "truncatewords", "upcase", "url_encode",
)  # fmt: skip


class TemplateField(Struct, frozen=True):
    """A field as a template declares it. A default or a choice from a variable stands as ``{{ name }}``."""

    name: str
    default: str | None
    choices: tuple[str, ...]
    hint: str


class _Gap(Undefined):
    """A variable without a value: shows as a bracketed gap."""

    def __str__(self) -> str:
        path = (self.hint or self.name).removesuffix(" is undefined").strip("'")
        label = path.removeprefix("field.").replace("_", " ").replace(".", " ")
        return gap(unbracketed(label))


class FieldNode(Node):
    """``{% field "deadline", default: "today", choices: "today|tomorrow", hint: "when we answer" %}``."""

    __slots__ = ("name", "options")

    def __init__(self, token: Token, name: str, options: dict[str, Expression]) -> None:
        super().__init__(token)
        self.name = name
        self.options = options

    def __str__(self) -> str:
        told = "".join(f", {name}: {value}" for name, value in self.options.items())
        return f"{{% field '{self.name}'{told} %}}"

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Write the field with its marks; later mentions of ``field.NAME`` say the same."""
        told = {name: value.evaluate(context) for name, value in self.options.items()}
        words = {name: "" if isinstance(value, Undefined) else str(value) for name, value in told.items()}
        values: Any = context.globals["field"]
        filled = values.get(self.name) or words.get("default", "")
        if filled:
            values.setdefault(self.name, filled)
        told_choices = choices(words.get("choices", ""))
        about = json.dumps([self.name, words.get("default", ""), told_choices, words.get("hint", "")])
        return buffer.write(f"{OPEN}{about}{TEXT}{filled or gap(self.name.replace('_', ' '))}{CLOSE}")

    def expressions(self) -> Iterable[Expression]:
        """What the field's options name, for finding unknown variables."""
        yield from self.options.values()

    def declared(self) -> TemplateField:
        """The field without its values."""
        words = {name: _as_written(value) for name, value in self.options.items()}
        return TemplateField(
            self.name, words.get("default"), choices(words.get("choices", "")), words.get("hint", "")
        )


def _as_written(value: Expression) -> str:
    return value.value if isinstance(value, StringLiteral) else f"{{{{ {value} }}}}"


def choices(words: str) -> tuple[str, ...]:
    """The choices in ``words``, which have ``|`` between them."""
    return tuple(filter(None, (part.strip() for part in words.split("|")[:MAX_CHOICES])))


class _FieldTag(Tag):
    """Reads a field."""

    name = "field"
    block = False
    _OPTIONS: ClassVar = ("default", "choices", "hint")

    def parse(self, stream: TokenStream) -> Node:
        token = stream.eat(TOKEN_TAG)
        inner = stream.into_inner(tag=token, eat=False)
        name = inner.eat_one_of(TOKEN_STRING, TOKEN_WORD).value
        if not re.fullmatch(r"\w{1,40}", name):
            raise LiquidSyntaxError("a field's name has letters, digits and _", token=token)
        options = {argument.name: argument.value for argument in KeywordArgument.parse(self.env, inner)}
        for option in options:
            if option not in self._OPTIONS:
                raise LiquidSyntaxError(f"a field has no {option!r}", token=token)
        return FieldNode(token, name, options)


def _bounded(function: Callable[..., object]) -> Callable[..., object]:
    """The filter, refusing a result that is too long."""

    @wraps(function)
    def bounded(*arguments: object, **named: object) -> object:
        result = function(*arguments, **named)
        if isinstance(result, str) and len(result) > MAX_TEXT:
            raise ResourceLimitError("a text grows too long", token=None)
        return result

    return bounded


def _replace(value: object, old: object, new: object = "") -> str:
    """``value`` with ``new`` for every ``old``; its length is known before it is made."""
    text, before, after = str(value), str(old), str(new)
    if len(text) + text.count(before) * (len(after) - len(before)) > MAX_TEXT:
        raise ResourceLimitError("a text grows too long", token=None)
    return text.replace(before, after)


def first_name(value: object) -> object:
    """The first name in a whole name: ``Aino Virtanen`` and ``Virtanen, Aino`` are Aino.

    What has no value stays a gap.
    """
    if isinstance(value, Undefined):
        return value
    last, comma, rest = str(value).partition(",")
    words = (rest if comma and rest.strip() else last).split()
    return words[0] if words else ""


class _Liquid(Environment):
    """Liquid with limits that no honest answer reaches."""

    loop_iteration_limit: ClassVar[int | None] = 1
    output_stream_limit: ClassVar[int | None] = 4 * MAX_TEXT
    local_namespace_limit: ClassVar[int | None] = 16 * MAX_TEXT
    context_depth_limit: ClassVar[int] = 12
    block_nesting_limit: ClassVar[int] = 20

    def setup_tags_and_filters(self, *, extra: bool = False) -> None:
        """Keep what is safe of the built-in parts, and add ours."""
        super().setup_tags_and_filters(extra=extra)
        self.tags = {name: tag for name, tag in self.tags.items() if name in TAGS}
        self.filters = {name: _bounded(self.filters[name]) for name in FILTERS}
        self.add_tag(_FieldTag)
        self.add_filter("first_name", first_name)
        self.add_filter("replace", _replace)


_environment: Final = _Liquid(loader=DictLoader({}), undefined=_Gap)


def unbracketed(text: str) -> str:
    """``text`` without anything that could pass for a gap or a field, and without broken characters."""
    return _whole(text.translate(_BRACKETS | _PRIVATE))


def _whole(text: str) -> str:
    """``text`` with ``?`` for halves of characters, which cannot be written anywhere."""
    return text.encode("utf-8", "replace").decode("utf-8")


@lru_cache(maxsize=512)
def parsed(text: str) -> BoundTemplate:
    """The template.

    Raises:
        LiquidError: it is none, or too long.
        RecursionError: it is nested beyond reason.
    """
    if len(text) > MAX_TEMPLATE:
        raise ResourceLimitError(f"a text has at most {MAX_TEMPLATE} characters", token=None)
    _closed(text)
    return _environment.from_string(_whole(text.translate(_PRIVATE)))


def _closed(text: str) -> None:
    """Refuse what is opened and never closed at once: the library looks for each end to the very end."""
    for opening, closing in _PAIRS:
        last = max((found.start() for found in opening.finditer(text)), default=-1)
        if last > max((found.start() for found in closing.finditer(text)), default=-1):
            line = text.count("\n", 0, last) + 1
            raise LiquidSyntaxError(f"{text[last : last + 2]} in line {line} is never closed", token=None)


def declared_fields(template: BoundTemplate) -> tuple[TemplateField, ...]:
    """The fields of the template in reading order, in every branch."""
    return tuple(node.declared() for node in _nodes(template) if isinstance(node, FieldNode))


def _nodes(template: BoundTemplate) -> Iterable[Node]:
    context = RenderContext(template)
    waiting = list(reversed(template.nodes))
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(list(node.children(context, include_partials=False))))


def known_filters() -> frozenset[str]:
    """The filters there are."""
    return frozenset(_environment.filters)


__all__ = ["LiquidError", "TemplateField", "declared_fields", "known_filters", "parsed", "unbracketed"]
