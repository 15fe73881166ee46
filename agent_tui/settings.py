"""Settings, read from file, environment and command line, and refused where they cannot be used."""

from __future__ import annotations

import difflib
import functools
import json
import os
import re
import tomllib
import typing
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Final, Literal, get_args, get_origin

import msgspec
from msgspec import Meta

from agent_tui.desk.rules import Rules, tag_rule
from agent_tui.desk.text import Displayable, clean_line
from agent_tui.desk.wait_rules import waits
from agent_tui.settings_schema import (
    PROFILE_NAME,
    SECTIONS,
    Argv,
    CannedSettings,
    ConnectionSettings,
    DeskSettings,
    Settings,
)
from agent_tui.wording import say, shown

__all__ = [
    "KEYS",
    "PROFILE_NAME",
    "SECTIONS",
    "CannedSettings",
    "ConnectionSettings",
    "DeskSettings",
    "Settings",
    "SettingsError",
    "description",
    "each_setting",
    "load",
    "parsed",
    "rules",
    "text_of",
    "toml",
    "variable",
]


class SettingsError(Exception):
    """A setting that cannot be used. Its text is one line that says where and why."""


_PLAIN: Final = ("desk", "connection")
"""Sections whose settings' names say enough by themselves in the environment."""
KEYS: Final = "keys"
_BY_NAME: Final[Mapping[str, Any]] = {KEYS: str, "commands": Argv}
"""Sections whose names are the person's own, with what each takes."""
_TRUE: Final = ("1", "true", "yes", "on")
_FALSE: Final = ("0", "false", "no", "off")


def variable(section: str, name: str) -> str:
    """The environment variable that overrides the setting ``name`` of ``section``."""
    return f"AGENT_TUI_{name if section in _PLAIN else f'{section}_{name}'}".upper()


def each_setting() -> Iterator[tuple[str, str, Any]]:
    """Section, name and annotated type of every setting, as in the file."""
    for section in SECTIONS:
        yield from ((section, name, kind) for name, kind in _kinds(section).items())


@functools.cache
def _kinds(section: str) -> Mapping[str, Any]:
    """The names of a section with their types. Working them out takes longer than reading a file."""
    struct = SECTIONS[section]
    hints = typing.get_type_hints(struct, include_extras=True)
    return {name: hints[name] for name in struct.__struct_fields__}


def load(
    path: Path, environ: Mapping[str, str], given: Mapping[str, str], profile: Path | None = None
) -> Settings:
    """Settings from the file, overridden by the profile's, by the environment, by the command line.

    Args:
        path: the file; it need not exist.
        profile: a second file; what it sets beats the first one.
        environ: read for the variables that :func:`variable` names.
        given: values from the command line by ``section.name``.

    Raises:
        SettingsError: something in one of them cannot be used.
    """
    values = _checked(path)
    if profile is not None:
        for section, own in _checked(profile).items():
            values[section] |= own
    for section, struct in SECTIONS.items():
        for name in struct.__struct_fields__:
            for source, spelled in ((variable(section, name), environ), (f"{section}.{name}", given)):
                if source in spelled:
                    values[section][name] = _from_words(source, spelled[source], _kinds(section)[name])
    return msgspec.convert(values, Settings)


def rules(settings: Settings) -> Rules:
    """What the settings settle about the desk."""
    tags = tuple(map(tag_rule, settings.tags.required))
    return Rules(settings.preflight, tags, waits(settings.waiting), settings.capacity)


def text_of(path: Path) -> str:
    """What stands in a settings file; nothing when it is not there.

    Raises:
        SettingsError: it cannot be read.
    """
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            say("{file}: cannot be read ({why})", file=shown(path), why=_reason(error))
        ) from error


def _reason(error: OSError | UnicodeDecodeError) -> Displayable:
    if isinstance(error, OSError):
        return clean_line(error.strerror or str(error))
    return say("it is not UTF-8 text")


