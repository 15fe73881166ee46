"""What the desk says by itself: greeting, closed, busy, and the question how it went."""

from __future__ import annotations

from practice.announcing import MessageEvent
from practice.changes.records import Draft, add_message, existing
from practice.desk import Change
from practice.opening import is_open
from practice.queue_texts import for_language
from practice.store import conversations, messages, people
from practice.store.rows import OUTGOING, TEMPLATE, Conversation, Inbox, Json, Message

DAY = 24 * 3600.0
REPLIED_LATELY = 300.0
TELL_WHEN_BUSY = "tell_when_busy"
"""The additional attribute of conversations whose customer the desk itself tells that it is busy."""
SURVEY = "input_csat"


def say(change: Change, conversation_id: int, text: str, content_type: str = "text") -> Message:
    """A message of the desk itself; the customer still waits for a person."""
    draft = Draft(kind=TEMPLATE, content=text, content_type=content_type)
    row = add_message(change, existing(change, conversation_id), draft)
    change.events.append(MessageEvent("message.created", row.id))
    return row


def in_language(texts: Json, conversation: Conversation) -> str | None:
    """The text in the customer's language, or the one that stands in."""
    return for_language(texts, str(conversation.additional_attributes.get("browser_language", ""))[:2])


def answer_message(change: Change, conversation: Conversation, *, first: bool) -> None:
    """What the desk says at once to a customer's message: that it is closed, and a greeting to the first."""
    inbox = people.inbox(change.db, conversation.inbox_id)
    if inbox is None:
        return
    closed = in_language(inbox.out_of_office, conversation)
    if closed and not is_open(inbox, change.now) and _may_say_closed(change, conversation):
        say(change, conversation.id, closed)
    greeting = in_language(inbox.greetings, conversation) if inbox.greeting_enabled else None
    if first and greeting:
        say(change, conversation.id, greeting)


def _may_say_closed(change: Change, conversation: Conversation) -> bool:
    """Once a day, and not to somebody whom a person answered just now."""
    said = messages.newest(change.db, conversation.id, f"message_type = {TEMPLATE}")
    replied = messages.newest(change.db, conversation.id, f"message_type = {OUTGOING} AND private = 0")
    return (said is None or change.now - said.created_at >= DAY) and (
        replied is None or change.now - replied.created_at >= REPLIED_LATELY
    )


def busy_due(change: Change, conversation: Conversation) -> float | None:
    """When a customer who begins to wait now is told that the desk is busy, if ever."""
    inbox = people.inbox(change.db, conversation.inbox_id)
    wanted = conversation.additional_attributes.get(TELL_WHEN_BUSY)
    return change.now + inbox.busy_after if wanted and inbox and inbox.busy else None


def say_busy_due(change: Change) -> None:
    """Tell those who have waited long enough, once in their wait."""
    for conversation in conversations.busy_due(change.db, change.now):
        change.db.update("conversations", conversation.id, {"busy_due": None})
        inbox = people.inbox(change.db, conversation.inbox_id)
        text = in_language(inbox.busy, conversation) if inbox else None
        if text:
            say(change, conversation.id, text)


def ask_how_it_went(change: Change, conversation: Conversation) -> None:
    """Send the queue's survey into a resolved conversation, once."""
    inbox = people.inbox(change.db, conversation.inbox_id)
    text = _survey_text(inbox, conversation)
    if text and messages.newest(change.db, conversation.id, f"content_type = '{SURVEY}'") is None:
        say(change, conversation.id, text, SURVEY)


def _survey_text(inbox: Inbox | None, conversation: Conversation) -> str | None:
    return in_language(inbox.surveys, conversation) if inbox and inbox.survey_enabled else None
