"""What a chat weighs, which limit holds, how it eases and recovers: by a clock in the test's hands."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from agent_tui.desk import events as e
from agent_tui.desk.capacity import ChatLimits, Easing, Load, Rush, TeamLimits, weight
from agent_tui.desk.capacity_notice import LimitsBroken, OverLimit
from agent_tui.desk.loads import free_in, limits_of, load_of, own_load
from agent_tui.desk.rules import CapacitySettings, Rules
from agent_tui.desk.text import Displayable
from api_client.models.conversation import Status
from api_client.models.people import Availability
from tests.desk.stage import AINO, BENGT, CARDS, QUEUES, TAX, Desk, a_desk, cid, facts, notices

OFFSET = -900.0


def load(desk: Desk, after: float = 0.0) -> Load:
    desk.now += after
    own = own_load(desk.state, desk.now + OFFSET)
    assert own is not None
    return own


def pass_seconds(desk: Desk, seconds: int) -> None:
    for _ in range(seconds):
        desk.tell(e.Ticked(), after=1.0)


def an_answered_desk(*mine: int) -> Desk:
    """Each customer was answered just now."""
    desk = a_desk(*mine)
    for number in mine:
        desk.agent_writes(number, 1000 + number, desk.now + OFFSET)
    return desk


# --- what a chat weighs ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("silent", "weighs"),
    [(0, 1), (119, 1), (120, 0.5), (299, 0.5), (300, 0.25), (1799, 0.25), (1800, 0), (86_400, 0)],
)
def test_a_silent_chat_weighs_less_and_less(silent: float, weighs: float) -> None:
    assert weight(silent, 120) == weighs


@given(st.floats(0, 1e6), st.floats(0, 1e6), st.floats(0, 3600))
def test_more_silence_never_weighs_more(silent: float, more: float, halves_after: float) -> None:
    assert weight(silent + more, halves_after) <= weight(silent, halves_after)
    assert weight(silent, 0) == 1


def test_silence_counts_from_the_last_answer_and_a_customer_who_writes_weighs_whole_again() -> None:
    desk = an_answered_desk(1, 2)
    assert load(desk).weight == 2
    assert load(desk, after=130).weight == 1
    desk.customer_writes(2, 2050, desk.now + OFFSET)
    assert load(desk).weight == 1.5
    desk.agent_writes(2, 2051, desk.now + OFFSET)
    assert load(desk, after=100).weight == 1.5
    assert load(desk, after=100).weight == 0.75


def test_a_customer_who_types_is_awake() -> None:
    desk = an_answered_desk(1)
    desk.now += 400
    desk.tell(e.TypingSeen(cid(1), Displayable(""), by_customer=True, on=True))
    assert load(desk).weight == 1
    pass_seconds(desk, 31)
    assert load(desk).weight == 0.25


def test_a_customer_who_waits_weighs_whole_however_long() -> None:
    desk = a_desk()
    desk.arrives(1, assignee=AINO, waiting_since=99.0)
    assert load(desk, after=3000).weight == 1


@pytest.mark.parametrize(
    "gone", [{"status": Status.SNOOZED}, {"status": Status.RESOLVED}, {"assignee": BENGT}, {"assignee": None}]
)
def test_what_sleeps_is_closed_or_somebody_elses_weighs_nothing(gone: dict[str, object]) -> None:
    desk = a_desk(1, 2)
    desk.arrives(1, **({"assignee": AINO, "updated_at": 101.0} | gone))
    own = load(desk)
    assert (own.open, own.weight) == (1, 1)


def test_silence_may_be_settled_to_count_for_nothing() -> None:
    desk = an_answered_desk(1)
    desk.state.rules = Rules(capacity=CapacitySettings(silent=0))
    assert load(desk, after=5000).weight == 1


EVERYBODY = (None, AINO, BENGT)
CHANGES = st.lists(
    st.tuples(st.integers(1, 4), st.sampled_from(EVERYBODY), st.sampled_from(list(Status))), max_size=25
)


@given(CHANGES)
def test_the_index_holds_what_looking_through_all_would_find(
    changes: Iterable[tuple[int, object, Status]],
) -> None:
    desk = a_desk()
    for at, (number, assignee, status) in enumerate(changes):
        desk.arrives(number, assignee=assignee, status=status, updated_at=200.0 + at)
    for agent in (AINO, BENGT):
        held = {
            chat.id
            for chat in desk.state.chats.values()
            if chat.status is Status.OPEN and chat.assignee is not None and chat.assignee.id == agent.id
        }
        assert set(desk.state.capacity.assigned.of(agent.id)) == held
        assert load_of(desk.state, agent.id, 300.0).open == len(held)


# --- the rush --------------------------------------------------------------------------------------------


def test_a_rush_begins_at_the_first_late_customer_and_ends_a_minute_after_the_last() -> None:
    rush = Rush()
    rush.look(0, late=False)
    assert not rush.on
    rush.look(1, late=True)
    assert rush.on
    rush.look(2, late=False)
    rush.look(61, late=False)
    assert rush.on
    rush.look(61.5, late=True)
    rush.look(62, late=False)
    rush.look(121, late=False)
    assert rush.on
    rush.look(122, late=False)
    assert not rush.on


def test_the_rush_limit_holds_while_somebody_in_a_served_queue_waits_past_the_warning() -> None:
    desk = a_desk()
    desk.arrives(1, waiting_since=100.0)
    pass_seconds(desk, 39)
    assert load(desk).limit == 2
    pass_seconds(desk, 1)
    assert (load(desk).limit, load(desk).rush) == (6, True)
    desk.tell(e.ServedQueuesChosen(frozenset({CARDS})))
    assert load(desk).limit == 2
    desk.tell(e.ServedQueuesChosen(frozenset({TAX})))
    desk.arrives(1, assignee=BENGT, updated_at=150.0)
    pass_seconds(desk, 60)
    assert load(desk).limit == 6
    pass_seconds(desk, 1)
    assert load(desk).limit == 2


def test_a_rush_never_lowers_the_limit() -> None:
    assert ChatLimits(normal=4, rush=2).at(rush=True) == 4


# --- easing ----------------------------------------------------------------------------------------------


def test_the_limit_eases_at_once_then_every_two_minutes_and_leaves_one() -> None:
    easing = Easing()
    seen = []
    for second in range(0, 601, 60):
        easing.look(1.01, 4, second)
        seen.append(easing.steps)
    assert seen == [1, 1, 2, 2, 3, 3, 3, 3, 3, 3, 3]


def test_it_recovers_step_by_step_after_five_calm_minutes_each() -> None:
    easing = Easing(steps=2)
    for second in range(300):
        easing.look(0.5, 4, second)
    assert easing.steps == 2
    easing.look(0.5, 4, 300)
    assert easing.steps == 1
    easing.look(0.5, 4, 599)
    assert easing.steps == 1
    easing.look(0.0, 4, 600)
    assert easing.steps == 0


def test_between_calm_and_strained_nothing_moves_and_calm_begins_anew() -> None:
    easing = Easing(steps=1)
    easing.look(0.4, 4, 0)
    easing.look(0.7, 4, 200)
    easing.look(1.0, 4, 250)
    easing.look(0.4, 4, 300)
    easing.look(0.4, 4, 599)
    assert easing.steps == 1
    easing.look(0.4, 4, 600)
    assert easing.steps == 0


@given(st.lists(st.tuples(st.floats(0, 3), st.integers(1, 8), st.integers(1, 200)), max_size=60))
def test_a_limit_that_eases_always_leaves_one_and_never_rises(
    looks: Iterable[tuple[float, int, int]],
) -> None:
    easing, now = Easing(), 0.0
    for strain, limit, seconds in looks:
        now += seconds
        easing.look(strain, limit, now)
        assert 0 <= easing.steps < limit


def test_the_limit_comes_down_while_an_own_customer_waits_too_long() -> None:
    desk = an_answered_desk(1)
    desk.customer_writes(1, 2050, desk.now + OFFSET)
    pass_seconds(desk, 120)
    assert load(desk).limit == 2
    pass_seconds(desk, 1)
    assert (load(desk).limit, load(desk).eased) == (1, 1)
    desk.agent_writes(1, 2051, desk.now + OFFSET)
    pass_seconds(desk, 300)
    assert load(desk).limit == 1
    pass_seconds(desk, 1)
    assert load(desk).limit == 2


def test_what_a_customer_waited_in_the_queue_is_not_the_agents_gap() -> None:
    desk = a_desk()
    desk.arrives(1, waiting_since=-2000.0)
    desk.tell(e.ConversationPicked(cid(1)))
    desk.tell(e.ConversationTaken(facts(1, assignee=AINO, waiting_since=-2000.0)))
    pass_seconds(desk, 120)
    assert load(desk).eased == 0
    pass_seconds(desk, 2)
    assert load(desk).eased == 1


def test_slower_channels_may_take_longer() -> None:
    desk = a_desk()
    desk.arrives(1, assignee=AINO, waiting_since=100.0, channel="Channel::Whatsapp")
    pass_seconds(desk, 600)
    assert load(desk).eased == 0


# --- over the limit --------------------------------------------------------------------------------------


def take(desk: Desk, number: int) -> list[object]:
    desk.arrives(number, waiting_since=desk.now + OFFSET)
    desk.tell(e.LongestWaitingRequested())
    taken = facts(number, assignee=AINO, waiting_since=desk.now + OFFSET)
    return list(notices(desk.tell(e.ConversationTaken(taken))))


def test_taking_more_than_the_limit_is_not_refused_and_said_once() -> None:
    desk = an_answered_desk(1, 2)
    assert take(desk, 3) == [OverLimit(3.0, 2)]
    assert desk.state.active == cid(3)
    assert take(desk, 4) == []
    for number in (3, 4):
        desk.arrives(number, status=Status.RESOLVED, assignee=AINO, updated_at=200.0)
    pass_seconds(desk, 1)
    assert take(desk, 5) == [OverLimit(3.0, 2)]


# --- what the team has set -------------------------------------------------------------------------------


def test_the_teams_limits_count_more_than_the_settings_by_mail_before_name() -> None:
    desk = a_desk()
    desk.state.colleagues[BENGT.id] = replace(BENGT, email=Displayable("bengt.ek@example.org"))
    named = {
        "aino virta": ChatLimits(1, 2),
        "bengt ek": ChatLimits(3, 4),
        "bengt.ek@example.org": ChatLimits(5, 6),
    }
    desk.tell(e.TeamLimitsRead(TeamLimits(ChatLimits(7, 8), named), ()))
    assert limits_of(desk.state, AINO.id) == ChatLimits(1, 2)
    assert limits_of(desk.state, BENGT.id) == ChatLimits(5, 6)
    desk.tell(e.TeamLimitsRead(TeamLimits(ChatLimits(7, 8)), ()))
    assert limits_of(desk.state, AINO.id) == ChatLimits(7, 8)
    desk.tell(e.TeamLimitsRead(TeamLimits(), ()))
    assert limits_of(desk.state, AINO.id) == ChatLimits(2, 6)


def test_a_mistake_in_the_teams_file_is_told_and_the_rest_of_it_counts() -> None:
    desk = a_desk()
    wrong = Displayable("desk.toml:3: no")
    assert notices(desk.tell(e.TeamLimitsRead(TeamLimits(ChatLimits(3, 3)), (wrong,)))) == [
        LimitsBroken(wrong)
    ]
    assert limits_of(desk.state, AINO.id) == ChatLimits(3, 3)


# --- everybody's room ------------------------------------------------------------------------------------


def test_a_queues_room_is_that_of_those_who_serve_it_and_are_there() -> None:
    desk = an_answered_desk(1)
    tax = replace(QUEUES[0], agents=frozenset({AINO.id, BENGT.id}))
    cards = replace(QUEUES[1], agents=frozenset({BENGT.id}))
    desk.tell(e.CatalogLoaded((tax, cards, QUEUES[2]), (AINO, BENGT), (), {}, ()))
    at = desk.now + OFFSET
    assert [free_in(desk.state, each, at) for each in (TAX, CARDS, QUEUES[2].id)] == [3, 2, None]
    desk.tell(e.PresenceSeen({AINO.id: Availability.ONLINE, BENGT.id: Availability.BUSY}))
    assert [free_in(desk.state, each, at) for each in (TAX, CARDS)] == [1, 0]


def test_room_is_whole_chats_and_those_awake_are_never_more_than_a_rush_allows() -> None:
    limits = ChatLimits(2, 3)
    assert Load(open=1, awake=1, weight=0.5, limits=limits).free == 1
    assert Load(open=2, awake=2, weight=1.25, limits=limits).free == 0
    assert Load(open=3, awake=3, weight=0.75, limits=limits).free == 0
    assert Load(open=9, awake=0, weight=0.0, limits=limits).free == 2
