"""Profiles: connections with a name, each with a settings file of its own that goes over the common one."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from msgspec import Struct

from agent_tui.desk.text import Displayable, clean_line
from agent_tui.own_files import own_folder, write_whole
from agent_tui.paths import Places
from agent_tui.settings import PROFILE_NAME, ConnectionSettings
from agent_tui.settings_writing import with_connection, with_value
from agent_tui.wording import say

_ENDING: Final = ".toml"


class Whereabouts(Struct, frozen=True):
    """Which of the person's desks the workstation is at."""

    practice: bool = False
    """Every customer is invented."""
    profile: str = ""
    """The profile in use; empty where there is none."""
    others: tuple[str, ...] = ()
    """The profiles that one can go on to."""


ANYWHERE: Final = Whereabouts()
"""Where nothing more is known."""


class NoProfile(Exception):
    """A profile that is not there, or a name that none can have. Its text is one line."""


def file_of(places: Places, name: str) -> Path:
    """Where a profile's settings are."""
    return places.profiles / f"{name}{_ENDING}"


def names(places: Places) -> list[str]:
    """All profiles by name."""
    found = (path.stem for path in places.profiles.glob(f"*{_ENDING}"))
    return sorted(name for name in found if is_name(name))


def is_name(name: str) -> bool:
    """Whether a profile can be called so."""
    return bool(name) and re.match(PROFILE_NAME, name) is not None


def no_name(name: str) -> Displayable:
    """What to say about a name that none can have."""
    return say(
        "{name} is no name for a profile: use small letters, digits, dots and dashes.",
        name=clean_line(repr(name)),
    )


def in_force(known: Sequence[str], wanted: str) -> str:
    """The profile to use: the one wanted, else the only one; empty where that decides nothing.

    Raises:
        NoProfile: there is none of the name wanted.
    """
    if wanted and wanted not in known:
        raise NoProfile(_missing(known, wanted))
    return wanted or (known[0] if len(known) == 1 else "")


def _missing(known: Sequence[str], name: str) -> Displayable:
    if not known:
        return say(
            "There is no profile {name}, as there is none yet. agent-tui login makes one.",
            name=clean_line(repr(name)),
        )
    return say(
        "There is no profile {name}. There is {names}. agent-tui login makes another one.",
        name=clean_line(repr(name)), names=clean_line(", ".join(known)),
    )  # fmt: skip


def name_for(url: str, known: Collection[str]) -> str:
    """A name for a new profile, after the server's."""
    host = (urlsplit(url).hostname or "").lower()
    name = re.sub(r"[^a-z0-9.-]+", "-", host).strip(".-")[:50] or "desk"
    further = (f"{name}-{number}" for number in range(2, len(known) + 3))
    return name if name not in known else next(one for one in further if one not in known)


def save(places: Places, name: str, connection: ConnectionSettings) -> None:
    """Write a profile's connection; its other settings stay.

    Raises:
        SettingsError: its file is written so that only a person can change it.
        OSError: it cannot be written.
    """
    own_folder(places.profiles)
    path = file_of(places, name)
    write_whole(path, with_connection(path, connection))


def make_default(places: Places, name: str) -> None:
    """Start with this profile from now on; with an empty name, ask.

    Raises:
        NoProfile: there is none of this name.
        SettingsError, OSError: as above.
    """
    in_force(names(places), name)
    write_whole(places.settings, with_value(places.settings, "desk", "profile", name))


def rename(places: Places, old: str, new: str) -> None:
    """Call a profile otherwise.

    Raises:
        NoProfile: there is none called ``old``, one called ``new`` already, or none can be called so.
        OSError: it cannot be done.
    """
    known = names(places)
    in_force(known, old)
    if not is_name(new):
        raise NoProfile(no_name(new))
    if new in known:
        raise NoProfile(say("There is a profile {name} already.", name=clean_line(new)))
    file_of(places, old).rename(file_of(places, new))


def remove(places: Places, name: str) -> None:
    """Forget a profile.

    Raises:
        NoProfile: there is none of this name.
        OSError: it cannot be done.
    """
    in_force(names(places), name)
    file_of(places, name).unlink()
