"""Facts come back after a restart, each once, no more than the most; a broken disk stops nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from agent_tui.desk.metrics.facts import Fact, Kind, Named, NameKind
from agent_tui.engine.facts_kept import FactsKept
from agent_tui.engine.private_base import opened
from api_client.models.identity import AgentId, ConversationId, QueueId


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


def test_of_a_file_little_stays_in_memory_however_long_the_shift(tmp_path: Path) -> None:
    drafts = opened(tmp_path / "drafts.db", "CREATE TABLE drafts (text TEXT)", "NORMAL")
    with closing(drafts), closing(FactsKept(tmp_path / "facts.db", "here")) as store:
        store.load(0)
        for base in (drafts, store._base):
            assert base is not None
            (pages,) = base.execute("PRAGMA cache_size").fetchone()
            assert -256 <= pages < 0


def test_everything_that_a_fact_holds_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "facts.db"
    where = (ConversationId("a"), QueueId("tax"), AgentId("1"))
    told = [
        Fact(Kind.TAGGED, 1, *where, channel="web", tags=("refund", "tax, card")),
        Fact(Kind.REPLIED, 2, *where, ref="m1", channel="web", canned=True, private=2),
    ]
    with closing(FactsKept(path, "here")) as store:
        store.load(0)
        store.keep(told)
        store.keep_names([Named(NameKind.QUEUE, "tax", "Tax"), Named(NameKind.QUEUE, "tax", "Tax return")])
        assert store.names() == [Named(NameKind.QUEUE, "tax", "Tax return")]
    assert kept(path)(0) == told


def test_an_agent_gets_back_the_conversations_they_had_from_their_beginning(tmp_path: Path) -> None:
    def fact(kind: Kind, at: int, conversation: str, agent: str = "") -> Fact:
        return Fact(kind, at, ConversationId(conversation), QueueId("tax"), AgentId(agent))

    mine = [fact(Kind.WAITS, 10, "a"), fact(Kind.TAKEN, 11, "a", "1"), fact(Kind.CAME, 12, "", "2")]
    with closing(FactsKept(None, "here")) as store:
        store.load(0)
        store.keep([fact(Kind.WAITS, 9, "b"), *mine, fact(Kind.TAKEN, 13, "b", "2")])
        assert store.load_own(AgentId("1"), 0).result() == mine
        assert store.load_own(AgentId("3"), 0).result() == mine[2:]


def test_a_file_of_another_version_begins_anew(tmp_path: Path) -> None:
    path = tmp_path / "facts.db"
    with closing(sqlite3.connect(path)) as old:
        old.execute("CREATE TABLE facts (number INTEGER PRIMARY KEY, server TEXT)")
        old.execute("INSERT INTO facts (server) VALUES ('here')")
        old.commit()
    with closing(FactsKept(path, "here")) as store:
        assert store.load(0) == []
        store.keep([a_fact(1)])
    assert kept(path)(0) == [a_fact(1)]


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
        store.keep([a_fact(1)])
        assert store.load(0) == []
