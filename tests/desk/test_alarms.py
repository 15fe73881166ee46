"""What calls the lead: the worst first, one paced tone, again until acted on, and nothing in quiet hours."""

from __future__ import annotations

from agent_tui.desk import events as e
from agent_tui.desk.alarms import Alarm, AlarmKind, Watch, alarms
from agent_tui.desk.metrics.board import Board
from agent_tui.desk.quiet import Alerts, QuietHours
from agent_tui.desk.text import Displayable
from tests.desk.stage import CARDS, TAX, a_desk, facts

NOON = 12 * 60


def found(now: float, *, there: int = 3, target: float = 0.0) -> list[tuple[AlarmKind, str]]:
    """Customer 1 waits in the tax queue since second 100, customer 2 in the cards queue since 150."""
    desk, board = a_desk(), Board()
    for number, queue, since in ((1, TAX, 100.0), (2, CARDS, 150.0)):
        event = e.ConversationChanged(facts(number, queue=queue, created_at=since, waiting_since=since))
        desk.tell(event)
        board.take(desk.state, event, since)
    rows = board.queues(desk.state, now)
    return [alarm.key for alarm in alarms(rows, board.desk(now), now, there=there, target=target)]


def breach(queue: str = "tax") -> Alarm:
    return Alarm(AlarmKind.BREACH, queue, Displayable("Tax"), 61.0)


def warning(queue: str = "tax") -> Alarm:
    return Alarm(AlarmKind.WARNING, queue, Displayable("Tax"), 41.0)


def test_a_queue_calls_when_somebody_waits_near_the_limit_and_past_it() -> None:
    assert found(139) == []
    assert found(141) == [(AlarmKind.WARNING, TAX)]
    assert found(195) == [(AlarmKind.BREACH, TAX), (AlarmKind.WARNING, CARDS)]


def test_who_waits_where_nobody_is_there_calls_at_once() -> None:
    assert found(120, there=0) == [(AlarmKind.UNSERVED, "")]
    assert found(151, there=0) == [(AlarmKind.UNSERVED, ""), (AlarmKind.WARNING, TAX)]


def test_a_level_of_a_handful_of_customers_calls_nobody() -> None:
    assert (AlarmKind.LEVEL, "") not in found(400, target=0.9)


def test_one_tone_stands_for_all_that_happens_at_once() -> None:
    watch = Watch()
    assert watch.look([breach(), warning("cards")], 0, NOON) == breach()
    assert watch.look([breach(), warning("cards")], 1, NOON) is None
    third = [breach(), breach("shop"), warning("cards")]
    assert watch.look(third, 2, NOON) is None
    assert watch.look(third, 5, NOON) == breach("shop")


def test_a_breach_calls_again_until_it_is_acted_on_and_a_warning_once() -> None:
    watch = Watch(Alerts(repeat=60))
    both = [breach(), warning("cards")]
    assert watch.look(both, 0, NOON) == breach()
    assert [at for at in range(1, 200) if watch.look(both, at, NOON)] == [60, 120, 180]
    assert watch.heed() == breach()
    assert [at for at in range(200, 400) if watch.look(both, at, NOON)] == []
    assert watch.open == [warning("cards")]


def test_what_was_acted_on_calls_anew_when_it_comes_anew() -> None:
    watch = Watch()
    watch.look([breach()], 0, NOON)
    watch.heed()
    watch.look([], 30, NOON)
    assert watch.look([breach()], 60, NOON) == breach()


def test_a_warning_that_becomes_a_breach_calls_again() -> None:
    watch = Watch()
    assert watch.look([warning()], 0, NOON) == warning()
    watch.heed()
    assert watch.look([breach()], 20, NOON) == breach()


def test_nothing_rings_in_quiet_hours_and_what_still_stands_rings_after_them() -> None:
    watch = Watch(Alerts(quiet=QuietHours(22 * 60, 7 * 60)))
    assert watch.look([breach()], 0, 23 * 60) is None
    assert watch.standing == [breach()]
    assert watch.look([breach()], 30, 7 * 60) == breach()
