"""The first page of the lead's board: a line for the desk, the queues, the agents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from textual.widget import Widget

from agent_tui.desk.metrics.board import AgentFigures, QueueFigures
from agent_tui.desk.text import NOTHING, Displayable, clean_line
from agent_tui.screens.at_hand import Actions
from agent_tui.screens.lead.cases import CasesPage
from agent_tui.screens.lead.filtering import Filtering
from agent_tui.screens.lead.intake_page import IntakePage
from agent_tui.screens.lead.page import LeadDesk, LeadPage
from agent_tui.screens.lead.sorting import Arrangement
from agent_tui.screens.standing import key_of
from agent_tui.widgets.agent_columns import AGENT_COLUMNS
from agent_tui.widgets.alarm_rows import AlarmRows
from agent_tui.widgets.desk_line import DeskLine
from agent_tui.widgets.queue_columns import QUEUE_COLUMNS
from agent_tui.widgets.table import Table
from agent_tui.wording import say
from api_client.models.identity import ConversationId, QueueId

Row = TypeVar("Row", QueueFigures, AgentFigures)


class Tables:
    """How the two tables are arranged; kept while the board is."""

    def __init__(self) -> None:
        self.queues = Arrangement(QUEUE_COLUMNS, lambda row: row.name, "longest")
        self.agents = Arrangement(AGENT_COLUMNS, lambda row: row.name, "longest")
        self.at_agents = False
        """The keys are for the agents."""


class TablesPage(LeadPage):
    """Queues above, agents below; Tab goes from one to the other."""

    DEFAULT_CSS = "TablesPage #board-queues { height: 3fr; } TablesPage #board-agents { height: 2fr; }"

    def __init__(self, desk: LeadDesk, kept: Tables) -> None:
        super().__init__(desk)
        self._kept = kept
        self._line = DeskLine(self.palette)
        self._alarms = AlarmRows(self.palette, id="alarms")
        self._queues = Table(
            self.palette,
            QUEUE_COLUMNS,
            key=lambda row: row.queue,
            empty=lambda: _none(kept.queues.query) or say("No queue is known yet."),
            picked=self._open_queue,
            toggled=self._mark,
            id="board-queues",
        )
        self._agents = Table(
            self.palette,
            AGENT_COLUMNS,
            key=lambda row: row.agent,
            empty=lambda: _none(kept.agents.query) or say("No agent is known yet."),
            picked=self._open_agent,
            id="board-agents",
        )
        self._filter = Filtering(self.palette, self._find)
        self._queue_rows: Sequence[QueueFigures] = ()
        self._agent_rows: Sequence[AgentFigures] = ()
        self._marked: frozenset[QueueId] = frozenset()
        self._settled = False
        """Every customer has been listed: the order of the rows stands."""

    def body(self) -> Iterable[Widget]:
        """The desk, its queues, its agents."""
        return (self._line, self._alarms, self._queues, self._agents, self._filter.row)

    def actions(self) -> Actions:
        """What the keys do."""
        return {
            "board.other": self._other,
            "board.open": lambda: None,
            "board.sort": self._sort,
            "board.intake": self._intake,
            "board.heed": self.desk.alarms.heed,
            "board.filter": lambda: self._filter.open(self._query),
            "board.move": self._move,
            "board.mark": lambda: None,
            "board.back": self._back,
            **self.common_actions(),
        }

    def on_mount(self) -> None:
        """Where the keys were."""
        self._filter.keep(self._query)
        self._in_hand.in_hand = True

    def hindrance(self, action: str) -> Displayable:
        """Who waits can be moved, a queue at a time."""
        if action == "board.move" and not self._movable():
            return self.acting.why_not(action, None) or say("Nobody waits in the queue under the cursor.")
        return self.acting.why_not(action, None)

    # --- showing -------------------------------------------------------------------------------------

    def look(self) -> None:
        """The figures of this second."""
        lookout = self.desk.lookout
        self._queue_rows = lookout.board.queues(lookout.state, lookout.now)
        self._agent_rows = lookout.board.agents(lookout.state, lookout.now)
        self._line.show(lookout.board.desk(lookout.now))
        self._settled = lookout.state.listed

    def paint(self) -> None:
        """The rows as they are arranged."""
        kept, now = self._kept, self.desk.lookout.now
        queues = kept.queues.of(self._queue_rows)
        self._queues.show(queues, now, sort=kept.queues.sort, marked=self._marked, settled=self._settled)
        watch = self.desk.alarms
        acted = say("{key}: acted on", key=key_of(self.desk.keys, "board.heed"))
        self._alarms.show(watch.standing, watch.heeded, acted)
        agents = kept.agents.of(self._agent_rows)
        self._agents.show(agents, now, sort=kept.agents.sort, settled=self._settled)

    # --- keys ----------------------------------------------------------------------------------------

    @property
    def _in_hand(self) -> Table[QueueFigures] | Table[AgentFigures]:
        return self._agents if self._kept.at_agents else self._queues

    @property
    def _query(self) -> str:
        return (self._kept.agents if self._kept.at_agents else self._kept.queues).query

    def typed(self, key: str, character: str | None) -> bool:
        """The line to find with, then the table."""
        return self._filter.take_key(key, character) or self._in_hand.take_key(key)

    def _find(self, query: str) -> None:
        (self._kept.agents if self._kept.at_agents else self._kept.queues).query = query

    def _other(self) -> None:
        self._in_hand.in_hand = False
        self._kept.at_agents = not self._kept.at_agents
        self._in_hand.in_hand = True
        self._filter.row.close()
        self._filter.keep(self._query)

    def _sort(self) -> None:
        if self._kept.at_agents:
            self._kept.agents.step(self._agents.shown)
        else:
            self._kept.queues.step(self._queues.shown)

    def _intake(self) -> None:
        row = self._queues.current
        if row is not None and not self._kept.at_agents:
            self.app.push_screen(IntakePage(self.desk, row.queue))

    # --- one level deeper ----------------------------------------------------------------------------

    def _open_queue(self, row: QueueFigures) -> None:
        ledger = self.desk.lookout.board.ledger
        self.app.push_screen(CasesPage(self.desk, row.name, lambda: ledger.conversations_of(row.queue)))

    def _open_agent(self, row: AgentFigures) -> None:
        ledger = self.desk.lookout.board.ledger
        self.app.push_screen(CasesPage(self.desk, row.name, lambda: ledger.held_by(row.agent)))

    # --- moving who waits ----------------------------------------------------------------------------

    def _mark(self, row: QueueFigures) -> None:
        self._marked ^= {row.queue}

    def _chosen(self) -> list[QueueFigures]:
        if self._kept.at_agents:
            return []
        row = self._queues.current
        marked = [one for one in self._queue_rows if one.queue in self._marked]
        return marked or ([] if row is None else [row])

    def _movable(self) -> list[ConversationId]:
        waiting = self.desk.lookout.state.waiting
        return [one for _, one in waiting.merged(row.queue for row in self._chosen())]

    def _move(self) -> None:
        names = Displayable(", ".join(row.name for row in self._chosen()))
        self.acting.move(self._movable(), names)
        self._marked = frozenset()

    def _back(self) -> None:
        if self.desk.over_desk:
            self.desk.leave()


def _none(query: str) -> Displayable:
    return say("No name holds “{words}”. Esc shows all.", words=clean_line(query)) if query else NOTHING
