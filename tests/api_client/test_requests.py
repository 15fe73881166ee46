"""Which URL each operation calls, as a table."""

from __future__ import annotations

from typing import Any

import pytest

from api_client.chatwoot import requests
from api_client.chatwoot.requests import AccountRequests
from api_client.errors import NotFound, Unsupported
from api_client.models.conversation import AssigneeFilter, ConversationQuery, Priority, Status
from api_client.models.identity import AgentId, ContactId, ConversationId, EchoId, MessageId, QueueId
from api_client.models.message import Outgoing
from api_client.models.people import Availability
from api_client.transport.base import Request

A = "/api/v1/accounts/1"
C = f"{A}/conversations/17"
CALL = AccountRequests("1")
TALK = ConversationId("17")
NOTE = Outgoing("call back", EchoId("e1"), private=True)
UNASSIGNED = AssigneeFilter.UNASSIGNED
TEAM = QueueId("team:3")


def listed(query: ConversationQuery, page: int = 1) -> Request:
    return CALL.conversations(query, page)


TABLE: list[tuple[Request, str, str, list[tuple[str, str]], Any]] = [
    (requests.version(), "GET", "/api", [], None),
    (requests.profile(), "GET", "/api/v1/profile", [], None),
    (requests.sign_in("a@b.test", "x"), "POST", "/auth/sign_in", [], {"email": "a@b.test", "password": "x"}),
    (
        requests.sign_in_second_step("m", "123456"),
        "POST",
        "/auth/sign_in",
        [],
        {"mfa_token": "m", "otp_code": "123456"},
    ),
    (
        requests.sign_in_second_step("m", "a1b2c3d4"),
        "POST",
        "/auth/sign_in",
        [],
        {"mfa_token": "m", "backup_code": "a1b2c3d4"},
    ),
    (
        CALL.set_availability(Availability.BUSY),
        "POST",
        "/api/v1/profile/availability",
        [],
        {"profile": {"account_id": 1, "availability": "busy"}},
    ),
    (CALL.inboxes(), "GET", f"{A}/inboxes", [], None),
    (CALL.teams(), "GET", f"{A}/teams", [], None),
    (CALL.agents(), "GET", f"{A}/agents", [], None),
    (CALL.labels(), "GET", f"{A}/labels", [], None),
    (CALL.canned_responses(), "GET", f"{A}/canned_responses", [], None),
    (CALL.portals(), "GET", f"{A}/portals", [], None),
    (
        CALL.portal_articles("help/me", "sv"),
        "GET",
        f"{A}/portals/help%2Fme/articles",
        [("status", "published"), ("locale", "sv"), ("page", "1")],
        None,
    ),
    (
        CALL.portal_articles("help", None),
        "GET",
        f"{A}/portals/help/articles",
        [("status", "published"), ("page", "1")],
        None,
    ),
    (
        CALL.set_priority(TALK, Priority.HIGH),
        "POST",
        f"{A}/conversations/17/toggle_priority",
        [],
        {"priority": "high"},
    ),
    (CALL.set_priority(TALK, None), "POST", f"{A}/conversations/17/toggle_priority", [], {"priority": None}),
    (CALL.mute(TALK), "POST", f"{A}/conversations/17/mute", [], None),
    (CALL.search("häst"), "GET", f"{A}/search", [("q", "häst"), ("page", "1")], None),
    (CALL.search_articles("häst"), "GET", f"{A}/search/articles", [("q", "häst"), ("page", "1")], None),
    (
        listed(ConversationQuery()),
        "GET",
        f"{A}/conversations",
        [("status", "open"), ("assignee_type", "all"), ("page", "1")],
        None,
    ),
    (
        listed(ConversationQuery(UNASSIGNED, queue=TEAM), 2),
        "GET",
        f"{A}/conversations",
        [
            ("status", "open"),
            ("assignee_type", "unassigned"),
            ("team_id", "3"),
            ("sort_by", "waiting_since_asc"),
            ("page", "2"),
        ],
        None,
    ),
    (
        listed(ConversationQuery(AssigneeFilter.MINE, status=None, queue=QueueId("inbox:2"))),
        "GET",
        f"{A}/conversations",
        [("status", "all"), ("assignee_type", "me"), ("inbox_id", "2"), ("page", "1")],
        None,
    ),
    (
        listed(ConversationQuery(status=Status.PENDING, updated_within=12.2)),
        "GET",
        f"{A}/conversations",
        [("status", "pending"), ("assignee_type", "all"), ("updated_within", "13")],
        None,
    ),
    (CALL.conversation(TALK), "GET", C, [], None),
    (CALL.messages(TALK, before=None, after=None), "GET", f"{C}/messages", [], None),
    (
        CALL.messages(TALK, before=MessageId("9"), after=None),
        "GET",
        f"{C}/messages",
        [("before", "9")],
        None,
    ),
    (CALL.messages(TALK, before=None, after=MessageId("9")), "GET", f"{C}/messages", [("after", "9")], None),
    (
        CALL.send(TALK, NOTE),
        "POST",
        f"{C}/messages",
        [],
        {"content": "call back", "private": True, "message_type": "outgoing", "echo_id": "e1"},
    ),
    (CALL.assign(TALK, AgentId("4")), "POST", f"{C}/assignments", [], {"assignee_id": 4}),
    (CALL.assign(TALK, None), "POST", f"{C}/assignments", [], {"assignee_id": None}),
    (CALL.move(TALK, TEAM), "POST", f"{C}/assignments", [], {"team_id": 3}),
    (CALL.move(TALK, None), "POST", f"{C}/assignments", [], {"team_id": 0}),
    (CALL.set_status(TALK, Status.RESOLVED, 5.0), "POST", f"{C}/toggle_status", [], {"status": "resolved"}),
    (
        CALL.set_status(TALK, Status.SNOOZED, 1782000000.4),
        "POST",
        f"{C}/toggle_status",
        [],
        {"status": "snoozed", "snoozed_until": 1782000001},
    ),
    (CALL.set_status(TALK, Status.SNOOZED, None), "POST", f"{C}/toggle_status", [], {"status": "snoozed"}),
    (CALL.conversation_labels(TALK), "GET", f"{C}/labels", [], None),
    (CALL.set_labels(TALK, ("a", "b")), "POST", f"{C}/labels", [], {"labels": ["a", "b"]}),
    (
        CALL.set_typing(TALK, on=True, private=False),
        "POST",
        f"{C}/toggle_typing_status",
        [],
        {"typing_status": "on", "is_private": False},
    ),
    (CALL.mark_seen(TALK), "POST", f"{C}/update_last_seen", [], None),
    (CALL.contact(ContactId("31")), "GET", f"{A}/contacts/31", [], None),
    (CALL.contact_conversations(ContactId("31")), "GET", f"{A}/contacts/31/conversations", [], None),
]


