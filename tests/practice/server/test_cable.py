"""The cable: handshake, subscriptions, presence, and its silences."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from practice.app import ping_seconds
from practice.broadcast import MAILBOX_LIMIT, Broadcast, Hub, Mailbox
from practice.clock import RunningClock, SteppedClock
from practice.desk import Desk
from practice.embedded import EmbeddedDesk
from tests.practice.server.house import PATIENCE, SMALL, House


def test_the_server_says_welcome_and_echoes_the_protocol(house: House) -> None:
    cable = house.unsubscribed(house.mara.identifier)
    assert cable.receive() == {"type": "welcome"}
    assert cable.socket.subprotocol == "actioncable-v1-json"


def test_no_protocol_is_needed(house: House) -> None:
    with connect(house.cable_url) as socket:
        assert json.loads(socket.recv(timeout=PATIENCE)) == {"type": "welcome"}
        assert socket.subprotocol is None


def test_a_subscription_is_confirmed_with_the_very_string(house: House) -> None:
    cable = house.unsubscribed(house.mara.identifier.replace(" ", "   "))
    cable.send("subscribe")
    assert cable.receive() == {"type": "welcome"}
    assert cable.receive() == {"identifier": cable.identifier, "type": "confirm_subscription"}


def test_a_ping_tells_the_desks_time(house: House) -> None:
    cable = house.unsubscribed(house.mara.identifier)
    house.clock.advance(500)
    house.served.call_now(house.desk.ping_now)
    assert cable.receive() == {"type": "welcome"}
    assert cable.receive() == {"type": "ping", "message": int(house.clock.now())}


def identifiers(house: House) -> dict[str, dict[str, Any]]:
    mara = json.loads(house.mara.identifier)
    return {
        "an unknown token": {**mara, "pubsub_token": "unknown"},
        "another's id": {**mara, "user_id": house.sam.id},
        "another account": {**mara, "account_id": 2},
        "another channel": {**mara, "channel": "AppearanceChannel"},
        "a customer with an unknown token": {"channel": "RoomChannel", "pubsub_token": "unknown"},
        "a user's token without the user": {"channel": "RoomChannel", "pubsub_token": mara["pubsub_token"]},
    }


@pytest.mark.parametrize(
    "why",
    [
        "an unknown token",
        "another's id",
        "another account",
        "another channel",
        "a customer with an unknown token",
        "a user's token without the user",
    ],
)
def test_a_bad_subscription_is_met_with_silence(house: House, why: str) -> None:
    cable = house.unsubscribed(json.dumps(identifiers(house)[why]))
    cable.send("subscribe")
    cable.send("subscribe")
    cable.send("message", data='{"action":"update_presence"}')
    assert cable.settle() == [{"type": "welcome"}]


@pytest.mark.parametrize(
    "frame", ["{", "[]", '"x"', '{"command":"dance","identifier":"x"}', '{"command":"subscribe"}']
)
def test_a_frame_that_makes_no_sense_is_passed_over(house: House, frame: str) -> None:
    cable = house.cable(house.mara)
    cable.socket.send(frame)
    cable.send("message", data="{")
    cable.send("message", data='{"action":"dance"}')
    assert cable.settle() == []


def test_subscribing_twice_confirms_once_and_delivers_once(house: House) -> None:
    cable = house.unsubscribed(house.mara.identifier)
    cable.send("subscribe")
    cable.send("subscribe")
    kinds = [frame.get("type") for frame in cable.settle()]
    assert kinds == ["welcome", "confirm_subscription", None]
    house.customer().start()
    assert cable.names() == ["contact.created", "conversation.created"]


def test_after_unsubscribing_nothing_comes_and_subscribing_works_again(house: House) -> None:
    cable = house.cable(house.mara)
    cable.send("unsubscribe")
    cable.settle()
    house.customer().start()
    assert cable.names() == []
    cable.subscribe()
    house.customer().start()
    assert cable.names() == ["contact.created", "conversation.created"]


def test_presence_is_told_to_the_one_who_asks_with_customers_for_staff(house: House) -> None:
    house.clock.advance(200)
    mara, customer = house.cable(house.mara), house.customer()
    visitor = house.cable(customer)
    mara.events()
    mara.send("message", data='{"action":"update_presence"}')
    [(name, data)] = mara.events()
    assert name == "presence.update"
    assert data == {
        "account_id": 1,
        "users": {str(house.mara.id): "online"},
        "contacts": {str(customer.id): "online"},
    }
    visitor.send("message", data='{"action":"update_presence"}')
    [(_, data)] = visitor.events()
    assert set(data) == {"account_id", "users"}


def test_staff_is_offline_20_seconds_after_the_last_sign_of_life(house: House) -> None:
    mara = house.cable(house.mara)
    house.clock.advance(30)
    sam = house.cable(house.sam)
    assert str(house.mara.id) not in sam.frames[-1]["message"]["data"]["users"]
    mara.send("message", data='{"action":"update_presence"}')
    mara.settle()
    sam.send("message", data='{"action":"update_presence"}')
    [(_, data)] = sam.events()
    assert data["users"][str(house.mara.id)] == "online"


def test_a_cable_without_the_account_hears_no_customers_of_the_account(house: House) -> None:
    wanted = json.loads(house.mara.identifier)
    del wanted["account_id"]
    cable = house.unsubscribed(json.dumps(wanted)).subscribe()
    house.customer().start()
    assert cable.names() == ["conversation.created"]


def test_a_stopping_server_says_that_it_comes_back() -> None:
    served = EmbeddedDesk.of(SMALL)
    with served, connect(served.url.replace("http", "ws") + "/cable") as socket:
        served.stop_now()
        frames = [json.loads(frame) for frame in socket]
    assert frames[-1] == {"type": "disconnect", "reason": "server_restart", "reconnect": True}
    served.desk.close()


def test_a_server_comes_back_on_its_port_and_the_desk_remembers() -> None:
    served = EmbeddedDesk.of(SMALL)
    with served:
        before = served.ready
    with served, connect(served.url.replace("http", "ws") + "/cable") as socket:
        assert served.ready == before
        assert json.loads(socket.recv(timeout=PATIENCE)) == {"type": "welcome"}
    served.desk.close()


def test_one_who_does_not_keep_up_loses_the_whole_mailbox() -> None:
    async def overflow() -> None:
        mailbox: Mailbox[int] = Mailbox(limit=2)
        for number in range(3):
            mailbox.put(number)
        assert mailbox.overflowed
        assert await mailbox.get() is None

    asyncio.run(overflow())


def drain(socket: ClientConnection) -> None:
    while True:
        socket.recv(timeout=PATIENCE)


def test_one_who_never_reads_is_cut_off_and_others_hear_on(house: House) -> None:
    def flood() -> None:
        for _ in range(MAILBOX_LIMIT + 1):
            house.desk.hub.publish([house.mara.profile["pubsub_token"]], "flood", dict)

    with connect(house.cable_url) as slow:
        slow.send(json.dumps({"command": "subscribe", "identifier": house.mara.identifier}))
        confirmed = [json.loads(slow.recv(timeout=PATIENCE)).get("type") for _ in range(2)]
        assert confirmed == ["welcome", "confirm_subscription"]
        house.served.call_now(flood)
        with pytest.raises(ConnectionClosed) as closed:
            drain(slow)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1013
    assert house.unsubscribed(house.mara.identifier).receive() == {"type": "welcome"}


def test_nothing_is_rendered_for_nobody() -> None:
    hub, heard = Hub(), list[Broadcast]()
    subscription = hub.subscribe(["a", "b"], heard.append)
    hub.publish(["a", "b"], "event", lambda: {"n": 1})
    hub.drop(subscription)
    hub.drop(subscription)
    hub.publish(["a", "b"], "event", pytest.fail)
    assert [one.encoded for one in heard] == ['{"event":"event","data":{"n":1}}']


@pytest.mark.parametrize(("speed", "seconds"), [(1, 3.0), (0.1, 3.0), (10, 0.3), (1000, 0.2)])
def test_pings_keep_to_the_desks_pace_within_reason(speed: float, seconds: float) -> None:
    desk = Desk(SMALL, RunningClock(speed=speed))
    assert ping_seconds(desk) == pytest.approx(seconds)
    desk.close()


def test_a_stepped_desk_pings_as_one_in_real_time() -> None:
    desk = Desk(SMALL, SteppedClock(0))
    assert ping_seconds(desk) == 3.0
    desk.close()