def parsed(path: Path, text: str) -> dict[str, Any]:
    """The text as tables.

    Raises:
        SettingsError: it is not TOML.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"^(.*) \(at line (\d+), column \d+\)$", str(error))
        where, why = (f":{place[2]}", place[1]) if place else ("", str(error))
        words = say("{place}: is not TOML: {why}", place=shown(f"{path}{where}"), why=clean_line(why.lower()))
        raise SettingsError(words) from error


def _checked(path: Path) -> dict[str, dict[str, Any]]:
    """The file's values, each of its right type."""
    text = text_of(path)
    table = parsed(path, text)
    values: dict[str, dict[str, Any]] = {section: {} for section in (*SECTIONS, *_BY_NAME)}
    for section, content in table.items():
        if section not in values:
            raise _unknown(path, text, section, "", values)
        if not isinstance(content, dict):
            where = shown(f"{path}:{_line(text, section, '')}")
            words = say("{place}: {name} is a table: write [{name}]", place=where, name=clean_line(section))
            raise SettingsError(words)
        for name, value in (_flat(content) if section == KEYS else content).items():
            kind = _BY_NAME.get(section) or _kinds(section).get(name)
            if kind is None:
                raise _unknown(path, text, section, name, _kinds(section))
            where = shown(f"{path}:{_line(text, section, name)}: {section}.{name}")
            values[section][name] = _of_type(where, value, kind)
    return values


def _flat(table: Mapping[str, Any]) -> dict[str, Any]:
    """Names of actions have dots, which TOML takes for tables unless they are quoted."""
    flat: dict[str, Any] = {}
    for name, value in table.items():
        inner = _flat(value) if isinstance(value, dict) else {"": value}
        flat |= {f"{name}.{rest}" if rest else name: deep for rest, deep in inner.items()}
    return flat


def _unknown(path: Path, text: str, section: str, name: str, known: typing.Iterable[str]) -> SettingsError:
    wrong = clean_line(f"{section}.{name}" if name else section)
    place = shown(f"{path}:{_line(text, section, name)}")
    near = difflib.get_close_matches(name or section, list(known), n=1)
    if near:
        other = Displayable(near[0])
        words = say(
            "{place}: unknown setting {name}; did you mean {other}?", place=place, name=wrong, other=other
        )
    else:
        names = Displayable(", ".join(known))
        words = say("{place}: unknown setting {name}; there is {names}", place=place, name=wrong, names=names)
    return SettingsError(words)


def _of_type(where: Displayable, value: object, kind: Any) -> object:
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        raise _unfit(where, value, kind) from error


def _unfit(where: Displayable, value: object, kind: Any) -> SettingsError:
    given = clean_line(repr(value))
    return SettingsError(
        say("{place} cannot be {value}: {why}", place=where, value=given, why=_expected(kind))
    )


def _from_words(source: str, words: str, kind: Any) -> object:
    """A value from the environment or the command line, where everything is text."""
    if _bare(kind) is bool:
        if words.lower() in (*_TRUE, *_FALSE):
            return words.lower() in _TRUE
        raise _unfit(Displayable(source), words, kind)
    if get_origin(_bare(kind)) is tuple:
        return tuple(filter(None, words.split(os.pathsep)))
    number = _bare(kind) is int and words.isascii() and words.isdecimal()
    return _of_type(Displayable(source), int(words) if number else words, kind)


def _bare(kind: Any) -> Any:
    return get_args(kind)[0] if get_origin(kind) is Annotated else kind


def _expected(kind: Any) -> Displayable:
    """What a setting takes, for a person."""
    bare = _bare(kind)
    if get_origin(bare) is Literal:
        return say("it takes one of {names}", names=Displayable(", ".join(get_args(bare))))
    if bare is bool:
        return say("it takes true or false")
    return say(described) if (described := description(kind)) else say("it takes text in quotes")


def description(kind: Any) -> str:
    """What the setting is for."""
    notes = [note for note in get_args(kind)[1:] if isinstance(note, Meta)]
    return next((note.description for note in notes if note.description), "")


def _line(text: str, section: str, name: str) -> int:
    """The line a setting stands on, or where its section does."""
    found, current = 1, ""
    for number, line in enumerate(text.splitlines(), 1):
        header = re.match(r"\s*\[\s*\"?([^\]\"]+?)\"?\s*\]", line)
        key = re.match(r"\s*[\"']?([\w.-]+)[\"']?\s*=", line)
        if header:
            current = header[1]
            found = number if current == section else found
        elif key and (f"{current}.{key[1]}" if current else key[1]) in {f"{section}.{name}", section}:
            return number
    return found


def toml(value: object) -> str:
    """A value as TOML writes it."""
    return str(value).lower() if isinstance(value, bool) else json.dumps(value, ensure_ascii=False)
