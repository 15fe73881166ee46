"""Who waits, since when, and how bad that is."""

from __future__ import annotations

import pytest

from agent_tui.desk import events as e
from agent_tui.desk import selectors
from agent_tui.desk.effects import ReloadCatalog, Ring
from agent_tui.desk.model import DeskState
from agent_tui.desk.view import Urgency
from agent_tui.desk.waiting import EMAIL, LIVE_CHAT, MESSAGING, promise_for, urgency, wait
from api_client.models.conversation import Status
from api_client.models.identity import EchoId, QueueId
from api_client.models.message import MessageKind
from tests.desk.stage import AINO, BENGT, CARDS, TAX, UNREACHABLE, Desk, a_desk, cid, facts, line


@pytest.mark.parametrize(
    ("seconds", "state"),
    [
        (0, Urgency.CALM),
        (39.9, Urgency.CALM),
        (40, Urgency.WARNING),
        (59.9, Urgency.WARNING),
        (60, Urgency.BREACH),
        (4000, Urgency.BREACH),
    ],
)
def test_a_live_chat_warns_at_forty_seconds_and_breaches_at_sixty(seconds: float, state: Urgency) -> None:
    assert urgency(LIVE_CHAT, seconds) is state


@pytest.mark.parametrize(
    ("channel", "promise"),
    [
        ("Channel::WebWidget", LIVE_CHAT),
        ("Channel::Api", LIVE_CHAT),
        ("livechat", LIVE_CHAT),
        ("", LIVE_CHAT),
        ("Channel::Whatsapp", MESSAGING),
        ("Channel::TwilioSms", MESSAGING),
        ("Channel::Telegram", MESSAGING),
        ("Channel::Line", MESSAGING),
        ("Channel::Email", EMAIL),
        ("email", EMAIL),
    ],
)
def test_the_promise_follows_the_channel(channel: str, promise: object) -> None:
    assert promise_for(channel) is promise


def test_waiting_customers_stand_longest_first_across_queues() -> None:
    desk = a_desk()
    desk.arrives(1, waiting_since=120.0)
    desk.arrives(2, waiting_since=110.0, queue=CARDS)
    desk.arrives(3, waiting_since=115.0)
    assert desk.waiting() == [cid(2), cid(3), cid(1)]
    assert [row.conversation for row in selectors.waiting_rows(desk.state, limit=2)] == [cid(2), cid(3)]
    assert selectors.waiting_count(desk.state) == 3
    assert selectors.longest_since(desk.state) == 110.0


def test_an_unassigned_conversation_without_a_wait_counts_from_its_beginning() -> None:
    desk = a_desk()
    desk.arrives(1, waiting_since=None, created_at=95.0)
    assert selectors.longest_since(desk.state) == 95.0


def test_one_that_was_answered_and_put_back_counts_from_its_last_activity() -> None:
    desk = a_desk()
    desk.arrives(1, waiting_since=None, first_reply_at=96.0, created_at=95.0, last_activity_at=140.0)
    assert selectors.longest_since(desk.state) == 140.0


@pytest.mark.parametrize("status", [Status.PENDING, Status.SNOOZED, Status.RESOLVED])
def test_only_open_conversations_wait(status: Status) -> None:
    desk = a_desk()
    desk.arrives(1)
    desk.arrives(1, status=status)
    assert desk.waiting() == []
    assert wait(desk.chat(1)) is None


def test_a_conversation_that_moves_waits_in_its_new_queue() -> None:
    desk = a_desk()
    desk.arrives(1)
    desk.arrives(1, queue=CARDS)
    assert (desk.state.waiting.count(TAX), desk.state.waiting.count(CARDS)) == (0, 1)


def test_an_older_telling_changes_nothing() -> None:
    desk = a_desk()
    desk.arrives(1, updated_at=200.0, assignee=BENGT)
    assert desk.arrives(1, updated_at=150.0) == []
    assert desk.waiting() == []


def test_a_telling_without_a_version_is_believed() -> None:
    desk = a_desk()
    desk.arrives(1, updated_at=200.0)
    desk.arrives(1, updated_at=0.0, assignee=BENGT)
    assert desk.waiting() == []
    assert desk.chat(1).updated_at == 200.0


def test_a_human_answer_ends_the_wait_and_a_question_begins_one() -> None:
    desk = a_desk(1)
    desk.customer_writes(1, 10, 130.0)
    assert wait(desk.chat(1)) == 130.0
    desk.customer_writes(1, 11, 135.0)
    assert wait(desk.chat(1)) == 130.0
    desk.agent_writes(1, 12, 140.0)
    assert wait(desk.chat(1)) is None


@pytest.mark.parametrize("kind", [MessageKind.NOTE, MessageKind.AUTOMATIC, MessageKind.ACTIVITY])
def test_notes_and_automatic_texts_leave_the_customer_waiting(kind: MessageKind) -> None:
    desk = a_desk(1)
    desk.customer_writes(1, 10, 130.0)
    desk.tell(e.MessageReceived(cid(1), line(11, kind, 140.0), None, None))
    assert wait(desk.chat(1)) == 130.0


def test_an_answer_that_comes_late_does_not_end_a_newer_wait() -> None:
    desk = a_desk(1)
    desk.customer_writes(1, 12, 150.0)
    desk.agent_writes(1, 11, 140.0)
    assert wait(desk.chat(1)) == 150.0


