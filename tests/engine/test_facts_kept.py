"""Facts come back after a restart, each once, no more than the most; a broken disk stops nothing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from agent_tui.desk.metrics.facts import Fact, Kind
from agent_tui.engine.facts_kept import FactsKept
from api_client.models.identity import ConversationId, QueueId


def a_fact(at: int) -> Fact:
    return Fact(Kind.ARRIVED, at, ConversationId(str(at)), QueueId("tax"))


def kept(path: Path, *, server: str = "here", most: int = 100) -> Callable[[int], list[Fact]]:
    def load(since: int) -> list[Fact]:
        with closing(FactsKept(path, server, most)) as store:
            return store.load(since)

    return load


def test_facts_come_back_in_their_order_and_each_once(tmp_path: Path) -> None:
    path = tmp_path / "state" / "facts.db"
    with closing(FactsKept(path, "here")) as store:
        assert store.load(0) == []
        store.keep([a_fact(2), a_fact(1)])
        store.keep([a_fact(2), a_fact(3)])
    assert [fact.at for fact in kept(path)(0)] == [2, 1, 3]
    assert [fact.at for fact in kept(path)(2)] == [2, 3]
    assert kept(path, server="there")(0) == []
    assert path.stat().st_mode & 0o077 == 0


def test_the_oldest_facts_go_when_there_are_too_many(tmp_path: Path) -> None:
    path = tmp_path / "facts.db"
    with closing(FactsKept(path, "here", most=3)) as store:
        store.load(0)
        store.keep([a_fact(at) for at in range(10)])
    assert [fact.at for fact in kept(path)(0)] == [7, 8, 9]


def test_a_disk_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with closing(FactsKept(blocked / "facts.db", "here")) as store:
        assert store.load(0) == []
        assert store.keep([a_fact(1)]).result() is None
