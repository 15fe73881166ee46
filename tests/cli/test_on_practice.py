"""Commands on a practice desk that listens on a real port."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import time
import tomllib
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import cast

import pytest

from agent_tui.demo import PracticeDesk, PracticeFailed
from agent_tui.desk.intake_model import Limit, Plan
from agent_tui.desk.metrics.levels import Formula
from agent_tui.engine.intake_keeper import PlansKept
from api_client.models.identity import QueueId
from practice.embedded import EmbeddedDesk
from practice.scenario.loader import load
from tests.cli.program import Terminal, run
from tests.engine.wire import WireCustomer


@pytest.fixture
def served() -> Iterator[EmbeddedDesk]:
    served = EmbeddedDesk.of(load("tax"))
    with closing(served.desk), served:
        yield served


NO_KEYRING = "disabled:"
"""In place of the bus that a keyring is on."""


def agent(served: EmbeddedDesk) -> dict[str, str]:
    return cast("list[dict[str, str]]", served.ready["agents"])[0]


def connected(served: EmbeddedDesk) -> dict[str, str]:
    return {"AGENT_TUI_URL": served.url, "AGENT_TUI_TOKEN": agent(served)["token"]}


FIELDS = {
    *("id", "name", "served", "waiting", "longest_wait", "urgency", "warning_after", "breach_after"),
    *("waiting_first", "waiting_further", "first_answer_p50", "first_answer_p90", "arrivals_per_minute"),
    *("answers_per_minute", "handled", "abandoned", "service_level", "state"),
}
"""Of a queue, as docs/cli.md lists them."""


def a_board_has_set_limits(served: EmbeddedDesk, home: Path) -> None:
    """On every queue, below what waits; whoever only tells figures closes none of them."""
    inboxes = cast("list[dict[str, object]]", served.ready["inboxes"])
    plans = {QueueId(f"inbox:{inbox['id']}"): Plan(limit=Limit(1, 1)) for inbox in inboxes}
    PlansKept(home / "state" / "queues.json", f"{served.url}#").keep(plans)


async def test_queues_tells_who_waits_as_json(served: EmbeddedDesk, tmp_path: Path) -> None:
    for name in ("Liisa", "Pekka"):
        await (await WireCustomer.arrive(served, name)).say("Hei")
    a_board_has_set_limits(served, tmp_path)
    outcome = run(tmp_path, "queues", "--json", **connected(served))
    assert outcome.code == 0, outcome.err
    told = json.loads(outcome.out)
    assert told["waiting"] == 2
    assert 0 <= told["longest_wait"] < 60
    (busy,) = [queue for queue in told["queues"] if queue["waiting"]]
    assert set(busy) == FIELDS
    assert busy["waiting"] == busy["waiting_first"] == 2
    assert (busy["urgency"], busy["breach_after"], busy["state"]) == ("calm", 60, "limited")
    assert told["arrivals_per_minute"] > 0
    assert set(told["service_level"]) == {formula.name.lower() for formula in Formula}
    assert outcome.err == ""


async def test_queues_tells_who_waits_as_a_table(served: EmbeddedDesk, tmp_path: Path) -> None:
    began = time.monotonic()
    await (await WireCustomer.arrive(served, "Liisa")).say("Hei")
    lines = run(tmp_path, "queues", **connected(served)).out.splitlines()
    waits = [
        (int(found[1]), int(found[2]))
        for found in (re.search(r" 1  (\d):(\d\d)", one) for one in lines)
        if found
    ]
    ((minutes, seconds),) = waits
    assert 60 * minutes + seconds <= time.monotonic() - began + 1
    assert len(lines) == len(cast("list[object]", served.ready["inboxes"])) + 3


async def test_queues_watched_tells_each_change_until_interrupted(
    served: EmbeddedDesk, tmp_path: Path
) -> None:
    url, token = served.url, agent(served)["token"]
    with Terminal(tmp_path, ["queues", "--watch"], AGENT_TUI_URL=url, AGENT_TUI_TOKEN=token) as terminal:
        await asyncio.to_thread(terminal.read_until, b"nobody waits")
        await (await WireCustomer.arrive(served, "Liisa")).say("Hei")
        await asyncio.to_thread(terminal.read_until, b" 1 0:0")
        terminal.process.send_signal(signal.SIGINT)
        assert await asyncio.to_thread(terminal.end) == 0
        assert b"Traceback" not in terminal.shown


async def test_queues_goes_on_by_the_second_and_tells_collectors_the_same(
    served: EmbeddedDesk, tmp_path: Path
) -> None:
    asked = ["queues", "--json", "--every", "1", "--metrics", "0"]
    url, token = served.url, agent(served)["token"]
    with Terminal(tmp_path, asked, AGENT_TUI_URL=url, AGENT_TUI_TOKEN=token) as terminal:
        await asyncio.to_thread(terminal.read_until, b"/metrics")
        await (await WireCustomer.arrive(served, "Liisa")).say("Hei")
        await asyncio.to_thread(terminal.read_until, b'"waiting_first": 1')
        address = re.search(rb"http://127.0.0.1:[0-9]+/metrics", terminal.shown)
        assert address is not None
        figures = await asyncio.to_thread(fetched, address[0].decode())
        assert re.search(
            r'agent_tui_queue_waiting{answer="first",queue="[^"]+",queue_id="[^"]+"} 1.0', figures
        )
        terminal.process.send_signal(signal.SIGINT)
        assert await asyncio.to_thread(terminal.end) == 0, terminal.shown[-2000:]


def fetched(address: str) -> str:
    with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310  the program's own address
        return str(answer.read(), "utf-8")


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (("--metrics", "0.0.0.0:9000"), "on this machine only"),
        (("--metrics", "99999"), "number of a port"),
        (("--every", "0"), "seconds from 1 on"),
    ],
)
def test_queues_refuses_what_it_cannot_do(asked: tuple[str, str], says: str, tmp_path: Path) -> None:
    outcome = run(tmp_path, "queues", *asked, AGENT_TUI_URL="http://127.0.0.1:1", AGENT_TUI_TOKEN="t")
    assert outcome.code == 2
    assert says in outcome.line


def test_a_wrong_token_is_not_allowed(served: EmbeddedDesk, tmp_path: Path) -> None:
    outcome = run(tmp_path, "queues", AGENT_TUI_URL=served.url, AGENT_TUI_TOKEN="wrong")
    assert outcome.code == 4
    assert "the server does not accept your sign-in" in outcome.line


def test_login_checks_the_token_and_saves_the_connection(served: EmbeddedDesk, tmp_path: Path) -> None:
    token = agent(served)["token"]
    arguments = ("login", served.url, "--token-stdin")
    outcome = run(tmp_path, *arguments, stdin=f"{token}\n", DBUS_SESSION_BUS_ADDRESS="disabled:")
    assert "Signed in at" in outcome.out
    settings = (tmp_path / "config/profiles/127.0.0.1.toml").read_text()
    assert tomllib.loads(settings)["connection"]["url"] == served.url
    assert token not in settings + outcome.out + outcome.err
    if outcome.code:  # no keyring on this machine: said, and the way out named
        assert "AGENT_TUI_TOKEN" in outcome.line


def test_login_with_a_token_nobody_has(served: EmbeddedDesk, tmp_path: Path) -> None:
    outcome = run(tmp_path, "login", served.url, "--token-stdin", stdin="wrong\n")
    assert outcome.code == 4
    assert not (tmp_path / "config").exists()


def test_login_asks_for_a_password(served: EmbeddedDesk, tmp_path: Path) -> None:
    who = agent(served)
    with Terminal(
        tmp_path, ["login", served.url], TERM="dumb", DBUS_SESSION_BUS_ADDRESS=NO_KEYRING
    ) as terminal:
        terminal.read_until(b"E-mail: ")
        terminal.press(f"{who['email']}\n".encode())
        terminal.read_until(b"Password: ")
        terminal.press(f"{who['password']}\n".encode())
        terminal.read_until(b"Signed in at")
        terminal.end()
        assert who["password"].encode() not in terminal.shown
    account = tomllib.loads((tmp_path / "config/profiles/127.0.0.1.toml").read_text())["connection"][
        "account"
    ]
    assert account == str(served.ready["account_id"])


def test_the_practice_desk_of_a_demo_ends_with_it(tmp_path: Path) -> None:
    with PracticeDesk(["--no-customers"], tmp_path / "practice.log", os.environ) as desk:
        ready = desk.ready()
        assert ready.url.startswith("http://127.0.0.1:")
        assert ready.token.sendable
    assert run(tmp_path, "queues", AGENT_TUI_URL=ready.url, AGENT_TUI_TOKEN="t").code == 3


def test_a_practice_desk_that_does_not_start_gives_its_reason(tmp_path: Path) -> None:
    refused = pytest.raises(PracticeFailed, match="there is no desk called 'nope'")
    with PracticeDesk(["--desk", "nope"], tmp_path / "practice.log", os.environ) as desk, refused as failure:
        desk.ready()
    assert failure.value.code == 2


async def test_chats_are_written_to_a_file_whose_place_is_printed(
    served: EmbeddedDesk, tmp_path: Path
) -> None:
    liisa = await WireCustomer.arrive(served, "Liisa")
    await liisa.say("Hei vain")
    asked = ("export", liisa.conversation, "--format=txt", f"--to={tmp_path}/out")
    outcome = run(tmp_path, *asked, **connected(served))
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith(f"{tmp_path}/out/")
    assert "    Hei vain\n" in Path(outcome.out.strip()).read_text()  # noqa: ASYNC240  nothing else runs here
    missing = run(tmp_path, "export", "999", **connected(served))
    assert (missing.code, missing.out) == (1, "")
    assert missing.line == "No file was written: it is no longer there (Resource could not be found)."


async def test_tags_reports_what_people_ask_about(served: EmbeddedDesk, tmp_path: Path) -> None:
    for name in ("Liisa", "Pekka"):
        await (await WireCustomer.arrive(served, name)).say("Hei")
    outcome = run(tmp_path, "tags", "--json", **connected(served))
    assert outcome.code == 0, outcome.err
    told = json.loads(outcome.out)
    assert (told["days"], told["whole"]) == (7, True)
    assert sum(row["conversations"] for row in told["tags"] if not row["tag"]) == 2
    as_csv = run(tmp_path, "tags", "--csv", "--days", "1", **connected(served)).out.splitlines()
    assert as_csv[0] == "day,queue,tag,conversations"
    assert "(no tag)" in run(tmp_path, "tags", **connected(served)).out
    assert run(tmp_path, "tags", "--days", "0", **connected(served)).code == 2
