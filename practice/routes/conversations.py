"""Routes: lists of conversations, one conversation, and starting one."""

from __future__ import annotations

from typing import cast, get_args

from msgspec.structs import asdict
from starlette.responses import Response

from practice.changes import arriving, handling, writing
from practice.desk import Change
from practice.dialect import errors
from practice.dialect.conversations import conversation as shown
from practice.routes.call import StaffCall, answer
from practice.routes.served import ACCOUNT, CONVERSATION, ForStaff, Served
from practice.store import conversations, customers, people
from practice.store.conversations import Assigned, Filter
from practice.store.rows import ContactInbox, Conversation, Inbox, Priority, Status

STATUSES = get_args(Status)
PRIORITIES = get_args(Priority)


def conversation_of(call: StaffCall) -> Conversation:
    """The conversation in the address; raises ``ApiError`` if there is none or the caller may not open it."""
    row = conversations.conversation(call.desk.db, call.path["conversation_id"])
    if row is None:
        raise errors.not_found()
    if not may_open(call, row):
        raise errors.forbidden()
    return row


def may_open(call: StaffCall, row: Conversation) -> bool:
    """Whether the caller serves the conversation's inbox or belongs to its team."""
    db, user = call.desk.db, call.user
    member = people.is_inbox_member(db, row.inbox_id, user.id)
    return user.is_administrator or member or people.is_team_member(db, row.team_id, user.id)


def changed(call: StaffCall, conversation_id: int) -> Response:
    """The conversation as it stands now."""
    row = conversations.conversation(call.desk.db, conversation_id)
    if row is None:
        raise errors.not_found()
    return answer(shown(call.desk, row, call.user))


def _filter(call: StaffCall) -> Filter:
    params = call.params
    assigned = params.text("assignee_type", "all")
    within = params.seconds("updated_within")
    team_id = params.integer("team_id")
    if team_id is not None and people.team(call.desk.db, team_id) is None:
        raise errors.not_found()
    return Filter(
        viewer=call.user,
        status=params.text("status") or "open",
        assigned=cast("Assigned", assigned) if assigned in get_args(Assigned) else "all",
        inbox_id=params.integer("inbox_id"),
        team_id=team_id,
        labels=params.texts("labels"),
        kind=params.text("conversation_type") or None,
        text=params.text("q") or None,
        source_id=params.text("source_id") or None,
        # The caller's seconds; the desk's may be shorter.
        updated_after=None if within is None else call.desk.clock.now() - within * call.desk.clock.speed,
    )


def list_conversations(call: StaffCall) -> Response:
    """One page of conversations and the counts of the whole filter."""
    wanted = _filter(call)
    page = call.params.page if wanted.updated_after is None else None
    rows = conversations.listed(call.desk.db, wanted, sort=call.params.text("sort_by"), page=page)
    payload = [shown(call.desk, row, call.user) for row in rows]
    meta = asdict(conversations.counts(call.desk.db, wanted))
    return answer({"data": {"meta": meta, "payload": payload}})


def count_conversations(call: StaffCall) -> Response:
    """The counts alone."""
    return answer({"meta": asdict(conversations.counts(call.desk.db, _filter(call)))})


def show_conversation(call: StaffCall) -> Response:
    """One conversation."""
    return answer(shown(call.desk, conversation_of(call), call.user))


def update_conversation(call: StaffCall) -> Response:
    """Set the priority; nothing else is taken here."""
    row = conversation_of(call)
    if "priority" in call.params:
        with call.desk.change(call.user) as change:
            handling.set_priority(change, row, priority_of(call))
    return changed(call, row.id)


def priority_of(call: StaffCall) -> Priority | None:
    """The priority asked for; an unknown one breaks the real server, and so it does here."""
    wanted = call.params.values.get("priority")
    if wanted is not None and wanted not in PRIORITIES:
        raise errors.internal()
    return cast("Priority | None", wanted)


def create_conversation(call: StaffCall) -> Response:
    """Write to a customer first."""
    with call.desk.change(call.user) as change:
        session = _session_for(call, change)
        row = arriving.start_conversation(
            change,
            session.id,
            attributes=call.params.mapping("additional_attributes"),
            custom_attributes=call.params.mapping("custom_attributes"),
            status=_status_for_new(call),
        )
        _settle(call, change, row)
    return changed(call, row.id)


def _status_for_new(call: StaffCall) -> str:
    status = call.params.text("status") or "open"
    if status not in STATUSES:
        raise errors.internal()
    return status


def _settle(call: StaffCall, change: Change, row: Conversation) -> None:
    assignee = people.user(call.desk.db, call.params.integer("assignee_id"))
    if assignee is not None:
        handling.assign(change, row, assignee)
    team = people.team(call.desk.db, call.params.integer("team_id"))
    if team is not None:
        handling.hand_to_team(change, conversations.conversation(call.desk.db, row.id) or row, team)
    content = call.params.nested("message").text("content")
    if content:
        draft = writing.outgoing(call.user, content, private=False, attributes={})
        writing.staff_replies(change, row, draft)


def _session_for(call: StaffCall, change: Change) -> ContactInbox:
    db, params = call.desk.db, call.params
    source_id, inbox = params.text("source_id"), _inbox_for(call)
    session = _by_source(call, source_id, inbox) if source_id else None
    if session is not None:
        return session
    contact = customers.contact(db, params.integer("contact_id"))
    if contact is None or inbox is None:
        raise errors.not_found()
    return arriving.open_session(change, contact.id, inbox.id, source_id or None)


def _inbox_for(call: StaffCall) -> Inbox | None:
    inbox = people.inbox(call.desk.db, call.params.integer("inbox_id"))
    if inbox is not None and inbox not in people.inboxes(call.desk.db, call.user):
        raise errors.forbidden()
    return inbox


def _by_source(call: StaffCall, source_id: str, inbox: Inbox | None) -> ContactInbox | None:
    within = [inbox] if inbox else people.inboxes(call.desk.db, call.user)
    found = (customers.session_by_source(call.desk.db, one.id, source_id) for one in within)
    return next((session for session in found if session is not None), None)


ROUTES: list[Served] = [
    ForStaff(
        "GET", f"{ACCOUNT}/conversations", "A page of conversations, filtered and sorted", list_conversations
    ),
    ForStaff(
        "GET", f"{ACCOUNT}/conversations/meta", "The counts of a filter, without rows", count_conversations
    ),
    ForStaff("POST", f"{ACCOUNT}/conversations", "Write to a customer first", create_conversation),
    ForStaff("GET", CONVERSATION, "One conversation", show_conversation),
    ForStaff("PATCH", CONVERSATION, "Set the priority", update_conversation),
]
