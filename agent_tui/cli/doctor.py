"""``agent-tui doctor``: looks at everything the desk needs, and says of each how it stands and what to do."""

from __future__ import annotations

import asyncio
import select
import sys
from collections.abc import AsyncIterator, Iterator
from typing import Final

from agent_tui.cli import doctor_calls, doctor_desk, doctor_terminal
from agent_tui.cli.connection import Connection, saved_connection
from agent_tui.cli.doctor_findings import Finding, Verdict, as_json, line_of, summary
from agent_tui.cli.parser import Given
from agent_tui.cli.surroundings import Surroundings
from agent_tui.cli.terminal_talk import Talk, unechoed
from agent_tui.desk.text import Displayable, clean_line
from agent_tui.launch import Exit, Refusal, has_terminal
from agent_tui.settings import Settings
from agent_tui.wording import say

_ANSWER_WITHIN: Final = 60.0
"""Seconds to answer whether a call came."""


def doctor(around: Surroundings, given: Given) -> int:
    """Look at everything; returns the exit code.

    Raises:
        Refusal: the settings cannot be read at all; it says where and why.
    """
    settings = around.settings(given)
    with around.logging():
        findings = asyncio.run(_looked(around, settings, quiet=given.json))
    if given.json:
        sys.stdout.write(as_json(findings))
    else:
        _say(f"\n{summary(findings)}")
    return Exit.FAILED if any(one.verdict is Verdict.BAD for one in findings) else Exit.DONE


async def _looked(around: Surroundings, settings: Settings, *, quiet: bool) -> list[Finding]:
    """All findings; unless ``quiet``, each is told as soon as it is there."""
    findings = []
    async for finding in _findings(around, settings, asking=not quiet and has_terminal()):
        findings.append(finding)
        if not quiet:
            _say(line_of(finding))
    return findings


async def _findings(around: Surroundings, settings: Settings, *, asking: bool) -> AsyncIterator[Finding]:
    for finding in (*doctor_terminal.described(around.environ), doctor_terminal.sized(), *_terminal()):
        yield finding
    for finding in doctor_desk.files(around.places):
        yield finding
    yield doctor_desk.keyring()
    found = _connection(around, settings)
    if isinstance(found, Connection):
        async for finding in doctor_desk.server(settings, found):
            yield finding
    else:
        for finding in doctor_desk.no_server(found):
            yield finding
    tmux = await doctor_calls.tmux_settings() if around.environ.get("TMUX") else {}
    for finding in doctor_calls.between(around.environ, tmux):
        yield finding
    for finding in _calls(around, settings, asking=asking):
        yield finding


def _terminal() -> list[Finding]:
    if not has_terminal():
        return list(doctor_terminal.unspoken_to())
    with unechoed() as line:
        return list(doctor_terminal.spoken_to(Talk(line)))


def _connection(around: Surroundings, settings: Settings) -> Connection | Displayable:
    """The connection to look at, or why there is none."""
    try:
        return saved_connection(around, settings)
    except Refusal as refusal:
        return clean_line(str(refusal))


def _calls(around: Surroundings, settings: Settings, *, asking: bool) -> Iterator[Finding]:
    if asking:
        return doctor_calls.called(settings.notices, around.environ, _send, _asked)
    return doctor_calls.uncalled(settings.notices, around.environ)


def _send(sequence: str) -> None:
    sys.stderr.write(sequence)
    sys.stderr.flush()


def _asked(question: str) -> bool | None:
    sys.stdout.write(f"{question} ")
    sys.stdout.flush()
    ready, _, _ = select.select([sys.stdin], [], [], _ANSWER_WITHIN)
    answer = sys.stdin.readline() if ready else ""
    if not answer.endswith("\n"):
        # Nobody answered in time, or the input has ended.
        _say("")
    word = answer.strip().casefold()
    return word.startswith(("y", say("y").casefold())) if word else None


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
