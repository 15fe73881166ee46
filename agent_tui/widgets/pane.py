"""A conversation on the screen: who it is with, what was said, and where the agent writes.

The three do not lie in one container: a single conversation has its text across the whole width.
"""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.message import Message
from textual.strip import Strip

from agent_tui.desk.text import Displayable
from agent_tui.theming import Palette
from agent_tui.widgets.card import CustomerCard
from agent_tui.widgets.composer import Composer
from agent_tui.widgets.handed_card import HandedCard
from agent_tui.widgets.holders import Across, Down
from agent_tui.widgets.log import MessageLog
from agent_tui.widgets.painting import LineWidget, Piece, strip_of
from api_client.models.identity import ConversationId
from themes.contract import Ground, Ink


class PaneEdge(LineWidget):
    """The line on the left of a pane: heavy where the keys go."""

    DEFAULT_CSS = "PaneEdge { width: 1; height: 1fr; }"

    def __init__(self, palette: Palette) -> None:
        super().__init__(palette)
        self._in_hand = False

    def show(self, *, in_hand: bool) -> None:
        """Whether the pane is the one in hand."""
        if in_hand is not self._in_hand:
            self._in_hand = in_hand
            self.repaint()

    def strip_at(self, y: int) -> Strip:
        """The same on every row."""
        del y
        piece = Piece(Displayable("┃"), Ink.ACCENT) if self._in_hand else Piece(Displayable("│"), Ink.QUIET)
        return strip_of((piece,), Ground.DESK, 1, self.palette)


class ConversationPane(Down):
    """The line above and the log; ``composer`` and its edge stand in the row of composers.

    ``conversation`` is whom it shows, or ``None``.
    """

    class Chosen(Message):
        """It was clicked while it was not in hand."""

        def __init__(self, conversation: ConversationId) -> None:
            super().__init__()
            self.conversation = conversation

    class OlderWanted(Message):
        """The reader of this conversation is at the first line known, and earlier ones exist."""

        def __init__(self, conversation: ConversationId) -> None:
            super().__init__()
            self.conversation = conversation

    def __init__(self, palette: Palette, log: MessageLog, number: int) -> None:
        super().__init__(classes="pane")
        self.line = CustomerCard(palette)
        self.line.add_class("line")
        self.handed = HandedCard(palette)
        self.log_lines = log
        self.composer = Composer(palette, id=f"composer-{number}")
        self.edges = (PaneEdge(palette), PaneEdge(palette))
        self.conversation: ConversationId | None = None

    def compose(self) -> ComposeResult:
        """The line above, the card it came with, then the log with its edge."""
        yield self.line
        yield self.handed
        with Across():
            yield self.edges[0]
            yield self.log_lines

    def set_out(self, *, shown: bool, in_hand: bool, alone: bool) -> None:
        """Whether it is on the screen, whether the keys are for it, and whether others stand beside it."""
        self.display = self.composer.display = shown
        self.composer.be_in_hand(in_hand=in_hand)
        self.line.be_in_hand(in_hand=None if alone else in_hand)
        for edge in self.edges:
            edge.display = shown and not alone
            edge.show(in_hand=in_hand)

    def on_click(self, event: events.Click) -> None:
        """The agent wants to go on here, unless it was the end of a selection."""
        event.stop()
        if self.conversation is not None and not self.screen.selections:
            self.post_message(self.Chosen(self.conversation))

    def on_message_log_older_wanted(self, message: MessageLog.OlderWanted) -> None:
        """Says of whom."""
        message.stop()
        if self.conversation is not None:
            self.post_message(self.OlderWanted(self.conversation))
