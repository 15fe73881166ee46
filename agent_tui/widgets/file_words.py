"""A file in words: its name, what it is, how much of it there is."""

from __future__ import annotations

from collections.abc import Iterable

from agent_tui.desk.file_model import Chosen, FileLine
from agent_tui.desk.text import Displayable
from agent_tui.wording import say

_KIBIBYTE = 1024
_MEBIBYTE = 1024 * 1024


def size_words(size: int) -> Displayable:
    """A size for a person: ``812 bytes``, ``48 KiB``, ``1.2 MiB``."""
    if size < _KIBIBYTE:
        return say("{n} bytes", n=size)
    if size < _MEBIBYTE:
        return say("{n} KiB", n=round(size / _KIBIBYTE))
    return say("{n} MiB", n=Displayable(f"{size / _MEBIBYTE:.1f}"))


def about(file: FileLine | Chosen) -> Displayable:
    """What it is and how much: ``image/png · 48 KiB``."""
    if file.size is None:
        return file.kind
    return Displayable(f"{file.kind} · {size_words(file.size)}")


def file_words(file: FileLine | Chosen) -> Displayable:
    """All of it on one line, with the mark of a file."""
    return Displayable(f"▤ {file.name} · {about(file)}")


def all_words(files: Iterable[Chosen]) -> Displayable:
    """The files that go with a text, on one line; empty without any."""
    return Displayable("   ".join(map(file_words, files)))
