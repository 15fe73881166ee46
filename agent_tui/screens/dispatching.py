"""Texts on their way out: second thoughts before they leave, those that did not, and leaving the desk."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Final

from agent_tui import notices
from agent_tui.bridge import Bridge
from agent_tui.desk import selectors
from agent_tui.desk.doings import LeavingRequested, RetryRequested, TabSelected, UndoRequested
from agent_tui.desk.events import DeskEvent
from agent_tui.desk.guarding import doubt
from agent_tui.desk.model import Chat
from agent_tui.desk.notice import HeldBack, Notice
from agent_tui.desk.preflight import concerns
from agent_tui.desk.transcript import Fate
from agent_tui.keymap import Keymap
from agent_tui.notices import Told, Weight
from agent_tui.screens import standing
from agent_tui.screens.at_hand import Actions, AtHand
from agent_tui.widgets.composer_buffer import Buffer
from agent_tui.widgets.picker import Asking, Picker
from agent_tui.widgets.picker_model import PickRow
from agent_tui.wording import count, say
from api_client.models.identity import ConversationId

SECOND_THOUGHT: Final = 6.0
"""Seconds in which pressing again confirms."""


class Dispatching:
    """What stands between a text and its customer.

    ``dispatch`` tells the desk what the agent did, ``tell`` the agent something; ``leave`` ends the program.
    """

    def __init__(
        self,
        bridge: Bridge,
        picker: Picker,
        keys: Keymap,
        *,
        dispatch: Callable[[DeskEvent], None],
        tell: Callable[[Told], None],
        leave: Callable[[], object],
    ) -> None:
        self._bridge = bridge
        self._picker = picker
        self._keys = keys
        self._dispatch = dispatch
        self._tell = tell
        self._leave = leave
        self._held: tuple[ConversationId, str] | None = None
        """The text that was held back last, and whose it is."""
        self._known: set[Notice] = set()
        """Why: what the agent has been told and may send all the same."""
        self._known_until = 0.0
        self._leaving_until = 0.0

    def actions(self, at_hand: AtHand) -> Actions:
        """What its actions do."""
        return {
            "retry": at_hand.open(self.retry),
            "takeback": lambda: self._dispatch(UndoRequested()),
            "undelivered": self.open_undelivered,
            "leave": self.leave,
        }

    def may_send(self, buffer: Buffer) -> bool:
        """Whether a text may leave. What speaks against it is told once; sending again is meant."""
        chat, text = self._bridge.state.chats.get(buffer.conversation), buffer.text
        if chat is None:
            return True
        now = time.monotonic()
        if self._held != (chat.id, text) or now >= self._known_until:
            self._held, self._known = (chat.id, text), set()
        against = [one for one in self._against(chat, text, note=buffer.note) if one not in self._known]
        if not against:
            self._held = None
            return True
        self._known.add(against[0])
        self._known_until = now + SECOND_THOUGHT
        self._tell(notices.told(against[0], self._keys))
        return False

    def _against(self, chat: Chat, text: str, *, note: bool) -> Iterator[Notice]:
        """Where it goes comes first, then what it says."""
        astray = doubt(self._bridge.state, chat, text, note=note)
        if astray is not None:
            yield astray
        found = concerns(self._bridge.state, chat, text, note=note)
        if found:
            yield HeldBack(found)

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
