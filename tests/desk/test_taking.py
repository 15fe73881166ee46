"""Taking customers, losing them, being done with them."""

from __future__ import annotations

import pytest

from agent_tui.desk import events as e
from agent_tui.desk import selectors
from agent_tui.desk.effects import (
    CountTags,
    FetchConversation,
    LoadNewest,
    Notify,
    Resolve,
    Ring,
    TakeConversation,
)
from agent_tui.desk.failure_notice import ResolvingFailed, TakingFailed
from agent_tui.desk.notice import ClosedElsewhere, ColleagueWasFaster, NobodyWaits, TakenAway
from agent_tui.desk.problems import Problem, Trouble
from agent_tui.desk.text import Displayable
from api_client.models.conversation import Status
from api_client.models.identity import EchoId
from tests.desk.stage import AINO, BENGT, CARDS, TAX, UNREACHABLE, Desk, a_desk, cid, facts, notices


def take(desk: Desk, number: int) -> None:
    desk.tell(e.ConversationPicked(cid(number)))
    desk.tell(e.ConversationTaken(facts(number, assignee=AINO)))


def test_the_longest_waiting_of_the_served_queues_is_taken() -> None:
    desk = a_desk()
    desk.arrives(1, waiting_since=50.0, queue=CARDS)
    desk.arrives(2, waiting_since=70.0)
    desk.arrives(3, waiting_since=60.0)
    desk.tell(e.ServedQueuesChosen(frozenset({TAX})))
    assert desk.tell(e.LongestWaitingRequested()) == [TakeConversation(cid(3))]
    assert [row.being_taken for row in selectors.waiting_rows(desk.state)] == [True, False]


def test_asking_again_takes_the_next_one() -> None:
    desk = a_desk()
    desk.arrives(1)
    desk.arrives(2)
    desk.tell(e.LongestWaitingRequested())
    assert desk.tell(e.LongestWaitingRequested()) == [TakeConversation(cid(2))]
    assert notices(desk.tell(e.LongestWaitingRequested())) == [NobodyWaits()]


def test_a_taken_conversation_leaves_the_waiting_list_and_comes_to_the_front() -> None:
    desk = a_desk(1)
    desk.arrives(2)
    desk.tell(e.LongestWaitingRequested())
    effects = desk.tell(e.ConversationTaken(facts(2, assignee=AINO)))
    assert effects == [LoadNewest(cid(2)), CountTags(TAX)]
    assert desk.waiting() == []
    assert (desk.state.tabs, desk.state.active) == ([cid(1), cid(2)], cid(2))
    assert desk.state.taking == set()


def test_the_push_of_a_taking_may_come_first() -> None:
    desk = a_desk(1)
    desk.arrives(2)
    desk.tell(e.LongestWaitingRequested())
    assert desk.arrives(2, assignee=AINO) == [LoadNewest(cid(2))]
    assert desk.state.active == cid(1)
    assert desk.tell(e.ConversationTaken(facts(2, assignee=AINO))) == [CountTags(TAX)]
    assert desk.state.active == cid(2)


def test_a_colleague_who_was_faster_is_named_and_the_customer_leaves_the_list() -> None:
    desk = a_desk()
    desk.arrives(1)
    desk.tell(e.LongestWaitingRequested())
    effects = desk.tell(e.TakeLost(cid(1), BENGT.name))
    told = Notify(ColleagueWasFaster(Displayable("Customer 1"), BENGT.name))
    assert effects == [told, FetchConversation(cid(1))]
    assert desk.waiting() == []
    assert notices(desk.tell(e.LongestWaitingRequested())) == [NobodyWaits()]


def test_one_that_was_taken_away_again_at_once_is_not_opened() -> None:
    desk = a_desk()
    desk.arrives(1)
    desk.tell(e.LongestWaitingRequested())
    desk.arrives(1, assignee=BENGT, updated_at=120.0)
    effects = desk.tell(e.ConversationTaken(facts(1, assignee=AINO, updated_at=110.0)))
    assert notices(effects) == [ColleagueWasFaster(Displayable("Customer 1"), BENGT.name)]
    assert desk.state.tabs == []


def test_a_failed_taking_is_told_and_may_be_tried_again() -> None:
    desk = a_desk()
    desk.arrives(1)
    desk.tell(e.LongestWaitingRequested())
    assert notices(desk.tell(e.TakeFailed(cid(1), UNREACHABLE))) == [
        TakingFailed(Displayable("Customer 1"), UNREACHABLE)
    ]
    assert desk.tell(e.LongestWaitingRequested()) == [TakeConversation(cid(1))]


def test_a_conversation_that_is_gone_does_not_stand_in_the_way() -> None:
    desk = a_desk()
    desk.arrives(1)
    desk.arrives(2)
    desk.tell(e.LongestWaitingRequested())
    desk.tell(e.TakeFailed(cid(1), Problem(Trouble.NOT_FOUND)))
    assert desk.tell(e.LongestWaitingRequested()) == [TakeConversation(cid(2))]


