"""A folder of plain Markdown files: folders are categories, ``moi.md`` and ``moi.sv.md`` one response."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any, Final

from canned.exchange.results import Imported, Importing, lost
from canned.model import ANY, Response
from canned.personal import file_name
from canned.places import Unreadable
from canned.rowing import ANY_NAME, to_values
from canned.yaml_rows import yaml_tree
from canned.yaml_writing import yaml_text

ENDING: Final = ".md"
_FRONT: Final = re.compile(r"\A---\r?\n(.*?)^---\s*$\r?\n?", re.DOTALL | re.MULTILINE)
_LANGUAGE: Final = re.compile(r"(?P<stem>.+)\.(?P<language>[a-z]{2,3})")
_TITLE: Final = re.compile(r"\A\s*# +(?P<title>[^\n]+)\n")


def read_markdown(files: Mapping[str, str], folder: str) -> Imported:
    """The responses of a folder.

    Args:
        files: texts by path below the folder, with ``/`` between its steps.
        folder: its name for people.
    """
    importing = Importing(folder)
    groups: dict[str, dict[str, Any]] = {}
    for path, text in sorted(files.items()):
        stem, language = _named(PurePosixPath(path))
        try:
            about, body = _apart(text)
        except Unreadable as error:
            importing.refuse(error.line, f"{path}: {error.what}", error.remedy)
            continue
        values = groups.setdefault(str(PurePosixPath(path).parent / stem), {"text": {}})
        values.update({name: value for name, value in about.items() if name not in values})
        values["text"][language] = body
    for whole, values in groups.items():
        place = PurePosixPath(whole)
        category = "/".join(place.parent.parts)
        importing.add(0, {"shortcut": place.name, "category": category or None, **values})
    return importing.done()


def _named(path: PurePosixPath) -> tuple[str, str]:
    found = _LANGUAGE.fullmatch(path.stem)
    return (found["stem"], found["language"]) if found else (path.stem, ANY_NAME)


def _apart(text: str) -> tuple[dict[str, Any], str]:
    """What the front says, and the body."""
    front = _FRONT.match(text)
    about = yaml_tree(front[1]) if front else {}
    if about is not None and not isinstance(about, dict):
        raise Unreadable(1, "the part between --- has no names", "write name: value there")
    body = text[front.end() :] if front else text
    title = None if front else _TITLE.match(body)
    if title:
        return {"title": title["title"].strip()}, body[title.end() :]
    return {name: value for name, value in (about or {}).items() if name != "text"}, body


def write_markdown(responses: Iterable[Response]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Texts by path, and a line for each thing that cannot be carried."""
    kept = list(responses)
    files: dict[str, str] = {}
    for response in kept:
        folder = PurePosixPath(*(file_name(step) for step in response.category))
        front: dict[str, Any] = to_values(response)
        front.pop("attachments", None)
        front.pop("text", None)
        for language, text in response.texts.items():
            ending = ENDING if language == ANY else f".{language}{ENDING}"
            path = folder / f"{file_name(response.shortcut)}{ending}"
            files[str(path)] = f"---\n{yaml_text(front)}---\n{text}\n"
            front = {"shortcut": response.shortcut}
    return files, lost(kept, "attachments")
