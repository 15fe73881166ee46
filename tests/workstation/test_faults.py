"""A fault of ours gives the terminal back, tells one line, and writes a report without anybody's words."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.cli.program import Terminal

BACK = b"\x1b[?1049l"

FAULTY = """
import sys
from agent_tui.app import Workstation
from agent_tui.crash import last_words, write_report
from agent_tui.keys_in_force import keymap
from agent_tui.lookout import LookoutMeans
from pathlib import Path
from agent_tui.looks import Looks
from themes.loader import load

def start(deliver):
    customers_words = "my secret is 4711"
    raise RuntimeError("a fault of ours")

report = lambda error: last_words(write_report(error, Path(sys.argv[1]), str, {}))
looks, board = Looks(load("dark")), LookoutMeans(start, "")
app = Workstation(lambda effects: None, start, keymap({}), looks, report, lookout=board)
app.run()
sys.stderr.write(app.last_words)
sys.exit(app.return_code)
"""


def test_a_fault_ends_in_one_line_and_a_report(tmp_path: Path) -> None:
    script = tmp_path / "faulty.py"
    script.write_text(FAULTY)
    with Terminal(tmp_path, [], command=[sys.executable, str(script), str(tmp_path)]) as terminal:
        assert terminal.end() == 1
        assert BACK in terminal.shown
        assert b"Traceback" not in terminal.shown
        assert b"4711" not in terminal.shown
        assert b"agent-tui failed. Drafts are kept." in terminal.shown
    (report,) = tmp_path.glob("crash-*.txt")
    assert "a fault of ours" in report.read_text()
    assert "4711" not in report.read_text()
