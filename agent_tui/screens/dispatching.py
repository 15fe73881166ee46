"""Texts on their way out: second thoughts before they leave, those that did not, and leaving the desk."""

from __future__ import annotations

import time
from collections.abc import Callable

from agent_tui import notices
from agent_tui.bridge import Bridge
from agent_tui.desk import selectors
from agent_tui.desk.doings import LeavingRequested, RetryRequested, TabSelected, UndoRequested
from agent_tui.desk.events import DeskEvent
from agent_tui.desk.model import Chat
from agent_tui.desk.second_thoughts import SECOND_THOUGHT, SecondThoughts
from agent_tui.desk.text import clean_line
from agent_tui.desk.transcript import Fate
from agent_tui.keys_in_force import Keymap
from agent_tui.notices import Told, Weight
from agent_tui.screens import standing
from agent_tui.screens.at_hand import Actions, AtHand
from agent_tui.screens.panes import Panes
from agent_tui.widgets.composer_buffer import Buffer
from agent_tui.widgets.picker import Asking, Picker
from agent_tui.widgets.picker_model import PickRow
from agent_tui.wording import count, say
from canned.spans import gaps


class Dispatching:
    """What stands between a text and its customer.

    ``dispatch`` tells the desk what the agent did, ``tell`` the agent something; ``leave`` ends the program.
    """

    def __init__(
        self,
        bridge: Bridge,
        picker: Picker,
        panes: Panes,
        keys: Keymap,
        *,
        dispatch: Callable[[DeskEvent], None],
        tell: Callable[[Told], None],
        leave: Callable[[], object],
    ) -> None:
        self._bridge = bridge
        self._picker = picker
        self._panes = panes
        self._keys = keys
        self._dispatch = dispatch
        self._tell = tell
        self._leave = leave
        self._thoughts = SecondThoughts()
        self._leaving_until = 0.0
        self._knowingly = False
        """The text that leaves now has been looked at: nothing holds it back."""

    def actions(self, at_hand: AtHand) -> Actions:
        """What its actions do."""
        return {
            "send.anyway": self.send_anyway,
            "send.only": self.send_only,
            "retry": at_hand.open(self.retry),
            "takeback": lambda: self._dispatch(UndoRequested()),
            "undelivered": self.open_undelivered,
            "leave": self.leave,
        }

    def may_send(self, buffer: Buffer) -> bool:
        """Whether a text may leave. What speaks against it is told once; sending again is meant.

        A field that is not filled in is not sent by the same key pressed twice.
        """
        if self._knowingly:
            return True
        chat, text = self._bridge.state.chats.get(buffer.conversation), buffer.text
        open_gaps = gaps(text) if self._bridge.state.rules.checks.gaps else ()
        if open_gaps:
            self._tell(self._unfilled(open_gaps[0]))
            buffer.go_to_gap()
            return False
        if chat is None:
            return True
        now = time.monotonic()
        against = self._thoughts.against(self._bridge.state, chat, text, note=buffer.note, now=now)
        if against is not None:
            self._tell(notices.told(against, self._keys))
        return against is None

    def _unfilled(self, gap: str) -> Told:
        words = say(
            "“{gap}” is not filled in. Type it now; {key} sends the text as it stands.",
            gap=clean_line(gap, limit=60), key=standing.key_of(self._keys, "send.anyway"),
        )  # fmt: skip
        return Told(words, Weight.WARNING)

    def send_anyway(self) -> None:
        """Send the text with whatever speaks against it: the agent has been told and means it."""
        self._knowingly = True
        try:
            self._panes.composer.submit()
        finally:
            self._knowingly = False

    def send_only(self) -> None:
        """Send the text; what its canned responses say happens afterwards does not."""
        composer = self._panes.composer
        if composer.buffer is not None:
            composer.buffer.forget_afterwards()
            composer.submit()

    def retry(self, chat: Chat) -> None:
        """Send the oldest text of this chat that did not leave."""
        failed = next(
            (line for line in chat.transcript.lines if line.fate is Fate.FAILED and line.local), None
        )
        if failed is not None and failed.echo is not None:
            self._dispatch(RetryRequested(chat.id, failed.echo))

    def open_undelivered(self) -> None:
        """Every text that has not left, to go to its chat."""
        rows = [
            PickRow(str(row.echo), row.customer or say("A chat that is not here"), row.first_words)
            for row in selectors.undelivered(self._bridge.state)
        ]
        none = say("Every text has left.")
        asking = Asking(say("Not delivered"), none, self._go, self._picker.close)
        self._picker.open(asking, rows)

    def _go(self, ids: tuple[str, ...]) -> None:
        self._picker.close()
        for row in selectors.undelivered(self._bridge.state):
            if str(row.echo) == ids[0]:
                self._dispatch(TabSelected(row.conversation))

    def leave(self) -> None:
        """What could still be taken back is done. At once when no text is on its way, else asked again."""
        self._dispatch(LeavingRequested())
        now, unsent = time.monotonic(), len(selectors.undelivered(self._bridge.state))
        if not unsent or now < self._leaving_until:
            self._leave()
            return
        self._leaving_until = now + SECOND_THOUGHT
        words = count(
            "{n} text has not left yet. {key} again leaves; it is kept and shown next time.",
            "{n} texts have not left yet. {key} again leaves; they are kept and shown next time.",
            unsent,
            key=standing.key_of(self._keys, "leave"),
        )
        self._tell(Told(words, Weight.WARNING))
