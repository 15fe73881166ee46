"""``agent-tui profiles``: the saved connections; list, remove, rename, choose which to start with."""

from __future__ import annotations

import sys

from agent_tui import keychain
from agent_tui import profiles as saved
from agent_tui.cli.canned_output import table
from agent_tui.cli.connection import entry
from agent_tui.cli.parser import Given
from agent_tui.cli.surroundings import Surroundings
from agent_tui.desk.text import clean_line
from agent_tui.interchange import json_text
from agent_tui.launch import Exit, Refusal
from agent_tui.settings import Settings, SettingsError, load
from agent_tui.wording import say, shown


def profiles(around: Surroundings, given: Given) -> int:
    """Do what was asked; returns the exit code.

    Raises:
        Refusal: there is no such profile, or its file cannot be changed.
    """
    common = around.common_settings(given)
    try:
        match given.what:
            case "list":
                _list(around, common, as_json=given.json)
            case "default":
                saved.make_default(around.places, given.name)
            case "remove":
                _remove(around, common, given.name)
            case _:
                _rename(around, common, given.name, given.new_name)
    except saved.NoProfile as error:
        raise Refusal(str(error), Exit.WRONG_USAGE) from error
    except SettingsError as error:
        raise Refusal(str(error), Exit.FAILED) from error
    except OSError as error:
        why = clean_line(error.strerror or "")
        words = say("{file} cannot be written ({why}).", file=shown(around.places.config), why=why)
        raise Refusal(words, Exit.FAILED) from error
    return Exit.DONE


def _own(around: Surroundings, name: str) -> Settings:
    return load(saved.file_of(around.places, name), {}, {})


def _list(around: Surroundings, common: Settings, *, as_json: bool) -> None:
    known = saved.names(around.places)
    first = saved.in_force(known, common.desk.profile if common.desk.profile in known else "")
    told = [
        {
            "name": name,
            "url": own.url,
            "backend": own.backend,
            "account": own.account,
            "default": name == first,
        }
        for name in known
        for own in (_own(around, name).connection,)
    ]
    if as_json:
        sys.stdout.write(json_text(told))
    elif told:
        sys.stdout.write(
            table([("*" if one["default"] else " ", str(one["name"]), str(one["url"])) for one in told])
        )
    else:
        sys.stderr.write(f"{say('No connection is saved yet. Sign in with: agent-tui login URL')}\n")


def _remove(around: Surroundings, common: Settings, name: str) -> None:
    saved.in_force(saved.names(around.places), name)
    kept_under = entry(_own(around, name).connection.url, name)
    saved.remove(around.places, name)
    if common.desk.profile == name:
        saved.make_default(around.places, "")
    try:
        keychain.forget(kept_under)
    except keychain.NoKeychain as error:
        words = say("A token for it may still be in the keyring: {why}.", why=clean_line(str(error)))
        sys.stderr.write(f"{words}\n")


def _rename(around: Surroundings, common: Settings, old: str, new: str) -> None:
    saved.rename(around.places, old, new)
    if common.desk.profile == old:
        saved.make_default(around.places, new)
    url = _own(around, new).connection.url
    try:
        token = keychain.read(entry(url, old))
        if token is not None:
            keychain.keep(entry(url, new), token)
            keychain.forget(entry(url, old))
    except keychain.NoKeychain as error:
        words = say(
            "Its token stays where it is: {why}. Sign in with: agent-tui login --profile {name}",
            why=clean_line(str(error)), name=clean_line(new),
        )  # fmt: skip
        sys.stderr.write(f"{words}\n")
