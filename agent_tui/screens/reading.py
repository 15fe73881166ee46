"""Reading a chat without taking it: how it begins, what the banner says, how it ends."""

from __future__ import annotations

from collections.abc import Callable

from agent_tui import notices
from agent_tui.bridge import Bridge
from agent_tui.desk.doings import ConversationPicked, LongestWaitingRequested, PeekLeft, PeekRequested
from agent_tui.desk.events import DeskEvent
from agent_tui.desk.model import Chat
from agent_tui.desk.text import Displayable
from agent_tui.keys_in_force import Keymap
from agent_tui.screens.at_hand import Actions, AtHand
from agent_tui.screens.standing import key_of
from agent_tui.widgets.queue import WaitingList
from agent_tui.widgets.row_list import RowList
from agent_tui.wording import say
from api_client.models.conversation import Status
from api_client.models.identity import ConversationId


class Reading:
    """``go_inside`` gives the keys to a list, or (``None``) back to the text.

    ``beside_another``: whether what is read stands beside the chat it is read for.
    """

    def __init__(
        self,
        bridge: Bridge,
        keys: Keymap,
        waiting: WaitingList,
        *,
        dispatch: Callable[[DeskEvent], None],
        go_inside: Callable[[RowList | None], None],
        beside_another: Callable[[], bool],
    ) -> None:
        self._bridge = bridge
        self._keys = keys
        self._waiting = waiting
        self._dispatch = dispatch
        self._go_inside = go_inside
        self._beside_another = beside_another
        self._down_the_list = False
        """It began in the list of waiting customers, and goes on there."""

    def actions(self, at_hand: AtHand) -> Actions:
        """What its actions do."""
        return {
            "take": self.take_next,
            "reopen": at_hand.shown(lambda chat: self._dispatch(ConversationPicked(chat.id))),
        }

    def begin(self, conversation: ConversationId) -> None:
        """Read the customer under the cursor."""
        self._go_inside(None)
        self._down_the_list = True
        self._dispatch(PeekRequested(conversation))

    def take_key(self, key: str) -> bool:
        """A key that ends reading. Whether it was one."""
        state = self._bridge.state
        if key == "escape" and state.beside is not None and state.beside_of == state.active:
            self._dispatch(PeekLeft())
            return True
        if state.peeked is None or key not in {"escape", "enter"}:
            return False
        self.end(take=key == "enter")
        return True

    def end(self, *, take: bool) -> None:
        """Take the chat that is only read, or go back to where the agent came from."""
        peeked, again = self._bridge.state.peeked, self._down_the_list
        self._down_the_list = False
        if take and peeked is not None:
            self._dispatch(ConversationPicked(peeked))
        else:
            self._dispatch(PeekLeft())
            self._go_inside(self._waiting if again else None)

    def take_next(self) -> None:
        """The chat that is only read, else the customer who has waited longest."""
        if self._bridge.state.peeked is None:
            self._dispatch(LongestWaitingRequested())
        else:
            self.end(take=True)

    def banner(self, chat: Chat | None, now: float) -> tuple[Displayable, bool]:
        """What is wrong, which is an alarm; else that the chat is only read, which is none."""
        state = self._bridge.state
        wrong = notices.connection_words(state.connection, now)
        if wrong or chat is None or state.peeked is None:
            return wrong, True
        words = peek_words(chat, self._keys)
        if not self._beside_another():
            return words, False
        further = say("{key} writes on and keeps this beside.", key=key_of(self._keys, "pane.next"))
        return Displayable(f"{words} {further}"), False


def beside_words(keys: Keymap) -> Displayable:
    """Of a chat that stands beside the one that is written in."""
    return say("Only to read. {key} goes there, Esc puts it away.", key=key_of(keys, "pane.next"))


def peek_words(chat: Chat, keys: Keymap) -> Displayable:
    """That a chat is only read, and how to take or leave it."""
    key, customer = key_of(keys, "take"), chat.card.name
    if chat.status is Status.OPEN and chat.assignee is not None:
        return say("You are only reading: {by} has this chat. Esc goes back.", by=chat.assignee.name)
    if chat.status is Status.OPEN:
        return say(
            "You are only reading. {key} or Enter takes {customer}, Esc goes back.",
            key=key, customer=customer,
        )  # fmt: skip
    if chat.status is Status.SNOOZED:
        return say("You are only reading a sleeping chat. {key} or Enter wakes it, Esc goes back.", key=key)
    if chat.status is Status.PENDING:
        return say("You are only reading. A bot has this chat: {key} or Enter takes it.", key=key)
    return say("You are only reading a closed chat. {key} or Enter opens it again, Esc goes back.", key=key)
