"""How responses do in use: counted by key and day, summed up, and never a word kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canned.outcome import Outcome
from canned.quality import EDITED, NotKept, Quality, Searches, change

DAY = date(2026, 3, 1)


@pytest.fixture
def quality() -> Iterator[Quality]:
    store = Quality(None)
    yield store
    store.close()


def test_uses_edits_and_outcomes_are_summed_up(quality: Quality) -> None:
    quality.used("a", DAY, changed=0.5)
    quality.used("a", DAY + timedelta(days=1))
    quality.abandoned("a", DAY)
    quality.came_of_it("a", DAY, Outcome.THANKED)
    quality.came_of_it("a", DAY, Outcome.ASKED)
    quality.used("b", DAY)
    first, second = quality.statistics()
    assert (first.key, first.used, first.edited, first.change) == ("a", 2, 1, 0.25)
    assert (first.abandoned, first.asked, first.thanked, first.left) == (1, 1, 1, 0)
    assert first.last_used == DAY + timedelta(days=1)
    assert second.key == "b"


def test_statistics_begin_on_the_day_asked_for(quality: Quality) -> None:
    quality.used("a", DAY)
    assert quality.statistics(DAY + timedelta(days=1)) == []
    assert quality.last_used() == {"a": DAY}


def test_what_was_only_abandoned_was_never_used(quality: Quality) -> None:
    quality.abandoned("a", DAY)
    assert quality.last_used() == {}
    assert quality.statistics()[0].last_used is None


def test_searches_without_a_hit_are_counted(quality: Quality) -> None:
    quality.searched(DAY, found=True)
    quality.searched(DAY, found=False)
    assert quality.searches() == Searches(2, 1)


def test_what_was_used_today_counts_more_than_last_month(quality: Quality) -> None:
    quality.used("new", DAY)
    quality.used("old", DAY - timedelta(days=30))
    recent = quality.recent(DAY)
    assert 1 > recent["new"] > recent["old"] > 0


def test_the_change_is_nothing_for_the_same_and_all_for_another() -> None:
    assert change("Hei", "Hei") == 0.0
    assert change("abc", "xyz") == 1.0
    assert change("Hei Aino, vastaamme huomenna.", "Hei Eero, vastaamme huomenna.") > EDITED


def test_the_store_is_its_owners_alone_and_holds_no_text(tmp_path: Path) -> None:
    path = tmp_path / "state" / "canned.db"
    store = Quality(path)
    store.used("team/moi", DAY, changed=change("Hei Aino", "Hei Eero"))
    store.close()
    assert path.stat().st_mode & 0o077 == 0
    assert b"Aino" not in path.read_bytes()
    again = Quality(path)
    assert [one.key for one in again.statistics()] == ["team/moi"]
    again.close()


def test_a_store_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "canned.db").write_text("this is no database, however long one reads in it" * 100)
    for path in (tmp_path / "canned.db", tmp_path):
        with pytest.raises(NotKept):
            Quality(path)


@given(
    st.lists(st.tuples(st.text(max_size=3), st.floats(0, 1), st.integers(0, 100)), max_size=8),
    st.text(),
    st.text(),
)
def test_sums_hold_whatever_is_counted(uses: list[tuple[str, float, int]], one: str, other: str) -> None:
    store = Quality(None)
    for key, changed, days in uses:
        store.used(key, DAY - timedelta(days=days), changed=changed)
    told = store.statistics()
    assert sum(line.used for line in told) == len(uses)
    assert all(0 <= line.change <= 1 and line.edited <= line.used for line in told)
    assert all(0 < weight < 1 for weight in store.recent(DAY).values())
    store.close()
    assert 0 <= change(one, other) <= 1
