"""``agent-tui doctor``: settings, files, keyring, and the way to the server."""

from __future__ import annotations

import asyncio
import os
import stat
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Final

from agent_tui import keychain
from agent_tui.cli.connection import Connection
from agent_tui.cli.doctor_findings import Finding, Verdict
from agent_tui.desk.text import Displayable, clean_line
from agent_tui.engine import intake
from agent_tui.engine.admission import find
from agent_tui.engine.clock import ServerClock
from agent_tui.notices import reason
from agent_tui.paths import Places
from agent_tui.settings import Settings
from agent_tui.sign_in_words import Step, why
from agent_tui.wording import count, say, shown
from api_client.backend import Backend
from api_client.errors import ApiError
from api_client.models.events import Connected, ServerTime

_LIVE_WITHIN: Final = 12.0
"""Seconds for the live connection to open and tell its time: it tells every few seconds."""
_FAR: Final = 30.0
"""Seconds that this machine's clock may be off before it is worth a note."""


# --- this machine ------------------------------------------------------------------------------------


def files(places: Places) -> Iterator[Finding]:
    """Where files are, and whether they can be written and are nobody else's to read."""
    for check, folder, words in (
        ("settings", places.config, say("Settings: {path}", path=shown(places.settings))),
        ("state", places.state, say("Drafts, log and reports: {path}", path=shown(places.state))),
    ):
        yield _folder(check, folder, words)


def _folder(check: str, folder: Path, words: Displayable) -> Finding:
    there = next(path for path in (folder, *folder.parents) if path.exists())
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        remedy = say(
            "Make {path} yours to write, or set AGENT_TUI_HOME to another folder.", path=shown(there)
        )
        return Finding(check, Verdict.BAD, say("{words} (cannot be written)", words=words), remedy)
    if there == folder and stat.S_IMODE(folder.stat().st_mode) & 0o077:
        remedy = say(
            "Others on this machine may look in. Close it with: chmod 700 {path}", path=shown(folder)
        )
        return Finding(check, Verdict.WARN, words, remedy)
    return Finding(check, Verdict.OK, words)


def keyring() -> Finding:
    """Whether a sign-in can be kept."""
    try:
        name = keychain.which()
    except keychain.NoKeychain as error:
        words = say("Keyring: {why}.", why=clean_line(str(error)))
        remedy = say(
            "You are asked to sign in at each start, as your token is written into no file. Unlock or set up "
            "the system's keyring, or give the token in AGENT_TUI_TOKEN."
        )
        return Finding("keyring", Verdict.WARN, words, remedy)
    return Finding("keyring", Verdict.OK, say("Keyring: {name}", name=clean_line(name)))


# --- the server --------------------------------------------------------------------------------------


def no_server(words: Displayable) -> Iterator[Finding]:
    """There is no connection to look at, or no token for it."""
    yield Finding("connection", Verdict.WARN, words)
    for check in ("sign-in", "live", "clock"):
        yield Finding(check, Verdict.SKIPPED, say("{check}: needs a connection", check=_called(check)))


def _called(check: str) -> Displayable:
    words = {
        "sign-in": say("Sign-in"),
        "live": say("Live connection"),
        "clock": say("Clock"),
    }
    return words[check]


async def server(settings: Settings, connection: Connection) -> AsyncIterator[Finding]:
    """What the server says, from the first question to its clock."""
    url = settings.connection.url
    began = time.monotonic()
    try:
        door = await find(url, allow_plain=settings.connection.allow_plain_http)
    except ApiError as error:
        yield Finding("connection", Verdict.BAD, why(error, Step.ADDRESS, url))
        return
    taken = round((time.monotonic() - began) * 1000)
    what = clean_line(f"{door.found.kind.capitalize()} {door.found.version}".strip())
    words = say("Connection: {url} is {what}, {n} ms away.", url=clean_line(url), what=what, n=taken)
    yield Finding("connection", Verdict.OK, words)
    backend = connection.connect()
    try:
        async for finding in _signed_in(backend):
            yield finding
    finally:
        await backend.aclose()


async def _signed_in(backend: Backend) -> AsyncIterator[Finding]:
    try:
        me = await backend.sign_in()
    except ApiError as error:
        words = say("Sign-in: {why}.", why=reason(intake.problem_of(error)))
        yield Finding("sign-in", Verdict.BAD, words, say("Sign in anew with: agent-tui login"))
        return
    words = say(
        "Sign-in: {name} at {account}", name=clean_line(me.agent.name), account=clean_line(me.account)
    )
    yield Finding("sign-in", Verdict.OK, words)
    live, offset = await _heard(backend)
    yield _live(opened=live)
    yield _clock(offset)


async def _heard(backend: Backend) -> tuple[bool, float | None]:
    """Whether the live connection opens, and the server's clock minus this machine's, in seconds."""
    live, clock, offset = False, ServerClock(), None
    try:
        async with asyncio.timeout(_LIVE_WITHIN):
            async for event in backend.events():
                live = live or isinstance(event, Connected)
                if isinstance(event, ServerTime):
                    estimate = clock.hear(event)
                    offset = offset if estimate is None else estimate
                if live and offset is not None:
                    break
    except (TimeoutError, ApiError):
        pass
    return live, None if offset is None else offset + time.monotonic() - time.time()


def _live(*, opened: bool) -> Finding:
    if opened:
        return Finding("live", Verdict.OK, say("Live connection: open."))
    remedy = say(
        "News is fetched once a minute instead. Ask whether a proxy or firewall on the way lets "
        "WebSockets through."
    )
    return Finding("live", Verdict.WARN, say("Live connection: it does not open."), remedy)


def _clock(offset: float | None) -> Finding:
    if offset is None:
        return Finding("clock", Verdict.SKIPPED, say("Clock: the server did not tell its time."))
    if abs(offset) < _FAR:
        return Finding("clock", Verdict.OK, say("Clock: this machine and the server agree."))
    words = count(
        "Clock: this machine is {n} second away from the server.",
        "Clock: this machine is {n} seconds away from the server.",
        round(abs(offset)),
    )
    remedy = say("Waiting times are right all the same: they go by the server's clock.")
    return Finding("clock", Verdict.WARN, words, remedy)
