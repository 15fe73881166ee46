"""Chatwoot's list of canned responses: JSON objects with ``short_code`` and ``content``."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from canned.exchange.results import Exported, Imported, Importing, lost
from canned.languages import fold, unfold
from canned.model import Response

_UNKNOWN = ("title", "category", "tags", "queues", "when", "links", "attachments", "after", "auto_send")


def read_chatwoot(text: str, file: str) -> Imported:
    """The responses of a list as the server answers it. ``moi`` and ``moi-sv`` become one."""
    importing = Importing(file)
    for number, row in enumerate(_rows(text, importing), 1):
        if isinstance(row, dict) and isinstance(row.get("content"), str):
            importing.add(number, {"shortcut": row.get("short_code"), "text": row["content"]})
        else:
            importing.refuse(
                number, f"entry {number} is no canned response", "it needs short_code and content"
            )
    found = importing.done()
    return Imported(tuple(fold(found.responses)), found.problems)


def _rows(text: str, importing: Importing) -> list[Any]:
    try:
        rows = json.loads(text)
    except ValueError as error:
        importing.refuse(getattr(error, "lineno", 1), "this is not JSON", "export the list again")
        return []
    except RecursionError:
        importing.refuse(1, "this is nested too deep", "export the list again")
        return []
    rows = rows.get("payload", rows) if isinstance(rows, dict) else rows
    return rows if isinstance(rows, list) else [rows]


def write_chatwoot(responses: Iterable[Response]) -> Exported:
    """The list as Chatwoot takes it, each language a response of its own."""
    kept = list(responses)
    rows = [
        {"short_code": one.shortcut, "content": one.text} for response in kept for one in unfold(response)
    ]
    return Exported(json.dumps(rows, ensure_ascii=False, indent=2) + "\n", lost(kept, *_UNKNOWN))
