"""The lists for what is done with a chat beyond talking: handing it over, sleep, priority, earlier ones."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

from agent_tui.desk import snoozing
from agent_tui.desk.doings import (
    HandOverRequested,
    MuteRequested,
    PeekRequested,
    PreviousRequested,
    PriorityChosen,
    ResolveRequested,
    SleepingRequested,
    SnoozeRequested,
)
from agent_tui.desk.model import Chat, Hit
from agent_tui.desk.selectors import receivers, server_now
from agent_tui.desk.text import NOTHING, Displayable
from agent_tui.desk.view import Receiver
from agent_tui.engine.record_text import status_words
from agent_tui.screens.at_hand import Actions, AtHand
from agent_tui.screens.subject import Reach, Subject
from agent_tui.widgets.card import priority_words
from agent_tui.widgets.clock_face import day_name
from agent_tui.widgets.picker import Asking
from agent_tui.widgets.picker_model import PickRow
from agent_tui.wording import clock, count, say
from api_client.backend import Capability
from api_client.models.conversation import Priority
from api_client.models.identity import ConversationId
from api_client.models.people import Availability


class Casework(Subject):
    """Opens the picker for a chat and tells the desk what was chosen.

    ``lay_out`` shows the card with which a chat goes to somebody.
    """

    def __init__(self, reach: Reach, *, lay_out: Callable[[Chat, Receiver], None]) -> None:
        super().__init__(reach)
        self._lay_out = lay_out
        self._waiting_for: Chat | None = None
        """Whose earlier chats an open list waits for."""
        self._waiting_for_sleeping = False

    def actions(self, at_hand: AtHand) -> Actions:
        """What its actions do."""
        return {
            "transfer": at_hand.open(self.hand_over),
            "return": at_hand.open(lambda chat: self._dispatch(HandOverRequested(chat.id))),
            "resolve": at_hand.open(lambda chat: self._dispatch(ResolveRequested(chat.id))),
            "previous": at_hand.shown(self.open_previous),
            "snooze": at_hand.open(self.snooze),
            "sleeping": self.open_sleeping,
            "priority": at_hand.shown(self.choose_priority),
            "mute": at_hand.open(self.mute),
        }

    # --- handing over --------------------------------------------------------------------------------

    def hand_over(self, chat: Chat) -> None:
        """Who shall have it, found by name."""
        known = [Receiver(say("Back to the queue")), *receivers(self._bridge.state)]
        rows = [PickRow(str(index), one.name, about(one)) for index, one in enumerate(known)]

        def filtered(query: str) -> None:
            self._picker.show_rows([row for row in rows if fits(row.title, query)])

        asking = Asking(
            say("Hand over {customer}", customer=chat.card.name),
            say("Nobody has this name. Try other letters."),
            lambda ids: self._lay_out(chat, known[int(ids[0])]),
            self._close,
            filtered,
        )
        self._picker.open(asking, rows)

    # --- later ---------------------------------------------------------------------------------------

    def snooze(self, chat: Chat) -> None:
        """Until when it sleeps: from the list, or typed."""
        state = self._bridge.state
        server = server_now(state, time.monotonic())
        if server is None:
            return
        now = datetime.fromtimestamp(server, UTC).astimezone()
        asking = Asking(
            say("{customer} sleeps until …", customer=chat.card.name),
            say("Type a time such as 14:30, or minutes such as 45."),
            lambda ids: self._dispatch(SnoozeRequested(chat.id, float(ids[0]) if ids[0] else None)),
            self._close,
            lambda words: self._picker.show_rows(self._times(now, words)),
            label=say("Until:"),
            hint=say("a time such as 14:30, or minutes such as 45"),
        )
        self._picker.open(asking, self._times(now, ""))

    def _times(self, now: datetime, words: str) -> list[PickRow]:
        if words.strip():
            until = snoozing.typed(words, now)
            return [] if until is None else [_time_row(until, now)]
        rows = [_time_row(until, now) for until in snoozing.offered(now)]
        if Capability.UNTIL_REPLY_SNOOZE in self._bridge.state.capabilities:
            rows.insert(0, PickRow("", say("until they write"), say("however long it takes")))
        return rows

    def open_sleeping(self) -> None:
        """The agent's sleeping chats; the list fills when the answer comes."""
        asking = Asking(
            say("Sleeping chats"),
            say("Looking …"),
            lambda ids: self._dispatch(PeekRequested(ConversationId(ids[0]))),
            self._close,
        )
        self._picker.open(asking, [])
        self._waiting_for = None
        self._waiting_for_sleeping = True
        self._dispatch(SleepingRequested())

    # --- priority, blocking --------------------------------------------------------------------------

    def choose_priority(self, chat: Chat) -> None:
        """The priorities, the most urgent first, and none."""
        rows = [PickRow(one.value, priority_words(one)) for one in reversed(Priority)]
        if Capability.CLEAR_PRIORITY in self._bridge.state.capabilities:
            rows.append(PickRow("", say("none")))
        asking = Asking(
            say("Priority of {customer}", customer=chat.card.name),
            NOTHING,
            lambda ids: self._dispatch(PriorityChosen(chat.id, Priority(ids[0]) if ids[0] else None)),
            self._close,
        )
        self._picker.open(asking, rows)

    def mute(self, chat: Chat) -> None:
        """Asked once more: a blocked customer is not heard in any chat."""
        rows = [
            PickRow("", say("No, leave it")),
            PickRow("mute", say("Yes, close and block"), say("their messages reach nobody from now on")),
        ]
        asking = Asking(
            say("Block {customer}?", customer=chat.card.name),
            NOTHING,
            lambda ids: self._dispatch(MuteRequested(chat.id)) if ids[0] else None,
            self._close,
        )
        self._picker.open(asking, rows)

    # --- earlier chats -------------------------------------------------------------------------------

    def open_previous(self, chat: Chat) -> None:
        """The customer's other chats; the list fills when the answer comes."""
        asking = Asking(
            say("Earlier chats of {customer}", customer=chat.card.name),
            say("Looking …"),
            lambda ids: self._dispatch(PeekRequested(ConversationId(ids[0]))),
            self._close,
        )
        self._picker.open(asking, [])
        self._waiting_for, self._waiting_for_sleeping = chat, False
        self._dispatch(PreviousRequested(chat.id))
        self.show_answers()

    def show_answers(self) -> None:
        """An answer that an open list waits for may have come."""
        sleeping = self._bridge.state.sleeping
        if self._waiting_for_sleeping and sleeping is not None and self._picker.is_open:
            self._waiting_for_sleeping = False
            rows = [PickRow(str(hit.conversation), hit.customer, hit.words) for hit in sleeping]
            self._picker.show_rows(rows, empty=say("None of your chats is asleep."))
        chat = self._waiting_for
        if chat is None or not self._picker.is_open:
            self._waiting_for = None
        elif chat.previous is not None:
            self._waiting_for = None
            rows = [hit_row(hit) for hit in chat.previous]
            self._picker.show_rows(rows, empty=say("This is the first chat of this customer."))