def test_a_taking_that_failed_but_happened_is_a_taking() -> None:
    desk = a_desk(1)
    desk.arrives(2)
    desk.tell(e.LongestWaitingRequested())
    desk.arrives(2, assignee=AINO)
    assert notices(desk.tell(e.TakeFailed(cid(2), UNREACHABLE))) == []
    assert desk.state.active == cid(2)


def test_a_picked_conversation_is_taken_unless_it_is_somebodys() -> None:
    desk = a_desk(1, 2)
    desk.arrives(3)
    desk.arrives(4, assignee=BENGT)
    assert desk.tell(e.ConversationPicked(cid(3))) == [TakeConversation(cid(3))]
    assert desk.tell(e.ConversationPicked(cid(3))) == []
    assert notices(desk.tell(e.ConversationPicked(cid(4)))) == [
        ColleagueWasFaster(Displayable("Customer 4"), BENGT.name)
    ]
    desk.tell(e.ConversationPicked(cid(2)))
    assert desk.state.active == cid(2)


def test_what_a_colleague_hands_over_opens_in_the_background_and_rings() -> None:
    desk = a_desk(1)
    effects = desk.arrives(2, assignee=AINO)
    assert effects == [LoadNewest(cid(2)), Ring()]
    assert (desk.state.tabs, desk.state.active) == ([cid(1), cid(2)], cid(1))


def test_the_agents_own_conversations_open_at_the_start() -> None:
    desk = Desk()
    desk.tell(e.ConversationsListed((facts(1, assignee=AINO), facts(2), facts(3, assignee=AINO)), whole=True))
    desk.tell(e.SignedIn(AINO, Displayable(""), frozenset()))
    assert (desk.state.tabs, desk.state.active) == ([cid(1), cid(3)], cid(1))


def test_one_handed_to_a_colleague_closes_and_is_told_once() -> None:
    desk = a_desk(1, 2)
    assert notices(desk.arrives(1, assignee=BENGT)) == [TakenAway(Displayable("Customer 1"), BENGT.name)]
    assert desk.state.tabs == [cid(2)]
    assert notices(desk.arrives(1, assignee=BENGT)) == []


def test_what_is_typed_as_a_chat_goes_away_reaches_nobody_else() -> None:
    desk = a_desk(1, 2)
    desk.arrives(1, assignee=AINO, status=Status.RESOLVED)
    assert desk.state.active is None
    desk.arrives(3, assignee=AINO)
    assert (desk.state.tabs, desk.state.active) == ([cid(2), cid(3)], None)


def test_one_put_back_into_the_queue_waits_again() -> None:
    desk = a_desk(1)
    assert notices(desk.arrives(1)) == [TakenAway(Displayable("Customer 1"), Displayable(""))]
    assert desk.waiting() == [cid(1)]


@pytest.mark.parametrize("change", [{"assignee": BENGT}, {"assignee": AINO, "status": Status.RESOLVED}])
def test_a_tab_with_a_draft_stays_whatever_happens_elsewhere(change: dict[str, object]) -> None:
    desk = a_desk(1)
    desk.tell(e.DraftChanged(cid(1), "Hei, lasken vielä", note=False))
    assert len(notices(desk.arrives(1, **change))) == 1
    assert desk.state.tabs == [cid(1)]
    assert desk.chat(1).draft.text == "Hei, lasken vielä"


def test_a_tab_with_a_line_that_did_not_leave_stays() -> None:
    desk = a_desk(1)
    desk.submits(1, "Hei", "e1")
    desk.tell(e.ReplyFailed(cid(1), EchoId("e1"), UNREACHABLE))
    desk.arrives(1, assignee=BENGT)
    assert desk.state.tabs == [cid(1)]


def test_one_resolved_elsewhere_closes_and_comes_back_when_it_opens_again() -> None:
    desk = a_desk(1)
    told = desk.arrives(1, assignee=AINO, status=Status.RESOLVED)
    assert notices(told) == [ClosedElsewhere(Displayable("Customer 1"))]
    assert desk.state.tabs == []
    assert desk.customer_writes(1, 10, 200.0) == [FetchConversation(cid(1))]
    desk.arrives(1, assignee=AINO, updated_at=200.0)
    assert desk.state.tabs == [cid(1)]


def test_one_of_the_agents_missing_from_a_whole_list_was_closed_elsewhere() -> None:
    desk = a_desk(1)
    told = desk.tell(e.ConversationsListed((), whole=True))
    assert notices(told) == [ClosedElsewhere(Displayable("Customer 1"))]
    assert desk.state.tabs == []


