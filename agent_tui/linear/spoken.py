"""The desk in sentences to be heard: no signs, no columns, every number with what it counts."""

from __future__ import annotations

import re
from typing import Final

from agent_tui.capacity_words import weighed
from agent_tui.desk.capacity import Load
from agent_tui.desk.loads import own_load
from agent_tui.desk.model import Chat, DeskState
from agent_tui.desk.promises import open_promise
from agent_tui.desk.selectors import server_now, waiting_count, waiting_rows
from agent_tui.desk.standing import name_of
from agent_tui.desk.tabs import owed_since
from agent_tui.desk.text import NOTHING, Displayable
from agent_tui.desk.transcript import Fate, Line
from agent_tui.desk.view import Forecast, Given, Urgency, WaitingRow
from agent_tui.desk.waiting import counted, for_the_next, promise_of, urgency
from agent_tui.widgets.clock_face import time_of_day
from agent_tui.wording import count, say
from api_client.models.message import MessageKind

_SIGNS: Final = re.compile(r"(?: *[●○◐◷✓✗◆▤‖↓↑→·│] *)+")
_MINUTE: Final = 60
_HOUR: Final = 3600


def plain(words: str) -> Displayable:
    """``words`` without the signs that stand for something on a screen."""
    return Displayable(_SIGNS.sub(" ", words).strip())


def named(customer: Displayable) -> Displayable:
    """The customer's name, or that there is none."""
    return customer or say("Customer without a name")


def lasted(seconds: float) -> Displayable:
    """``4 minutes 7 seconds``; above an hour without the seconds."""
    whole = max(0, int(seconds))
    hours, minutes, rest = whole // _HOUR, whole % _HOUR // _MINUTE, whole % _MINUTE
    parts = [count("{n} hour", "{n} hours", hours)] if hours else []
    parts += [count("{n} minute", "{n} minutes", minutes)] if minutes else []
    if not hours and (rest or not minutes):
        parts.append(count("{n} second", "{n} seconds", rest))
    return Displayable(" ".join(parts))


def waiting_line(row: WaitingRow, now: float) -> Displayable:
    """One waiting customer: who, how long, where, what they wrote."""
    seconds = counted(row.promise, row.since, now)
    told = say(
        "{customer}, waits {time}, {queue}",
        customer=named(row.customer), time=lasted(seconds), queue=row.queue_name,
    )  # fmt: skip
    told = _with_level(told, urgency(row.promise, seconds))
    if row.again:
        told = say("{told}, was answered before", told=told)
    return Displayable(f"{told}: {row.first_words}") if row.first_words else told


def _with_level(told: Displayable, level: Urgency) -> Displayable:
    """What a sign and a colour say on a screen."""
    if level is Urgency.CALM:
        return told
    near = say("{told}, near the limit", told=told)
    return near if level is Urgency.WARNING else say("{told}, past the limit", told=told)


def who_waits(state: DeskState, now: float) -> Displayable:
    """How many wait, and the longest wait."""
    first = next(iter(waiting_rows(state, 1)), None)
    server = server_now(state, now)
    if first is None or server is None:
        return say("Nobody is waiting.")
    return count(
        "{n} customer waits, for {time}.", "{n} customers wait, the longest for {time}.",
        waiting_count(state), time=lasted(counted(first.promise, first.since, server)),
    )  # fmt: skip


def in_hand(state: DeskState, now: float) -> Displayable:
    """How many chats are open, what they weigh, and the limit."""
    server = server_now(state, now)
    load = None if server is None else own_load(state, server)
    if load is None:
        return say("Connecting to the desk …")
    told = count(
        "You have {n} open chat; it counts {weight} of {limit}.",
        "You have {n} open chats; they count {weight} of {limit}.",
        load.open, weight=weighed(load.weight), limit=load.limit,
    )  # fmt: skip
    return Displayable(" ".join(filter(None, (told, why_limit(load)))))


def why_limit(load: Load) -> Displayable:
    """What moved the limit."""
    rush = say("There is a rush.") if load.rush else NOTHING
    eased = say("Your limit has come down, because answers take long.") if load.eased else NOTHING
    return Displayable(" ".join(filter(None, (rush, eased))))


def limit_moved(load: Load) -> Displayable:
    """That the limit is another one now."""
    told = say("Your limit is {limit} now.", limit=load.limit)
    return Displayable(" ".join(filter(None, (told, why_limit(load)))))


def number_of(state: DeskState, chat: Chat) -> int:
    """The chat's number among the open ones, from 1; 0 when it is not open."""
    return state.tabs.index(chat.id) + 1 if chat.id in state.tabs else 0


