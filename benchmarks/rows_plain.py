"""Rows that need no more than the two programs: start, quit, idle, keys."""

from __future__ import annotations

import statistics
import time
from collections import defaultdict
from contextlib import nullcontext
from typing import Final

from benchmarks import hello
from benchmarks.figures import Figure, in_turn, latencies
from benchmarks.keys import type_letters
from benchmarks.load import flood
from benchmarks.stage import CHAT_TEXT, FIRST_TEXT, QUIT, Stage, stage, start_hello
from benchmarks.terminal import Program

STARTS: Final = 5
ROUNDS: Final = 3
KEYS: Final = 60
IDLE: Final = 7.0
"""Seconds of one look at an idle program."""

Series = dict[str, list[float]]


def start() -> list[Figure]:
    """From ``exec`` to the first screen, and to the customers on it."""
    found: Series = defaultdict(list)
    with stage() as on:
        for _, who in in_turn("hello", "ours", STARTS):
            if who == "hello":
                with start_hello() as program:
                    found["hello"].append(_since_start(program, hello.READY))
            else:
                _watch_start(on, found)
    bare = statistics.median(found["hello"])
    first, full = statistics.median(found["first"]), statistics.median(found["customers"])
    return [
        Figure("start.ready", "start: first screen", first, "ms", bare),
        Figure("start.customers", "start: chats and customers on it", full, "ms", bare),
    ]


def _watch_start(on: Stage, found: Series) -> None:
    with on.start() as program:
        found["first"].append(_since_start(program, FIRST_TEXT))
        found["customers"].append(_since_start(program, CHAT_TEXT, on.count))


def _since_start(program: Program, *texts: str) -> float:
    return (program.wait_for(*texts) - program.begun) * 1000


def leave() -> list[Figure]:
    """From the key to the end of the process."""
    found: Series = defaultdict(list)
    with stage() as on:
        for _ in range(ROUNDS):
            for who, ready in on.programs():
                with ready as program:
                    found[who].append(program.leave(QUIT))
    ours, bare = statistics.median(found["ours"]), statistics.median(found["hello"])
    return [Figure("quit.time", "quit", ours, "ms", bare)]


def idle() -> list[Figure]:
    """Nobody writes, nobody types; only the customers' clocks go on."""
    cpu: Series = defaultdict(list)
    output: Series = defaultdict(list)
    with stage() as on:
        for _ in range(ROUNDS - 1):
            for who, ready in on.programs():
                with ready as program:
                    program.watch(1.0)
                    share, rate = _resources(program, IDLE)
                    cpu[who].append(share)
                    output[who].append(rate)
    mean = statistics.fmean
    return [
        Figure("idle.cpu", "idle: processor", mean(cpu["ours"]), "%", mean(cpu["hello"])),
        Figure("idle.output", "idle: output", mean(output["ours"]), "KB/s", mean(output["hello"])),
    ]


def _resources(program: Program, seconds: float) -> tuple[float, float]:
    """Percent of a core and kilobytes of output a second, over so long."""
    cpu, output, began = program.cpu(), program.bytes_out, time.perf_counter()
    program.watch(seconds)
    took = time.perf_counter() - began
    return 100 * (program.cpu() - cpu) / took, (program.bytes_out - output) / 1000 / took


def keys_idle() -> list[Figure]:
    """Letters into a desk where nothing else happens."""
    ours, bare, _, _ = keys_under(0)
    return latencies("keys-idle", "keys, idle", ours, bare)


def keys_50() -> list[Figure]:
    """Letters while 50 messages a second arrive."""
    return _keys_under_load(50)


def keys_200() -> list[Figure]:
    """Letters while 200 messages a second arrive."""
    return _keys_under_load(200)


def _keys_under_load(rate: int) -> list[Figure]:
    ours, bare, cpu, output = keys_under(rate)
    key = f"keys-{rate}"
    return [
        *latencies(key, f"keys, {rate} messages/s", ours, bare),
        Figure(f"{key}.cpu", f"processor, {rate} messages/s", cpu, "%"),
        Figure(f"{key}.output", f"output, {rate} messages/s", output, "KB/s"),
    ]


def keys_under(rate: int, rounds: int = ROUNDS) -> tuple[list[float], list[float], float, float]:
    """Our milliseconds, hello's without any load, our share of a core, our output in KB/s."""
    found: Series = defaultdict(list)
    shares: list[float] = []
    rates: list[float] = []
    with stage() as on:
        for number in range(rounds):
            for who, ready in on.programs():
                load = flood(on.desk, on.chats, rate, 20.0) if rate and who == "ours" else nullcontext()
                with ready as program, load:
                    program.watch(1.0)
                    cpu, output, began = program.cpu(), program.bytes_out, time.perf_counter()
                    found[who] += type_letters(program, KEYS, number)
                    took = time.perf_counter() - began
                    if who == "ours":
                        shares.append(100 * (program.cpu() - cpu) / took)
                        rates.append((program.bytes_out - output) / 1000 / took)
    return found["ours"], found["hello"], statistics.fmean(shares), statistics.fmean(rates)
