"""How fast the screen answers, as the health row tells it."""

from __future__ import annotations

from agent_tui.gauge import KEPT, Gauge


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def answered(gauge: Gauge, clock: Clock, *, waited: float, painting: float) -> None:
    gauge.key_arrived(clock.now)
    clock.now += waited
    gauge.key_taken()
    since = clock.now
    clock.now += painting
    gauge.painted(since)


def test_nothing_is_said_before_anything_happened() -> None:
    gauge = Gauge()
    assert gauge.key_to_paint is None
    assert gauge.frame is None


def test_a_key_counts_from_its_arrival_to_the_screen() -> None:
    clock = Clock()
    gauge = Gauge(clock)
    answered(gauge, clock, waited=0.02, painting=0.01)
    assert gauge.key_to_paint is not None
    assert round(gauge.key_to_paint, 3) == 0.03
    assert round(gauge.frame or 0.0, 3) == 0.01


def test_a_frame_is_all_the_work_done_for_it() -> None:
    clock = Clock()
    gauge = Gauge(clock)
    gauge.spent(0.005)
    gauge.spent(0.002)
    since = clock.now
    clock.now += 0.001
    gauge.painted(since)
    assert round(gauge.frame or 0.0, 3) == 0.008


def test_five_of_a_hundred_may_be_slower() -> None:
    clock = Clock()
    gauge = Gauge(clock)
    for number in range(100):
        answered(gauge, clock, waited=0.0, painting=0.5 if number < 5 else 0.01)
    assert round(gauge.key_to_paint or 0.0, 3) == 0.01
    answered(gauge, clock, waited=0.0, painting=0.5)
    answered(gauge, clock, waited=0.0, painting=0.5)
    assert round(gauge.key_to_paint or 0.0, 3) == 0.5


def test_old_keys_are_forgotten() -> None:
    clock = Clock()
    gauge = Gauge(clock)
    answered(gauge, clock, waited=0.0, painting=0.2)
    for _ in range(KEPT):
        answered(gauge, clock, waited=0.0, painting=0.01)
    assert round(gauge.key_to_paint or 0.0, 3) == 0.01


def test_a_key_that_changes_nothing_on_the_screen_is_not_measured_by_the_next_clock_tick() -> None:
    clock = Clock()
    gauge = Gauge(clock)
    gauge.key_arrived(clock.now)
    gauge.key_taken()
    clock.now += 0.9
    gauge.painted(clock.now)
    assert gauge.key_to_paint is None


def test_a_key_behind_another_never_makes_the_first_look_faster() -> None:
    clock = Clock()
    gauge = Gauge(clock)
    gauge.key_arrived(clock.now)
    clock.now += 0.1
    gauge.key_arrived(clock.now)
    gauge.key_taken()
    gauge.painted(clock.now)
    assert round(gauge.key_to_paint or 0.0, 3) == 0.1


def test_keys_for_another_screen_do_not_count() -> None:
    clock = Clock()
    gauge = Gauge(clock)
    gauge.key_arrived(clock.now)
    gauge.elsewhere()
    clock.now += 5.0
    gauge.key_taken()
    gauge.painted(clock.now)
    assert gauge.key_to_paint is None
