"""Rows as a terminal takes them: from piece to piece only what differs of their looks is sent."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from rich.color import Color, ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

PRIVATE_STRIP_PARTS: Final = ("_render_cache",)

_ATTRIBUTES: Final = (
    ("bold", "1"),
    ("dim", "2"),
    ("italic", "3"),
    ("underline", "4"),
    ("blink", "5"),
    ("blink2", "6"),
    ("reverse", "7"),
    ("conceal", "8"),
    ("strike", "9"),
    ("underline2", "21"),
    ("frame", "51"),
    ("encircle", "52"),
    ("overline", "53"),
)
"""Rich's names, and the codes that switch them on (ECMA-48, SGR)."""


class _Codes(NamedTuple):
    attributes: str
    ink: str
    ground: str


_PLAIN: Final = _Codes("", "39", "49")
"""What a terminal is set to at the beginning and at the end of every row."""


def sequence(strip: Strip, system: ColorSystem) -> str:
    """The strip's text with its colours and attributes; kept with the strip."""
    if strip._render_cache is None:  # noqa: SLF001  a strip has no other place, and Textual keeps the like there
        strip._render_cache = _sequence(strip, system)  # noqa: SLF001  as above
    return strip._render_cache  # noqa: SLF001  as above


def _sequence(segments: Iterable[Segment], system: ColorSystem) -> str:
    out: list[str] = []
    now = _PLAIN
    for text, style, _ in segments:
        wanted = _PLAIN if style is None else _codes(style, system)
        if not (wanted == _PLAIN or wanted.attributes or now.attributes or text.strip(" ")):
            wanted = wanted._replace(ink=now.ink)  # nothing is drawn with it
        if text and wanted != now:
            out.append(_change(now, wanted))
            now = wanted
        out.append(text)
    if now != _PLAIN:
        out.append(_change(now, _PLAIN))
    return "".join(out)


@lru_cache(maxsize=4096)
def _change(was: _Codes, wanted: _Codes) -> str:
    if wanted == _PLAIN:
        return "\x1b[0m"
    codes = []
    if was.attributes != wanted.attributes:
        codes = [code for code in ("0" if was.attributes else "", wanted.attributes) if code]
        was = _PLAIN if was.attributes else was
    codes += [new for old, new in zip(was[1:], wanted[1:], strict=True) if old != new]
    return f"\x1b[{';'.join(codes)}m"


@lru_cache(maxsize=4096)
def _codes(style: Style, system: ColorSystem) -> _Codes:
    attributes = ";".join(code for name, code in _ATTRIBUTES if getattr(style, name))
    ink, ground = _colour(style.color, system, ink=True), _colour(style.bgcolor, system, ink=False)
    return _Codes(attributes, ink, ground)


def _colour(colour: Color | None, system: ColorSystem, *, ink: bool) -> str:
    if colour is None:
        return _PLAIN.ink if ink else _PLAIN.ground
    return ";".join(colour.downgrade(system).get_ansi_codes(foreground=ink))
