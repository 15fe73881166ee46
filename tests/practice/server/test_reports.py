"""Reports: each figure from a morning that is known by the second."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from practice.clock import SteppedClock
from practice.embedded import EmbeddedDesk
from practice.scenario.model import Hours, Queue
from tests.practice.server.house import SMALL, Customer, House

TUESDAY = datetime(2030, 3, 19, 12, tzinfo=UTC).timestamp()
HATS = Queue(key="hats", name="Hats", hours=[Hours(days=["tuesday"], opens="14:00", closes="14:05")])
SHOP = msgspec.structs.replace(SMALL, queues=[HATS, Queue(key="shoes", name="Shoes")])


@pytest.fixture(scope="module")
def morning() -> Iterator[House]:
    """Two conversations of Hats: Mara answers hers after 60 s, again after 40 s, and resolves it after 200 s.
    Ida answers hers after 300 s. One of Shoes waits, with a label. 600 s later a last one of Hats comes.
    """
    clock = SteppedClock(TUESDAY)
    served = EmbeddedDesk.of(SHOP, clock=clock)
    with closing(served.desk), served, ExitStack() as stack:
        house = House(served, clock, stack)
        clock.advance(1)
        first, second, third = (house.customer(queue).start() for queue in ("Hats", "Hats", "Shoes"))
        _write(house, first, second, third)
        yield house


def _write(house: House, first: Customer, second: Customer, third: Customer) -> None:
    house.mara.post(f"/conversations/{first.number}/assignments", assignee_id=house.mara.id)
    house.ida.post(f"/conversations/{second.number}/assignments", assignee_id=house.ida.id)
    house.ida.post(f"/conversations/{third.number}/labels", labels=["billing"])
    for customer in (first, second, third):
        customer.says("Hello?")
    house.clock.advance(60)
    house.mara.reply(first.number, "Hello")
    house.clock.advance(60)
    first.says("And?")
    house.clock.advance(40)
    house.mara.reply(first.number, "So")
    house.mara.reply(first.number, "psst", private=True)
    house.clock.advance(40)
    house.mara.post(f"/conversations/{first.number}/toggle_status", status="resolved")
    house.clock.advance(100)
    house.ida.reply(second.number, "Hello")
    house.ida.post(f"/conversations/{second.number}/assignments", team_id=1)
    house.clock.advance(600)
    house.customer("Hats").start()


def get(house: House, path: str, **query: Any) -> Any:
    span = {"since": int(TUESDAY), "until": int(TUESDAY) + 950}
    answer = house.ida.http.get(f"/api/v2/accounts/1/{path}", params={**span, **query})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_the_summary_of_a_range_and_the_one_before(morning: House) -> None:
    summary = get(morning, "reports/summary", type="account")
    assert summary == {
        "conversations_count": 4,
        "incoming_messages_count": 4,
        "outgoing_messages_count": 4,
        "avg_first_response_time": (60 + 300) / 2,
        "avg_resolution_time": 200.0,
        "resolutions_count": 1,
        "reply_time": 40.0,
        "previous": {
            "conversations_count": 0,
            "incoming_messages_count": 0,
            "outgoing_messages_count": 0,
            "avg_first_response_time": None,
            "avg_resolution_time": None,
            "resolutions_count": 0,
            "reply_time": None,
        },
    }
    later = {"since": int(TUESDAY) + 450, "until": int(TUESDAY) + 905}
    again = get(morning, "reports/summary", type="account", **later)
    assert (again["conversations_count"], again["previous"]["conversations_count"]) == (1, 3)


def test_an_agents_summary_is_of_what_they_have_and_did(morning: House) -> None:
    summary = get(morning, "reports/summary", type="agent", id=morning.mara.id)
    assert (summary["conversations_count"], summary["incoming_messages_count"]) == (1, 2)
    assert (summary["outgoing_messages_count"], summary["avg_first_response_time"]) == (3, 60.0)


def test_business_hours_leave_out_when_the_queue_was_closed(morning: House) -> None:
    """Hats closes one second before Ida answers, and stays closed."""
    figures = get(morning, "reports/summary", type="inbox", id=1, business_hours="true")
    assert figures["avg_first_response_time"] == (60 + 299) / 2
    clock = {"since": int(TUESDAY), "until": int(TUESDAY) + 5000}
    morning.clock.advance(100)
    late = morning.customer("Hats").start()
    morning.clock.advance(100)  # beyond the range of the other tests
    morning.mara.reply(late.number, "Hello")
    open_time = get(morning, "reports/summary", type="inbox", id=1, business_hours="true", **clock)
    assert open_time["avg_first_response_time"] == (60 + 299 + 0) / 3
    whole = get(morning, "reports/summary", type="inbox", id=1, **clock)
    assert whole["avg_first_response_time"] == (60 + 300 + 100) / 3


def test_a_count_over_time_has_a_point_for_every_step(morning: House) -> None:
    noon = int(TUESDAY)
    days = get(morning, "reports", metric="conversations_count", group_by="day", since=noon - 86_400)
    assert days == [
        {"value": 0, "timestamp": noon - 36 * 3600},
        {"value": 4, "timestamp": noon - 12 * 3600},
    ]
    shifted = get(morning, "reports", metric="conversations_count", timezone_offset=-12.5)
    assert shifted == [{"value": 4, "timestamp": noon - 23 * 3600 - 1800}]
    [hour] = get(morning, "reports", metric="avg_first_response_time", group_by="hour")
    assert hour == {"value": 180.0, "timestamp": noon, "count": 2}
    [month] = get(morning, "reports", metric="incoming_messages_count", group_by="month")
    assert month["timestamp"] == datetime(2030, 3, 1, tzinfo=UTC).timestamp()
    [week] = get(morning, "reports", metric="resolutions_count", group_by="week")
    assert week == {"value": 1, "timestamp": datetime(2030, 3, 17, tzinfo=UTC).timestamp()}
    years = get(morning, "reports", metric="bot_handoffs_count", group_by="year", since=0)
    assert len(years) == 61


@pytest.mark.parametrize(
    "query",
    [
        {"metric": "shoe_size"},
        {"metric": "reply_time", "group_by": "minute"},
        {"metric": "reply_time", "since": 20, "until": 10},
        {"metric": "reply_time", "since": ""},
        {"metric": "reply_time", "type": "planet"},
        {"metric": "reply_time", "timezone_offset": "nan"},
        {"metric": "reply_time", "group_by": "hour", "since": 0},
    ],
)
def test_a_report_that_cannot_be_is_refused(morning: House, query: dict[str, Any]) -> None:
    span = {"since": int(TUESDAY), "until": int(TUESDAY) + 950}
    answer = morning.ida.http.get("/api/v2/accounts/1/reports", params={**span, **query})
    assert answer.status_code == 422


def test_the_end_of_the_calendar_is_no_trouble(morning: House) -> None:
    far = {"since": 249_999_999_999, "until": 253_402_300_799, "timezone_offset": 14}
    assert len(get(morning, "reports", metric="reply_time", group_by="year", **far)) == 1


def test_ranges_summed_up_by_agent_team_inbox_and_label(morning: House) -> None:
    agents = {row["id"]: row for row in get(morning, "summary_reports/agent")}
    assert agents[morning.mara.id] == {
        "id": morning.mara.id,
        "conversations_count": 1,
        "resolved_conversations_count": 1,
        "avg_resolution_time": 200.0,
        "avg_first_response_time": 60.0,
        "avg_reply_time": 40.0,
    }
    assert agents[morning.sam.id]["avg_reply_time"] is None
    [team] = get(morning, "summary_reports/team")
    assert (team["conversations_count"], team["avg_first_response_time"]) == (1, 300.0)
    assert [row["conversations_count"] for row in get(morning, "summary_reports/inbox")] == [3, 1]
    labels = {row["name"]: row for row in get(morning, "summary_reports/label")}
    assert labels["billing"]["conversations_count"] == 1
    assert labels["delivery"]["avg_reply_time"] == 0


def test_how_a_range_stands_by_channel(morning: House) -> None:
    assert get(morning, "summary_reports/channel") == {
        "Channel::Api": {"open": 3, "resolved": 1, "pending": 0, "snoozed": 0, "total": 4}
    }
    path = "/api/v2/accounts/1/summary_reports/channel"
    assert morning.ida.http.get(path, params={"since": 0, "until": int(TUESDAY)}).status_code == 422


def test_how_things_stand_now(morning: House) -> None:
    account = get(morning, "reports/conversations", type="account")
    assert get(morning, "live_reports/conversation_metrics") == account
    assert account["pending"] == 0
    assert account["open"] > account["unattended"] > 0
    assert account["open"] > account["unassigned"] > 0
    team = get(morning, "live_reports/conversation_metrics", team_id=1)
    assert team == {"open": 1, "unattended": 0, "unassigned": 0, "pending": 0}
    rows = get(morning, "live_reports/grouped_conversation_metrics", group_by="assignee_id")
    assert {"open": 1, "unattended": 0, "unassigned": 0, "assignee_id": morning.ida.id} in rows
    first, *_ = get(morning, "reports/conversations", type="agent")
    assert (first["id"], first["metric"]) == (morning.ida.id, {"open": 1, "unattended": 0})
    assert get(morning, "reports/conversations", type="agent", page=2) == []
    for path in ("reports/conversations", "live_reports/grouped_conversation_metrics"):
        assert morning.ida.http.get(f"/api/v2/accounts/1/{path}").status_code == 422


def test_a_plain_agent_reads_no_reports(morning: House) -> None:
    answer = morning.mara.http.get("/api/v2/accounts/1/reports/summary")
    assert answer.status_code == 401
    assert answer.json() == {"error": "You are not authorized to do this action"}
