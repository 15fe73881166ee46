"""Figures for programs that collect them: read back by the parser of those who wrote the format."""

from __future__ import annotations

import http.client
from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from prometheus_client.metrics_core import Metric
from prometheus_client.parser import text_string_to_metric_families

from agent_tui.desk import events as e
from agent_tui.desk.metrics.board import Board
from agent_tui.desk.metrics.report import Report, report
from agent_tui.desk.model import Colleague, QueueInfo
from agent_tui.desk.text import Displayable
from agent_tui.engine.scraping import MOST_AGENTS, MOST_QUEUES, Scraping, families
from api_client.models.hours import OpeningHours
from api_client.models.identity import AgentId, QueueId
from api_client.models.message import MessageKind
from api_client.models.people import Availability
from tests.desk.stage import BENGT, TAX, a_desk, cid, facts, line

STRANGE = 'The "odd" one\\, with everything {le="1"}'


@pytest.fixture
def scraping() -> Iterator[Scraping]:
    with Scraping(0) as scraping:
        yield scraping


def told(scraping: Scraping, path: str = "/metrics", **headers: str) -> tuple[int, str]:
    asked = http.client.HTTPConnection("127.0.0.1", int(scraping.address.split(":")[2].split("/")[0]), 10)
    asked.request("GET", path, headers=headers)
    answer = asked.getresponse()
    text = answer.read().decode()
    asked.close()
    return answer.status, text


def parsed(text: str) -> dict[str, Metric]:
    return {family.name: family for family in text_string_to_metric_families(text)}


def values(family: Metric, *labels: str) -> dict[tuple[str, ...], float]:
    return {tuple(sample.labels[name] for name in labels): sample.value for sample in family.samples}


def a_report() -> Report:
    """Customer 1 waits since second 100, number 2 was answered after 30 s; it is second 200."""
    desk, board = a_desk(), Board()
    agents = (Colleague(BENGT.id, Displayable("Bengt"), Availability.BUSY),)
    queues = (
        *desk.state.queues.values(),
        QueueInfo(QueueId("odd"), Displayable(STRANGE), STRANGE, member=True),
    )
    for event in (
        e.CatalogLoaded(queues, agents, (), {}, ()),
        e.ConversationChanged(facts(1)),
        e.ConversationChanged(facts(2)),
        e.MessageReceived(cid(2), line(1, MessageKind.AGENT, 130.0), None, None),
    ):
        desk.tell(event)
        board.take(desk.state, event, 140.0)
    return report(board, desk.state, 200.0)


def test_a_collector_reads_what_the_board_says(scraping: Scraping) -> None:
    assert told(scraping) == (200, "")
    scraping.publish(a_report())
    found = parsed(told(scraping)[1])
    assert all(family.name.startswith("agent_tui_") and family.documentation for family in found.values())
    waiting = values(found["agent_tui_queue_waiting"], "queue_id", "answer")
    assert waiting[TAX, "first"] == 1
    assert waiting["odd", "first"] == 0
    assert values(found["agent_tui_queue_longest_wait_seconds"], "queue_id")[TAX,] == 100
    levels = values(found["agent_tui_queue_service_level_ratio"], "queue_id", "formula")
    assert levels[TAX, "answered"] == 1
    assert levels[TAX, "still_waiting_counts"] == 0.5
    assert not [queue for queue, _ in levels if queue == "odd"], "nothing to divide by is no figure"
    assert values(found["agent_tui_queue_messages"], "queue_id", "direction")[TAX, "out"] == 1
    assert found["agent_tui_queue_messages"].type == "counter"
    there = values(found["agent_tui_agent_availability"], "agent", "availability")
    assert there == {("Bengt", "busy"): 1, ("Bengt", "online"): 0, ("Bengt", "offline"): 0}


def test_a_collector_reads_which_queues_take_customers() -> None:
    desk, board = a_desk(), Board()
    desk.state.queues[TAX] = replace(desk.state.queues[TAX], hours=OpeningHours("UTC", (None,) * 7))
    found = {family.name: family for family in families(report(board, desk.state, 200.0))}
    states = values(found["agent_tui_queue_state"], "queue_id", "state")
    assert {state: value for (queue, state), value in states.items() if queue == TAX} == {
        "open": 0,
        "limited": 0,
        "closed": 1,
    }


def test_a_name_with_quotation_marks_comes_through_whole(scraping: Scraping) -> None:
    scraping.publish(a_report())
    names = values(parsed(told(scraping)[1])["agent_tui_queue_waiting"], "queue_id", "queue")
    assert ("odd", STRANGE) in names


def test_who_comes_by_another_name_or_looks_elsewhere_is_told_nothing(scraping: Scraping) -> None:
    scraping.publish(a_report())
    assert told(scraping, Host="evil.example:80")[0] == 403
    assert told(scraping, "/")[0] == 404
    assert told(scraping, Host="localhost")[0] == 200


def test_the_number_of_series_is_bounded() -> None:
    desk, board = a_desk(), Board()
    queues = tuple(
        QueueInfo(QueueId(f"q{n}"), Displayable(f"Q{n}"), f"Q{n}", member=True)
        for n in range(MOST_QUEUES + 7)
    )
    agents = tuple(Colleague(AgentId(f"a{n}"), Displayable(f"A{n}")) for n in range(MOST_AGENTS + 3))
    desk.tell(e.CatalogLoaded(queues, agents, (), {}, ()))
    found = {family.name: family for family in families(report(board, desk.state, 1.0))}
    assert values(found["agent_tui_left_out"], "of") == {("queues",): 7, ("agents",): 3}
    assert len(found["agent_tui_queue_longest_wait_seconds"].samples) == MOST_QUEUES


def test_a_port_that_is_taken_is_an_error_of_the_system(scraping: Scraping) -> None:
    port = int(scraping.address.split(":")[2].split("/")[0])
    with pytest.raises(OSError, match="in use"):
        Scraping(port)
