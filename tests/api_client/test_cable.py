"""The live connection's machine, fed frame by frame."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api_client.chatwoot.cable import (
    CONFIRM_WITHIN,
    PRESENCE_EVERY,
    SILENT_AFTER,
    WELCOME_WITHIN,
    Cable,
    CableEvent,
    Delivered,
    Ending,
    Failed,
    Pinged,
    Subscribed,
)
from api_client.models.events import (
    CatalogChanged,
    ContactSeen,
    ConversationChanged,
    Malformed,
    MessageCreated,
    MessageUpdated,
    PresenceChanged,
    TypingChanged,
    Unknown,
)
from api_client.models.people import Availability
from api_client.secret import Secret

MakeRow = Callable[..., dict[str, Any]]

TOKEN = "Vx81tJw5Qk2mFh3yRzB7nPcD"
IDENTIFIER = '{"channel":"RoomChannel","pubsub_token":"Vx81tJw5Qk2mFh3yRzB7nPcD","account_id":1,"user_id":4}'
WELCOME = '{"type":"welcome"}'
PING = '{"type":"ping","message":1781946123}'
CONFIRM = json.dumps({"identifier": IDENTIFIER, "type": "confirm_subscription"})
REJECT = json.dumps({"identifier": IDENTIFIER, "type": "reject_subscription"})
PRESENCE_SECONDS = 15.0


def opened(now: float = 0.0) -> Cable:
    return Cable(pubsub_token=Secret(TOKEN), account_id=1, user_id=4, now=now)


def subscribed(now: float = 0.0) -> Cable:
    cable = opened(now)
    cable.receive(WELCOME, now)
    cable.receive(CONFIRM, now)
    cable.data_to_send()
    return cable


def broadcast(name: str, data: object, identifier: str = IDENTIFIER) -> str:
    return json.dumps({"identifier": identifier, "message": {"event": name, "data": data}})


def delivered(cable: Cable, name: str, data: object) -> object:
    events = cable.receive(broadcast(name, data), 1.0)
    assert len(events) == 1
    assert isinstance(events[0], Delivered)
    return events[0].event


def test_nothing_is_sent_before_the_welcome_and_then_the_subscription() -> None:
    cable = opened()
    assert cable.data_to_send() == []
    assert cable.receive(WELCOME, 0.1) == []
    assert [json.loads(frame) for frame in cable.data_to_send()] == [
        {"command": "subscribe", "identifier": IDENTIFIER}
    ]
    assert cable.data_to_send() == []


def test_once_confirmed_presence_is_sent_at_once_and_then_regularly() -> None:
    cable = opened()
    cable.receive(WELCOME, 0.0)
    cable.data_to_send()
    assert cable.receive(CONFIRM, 0.2) == [Subscribed()]
    presence = json.loads(cable.data_to_send()[0])
    assert presence == {
        "command": "message",
        "identifier": IDENTIFIER,
        "data": '{"action":"update_presence"}',
    }
    cable.receive(PING, 6.0)
    cable.receive(PING, 11.9)
    cable.tick(0.2 + PRESENCE_EVERY - 0.1)
    assert cable.data_to_send() == []
    cable.tick(0.2 + PRESENCE_EVERY)
    assert len(cable.data_to_send()) == 1


def test_a_second_welcome_or_confirmation_says_nothing_new() -> None:
    cable = subscribed()
    assert cable.receive(WELCOME, 1.0) == []
    assert cable.receive(CONFIRM, 1.0) == []
    assert cable.data_to_send() == []


def test_a_confirmation_of_something_else_confirms_nothing() -> None:
    cable = opened()
    cable.receive(WELCOME, 0.0)
    other = json.dumps({"identifier": IDENTIFIER + " ", "type": "confirm_subscription"})
    assert cable.receive(other, 0.1) == []
    assert not cable.subscribed


def test_a_subscription_left_unanswered_asks_for_a_fresh_token_although_pings_come() -> None:
    cable = opened()
    cable.receive(WELCOME, 1.0)
    cable.receive(PING, 4.0)
    cable.receive(PING, 7.0)
    assert cable.deadline == 1.0 + CONFIRM_WITHIN
    assert cable.tick(1.0 + CONFIRM_WITHIN) == [Failed(Ending.UNCONFIRMED)]


def test_no_welcome_in_time_is_silence() -> None:
    cable = opened()
    cable.receive(PING, 5.0)
    assert cable.tick(WELCOME_WITHIN - 0.1) == []
    assert cable.tick(WELCOME_WITHIN) == [Failed(Ending.SILENT)]


def test_two_missed_pings_and_a_margin_are_silence() -> None:
    cable = subscribed()
    cable.receive(PING, 3.0)
    assert cable.deadline == 3.0 + SILENT_AFTER
    assert cable.tick(3.0 + SILENT_AFTER - 0.1) == []
    assert cable.tick(3.0 + SILENT_AFTER) == [Failed(Ending.SILENT)]


@pytest.mark.parametrize(
    ("frame", "ending"),
    [
        ('{"type":"disconnect","reason":"server_restart","reconnect":true}', Ending.RESTARTING),
        ('{"type":"disconnect","reason":"unauthorized","reconnect":false}', Ending.UNCONFIRMED),
        ('{"type":"disconnect","reason":"remote","reconnect":true}', Ending.CLOSED),
        ('{"type":"disconnect"}', Ending.CLOSED),
        (REJECT, Ending.UNCONFIRMED),
    ],
)
def test_an_end_has_its_reason(frame: str, ending: Ending) -> None:
    cable = subscribed()
    assert cable.receive(frame, 1.0) == [Failed(ending)]
    assert cable.receive(PING, 1.1) == []
    assert cable.tick(99.0) == []
    assert cable.data_to_send() == []
    assert cable.deadline == float("inf")


def test_a_ping_tells_the_servers_clock() -> None:
    assert subscribed().receive(PING, 1.0) == [Pinged(1781946123.0)]
    assert subscribed().receive('{"type":"ping"}', 1.0) == []


@pytest.mark.parametrize(
    ("frame", "event"),
    [
        ('{"type":"confetti"}', Unknown("frame confetti")),
        (broadcast("planet.aligned", {}), Unknown("planet.aligned")),
        (broadcast("message.created", {}, "other"), Unknown("frame for another subscription")),
        ("not json", Malformed("frame", "the frame is not JSON")),
        (b"\xff\xfe", Malformed("frame", "the frame is not JSON")),
        (
            json.dumps({"identifier": IDENTIFIER, "message": 7}),
            Malformed("broadcast", "the broadcast has no name"),
        ),
        (
            broadcast("message.created", {"id": 1}),
            Malformed("message.created", "a message without a conversation"),
        ),
        (broadcast("conversation.updated", [1]), Malformed("conversation.updated", "the event is no object")),
    ],
)
def test_a_strange_frame_is_a_value(frame: str | bytes, event: object) -> None:
    assert subscribed().receive(frame, 1.0) == [Delivered(event)]  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["contact.updated", "notification.created", "first.reply.created"])
def test_what_other_events_tell_as_well_is_passed_over(name: str) -> None:
    assert subscribed().receive(broadcast(name, {"account_id": 1}), 1.0) == []


def test_messages_come_with_what_they_say_about_their_conversation(pushed_message_row: MakeRow) -> None:
    created = delivered(subscribed(), "message.created", pushed_message_row())
    assert isinstance(created, MessageCreated)
    assert (created.message.id, created.unread, created.last_activity_at) == ("901", 2, 1781946123.0)
    assert isinstance(delivered(subscribed(), "message.updated", pushed_message_row()), MessageUpdated)


def test_a_message_with_half_an_emoji_arrives(pushed_message_row: MakeRow) -> None:
    created = delivered(subscribed(), "message.created", pushed_message_row(content="cut \ud83d"))
    assert isinstance(created, MessageCreated)
    assert created.message.text == "cut \ufffd"


@pytest.mark.parametrize(
    "name",
    [
        "conversation.created",
        "conversation.updated",
        "conversation.status_changed",
        "assignee.changed",
        "team.changed",
        "conversation.contact_changed",
        "conversation.mentioned",
    ],
)
def test_every_change_of_a_conversation_brings_the_conversation(name: str, conversation_row: MakeRow) -> None:
    changed = delivered(subscribed(), name, conversation_row())
    assert isinstance(changed, ConversationChanged)
    assert changed.conversation.id == "17"


def test_another_accounts_events_are_dropped(pushed_message_row: MakeRow, conversation_row: MakeRow) -> None:
    cable = subscribed()
    typing = {"conversation": {"id": 1}, "user": {"id": 4, "type": "user"}, "account_id": 2}
    for name, data in (
        ("message.created", pushed_message_row(account_id=2)),
        ("message.created", pushed_message_row(account_id=2, id="901")),
        ("conversation.updated", conversation_row(account_id=2)),
        ("conversation.read", conversation_row(account_id=2)),
        ("conversation.typing_on", typing),
        ("presence.update", {"account_id": 2, "users": {"4": "online"}}),
        ("account.cache_invalidated", {"account_id": 2}),
    ):
        assert cable.receive(broadcast(name, data), 1.0) == []


def test_the_customers_reading_is_told(conversation_row: MakeRow) -> None:
    seen = delivered(subscribed(), "conversation.read", conversation_row(contact_last_seen_at=1781946200))
    assert seen == ContactSeen("17", 1781946200.0)  # type: ignore[arg-type]


def test_typing_names_who_and_where(conversation_row: MakeRow) -> None:
    user = {"id": 31, "name": "Olle", "type": "contact"}
    data = {"conversation": conversation_row(), "user": user, "is_private": False, "account_id": 1}
    typing = delivered(subscribed(), "conversation.typing_on", data)
    assert typing == TypingChanged("17", "Olle", "31", by_customer=True, on=True, private=False)  # type: ignore[arg-type]
    stopped = delivered(subscribed(), "conversation.typing_off", data)
    assert isinstance(stopped, TypingChanged)
    assert not stopped.on


def test_presence_lists_who_is_there() -> None:
    data = {
        "account_id": 1,
        "users": {"4": "online", "5": "busy", "x": "online"},
        "contacts": {"31": "online"},
    }
    there = delivered(subscribed(), "presence.update", data)
    assert there == PresenceChanged(
        (("4", Availability.ONLINE), ("5", Availability.BUSY)),  # type: ignore[arg-type]
        ("31",),  # type: ignore[arg-type]
    )


def test_a_changed_catalog_is_told() -> None:
    data = {"account_id": 1, "cache_keys": {"label": "1"}}
    assert delivered(subscribed(), "account.cache_invalidated", data) == CatalogChanged()


FRAMES = st.sampled_from(
    [
        WELCOME,
        PING,
        CONFIRM,
        REJECT,
        "{}",
        "[]",
        "null",
        '{"type":7}',
        broadcast("message.created", {"id": 1}),
        '{"type":"disconnect"}',
        '{"identifier":"x","message":{"event":"a"}}',
        '{"message":{"event":7}}',
    ]
) | st.text(max_size=20)
STEPS = st.lists(st.tuples(st.floats(0, 9), st.none() | FRAMES | st.binary(max_size=9)), max_size=40)


@given(STEPS)
def test_whatever_comes_nothing_is_raised_or_sent_too_early(steps: list[tuple[float, Any]]) -> None:
    cable, now, welcomed, failures = opened(), 0.0, False, 0
    for later, frame in steps:
        now += later
        happened: list[CableEvent] = cable.tick(now) if frame is None else cable.receive(frame, now)
        welcomed = welcomed or frame == WELCOME
        failures += sum(isinstance(event, Failed) for event in happened)
        assert cable.data_to_send() == [] or welcomed
        assert failures == 0 or cable.deadline == float("inf")
    assert failures <= 1


@given(st.lists(st.tuples(st.floats(0, 2.9), st.booleans()), max_size=80))
def test_presence_is_never_more_than_fifteen_seconds_apart(steps: list[tuple[float, bool]]) -> None:
    cable, now, last = subscribed(), 0.0, 0.0
    for later, ping in steps:
        now += later
        if ping or now - last > PRESENCE_EVERY:
            cable.receive(PING, now)
        cable.tick(now)
        if cable.data_to_send():
            assert now - last <= PRESENCE_SECONDS
            last = now
        assert not cable.subscribed or now - last <= PRESENCE_SECONDS


@given(st.lists(st.floats(0.001, 20), max_size=60))
def test_the_deadline_is_always_worth_waking_up_for(pings: list[float]) -> None:
    cable, now = subscribed(), 0.0
    for wait in pings:
        due = cable.deadline
        if due == float("inf"):
            return
        if now + wait < due:
            now += wait
            cable.receive(PING, now)
            continue
        assert cable.tick(due) or cable.data_to_send()
        assert cable.deadline > due
        now = max(now, due)


def test_no_print_of_the_machine_shows_the_token() -> None:
    assert TOKEN not in repr(subscribed())
