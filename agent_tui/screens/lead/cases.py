"""The second level of the lead's board: the open chats of a queue or of an agent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from textual.widget import Widget

from agent_tui.desk.lead_rows import CaseRow, case_rows
from agent_tui.desk.model import Chat
from agent_tui.desk.text import Displayable, clean_line
from agent_tui.screens.at_hand import Actions
from agent_tui.screens.lead.filtering import Filtering
from agent_tui.screens.lead.page import LeadDesk, LeadPage
from agent_tui.screens.lead.watching import WatchPage
from agent_tui.widgets.case_columns import CASE_COLUMNS
from agent_tui.widgets.columns import arranged
from agent_tui.widgets.table import Table
from agent_tui.wording import say
from api_client.models.identity import ConversationId


class CasesPage(LeadPage):
    """Who waits longest stands first; ``name`` is the queue's or the agent's, ``found`` finds the chats."""

    def __init__(
        self, desk: LeadDesk, name: Displayable, found: Callable[[], Iterator[ConversationId]]
    ) -> None:
        super().__init__(desk)
        self._whose = name
        self._found = found
        self._sort = "wait"
        self._query = ""
        self._rows: Sequence[CaseRow] = ()
        self._marked: frozenset[ConversationId] = frozenset()
        self._cases = Table(
            self.palette,
            CASE_COLUMNS,
            key=lambda row: row.conversation,
            empty=self._empty,
            picked=self._watch,
            toggled=self._mark,
            id="board-cases",
        )
        self._cases.in_hand = True
        self._filter = Filtering(self.palette, self._find)

    def body(self) -> Iterable[Widget]:
        """The chats."""
        return (self._cases, self._filter.row)

    def actions(self) -> Actions:
        """What the keys do."""
        act = self.acting
        return {
            "board.open": lambda: None,
            "board.whisper": act.with_chat(self.chat, act.whisper),
            "board.take": act.with_chat(self.chat, act.take_over),
            "board.give": act.with_chat(self.chat, act.give),
            "board.move": self._move,
            "board.mark": lambda: None,
            "board.back": self.app.pop_screen,
            "board.sort": self._step,
            "board.filter": lambda: self._filter.open(self._query),
            **self.common_actions(),
        }

    def chat(self) -> Chat | None:
        """The chat under the cursor."""
        row = self._cases.current
        return None if row is None else self.desk.lookout.state.chats.get(row.conversation)

    def hindrance(self, action: str) -> Displayable:
        """Nobody who is being helped is moved."""
        if action == "board.move" and not self._movable():
            return self.acting.why_not(action, self.chat()) or say("Only who waits for anybody can be moved.")
        return self.acting.why_not(action, self.chat())

    def place(self) -> Displayable:
        """Whose chats these are."""
        return self._whose

    # --- showing -------------------------------------------------------------------------------------

    def look(self) -> None:
        """The chats of this second."""
        self._rows = case_rows(self.desk.lookout.state, self._found(), self._query)

    def paint(self) -> None:
        """The rows as they are arranged."""
        rows = self._rows if self._sort == "wait" else arranged(self._rows, CASE_COLUMNS, self._sort)
        self._cases.show(rows, self.desk.lookout.now, sort=self._sort, marked=self._marked)

    def _empty(self) -> Displayable:
        if self._query:
            return say("No name holds “{words}”. Esc shows all.", words=clean_line(self._query))
        return say("No open chat. Esc goes back.")

    # --- keys ----------------------------------------------------------------------------------------

    def typed(self, key: str, character: str | None) -> bool:
        """The line to find with, then the list."""
        return self._filter.take_key(key, character) or self._cases.take_key(key)

    def _find(self, query: str) -> None:
        self._query = query
        self.look()

    def _step(self) -> None:
        names = [column.id for column in self._cases.shown]
        at = names.index(self._sort) if self._sort in names else -1
        self._sort = names[(at + 1) % len(names)]

    def _mark(self, row: CaseRow) -> None:
        self._marked ^= {row.conversation}

    def _watch(self, row: CaseRow) -> None:
        self.app.push_screen(WatchPage(self.desk, row.conversation))

    def _movable(self) -> list[ConversationId]:
        waiting = self.desk.lookout.state.waiting
        row = self._cases.current
        chosen = self._marked or ({row.conversation} if row is not None else frozenset())
        return [one for one in chosen if one in waiting]

    def _move(self) -> None:
        self.acting.move(self._movable(), self._whose)
        self._marked = frozenset()
