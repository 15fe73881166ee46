"""What a setting is called, its default and its bounds; read from file, environment and command line."""

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
from msgspec import Meta, Struct

from agent_tui.desk.rules import Checks, Rules
from agent_tui.desk.text import Displayable, clean_line
from agent_tui.wording import say, shown

QUIET: Final = r"^(([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9])?$"
PROFILE_NAME: Final = r"^([a-z0-9][a-z0-9._-]{0,59})?$"
"""A profile's name is a file's name too."""


class DeskSettings(Struct, frozen=True):
    """How the desk looks and behaves."""

    language: Annotated[
        str,
        Meta(
            pattern="^([a-z]{2})?$",
            description="Language of the program, two letters such as `fi`. Empty: the system's.",
        ),
    ] = ""
    theme: Annotated[
        str,
        Meta(
            min_length=1,
            description="Colours: `dark`, `light`, `high-contrast`, `colour-blind`, `mono`, or the name of a "
            "TOML file of your own in `themes/` beside the settings file.",
        ),
    ] = "dark"
    density: Annotated[
        Literal["compact", "comfortable"],
        Meta(description="`comfortable` puts a blank row between messages and gives the lists more room."),
    ] = "compact"
    panes: Annotated[
        int,
        Meta(ge=1, le=3, description="Chats side by side at most: two from 160 columns on, three from 240."),
    ] = 3
    profile: Annotated[
        str,
        Meta(
            pattern=PROFILE_NAME,
            description="The profile to start with, by its name. Empty: the only one, or you are asked. "
            "`agent-tui profiles default NAME` writes it.",
        ),
    ] = ""
    undo: Annotated[
        int,
        Meta(
            ge=0,
            le=30,
            description="Seconds in which closing, handing over, letting sleep, blocking, tags and putting "
            "aside can be taken back. `0`: they are done at once.",
        ),
    ] = 5
    undo_send: Annotated[
        int,
        Meta(
            ge=0,
            le=30,
            description="Seconds in which a text can be taken back before it leaves. `0`: it leaves at once.",
        ),
    ] = 0
    bell: Annotated[bool, Meta(description="Ring the bell when a customer out of sight writes.")] = True


class CannedSettings(Struct, frozen=True):
    """Canned responses in files, see `canned.md`. The nearest wins: your own, the backend's, the team's."""

    team: Annotated[
        tuple[str, ...],
        Meta(
            description="Folders of the team, in quotes between brackets; the last is the nearest. In the "
            "environment they stand as in `PATH`."
        ),
    ] = ()
    personal: Annotated[
        str, Meta(description="Your own folder. Empty: `canned` beside the settings file.")
    ] = ""


class PreflightSettings(Struct, frozen=True):
    """What is looked at before a reply leaves. What it finds is told once; Enter again sends all the same."""

    gaps: Annotated[bool, Meta(description="Places not filled in, such as `[name]` or `{{…}}`.")] = True
    language: Annotated[
        bool, Meta(description="Another language than the customer's, where there is no doubt.")
    ] = True
    repeated: Annotated[bool, Meta(description="The same text, sent to this customer before.")] = True
    others: Annotated[bool, Meta(description="The name or e-mail of another open customer.")] = True
    links: Annotated[
        bool,
        Meta(
            description="Addresses that are not there, or that customers cannot reach. Each is asked once, "
            "without any token; addresses with a query, and those inside of the house, are never asked."
        ),
    ] = True


class LinkSettings(Struct, frozen=True):
    """Links. Bookmarks stand in a file beside this one and in the team's folders, see `links.md`."""

    open_with: Annotated[
        tuple[str, ...],
        Meta(
            description='Program and arguments that show an address, such as `["firefox", "--new-tab"]`; '
            "the address comes last and no shell is asked. Empty: the system's own browser."
        ),
    ] = ()


class NoticeSettings(Struct, frozen=True):
    """How you are called when you look elsewhere. A notice names a queue and a time, never a customer."""

    terminal: Annotated[
        Literal["auto", "osc9", "osc777", "off"],
        Meta(
            description="The terminal's own notices, while its window is not in front: as the terminal is "
            "known to understand them, in one way or the other, or not at all. `agent-tui doctor` tries them."
        ),
    ] = "auto"
    desktop: Annotated[
        bool,
        Meta(description="Notices by the desktop of this machine too (`notify-send`, on a Mac `osascript`)."),
    ] = False
    repeat: Annotated[
        int,
        Meta(
            ge=0,
            le=3600,
            description="Seconds after which you are called again for a customer near or past the limit, "
            "until you act on it. `0`: never.",
        ),
    ] = 60
    quiet: Annotated[
        str,
        Meta(
            pattern=QUIET,
            description="Hours in which nothing rings, such as `22:00-07:00`, by this machine's clock.",
        ),
    ] = ""


