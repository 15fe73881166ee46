"""``agent-tui login``: find out what lives at an address, sign in, keep the token in the keyring."""

from __future__ import annotations

import asyncio
import getpass
import sys

from agent_tui import keychain, profiles
from agent_tui.cli.admitting import keep, save
from agent_tui.cli.connection import check_address
from agent_tui.cli.parser import Given
from agent_tui.cli.surroundings import Surroundings
from agent_tui.cli.workstation import at_desk
from agent_tui.desk.text import clean_line
from agent_tui.engine import intake
from agent_tui.engine.admission import Admitted, Door, find
from agent_tui.launch import Exit, Refusal, check_terminal, has_terminal, start_refusal
from agent_tui.settings import Settings
from agent_tui.sign_in_words import Beginning
from agent_tui.wording import say
from api_client.errors import ApiError
from api_client.secret import Secret


def login(around: Surroundings, given: Given) -> int:
    """Sign in and keep the token; returns the exit code."""
    settings = around.common_settings(given)
    if given.profile and not profiles.is_name(given.profile):
        raise Refusal(profiles.no_name(given.profile), Exit.WRONG_USAGE)
    known = _known(around, given)
    if not given.token_stdin and has_terminal() and around.environ.get("TERM") != "dumb":
        return _on_screen(around, settings, given, known)
    url = check_address(known.url, allow_plain=given.allow_plain_http)
    try:
        admitted = _admitted(url, given)
    except ApiError as error:
        raise start_refusal(intake.problem_of(error), url) from error
    connection = save(around, admitted, given.profile or "", allow_plain=given.allow_plain_http)
    words = say("Signed in at {url} as {name}.", url=clean_line(admitted.url), name=clean_line(admitted.name))
    sys.stdout.write(f"{words}\n")
    try:
        keep(connection)
    except keychain.NoKeychain as error:
        words = say(
            "The token is not kept: {why}. Give it in AGENT_TUI_TOKEN when you start agent-tui.",
            why=clean_line(str(error)),
        )
        raise Refusal(words, Exit.FAILED) from error
    sys.stdout.write(f"{say('The token is in your keyring. Start working with: agent-tui')}\n")
    return Exit.DONE


def _known(around: Surroundings, given: Given) -> Beginning:
    """The address as given, else that of the profile to sign in to anew."""
    name = given.profile or ""
    if given.url or name not in profiles.names(around.places):
        return Beginning(given.url, given.email or "")
    return Beginning(around.settings(given, name).connection.url, given.email or "")


def _on_screen(around: Surroundings, settings: Settings, given: Given, known: Beginning) -> int:
    check_terminal(around.environ)
    from agent_tui.cli import entrance  # noqa: PLC0415  the screen's toolkit costs 150 ms

    plain = given.allow_plain_http
    connection = entrance.sign_in(around, settings, known, given.profile or "", allow_plain=plain)
    if connection is None:
        return Exit.FAILED
    if not connection.kept:
        return at_desk(around, around.settings(given, connection.profile), connection).code
    words = say("Signed in at {url}. Start working with: agent-tui", url=clean_line(connection.settings.url))
    sys.stdout.write(f"{words}\n")
    return Exit.DONE


def _admitted(url: str, given: Given) -> Admitted:
    door = asyncio.run(find(url, allow_plain=given.allow_plain_http))
    if not door.served:
        words = say(
            "{url} is {kind}, which agent-tui cannot serve.",
            url=clean_line(door.found.url),
            kind=clean_line(door.found.kind),
        )
        raise Refusal(words, Exit.FAILED)
    if given.token_stdin:
        return asyncio.run(door.by_token(_token_from_stdin()))
    return _by_password(door, given.email)


def _token_from_stdin() -> Secret:
    token = Secret(sys.stdin.readline().strip())
    if not token.sendable:
        raise Refusal(say("Standard input holds no token."), Exit.WRONG_USAGE)
    return token


def _by_password(door: Door, email: str | None) -> Admitted:
    if not sys.stdin.isatty():
        words = say("Signing in asks for a password, which needs a terminal; or use --token-stdin")
        raise Refusal(words, Exit.WRONG_USAGE)
    email = email or input(f"{say('E-mail:')} ").strip()
    admitted = asyncio.run(door.by_password(email, Secret(getpass.getpass(f"{say('Password:')} "))))
    if admitted is None:
        code = Secret(getpass.getpass(f"{say('Code from your app, or a backup code:')} "))
        admitted = asyncio.run(door.by_code(code))
    return admitted
