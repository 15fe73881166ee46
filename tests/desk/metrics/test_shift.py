"""A shift from its facts: where it begins, what was done in it, what is left."""

from __future__ import annotations

from typing import Any

from agent_tui.desk.metrics.facts import Fact, Kind
from agent_tui.desk.metrics.shift import Shift, shift_of
from agent_tui.desk.metrics.tally import HOUR
from api_client.models.identity import AgentId, ConversationId, QueueId

ME, OTHER = AgentId("1"), AgentId("2")
DAY = 1_790_000_000_000


def fact(kind: Kind, second: int, conversation: str = "a", agent: AgentId = ME, **more: Any) -> Fact:
    return Fact(kind, DAY + second * 1000, ConversationId(conversation), QueueId("tax"), agent, **more)


def served(conversation: str, second: int, **reply: Any) -> list[Fact]:
    """Taken after ten seconds, answered after thirty, closed after ninety."""
    return [
        fact(Kind.WAITS, second, conversation, AgentId("")),
        fact(Kind.WROTE, second, conversation, AgentId(""), private=1),
        fact(Kind.TAKEN, second + 10, conversation),
        fact(Kind.REPLIED, second + 30, conversation, **reply),
        fact(Kind.ANSWERED, second + 30, conversation),
        fact(Kind.CLOSED, second + 90, conversation),
    ]


def shift(*facts: Fact, now: int | None = None) -> Shift:
    found = shift_of(facts, ME, None if now is None else DAY + now * 1000)
    assert found is not None
    return found


def test_a_shift_counts_what_was_handled_and_how_fast() -> None:
    came = fact(Kind.CAME, 0, "")
    told = shift(came, *served("a", 0, canned=True, private=2), *served("b", 100))
    assert (told.figures.handled, told.replies, told.canned, told.heard) == (2, 2, 1, 2)
    assert (told.figures.first_mean, told.figures.handle_time) == (30.0, 80.0)
    assert (told.private_found, told.private_sent, told.canned_share) == (2, 2, 0.5)
    assert (told.begin, told.end) == (DAY, DAY + 190_000)


def test_it_begins_after_the_last_long_time_with_nothing_done() -> None:
    night = 8 * HOUR // 1000
    told = shift(*served("a", 0), *served("b", night))
    assert told.begin == DAY + (night + 10) * 1000
    assert told.figures.handled == 1
    assert [one.conversation for one in told.closed] == ["b"]


def test_a_chat_from_the_shift_before_counts_from_when_this_one_began() -> None:
    night = 8 * HOUR // 1000
    told = shift(fact(Kind.TAKEN, 0), fact(Kind.CAME, night, ""), *served("b", night), now=night + 110)
    assert told.holds == ("a",)
    assert told.figures.concurrency is not None
    assert round(told.figures.concurrency, 2) == 1.73


def test_what_was_closed_without_a_tag_is_named_until_it_gets_one() -> None:
    tagged = fact(Kind.TAGGED, 80, "a", tags=("refund",))
    late = fact(Kind.TAGGED, 300, "b", tags=("vero",))
    three = [*served("a", 0)[:-1], tagged, served("a", 0)[-1], *served("b", 100), *served("c", 200)]
    assert shift(*three).untagged == ("b", "c")
    assert shift(*three, late).untagged == ("c",)


def test_what_was_given_away_is_neither_held_nor_closed_by_me() -> None:
    given = [fact(Kind.TAKEN, 0), fact(Kind.TAKEN, 20, agent=OTHER), fact(Kind.CLOSED, 60, agent=OTHER)]
    told = shift(*given, fact(Kind.TAKEN, 70, "b"), fact(Kind.RELEASED, 80, "b", AgentId("")))
    assert (told.holds, told.closed) == ((), ())


def test_without_anything_done_there_is_no_shift() -> None:
    assert shift_of([], ME) is None
    assert shift_of([fact(Kind.WAITS, 0, agent=AgentId(""))], ME) is None
