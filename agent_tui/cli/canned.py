"""``agent-tui canned``: the responses in files, without the workstation."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import msgspec

from agent_tui.cli.canned_output import line, table
from agent_tui.cli.canned_trade import exported, imported
from agent_tui.cli.parser import Given
from agent_tui.cli.surroundings import Surroundings
from agent_tui.interchange import json_text
from agent_tui.launch import Exit, Refusal
from agent_tui.wording import count, say, shown
from canned.checks import Finding, Wishes, check, dead_links
from canned.layers import Shelf
from canned.model import Response
from canned.quality import NotKept, Quality, Statistic
from canned.search import Index


def canned(around: Surroundings, given: Given) -> int:
    """Do what was asked; returns the exit code."""
    around.settings(given)
    match given.what:
        case "list":
            return _list(around, given)
        case "check":
            return _check(around, given)
        case "import":
            return imported(given, Path(given.to) if given.to else _own_folder(around, given))
        case "export":
            return exported(given, _shelf(around, given).library.responses)
        case _:
            return _stats(around, given)


def _own_folder(around: Surroundings, given: Given) -> Path:
    written = around.settings(given).canned.personal
    return around.places.folder(written) if written else around.places.canned


def _shelf(around: Surroundings, given: Given) -> Shelf:
    """The team's folders and the person's own.

    Raises:
        Refusal: a folder of the team is not there.
    """
    team = [around.places.folder(written) for written in around.settings(given).canned.team]
    for folder in team:
        if not folder.exists():
            words = say(
                "{folder} is not there. Correct team under [canned] in {file}.",
                folder=shown(folder), file=shown(around.places.settings),
            )  # fmt: skip
            raise Refusal(words, Exit.FAILED)
    return Shelf(team, _own_folder(around, given))


# --- list --------------------------------------------------------------------------------------------


def _list(around: Surroundings, given: Given) -> int:
    shelf = _shelf(around, given)
    found = _found(shelf.library.responses, " ".join(given.words))
    if given.json:
        sys.stdout.write(json_text([_told(response, shelf) for response in found]))
    elif found:
        rows = [
            (one.shortcut, " ".join(one.languages), "/".join(one.category), one.title or one.body("")[1])
            for one in found
        ]
        sys.stdout.write(table(rows))
    else:
        folder = shown(_own_folder(around, given))
        sys.stderr.write(f"{say('No response found. Your own go into {folder}.', folder=folder)}\n")
    for problem in shelf.problems:
        sys.stderr.write(f"{line(str(problem))}\n")
    return Exit.DONE


def _found(responses: Sequence[Response], query: str) -> list[Response]:
    if not query:
        return list(responses)
    return [hit.response for hit in Index(responses).search(query, limit=len(responses))]


def _told(response: Response, shelf: Shelf) -> dict[str, object]:
    place = shelf.places.get(response.key)
    told = msgspec.to_builtins(response)
    return {**told, "file": place.file if place else "", "line": place.line if place else 0}


# --- check -------------------------------------------------------------------------------------------


def _check(around: Surroundings, given: Given) -> int:
    shelf = _given_folders(given.folders) if given.folders else _shelf(around, given)
    responses, places = shelf.library.responses, shelf.places
    findings = check(responses, _wishes(around, given), places, shelf.problems)
    if given.links:
        from agent_tui.cli.canned_links import ask  # noqa: PLC0415  few ask for it

        findings += dead_links(responses, ask(responses), places)
    _print_findings(findings, len(responses), as_json=given.json)
    return Exit.FAILED if any(finding.mistake for finding in findings) else Exit.DONE


def _given_folders(written: Sequence[str]) -> Shelf:
    for name in written:
        if not Path(name).exists():
            words = say("{folder} is not there. Name a folder of responses.", folder=shown(name))
            raise Refusal(words, Exit.WRONG_USAGE)
    return Shelf([Path(name) for name in written], None)


def _wishes(around: Surroundings, given: Given) -> Wishes:
    needed = tuple(filter(None, (given.need or "").replace(" ", "").split(",")))
    if not given.unused_days:
        return Wishes(needed)
    store = _quality(around)
    try:
        return Wishes(needed, given.unused_days, _today(), store.last_used())
    finally:
        store.close()


def _print_findings(findings: Sequence[Finding], responses: int, *, as_json: bool) -> None:
    mistakes = sum(finding.mistake for finding in findings)
    if as_json:
        told = {"responses": responses, "mistakes": mistakes, "findings": msgspec.to_builtins(findings)}
        sys.stdout.write(json_text(told))
        return
    for finding in findings:
        sys.stdout.write(f"{line(str(finding))}\n")
    numbers = (
        count("{n} response", "{n} responses", responses),
        count("{n} mistake", "{n} mistakes", mistakes),
        count("{n} hint", "{n} hints", len(findings) - mistakes),
    )
    sys.stdout.write(f"{', '.join(numbers)}\n")


# --- stats -------------------------------------------------------------------------------------------


def _quality(around: Surroundings) -> Quality:
    try:
        return Quality(around.places.canned_quality)
    except NotKept as error:
        words = say(
            "{file} cannot be read ({why}). Move it away to begin anew.",
            file=shown(around.places.canned_quality), why=line(str(error)),
        )  # fmt: skip
        raise Refusal(words, Exit.FAILED) from error


def _stats(around: Surroundings, given: Given) -> int:
    since = _today() - timedelta(days=given.days) if given.days else date.min
    store = _quality(around)
    try:
        told, searches = store.statistics(since), store.searches(since)
    finally:
        store.close()
    if given.json:
        sys.stdout.write(
            json_text({"responses": msgspec.to_builtins(told), "searches": msgspec.to_builtins(searches)})
        )
    elif given.csv:
        rows = [_stats_row(one) for one in told]
        sys.stdout.write("\n".join([",".join(Statistic.__struct_fields__), *map(",".join, rows), ""]))
    elif told:
        sys.stdout.write(table([_stats_heads(), *map(_stats_row, told)]))
        words = say("{n} searches, {missed} without a hit", n=searches.searched, missed=searches.missed)
        sys.stdout.write(f"{words}\n")
    else:
        words = say("Nothing is counted yet. Use a canned response in the workstation first.")
        sys.stderr.write(f"{words}\n")
    return Exit.DONE


def _stats_heads() -> tuple[str, ...]:
    return (
        say("response"),
        say("used"),
        say("edited"),
        say("change"),
        say("dropped"),
        say("asked on"),
        say("thanked"),
        say("left"),
        say("last used"),
    )


def _stats_row(one: Statistic) -> tuple[str, ...]:
    counts = (one.used, one.edited, f"{one.change:.2f}", one.abandoned, one.asked, one.thanked, one.left)
    key = one.key.replace(",", "_").replace('"', "_")
    return (key, *map(str, counts), one.last_used.isoformat() if one.last_used else "")


def _today() -> date:
    return datetime.now().astimezone().date()