def chat_line(state: DeskState, chat: Chat, now: float) -> Displayable:
    """One open chat: who, whether they wait for an answer, what came unread."""
    parts = [named(chat.card.name)]
    since, server = owed_since(state, chat), server_now(state, now)
    if since is not None and server is not None:
        promise = promise_of(state, chat)
        seconds = counted(promise, since, server)
        time = lasted(seconds)
        next_one = say("waits {time} for the next answer", time=time)
        told = next_one if for_the_next(chat) else say("waits {time} for a first answer", time=time)
        parts.append(_with_level(told, urgency(promise, seconds)))
    given = open_promise(state, chat)
    if given is not None and server is not None:
        parts.append(promise_words(given, server))
    if chat.unread and chat.id != state.active:
        parts.append(count("{n} new message", "{n} new messages", chat.unread))
    if chat.draft.text.strip():
        parts.append(say("a text begun"))
    if chat.transcript.undelivered:
        parts.append(say("a text that did not leave"))
    return Displayable(", ".join(parts))


def promise_words(given: Given, server: float) -> Displayable:
    """How long there still is to keep a promise, or since when it is broken."""
    left = given.until - server
    if left > 0:
        return say("you promised to be back within {time}", time=lasted(left))
    return say("a promise was due {time} ago", time=lasted(-left))


def foreseen(forecast: Forecast, server: float) -> Displayable:
    """How many chats will break their limit before the agent reaches them, and what helps."""
    told = count(
        "{n} chat breaks its limit in {time}, before you reach it.",
        "{n} chats break their limit, the first in {time}, before you reach them.",
        len(forecast.conversations), time=lasted(forecast.at - server),
    )  # fmt: skip
    return Displayable(f"{told} {say('/holding puts a line into your text that lets them wait.')}")


def opened(state: DeskState, chat: Chat) -> Displayable:
    """That a chat is open now, and what is known of the customer."""
    queue = state.queues.get(chat.queue)
    tags = Displayable(", ".join(tag.shown for tag in chat.tags))
    told = say(
        "Chat {number} of {all}: {customer}.",
        number=number_of(state, chat), all=len(state.tabs), customer=named(chat.card.name),
    )  # fmt: skip
    facts = [
        say("Queue: {name}.", name=queue.name) if queue is not None else NOTHING,
        say("Language: {name}.", name=Displayable(chat.language)) if chat.language else NOTHING,
        say("From page: {name}.", name=chat.page) if chat.page else NOTHING,
        say("Tags: {names}.", names=tags) if tags else NOTHING,
    ]
    return Displayable(" ".join(filter(None, (told, *facts))))


def line_words(line: Line) -> Displayable:
    """A message: who, when, what, and what became of it."""
    time = time_of_day(line.at, None)
    fate = say("Did not leave.") if line.fate is Fate.FAILED else NOTHING
    return Displayable(f"{_author(line)}, {time}: {_said(line)} {fate}".rstrip())


def _said(line: Line) -> Displayable:
    files = [say("File {name}.", name=file.name) for file in line.files]
    text = say("This message was deleted.") if line.deleted else line.shielded
    return Displayable(" ".join(filter(None, (text, *files))))


def _author(line: Line) -> Displayable:
    if line.kind is MessageKind.CUSTOMER:
        return line.author or say("Customer")
    if line.kind is MessageKind.NOTE:
        author = line.author or say("Colleague")
        return say("Your note") if line.mine else say("Note by {author}", author=author)
    if line.kind is MessageKind.AGENT:
        return say("You") if line.mine else line.author or say("Colleague")
    return say("Automatic")


def arrived(state: DeskState, chat: Chat, line: Line) -> Displayable:
    """That a message came, from whom, in which chat."""
    who = _author(line)
    text = _said(line)
    if chat.id in {state.active, state.peeked}:
        return Displayable(f"{who}: {text}")
    return say(
        "Message in chat {number} from {customer}: {text}",
        number=number_of(state, chat), customer=who, text=text,
    )  # fmt: skip


def sent(state: DeskState, chat: Chat) -> Displayable:
    """That a text of the agent's has arrived at the server, and what it promised."""
    told = (
        say("Sent.")
        if chat.id == state.active
        else say("Sent to {customer}.", customer=name_of(state, chat.id))
    )
    given = open_promise(state, chat)
    if given is None:
        return told
    time = lasted(given.until - given.made)
    return Displayable(f"{told} {say('You promised to be back within {time}.', time=time)}")
