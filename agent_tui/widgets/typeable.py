"""What a keyboard could have written of a text from anywhere."""

from __future__ import annotations

from agent_tui.desk.late import pattern, wide_pattern
from agent_tui.desk.text import Displayable

_line_end = pattern("\r\n|[\r\x85\u2028\u2029]")
_untyped = wide_pattern(
    r"(?V1)[[\p{Cc}\p{Cs}\p{Co}\p{Cf}\p{Default_Ignorable_Code_Point}]--[\n\u200c\u200d\ufe00-\ufe0f]]"
)
"""Controls, direction overrides, invisible marks and surrogates: nobody types them, a paste may hold them."""
_mark_flood = wide_pattern(r"(\p{M}{4})\p{M}+")


def typeable(text: str) -> Displayable:
    """What of ``text`` a keyboard could have written: any line end is a line feed, a tab four blanks."""
    if text.isascii() and text.isprintable():
        return Displayable(text)
    lines = _line_end().sub("\n", text).replace("\t", "    ")
    return Displayable(_mark_flood().sub(r"\1", _untyped().sub("", lines)))
