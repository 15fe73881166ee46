"""The columns of the lists one level below the lead's board: open conversations."""

from __future__ import annotations

from agent_tui.desk.lead_rows import CaseRow
from agent_tui.widgets.columns import Column, least
from agent_tui.widgets.painting import Piece
from agent_tui.widgets.queue_columns import TIME, longest_face
from agent_tui.wording import say
from themes.contract import Ink

CASE_COLUMNS: tuple[Column[CaseRow], ...] = (
    Column(
        "customer", lambda: say("Customers"), 0, 0,
        lambda row, _: (Piece(row.customer),), lambda row: row.customer.casefold(),
    ),
    Column(
        "wait", lambda: say("waits"), TIME + 2, 1,
        lambda row, now: longest_face(row.since, now, row.promise), lambda row: least(row.since),
    ),
    Column(
        "with", lambda: say("agent"), 12, 2,
        lambda row, _: (Piece(row.agent or say("nobody"), Ink.TEXT if row.agent else Ink.QUIET),),
        lambda row: row.agent.casefold(), left=True,
    ),
    Column(
        "words", lambda: say("said last"), 30, 3,
        lambda row, _: (Piece(row.words, Ink.QUIET),), lambda row: row.words.casefold(), left=True,
    ),
    Column(
        "tags", lambda: say("tags"), 20, 4,
        lambda row, _: (Piece(row.tags, Ink.ACCENT),), lambda row: row.tags.casefold(), left=True,
    ),
    Column(
        "in", lambda: say("queue"), 18, 5,
        lambda row, _: (Piece(row.queue, Ink.QUIET),), lambda row: row.queue.casefold(), left=True,
    ),
)  # fmt: skip
"""From the left."""
