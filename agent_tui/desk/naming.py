"""Names that strangers give to files, made fit for this machine's folders. Pure."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LONGEST: Final = 100
"""Characters of a name; also the bound on its bytes is kept, see below."""
_MOST_BYTES: Final = 200
"""File systems take 255; a number or a mark of an unfinished file may be added."""
_LONGEST_ENDING: Final = 12

_UNWANTED: Final = re.compile(r'[<>:"|?*/\\]')
"""What some system gives a meaning of its own."""
_RESERVED: Final = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?\Z")

OPENED_OUTSIDE: Final = frozenset(
    (
        *("png", "jpg", "jpeg", "gif", "webp", "bmp", "tif", "tiff", "heic"),
        *("pdf", "txt", "log", "csv", "md", "rtf"),
        *("odt", "ods", "odp", "doc", "docx", "xls", "xlsx", "ppt", "pptx"),
        *("mp3", "ogg", "oga", "opus", "wav", "m4a", "flac"),
        *("mp4", "webm", "mov", "mkv", "avi"),
    )
)
"""Endings of what is looked at or listened to; anything else could be a program."""

PICTURES: Final = frozenset(("png", "jpg", "jpeg", "gif", "webp", "bmp"))
"""Endings of what can be shown here."""


def safe_name(raw: str) -> str:
    """The last part of ``raw`` without anything that steers a path, a terminal, a shell or a file system.

    Never empty, never hidden, at most :data:`LONGEST` characters; the ending stays.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", raw))[-1]
    kept = "".join(one if one == " " or not _steers(one) else " " for one in last)
    name = " ".join(_UNWANTED.sub("_", kept).split()).strip(". ")
    if name.startswith(("-", "~")) or _RESERVED.match(name):
        name = f"_{name}"
    stem, ending = split_ending(name)
    return _within(stem, ending) or "file"


def _steers(character: str) -> bool:
    """Controls, direction overrides, surrogates, private use, separators, and what has no meaning yet."""
    return unicodedata.category(character)[0] in "CZ"


def split_ending(name: str) -> tuple[str, str]:
    """Name and ending; the ending starts with its dot, and is empty where it is none."""
    stem, dot, ending = name.rpartition(".")
    if not (stem and dot and ending.isalnum() and len(ending) <= _LONGEST_ENDING):
        return name, ""
    return stem, f".{ending}"


def _within(stem: str, ending: str) -> str:
    stem = stem[: LONGEST - len(ending)]
    while len((stem + ending).encode()) > _MOST_BYTES:
        stem = stem[:-1]
    return stem.rstrip(". ") + ending


def numbered(name: str, number: int) -> str:
    """Another name for the same: ``kuitti (2).pdf``; number 1 is the name itself."""
    if number == 1:
        return name
    stem, ending = split_ending(name)
    return f"{stem} ({number}){ending}"


def ending_of(name: str) -> str:
    """The ending without its dot, in lower case; empty where there is none."""
    return split_ending(name)[1][1:].lower()


def is_picture(name: str, kind: str) -> bool:
    """Whether it may be a picture that can be shown here, by what is said of it."""
    return ending_of(name) in PICTURES or kind in {"image", *(f"image/{one}" for one in PICTURES)}
