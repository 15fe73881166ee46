"""The table of figures and the page it stands on."""

import json

import pytest

from benchmarks.figures import Against, Figure, Goal
from benchmarks.table import END, START, aligned, as_json, between_markers, markdown, number, rows

FIGURES = [
    Figure("start.ready", "start", 180.0, "ms", hello=200.0),
    Figure("stall.lost", "connections lost", 0, ""),
]
GOALS = {"start.ready": Goal(1.6, Against.HELLO)}


def test_a_row_has_goal_figure_ratio_and_verdict() -> None:
    assert rows(FIGURES, GOALS) == [
        ("start", "<= 1.6 x hello", "180 ms", "200 ms", "0.90", "kept"),
        ("connections lost", "-", "0", "-", "-", "-"),
    ]


def test_numbers_have_the_decimals_they_deserve() -> None:
    assert [number(value) for value in (0.341, 3.46, 34.56, 345.6, 2.0)] == [
        "0.34",
        "3.46",
        "34.6",
        "346",
        "2",
    ]


def test_columns_stand_under_each_other() -> None:
    lines = aligned(rows(FIGURES, GOALS)).splitlines()
    assert [line.index(word) for line, word in zip(lines, ("figure", "180", "0"), strict=True)] == [
        34,
        34,
        34,
    ]


def test_a_page_keeps_what_stands_around_the_markers() -> None:
    page = f"before\n{START}\nold\n{END}\nafter\n"
    written = between_markers(page, markdown(rows(FIGURES, GOALS)))
    assert written.startswith(f"before\n{START}\n\n| measure |")
    assert written.endswith(f"|\n\n{END}\nafter\n")
    assert "old" not in written
    assert between_markers(written, "new") == f"before\n{START}\n\nnew\n\n{END}\nafter\n"


def test_a_page_without_markers_is_refused() -> None:
    with pytest.raises(ValueError, match="no markers"):
        between_markers("nothing here", "new")


def test_the_record_tells_what_a_later_run_is_compared_with() -> None:
    record = json.loads(as_json(FIGURES, GOALS, {"cores": 2}))
    assert record["about"] == {"cores": 2}
    first = record["figures"][0]
    assert (first["key"], first["ratio"], first["goal"]) == (
        "start.ready",
        0.9,
        {"limit": 1.6, "against": "hello"},
    )
