"""Rows of harder days: a terminal that stops, a slow link, a burst, many tabs, long chats."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Final

from benchmarks.figures import Figure, latencies, percentile
from benchmarks.keys import type_letters
from benchmarks.load import Chat, PracticeDesk, flood
from benchmarks.stage import Stage, hello_ready, stage
from benchmarks.terminal import Program

STALL: Final = 5.0
PROBE_EVERY: Final = 0.5
"""Seconds between two replies of an agent whose terminal nobody reads: part of what is measured."""
SLOW: Final = 64 * 1024.0
"""Bytes per second."""
MIDDLE: Final = 7_000
LONG: Final = 35_000
TOLD_A_SECOND: Final = 2_000
BURST: Final = 5_000
NEXT_TAB: Final = "\x1b[6;5~"
# One letter a chat, in no text of the practice desk.
TAB_LETTERS: Final = "ԱԲԳԴԵԶԷԸԹԺԻԼԽԾԿՀՁՂՃՄՅՆՇՈՉՊՋՌՍՎՏՐՑՒՓՔՕՖაბგდევზთიკლმნოპჟრსტუფქღყშჩ"


def stall() -> list[Figure]:
    """Nobody reads the terminal for five seconds; the agent's replies leave all the same."""
    with stage() as on, on.workstation() as program:
        chat, _ = _reply(on.desk, on.chats, program, "before", program.watch)
        usual = max(_reply(on.desk, [chat], program, f"usual {n}", program.watch)[1] for n in range(3))
        opened = on.desk.cables()
        with flood(on.desk, on.chats, 50, 4 * STALL):
            lags = _replies_in_the_dark(on.desk, chat, program)
        lost = max(now - then for now, then in zip(on.desk.cables(), opened, strict=True))
        backlog, settled = _catch_up(program)
    return [
        Figure("stall.answer", "terminal stalled 5 s: slowest reply to reach the desk", max(lags), "ms"),
        Figure("stall.usual", "the same with a terminal that reads", usual, "ms"),
        Figure("stall.lost", "terminal stalled 5 s: connections lost", lost, ""),
        Figure("stall.backlog", "terminal stalled 5 s: written when it reads again", backlog, "KB"),
        Figure("stall.fresh", "terminal stalled 5 s: until it is still again", settled, "ms"),
    ]


def _reply(
    desk: PracticeDesk,
    chats: Sequence[Chat],
    program: Program,
    text: str,
    meanwhile: Callable[[float], None],
) -> tuple[Chat, float]:
    """Send a reply; the chat that it came to, and milliseconds from Enter until the desk had it."""
    program.write(text)
    meanwhile(0.1)  # an Enter right behind the text would be part of a paste
    began = time.perf_counter()
    program.write("\r")
    while (took := time.perf_counter() - began) < STALL:
        for chat in chats:
            if text in desk.heard(chat):
                return chat, took * 1000
        meanwhile(0.002)
    return chats[0], STALL * 1000


def _replies_in_the_dark(desk: PracticeDesk, chat: Chat, program: Program) -> list[float]:
    began = time.perf_counter()
    lags: list[float] = []
    while time.perf_counter() - began < STALL:
        lags.append(_reply(desk, [chat], program, f"unseen {len(lags)}", time.sleep)[1])
        time.sleep(PROBE_EVERY)
    return lags


def _catch_up(program: Program) -> tuple[float, float]:
    """Read again: kilobytes until it is still, beyond what the terminal's queue held, and milliseconds."""
    held, before = program.unread(), program.bytes_out
    began = time.perf_counter()
    program.rest(quiet=0.2, seconds=3.0)
    took = (program.frames[-1][0] - began) * 1000 if program.bytes_out > before else 0.0
    return max(0, program.bytes_out - before - held) / 1000, took


