"""When a wait begins to count, which of its seconds count, and when it turns from calm to a worry."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from agent_tui.desk.opening import moment_after, seconds_open
from agent_tui.desk.view import Promise, Urgency
from agent_tui.desk.wait_rules import Kind, Waits, folded
from api_client.models.conversation import Status
from api_client.models.hours import OpeningHours

if TYPE_CHECKING:
    from agent_tui.desk.model import Chat, DeskState, QueueInfo

LIVE_CHAT: Final = Promise(warning=40, breach=60)
"""The customer sits in front of a chat window."""
MESSAGING: Final = Promise(warning=15 * 60, breach=20 * 60)
"""The customer looks at a phone now and then."""
EMAIL: Final = Promise(warning=4 * 3600, breach=8 * 3600)
"""The customer expects an answer today."""

_PROMISES: Final[dict[Kind, Promise]] = {"chat": LIVE_CHAT, "messaging": MESSAGING, "email": EMAIL}
_NOTHING_SETTLED: Final = Waits()
_MESSENGERS: Final = frozenset(
    {
        "facebook",
        "facebookpage",
        "instagram",
        "line",
        "messenger",
        "sms",
        "telegram",
        "tiktok",
        "twiliosms",
        "twitter",
        "twitterprofile",
        "whatsapp",
    }
)


def kind_of(channel: str) -> Kind:
    """What kind a channel is. Whatever is not known to be slower is a live chat.

    ``channel`` is the backend's word, e.g. ``Channel::Whatsapp`` or ``email``.
    """
    name = channel.rpartition("::")[2].lower()
    if name == "email":
        return "email"
    return "messaging" if name in _MESSENGERS else "chat"


@lru_cache(maxsize=4096)
def promise_for(
    channel: str,
    waits: Waits = _NOTHING_SETTLED,
    names: tuple[str, ...] = (),
    hours: OpeningHours | None = None,
) -> Promise:
    """What customers of a channel are promised, or those of a queue with one of ``names``, the nearest first.

    ``hours``: when the queue is open, which counts only where ``waits`` says so.
    """
    kind = kind_of(channel)
    own = [*map(folded, names), kind]
    settled = {limits.name: limits for limits in (*waits.channels, *waits.queues)}
    limits = next((settled[name] for name in own if name in settled), None)
    promise = _PROMISES[kind] if limits is None else Promise(limits.warning, limits.breach)
    kept = hours is not None and hours.kept and not waits.hours.isdisjoint(own)
    return replace(promise, hours=hours) if kept else promise


def promise_of(state: DeskState, chat: Chat) -> Promise:
    """What the customer of a conversation is promised: by its queue, its inbox, its channel."""
    queue, inbox = state.queues.get(chat.queue), state.queues.get(chat.inbox)
    hours = next((one.hours for one in (queue, inbox) if one is not None and one.hours is not None), None)
    return promise_for(chat.channel, state.rules.waits, _names(queue, inbox), hours)


def promise_of_queue(state: DeskState, queue: QueueInfo) -> Promise:
    """What the longest waiting of a queue is promised; what anybody is while nobody waits."""
    first = state.waiting.first(queue.id)
    if first is not None:
        return promise_of(state, state.chats[first])
    return promise_for(queue.channel, state.rules.waits, _names(queue), queue.hours)


def counts_asleep(state: DeskState, chat: Chat) -> bool:
    """Whether the time in which the conversation sleeps counts as waiting."""
    names = _names(state.queues.get(chat.queue), state.queues.get(chat.inbox))
    return not state.rules.waits.asleep.isdisjoint((*map(folded, names), kind_of(chat.channel)))


def _names(*queues: QueueInfo | None) -> tuple[str, ...]:
    return tuple(queue.raw_name for queue in queues if queue is not None)


def counted(promise: Promise, since: float, now: float) -> float:
    """Seconds of a wait that count; none of one that a clock puts into the future."""
    return seconds_open(promise.hours, since, now)


def due(promise: Promise, since: float) -> float:
    """When a wait breaks the promise (server time); infinity in a queue that never opens."""
    return moment_after(promise.hours, since, promise.breach)


def urgency(promise: Promise, seconds: float) -> Urgency:
    """How near a wait of ``seconds`` that count is to breaking the promise."""
    if seconds >= promise.breach:
        return Urgency.BREACH
    return Urgency.WARNING if seconds >= promise.warning else Urgency.CALM


def wait(chat: Chat) -> float | None:
    """Since when the customer waits for a human (server time), ``None`` when nobody waits.

    An open conversation that is nobody's waits even when no message says since when: from its
    beginning, or, when a human has answered in it before, from the last that happened in it.
    Time asleep that does not count has moved the beginning on.
    """
    if chat.status is not Status.OPEN:
        return None
    if chat.waiting_since is not None:
        return chat.waiting_since + chat.slept
    if chat.assignee is not None:
        return None
    return chat.created_at if chat.first_reply_at is None else chat.last_activity_at


def for_the_next(chat: Chat) -> bool:
    """Whether a human has answered before: the wait is for the next answer, not for the first."""
    return chat.first_reply_at is not None
