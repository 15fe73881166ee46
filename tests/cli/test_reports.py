"""Shift and report as commands, from facts kept on this machine; no server is asked."""

from __future__ import annotations

import csv
import io
import json
import time
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree as ET

from agent_tui.cli.plots import Bar, Plot, as_blocks, as_svg
from agent_tui.desk.metrics.facts import Fact, Kind, Named, NameKind
from agent_tui.desk.text import Displayable
from agent_tui.engine.facts_kept import FactsKept
from api_client.models.identity import AgentId, ConversationId, QueueId
from tests.cli.program import Outcome, run

URL = "https://chat.example.test"


SPAN = ("--from", "2020-01-01", "--to", "2099-01-01")


def command(home: Path, *arguments: str) -> Outcome:
    return run(home, *arguments, AGENT_TUI_URL=URL)


def worked(home: Path) -> None:
    """One chat a minute ago."""
    at = round(time.time() * 1000) - 60_000
    where = (ConversationId("17"), QueueId("team:1"))
    told = [
        Fact(Kind.ARRIVED, at, *where, channel="Channel::WebWidget"),
        Fact(Kind.WAITS, at, *where, channel="Channel::WebWidget"),
        Fact(Kind.TAKEN, at, *where, AgentId("3")),
        Fact(Kind.REPLIED, at + 20_000, *where, AgentId("3"), ref="m1", canned=True),
        Fact(Kind.ANSWERED, at + 20_000, *where, AgentId("3")),
        Fact(Kind.CLOSED, at + 50_000, *where, AgentId("3")),
    ]
    names = [
        Named(NameKind.ME, "3", "Aino Virta"),
        Named(NameKind.AGENT, "3", "Aino Virta"),
        Named(NameKind.QUEUE, "team:1", "=Tax & <card>"),
    ]
    with closing(FactsKept(home / "state/facts.db", f"{URL}#")) as kept:
        kept.load(0)
        kept.keep(told)
        kept.keep_names(names)


def test_without_facts_both_say_when_figures_begin(tmp_path: Path) -> None:
    for name in ("shift", "report"):
        outcome = command(tmp_path, name)
        assert outcome.code == 1
        assert "Nothing is kept yet" in outcome.line


def test_a_shift_is_told_in_every_form(tmp_path: Path) -> None:
    worked(tmp_path)
    assert "Shift of Aino Virta" in command(tmp_path, "shift").out
    told = json.loads(command(tmp_path, "shift", "--json").out)
    assert (told["handled"], told["canned_share"], told["closed_without_tag"]) == (1, 1.0, ["17"])
    [row] = csv.DictReader(io.StringIO(command(tmp_path, "shift", "--csv").out))
    assert (row["handled"], row["first_answer_mean"], row["undelivered"]) == ("1", "20.0", "")
    assert "| Chats handled | 1 |" in command(tmp_path, "shift", "--markdown").out


def test_a_report_is_told_in_every_form_and_drawn(tmp_path: Path) -> None:
    worked(tmp_path)
    shown = command(tmp_path, "report", "--by", "queue", *SPAN).out
    assert "=Tax & <card>" in shown
    assert "█" in shown
    told = json.loads(command(tmp_path, "report", "--by", "agent", *SPAN, "--json").out)
    assert [(row["name"], row["handled"]) for row in told["rows"]] == [("Aino Virta", 1)]
    drawn = tmp_path / "plots.svg"
    outcome = command(
        tmp_path,
        "report",
        "--by",
        "queue",
        "--from",
        "2020-01-01",
        "--to",
        "2099-01-01",
        "--csv",
        "--svg",
        str(drawn),
    )
    [row] = csv.DictReader(io.StringIO(outcome.out))
    assert (row["key"], row["name"], row["level_answered"]) == ("team:1", " =Tax & <card>", "1.0")
    words = "".join(ET.fromstring(drawn.read_text()).itertext())  # noqa: S314  written by us a moment ago
    assert "=Tax & <card>" in words


def test_a_hostile_tag_reaches_the_terminal_harmless(tmp_path: Path) -> None:
    worked(tmp_path)
    with closing(FactsKept(tmp_path / "state/facts.db", f"{URL}#")) as kept:
        kept.load(0)
        at = round(time.time() * 1000)
        kept.keep(
            [Fact(Kind.TAGGED, at, ConversationId("17"), QueueId("team:1"), tags=("=\x1b]0;x\x07\x9b|a",))]
        )
    for form in ("--json", "--csv", "--markdown", "--by=tag"):
        shown = command(tmp_path, "report", "--by", "tag", *SPAN, form).out
        assert "|a" in shown.replace("\\", "")
        assert not set(shown) & set("\x1b\x07\x9b")


def test_days_that_are_none_are_refused(tmp_path: Path) -> None:
    assert command(tmp_path, "report", "--from", "yesterday").code == 2
    assert command(tmp_path, "report", "--from", "2026-11-22", "--to", "2026-11-21").code == 2


def test_bars_fill_the_room_and_the_mark_shows_where_none_is() -> None:
    bars = [Bar(Displayable("a"), 60, Displayable("60")), Bar(Displayable("b"), 15, Displayable("15"))]
    plot = Plot(Displayable("Waits"), bars, mark=30)
    assert as_blocks(plot, 23) == "Waits\na  ████████████████ 60\nb  ████    │        15\n"


def test_a_plot_of_nothing_is_still_drawn() -> None:
    plot = Plot(Displayable("Waits"), [Bar(Displayable("a"), 0, Displayable("-"))])
    assert as_blocks(plot, 23).splitlines()[1].split() == ["a", "-"]
    assert as_svg(Displayable("<&>"), [plot]).count("&lt;&amp;&gt;") == 2