def test_resolving_closes_the_tab_counts_it_and_goes_to_the_most_urgent() -> None:
    desk = a_desk(1, 2, 3)
    desk.customer_writes(3, 10, 130.0)
    assert desk.tell(e.ResolveRequested(cid(1))) == [Resolve(cid(1))]
    assert desk.tell(e.ResolveRequested(cid(1))) == []
    desk.tell(e.Resolved(facts(1, assignee=AINO, status=Status.RESOLVED)))
    assert (desk.state.tabs, desk.state.active) == ([cid(2), cid(3)], cid(3))
    assert desk.state.handled == 1


def test_with_nobody_waiting_resolving_goes_to_the_neighbour() -> None:
    desk = a_desk(1, 2, 3)
    desk.tell(e.TabSelected(cid(2)))
    desk.tell(e.ResolveRequested(cid(2)))
    desk.tell(e.Resolved(facts(2, assignee=AINO, status=Status.RESOLVED)))
    assert desk.state.active == cid(3)


def test_an_agent_who_has_gone_elsewhere_meanwhile_stays_there() -> None:
    desk = a_desk(1, 2, 3)
    desk.tell(e.ResolveRequested(cid(1)))
    desk.tell(e.TabSelected(cid(2)))
    desk.customer_writes(3, 10, 130.0)
    desk.tell(e.Resolved(facts(1, assignee=AINO, status=Status.RESOLVED)))
    assert desk.state.active == cid(2)


def test_the_push_of_a_resolving_may_come_first_and_is_no_news() -> None:
    desk = a_desk(1)
    desk.tell(e.ResolveRequested(cid(1)))
    assert desk.arrives(1, assignee=AINO, status=Status.RESOLVED) == []
    desk.tell(e.Resolved(facts(1, assignee=AINO, status=Status.RESOLVED)))
    desk.tell(e.Resolved(facts(1, assignee=AINO, status=Status.RESOLVED)))
    assert (desk.state.tabs, desk.state.active, desk.state.handled) == ([], None, 1)


def test_resolving_leaves_a_tab_with_unsent_words_open() -> None:
    desk = a_desk(1, 2)
    desk.tell(e.ResolveRequested(cid(1)))
    desk.tell(e.DraftChanged(cid(1), "Vielä yksi asia", note=False))
    desk.tell(e.Resolved(facts(1, assignee=AINO, status=Status.RESOLVED)))
    assert desk.state.tabs == [cid(1), cid(2)]
    desk.tell(e.ResolveRequested(cid(1)))
    assert desk.state.tabs == [cid(2)]


def test_a_customer_who_writes_while_it_is_resolved_keeps_the_tab_open() -> None:
    desk = a_desk(1)
    desk.tell(e.ResolveRequested(cid(1)))
    desk.arrives(1, assignee=AINO, status=Status.RESOLVED, updated_at=110.0)
    desk.arrives(1, assignee=AINO, updated_at=111.0)
    desk.tell(e.Resolved(facts(1, assignee=AINO, status=Status.RESOLVED, updated_at=110.0)))
    assert desk.state.tabs == [cid(1)]


def test_a_failed_resolving_is_told_and_leaves_everything_as_it_was() -> None:
    desk = a_desk(1)
    desk.tell(e.ResolveRequested(cid(1)))
    told = desk.tell(e.ResolveFailed(cid(1), UNREACHABLE))
    assert notices(told) == [ResolvingFailed(Displayable("Customer 1"), UNREACHABLE)]
    assert desk.state.tabs == [cid(1)]
    assert desk.tell(e.ResolveRequested(cid(1))) == [Resolve(cid(1))]


def test_a_resolving_that_failed_but_happened_is_a_resolving() -> None:
    desk = a_desk(1)
    desk.tell(e.ResolveRequested(cid(1)))
    desk.arrives(1, assignee=AINO, status=Status.RESOLVED)
    assert notices(desk.tell(e.ResolveFailed(cid(1), UNREACHABLE))) == []
    assert (desk.state.tabs, desk.state.handled) == ([], 1)


def test_a_colleagues_conversation_is_only_put_out_of_sight() -> None:
    desk = a_desk(1)
    desk.tell(e.DraftChanged(cid(1), "Hei", note=False))
    desk.arrives(1, assignee=BENGT)
    assert not any(isinstance(effect, Resolve) for effect in desk.tell(e.ResolveRequested(cid(1))))
    assert desk.state.tabs == []
    assert desk.chat(1).draft.text == "Hei"


def test_what_a_colleague_took_meanwhile_is_told_and_counts_as_nobodys_work() -> None:
    desk = a_desk(1, 2)
    desk.tell(e.ResolveRequested(cid(1)))
    told = notices(desk.tell(e.Resolved(facts(1, assignee=BENGT, updated_at=200.0))))
    assert told == [TakenAway(desk.chat(1).card.name, BENGT.name)]
    assert (desk.state.tabs, desk.state.handled, desk.state.resolving) == ([cid(2)], 0, set())
