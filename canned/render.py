"""Fills the variables of a canned response in; what has no value becomes a gap the agent must fill.

The template language is Liquid (python-liquid), with bounds on loops, nesting, memory and output and
without access to files or code. Values are data: braces in a customer's name stay braces.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import ClassVar

from liquid import BoundTemplate, DictLoader, Environment, Undefined
from liquid.exceptions import LiquidError
from msgspec import Struct

GAP_OPEN, GAP_CLOSE = "⟦", "⟧"
"""Brackets around a gap; no keyboard types them, so they are not met by chance."""
_GAP = re.compile(f"{GAP_OPEN}([^{GAP_OPEN}{GAP_CLOSE}\n]*){GAP_CLOSE}")

Values = Mapping[str, "str | Values"]
"""Values by name, nested as the dots of a variable: ``{"contact": {"first_name": "Aino"}}``."""


class TemplateError(Exception):
    """A template that cannot be filled in: bad syntax, or beyond its bounds. Holds no values."""


class Rendered(Struct, frozen=True):
    """A filled-in text, and the gaps left in it in reading order."""

    text: str
    gaps: tuple[str, ...]


class _Gap(Undefined):
    """A variable without a value: shows as a bracketed gap."""

    def __str__(self) -> str:
        path = (self.hint or self.name).removesuffix(" is undefined").strip("'")
        label = path.replace("_", " ").replace(".", " ")
        return f"{GAP_OPEN}{label}{GAP_CLOSE}"


class _Bounded(Environment):
    """Liquid with limits that no honest answer reaches."""

    loop_iteration_limit: ClassVar[int | None] = 1_000
    output_stream_limit: ClassVar[int | None] = 40_000
    local_namespace_limit: ClassVar[int | None] = 40_000
    context_depth_limit: ClassVar[int] = 12
    block_nesting_limit: ClassVar[int] = 20


_environment = _Bounded(loader=DictLoader({}), undefined=_Gap)


@lru_cache(maxsize=512)
def _parsed(text: str) -> BoundTemplate:
    return _environment.from_string(text)


def _filled(values: Values) -> dict[str, object]:
    """``values`` without the empty ones, which are as good as missing."""
    return {
        name: value if isinstance(value, str) else _filled(value) for name, value in values.items() if value
    }


def render(text: str, values: Values) -> Rendered:
    """Fill ``text`` in with ``values``.

    Raises:
        TemplateError: the text is no valid template or goes beyond its bounds.
    """
    try:
        filled = _parsed(text).render(**_filled(values))
    except (LiquidError, RecursionError) as error:
        raise TemplateError(type(error).__name__) from None
    return Rendered(filled, gaps(filled))


def gaps(text: str) -> tuple[str, ...]:
    """The names of the gaps still open in ``text``, in reading order."""
    return tuple(_GAP.findall(text))
