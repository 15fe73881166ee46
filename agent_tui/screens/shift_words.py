"""The shift sheet in words, as Markdown, CSV and JSON: counts and numbers of chats."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from agent_tui.desk.text import Displayable, clean_line
from agent_tui.interchange import csv_text, json_text
from agent_tui.widgets.clock_face import day_name, time_of_day, waited
from agent_tui.wording import decimal, percent, say

if TYPE_CHECKING:
    from agent_tui.desk.metrics.shift import Shift

Row = tuple[Displayable, Displayable]
"""What it is, and how much."""


class Sheet(Struct, frozen=True):
    """A shift and what is left to do in it. ``None`` where only the workstation knows."""

    name: Displayable
    """The agent's."""
    shift: Shift
    open_chats: int
    undelivered: int | None = None
    """Texts that have not left."""
    promises: int | None = None
    """Promises to customers that are still open."""


def title(sheet: Sheet) -> Displayable:
    """``Shift of Aino Virta, Sunday 22 November, 8:02 to 16:10``."""
    begin, end = sheet.shift.begin / 1000, sheet.shift.end / 1000
    return say(
        "Shift of {name}, {day}, {begin} to {end}",
        name=sheet.name,
        day=day_name(begin, None),
        begin=time_of_day(begin, None),
        end=time_of_day(end, None),
    )


def rows(sheet: Sheet) -> list[Row]:
    """Everything on the sheet; what only the workstation knows is left out elsewhere."""
    return [*_done(sheet.shift), *_speed(sheet.shift), *_texts(sheet.shift), *_left(sheet)]


def _done(shift: Shift) -> list[Row]:
    figures = shift.figures
    messages = say("{came} in, {went} out", came=shift.heard, went=shift.replies)
    return [(say("Chats handled"), _number(figures.handled)), (say("Messages"), messages)]


def _speed(shift: Shift) -> list[Row]:
    figures = shift.figures
    return [
        (say("First answer, mean"), _time(figures.first_mean)),
        (say("First answer, nine of ten within"), _time(figures.first_p90)),
        (say("Further answer, mean"), _time(figures.next_mean)),
        (say("Handle time, mean"), _time(figures.handle_time)),
        (say("Chats at once"), _tenths(figures.concurrency)),
        (say("Time with a chat in hand"), _share(figures.occupancy)),
    ]


def _texts(shift: Shift) -> list[Row]:
    canned = say(
        "{canned} of {replies} · {share}",
        canned=shift.canned,
        replies=shift.replies,
        share=_share(shift.canned_share),
    )
    private = say("{found} came, {sent} sent", found=shift.private_found, sent=shift.private_sent)
    return [(say("Replies from canned responses"), canned), (say("Private numbers"), private)]


def _left(sheet: Sheet) -> list[Row]:
    told: list[tuple[Displayable, int | None]] = [
        (say("Open promises"), sheet.promises),
        (say("Texts not delivered"), sheet.undelivered),
        (say("Closed without a tag"), len(sheet.shift.untagged)),
        (say("Chats still open"), sheet.open_chats),
    ]
    return [(name, _number(value)) for name, value in told if value is not None]


def _number(value: int) -> Displayable:
    return Displayable(str(value))


def _time(seconds: float | None) -> Displayable:
    return Displayable("-") if seconds is None else waited(seconds)


def _tenths(value: float | None) -> Displayable:
    return Displayable("-") if value is None else decimal(value)


def _share(value: float | None) -> Displayable:
    return Displayable("-") if value is None else percent(value)


# --- to a file ---------------------------------------------------------------------------------------


def as_text(sheet: Sheet) -> str:
    """For a terminal."""
    told = rows(sheet)
    wide = max(len(name) for name, _ in told)
    return "\n".join((title(sheet), *(f"{name:<{wide}}  {value}" for name, value in told))) + "\n"


def as_markdown(sheet: Sheet) -> str:
    """A table, in the user's language."""
    table = [f"| {name} | {value} |" for name, value in rows(sheet)]
    untagged = ", ".join(map(clean_line, sheet.shift.untagged))
    more = [f"\n{say('Closed without a tag')}: {untagged}"] if untagged else []
    return "\n".join((f"# {title(sheet)}", "", "| | |", "|---|---|", *table, *more)) + "\n"


def values(sheet: Sheet) -> dict[str, object]:
    """By names that do not change. Times are seconds, moments are ISO 8601 in UTC, shares go from 0 to 1."""
    shift, figures = sheet.shift, sheet.shift.figures
    return {
        "agent": sheet.name,
        "begin": _moment(shift.begin),
        "end": _moment(shift.end),
        "handled": figures.handled,
        "messages_in": shift.heard,
        "first_answer_mean": figures.first_mean,
        "first_answer_p90": figures.first_p90,
        "next_answer_mean": figures.next_mean,
        "handle_time_mean": figures.handle_time,
        "adjusted_handle_time": figures.adjusted_handle_time,
        "concurrency": figures.concurrency,
        "occupancy": figures.occupancy,
        "replies": shift.replies,
        "canned_replies": shift.canned,
        "canned_share": shift.canned_share,
        "private_numbers_found": shift.private_found,
        "private_numbers_sent": shift.private_sent,
        "open_promises": sheet.promises,
        "undelivered": sheet.undelivered,
        "closed_without_tag": [clean_line(one) for one in shift.untagged],
        "open_chats": sheet.open_chats,
    }


def as_json(sheet: Sheet) -> str:
    """One object; its names are in docs/shift.md."""
    return json_text(values(sheet), indent=1)


def as_csv(sheet: Sheet) -> str:
    """A line of names and a line of values; of chats without a tag, how many."""
    told = values(sheet)
    told["closed_without_tag"] = len(sheet.shift.untagged)
    return csv_text((told, told.values()))


def _moment(at: int) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).isoformat(timespec="seconds")
