"""poezio and profanity over XMPP: prosody with a room for each customer, and what the two need to come in."""

from __future__ import annotations

import json
import os
import pwd
import secrets
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks.figures import Figure
from benchmarks.peer_customers import AGENT, READY_WITHIN, ROOMS, Server
from benchmarks.peers import Typed, beside, customers, free_port, installed, serving, typed_under
from benchmarks.terminal import Program, environment
from benchmarks.xmpp_customers import ADDRESSES, GUESTS, HOST, ROOMS_HOST

NEXT_TAB: Final = "\x0e"
PROSODY: Final = """
data_path = {data}
log = {{ warn = {log} }}
pidfile = {pidfile}
run_as_root = true
interfaces = {{ "127.0.0.1" }}
c2s_ports = {{ {port} }}
modules_enabled = {{ "saslauth", "roster", "disco", "ping" }}
modules_disabled = {{ "s2s", "s2s_auth_certs", "offline", "tls" }}
authentication = "internal_plain"
c2s_require_encryption = false
allow_unencrypted_plain_auth = true
VirtualHost "{host}"
Component "{rooms}" "muc"
    muc_room_locking = false
"""
POEZIO: Final = """
[Poezio]
jid = {agent}@{host}
password = {password}
custom_host = 127.0.0.1
custom_port = {port}
force_encryption = false
default_nick = {agent}
rooms = {rooms}
"""
PROFANITY: Final = """
[{agent}]
enabled=true
jid={agent}@{host}
password={password}
server=127.0.0.1
port={port}
tls.policy=disable
muc.service={rooms}
muc.nick={agent}
"""
NO_LOOKING_FOR_NEWS: Final = "[ui]\nvercheck=false\n"


def poezio() -> list[Figure]:
    """Letters into poezio while the same 200 texts a second arrive in seven rooms, and into ours in turn."""
    return _row("peer-poezio", "poezio", _into_poezio)


def profanity() -> list[Figure]:
    """The same into profanity."""
    return _row("peer-profanity", "profanity", _into_profanity)


def _row(row: str, name: str, typed_into: Callable[[str, Path, Server], Typed]) -> list[Figure]:
    found = installed(row, name, "prosody")
    if found is None:
        return []
    return beside(row, name, partial(_round, typed_into, *found))


def _round(typed_into: Callable[[str, Path, Server], Typed], program: str, server: str) -> Typed:
    with (
        tempfile.TemporaryDirectory() as house,
        tempfile.TemporaryDirectory() as home,
        _xmpp(server, Path(house)) as xmpp,
    ):
        return typed_into(program, Path(home), xmpp)


@contextmanager
def _xmpp(server: str, house: Path) -> Iterator[Server]:
    """An XMPP server on a free port with everybody's accounts, ended with the ``with``."""
    xmpp = Server(free_port(), secrets.token_hex(16))
    conf = house / "prosody.cfg.lua"
    conf.write_text(prosody_conf(house, xmpp))
    accounts = house / HOST / "accounts"
    accounts.mkdir(parents=True)
    for name in (AGENT, *GUESTS):
        (accounts / f"{name}.dat").write_text(f'return {{ ["password"] = "{xmpp.password}" }};\n')
    with serving([server, "-F", "--config", str(conf)], xmpp.port, house / "said.log"):
        yield xmpp


def prosody_conf(house: Path, xmpp: Server) -> str:
    """A server for this machine only: no other servers, no encryption, rooms for whoever asks."""
    data, log, pidfile = (
        json.dumps(str(path), ensure_ascii=False)
        for path in (house, house / "prosody.log", house / "prosody.pid")
    )
    return PROSODY.format(data=data, log=log, pidfile=pidfile, port=xmpp.port, host=HOST, rooms=ROOMS_HOST)


def poezio_conf(xmpp: Server) -> str:
    """The account, and the rooms it goes into by itself."""
    rooms = ":".join(f"{address}/{AGENT}" for address in ADDRESSES)
    return POEZIO.format(agent=AGENT, host=HOST, password=xmpp.password, port=xmpp.port, rooms=rooms)


def profanity_conf(xmpp: Server) -> str:
    """The account; rooms are gone into by keys."""
    return PROFANITY.format(agent=AGENT, host=HOST, password=xmpp.password, port=xmpp.port, rooms=ROOMS_HOST)


def poezio_at(program: str, home: Path, xmpp: Server) -> list[str]:
    """How to start it in a home in which its account stands."""
    conf = home / "poezio.cfg"
    conf.write_text(poezio_conf(xmpp))
    return [*_as_nobody(home), program, "-f", str(conf)]


def _as_nobody(home: Path) -> list[str]:
    """What to put before a command that refuses to run as root, if we do. The home becomes nobody's."""
    if os.geteuid() != 0:
        return []
    nobody = pwd.getpwnam("nobody")
    for path in (home, *home.iterdir()):
        os.chown(path, nobody.pw_uid, nobody.pw_gid)
    return ["setpriv", f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups"]


def profanity_at(program: str, home: Path, xmpp: Server) -> list[str]:
    """How to start it in a home in which its account stands."""
    for place, text in (
        (".local/share/profanity/accounts", profanity_conf(xmpp)),
        (".config/profanity/profrc", NO_LOOKING_FOR_NEWS),
    ):
        path = home / place
        path.parent.mkdir(parents=True)
        path.write_text(text)
    return [program, "-a", AGENT]


def _into_poezio(program: str, home: Path, xmpp: Server) -> Typed:
    with Program(poezio_at(program, home, xmpp), _at_home(home), folder=home) as running:
        running.wait_for("Authentication success", ROOMS[-1], seconds=READY_WITHIN)
        running.write(NEXT_TAB)
        return typed_under(customers("benchmarks.xmpp_customers", xmpp), running)


def _into_profanity(program: str, home: Path, xmpp: Server) -> Typed:
    with Program(profanity_at(program, home, xmpp), _at_home(home), folder=home) as running:
        running.wait_for("logged in successfully", seconds=READY_WITHIN)
        for address in ADDRESSES:
            running.write(f"/join {address}\r")
        return typed_under(customers("benchmarks.xmpp_customers", xmpp), running)


def _at_home(home: Path) -> dict[str, str]:
    """A terminal's environment in which a program keeps its files here."""
    given = environment(HOME=str(home))
    return {name: value for name, value in given.items() if not name.startswith("XDG_")}
