"""The composers side by side: one place for the keys, which go to the composer in hand."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult

from agent_tui.widgets.composer import Composer
from agent_tui.widgets.holders import Across
from agent_tui.widgets.pane import ConversationPane


class WritingRow(Across):
    """Has the focus for all composers in it.

    So keys stay in one queue: what is typed ahead of a key that changes panes is dealt with after it, and
    goes to the composer in hand by then.
    """

    DEFAULT_CSS = "WritingRow { height: 2; } WritingRow Composer { height: 1fr; }"
    can_focus = True

    def __init__(self, panes: Sequence[ConversationPane]) -> None:
        super().__init__(id="writing")
        self._panes = panes
        self._in_hand = panes[0].composer
        self._height = 0
        for pane in panes:
            pane.composer.grown = self.fit

    def compose(self) -> ComposeResult:
        """Each composer with its edge."""
        for pane in self._panes:
            yield pane.edges[1]
            yield pane.composer

    def take_in_hand(self, composer: Composer) -> None:
        """The keys are for this one from now on."""
        if composer is not self._in_hand:
            self._in_hand.wake(awake=False)
            self._in_hand = composer
            composer.wake(awake=self.has_focus)

    def fit(self) -> None:
        """All are as high as the highest."""
        shown = [pane for pane in self._panes if pane.display] or self._panes[:1]
        height = max(pane.composer.rows_wanted for pane in shown)
        if height != self._height:
            self._height = height
            self.styles.height = height

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Single letters are for the text, whatever else they are bound to."""
        return self._in_hand.check_consume_key(key, character)

    def on_key(self, event: events.Key) -> None:
        """For the composer in hand."""
        self._in_hand.on_key(event)

    def on_paste(self, event: events.Paste) -> None:
        """For the composer in hand."""
        self._in_hand.on_paste(event)

    def watch_has_focus(self, has_focus: bool) -> None:  # noqa: FBT001  Textual calls it so
        """The cursor appears and goes."""
        super().watch_has_focus(has_focus)
        self._in_hand.wake(awake=has_focus)
