"""The chat an action is for: the one the agent writes in, or the one on the screen."""

from __future__ import annotations

from collections.abc import Callable

from agent_tui.bridge import Bridge
from agent_tui.desk import selectors
from agent_tui.desk.model import Chat

Actions = dict[str, Callable[[], object]]
"""What each action of the key table does, by its id."""


class AtHand:
    """Turns something to do with a chat into an action; without a chat it does nothing."""

    def __init__(self, bridge: Bridge) -> None:
        self._bridge = bridge

    def open(self, do: Callable[[Chat], object]) -> Callable[[], object]:
        """With the chat the agent writes in."""
        return lambda: self._with(selectors.active_chat(self._bridge.state), do)

    def shown(self, do: Callable[[Chat], object]) -> Callable[[], object]:
        """With the chat on the screen, which may be only read."""
        return lambda: self._with(selectors.shown_chat(self._bridge.state), do)

    def _with(self, chat: Chat | None, do: Callable[[Chat], object]) -> None:
        if chat is not None:
            do(chat)
