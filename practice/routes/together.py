"""Routes: who takes part in a conversation, muting, transcripts, the shared draft, many at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.responses import Response

from practice.changes import bulk, disposing, handling, transcribing
from practice.changes.records import existing
from practice.desk import Change
from practice.dialect import errors
from practice.routes.call import StaffCall, answer, empty, json_response
from practice.routes.conversations import conversation_of, may_open
from practice.routes.served import ACCOUNT, CONVERSATION, ForAdministrators, ForStaff, Served
from practice.routes.staff import agents_of
from practice.store import conversations, people
from practice.store.rows import Conversation, User

PARTICIPANTS = f"{CONVERSATION}/participants"
DRAFT = f"{CONVERSATION}/draft_messages"


def _participants(call: StaffCall) -> list[User]:
    return conversations.participants(call.desk.db, conversation_of(call).id)


def list_participants(call: StaffCall) -> Response:
    """Who takes part."""
    return answer(agents_of(call, _participants(call)))


def _known(call: StaffCall) -> set[int]:
    """The people named, who must see the inbox."""
    inbox_id = conversation_of(call).inbox_id
    able = {user.id for user in people.assignable(call.desk.db, [inbox_id])}
    wanted = set(call.params.integers("user_ids"))
    if not wanted <= able:
        raise errors.unprocessable("Validation failed: User must have inbox access")
    return wanted


def _set(call: StaffCall, user_ids: set[int]) -> None:
    with call.desk.change(call.user) as change:
        handling.set_participants(change, conversation_of(call), user_ids)


def set_participants(call: StaffCall) -> Response:
    """Let exactly these people take part."""
    _set(call, _known(call))
    return list_participants(call)


def add_participants(call: StaffCall) -> Response:
    """Let more people take part; answers those who are new."""
    before, wanted = {user.id for user in _participants(call)}, _known(call)
    _set(call, before | wanted)
    return answer(agents_of(call, [user for user in _participants(call) if user.id in wanted - before]))


def remove_participants(call: StaffCall) -> Response:
    """Let people take part no more."""
    before = {user.id for user in _participants(call)}
    _set(call, before - set(call.params.integers("user_ids")))
    return empty()


def _do(call: StaffCall, act: Callable[[Change, Conversation], object]) -> Response:
    row = conversation_of(call)
    with call.desk.change(call.user) as change:
        act(change, row)
    return empty()


def mute(call: StaffCall) -> Response:
    """Resolve and block the customer."""
    return _do(call, handling.mute)


def unmute(call: StaffCall) -> Response:
    """Hear the customer again."""
    return _do(call, handling.unmute)


def send_transcript(call: StaffCall) -> Response:
    """Keep a transcript for an address; the practice desk sends nothing."""
    address = call.params.text("email").strip()
    if not address:
        raise errors.unprocessable("email param missing")
    return _do(call, lambda change, row: transcribing.keep_transcript(change, row, address))


def delete_conversation(call: StaffCall) -> Response:
    """Remove a conversation; nobody is told."""
    return _do(call, disposing.delete_conversation)


def show_draft(call: StaffCall) -> Response:
    """The one draft that all staff share in a conversation."""
    found = call.desk.db.column(
        "SELECT message FROM drafts WHERE conversation_id = ?", (conversation_of(call).id,)
    )
    return answer({"has_draft": True, "message": found[0]} if found else {"has_draft": False})


def set_draft(call: StaffCall) -> Response:
    """Keep the shared draft."""
    text = call.params.nested("draft_message").text("message")
    return _do(call, lambda change, row: change.db.run("REPLACE INTO drafts VALUES (?, ?)", (row.id, text)))


def delete_draft(call: StaffCall) -> Response:
    """Forget the shared draft."""
    return _do(
        call, lambda change, row: change.db.run("DELETE FROM drafts WHERE conversation_id = ?", (row.id,))
    )


def do_in_bulk(call: StaffCall) -> Response:
    """Do the same with many conversations; those the caller may not open are passed over."""
    if call.params.text("type") != "Conversation":
        return json_response(422, {"success": False})
    for number in call.params.integers("ids"):
        row = conversations.conversation(call.desk.db, number)
        if row is not None and may_open(call, row):
            with call.desk.change(call.user) as change:
                _in_bulk(call, change, row)
    return empty()


def _in_bulk(call: StaffCall, change: Change, row: Conversation) -> None:
    fields, labels = call.params.nested("fields"), call.params.mapping("labels")
    if fields.text("status"):
        bulk.set_status(change, row, fields.text("status"), call.params.seconds("snoozed_until"))
    if "assignee_id" in fields:
        handling.assign(
            change, existing(change, row.id), people.user(change.db, fields.integer("assignee_id"))
        )
    if "team_id" in fields:
        team = people.team(change.db, fields.integer("team_id"))
        handling.hand_to_team(change, existing(change, row.id), team)
    bulk.add_labels(change, row, _titles(labels.get("add")))
    bulk.remove_labels(change, row, _titles(labels.get("remove")))


def _titles(given: Any) -> list[str]:
    return [str(title) for title in given] if isinstance(given, list) else []


ROUTES: list[Served] = [
    ForStaff("GET", PARTICIPANTS, "Who takes part", list_participants),
    ForStaff("POST", PARTICIPANTS, "Let more people take part", add_participants),
    ForStaff("PUT", PARTICIPANTS, "Let exactly these people take part", set_participants),
    ForStaff("PATCH", PARTICIPANTS, "Let exactly these people take part", set_participants),
    ForStaff("DELETE", PARTICIPANTS, "Let people take part no more", remove_participants),
    ForStaff("POST", f"{CONVERSATION}/mute", "Resolve, and block the customer", mute),
    ForStaff("POST", f"{CONVERSATION}/unmute", "Hear the customer again", unmute),
    ForStaff("POST", f"{CONVERSATION}/transcript", "Keep a transcript; none is sent", send_transcript),
    ForStaff("GET", DRAFT, "The draft that all staff share", show_draft),
    ForStaff("PATCH", DRAFT, "Keep the shared draft", set_draft),
    ForStaff("DELETE", DRAFT, "Forget the shared draft", delete_draft),
    ForAdministrators("DELETE", CONVERSATION, "Remove a conversation; nobody is told", delete_conversation),
    ForStaff("POST", f"{ACCOUNT}/bulk_actions", "Do the same with many conversations", do_in_bulk),
]
