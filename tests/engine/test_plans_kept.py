"""The plans for queues on this machine's disk: whole, by server, for their owner alone."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest

from agent_tui.desk.intake_model import Before, Limit, Plan
from agent_tui.engine.intake_keeper import PlansKept
from api_client.models.hours import OpeningHours, Span
from api_client.models.identity import QueueId

TAX = QueueId("inbox:1")
SCHOOL = QueueId("inbox:2")
OFFICE = OpeningHours("Europe/Helsinki", (Span(9 * 60, 16 * 60),) * 5 + (None, None))
CLOSED = Plan(
    reopen_at=2_000_000_000.5,
    limit=Limit(20, 12),
    message=(("fi", "Suljettu."), ("sv", "Stängt.")),
    before=Before(OFFICE, "We open at nine."),
    by_limit=True,
    arrived_before=2.5,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "queues.json"


def test_what_is_kept_comes_back_whole(path: Path) -> None:
    plans = {TAX: CLOSED, SCHOOL: Plan(close_at=1_900_000_000.0)}
    PlansKept(path, "one").keep(plans)
    assert PlansKept(path, "one").load() == plans


def test_without_a_file_there_are_no_plans_and_none_is_made(path: Path) -> None:
    assert PlansKept(path, "one").load() == {}
    assert not path.parent.exists()


def test_only_its_owner_may_read_it(path: Path) -> None:
    PlansKept(path, "one").keep({TAX: CLOSED})
    path.chmod(0o644)
    PlansKept(path, "one").keep({TAX: CLOSED})
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_another_servers_plans_are_neither_taken_nor_lost(path: Path) -> None:
    one, other = PlansKept(path, "one"), PlansKept(path, "other")
    one.keep({TAX: CLOSED})
    assert other.load() == {}
    other.keep({TAX: Plan(limit=Limit(3, 2))})
    other.keep({})
    assert one.load() == {TAX: CLOSED}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[1, 2]",
        b"\xff\xfe",
        b'{"one": {"inbox:1": {"limit": {"closes_at": "many"}}}}',
        b'{"one": {"inbox:1": {"before": {"hours": null}}}}',
    ],
)
def test_a_file_that_makes_no_sense_is_logged_and_put_aside(
    content: bytes, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    with caplog.at_level(logging.WARNING):
        assert PlansKept(path, "one").load() == {}
    assert "not read" in caplog.text
    PlansKept(path, "one").keep({TAX: CLOSED})
    assert PlansKept(path, "one").load() == {TAX: CLOSED}
    (aside,) = path.parent.glob("queues.json.broken-*")
    assert aside.read_bytes() == content


def test_fields_of_a_later_version_do_no_harm(path: Path) -> None:
    path.parent.mkdir()
    path.write_text(json.dumps({"one": {TAX: {"close_at": 5.0, "of_a_later_version": True}}}))
    assert PlansKept(path, "one").load() == {TAX: Plan(close_at=5.0)}


def test_where_nothing_can_be_written_the_plans_hold_until_the_end(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path.parent.write_text("in the way")
    with caplog.at_level(logging.WARNING):
        PlansKept(path, "one").keep({TAX: CLOSED})
    assert "not kept" in caplog.text


def test_nothing_lies_about_when_it_could_not_be_put_in_place(path: Path) -> None:
    path.mkdir(parents=True)
    PlansKept(path, "one").keep({TAX: CLOSED})
    assert [one.name for one in path.parent.iterdir()] == [path.name]
