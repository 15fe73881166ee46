"""Printing canned responses: what comes from files reaches the terminal cleaned."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Final

from agent_tui.desk.text import Displayable, clean_line

_WIDEST: Final = 60
_UNSEEN: Final = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")


def line(raw: str) -> Displayable:
    """One line for the terminal."""
    return clean_line(raw)


def table(rows: Sequence[Sequence[str]]) -> str:
    """The rows in columns, one line each."""
    cleaned = [[clean_line(cell, limit=_WIDEST) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cleaned, strict=True)]
    return "".join(
        "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip() + "\n"
        for row in cleaned
    )


def json_text(told: object) -> str:
    """JSON on one line that a terminal shows as it is: what would not be seen is escaped."""
    plain = json.dumps(told, ensure_ascii=False)
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", plain) + "\n"
