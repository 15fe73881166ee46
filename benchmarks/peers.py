"""Terminal chat programs beside ours: WeeChat over IRC, fed with the same texts at the same rate.

Servers listen on 127.0.0.1 only; all they write lies in a folder that goes with the run.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from benchmarks.desk_server import NICE
from benchmarks.figures import Figure, latencies
from benchmarks.flood import MOST_MESSAGES, SENTENCE
from benchmarks.keys import type_letters
from benchmarks.load import Refused
from benchmarks.rows_plain import keys_under
from benchmarks.terminal import Program, environment

ROOMS: Final = tuple(f"#chat{number}" for number in range(1, 8))
RATE: Final = 200
KEYS: Final = 60
SECONDS: Final = 40.0
"""A flood ends by itself after so long."""
READY_WITHIN: Final = 20.0
CONF: Final = """
[Global]
Name = irc.bench.test
Info = for measurements
AdminInfo1 = nobody
Listen = 127.0.0.1
Ports = {port}
MotdPhrase = welcome
[Limits]
MaxConnectionsIP = 0
MaxJoins = 20
MaxPenaltyTime = 0
[Options]
DNS = no
Ident = no
PAM = no
"""


def weechat() -> list[Figure]:
    """Letters into WeeChat while the same 200 texts a second arrive in seven rooms; then into ours."""
    program, server = shutil.which("weechat"), shutil.which("ngircd", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None or server is None:
        print("peer-weechat: left out, as weechat and ngircd are not both installed", file=sys.stderr)
        return []
    with tempfile.TemporaryDirectory() as home, _irc(server, Path(home)) as port:
        typed, theirs = _typed_into(program, Path(home), port)
    ours, bare, share, _ = keys_under(RATE)
    return [
        *latencies("peer-weechat", f"WeeChat: keys, {RATE} messages/s", typed, bare),
        *latencies("peer-weechat.ours", f"beside WeeChat: our keys, {RATE} messages/s", ours, bare),
        Figure("peer-weechat.cpu", f"WeeChat: processor, {RATE} messages/s", theirs, "%"),
        Figure("peer-weechat.ours.cpu", f"beside WeeChat: our processor, {RATE} messages/s", share, "%"),
        Figure("peer-weechat.beside", "our processor beside WeeChat's", share / theirs, "times"),
    ]


def _typed_into(program: str, home: Path, port: int) -> tuple[list[float], float]:
    """Milliseconds of each letter, and percent of a core meanwhile."""
    setup = [
        f"/server add bench 127.0.0.1/{port} -notls -nicks=agent",
        f"/set irc.server.bench.autojoin {','.join(ROOMS)}",
        "/set irc.server_default.anti_flood_prio_high 0",
        "/connect bench",
    ]
    command = [program, "--dir", str(home / "weechat")]
    for line in setup:
        command += ["--run-command", line]
    with Program(command, environment(), folder=home) as running:
        running.wait_for(ROOMS[-1], seconds=READY_WITHIN)
        running.watch(1.0)
        with _talk(port):
            running.wait_for("from the flood", seconds=READY_WITHIN)
            running.watch(1.0)
            before, began = running.cpu(), time.perf_counter()
            typed = type_letters(running, KEYS, 1)
            share = 100 * (running.cpu() - before) / (time.perf_counter() - began)
    return typed, share


@contextmanager
def _irc(server: str, home: Path) -> Iterator[int]:
    """An IRC server on a free port, ended with the ``with``."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    conf = home / "ngircd.conf"
    conf.write_text(CONF.format(port=port))
    home.chmod(0o755)  # the server may give up its rights before it reads
    log = (home / "ngircd.log").open("wb")
    running = subprocess.Popen([server, "-n", "-f", str(conf)], stdout=log, stderr=log)
    try:
        _wait_for(port)
        yield port
    finally:
        running.terminate()
        running.wait()
        log.close()


def _wait_for(port: int) -> None:
    until = time.monotonic() + READY_WITHIN
    while True:
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        if time.monotonic() > until:
            raise Refused("the IRC server does not answer")
        time.sleep(0.05)


@contextmanager
def _talk(port: int) -> Iterator[None]:
    """Seven customers talk in seven rooms while the ``with`` lasts, in a process of their own."""
    process = subprocess.Popen([sys.executable, "-m", "benchmarks.peers", str(port)], stdin=subprocess.PIPE)
    try:
        yield
    finally:
        process.communicate()  # its stdin ends, and so does it
    if process.returncode:
        raise Refused("the customers could not talk over IRC")


async def _pour(port: int, stopped: threading.Event) -> None:
    talking = [asyncio.create_task(_customer(port, number, stopped)) for number in range(len(ROOMS))]
    await asyncio.gather(*talking)


async def _customer(port: int, number: int, stopped: threading.Event) -> None:
    """Say every seventh text of the flood in the own room, each at its time."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"NICK guest{number}\r\nUSER guest 0 * :Guest\r\n".encode())
    await asyncio.wait_for(reader.readuntil(b" 001 "), READY_WITHIN)
    hearing = asyncio.create_task(_hear(reader, writer))
    writer.write(f"JOIN {ROOMS[number]}\r\n".encode())
    began = time.perf_counter()
    for text in range(number, min(MOST_MESSAGES, int(RATE * SECONDS)), len(ROOMS)):
        await asyncio.sleep(max(0.0, began + text / RATE - time.perf_counter()))
        if stopped.is_set():
            break
        writer.write(f"PRIVMSG {ROOMS[number]} :{SENTENCE.format(number=text)}\r\n".encode())
        await writer.drain()
    hearing.cancel()
    writer.close()


async def _hear(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Whoever does not answer a ping is put out."""
    while line := await reader.readline():
        if line.startswith(b"PING"):
            writer.write(line.replace(b"PING", b"PONG", 1))


def _stop_with_stdin(stopped: threading.Event) -> None:
    sys.stdin.read()
    stopped.set()


def main() -> None:
    """Talk over the IRC server whose port is given, until stdin ends."""
    os.nice(NICE)
    stopped = threading.Event()
    threading.Thread(target=_stop_with_stdin, args=(stopped,), daemon=True).start()
    asyncio.run(_pour(int(sys.argv[1]), stopped))


if __name__ == "__main__":
    main()
