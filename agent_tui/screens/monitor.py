"""The team lead's board on the whole screen: a line for the desk, the queues, the agents."""

from __future__ import annotations

import time

from textual import events
from textual.app import ComposeResult
from textual.screen import Screen

from agent_tui import notices
from agent_tui.desk import selectors
from agent_tui.desk.metrics.board import Board
from agent_tui.desk.metrics.figures import Figures
from agent_tui.desk.metrics.levels import Formula
from agent_tui.desk.model import DeskState
from agent_tui.desk.text import Displayable
from agent_tui.screens.presenting import Presenting
from agent_tui.theming import Palette
from agent_tui.widgets.banner import Banner
from agent_tui.widgets.board import AgentBoard, QueueBoard
from agent_tui.widgets.keys import Hint, KeyHints
from agent_tui.widgets.painting import LineWidget, Piece
from agent_tui.widgets.pictures import Picture, PictureWidget
from agent_tui.wording import percent, say
from themes.contract import Ground, Ink


class DeskLine(PictureWidget):
    """The whole desk on three rows: who waits, and the service level by every formula."""

    DEFAULT_CSS = "DeskLine { height: 3; }"

    def __init__(self, palette: Palette) -> None:
        super().__init__(palette)
        self._figures: Figures | None = None

    def show(self, figures: Figures) -> None:
        """Show the desk's figures."""
        self._figures = figures
        self.paint_changes()

    def picture(self, y: int) -> Picture:
        """What happens, then how well it goes."""
        if self._figures is None:
            return Picture((), Ground.BAR)
        text = _levels(self._figures, list(Formula)[3 * y - 3 : 3 * y]) if y else _happens(self._figures)
        return Picture((Piece(Displayable(f" {text}"), Ink.QUIET if y else Ink.TEXT),), Ground.BAR)


def _happens(figures: Figures) -> Displayable:
    return say(
        "waiting {first} for a first answer, {further} for a further one · handled {handled} · left {left}",
        first=figures.waiting_first,
        further=figures.waiting_next,
        handled=figures.handled,
        left=figures.abandoned,
    )


def _levels(figures: Figures, formulas: list[Formula]) -> Displayable:
    names = {
        Formula.ANSWERED: say("answered"),
        Formula.OFFERED: say("offered"),
        Formula.OFFERED_BUT_SHORT: say("offered but short"),
        Formula.LEFT_IN_TIME_IS_KEPT: say("left in time kept"),
        Formula.LEFT_IN_TIME_IS_OUT: say("left in time out"),
        Formula.STILL_WAITING_COUNTS: say("still waiting counts"),
    }
    levels = figures.levels
    shown = [f"{names[one]} {'-' if (at := levels[one]) is None else percent(at)}" for one in formulas]
    words = Displayable(" · ".join(shown))
    return say("in 60 s: {levels}", levels=words) if Formula.ANSWERED in formulas else words


class MonitorScreen(Screen[None]):
    """Nothing here writes to the server: the board only looks."""

    AUTO_FOCUS = "QueueBoard"
    DEFAULT_CSS = """
    MonitorScreen QueueBoard { height: 1fr; }
    MonitorScreen AgentBoard { height: 1fr; }
    """

    def __init__(
        self, state: DeskState, board: Board, palette: Palette, *, presenting: Presenting | None = None
    ) -> None:
        super().__init__()
        self._palette = palette
        self._presenting = presenting
        self._state = state
        self._board = board
        self._banner = Banner(palette)
        self._line = DeskLine(palette)
        self._queues = QueueBoard(palette)
        self._agents = AgentBoard(palette)
        self._hints = KeyHints(palette)
        self._by_name = False

    def compose(self) -> ComposeResult:
        """The desk, its queues, its agents."""
        if self._presenting is not None:
            yield self._presenting.bar
        yield self._line
        yield self._banner
        yield self._queues
        yield self._agents
        yield self._hints

    def on_mount(self) -> None:
        """Show what is known already."""
        self.show()

    def show(self) -> None:
        """Paint what differs at this second."""
        now = time.monotonic()
        if self._presenting is not None and self._presenting.new_people(self._state):
            for widget in self.walk_children():
                if isinstance(widget, LineWidget):
                    widget.use_palette(self._palette)
        server = selectors.server_now(self._state, now) or self._board.newest
        self._line.show(self._board.desk(server))
        self._banner.show(notices.connection_words(self._state.connection, now))
        self._queues.show(self._board.queues(self._state, server, by_name=self._by_name), server)
        self._agents.show(self._board.agents(self._state, server, by_name=self._by_name), server)
        order = say("longest wait first") if self._by_name else say("order by name")
        tab = Hint(say("Tab"), say("queues or agents"))
        self._hints.show([tab, Hint(Displayable("s"), order), Hint(Displayable("q"), say("leave"))])

    def on_key(self, event: events.Key) -> None:
        """Tab goes to the other table, s changes the order; q or Ctrl+Q leaves."""
        if self._presenting is not None:
            self._presenting.bar.pressed(event.key, event.character)
        if event.key == "tab":
            self.set_focus(self._agents if self._queues.has_focus else self._queues)
        elif event.key == "s":
            self._by_name = not self._by_name
            self.show()
        elif event.key in {"ctrl+q", "q"}:
            self.app.exit()
        event.stop()
