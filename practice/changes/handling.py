"""What staff does with conversations: assign, hand on, resolve, snooze, prioritise, label, mark as seen."""

from __future__ import annotations

from practice.announcing import ContactEvent, TypingEvent
from practice.changes import automatic, measuring, notifying
from practice.changes.records import activity, actor, existing, tell, touch
from practice.desk import Change
from practice.store import conversations, messages, people
from practice.store.rows import INCOMING, Contact, Conversation, Json, Priority, Status, Team, User

SEEN_AGAIN_SECONDS = 3600.0
"""With nothing unread, being seen is written at most this often."""
STATUS_WORDS: dict[Status, str] = {
    "open": "reopened",
    "resolved": "marked resolved",
    "pending": "marked pending",
    "snoozed": "snoozed",
}


def assign(change: Change, conversation: Conversation, user: User | None) -> None:
    """Give a conversation to someone, or take it from whoever has it."""
    assignee_id = user.id if user else None
    if conversation.assignee_id == assignee_id:
        return
    touch(change, conversation.id, assignee_id=assignee_id)
    if user is not None:
        conversations.add_participant(change.db, conversation.id, user.id)
    tell(change, conversation.id, "assignee.changed", "conversation.updated")
    activity(change, conversation, _assigned_text(change, user))
    if user is not None:
        notifying.of_assignment(change, conversation, user)


def _assigned_text(change: Change, user: User | None) -> str:
    if user is None:
        return f"Conversation unassigned by {actor(change)}"
    if change.by is not None and user.id == change.by.id:
        return f"{user.name} self-assigned this conversation"
    return f"Assigned to {user.name} by {actor(change)}"


def assign_automatically(change: Change, conversation: Conversation) -> None:
    """Give a new conversation to whoever of its queue is online and has least to do, if the queue does so."""
    inbox = people.inbox(change.db, conversation.inbox_id)
    if inbox is not None and inbox.auto_assign and conversation.assignee_id is None:
        assign(change, conversation, _least_busy(change, people.inbox_members(change.db, inbox.id)))


def _least_busy(change: Change, users: list[User]) -> User | None:
    online = [user for user in users if change.desk.presence.status_of(user) == "online"]
    return min(online, key=lambda user: (conversations.open_count(change.db, user.id), user.id), default=None)


def hand_to_team(change: Change, conversation: Conversation, team: Team | None) -> None:
    """Hand a conversation to a team, or take it back; an assignee from outside the team loses it."""
    team_id = team.id if team else None
    if conversation.team_id == team_id:
        return
    columns: Json = {"team_id": team_id}
    names = ["team.changed"]
    assignee_id = conversation.assignee_id
    if team and assignee_id is not None and not people.is_team_member(change.db, team.id, assignee_id):
        columns["assignee_id"] = None
        names.append("assignee.changed")
    touch(change, conversation.id, **columns)
    tell(change, conversation.id, *names, "conversation.updated")
    activity(change, conversation, _team_text(change, conversation, team))
    now = existing(change, conversation.id)
    if team and team.allow_auto_assign and now.assignee_id is None:
        assign(change, now, _least_busy(change, people.team_members(change.db, team.id)))


def _team_text(change: Change, conversation: Conversation, team: Team | None) -> str:
    if team is not None:
        return f"Assigned to {team.name} by {actor(change)}"
    former = people.team(change.db, conversation.team_id)
    return f"Unassigned from {former.name if former else 'the team'} by {actor(change)}"


def set_status(
    change: Change,
    conversation: Conversation,
    status: Status,
    *,
    until: float | None = None,
    who: str | None = None,
) -> None:
    """Open, resolve, snooze (``until`` epoch seconds, or the next customer message) or park a conversation.

    An agent who opens one takes it over; an administrator does not. ``who`` names the actor if not staff.
    """
    snoozed_until = until if status == "snoozed" else None
    changed = conversation.status != status
    if changed or conversation.snoozed_until != snoozed_until:
        columns: Json = {"status": status, "snoozed_until": snoozed_until}
        if status == "resolved":
            columns |= {"waiting_since": None, "busy_due": None}
        touch(change, conversation.id, **columns)
        tell(change, conversation.id, *["conversation.status_changed"] * changed, "conversation.updated")
    if changed:
        activity(change, conversation, f"Conversation was {STATUS_WORDS[status]} by {who or actor(change)}")
    if changed and status == "resolved":
        measuring.measure(change, measuring.RESOLUTION, conversation, conversation.created_at)
        automatic.ask_how_it_went(change, conversation)
    if status == "open" and change.by is not None and not change.by.is_administrator:
        assign(change, conversation, change.by)


