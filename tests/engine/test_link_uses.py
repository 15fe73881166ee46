"""Uses of links come back after a restart, are bounded, and a disk that fails costs nothing else."""

from __future__ import annotations

import stat
from pathlib import Path

from agent_tui.desk.linkbook import MOST_USES, LinkUse
from agent_tui.engine.link_uses import SqliteLinkUses
from api_client.models.identity import QueueId


def used(number: int, times: int = 1) -> LinkUse:
    return LinkUse(QueueId("tax"), f"https://vero.fi/{number}", "Title", "fi", times, float(number))


def test_uses_come_back_for_their_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "links.db"
    store = SqliteLinkUses(file)
    store.keep("aino", used(1))
    store.keep("aino", used(1, times=2))
    store.keep("bengt", used(2))
    store.close()
    again = SqliteLinkUses(file)
    assert again.load("aino") == (used(1, times=2),)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    again.close()


def test_those_longest_ago_go(tmp_path: Path) -> None:
    store = SqliteLinkUses(tmp_path / "links.db")
    for number in range(MOST_USES + 3):
        store.keep("aino", used(number))
    kept = store.load("aino")
    assert len(kept) == MOST_USES
    assert kept[0] == used(MOST_USES + 2)
    store.close()


def test_a_folder_that_is_not_there_is_no_reason_to_stop(tmp_path: Path) -> None:
    store = SqliteLinkUses(tmp_path / "nowhere" / "links.db")
    store.keep("aino", used(1))
    assert store.load("aino") == ()
    store.close()
