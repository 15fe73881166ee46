"""The team's limits in a file beside its responses: read, read again, told what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent_tui.desk.capacity import ChatLimits, TeamLimits
from agent_tui.engine.team_limits import TeamLimitsFile

WRITTEN = """
[limits]
everyone = { normal = 3, rush = 6 }
"Aino.Lehtonen@example.org" = { normal = 1, rush = 2 }
"""


def test_without_a_file_nothing_is_told(tmp_path: Path) -> None:
    assert TeamLimitsFile([tmp_path]).refresh() is None


def test_a_file_is_told_once_and_again_when_it_changes_or_goes(tmp_path: Path) -> None:
    file = tmp_path / "desk.toml"
    file.write_text(WRITTEN)
    limits = TeamLimitsFile([tmp_path])
    told = limits.refresh()
    assert told is not None
    assert told.limits == TeamLimits(ChatLimits(3, 6), {"aino.lehtonen@example.org": ChatLimits(1, 2)})
    assert told.problems == ()
    assert limits.refresh() is None
    file.write_text("[limits]\n")
    told = limits.refresh()
    assert told is not None
    assert told.limits == TeamLimits()
    file.unlink()
    assert limits.refresh() is not None


def test_the_nearest_folder_counts(tmp_path: Path) -> None:
    for name, normal in (("far", 2), ("near", 4)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "desk.toml").write_text(
            f"[limits]\neveryone = {{ normal = {normal}, rush = 6 }}\n"
        )
    told = TeamLimitsFile([tmp_path / "far", tmp_path / "near"]).refresh()
    assert told is not None
    assert told.limits.everyone == ChatLimits(4, 6)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (
            '[limits]\n"Bo" = { normal = 0, rush = 2 }\neveryone = { normal = 3, rush = 3 }\n',
            "Bo: needs normal",
        ),
        ('[limits]\n"Bo" = 3\neveryone = { normal = 3, rush = 3 }\n', "Bo: needs normal"),
        ("limits = 3\n", "limits: needs normal"),
        ("[limits\n", "desk.toml: "),
        ("\x00", "desk.toml: "),
    ],
)
def test_a_mistake_costs_only_itself(tmp_path: Path, wrong: str, says: str) -> None:
    (tmp_path / "desk.toml").write_text(wrong)
    told = TeamLimitsFile([tmp_path]).refresh()
    assert told is not None
    assert says in told.problems[0]
    assert told.limits.everyone == (ChatLimits(3, 3) if "everyone" in wrong else None)
