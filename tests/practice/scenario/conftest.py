"""A small sound desk that the tests break in one place at a time."""

from __future__ import annotations

from pathlib import Path

import pytest

DESK = """\
[organisation]
name = "The Hat Shop"
languages = ["en", "fi"]
help_centre = "https://help.example.test"

[[queues]]
key = "hats"
name = "Hats"
automatic.en = "You are in the queue."

[[agents]]
key = "maija"
name = "Maija Malli"
email = "maija@example.test"
queues = ["hats"]

[[teams]]
key = "makers"
name = "Makers"
members = ["maija"]

[[tags]]
title = "size"

[[canned]]
short_code = "hello"
content = "Hello, {{contact.first_name}}."

[[patterns]]
key = "calm"
phases = [
  { minutes = 10, per_minute = 2 },
]

[[personas]]
key = "olle"
name = "Olle Persson"
language = "fi"
queue = "hats"
patience = 60
opening = [["Hei!", "Mikä koko?"]]
thanks = [["Kiitos."]]
tags = ["size"]

[[personas.follow_ups]]
say = [["Ja hinta?"]]
"""


class DeskFolder:
    """A folder with a desk in it, to be changed line by line."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.file = path / "desk.toml"
        self.file.write_text(DESK)

    def change(self, old: str, new: str) -> int:
        """Replace the one place where ``old`` stands; the line it stood on."""
        text = self.file.read_text()
        assert text.count(old) == 1, old
        self.file.write_text(text.replace(old, new))
        return text[: text.index(old)].count("\n") + 1

    def add(self, text: str, file: str = "desk.toml") -> None:
        path = self.path / file
        path.write_text((path.read_text() if path.exists() else "") + text)


@pytest.fixture
def desk(tmp_path: Path) -> DeskFolder:
    folder = tmp_path / "hatshop"
    folder.mkdir()
    return DeskFolder(folder)