def _time_row(until: datetime, now: datetime) -> PickRow:
    day = day_name(until.timestamp(), None)
    title = clock(until.hour, until.minute)
    minutes = round((until - now).total_seconds() / 60)
    if until.date() != now.date():
        return PickRow(str(until.timestamp()), title, day)
    return PickRow(str(until.timestamp()), title, say("in {minutes} minutes", minutes=minutes))


def hit_row(hit: Hit) -> PickRow:
    """A chat to choose: when, how it stands, what was said."""
    status = NOTHING if hit.status is None else status_words(hit.status)
    rated = NOTHING if hit.rating is None else say("rated {rating} of 5", rating=hit.rating)
    title = Displayable(" · ".join(filter(None, (day_name(hit.at, None), status, rated))))
    return PickRow(str(hit.conversation), title, hit.words)


def about(receiver: Receiver) -> Displayable:
    """Whether a colleague is there, how many wait with a team."""
    if receiver.availability is not None:
        return availability_words(receiver.availability)
    if receiver.queue is not None:
        return count("team · {n} customer waits", "team · {n} customers wait", receiver.waiting)
    return say("for whoever takes the next")


def availability_words(availability: Availability) -> Displayable:
    """What a colleague's availability means for a hand-over, with a mark."""
    words = {
        Availability.ONLINE: say("● takes chats"),
        Availability.BUSY: say("◐ on a pause"),
        Availability.OFFLINE: say("○ not there"),
    }
    return words[availability]


def fits(name: str, query: str) -> bool:
    """Whether the name holds what was typed."""
    return query.strip().casefold() in name.casefold()