def test_a_question_that_comes_late_does_not_begin_an_answered_wait() -> None:
    desk = a_desk(1)
    desk.agent_writes(1, 12, 150.0)
    desk.customer_writes(1, 11, 140.0)
    assert wait(desk.chat(1)) is None


def test_a_line_older_than_the_facts_is_counted_in_them_already() -> None:
    desk = a_desk()
    desk.arrives(1, assignee=AINO, waiting_since=None, updated_at=200.0)
    desk.customer_writes(1, 10, 150.0)
    assert wait(desk.chat(1)) is None


def test_a_reply_on_its_way_stops_the_clock_until_it_fails() -> None:
    desk = a_desk(1)
    desk.customer_writes(1, 10, 130.0)
    desk.submits(1, "Hei", "e1")
    assert selectors.tab_rows(desk.state)[0].waiting_since is None
    desk.tell(e.ReplyFailed(cid(1), EchoId("e1"), UNREACHABLE))
    assert selectors.tab_rows(desk.state)[0].waiting_since == 130.0


def test_a_whole_list_takes_out_who_is_not_on_it() -> None:
    desk = a_desk()
    desk.arrives(1)
    desk.arrives(2)
    desk.tell(e.ConversationsListed((facts(2),), whole=False))
    assert desk.waiting() == [cid(1), cid(2)]
    desk.tell(e.ConversationsListed((facts(2),), whole=True))
    assert desk.waiting() == [cid(2)]


def test_a_conversation_off_the_list_and_long_quiet_is_forgotten() -> None:
    desk = a_desk()
    desk.arrives(1, assignee=BENGT)
    desk.tell(e.ConversationsListed((), whole=True), after=10)
    assert cid(1) in desk.state.chats
    desk.tell(e.ConversationsListed((), whole=True), after=3600)
    assert cid(1) not in desk.state.chats


def test_only_the_chosen_queues_are_shown_and_counted() -> None:
    desk = a_desk()
    desk.arrives(1)
    desk.arrives(2, queue=CARDS, waiting_since=90.0)
    desk.tell(e.ServedQueuesChosen(frozenset({TAX})))
    assert [row.conversation for row in selectors.waiting_rows(desk.state)] == [cid(1)]
    assert selectors.longest_since(desk.state) == 100.0
    served = {row.queue: (row.served, row.waiting) for row in selectors.queue_rows(desk.state)}
    assert served == {TAX: (True, 1), CARDS: (False, 1), QueueId("notices"): (False, 0)}


def test_a_queue_of_others_is_at_hand_only_while_somebody_waits_in_it() -> None:
    desk = a_desk()
    notices = QueueId("notices")
    assert notices not in {row.queue for row in selectors.queues_at_hand(desk.state)}
    desk.arrives(1, queue=notices)
    assert notices in {row.queue for row in selectors.queues_at_hand(desk.state)}


def test_an_agent_who_is_in_no_queue_serves_all() -> None:
    desk = a_desk()
    queues = tuple(desk.state.queues.values())
    outsider = tuple(type(queue)(queue.id, queue.name, queue.raw_name, member=False) for queue in queues)
    desk.tell(e.CatalogLoaded(outsider, (), (), {}, ()))
    assert all(row.served for row in selectors.queue_rows(desk.state))


def test_a_new_customer_in_a_served_queue_rings_at_most_every_five_seconds() -> None:
    desk = a_desk()
    assert Ring() in desk.arrives(1)
    assert Ring() not in desk.arrives(2)
    desk.now += 5
    assert Ring() in desk.arrives(3)
    assert Ring() not in desk.tell(e.ConversationChanged(facts(3)), after=5)


def test_a_new_customer_elsewhere_does_not_ring() -> None:
    desk = a_desk()
    assert desk.arrives(1, queue=QueueId("notices")) == []


def test_those_who_wait_already_at_the_start_do_not_ring() -> None:
    desk = Desk()
    desk.tell(e.ServedQueuesChosen(frozenset({TAX})))
    assert desk.tell(e.ConversationsListed((facts(1), facts(2)), whole=True)) == []


def test_an_unknown_queue_has_the_lists_fetched_again() -> None:
    desk = a_desk()
    assert ReloadCatalog() in desk.arrives(1, queue=QueueId("new"))
    assert ReloadCatalog() not in desk.arrives(2, queue=QueueId("new"))


def test_the_first_words_are_the_newest_of_the_customer_on_one_line() -> None:
    desk = a_desk()
    desk.arrives(1, last_line=line(1, MessageKind.CUSTOMER, 100.0, raw="Hei\n\nverokortista"))
    assert selectors.waiting_rows(desk.state)[0].first_words == "Hei verokortista"
    desk.customer_writes(1, 3, 110.0, raw="Oletteko siellä?")
    desk.customer_writes(1, 2, 105.0, raw="Hmm")
    desk.tell(e.MessageReceived(cid(1), line(4, MessageKind.AUTOMATIC, 111.0), None, None))
    assert selectors.waiting_rows(desk.state)[0].first_words == "Oletteko siellä?"


def test_the_servers_time_is_unknown_until_it_was_heard() -> None:
    desk = a_desk()
    assert selectors.server_now(desk.state, desk.now) == 100.0
    assert selectors.server_now(DeskState(), 5.0) is None


def test_a_state_made_by_hand_knows_who_waits() -> None:
    desk = a_desk()
    desk.arrives(1)
    assert list(DeskState(chats=desk.state.chats).waiting.places) == [cid(1)]
