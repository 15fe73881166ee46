"""Going from one open conversation to another."""

from __future__ import annotations

from agent_tui.desk import events as e
from agent_tui.desk import selectors
from agent_tui.desk.effects import LoadNewest, MarkSeen, Notify, Ring
from agent_tui.desk.notice import NoUrgentChat
from agent_tui.desk.text import Displayable
from api_client.models.identity import EchoId
from tests.desk.stage import AINO, BENGT, UNREACHABLE, a_desk, cid


def test_the_first_conversation_of_all_comes_to_the_front_by_itself() -> None:
    desk = a_desk()
    assert desk.arrives(1, assignee=AINO) == [LoadNewest(cid(1))]
    assert selectors.active_chat(desk.state) is desk.chat(1)


def test_stepping_goes_around_the_ends() -> None:
    desk = a_desk(1, 2, 3)
    seen = []
    for step in (1, 1, 1, -1, -1):
        desk.tell(e.TabStepped(step))
        seen.append(desk.state.active)
    assert seen == [cid(2), cid(3), cid(1), cid(3), cid(2)]


def test_with_chats_open_but_none_on_the_screen_every_key_goes_to_one() -> None:
    wanted = ((e.TabStepped(1), 2), (e.TabStepped(-1), 4), (e.MostUrgentRequested(), 4))
    for key, conversation in wanted:
        desk = a_desk(1, 2, 3, 4)
        desk.arrives(1, assignee=BENGT)
        desk.tell(key)
        assert desk.state.active == cid(conversation)


def test_stepping_with_nothing_open_does_nothing() -> None:
    assert a_desk().tell(e.TabStepped(1)) == []


def test_going_to_a_tab_marks_its_messages_seen() -> None:
    desk = a_desk(1, 2)
    desk.customer_writes(2, 10, 130.0)
    assert selectors.tab_rows(desk.state)[1].unread == 1
    assert desk.tell(e.TabSelected(cid(2))) == [MarkSeen(cid(2))]
    assert selectors.tab_rows(desk.state)[1].unread == 0
    assert desk.tell(e.TabSelected(cid(2))) == []


def test_a_customers_message_before_the_agents_eyes_is_seen_at_once() -> None:
    desk = a_desk(1)
    assert desk.customer_writes(1, 10, 130.0) == [MarkSeen(cid(1))]
    assert desk.chat(1).unread == 0


def test_a_customers_message_out_of_sight_rings() -> None:
    desk = a_desk(1, 2)
    assert desk.customer_writes(2, 10, 130.0) == [Ring()]


def test_nothing_is_seen_while_the_connection_is_down() -> None:
    desk = a_desk(1)
    desk.tell(e.ConnectionDropped("closed", 1.0, 1))
    assert desk.customer_writes(1, 10, 130.0) == []
    assert MarkSeen(cid(1)) in desk.tell(e.ConnectionOpened())


def test_a_colleagues_conversation_is_never_marked_seen() -> None:
    desk = a_desk(1)
    desk.tell(e.DraftChanged(cid(1), "Hei", note=False))
    desk.arrives(1, assignee=BENGT)
    assert desk.customer_writes(1, 10, 130.0) == []


def test_a_closed_tab_gives_way_to_its_neighbour() -> None:
    desk = a_desk(1, 2, 3)
    desk.tell(e.TabSelected(cid(3)))
    desk.tell(e.TabClosed(cid(3)))
    assert desk.state.active == cid(2)
    desk.tell(e.TabClosed(cid(2)))
    desk.tell(e.TabClosed(cid(1)))
    assert desk.state.active is None


def test_a_closed_tab_comes_back_when_the_customer_writes_and_not_before() -> None:
    desk = a_desk(1, 2)
    desk.tell(e.TabClosed(cid(2)))
    desk.arrives(2, assignee=AINO, updated_at=110.0)
    assert desk.state.tabs == [cid(1)]
    assert desk.customer_writes(2, 10, 130.0) == [LoadNewest(cid(2)), Ring()]
    assert desk.state.tabs == [cid(1), cid(2)]


def test_a_closed_tab_can_be_gone_to() -> None:
    desk = a_desk(1, 2)
    desk.tell(e.TabClosed(cid(2)))
    desk.tell(e.TabSelected(cid(2)))
    assert desk.state.active == cid(2)


def test_only_ones_own_conversations_can_be_gone_to() -> None:
    desk = a_desk(1)
    desk.arrives(2, assignee=BENGT)
    desk.tell(e.TabSelected(cid(2)))
    assert (desk.state.tabs, desk.state.active) == ([cid(1)], cid(1))


def test_the_most_urgent_is_nearest_to_breaking_its_promise() -> None:
    desk = a_desk(1, 2, 3)
    desk.chat(2).channel = "Channel::Whatsapp"
    desk.customer_writes(2, 10, 110.0)
    desk.customer_writes(3, 11, 150.0)
    desk.tell(e.MostUrgentRequested())
    assert desk.state.active == cid(3)


def test_from_the_most_urgent_it_goes_to_the_next_and_back() -> None:
    desk = a_desk(1, 2, 3)
    desk.customer_writes(2, 10, 120.0)
    desk.customer_writes(3, 11, 130.0)
    seen = []
    for _ in range(3):
        desk.tell(e.MostUrgentRequested())
        seen.append(desk.state.active)
    assert seen == [cid(2), cid(3), cid(2)]


def test_with_nobody_waiting_there_is_no_urgent_one() -> None:
    desk = a_desk(1, 2)
    assert desk.tell(e.MostUrgentRequested()) == [Notify(NoUrgentChat())]


def test_a_customer_who_is_being_answered_is_not_urgent() -> None:
    desk = a_desk(1, 2)
    desk.customer_writes(2, 10, 120.0)
    desk.submits(2, "Hei", "e1")
    assert desk.tell(e.MostUrgentRequested()) == [Notify(NoUrgentChat())]


def test_a_tab_shows_who_types_what_is_drafted_and_what_failed() -> None:
    desk = a_desk(1)
    desk.tell(e.DraftChanged(cid(1), "Hei", note=False))
    desk.tell(e.TypingSeen(cid(1), Displayable("Customer 1"), by_customer=True, on=True))
    row = selectors.tab_rows(desk.state)[0]
    assert (row.draft, row.customer_typing, row.failed) == (True, True, False)
    desk.submits(1, "Hei", "e1")
    desk.tell(e.ReplyFailed(cid(1), EchoId("e1"), UNREACHABLE))
    row = selectors.tab_rows(desk.state)[0]
    assert (row.draft, row.failed) == (False, True)
