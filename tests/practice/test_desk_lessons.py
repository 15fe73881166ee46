"""What the helpdesk, event and benefits desks are there to teach, each by itself."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from practice.scenario import loader
from practice.scenario.model import Persona, Scenario
from tests.practice.desk_content import DESKS, said


def openings(personas: Iterable[Persona]) -> list[list[str]]:
    return [spoken for persona in personas for spoken in persona.opening]


def tagged(desk: Scenario, *tags: str) -> list[Persona]:
    return [persona for persona in desk.personas if {*tags} <= {*persona.tags}]


@pytest.mark.parametrize("name", sorted(DESKS))
def test_canned_links_stand_where_the_workstation_finds_articles(name: str) -> None:
    assert DESKS[name].portal == loader.load(name).organisation.portal


def test_the_helpdesk_has_exams_that_cannot_wait() -> None:
    running = [persona for persona in tagged(loader.load("helpdesk"), "tentti") if persona.patience <= 120]
    assert len(running) >= 2
    assert all(persona.nudge for persona in running)


def test_the_helpdesk_hears_of_one_fault_from_many() -> None:
    down = tagged(loader.load("helpdesk"), "wifi", "hairio")
    assert len(down) >= 3
    assert len([spoken for spoken in openings(down) if "majakka" in " ".join(spoken).lower()]) >= 3


def test_smileys_go_both_ways_at_the_helpdesk() -> None:
    desk = loader.load("helpdesk")
    smiling = [p for p in desk.personas if any(ord(mark) > 0x1F000 for s in said(p) for mark in "".join(s))]
    assert len(smiling) >= 20
    assert len([canned for canned in desk.canned if "\N{SLIGHTLY SMILING FACE}" in canned.content]) >= 4


def test_the_event_desk_is_reached_by_messages_that_may_sleep_for_hours() -> None:
    desk = loader.load("event")
    assert {queue.channel for queue in desk.queues} == {"messaging"}
    assert len([persona for persona in desk.personas if persona.patience >= 4 * 3600]) >= 8
    assert len([persona for persona in desk.personas if persona.returns_after >= 4 * 3600]) >= 15


def test_customers_of_the_event_desk_describe_their_screenshots() -> None:
    spoken = openings(loader.load("event").personas)
    pictures = [line for lines in spoken for line in lines if line.startswith(("[screenshot", "[scherm"))]
    assert len(pictures) >= 15
    assert all(line.endswith("]") for line in pictures)


def test_what_the_bot_hands_over_begins_with_its_summary_and_then_a_human_line() -> None:
    desk = loader.load("benefits")
    handed = [persona for persona in desk.personas if persona.queue == "mapped"]
    assert len(handed) >= 10
    for summary, *human in openings(handed):
        lines = summary.splitlines()
        assert lines[0].startswith("[Lintubot")
        assert lines[1].startswith(("Ryhmä:", "Group:"))
        assert any(line.startswith(("Avoinna:", "Open:")) for line in lines)
        assert len(lines) >= 5
        assert human


def test_the_bots_cases_and_no_others_are_tagged_as_mapped() -> None:
    desk = loader.load("benefits")
    handed = [persona for persona in desk.personas if persona.queue == "mapped"]
    assert tagged(desk, "botin-kartoitus") == handed


def test_hard_cases_of_the_benefits_desk_go_on_to_experts() -> None:
    desk = loader.load("benefits")
    assert len(desk.teams) >= 5
    assert len([team for team in desk.teams if "Liitä:" in team.description]) >= 3


def test_a_disruption_reaches_the_benefits_desk_from_two_sides() -> None:
    told = tagged(loader.load("benefits"), "hairio")
    assert {persona.queue for persona in told} == {"employees", "providers"}
