"""``agent-tui login``: find out what lives at an address, sign in, keep the token in the keyring."""

from __future__ import annotations

import asyncio
import getpass
import sys

from agent_tui import keychain
from agent_tui.cli.admitting import keep, save
from agent_tui.cli.connection import check_address
from agent_tui.cli.parser import Given
from agent_tui.cli.surroundings import Surroundings
from agent_tui.desk.text import clean_line
from agent_tui.engine import intake
from agent_tui.engine.admission import Admitted, Door, find
from agent_tui.launch import Exit, Refusal, start_refusal
from agent_tui.wording import say
from api_client.chatwoot.signin import MfaRequired
from api_client.errors import ApiError
from api_client.secret import Secret


def login(around: Surroundings, given: Given) -> int:
    """Sign in and keep the token; returns the exit code."""
    around.common_settings(given)
    url = check_address(given.url, allow_plain=given.allow_plain_http)
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
    if isinstance(admitted, MfaRequired):
        code = Secret(getpass.getpass(f"{say('Code from your app, or a backup code:')} "))
        admitted = asyncio.run(door.by_code(admitted, code))
    return admitted
