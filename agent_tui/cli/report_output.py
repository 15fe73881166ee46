"""A report in words, as a table, JSON, CSV, Markdown and plots."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from agent_tui.cli.canned_output import table
from agent_tui.cli.plots import Bar, Plot, as_blocks
from agent_tui.desk.metrics.by import By
from agent_tui.desk.metrics.figures import Figures
from agent_tui.desk.metrics.levels import Formula
from agent_tui.desk.metrics.period import Period
from agent_tui.desk.metrics.tally import Rules
from agent_tui.desk.text import Displayable, clean_line
from agent_tui.interchange import csv_text, json_text
from agent_tui.widgets.clock_face import day_name, time_of_day, waited
from agent_tui.wording import percent, say

Names = Mapping[str, str]
"""What queues and agents are called, by their identifiers."""
_DASH = Displayable("-")


def title(report: Period) -> Displayable:
    """``Report of Sunday 22 November``."""
    first, last = day_name(report.begin / 1000, None), day_name(report.end / 1000 - 1, None)
    if first == last:
        return say("Report of {day}", day=first)
    return say("Report from {first} to {last}", first=first, last=last)


def labels(report: Period, names: Names) -> list[Displayable]:
    """What each row is called."""
    return [_label(report.by, row.key, names) for row in report.rows]


def _label(by: By, key: str, names: Names) -> Displayable:
    if by is By.DAY:
        return day_name(int(key) / 1000, None)
    if by is By.HOUR:
        at = int(key) / 1000
        return Displayable(f"{day_name(at, None)} {time_of_day(at, None)}")
    if not key:
        return say("(no tag)") if by is By.TAG else say("(not known)")
    return clean_line(names.get(key, key).removeprefix("Channel::"))


def plots(report: Period, names: Names) -> list[Plot]:
    """Who came, and how long they waited for the first answer."""
    called = labels(report, names)
    came = [
        Bar(name, row.figures.arrivals, Displayable(str(row.figures.arrivals)))
        for name, row in zip(called, report.rows, strict=True)
    ]
    waits = [
        Bar(name, row.figures.first_p90 or 0.0, _time(row.figures.first_p90))
        for name, row in zip(called, report.rows, strict=True)
    ]
    return [
        Plot(say("Customers who came"), came),
        Plot(say("First answer, nine of ten within; the line is 1:00"), waits, mark=Rules().target / 1000),
    ]


# --- for people --------------------------------------------------------------------------------------


def as_text(report: Period, names: Names, columns: int) -> str:
    """The table, then the plots."""
    told = [_heads(), *_cells(report, names)]
    drawn = "\n".join(as_blocks(plot, columns) for plot in plots(report, names))
    return f"{title(report)}\n\n{table(told)}\n{_texts(report)}\n\n{drawn}"


def as_markdown(report: Period, names: Names) -> str:
    """A heading and a table, in the user's language."""
    heads, *rows = [_heads(), *_cells(report, names)]
    told = [heads, ["---", *["---:"] * (len(heads) - 1)], *rows]
    lines = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in told]
    return "\n".join((f"# {title(report)}", "", *lines, "", _texts(report))) + "\n"


def _heads() -> list[str]:
    return [
        "",
        say("came"),
        say("answered"),
        say("handled"),
        say("left"),
        say("first"),
        say("9 of 10"),
        say("further"),
        say("handling"),
        say("level"),
        say("in"),
        say("out"),
    ]


def _cells(report: Period, names: Names) -> list[list[str]]:
    rows = [*zip(labels(report, names), (row.figures for row in report.rows), strict=True)]
    return [_row(name, figures) for name, figures in (*rows, (say("together"), report.total))]


def _row(name: Displayable, figures: Figures) -> list[str]:
    level = figures.levels[Formula.OFFERED]
    return [
        name,
        *map(str, (figures.arrivals, figures.answers, figures.handled, figures.abandoned)),
        _time(figures.first_mean),
        _time(figures.first_p90),
        _time(figures.next_mean),
        _time(figures.handle_time),
        _DASH if level is None else percent(level),
        str(figures.messages_in),
        str(figures.messages_out),
    ]


def _texts(report: Period) -> Displayable:
    return say(
        "{canned} of {replies} replies began from a canned response. "
        "Private numbers: {found} came, {sent} sent.",
        canned=report.canned,
        replies=report.replies,
        found=report.private_found,
        sent=report.private_sent,
    )


def _time(seconds: float | None) -> Displayable:
    return _DASH if seconds is None else waited(seconds)


# --- for programs ------------------------------------------------------------------------------------


_VALUES: Mapping[str, Callable[[Figures], object]] = {
    "arrivals": lambda figures: figures.arrivals,
    "answers": lambda figures: figures.answers,
    "handled": lambda figures: figures.handled,
    "abandoned": lambda figures: figures.abandoned,
    "first_answer_mean": lambda figures: figures.first_mean,
    "first_answer_p50": lambda figures: figures.first_p50,
    "first_answer_p90": lambda figures: figures.first_p90,
    "next_answer_mean": lambda figures: figures.next_mean,
    "next_answer_p50": lambda figures: figures.next_p50,
    "next_answer_p90": lambda figures: figures.next_p90,
    "handle_time_mean": lambda figures: figures.handle_time,
    "adjusted_handle_time": lambda figures: figures.adjusted_handle_time,
    "concurrency": lambda figures: figures.concurrency,
    "occupancy": lambda figures: figures.occupancy,
    "messages_in": lambda figures: figures.messages_in,
    "messages_out": lambda figures: figures.messages_out,
}
"""By names that do not change. Times are seconds, shares go from 0 to 1."""


def as_json(report: Period, names: Names) -> str:
    """One object; its names are in docs/shift.md."""
    rows = [
        {"key": _key(report.by, row.key), "name": name, **_values(row.figures)}
        for name, row in zip(labels(report, names), report.rows, strict=True)
    ]
    told = {
        "begin": _moment(report.begin),
        "end": _moment(report.end),
        "by": report.by.value,
        "total": _values(report.total),
        "replies": report.replies,
        "canned_replies": report.canned,
        "private_numbers_found": report.private_found,
        "private_numbers_sent": report.private_sent,
        "rows": rows,
    }
    return json_text(told)


def as_csv(report: Period, names: Names) -> str:
    """A line of names, then a line for each row."""
    named = zip(labels(report, names), report.rows, strict=True)
    rows = ((_key(report.by, row.key), name, *_values(row.figures).values()) for name, row in named)
    return csv_text((("key", "name", *_values(report.total)), *rows))


def _values(figures: Figures) -> dict[str, object]:
    levels = {f"level_{one.value.replace(' ', '_')}": figures.levels[one] for one in Formula}
    return {**{name: value(figures) for name, value in _VALUES.items()}, **levels}


def _key(by: By, key: str) -> str:
    return _moment(int(key)) if by in {By.HOUR, By.DAY} else key


def _moment(at: int) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).isoformat(timespec="seconds")
