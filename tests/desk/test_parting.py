"""Giving conversations away: what the desk does, whichever answer comes first."""

from __future__ import annotations

from agent_tui.desk import events as e
from agent_tui.desk.effects import HandOver, ListSleeping, Mute, Notify, SendReply, SetPriority, Snooze
from agent_tui.desk.failure_notice import LookingFailed, PartingFailed, PriorityNotSet
from agent_tui.desk.notice import FellAsleep, HandedOver, Muted
from agent_tui.desk.text import NOTHING
from api_client.models.conversation import Priority, Status
from api_client.models.identity import EchoId
from tests.desk.stage import AINO, BENGT, UNREACHABLE, a_desk, cid, facts, notices


def test_the_comment_goes_before_the_conversation_and_the_draft_stays() -> None:
    desk = a_desk(1)
    desk.tell(e.DraftChanged(cid(1), "half a", note=False))
    wanted = e.HandOverRequested(cid(1), agent=BENGT.id, comment="Knows it all", echo=EchoId("n1"))
    effects = desk.tell(wanted)
    assert [type(effect) for effect in effects] == [SendReply, HandOver]
    assert desk.chat(1).draft.text == "half a"


def test_a_chat_that_is_gone_is_told_of_once_whichever_word_comes_first() -> None:
    for push_first in (True, False):
        desk = a_desk(1, 2)
        desk.tell(e.HandOverRequested(cid(1), agent=BENGT.id))
        gone = facts(1, assignee=BENGT, updated_at=200.0)
        first = desk.tell(e.ConversationChanged(gone)) if push_first else []
        told = [*notices(first), *notices(desk.tell(e.Parted(gone)))]
        assert told == [HandedOver(desk.chat(1).card.name, BENGT.name)]
        assert desk.state.tabs == [cid(2)]


def test_giving_away_what_is_not_mine_does_nothing() -> None:
    desk = a_desk()
    desk.arrives(1, assignee=BENGT)
    assert desk.tell(e.HandOverRequested(cid(1))) == []
    assert desk.tell(e.HandOverRequested(cid(9))) == []


def test_handing_to_oneself_does_nothing() -> None:
    assert a_desk(1).tell(e.HandOverRequested(cid(1), agent=AINO.id)) == []


def test_what_failed_is_still_mine_and_may_be_asked_again() -> None:
    desk = a_desk(1)
    desk.tell(e.HandOverRequested(cid(1)))
    assert desk.tell(e.HandOverRequested(cid(1))) == []
    told = desk.tell(e.PartingFailed(cid(1), UNREACHABLE))
    assert told == [Notify(PartingFailed(desk.chat(1).card.name, UNREACHABLE))]
    assert desk.tell(e.HandOverRequested(cid(1))) == [HandOver(cid(1), None, None)]


def test_a_failure_after_the_push_that_it_worked_counts_as_done() -> None:
    desk = a_desk(1)
    desk.tell(e.HandOverRequested(cid(1)))
    desk.tell(e.ConversationChanged(facts(1, assignee=None, updated_at=200.0)))
    told = notices(desk.tell(e.PartingFailed(cid(1), UNREACHABLE)))
    assert told == [HandedOver(desk.chat(1).card.name, NOTHING)]
    assert desk.state.tabs == []


def test_a_chat_that_falls_asleep_leaves_its_tab_and_comes_back_when_it_wakes() -> None:
    desk = a_desk(1, 2)
    assert desk.tell(e.SnoozeRequested(cid(1), 900.0)) == [Snooze(cid(1), 900.0)]
    told = notices(desk.tell(e.Parted(facts(1, assignee=AINO, status=Status.SNOOZED, updated_at=200.0))))
    assert told == [FellAsleep(desk.chat(1).card.name, 900.0)]
    assert desk.state.tabs == [cid(2)]
    desk.tell(e.ConversationChanged(facts(1, assignee=AINO, updated_at=900.0)))
    assert desk.state.tabs == [cid(2), cid(1)]


def test_a_blocked_customer_is_told_of_once() -> None:
    desk = a_desk(1)
    assert desk.tell(e.MuteRequested(cid(1))) == [Mute(cid(1))]
    gone = facts(1, assignee=AINO, status=Status.RESOLVED, updated_at=200.0)
    assert notices(desk.tell(e.ConversationChanged(gone))) == []
    assert notices(desk.tell(e.Parted(gone))) == [Muted(desk.chat(1).card.name)]


def test_a_priority_is_shown_at_once_and_put_back_when_refused() -> None:
    desk = a_desk(1)
    wanted = e.PriorityChosen(cid(1), Priority.HIGH)
    assert desk.tell(wanted) == [SetPriority(cid(1), Priority.HIGH, None)]
    assert desk.tell(wanted) == []
    told = notices(desk.tell(e.PriorityFailed(cid(1), None, UNREACHABLE)))
    assert told == [PriorityNotSet(desk.chat(1).card.name, UNREACHABLE)]
    assert desk.chat(1).priority is None


def test_the_sleeping_are_listed_anew_each_time() -> None:
    desk = a_desk()
    desk.tell(e.SleepingListed(()))
    assert desk.tell(e.SleepingRequested()) == [ListSleeping()]
    assert desk.state.sleeping is None
    assert notices(desk.tell(e.SleepingFailed(UNREACHABLE))) == [LookingFailed(UNREACHABLE)]
