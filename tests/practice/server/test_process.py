"""The desk as a process: ready line, stopping, refusing, and surviving a kill."""

from __future__ import annotations

import json
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest

from practice.__main__ import run

DESK = """
[organisation]
name = "Kite Hats"
languages = ["en"]
help_centre = "https://help.kite.example"

[[queues]]
key = "hats"
name = "Hats"

[[agents]]
key = "mara"
name = "Mara Lindqvist"
email = "mara@kite.example"

[[patterns]]
key = "calm"
[[patterns.phases]]
minutes = 10
per_minute = 1

[[personas]]
key = "olle"
name = "Olle"
language = "en"
queue = "hats"
opening = [["Hello"]]
thanks = [["Thank you"]]
"""

PATIENCE = 30.0


class Process:
    """A running ``practice serve``; ``ready`` is its ready line."""

    def __init__(self, *options: str) -> None:
        command = [sys.executable, "-m", "practice", "serve", *options]
        self.popen = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert self.popen.stdout is not None
        self.ready: dict[str, Any] = json.loads(self.popen.stdout.readline())
        self.headers = {"api_access_token": self.ready["agents"][0]["token"]}
        self.public = f"{self.ready['url']}/public/api/v1/inboxes/{self.ready['inboxes'][0]['identifier']}"

    def end(self) -> tuple[int, str]:
        """Exit code and what was said on stderr."""
        _, said = self.popen.communicate(timeout=PATIENCE)
        return self.popen.returncode, said


Start = Callable[..., Process]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    folder = tmp_path / "desk"
    folder.mkdir()
    (folder / "desk.toml").write_text(DESK, encoding="utf-8")
    return folder


@pytest.fixture
def start(desk: Path) -> Iterator[Start]:
    started: list[Process] = []

    def begin(*options: str) -> Process:
        started.append(Process("--desk", str(desk), "--no-customers", *options))
        return started[-1]

    yield begin
    for process in started:
        process.popen.kill()
        process.popen.communicate(timeout=PATIENCE)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_it_cleanly(start: Start, number: signal.Signals) -> None:
    process = start()
    process.popen.send_signal(number)
    code, said = process.end()
    assert code == 0
    assert len(said.splitlines()) == 2
    assert process.ready["url"] in said.splitlines()[0]


def test_the_ready_line_tells_how_to_get_in(start: Start) -> None:
    ready = start("--seed", "1").ready
    assert set(ready) == {"url", "account_id", "agents", "inboxes"}
    [agent] = ready["agents"]
    assert set(agent) == {"name", "email", "password", "token", "role"}
    assert set(ready["inboxes"][0]) == {"id", "name", "identifier"}
    body = {"email": agent["email"], "password": agent["password"]}
    answer = httpx.post(f"{ready['url']}/auth/sign_in", json=body)
    assert answer.json()["data"]["access_token"] == agent["token"]
    assert start("--seed", "1").ready["agents"] == ready["agents"]
    assert start().ready["agents"] != ready["agents"]


def test_a_load_run_sets_its_own_limit_on_messages(start: Start) -> None:
    process = start("--message-limit", "3")
    source = httpx.post(f"{process.public}/contacts").json()["source_id"]
    talks = f"{process.public}/contacts/{source}/conversations"
    path = f"{talks}/{httpx.post(talks).json()['id']}/messages"
    answers = [httpx.post(path, json={"content": f"line {line}"}).status_code for line in range(4)]
    assert answers == [200, 200, 200, 422]


def test_it_stops_when_standard_input_ends_if_told_so(start: Start) -> None:
    process = start("--stop-with-stdin")
    assert process.end()[0] == 0


def test_it_lets_customers_in_unless_told_otherwise(desk: Path) -> None:
    process = Process("--desk", str(desk), "--speed", "100", "--rate", "60", "--stop-with-stdin")
    path = f"{process.ready['url']}/api/v1/accounts/1/conversations?status=all"
    deadline = time.monotonic() + PATIENCE
    with httpx.Client(headers=process.headers) as client:
        while not client.get(path).json()["data"]["meta"]["all_count"]:
            assert time.monotonic() < deadline, "nobody came"
    assert process.end()[0] == 0


def test_a_kill_leaves_a_sound_database_that_is_continued(start: Start, tmp_path: Path) -> None:
    path = tmp_path / "kept.sqlite"
    process = start("--db", str(path), "--seed", "3")
    source = httpx.post(f"{process.public}/contacts", json={"name": "Olle"}).json()["source_id"]
    talks = f"{process.public}/contacts/{source}/conversations"
    number = httpx.post(talks).json()["id"]
    for line in range(20):
        httpx.post(f"{talks}/{number}/messages", json={"content": f"line {line}"})
    process.popen.kill()
    process.end()
    with closing(sqlite3.connect(path)) as kept:
        assert kept.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    again = start("--db", str(path), "--seed", "3")
    assert again.ready["agents"] == process.ready["agents"]
    talks = f"{again.public}/contacts/{source}/conversations/{number}"
    assert len(httpx.get(talks).json()["messages"]) == 20
    assert httpx.post(f"{again.public}/contacts", json={"name": "New"}).json()["source_id"] != source


def test_a_port_in_use_is_told_in_one_line(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        assert run(["serve", "--desk", str(desk), "--port", str(port)]) == 1
    assert f"port {port}" in one_line(capsys)


def test_other_machines_are_kept_out_unless_told_so(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["serve", "--desk", str(desk), "--host", "0.0.0.0"]) == 2  # noqa: S104  it is refused
    assert "--allow-remote" in one_line(capsys)


def test_an_unknown_desk_is_told_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["serve", "--desk", "nowhere"]) == 2
    assert "nowhere" in one_line(capsys)


def test_a_broken_desk_is_told_by_file_and_line(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "extra.toml").write_text("[[tags]]\ntitle = 7\n", encoding="utf-8")
    assert run(["serve", "--desk", str(desk)]) == 2
    assert "extra.toml:" in one_line(capsys)


def test_an_unknown_pattern_names_those_there_are(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["serve", "--desk", str(desk), "--pattern", "storm"]) == 2
    assert "calm" in one_line(capsys)


@pytest.mark.parametrize("content", [b"no database at all, but long enough to look like one" * 40, None])
def test_a_file_that_is_no_desk_is_left_alone(
    desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None
) -> None:
    path = tmp_path / "other"
    if content is None:
        with closing(sqlite3.connect(path)) as other:
            other.execute("CREATE TABLE recipes (name TEXT)")
    else:
        path.write_bytes(content)
    before = path.read_bytes()
    assert run(["serve", "--desk", str(desk), "--db", str(path)]) == 1
    assert "other" in one_line(capsys)
    assert path.read_bytes() == before


def test_a_desk_of_another_version_is_left_alone(
    desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "older"
    with closing(sqlite3.connect(path)) as older:
        older.execute("PRAGMA user_version = 1")
        older.execute("CREATE TABLE account (id INTEGER)")
    assert run(["serve", "--desk", str(desk), "--db", str(path)]) == 1
    assert "another version" in one_line(capsys)


@pytest.mark.parametrize(
    "options",
    [
        ["--speed", "0"],
        ["--rate", "9999"],
        ["--port", "70000"],
        ["--message-limit", "0"],
        ["--upload-limit", "x"],
        ["--fast"],
    ],
)
def test_wrong_options_are_refused(options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["serve", *options]) == 2
    assert "usage:" in capsys.readouterr().err


def one_line(capsys: pytest.CaptureFixture[str]) -> str:
    said = capsys.readouterr()
    assert said.out == ""
    [line] = said.err.splitlines()
    return line
