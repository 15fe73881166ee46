"""``python -m practice``: the practice desk from the command line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from practice.bounds import MEGABYTE, Bounds
from practice.serve import Options, serve

SLOWEST, FASTEST = 0.1, 1000.0
MOST_ARRIVALS = 600.0
LAST_PORT = 65535


def _speed(text: str) -> float:
    speed = float(text)
    if not SLOWEST <= speed <= FASTEST:
        raise argparse.ArgumentTypeError(f"a speed is between {SLOWEST} and {FASTEST:.0f}")
    return speed


def _rate(text: str) -> float:
    rate = float(text)
    if not 0 < rate <= MOST_ARRIVALS:
        raise argparse.ArgumentTypeError(f"a rate is above 0 and at most {MOST_ARRIVALS:.0f} a minute")
    return rate


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= LAST_PORT:
        raise argparse.ArgumentTypeError(f"a port is between 0 and {LAST_PORT}")
    return port


def _count(text: str) -> int:
    count = int(text)
    if count < 1:
        raise argparse.ArgumentTypeError("this is a number from 1")
    return count


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="practice", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("serve", help="run a practice desk with invented customers")
    add = command.add_argument
    add("--desk", default="tax", metavar="NAME", help="which desk: a name, or a folder of TOML files")
    add("--host", default="127.0.0.1", help="address to listen on; this machine only, if not told otherwise")
    add("--port", type=_port, default=0, help="port to listen on; 0 takes a free one")
    add("--seed", type=int, help="a number that makes the run repeat exactly")
    add("--speed", type=_speed, default=1.0, help="how much faster than real time the desk runs")
    add("--rate", type=_rate, metavar="PER_MINUTE", help="arrivals per minute, in place of the pattern")
    add("--pattern", default="calm", help="how customers arrive: calm or rush")
    add("--db", type=Path, metavar="PATH", help="keep the desk in this file, and continue it next time")
    add("--no-customers", action="store_true", help="no invented customers; others may write through the API")
    add("--allow-remote", action="store_true", help="listen where other machines can reach it")
    add(
        "--message-limit",
        type=_count,
        default=Bounds().messages_per_minute,
        metavar="N",
        help="how many messages a minute one conversation takes",
    )
    add(
        "--upload-limit",
        type=_count,
        default=Bounds().upload_bytes // MEGABYTE,
        metavar="MB",
        help="how large the files of one message may be together",
    )
    add(
        "--rate-limits",
        action="store_true",
        help="limit calls as the real server does, from this machine too",
    )
    add("--stop-with-stdin", action="store_true", help="stop when standard input ends")
    return parser


def run(argv: Sequence[str]) -> int:
    """Run a command; returns the exit code: 0 done, 1 failed, 2 wrong usage."""
    try:
        given = _parser().parse_args(argv)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 2
    options = Options(
        desk=given.desk,
        host=given.host,
        port=given.port,
        seed=given.seed,
        speed=given.speed,
        rate=given.rate,
        pattern=given.pattern,
        db=given.db,
        customers=not given.no_customers,
        allow_remote=given.allow_remote,
        stop_with_stdin=given.stop_with_stdin,
        message_limit=given.message_limit,
        upload_limit=given.upload_limit,
        rate_limits=given.rate_limits,
    )
    return serve(options)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