def wake_due(change: Change) -> None:
    """Reopen snoozed conversations whose time has come."""
    for conversation in conversations.due(change.db, change.now):
        set_status(change, conversation, "open")


def mute(change: Change, conversation: Conversation) -> None:
    """Have nothing more of a customer: they are blocked, and the conversation is resolved."""
    set_blocked(change, conversation.contact_id, blocked=True)
    set_status(change, conversation, "resolved")
    activity(change, conversation, f"{actor(change)} has muted the conversation")


def unmute(change: Change, conversation: Conversation) -> None:
    """Hear a customer again."""
    set_blocked(change, conversation.contact_id, blocked=False)
    activity(change, conversation, f"{actor(change)} has unmuted the conversation")


def set_blocked(change: Change, contact_id: int, *, blocked: bool) -> None:
    """Block a customer, whose messages then reopen nothing, or take that back."""
    change.db.update("contacts", contact_id, {"blocked": blocked, "updated_at": change.now})
    change.events.append(ContactEvent("contact.updated", contact_id))


def set_participants(change: Change, conversation: Conversation, user_ids: set[int]) -> None:
    """Let exactly these people take part."""
    before = {user.id for user in conversations.participants(change.db, conversation.id)}
    for user_id in sorted(user_ids - before):
        conversations.add_participant(change.db, conversation.id, user_id)
    for user_id in before - user_ids:
        conversations.remove_participant(change.db, conversation.id, user_id)


def set_priority(change: Change, conversation: Conversation, priority: Priority | None) -> None:
    """Set or clear the priority."""
    if conversation.priority == priority:
        return
    touch(change, conversation.id, priority=priority)
    tell(change, conversation.id, "conversation.updated")
    activity(change, conversation, _priority_text(actor(change), conversation.priority, priority))


def _priority_text(who: str, before: Priority | None, after: Priority | None) -> str:
    if after is None:
        return f"{who} removed the priority"
    if before is None:
        return f"{who} set the priority to {after}"
    return f"{who} changed the priority from {before} to {after}"


def set_labels(change: Change, conversation: Conversation, titles: list[str]) -> None:
    """Replace the whole list of labels."""
    before = conversations.labels_of(change.db, conversation.id)
    after = list(dict.fromkeys(titles))
    if before == after:
        return
    conversations.replace_labels(change.db, conversation.id, after)
    touch(change, conversation.id)
    tell(change, conversation.id, "conversation.updated")
    _say_labels(change, conversation, "added", [title for title in after if title not in before])
    _say_labels(change, conversation, "removed", [title for title in before if title not in after])


def _say_labels(change: Change, conversation: Conversation, verb: str, titles: list[str]) -> None:
    if titles:
        activity(change, conversation, f"{actor(change)} {verb} {', '.join(titles)}")


def set_custom_attributes(change: Change, conversation: Conversation, attributes: Json) -> None:
    """Replace all custom attributes."""
    if conversation.custom_attributes == attributes:
        return
    touch(change, conversation.id, custom_attributes=attributes)
    tell(change, conversation.id, "conversation.updated")


def mark_seen(change: Change, conversation: Conversation, user: User) -> None:
    """Someone of the staff looked: nothing is unread any more. Nobody is told of it."""
    notifying.read_all(change, user, conversation.id)
    seen = conversation.agent_last_seen_at
    unread = messages.unread_count(change.db, conversation.id, seen)
    mine = conversation.assignee_id == user.id
    if mine:
        seen = min(seen or 0.0, conversation.assignee_last_seen_at or 0.0)
    if not unread and change.now - (seen or 0.0) < SEEN_AGAIN_SECONDS:
        return
    columns: Json = {"agent_last_seen_at": change.now}
    if mine:
        columns["assignee_last_seen_at"] = change.now
    change.db.update("conversations", conversation.id, columns)


def mark_unread(change: Change, conversation: Conversation) -> None:
    """As if the newest customer message had not been seen. Nobody is told of it."""
    newest = messages.newest(change.db, conversation.id, f"message_type = {INCOMING}")
    if newest is not None:
        change.db.update("conversations", conversation.id, {"agent_last_seen_at": newest.created_at - 1})


def typing(
    change: Change, conversation: Conversation, typist: User | Contact, *, on: bool, private: bool
) -> None:
    """Someone began or stopped typing."""
    name = "conversation.typing_on" if on else "conversation.typing_off"
    change.events.append(TypingEvent(name, conversation.id, typist, private))
