"""Routes: what staff does with one conversation."""

from __future__ import annotations

from typing import cast

from starlette.responses import Response

from practice.changes import handling
from practice.dialect import errors
from practice.dialect.people import agent, raw_team
from practice.dialect.times import iso
from practice.routes.call import StaffCall, answer, empty
from practice.routes.conversations import STATUSES, changed, conversation_of, priority_of
from practice.routes.served import CONVERSATION, ForStaff, Served
from practice.store import conversations, people
from practice.store.rows import Conversation, Status


def assign(call: StaffCall) -> Response:
    """Give to an agent or, if none is named, to a team; null or an unknown id takes away."""
    row = conversation_of(call)
    if "assignee_id" in call.params or "team_id" not in call.params:
        return _assign_agent(call, row)
    team = people.team(call.desk.db, call.params.integer("team_id"))
    with call.desk.change(call.user) as change:
        handling.hand_to_team(change, row, team)
    return answer(raw_team(team) if team else None)


def _assign_agent(call: StaffCall, row: Conversation) -> Response:
    user = people.user(call.desk.db, call.params.integer("assignee_id"))
    with call.desk.change(call.user) as change:
        handling.assign(change, row, user)
    return answer(agent(user, call.desk.presence.status_of(user)) if user else None)


def toggle_status(call: StaffCall) -> Response:
    """Set the status, or toggle between open and resolved when none is given."""
    row = conversation_of(call)
    status = call.params.text("status") or ("resolved" if row.status == "open" else "open")
    if status not in STATUSES:
        raise errors.internal()
    until = call.params.seconds("snoozed_until")
    with call.desk.change(call.user) as change:
        handling.set_status(change, row, cast("Status", status), until=until)
    now = conversations.conversation(call.desk.db, row.id) or row
    payload = {
        "success": True,
        "conversation_id": row.id,
        "current_status": now.status,
        "snoozed_until": iso(now.snoozed_until),
    }
    return answer({"payload": payload})


def toggle_priority(call: StaffCall) -> Response:
    """Set or clear the priority."""
    row = conversation_of(call)
    with call.desk.change(call.user) as change:
        handling.set_priority(change, row, priority_of(call))
    return empty()


def list_labels(call: StaffCall) -> Response:
    """The conversation's labels."""
    return answer({"payload": conversations.labels_of(call.desk.db, conversation_of(call).id)})


def set_labels(call: StaffCall) -> Response:
    """Replace the conversation's labels."""
    row = conversation_of(call)
    with call.desk.change(call.user) as change:
        handling.set_labels(change, row, call.params.texts("labels"))
    return list_labels(call)


def set_custom_attributes(call: StaffCall) -> Response:
    """Replace the conversation's custom attributes."""
    row = conversation_of(call)
    attributes = call.params.mapping("custom_attributes")
    with call.desk.change(call.user) as change:
        handling.set_custom_attributes(change, row, attributes)
    return answer({"custom_attributes": attributes})


def toggle_typing(call: StaffCall) -> Response:
    """Tell that the caller types, or stopped."""
    row = conversation_of(call)
    on, private = call.params.text("typing_status") == "on", call.params.flag("is_private")
    with call.desk.change(call.user) as change:
        handling.typing(change, row, call.user, on=on, private=private)
    return empty()


def update_last_seen(call: StaffCall) -> Response:
    """Mark as read, for all staff."""
    row = conversation_of(call)
    with call.desk.change(call.user) as change:
        handling.mark_seen(change, row, call.user)
    return changed(call, row.id)


def mark_unread(call: StaffCall) -> Response:
    """Mark the newest customer message as unread."""
    row = conversation_of(call)
    with call.desk.change(call.user) as change:
        handling.mark_unread(change, row)
    return changed(call, row.id)


ROUTES: list[Served] = [
    ForStaff("POST", f"{CONVERSATION}/assignments", "Give to an agent or a team, or take away", assign),
    ForStaff("POST", f"{CONVERSATION}/toggle_status", "Open, resolve, snooze or park", toggle_status),
    ForStaff("POST", f"{CONVERSATION}/toggle_priority", "Set or clear the priority", toggle_priority),
    ForStaff("GET", f"{CONVERSATION}/labels", "The conversation's labels", list_labels),
    ForStaff("POST", f"{CONVERSATION}/labels", "Replace the conversation's labels", set_labels),
    ForStaff(
        "POST", f"{CONVERSATION}/custom_attributes", "Replace the custom attributes", set_custom_attributes
    ),
    ForStaff("POST", f"{CONVERSATION}/toggle_typing_status", "Tell that the caller types", toggle_typing),
    ForStaff("POST", f"{CONVERSATION}/update_last_seen", "Mark as read; nobody is told", update_last_seen),
    ForStaff("POST", f"{CONVERSATION}/unread", "Mark as unread; nobody is told", mark_unread),
]
