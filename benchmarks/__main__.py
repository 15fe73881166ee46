"""``python -m benchmarks``: measures the workstation beside a bare Textual program and prints a table."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

from benchmarks import (
    board_cost,
    peer_irc,
    peer_xmpp,
    rows_cost,
    rows_hard,
    rows_long,
    rows_plain,
    rows_reconnect,
    rows_shift,
    table,
)
from benchmarks.figures import Figure, Verdict, verdict
from benchmarks.goals import GOALS
from benchmarks.load import ROOT, Refused
from benchmarks.profiling import profile
from benchmarks.terminal import NotShown

RESULTS: Final = ROOT / "build" / "benchmarks"
PAGE: Final = ROOT / "docs" / "performance.md"

ROWS: Final[Mapping[str, Callable[[], list[Figure]]]] = {
    "start": rows_plain.start,
    "keys-idle": rows_plain.keys_idle,
    "keys-50": rows_plain.keys_50,
    "keys-200": rows_plain.keys_200,
    "idle": rows_plain.idle,
    "stall": rows_hard.stall,
    "slow": rows_hard.slow,
    "quit": rows_plain.leave,
    "memory": rows_hard.memory,
    "reconnect": rows_reconnect.reconnect,
    "shift": rows_shift.shift,
    "tabs-7": rows_hard.tabs_7,
    "tabs-50": rows_hard.tabs_50,
    "burst": rows_hard.burst,
    "events": rows_cost.events,
    "queue": rows_cost.queue,
    "board": board_cost.board,
    "history": rows_long.history,
    "canned": rows_long.canned,
}


PEERS: Final[Mapping[str, Callable[[], list[Figure]]]] = {
    "peer-weechat": peer_irc.weechat,
    "peer-poezio": peer_xmpp.poezio,
    "peer-profanity": peer_xmpp.profanity,
}
"""Not among those that are measured unless they are asked for: they need other people's programs."""
_ALL: Final = {**ROWS, **PEERS}


def _rows(text: str) -> list[str]:
    wanted = text.split(",")
    unknown = [name for name in wanted if name not in _ALL]
    if unknown:
        raise argparse.ArgumentTypeError(f"no row {', '.join(unknown)}; there are {', '.join(_ALL)}")
    return wanted


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--only", type=_rows, metavar="ROW,ROW", help=", ".join(_ALL))
    parser.add_argument(
        "--write-docs", action="store_true", help="put the table, with the peers, into docs/performance.md"
    )
    parser.add_argument("--profile", type=_rows, metavar="ROW", help="write a flame graph of one row instead")
    return parser


def _measured(names: list[str]) -> tuple[list[Figure], int]:
    """The figures of these rows, and how many rows could not be measured."""
    figures: list[Figure] = []
    failed = 0
    for name in names:
        began = time.perf_counter()
        try:
            figures += _ALL[name]()
        except (NotShown, Refused) as reason:
            print(f"{name}: {reason}", file=sys.stderr)
            failed += 1
        except Exception:  # noqa: BLE001  a fault in one row does not cost the others
            traceback.print_exc()
            failed += 1
        print(f"{name}: {time.perf_counter() - began:.0f} s", file=sys.stderr)
    return figures, failed


def _about() -> dict[str, object]:
    """What the figures hang on."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "textual": version("textual"),
        "cores": os.cpu_count(),
        "load": os.getloadavg(),
        "terminal": "160x45",
    }


def _kept(figures: list[Figure]) -> Path:
    RESULTS.mkdir(parents=True, exist_ok=True)
    about = _about()
    path = RESULTS / f"{str(about['at']).replace(':', '')}.json"
    path.write_text(table.as_json(figures, GOALS, about), encoding="utf-8")
    return path


def main() -> int:
    """Measure; the exit code is 0 when every goal is kept, 1 when one is missed, 2 when a row failed."""
    parser = _parser()
    given = parser.parse_args()
    if given.write_docs and given.only:
        parser.error("the page has every row, or none anew: leave --only out")
    if given.profile:
        name = given.profile[0]
        return profile(name, _ALL[name], RESULTS)
    figures, failed = _measured(given.only or list(_ALL if given.write_docs else ROWS))
    rows = table.rows(figures, GOALS)
    print(table.aligned(rows))
    print(f"written to {_kept(figures).relative_to(ROOT)}")
    if given.write_docs:
        table.write_page(PAGE, table.markdown(rows))
    if failed:
        return 2
    return int(any(verdict(figure, GOALS.get(figure.key)) is Verdict.MISSED for figure in figures))


if __name__ == "__main__":
    sys.exit(main())
