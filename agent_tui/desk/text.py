"""The one door by which text from outside reaches the screen."""

from __future__ import annotations

import re
from typing import Final, NewType

from msgspec import Struct

from agent_tui.desk.late import pattern, wide_pattern

Displayable = NewType("Displayable", str)
"""Text that holds printable cells and line feeds only. Made here, and from our own message catalogs."""

NOTHING = Displayable("")
"""No text."""

BLOCK_LIMIT: Final = 20_000
"""Characters of a message that are shown; wrapping and painting cost grows with them."""
LINE_LIMIT: Final = 200
"""Characters of a name, a title or a tag that are shown."""
MOST_LINES: Final = 400
"""Lines of a message that are shown."""
MOST_MARKS: Final = 4
"""Marks without a cell of their own that may follow one letter."""

_ELLIPSIS: Final = "…"

_READ_AHEAD: Final = 4
"""How many times the limit is looked at, as cleaning may shorten a text; bounds the work."""

_PLAIN: Final = (
    # Letters, digits and punctuation that take cells of their own and need no second look: Latin, Greek,
    # Cyrillic, general punctuation and symbols, kana, CJK, Hangul syllables, emoji.
    "\n -~\xa0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u058f\u1e00-\u1fff\u2010-\u2027\u2030-\u205e"
    "\u2070-\u20cf\u2100-\u2cee\u2e00-\u3029\u3030-\u3098\u309b-\u3163\u3165-\ua4cf\uac00-\ud7a3"
    "\uf900-\ufaff\uff01-\uff9f\uffa1-\uffdc\uffe0-\uffe6\ufffd\U0001f000-\U0001f3fa\U0001f400-\U0001faff"
)
_all_plain = re.compile(f"[{_PLAIN}]*").fullmatch
_odd = pattern(f"[^{_PLAIN}]")

_line_break = pattern("\r\n?|[\x85\u2028\u2029]")

_CONTROLS: Final[dict[int, int | str]] = {
    **{code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n"},
    ord("\t"): "    ",
    0x7F: 0x2421,
    **dict.fromkeys(range(0x80, 0xA0), 0xFFFD),
}
"""C0 controls and DEL become their pictures, C1 controls the replacement character."""

_no_picture = wide_pattern(
    # Lone surrogates, private use, non-characters, and format characters that draw over their neighbours.
    r"[\p{Cs}\p{Co}\ufdd0-\ufdef\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
    + "".join(f"\\U{plane:04x}fffe\\U{plane:04x}ffff" for plane in range(0x11))
    + "]"
)

_invisible = wide_pattern(
    # Bidi controls, zero-width spaces, fillers, tags and the like; joiners and variation selectors stay,
    # as emoji and many scripts need them.
    r"(?V1)[[\p{Cf}\p{Default_Ignorable_Code_Point}]--[\u200c\u200d\ufe00-\ufe0f]]+"
)

_MARK: Final = (
    # What a terminal draws onto the cell before it: combining marks, joiners, trailing jamo, skin tones.
    r"[\p{M}\u200c\u200d\u1160-\u11ff\ud7b0-\ud7ff\U0001f3fb-\U0001f3ff]"
)
_mark_flood = wide_pattern(f"({_MARK}{{{MOST_MARKS}}}){_MARK}+")

_joined_flood = wide_pattern(
    # One picture of more than seven joined emoji exists in no font; terminals differ on its width.
    rf"(?:\p{{Extended_Pictographic}}{_MARK}{{0,{MOST_MARKS}}}(?<=\u200d)){{7,}}"
)


class Cleaned(Struct, frozen=True, gc=False):
    """A text fit to be shown."""

    text: Displayable
    altered: bool
    """Something that cannot be shown was replaced or taken out (line ends and tabs do not count)."""
    cut: bool
    """The text goes on beyond what is shown."""


def clean_block(raw: str, *, limit: int = BLOCK_LIMIT) -> Cleaned:
    """A message: up to ``limit`` characters on up to ``MOST_LINES`` lines. Takes any ``str`` whatever."""
    ahead = raw[: limit * _READ_AHEAD]
    shown, altered = (ahead, False) if _all_plain(ahead) else _made_familiar(ahead)
    kept = _within(shown, limit)
    return Cleaned(Displayable(kept), altered, len(kept) < len(shown) or len(ahead) < len(raw))


def clean_whole(raw: str) -> Displayable:
    """All of a text, however long, for a file: what a terminal would obey is gone, nothing is cut off."""
    return Displayable(raw if _all_plain(raw) else _made_familiar(raw)[0])


def clean_line(raw: str, *, limit: int = LINE_LIMIT) -> Displayable:
    """A name, title, tag or toast: one line, single spaces, at most ``limit`` characters."""
    ahead = raw[: limit * _READ_AHEAD]
    shown = ahead if _all_plain(ahead) else _made_familiar(ahead)[0]
    line = " ".join(shown.split())
    if len(line) > limit or (line and len(ahead) < len(raw)):
        line = line[: limit - 1].rstrip() + _ELLIPSIS
    return Displayable(line)


def is_altered(raw: str) -> bool:
    """Whether something that cannot be shown stands in a text."""
    return clean_block(raw).altered


def reveal(raw: str) -> Displayable:
    r"""The raw text for a reader who wants to see what was hidden: escaped as in Python (``\u202e``).

    Line feeds are shown and kept, so the text stands as it was laid out. All of it is escaped: a text of
    any length is to be given in pieces.
    """
    escaped = _odd().sub(_escape, raw.replace("\\", "\\\\"))
    return Displayable(escaped.replace("\n", "\\n\n"))


def _escape(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape", "backslashreplace").decode("ascii")


def _made_familiar(text: str) -> tuple[str, bool]:
    """The text without what a terminal would obey or misplace, and whether that changed it."""
    lines = _line_break().sub("\n", text)
    shown = _no_picture().sub("\ufffd", lines.translate(_CONTROLS))
    shown = _mark_flood().sub(r"\1", _invisible().sub("", shown))
    shown = _joined_flood().sub(lambda found: found[0].replace("\u200d", ""), shown)
    return shown, shown != lines.replace("\t", "    ")


def _within(text: str, limit: int) -> str:
    """The beginning of ``text`` that keeps both caps."""
    kept = text[:limit]
    if kept.count("\n") < MOST_LINES:
        return kept
    return "\n".join(kept.split("\n", MOST_LINES)[:MOST_LINES])
