"""``agent-tui tags``: what people ask about, by queue and day."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from datetime import datetime, timedelta

from msgspec import to_builtins
from msgspec.structs import astuple

from agent_tui.cli.canned_output import table
from agent_tui.cli.connection import saved_connection
from agent_tui.cli.parser import Given
from agent_tui.cli.surroundings import Surroundings
from agent_tui.desk.text import Displayable
from agent_tui.engine.intake import problem_of
from agent_tui.engine.tag_report import Read, TagCount, counted, read
from agent_tui.interchange import csv_text, json_text
from agent_tui.launch import Exit, Refusal, start_refusal
from agent_tui.wording import count, say
from api_client.backend import Backend
from api_client.errors import ApiError

_WEEK = 7


def tags(around: Surroundings, given: Given) -> int:
    """Print the report; returns the exit code."""
    settings = around.settings(given)
    connection = saved_connection(around, settings)
    days = _WEEK if given.days is None else given.days
    if days < 1:
        raise Refusal(say("--days takes a number from 1"), Exit.WRONG_USAGE)
    try:
        with around.logging():
            found = asyncio.run(_read(connection.connect, _since(days)))
    except ApiError as error:
        raise start_refusal(problem_of(error), settings.connection.url) from error
    rows = counted(found.conversations, found.queues)
    shape = _as_json if given.json else _as_csv if given.csv else _as_table
    sys.stdout.write(shape(rows, days, found.whole))
    if not found.whole:
        sys.stderr.write(f"{_not_whole(found.whole_from)}\n")
    return Exit.DONE


async def _read(connect: Callable[[], Backend], since: float) -> Read:
    backend = connect()
    try:
        await backend.sign_in()
        return await read(backend, since, _progress)
    finally:
        _end_progress()
        await backend.aclose()


def _progress(seen: int) -> None:
    if sys.stderr.isatty():
        words = count("{n} chat looked at", "{n} chats looked at", seen)
        sys.stderr.write(f"\r{words}")
        sys.stderr.flush()


def _end_progress() -> None:
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K")


def _not_whole(reached: float) -> Displayable:
    """Which days lack something: that of the oldest doing seen, and those before."""
    moment = datetime.fromtimestamp(reached).astimezone().date() + timedelta(days=1)
    return say(
        "Reading took too long, so this report is not whole: days before {day} lack chats. "
        "Fewer --days make it whole.",
        day=Displayable(moment.isoformat()),
    )


def _since(days: int) -> float:
    """The beginning of the first of ``days`` days, today the last."""
    today = datetime.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    return (today - timedelta(days=days - 1)).timestamp()


def _as_table(rows: list[TagCount], _days: int, _whole: bool) -> str:  # noqa: FBT001  one of three alike
    if not rows:
        return f"{say('Nobody wrote in these days.')}\n"
    named = say("(no tag)")
    return table([[row.day, row.queue, str(row.conversations), row.tag or named] for row in rows])


def _as_csv(rows: list[TagCount], _days: int, _whole: bool) -> str:  # noqa: FBT001  one of three alike
    return csv_text((TagCount.__struct_fields__, *map(astuple, rows)))


def _as_json(rows: list[TagCount], days: int, whole: bool) -> str:  # noqa: FBT001  one of three alike
    return json_text({"days": days, "whole": whole, "tags": to_builtins(rows)})
