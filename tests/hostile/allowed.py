"""All that the program may send a terminal, spelled out; whatever else comes is an offence."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

import regex  # type: ignore[import-untyped]

_N: Final = rb"(?:0|[1-9]\d{0,4})"
_SEQUENCES: Final = re.compile(
    rb"\x1b(?:"
    rb"\[(?:N(?:[;:]N)*)?m"  # colours
    rb"|\[N;NH|\[H|\[N?[ABCDGJK]"  # moves, and wiping behind them
    rb"|\[\?(?:7|25|1000|1002|1003|1004|1006|1015|1016|1049|2004|2026|2048)[hl]"  # modes
    rb"|\[\?(?:2026|2048)\$p"  # which of these it knows
    rb"|\[[<>=]N?u|\[\?u"  # the keyboard's own protocol
    rb"|\[>N(?:;N)?m"
    rb"|\](?:0|2);agent-tui\x07"  # our own name as the title
    rb"|\]22;[a-z-]*\x07"  # the shape of the mouse
    rb")".replace(b"N", _N)
)
COPIED: Final = re.compile(rb"\x1b\]52;c;[A-Za-z0-9+/]*={0,2}\x07")
CALLED: Final = re.compile(rb"\x1b\](?:9|777;notify;agent-tui);([^\x00-\x1f\x7f;]*)\x07")
"""A notice of the terminal's own; its words are looked at like any."""
WHERE_IS_THE_CURSOR: Final = re.compile(rb"\x1b\[6n")
_OURS: Final = frozenset("\n\r\a\b")
_JOINERS: Final = frozenset("\u200c\u200d")
_FLOOD: Final = regex.compile(r"[\p{M}\u200c\u200d]{7,}")


def offences(out: bytes, *asked_for: re.Pattern[bytes]) -> list[str]:
    """What in ``out`` a terminal must never be sent, with what stands around it.

    ``asked_for``: sequences that a key or a command of the person's own stands for.
    """
    found = []
    rest = bytearray()
    at = 0
    while at < len(out):
        escape = out.find(b"\x1b", at)
        rest += out[at : escape if escape >= 0 else len(out)]
        if escape < 0:
            break
        matches = (one.match(out, escape) for one in (_SEQUENCES, *asked_for))
        known = next(filter(None, matches), None)
        if known is not None and known.lastindex:
            rest += known[1]
        if known is None:
            found.append(f"sequence {out[escape : escape + 30]!r}")
        at = escape + 1 if known is None else known.end()
    return [*found, *_odd(bytes(rest))]


def _odd(rest: bytes) -> Iterator[str]:
    try:
        text = rest.decode()
    except UnicodeDecodeError as error:
        yield f"no text: {rest[error.start - 20 : error.end + 20]!r}"
        return
    for sign in sorted(set(text)):
        if not _harmless(sign):
            yield f"U+{ord(sign):04X} in {_around(text, text.index(sign))}"
    if (flood := _FLOOD.search(text)) is not None:
        yield f"marks in {_around(text, flood.start())}"


def _around(text: str, place: int) -> str:
    return repr(text[max(0, place - 20) : place + 10])


def _harmless(sign: str) -> bool:
    if sign in _OURS or sign in _JOINERS or sign.isprintable():
        return not "\U000e0100" <= sign <= "\U000e01ef"
    return unicodedata.category(sign) in {"Zs", "Cn"} and not 0xFDD0 <= ord(sign) <= 0xFDEF
