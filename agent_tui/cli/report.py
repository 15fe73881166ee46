"""``agent-tui report``: facts and figures of a day or a period, from the facts kept on this machine."""

from __future__ import annotations

import shutil
import sys
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

from agent_tui.cli.connection import saved_server
from agent_tui.cli.parser import Given
from agent_tui.cli.plots import as_svg
from agent_tui.cli.report_output import Names, as_csv, as_json, as_markdown, as_text, plots, title
from agent_tui.cli.shift import nothing_kept
from agent_tui.cli.surroundings import Surroundings
from agent_tui.desk.metrics.by import By
from agent_tui.desk.metrics.period import LOOK_BACK, Period, period_of
from agent_tui.desk.text import clean_line
from agent_tui.engine.facts_kept import FactsKept
from agent_tui.launch import Exit, Refusal
from agent_tui.own_files import write_whole
from agent_tui.wording import say, shown


def report(around: Surroundings, given: Given) -> int:
    """Print it, or draw it into a file; returns the exit code."""
    server = saved_server(around, around.settings(given))
    first, last = _days(given)
    begin, end = _midnight(first), _midnight(last + timedelta(days=1))
    with around.logging(), closing(FactsKept(around.places.facts, server)) as kept:
        facts = kept.load(begin - LOOK_BACK, end)
        names = {one.id: one.name for one in kept.names()}
        found = period_of(facts, By(given.by), begin, end)
    if found is None:
        raise Refusal(_nothing(first, last, known=bool(facts)), Exit.FAILED)
    if given.svg is not None:
        _draw(found, names, Path(given.svg).expanduser())
    if given.svg is None or given.json or given.csv or given.markdown:
        sys.stdout.write(_form(found, names, given))
    return Exit.DONE


def _form(found: Period, names: Names, given: Given) -> str:
    if given.json:
        return as_json(found, names)
    if given.csv:
        return as_csv(found, names)
    if given.markdown:
        return as_markdown(found, names)
    return as_text(found, names, shutil.get_terminal_size().columns)


def _draw(found: Period, names: Names, path: Path) -> None:
    try:
        write_whole(path, as_svg(title(found), plots(found, names)))
    except OSError as error:
        why = clean_line(error.strerror or str(error))
        words = say("No file was written in {folder}: {why}.", folder=shown(path.parent), why=why)
        raise Refusal(words, Exit.FAILED) from error
    sys.stderr.write(f"{say('Written to {path}', path=shown(path))}\n")


def _days(given: Given) -> tuple[date, date]:
    """The first and the last day."""
    first = datetime.now().astimezone().date() if given.begin is None else _day(given.begin)
    last = first if given.end is None else _day(given.end)
    if last < first:
        raise Refusal(say("--to is a day before --from"), Exit.WRONG_USAGE)
    return first, last


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        words = say("{day} is no day; one looks like 2026-11-22", day=clean_line(repr(written)))
        raise Refusal(words, Exit.WRONG_USAGE) from None


def _midnight(day: date) -> int:
    """Its beginning on this machine's clock, milliseconds since the epoch."""
    return round(datetime(day.year, day.month, day.day).astimezone().timestamp()) * 1000


def _nothing(first: date, last: date, *, known: bool) -> str:
    if not known and first == last == datetime.now().astimezone().date():
        return nothing_kept()
    return say(
        "Nothing is known of that time. Figures begin with the workstation or the board on this machine."
    )