class ConnectionSettings(Struct, frozen=True):
    """The chat backend. `agent-tui login` writes this part; the token is kept in the system's keyring."""

    url: Annotated[str, Meta(description="Address of the backend, such as `https://chat.example.org`.")] = ""
    backend: Annotated[Literal["chatwoot"], Meta(description="Kind of the backend.")] = "chatwoot"
    account: Annotated[str, Meta(description="Account to work in, by its id. Empty: the one used last.")] = ""
    allow_plain_http: Annotated[
        bool,
        Meta(
            description="Let plain http go to another machine. Whoever is on the way can then read and "
            "change everything, the token included."
        ),
    ] = False


class Settings(Struct, frozen=True):
    """All settings."""

    desk: DeskSettings = msgspec.field(default_factory=DeskSettings)
    canned: CannedSettings = msgspec.field(default_factory=CannedSettings)
    preflight: PreflightSettings = msgspec.field(default_factory=PreflightSettings)
    links: LinkSettings = msgspec.field(default_factory=LinkSettings)
    notices: NoticeSettings = msgspec.field(default_factory=NoticeSettings)
    connection: ConnectionSettings = msgspec.field(default_factory=ConnectionSettings)
    keys: Annotated[dict[str, str], Meta(description="Keys of your own, by the names in `docs/keys.md`.")] = (
        msgspec.field(default_factory=dict)
    )


class SettingsError(Exception):
    """A setting that cannot be used. Its text is one line that says where and why."""


SECTIONS: Final[Mapping[str, type[Struct]]] = {
    "desk": DeskSettings,
    "canned": CannedSettings,
    "preflight": PreflightSettings,
    "links": LinkSettings,
    "notices": NoticeSettings,
    "connection": ConnectionSettings,
}
_PLAIN: Final = ("desk", "connection")
"""Sections whose settings' names say enough by themselves in the environment."""
KEYS: Final = "keys"
_TRUE: Final = ("1", "true", "yes", "on")
_FALSE: Final = ("0", "false", "no", "off")


def variable(section: str, name: str) -> str:
    """The environment variable that overrides the setting ``name`` of ``section``."""
    return f"AGENT_TUI_{name if section in _PLAIN else f'{section}_{name}'}".upper()


@functools.cache
def each_setting() -> tuple[tuple[str, str, Any], ...]:
    """Section, name and annotated type of every setting, as in the file."""
    return tuple(_each())


def _each() -> Iterator[tuple[str, str, Any]]:
    for section, struct in SECTIONS.items():
        hints = typing.get_type_hints(struct, include_extras=True)
        yield from ((section, name, hints[name]) for name in struct.__struct_fields__)


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
    for section, name, kind in each_setting():
        for source, spelled in ((variable(section, name), environ), (f"{section}.{name}", given)):
            if source in spelled:
                values[section][name] = _from_words(source, spelled[source], kind)
    return msgspec.convert(values, Settings)


def rules(settings: Settings) -> Rules:
    """What the settings settle about the desk."""
    return Rules(checks=msgspec.convert(msgspec.to_builtins(settings.preflight), Checks))


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
    values: dict[str, dict[str, Any]] = {section: {} for section in (*SECTIONS, KEYS)}
    types_of = {(section, name): kind for section, name, kind in each_setting()}
    for section, content in table.items():
        if section not in values:
            raise _unknown(path, text, section, "", values)
        if not isinstance(content, dict):
            where = shown(f"{path}:{_line(text, section, '')}")
            words = say("{place}: {name} is a table: write [{name}]", place=where, name=clean_line(section))
            raise SettingsError(words)
        for name, value in (_flat(content) if section == KEYS else content).items():
            kind = str if section == KEYS else types_of.get((section, name))
            if kind is None:
                raise _unknown(path, text, section, name, [n for s, n in types_of if s == section])
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
