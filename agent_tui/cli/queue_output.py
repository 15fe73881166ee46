"""What ``agent-tui queues`` prints: a table, a line, or JSON whose fields are listed in docs/cli.md."""

from __future__ import annotations

import json
from collections.abc import Hashable, Mapping
from datetime import UTC, datetime

from msgspec import Struct

from agent_tui.desk.metrics.board import QueueFigures
from agent_tui.desk.metrics.figures import Figures
from agent_tui.desk.metrics.levels import Formula
from agent_tui.desk.metrics.report import Report
from agent_tui.desk.view import QueueRow
from agent_tui.desk.waiting import counted, urgency
from agent_tui.wording import say


class Told(Struct, frozen=True):
    """What is known at one moment."""

    rows: tuple[QueueRow, ...]
    report: Report

    @property
    def matters(self) -> Hashable:
        """What makes a line of its own when it differs from the one before."""
        queues = [
            (
                row.figures.waiting_first,
                row.figures.waiting_next,
                row.figures.handled,
                row.figures.abandoned,
                row.intake.state,
            )
            for row in self.report.queues
        ]
        now = self.report.at
        who = [(row.queue, row.waiting, row.served, _urgency(row, now)) for row in self.rows]
        return self.report.live, tuple(who), tuple(queues)


def as_json(told: Told) -> str:
    """One object on one line."""
    rows, of = told.rows, told.report
    board = {row.queue: row for row in of.queues}
    longest = [wait for row in rows if (wait := _longest(row, of.at)) is not None]
    whole = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "live": of.live,
        "waiting": sum(row.waiting for row in rows),
        "longest_wait": max(longest, default=None),
        **_figures(of.desk),
        "queues": [{**_now(row, of.at), **_of_board(board[row.queue])} for row in rows],
    }
    return json.dumps(whole, ensure_ascii=False)


def _now(row: QueueRow, now: float) -> Mapping[str, object]:
    return {
        "id": row.queue,
        "name": row.name,
        "served": row.served,
        "waiting": row.waiting,
        "longest_wait": _longest(row, now),
        "urgency": _urgency(row, now),
        "warning_after": row.promise.warning,
        "breach_after": row.promise.breach,
    }


def _of_board(row: QueueFigures) -> Mapping[str, object]:
    return {"state": row.intake.state.value, **_figures(row.figures)}


def _figures(of: Figures) -> Mapping[str, object]:
    return {
        "waiting_first": of.waiting_first,
        "waiting_further": of.waiting_next,
        "first_answer_p50": of.first_p50,
        "first_answer_p90": of.first_p90,
        "arrivals_per_minute": round(of.arrivals_per_minute, 3),
        "answers_per_minute": round(of.answers_per_minute, 3),
        "handled": of.handled,
        "abandoned": of.abandoned,
        "service_level": {one.name.lower(): of.levels[one] for one in Formula},
    }


def as_table(told: Told) -> str:
    """A row for each queue."""
    width = max((len(row.name) for row in told.rows), default=0)
    lines = (
        f"{row.name:<{width}}  {row.waiting:>4}  {_spelled(row, told.report.at)}".rstrip()
        for row in told.rows
    )
    return "\n".join(lines)


def as_line(told: Told) -> str:
    """The queues in which somebody waits."""
    waits = [
        f"{row.name} {row.waiting} {_spelled(row, told.report.at)}".rstrip()
        for row in told.rows
        if row.waiting
    ]
    return f"{datetime.now().astimezone():%H:%M:%S}  {' | '.join(waits) or say('nobody waits')}"


def _longest(row: QueueRow, now: float) -> int | None:
    return None if row.longest_since is None else int(counted(row.promise, row.longest_since, now))


def _urgency(row: QueueRow, now: float) -> str:
    waited = 0.0 if row.longest_since is None else counted(row.promise, row.longest_since, now)
    return urgency(row.promise, waited).value


def _spelled(row: QueueRow, now: float) -> str:
    """Minutes and seconds, as on the screen."""
    longest = _longest(row, now)
    if longest is None:
        return ""
    minutes, seconds = divmod(longest, 60)
    return f"{minutes}:{seconds:02}"
