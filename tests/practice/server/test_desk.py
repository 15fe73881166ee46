"""The desk without a server: repeatable, continued, and never half changed."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from practice.changes import arriving, handling, writing
from practice.changes.arriving import Visitor
from practice.clock import RunningClock, SteppedClock
from practice.desk import Desk, Entry
from practice.store import customers, people
from practice.store.database import Database
from practice.tokens import Tokens, password_hash, password_matches
from tests.practice.server.house import SMALL, START


def visit(desk: Desk) -> str:
    """A customer comes, asks and is answered; returns their token."""
    with desk.change() as change:
        session = arriving.arrive(change, 1, Visitor(name="Olle"))
        row = arriving.start_conversation(change, session.id)
        contact = customers.contact(desk.db, session.contact_id)
        assert contact is not None
        writing.customer_writes(change, row, writing.incoming(row, contact, "Hello?"))
    mara = people.user(desk.db, 1)
    assert mara is not None
    with desk.change(mara) as change:
        handling.assign(change, row, mara)
        writing.staff_replies(change, row, writing.outgoing(mara, "Hello", private=False, attributes={}))
    return session.pubsub_token


def journal(seed: int | None) -> tuple[list[Entry], str]:
    with closing(Desk(SMALL, SteppedClock(START), seed_number=seed)) as desk:
        token = visit(desk)
        return list(desk.journal), token


def test_the_same_seed_makes_the_same_run() -> None:
    assert journal(7) == journal(7)
    assert journal(7)[1] != journal(8)[1]
    assert journal(None)[1] != journal(None)[1]


def test_the_journal_tells_what_happened_when_and_to_which_ids() -> None:
    entries, _ = journal(1)
    assert entries[0] == Entry(START, "contact.created", (1,))
    assert [entry.event for entry in entries if entry.event.startswith("first")] == ["first.reply.created"]


def test_a_sign_in_does_not_change_the_ids_of_customers() -> None:
    plain, disturbed = Tokens(1), Tokens(1)
    disturbed.token("session")
    assert plain.token("customer") == disturbed.token("customer")


def test_a_kept_desk_goes_on_without_repeating_its_ids(tmp_path: Path) -> None:
    path = str(tmp_path / "kept.sqlite")
    tokens = set()
    for _ in range(3):
        with closing(Desk(SMALL, SteppedClock(START), database=Database(path), seed_number=1)) as desk:
            tokens.add(visit(desk))
            assert len(people.users(desk.db)) == 3
    assert len(tokens) == 3


def arrive_and_fail(desk: Desk) -> None:
    with desk.change() as change:
        arriving.arrive(change, 1, Visitor(name="Olle"))
        arriving.start_conversation(change, 999)


def test_a_change_that_fails_leaves_nothing_and_tells_nothing() -> None:
    with closing(Desk(SMALL, SteppedClock(START))) as desk:
        with pytest.raises(LookupError):
            arrive_and_fail(desk)
        assert customers.contact_count(desk.db) == 0
        assert desk.db.count("FROM contacts") == 0
        assert list(desk.journal) == []


def test_agents_without_queues_serve_all_of_them() -> None:
    with closing(Desk(SMALL, SteppedClock(START))) as desk:
        served = [[user.display_name for user in people.inbox_members(desk.db, inbox)] for inbox in (1, 2)]
    assert served == [["Ida", "Mara"], ["Ida", "Sam"]]


def test_a_password_is_stored_as_a_salted_hash() -> None:
    stored = password_hash("otter-fjord-417", b"salt")
    assert "otter" not in stored
    assert password_matches("otter-fjord-417", stored)
    assert not password_matches("otter-fjord-418", stored)


def test_a_running_clock_runs_at_its_speed_and_never_back() -> None:
    clock = RunningClock(START, speed=1000)
    first = clock.now()
    assert START <= first <= clock.now()
    with pytest.raises(ValueError, match="above zero"):
        RunningClock(speed=0)


def test_a_stepped_clock_stands_until_it_is_advanced() -> None:
    clock = SteppedClock(START)
    clock.advance(2.5)
    assert clock.now() == START + 2.5
    with pytest.raises(ValueError, match="back"):
        clock.advance(-1)
