"""``practice serve``: a desk with its customers, as a process of its own."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import json
import logging
import os
import secrets
import signal
import socket
import sqlite3
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from practice.bounds import MEGABYTE, Bounds
from practice.clock import RunningClock
from practice.customers.simulation import Simulation
from practice.desk import Desk
from practice.scenario.loader import ScenarioError, load
from practice.scenario.model import Scenario
from practice.serving import DeskServer, listening_socket, url_of
from practice.store.database import Database, NotADesk

OK, FAILED, WRONG_USAGE = 0, 1, 2
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)

log = logging.getLogger("practice")


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for on the command line.

    ``rate`` is arrivals per minute, overriding the pattern; ``upload_limit`` is in megabytes.
    """

    desk: str = "tax"
    host: str = "127.0.0.1"
    port: int = 0
    seed: int | None = None
    speed: float = 1.0
    rate: float | None = None
    pattern: str = "calm"
    db: Path | None = None
    customers: bool = True
    allow_remote: bool = False
    stop_with_stdin: bool = False
    message_limit: int = Bounds().messages_per_minute
    upload_limit: int = Bounds().upload_bytes // MEGABYTE
    rate_limits: bool = False


class Refusal(Exception):
    """Why the desk does not start, in one line; ``code`` is the exit code."""

    def __init__(self, reason: str, code: int) -> None:
        super().__init__(reason)
        self.code = code


def serve(options: Options) -> int:
    """Run a desk until it is told to stop; returns the exit code and says on stderr what went wrong."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(message)s")
    log.setLevel(logging.INFO)
    try:
        return asyncio.run(_serve(options))
    except Refusal as refusal:
        sys.stderr.write(f"{refusal}\n")
        return refusal.code


async def _serve(options: Options) -> int:
    _check_host(options)
    scenario = _scenario(options)
    _check_pattern(options, scenario)
    desk = _desk(options, scenario)
    with contextlib.closing(desk):
        bound = _bound(options)
        with contextlib.closing(bound):
            return await _run(options, scenario, desk, bound, url_of(options.host, bound))


def _check_host(options: Options) -> None:
    """Refuse to be reachable from other machines unless that is wanted by name."""
    if options.allow_remote or options.host == "localhost":
        return
    with contextlib.suppress(ValueError):
        if ipaddress.ip_address(options.host).is_loopback:
            return
    reason = (
        f"{options.host} can be reached from other machines. The practice desk stays on this one;"
        " add --allow-remote if others shall reach it."
    )
    raise Refusal(reason, WRONG_USAGE)


def _scenario(options: Options) -> Scenario:
    try:
        return load(options.desk)
    except ScenarioError as error:
        raise Refusal(str(error), WRONG_USAGE) from error


def _check_pattern(options: Options, scenario: Scenario) -> None:
    known = [pattern.key for pattern in scenario.patterns]
    if options.pattern not in known:
        reason = f"The desk has no arrival pattern {options.pattern!r}; it has {', '.join(known)}."
        raise Refusal(reason, WRONG_USAGE)


def _desk(options: Options, scenario: Scenario) -> Desk:
    try:
        database = Database(str(options.db) if options.db else ":memory:")
    except (NotADesk, sqlite3.Error) as error:
        raise Refusal(f"The database does not open: {error}", FAILED) from error
    latest = database.values("SELECT max(updated_at) FROM conversations")[0] or 0.0
    clock = RunningClock(max(time.time(), latest), options.speed)
    bounds = Bounds(messages_per_minute=options.message_limit, upload_bytes=options.upload_limit * MEGABYTE)
    return Desk(scenario, clock, database=database, seed_number=options.seed, bounds=bounds)


def _bound(options: Options) -> socket.socket:
    try:
        return listening_socket(options.host, options.port)
    except OSError as error:
        reason = f"Cannot listen on {options.host} port {options.port}: {error.strerror or error}."
        raise Refusal(reason, FAILED) from error


async def _run(options: Options, scenario: Scenario, desk: Desk, bound: socket.socket, url: str) -> int:
    desk.url = url

    def started() -> None:
        sys.stdout.write(json.dumps(desk.ready(url), ensure_ascii=False) + "\n")
        sys.stdout.flush()
        log.info("The practice desk %r listens on %s", options.desk, url)

    server = DeskServer(desk, on_started=started, throttle_local=options.rate_limits)
    with _stopping(server, watch_stdin=options.stop_with_stdin):
        customers = asyncio.create_task(_customers(options, scenario, desk)) if options.customers else None
        await server.serve(sockets=[bound])
        if customers is not None:
            customers.cancel()
            await asyncio.gather(customers, return_exceptions=True)
    log.info("The practice desk has stopped")
    return OK


async def _customers(options: Options, scenario: Scenario, desk: Desk) -> None:
    seed = secrets.randbelow(2**31) if options.seed is None else options.seed
    simulation = Simulation(desk, scenario, seed=seed, pattern=options.pattern, rate=options.rate)
    try:
        await simulation.run()
    except Exception:
        log.exception("The customers stopped coming")


@contextlib.contextmanager
def _stopping(server: DeskServer, *, watch_stdin: bool) -> Iterator[None]:
    """Stop the server on SIGINT and SIGTERM, and when stdin ends if that is wanted."""
    loop = asyncio.get_running_loop()

    def stop(*_: object) -> None:
        with contextlib.suppress(RuntimeError):  # the loop may be closed already
            loop.call_soon_threadsafe(server.stop)

    before = {number: signal.signal(number, stop) for number in STOP_SIGNALS}
    if watch_stdin:
        threading.Thread(target=_wait_for_stdin, args=(stop,), daemon=True).start()
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _wait_for_stdin(stop: Callable[[], None]) -> None:
    while os.read(sys.stdin.fileno(), 4096):
        pass
    stop()