def slow() -> list[Figure]:
    """The terminal takes 64 KB a second while 200 messages a second arrive."""
    with hello_ready() as program:
        program.link.rate = SLOW
        bare = type_letters(program, 40, 1)
    with stage() as on, on.workstation() as program:
        program.link.rate = SLOW
        with flood(on.desk, on.chats, 200, 40.0):
            program.watch(1.5)
            ours = type_letters(program, 60, 1)
    return latencies("slow", "keys over 64 KB/s, 200 messages/s", ours, bare)


def memory() -> list[Figure]:
    """Seven chats grow to 5,000 messages each, all of them told over the wire."""
    with hello_ready() as program:
        bare = program.pss()
    with stage() as on, on.workstation() as program:
        fresh = program.pss()
        middle = _pss_after(on, program, MIDDLE)
        full = _pss_after(on, program, LONG - MIDDLE)
        opened, _ = on.desk.cables()
    growth = (full - middle) * 1024 / (LONG - MIDDLE)
    return [
        Figure("memory.start", "memory: 7 chats, just opened", fresh, "MiB", bare),
        Figure("memory.pss", "memory: 7 chats of 5,000 messages", full, "MiB", bare),
        Figure("memory.message", "memory: each further message", growth, "KiB"),
        Figure("memory.reconnects", "memory: connections lost meanwhile", opened - 1, ""),
    ]


def _pss_after(on: Stage, program: Program, count: int) -> float:
    on.desk.start_burst(on.chats, count, count / TOLD_A_SECOND)
    program.watch(count / TOLD_A_SECOND)
    on.desk.end_burst()
    program.watch(2.0)
    return program.pss()


def tabs_7() -> list[Figure]:
    """From one chat to the next, seven of them."""
    return _tabs(7)


def tabs_50() -> list[Figure]:
    """From one chat to the next, fifty of them."""
    return _tabs(50)


def _tabs(count: int) -> list[Figure]:
    with stage(chats=count) as on:
        for chat, letter in zip(on.chats, TAB_LETTERS, strict=False):
            on.desk.say(chat, letter)
        # One chat on the screen: each step brings another log, and its letter, into sight.
        with on.workstation(AGENT_TUI_PANES="1") as program:
            program.watch(1.0 + count / 20)
            took = _steps(program, 50)
    return latencies(f"tabs-{count}", f"next tab, {count} tabs", took, [])


def _steps(program: Program, steps: int) -> list[float]:
    here = [letter for letter in TAB_LETTERS if letter in program.text][-1:]
    took: list[float] = []
    for _ in range(steps):
        seen: list[str] = []
        took.append(program.answer(NEXT_TAB, _another_letter(here, seen)))
        here = seen or here
        program.watch(0.12)
    return took


def _another_letter(here: list[str], seen: list[str]) -> Callable[[bytes], bool]:
    """Says yes to the first piece with another chat's letter, and notes it in ``seen``."""
    wanted = [(letter, letter.encode()) for letter in TAB_LETTERS if letter not in here]
    tail = b""

    def shown(piece: bytes) -> bool:
        nonlocal tail
        given = tail + piece
        tail = given[-2:]
        seen.extend(letter for letter, encoded in wanted if encoded in given)
        return bool(seen)

    return shown


def burst() -> list[Figure]:
    """Five thousand events in one second, and keys all the while."""
    with stage() as on, on.workstation() as program:
        chat, _ = _reply(on.desk, on.chats, program, "before", program.watch)
        place = list(on.chats).index(chat)
        last = max(number for number in range(BURST) if number % len(on.chats) == place)
        on.desk.start_burst(on.chats, BURST, 1.0)
        began = time.perf_counter()
        took = type_letters(program, 20, 1)
        on.desk.end_burst()
        shown = program.wait_for(f"line {last} of many") - began
    return [
        Figure("burst.key", "5,000 events in a second: slowest key", max(took), "ms"),
        Figure("burst.p50", "5,000 events in a second: keys, p50", percentile(took, 0.5), "ms"),
        Figure("burst.shown", "5,000 events in a second: the last one shown after", shown * 1000, "ms"),
    ]
