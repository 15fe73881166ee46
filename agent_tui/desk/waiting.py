"""When a wait begins to count, and when it turns from calm to a worry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from agent_tui.desk.view import Promise, Urgency
from api_client.models.conversation import Status

if TYPE_CHECKING:
    from agent_tui.desk.model import Chat

LIVE_CHAT: Final = Promise(warning=40, breach=60)
"""The customer sits in front of a chat window."""
MESSAGING: Final = Promise(warning=15 * 60, breach=20 * 60)
"""The customer looks at a phone now and then."""
EMAIL: Final = Promise(warning=4 * 3600, breach=8 * 3600)
"""The customer expects an answer today."""

_PROMISES: Final = {
    "email": EMAIL,
    **dict.fromkeys(
        (
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
        ),
        MESSAGING,
    ),
}


def promise_for(channel: str) -> Promise:
    """What customers of a channel are promised.

    ``channel`` is the backend's word, e.g. ``Channel::Whatsapp`` or ``email``. Whatever is not known
    to be slower is a live chat.
    """
    return _PROMISES.get(channel.rpartition("::")[2].lower(), LIVE_CHAT)


def urgency(promise: Promise, seconds: float) -> Urgency:
    """How near a wait of ``seconds`` is to breaking the promise."""
    if seconds >= promise.breach:
        return Urgency.BREACH
    return Urgency.WARNING if seconds >= promise.warning else Urgency.CALM


def wait(chat: Chat) -> float | None:
    """Since when the customer waits for a human (server time), ``None`` when nobody waits.

    An open conversation that is nobody's waits even when no message says since when: from its
    beginning, or, when a human has answered in it before, from the last that happened in it.
    """
    if chat.status is not Status.OPEN:
        return None
    if chat.waiting_since is not None or chat.assignee is not None:
        return chat.waiting_since
    return chat.created_at if chat.first_reply_at is None else chat.last_activity_at
