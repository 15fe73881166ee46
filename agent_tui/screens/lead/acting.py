"""What a lead does from the board: whispering, taking over, giving to others, moving who waits."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence

from agent_tui.desk.lead_events import GivenTo, GivingTakenBack, MovedTo, WhisperWritten
from agent_tui.desk.model import Chat, QueueInfo
from agent_tui.desk.standing import is_mine
from agent_tui.desk.text import NOTHING, Displayable
from agent_tui.lookout import Lookout
from agent_tui.screens.casework import availability_words, fits
from agent_tui.widgets.picker import Asking, Picker
from agent_tui.widgets.picker_model import PickRow
from agent_tui.wording import count, say
from api_client.backend import Capability
from api_client.models.conversation import Status
from api_client.models.identity import AgentId, ConversationId, EchoId, QueueId
from api_client.models.people import Availability

_THERE = (Availability.ONLINE, Availability.BUSY, Availability.OFFLINE)


class Acting:
    """For one page; ``picker`` asks."""

    def __init__(self, lookout: Lookout, picker: Picker) -> None:
        self._lookout = lookout
        self._picker = picker

    # --- what stands in the way ----------------------------------------------------------------------

    def why_not(self, action: str, chat: Chat | None) -> Displayable:
        """Why an action on this conversation cannot be done; nothing when it can."""
        state = self._lookout.state
        if action == "board.undo":
            return NOTHING if state.lead.given else say("There is nothing to take back.")
        if action in {"board.whisper", "board.take", "board.give"}:
            return self._not_with(action, chat)
        if action == "board.move" and Capability.TEAMS not in state.capabilities:
            return say("This server has no teams to move customers to.")
        return NOTHING

    def _not_with(self, action: str, chat: Chat | None) -> Displayable:
        if chat is None:
            return say("No chat is chosen.")
        if chat.status is not Status.OPEN:
            return say("This chat is not open.")
        if action == "board.whisper" and chat.assignee is None:
            return say("Nobody has this chat yet.")
        if action != "board.give" and is_mine(self._lookout.state, chat):
            return say("This chat is yours.")
        return NOTHING

    # --- doing it ------------------------------------------------------------------------------------

    def whisper(self, chat: Chat) -> None:
        """A line to the agent; one that did not leave is there again."""
        text = self._lookout.state.lead.unsaid.get(chat.id, "")
        agent = NOTHING if chat.assignee is None else chat.assignee.name

        def keep(words: str) -> None:
            nonlocal text
            text = words

        def send(_: tuple[str, ...]) -> None:
            echo = EchoId(secrets.token_hex(8))
            self._lookout.bridge.dispatch(WhisperWritten(chat.id, text, echo))

        asking = Asking(
            say("A word to {agent} about {customer}", agent=agent, customer=chat.card.name),
            NOTHING,
            send,
            self._picker.close,
            keep,
            label=say("Note:"),
            hint=say("the customer never sees it"),
            typed=text,
        )
        self._picker.open(asking, [PickRow("send", say("Send"))])

    def take_over(self, chat: Chat) -> None:
        """Make it the lead's own."""
        me = self._lookout.state.me
        if me is not None:
            self._lookout.bridge.dispatch(GivenTo(chat.id, me.id))

    def give(self, chat: Chat) -> None:
        """Who shall have it: those who take chats first, the least busy first."""
        rows = self._agents(chat)
        asking = Asking(
            say("Give {customer} to …", customer=chat.card.name),
            say("Nobody has this name. Try other letters."),
            lambda ids: self._lookout.bridge.dispatch(GivenTo(chat.id, AgentId(ids[0]))),
            self._picker.close,
            lambda query: self._picker.show_rows([row for row in rows if fits(row.title, query)]),
        )
        self._picker.open(asking, rows)

    def _agents(self, chat: Chat) -> list[PickRow]:
        has = None if chat.assignee is None else chat.assignee.id
        figures = self._lookout.board.agents(self._lookout.state, self._lookout.now)
        figures.sort(key=lambda one: (_THERE.index(one.availability), one.figures.holds))
        return [
            PickRow(str(one.agent), one.name, _load(one.availability, one.figures.holds))
            for one in figures
            if one.agent != has
        ]

    def move(self, waiting: Sequence[ConversationId], whose: Displayable) -> None:
        """Where they shall wait; asked once more, with their number."""
        lead = self._lookout.state
        rows = [
            PickRow(str(one.id), one.name, _crowd(lead.waiting.count(one.id)))
            for one in lead.queues.values()
            if one.team
        ]
        asking = Asking(
            count("Move {n} customer: {whose}", "Move {n} customers: {whose}", len(waiting), whose=whose),
            say("No team has this name."),
            lambda ids: self._confirm(waiting, lead.queues[QueueId(ids[0])]),
            self._picker.close,
            lambda query: self._picker.show_rows([row for row in rows if fits(row.title, query)]),
        )
        self._picker.open(asking, rows)

    def _confirm(self, waiting: Sequence[ConversationId], queue: QueueInfo) -> None:
        rows = [
            PickRow("", say("No, leave them")),
            PickRow("move", count("Yes, move {n} customer", "Yes, move {n} customers", len(waiting))),
        ]

        def answered(ids: tuple[str, ...]) -> None:
            if ids[0]:
                self._lookout.bridge.dispatch(MovedTo(tuple(waiting), queue.id))

        title = say("They wait in {queue} from then on", queue=queue.name)
        self._picker.open(Asking(title, NOTHING, answered, self._picker.close), rows)

    def take_back(self) -> None:
        """The newest giving."""
        self._lookout.bridge.dispatch(GivingTakenBack())

    def with_chat(self, chat: Callable[[], Chat | None], do: Callable[[Chat], None]) -> Callable[[], None]:
        """An action on the conversation in hand at that moment."""

        def act() -> None:
            found = chat()
            if found is not None:
                do(found)

        return act


def _load(availability: Availability, holds: int) -> Displayable:
    chats = count("{n} chat", "{n} chats", holds)
    return Displayable(f"{availability_words(availability)} · {chats}")


def _crowd(waiting: int) -> Displayable:
    return count("{n} customer waits", "{n} customers wait", waiting)
