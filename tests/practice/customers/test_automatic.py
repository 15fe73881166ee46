"""When the desk's automatic message is due."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from practice.customers.automatic import AutomaticMessages, text_for
from practice.scenario.model import Queue, Scenario

TEXT = "We will be with you soon."


@pytest.fixture
def automatic(scenario: Callable[..., Scenario]) -> AutomaticMessages:
    return AutomaticMessages(scenario(2))


def test_the_message_is_due_once_per_wait(automatic: AutomaticMessages) -> None:
    assert automatic.spoke(1, "hats", 100.0) == 160.0
    assert automatic.spoke(1, "hats", 110.0) is None
    assert automatic.take(1, "hats", "en", 159.0) is None
    assert automatic.take(1, "hats", "en", 160.0) == TEXT
    assert automatic.take(1, "hats", "en", 170.0) is None
    assert automatic.spoke(1, "hats", 180.0) is None


def test_an_answer_ends_the_wait_and_the_next_one_counts_anew(automatic: AutomaticMessages) -> None:
    automatic.spoke(1, "hats", 100.0)
    automatic.answered(1)

    assert automatic.take(1, "hats", "en", 160.0) is None
    assert automatic.spoke(1, "hats", 150.0) == 210.0
    assert automatic.take(1, "hats", "en", 160.0) is None
    assert automatic.take(1, "hats", "en", 210.0) == TEXT


def test_the_text_is_in_the_customers_language_or_else_in_the_first() -> None:
    queue = Queue(key="a", name="A", automatic={"fi": "Hetki.", "sv": "Strax."})

    assert text_for(queue, "sv", "fi") == "Strax."
    assert text_for(queue, "nl", "fi") == "Hetki."


def test_a_queue_without_a_text_never_owes_one(scenario: Callable[..., Scenario]) -> None:
    silent = scenario(2)
    queues = [Queue(key="hats", name="Hats")]
    bare = AutomaticMessages(
        Scenario(
            organisation=silent.organisation,
            queues=queues,
            agents=silent.agents,
            patterns=silent.patterns,
            personas=silent.personas,
        )
    )

    assert bare.spoke(1, "hats", 0.0) is None
