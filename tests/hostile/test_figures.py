"""Hostile words among figures: neither form brings a terminal to obey, and both are read back."""

from __future__ import annotations

import csv
import json

import pytest

from agent_tui.interchange import csv_text, json_text
from tests.hostile.allowed import offences
from tests.hostile.corpus import HOSTILE


@pytest.mark.parametrize("kind", HOSTILE)
def test_json_shows_hostile_words_escaped_and_gives_them_back_whole(kind: str) -> None:
    told = {"queue": HOSTILE[kind], HOSTILE[kind]: 1}
    for text in (json_text(told), json_text(told, indent=1)):
        assert json.loads(text) == json.loads(json.dumps(told))
        assert not offences(text.encode())


@pytest.mark.parametrize("kind", HOSTILE)
def test_csv_shows_hostile_words_cleaned_on_one_line(kind: str) -> None:
    text = csv_text((("name", "number"), (HOSTILE[kind], 1)))
    names, row = csv.reader(text.splitlines())
    assert names == ["name", "number"]
    assert row[1] == "1"
    assert not row[0].startswith(("=", "+", "-", "@"))
    assert not offences(text.encode())
