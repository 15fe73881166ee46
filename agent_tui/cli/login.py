"""``agent-tui login URL``: find out what lives there, sign in, keep the token in the keyring."""

from __future__ import annotations

import asyncio
import getpass
import sys

from msgspec.structs import replace

from agent_tui import keychain
from agent_tui.cli.connection import check_address, opener
from agent_tui.cli.parser import Given
from agent_tui.cli.surroundings import Surroundings
from agent_tui.desk.text import clean_line
from agent_tui.engine import intake
from agent_tui.launch import Exit, Refusal, start_refusal
from agent_tui.paths import write_whole
from agent_tui.settings import ConnectionSettings, SettingsError, with_connection
from agent_tui.wording import say, shown
from api_client.errors import ApiError
from api_client.secret import Secret


def login(around: Surroundings, given: Given) -> int:
    """Sign in and keep the token; returns the exit code."""
    around.settings(given)
    url = check_address(given.url, allow_plain=given.allow_plain_http)
    try:
        signed, token, name = _signed_in(url, given)
    except ApiError as error:
        raise start_refusal(intake.problem_of(error), url) from error
    around.scrub.know(token.reveal())
    _save(around, signed)
    words = say("Signed in at {url} as {name}.", url=clean_line(signed.url), name=clean_line(name))
    sys.stdout.write(f"{words}\n")
    try:
        keychain.keep(signed.url, token)
    except keychain.NoKeychain as error:
        words = say(
            "The token is not kept: {why}. Give it in AGENT_TUI_TOKEN when you start agent-tui.",
            why=clean_line(str(error)),
        )
        raise Refusal(words, Exit.FAILED) from error
    sys.stdout.write(f"{say('The token is in your keyring. Start working with: agent-tui')}\n")
    return Exit.DONE


def _signed_in(url: str, given: Given) -> tuple[ConnectionSettings, Secret, str]:
    """The connection, the agent's token and name."""
    from api_client.detect import detect  # noqa: PLC0415  brings the network's libraries

    found = asyncio.run(detect(url, allow_plain=given.allow_plain_http))
    if found.kind != "chatwoot":
        words = say(
            "{url} is {kind}, which agent-tui cannot serve.",
            url=clean_line(found.url),
            kind=clean_line(found.kind),
        )
        raise Refusal(words, Exit.FAILED)
    chosen = ConnectionSettings(url=found.url, allow_plain_http=given.allow_plain_http)
    if given.token_stdin:
        token = _token_from_stdin()
        return chosen, token, asyncio.run(_checked(chosen, token))
    return _by_password(chosen, given.email)


def _token_from_stdin() -> Secret:
    token = Secret(sys.stdin.readline().strip())
    if not token.sendable:
        raise Refusal(say("Standard input holds no token."), Exit.WRONG_USAGE)
    return token


async def _checked(chosen: ConnectionSettings, token: Secret) -> str:
    """The name of the agent whose token it is."""
    backend = opener(chosen, token)()
    try:
        return (await backend.sign_in()).agent.name
    finally:
        await backend.aclose()


def _by_password(chosen: ConnectionSettings, email: str | None) -> tuple[ConnectionSettings, Secret, str]:
    from api_client.chatwoot import signin  # noqa: PLC0415  as above

    if not sys.stdin.isatty():
        words = say("Signing in asks for a password, which needs a terminal; or use --token-stdin")
        raise Refusal(words, Exit.WRONG_USAGE)
    plain = chosen.allow_plain_http
    email = email or input(f"{say('E-mail:')} ").strip()
    password = Secret(getpass.getpass(f"{say('Password:')} "))
    signed = asyncio.run(signin.sign_in_with_password(chosen.url, email, password, allow_plain=plain))
    if isinstance(signed, signin.MfaRequired):
        code = getpass.getpass(f"{say('Code from your app, or a backup code:')} ")
        signed = asyncio.run(signin.finish_sign_in(chosen.url, signed.token, code, allow_plain=plain))
    return replace(chosen, account=signed.account_id), signed.token, signed.name


def _save(around: Surroundings, chosen: ConnectionSettings) -> None:
    path = around.places.settings
    try:
        write_whole(path, with_connection(path, chosen))
    except SettingsError as error:
        raise Refusal(str(error), Exit.FAILED) from error
    except OSError as error:
        why = clean_line(error.strerror or "")
        words = say("{file} cannot be written ({why}).", file=shown(path), why=why)
        raise Refusal(words, Exit.FAILED) from error
