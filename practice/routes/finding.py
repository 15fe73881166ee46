"""Routes: conversations that pass a filter or hold a text."""

from __future__ import annotations

from msgspec.structs import asdict
from starlette.responses import Response

from practice.dialect import errors
from practice.dialect.conversations import conversation as shown
from practice.dialect.conversations import found_conversation
from practice.routes.call import StaffCall, answer
from practice.routes.served import ACCOUNT, ForStaff, Served
from practice.store import conversations, filtering
from practice.store.conditions import FilterError
from practice.store.conversations import Counts, Filter
from practice.store.rows import Json


def _meta(counts: Counts) -> Json:
    """The counts as these lists have them, without those who are assigned."""
    return {name: count for name, count in asdict(counts).items() if name != "assigned_count"}


def filter_conversations(call: StaffCall) -> Response:
    """One page of the conversations that pass a filter."""
    payload = call.params.values.get("payload")
    try:
        rows, counts = filtering.conversations(
            call.desk.db, call.user, payload, now=call.desk.clock.now(), page=call.params.page
        )
    except FilterError as error:
        raise errors.unprocessable(str(error)) from error
    return answer({"meta": _meta(counts), "payload": [shown(call.desk, row, call.user) for row in rows]})


def search_conversations(call: StaffCall) -> Response:
    """One page of the conversations in which something was said."""
    wanted = Filter(viewer=call.user, status="all", text=call.params.text("q") or None)
    rows = conversations.listed(call.desk.db, wanted, sort="", page=call.params.page)
    payload = [found_conversation(call.desk, row, wanted.text or "") for row in rows]
    return answer({"meta": _meta(conversations.counts(call.desk.db, wanted)), "payload": payload})


def count_unread(_: StaffCall) -> Response:
    """Counts of unread conversations, which accounts have switched off unless they ask for them."""
    raise errors.switched_off("conversation_unread_counts")


ROUTES: list[Served] = [
    ForStaff(
        "POST", f"{ACCOUNT}/conversations/filter", "Conversations that pass a filter", filter_conversations
    ),
    ForStaff(
        "GET", f"{ACCOUNT}/conversations/search", "Conversations that hold a text", search_conversations
    ),
    ForStaff("GET", f"{ACCOUNT}/conversations/unread_counts", "Refused: it is switched off", count_unread),
]
