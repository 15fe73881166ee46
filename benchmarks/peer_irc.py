"""WeeChat over IRC: ngircd, and customers who talk there when this module is run."""

from __future__ import annotations

import asyncio
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks.figures import Figure
from benchmarks.load import Refused
from benchmarks.peer_customers import AGENT, READY_WITHIN, ROOMS, Server, in_time, talk
from benchmarks.peers import Typed, beside, customers, free_port, installed, serving, typed_under
from benchmarks.terminal import Program, environment

CHANNELS: Final = tuple(f"#{room}" for room in ROOMS)
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
    """Letters into WeeChat while the same 200 texts a second arrive in seven rooms, and into ours in turn."""
    found = installed("peer-weechat", "weechat", "ngircd")
    if found is None:
        return []
    return beside("peer-weechat", "WeeChat", partial(_round, *found))


def _round(program: str, server: str) -> Typed:
    with tempfile.TemporaryDirectory() as home, _irc(server, Path(home)) as irc:
        return _typed_into(program, Path(home), irc)


def _typed_into(program: str, home: Path, irc: Server) -> Typed:
    setup = [
        f"/server add bench 127.0.0.1/{irc.port} -notls -nicks={AGENT}",
        f"/set irc.server.bench.autojoin {','.join(CHANNELS)}",
        "/set irc.server_default.anti_flood_prio_high 0",
        "/connect bench",
    ]
    command = [program, "--dir", str(home / "weechat")]
    for line in setup:
        command += ["--run-command", line]
    with Program(command, environment(), folder=home) as running:
        running.wait_for(CHANNELS[-1], seconds=READY_WITHIN)
        running.watch(1.0)
        return typed_under(customers("benchmarks.peer_irc", irc), running)


@contextmanager
def _irc(server: str, home: Path) -> Iterator[Server]:
    """An IRC server on a free port, ended with the ``with``."""
    port = free_port()
    conf = home / "ngircd.conf"
    conf.write_text(CONF.format(port=port))
    home.chmod(0o755)  # the server may give up its rights before it reads
    with serving([server, "-n", "-f", str(conf)], port, home / "ngircd.log"):
        yield Server(port)


async def _pour(irc: Server, stopped: threading.Event) -> None:
    await asyncio.gather(*(_customer(irc, number, stopped) for number in range(len(CHANNELS))))


async def _customer(irc: Server, number: int, stopped: threading.Event) -> None:
    """Say every seventh text of the flood in the own room, each at its time, if the agent is there."""
    reader, writer = await asyncio.open_connection("127.0.0.1", irc.port)
    writer.write(f"NICK guest{number}\r\nUSER guest 0 * :Guest\r\nJOIN {CHANNELS[number]}\r\n".encode())
    names = await asyncio.wait_for(reader.readuntil(b" 366 "), READY_WITHIN)
    if AGENT.encode() not in names.rpartition(b" 353 ")[2]:
        raise Refused(f"nobody is there in {CHANNELS[number]}")
    hearing = asyncio.create_task(_hear(reader, writer))
    async for text in in_time(number, stopped):
        writer.write(f"PRIVMSG {CHANNELS[number]} :{text}\r\n".encode())
        await writer.drain()
    hearing.cancel()
    writer.close()


async def _hear(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Whoever does not answer a ping is put out."""
    while line := await reader.readline():
        if line.startswith(b"PING"):
            writer.write(line.replace(b"PING", b"PONG", 1))


if __name__ == "__main__":
    talk(_pour)
