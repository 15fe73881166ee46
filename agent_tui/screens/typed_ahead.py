"""What the agent types while the customer they take is still on the way and nobody else has the text."""

from __future__ import annotations

from typing import Final

from agent_tui.desk.model import DeskState
from agent_tui.desk.text import Displayable, clean_line
from agent_tui.widgets.editing_keys import types_text
from agent_tui.wording import say
from api_client.models.identity import ConversationId

_IN_SIGHT: Final = 40
"""Characters of it that are shown: the last ones."""


class TypedAhead:
    """Letters are kept until a text is open, and go there; only Escape drops them.

    Nothing of it is sent: Enter means nothing before the customer can be seen. When a colleague was faster
    the text stays for whoever is taken instead, and goes to none of the agent's chats of before.
    """

    def __init__(self, state: DeskState) -> None:
        self.text = ""
        self._state = state
        self._before: frozenset[ConversationId] = frozenset()
        """The chats there were when it was begun."""

    def take_key(self, key: str, character: str | None) -> bool:
        """Keep what a key writes. Whether it meant anything here."""
        if types_text(key, character) and character:
            return self.paste(character)
        if not self.text or key not in {"backspace", "escape", "enter"}:
            return False
        if key != "enter":
            self.text = self.text[:-1] if key == "backspace" else ""
        return True

    def paste(self, text: str) -> bool:
        """Keep a text. Whether it is kept: nobody may be on the way."""
        state = self._state
        if not (self.text or state.taking or state.active):
            return False
        if not self.text:
            self._before = frozenset(state.tabs) - {state.active}
        self.text += text
        return True

    def hand_over(self, conversation: ConversationId) -> str:
        """The text, if it is for the chat that is open now."""
        if conversation in self._before:
            return ""
        text, self.text = self.text, ""
        return text

    @property
    def words(self) -> Displayable:
        """What stands where the text will be."""
        return say("For the customer you take: {text}", text=clean_line(self.text[-_IN_SIGHT:]))
