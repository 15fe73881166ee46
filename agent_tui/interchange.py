"""Figures for other programs, which may as well end on a terminal: JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Iterable

from agent_tui.desk.text import clean_line


def json_text(told: object, *, indent: int | None = None) -> str:
    """JSON that a terminal shows as it is: what is not seen or is drawn over other letters is escaped."""
    plain = json.dumps(told, ensure_ascii=False, indent=indent)
    return "".join(sign if _takes_a_cell(sign) else json.dumps(sign)[1:-1] for sign in plain) + "\n"


def _takes_a_cell(sign: str) -> bool:
    return sign == "\n" or (sign.isprintable() and not unicodedata.category(sign).startswith("M"))


def csv_text(rows: Iterable[Iterable[object]]) -> str:
    """A line for each row. Texts are cleaned, and none of them is a formula to a spreadsheet."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(map(_cell, row) for row in rows)
    return text.getvalue()


def _cell(value: object) -> object:
    if not isinstance(value, str):
        return value
    line = clean_line(value)
    return f" {line}" if line.startswith(("=", "+", "-", "@")) else line
