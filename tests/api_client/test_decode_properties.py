"""Whatever a server sends becomes a value or one of our errors, and the two ways of reading agree."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api_client.chatwoot import answers, decode
from api_client.chatwoot.pushed import pushed
from api_client.chatwoot.reading import load
from api_client.errors import BadAnswer, NotAllowed
from api_client.models.conversation import ConversationQuery
from api_client.models.events import Malformed, MessageCreated, Unknown
from api_client.models.identity import ConversationId

MakeRow = Callable[..., dict[str, Any]]

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.text(st.characters(categories=["Cs"]), max_size=2)
    | st.sampled_from(
        [0, 1, "1", "open", "2026-06-20T09:02:03.000Z", 10**300, -1, "9999-12-31T23:59:59-14:00"]
    )
)
ANY = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)
NAMES = [
    "message.created",
    "message.updated",
    "conversation.updated",
    "conversation.read",
    "conversation.typing_on",
    "presence.update",
    "account.cache_invalidated",
]
READ: list[Callable[[bytes], object]] = [
    lambda body: answers.profile(body, None),
    answers.inboxes,
    answers.teams,
    answers.agents,
    answers.tags,
    answers.tags_set,
    answers.canned_responses,
    answers.portals,
    lambda body: answers.found_articles(body, "https://desk.test", ()),
    lambda body: answers.portal_articles(body, "https://desk.test", answers.Portal("help", "")),
    lambda body: answers.conversation_page(body, ConversationQuery(), 1),
    answers.conversation,
    answers.contact_conversations,
    answers.contact,
    lambda body: answers.message_page(body, ConversationId("1"), forwards=False),
    lambda body: answers.message(body, ConversationId("1")),
]
KEYS = st.sampled_from(
    [
        "id",
        "payload",
        "data",
        "meta",
        "sender",
        "assignee",
        "team",
        "messages",
        "labels",
        "accounts",
        "status",
        "content",
        "created_at",
        "custom_attributes",
        "articles",
        "config",
        "name",
        "users",
        "conversation",
        "conversation_id",
        "message_type",
        "content_attributes",
        "attachments",
        "account_id",
        "user",
    ]
)
LIKELY = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=12,
)


def encoded(value: Any) -> bytes:
    return json.dumps(value).encode()


@given(ANY | LIKELY, st.sampled_from(READ))
def test_any_answer_is_read_or_is_a_bad_answer(value: Any, read: Callable[[bytes], object]) -> None:
    try:
        found = read(encoded(value))
    except (BadAnswer, NotAllowed):
        return
    msgspec.json.encode(found, enc_hook=str)


@given(ANY | LIKELY, st.sampled_from(NAMES))
def test_any_push_is_an_event_or_says_nothing(value: Any, name: str) -> None:
    event = pushed(name, encoded(value), "1")
    if event is not None:
        msgspec.json.encode(event)


@given(st.binary(max_size=40), st.text(max_size=200))
def test_bytes_that_mean_nothing_are_malformed_or_unknown(data: bytes, name: str) -> None:
    assert isinstance(pushed("message.created", data, "1"), Malformed | MessageCreated)
    assert isinstance(pushed(name, data, "1"), Unknown | Malformed | None)


@pytest.mark.parametrize("name", NAMES)
def test_a_push_that_nests_without_end_is_malformed(name: str) -> None:
    deep = b'{"id":' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    assert isinstance(pushed(name, deep, "1"), Malformed)


SENDERS = st.sampled_from(
    [
        None,
        {"id": 4, "name": "Mara Lindqvist", "available_name": "Mara", "type": "user"},
        {"id": 31, "name": "Olle", "type": "contact"},
        {"id": 9, "name": "Helper", "type": "agent_bot"},
        {"id": 10, "name": None},
    ]
)
MESSAGES = st.fixed_dictionaries(
    {
        "id": st.integers(0, 10**12),
        "message_type": st.integers(0, 5),
        "content": st.none() | st.text(max_size=20),
        "private": st.booleans(),
        "status": st.sampled_from(["sent", "read", "failed", "other", None]),
        "sender": SENDERS,
        "sender_type": st.sampled_from(["User", "Contact", "AgentBot", None]),
        "created_at": st.integers(0, 2 * 10**9),
        "updated_at": st.sampled_from([None, "2026-06-20T09:02:03.000Z", "nonsense"]),
        "echo_id": st.none() | st.text(max_size=5),
        "content_attributes": st.sampled_from([{}, {"deleted": True}, {"external_error": "no"}, None]),
        "conversation": st.sampled_from([None, {}, {"unread_count": 3, "last_activity_at": 1781946123}]),
        "attachments": st.sampled_from(
            [None, [], [{"id": 1, "file_type": "image", "data_url": "https://x/y.png"}]]
        ),
    }
)


@given(MESSAGES)
def test_the_fast_way_and_the_tolerant_way_read_a_message_alike(changes: dict[str, Any]) -> None:
    row = {"conversation_id": 17, "account_id": 1, **changes}
    fast = pushed("message.created", encoded(row), "1")
    # A number written as a text is more than the fast way takes.
    slow = pushed("message.created", encoded({**row, "id": str(row["id"])}), "1")
    assert fast == slow
    assert isinstance(fast, MessageCreated)
    assert fast.message == decode.message(row)


@given(st.text(st.characters(categories=["Cs", "Lu"]), min_size=1, max_size=6))
def test_a_text_with_half_characters_is_still_a_text(text: str) -> None:
    body = json.dumps({"id": 1, "conversation_id": 2, "message_type": 0, "created_at": 1, "content": text})
    event = pushed("message.created", body.encode(), "1")
    assert isinstance(event, MessageCreated)
    event.message.text.encode()
    assert load(body)["id"] == 1
