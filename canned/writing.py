"""Responses written as TOML texts that read back the same."""

from __future__ import annotations

from collections.abc import Iterable

import tomli_w

from canned.model import Response
from canned.rowing import to_values
from canned.rows import RESPONSE


def as_toml(responses: Iterable[Response]) -> str:
    """A TOML file: names and values for one response, ``[[response]]`` above each of many."""
    rows = [to_values(response) for response in responses]
    table = rows[0] if len(rows) == 1 else {RESPONSE: rows}
    return tomli_w.dumps(table, multiline_strings=True) if rows else ""