@pytest.mark.parametrize(("request_", "method", "path", "query", "body"), TABLE)
def test_each_operation_calls_its_url(
    request_: Request, method: str, path: str, query: list[tuple[str, str]], body: Any
) -> None:
    assert (request_.method, request_.path, list(request_.query), request_.json) == (
        method,
        path,
        query,
        body,
    )


@pytest.mark.parametrize("name", ["", "17/messages", "..", "１７", "-1", "1.0", "abc"])
def test_only_an_id_that_the_backend_could_make_reaches_a_path(name: str) -> None:
    with pytest.raises(NotFound):
        CALL.conversation(ConversationId(name))
    with pytest.raises(NotFound):
        CALL.contact(ContactId(name))
    with pytest.raises(NotFound):
        CALL.messages(TALK, before=MessageId(name), after=None)
    with pytest.raises(NotFound):
        AccountRequests(name)


@pytest.mark.parametrize("name", ["", "3", "team:", "team:x", "view:3", "inbox:-1"])
def test_a_queue_of_no_known_kind_is_not_found(name: str) -> None:
    with pytest.raises(NotFound):
        listed(ConversationQuery(queue=QueueId(name)))


def test_a_conversation_does_not_move_to_an_inbox() -> None:
    with pytest.raises(Unsupported):
        CALL.move(TALK, QueueId("inbox:2"))
