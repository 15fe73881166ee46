"""Hand-over cards on the screen: laid out to be changed before a chat goes, shown when one comes."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from agent_tui.bridge import Bridge
from agent_tui.desk.card_compiling import compiled
from agent_tui.desk.doings import CardRead, HandOverRequested
from agent_tui.desk.events import DeskEvent
from agent_tui.desk.hand_over_card import HandOverCard, Part, parsed, receipt, written
from agent_tui.desk.model import Chat
from agent_tui.desk.selectors import active_chat
from agent_tui.desk.text import Displayable
from agent_tui.desk.view import Receiver
from agent_tui.screens.at_hand import Actions, AtHand
from agent_tui.screens.handed import handed_to, titles
from agent_tui.screens.panes import Panes
from agent_tui.widgets.composer_buffer import Buffer
from agent_tui.wording import say
from api_client.models.identity import ConversationId, EchoId


class Carding:
    """``dispatch`` tells the desk what the agent did, ``show`` brings the screen up to date."""

    def __init__(
        self,
        bridge: Bridge,
        panes: Panes,
        *,
        dispatch: Callable[[DeskEvent], None],
        show: Callable[[], None],
    ) -> None:
        self._bridge = bridge
        self._panes = panes
        self._dispatch = dispatch
        self._show = show
        self._going: dict[ConversationId, tuple[Chat, Receiver]] = {}
        """Chats whose card is being changed, by the name under which its text is written."""
        self._said: dict[ConversationId, tuple[Displayable, ...]] = {}
        """What the agent has written for whoever is next, kept when they leave the card or take it back."""

    def actions(self, at_hand: AtHand) -> Actions:
        """What its actions do."""
        return {"handed.read": at_hand.open(self._acknowledge)}

    # --- giving --------------------------------------------------------------------------------------

    def begin(self, chat: Chat, to: Receiver) -> None:
        """Lay the case out where the agent writes; Enter hands over, Esc goes back.

        The text has a name of its own instead of the conversation's: nothing can send it to the customer.
        """
        card = compiled(chat)
        words = "\n".join(f"- {said}" for said in self._said.get(chat.id, ()))
        text = f"{_written(card)}\n{Part.FOR_YOU.value} {titles()[Part.FOR_YOU]}\n{words or '- '}"
        name = ConversationId(f"card of {chat.id}")
        buffer = Buffer(name, text, note=True)
        buffer.title = say("⇄ {customer} → {to}: what they should know", customer=chat.card.name, to=to.name)
        self._going[name] = (chat, to)
        self._panes.places.lend(chat, buffer)
        self._show()

    def end(self, chat: Chat) -> None:
        """The chat stays; the agent's own text is there again, and so is what they said, next time."""
        lent = self._panes.places.lent(chat)
        if lent is not None:
            self._keep(chat, lent.text)
            self._panes.places.lend(chat, None)
            self._show()

    def end_at(self, conversation: ConversationId) -> None:
        """A text taken back is written where the card stood."""
        chat = self._bridge.state.chats.get(conversation)
        if chat is not None:
            self.end(chat)

    def submitted(self, name: ConversationId, text: str) -> bool:
        """Hand over with this card, if ``text`` is one being changed. Whether it is."""
        going = self._going.pop(name, None)
        if going is None:
            return False
        chat, to = going
        self._keep(chat, text)
        self._panes.places.lend(chat, None)
        echo = EchoId(secrets.token_hex(8))
        self._dispatch(HandOverRequested(chat.id, to.agent, to.queue, self._comment(text), echo))
        self._show()
        return True

    def _comment(self, text: str) -> str:
        card = parsed(text)
        return text if card is None else comment_of(card)

    def _keep(self, chat: Chat, text: str) -> None:
        card = parsed(text)
        self._said[chat.id] = () if card is None else card.of(Part.FOR_YOU)

    # --- receiving -----------------------------------------------------------------------------------

    def take_key(self, key: str) -> bool:
        """Esc leaves a card being changed; Enter with nothing written says that one was read."""
        chat = active_chat(self._bridge.state)
        if chat is None:
            return False
        if key == "escape" and self._panes.places.lent(chat) is not None:
            self.end(chat)
            return True
        buffer = self._panes.composer.buffer
        empty = buffer is not None and not buffer.text.strip()
        return key == "enter" and empty and self._acknowledge(chat)

    def _acknowledge(self, chat: Chat) -> bool:
        """Whether there was a card to be read."""
        handed = handed_to(self._bridge.state, chat)
        if handed is None or not handed.mine:
            return False
        words = receipt(say("The hand-over card has been read."))
        self._dispatch(CardRead(chat.id, words, EchoId(secrets.token_hex(8))))
        return True


def comment_of(card: HandOverCard) -> str:
    """The note that goes with a chat; nothing where there is nothing to say."""
    return _written(card) if card.items else ""


def _written(card: HandOverCard) -> str:
    return written(card, say("Hand-over card"), titles())
