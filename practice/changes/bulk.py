"""One action on many conversations, and what macros do: steps by name, each as a person would do it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast, get_args

from practice.changes import handling, transcribing, writing
from practice.changes.records import Upload, existing
from practice.desk import Change
from practice.store import conversations, people
from practice.store.rows import Conversation, Priority, Status, User

Act = Callable[[Change, Conversation, list[Any]], None]


def add_labels(change: Change, conversation: Conversation, titles: list[Any]) -> None:
    """Add labels to those there are."""
    now = conversations.labels_of(change.db, conversation.id)
    handling.set_labels(change, conversation, [*now, *map(str, titles)])


def remove_labels(change: Change, conversation: Conversation, titles: list[Any]) -> None:
    """Take labels away."""
    now = conversations.labels_of(change.db, conversation.id)
    handling.set_labels(change, conversation, [title for title in now if title not in titles])


def set_status(change: Change, conversation: Conversation, status: str, until: float | None = None) -> None:
    """Set a status by name; an unknown one does nothing."""
    if status in get_args(Status):
        handling.set_status(change, conversation, cast("Status", status), until=until)


def _assign_agent(change: Change, conversation: Conversation, given: list[Any]) -> None:
    wanted = given[0] if given else "nil"
    if wanted == "self":
        handling.assign(change, conversation, change.by)
    elif wanted == "nil":
        handling.assign(change, conversation, None)
    elif wanted == "last_responding_agent":
        handling.assign(change, conversation, _last_responding(change, conversation))
    elif (user := people.user(change.db, _number(wanted))) is not None:
        handling.assign(change, conversation, user)


def _last_responding(change: Change, conversation: Conversation) -> User | None:
    return people.user(change.db, conversations.last_responding(change.db, conversation.id))


def _assign_team(change: Change, conversation: Conversation, given: list[Any]) -> None:
    team = people.team(change.db, _number(given[0]) if given else None)
    if team is not None:
        handling.hand_to_team(change, conversation, team)


def _number(value: Any) -> int | None:
    return int(value) if str(value).isdecimal() else None


def _set_priority(change: Change, conversation: Conversation, given: list[Any]) -> None:
    wanted = given[0] if given else None
    if wanted in get_args(Priority):
        handling.set_priority(change, conversation, cast("Priority", wanted))
    elif wanted in {"nil", None}:
        handling.set_priority(change, conversation, None)


def _write(change: Change, conversation: Conversation, given: list[Any]) -> None:
    if change.by is not None and given:
        writing.staff_replies(change, conversation, writing.outgoing(change.by, str(given[0])))


def _note(change: Change, conversation: Conversation, given: list[Any]) -> None:
    if change.by is not None and given:
        draft = writing.outgoing(change.by, str(given[0]), private=True)
        writing.staff_notes(change, conversation, draft)


def _attach(change: Change, conversation: Conversation, given: list[Any]) -> None:
    files = [file for file in given if isinstance(file, Upload)]
    if change.by is not None and files:
        writing.staff_replies(change, conversation, writing.outgoing(change.by, "", files=files))


def _send_transcript(change: Change, conversation: Conversation, given: list[Any]) -> None:
    for address in given:
        transcribing.keep_transcript(change, conversation, str(address))


def _nothing(change: Change, conversation: Conversation, given: list[Any]) -> None:
    """A step that would reach other servers; the practice desk reaches none."""


ACTIONS: dict[str, Act] = {
    "send_message": _write,
    "add_private_note": _note,
    "send_attachment": _attach,
    "add_label": add_labels,
    "remove_label": remove_labels,
    "assign_team": _assign_team,
    "remove_assigned_team": lambda change, row, _: handling.hand_to_team(change, row, None),
    "assign_agent": _assign_agent,
    "remove_assigned_agent": lambda change, row, _: handling.assign(change, row, None),
    "mute_conversation": lambda change, row, _: handling.mute(change, row),
    "change_status": lambda change, row, given: set_status(change, row, str(given[0]) if given else ""),
    "resolve_conversation": lambda change, row, _: handling.set_status(change, row, "resolved"),
    "snooze_conversation": lambda change, row, _: handling.set_status(change, row, "snoozed"),
    "change_priority": _set_priority,
    "send_email_transcript": _send_transcript,
    "send_webhook_event": _nothing,
}


def perform(change: Change, conversation_id: int, name: str, given: list[Any]) -> None:
    """Do one step of a macro; an unknown one does nothing."""
    if name in ACTIONS:
        ACTIONS[name](change, existing(change, conversation_id), given)
