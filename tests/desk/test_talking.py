"""Lines as they come: live, in pages, missed, changed, doubled, out of order."""

from __future__ import annotations

from msgspec.structs import replace

from agent_tui.desk import events as e
from agent_tui.desk.effects import FetchConversation, LoadMissed, LoadNewest, LoadOlder, MarkSeen
from agent_tui.desk.failure_notice import LoadingFailed
from agent_tui.desk.talking import LINES_KEPT
from agent_tui.desk.text import Displayable
from agent_tui.desk.transcript import Fate, Line, Older
from api_client.models.conversation import Status
from api_client.models.identity import EchoId, MessageId
from api_client.models.message import MessageKind
from tests.desk.stage import AINO, BENGT, UNREACHABLE, Desk, a_desk, cid, facts, line, notices

CUSTOMER = MessageKind.CUSTOMER


def page(*numbers: int) -> tuple[Line, ...]:
    return tuple(line(number, CUSTOMER, 100.0 + number) for number in numbers)


def received(desk: Desk, number: int, *messages: int) -> None:
    for message in messages:
        desk.customer_writes(number, message, 100.0 + message)


def test_lines_are_sorted_whatever_the_order_they_come_in() -> None:
    desk = a_desk(1)
    received(desk, 1, 30, 10, 20)
    desk.customer_writes(1, 29, 130.0)
    assert desk.lines(1) == ["message 10", "message 20", "message 29", "message 30"]


def test_a_doubled_message_is_one_line_and_one_unread() -> None:
    desk = a_desk(1, 2)
    received(desk, 2, 10, 10)
    assert desk.lines(2) == ["message 10"]
    assert desk.chat(2).unread == 1


def test_the_backends_count_of_unread_messages_is_believed() -> None:
    desk = a_desk(1, 2)
    desk.tell(e.MessageReceived(cid(2), line(10, CUSTOMER, 110.0), 7, None))
    assert desk.chat(2).unread == 7


def test_a_message_for_an_unknown_conversation_asks_for_it_once() -> None:
    desk = a_desk()
    assert desk.customer_writes(9, 10, 110.0) == [FetchConversation(cid(9))]
    assert desk.customer_writes(9, 11, 111.0) == []
    desk.tell(e.Ticked(), after=31)
    assert desk.customer_writes(9, 12, 112.0) == [FetchConversation(cid(9))]


def test_the_newest_page_fills_the_log_and_tells_whether_there_is_more() -> None:
    desk = a_desk()
    desk.arrives(1, assignee=AINO)
    desk.tell(e.NewestLoaded(cid(1), page(20, 21), more=True))
    assert desk.lines(1) == ["message 20", "message 21"]
    assert desk.chat(1).transcript.older is Older.MORE


def test_lines_held_from_before_a_first_page_are_fetched_again_rather_than_trusted() -> None:
    desk = a_desk()
    desk.arrives(1)
    received(desk, 1, 10, 30)
    desk.arrives(1, assignee=AINO)
    desk.tell(e.NewestLoaded(cid(1), page(29, 30), more=True))
    assert desk.lines(1) == ["message 29", "message 30"]


def test_a_line_that_did_not_leave_outlives_the_first_page() -> None:
    desk = a_desk()
    desk.arrives(1, assignee=AINO, last_activity_at=50.0)
    desk.now = 960.0
    desk.submits(1, "Hei", "e1")
    desk.tell(e.ReplyFailed(cid(1), EchoId("e1"), UNREACHABLE))
    desk.tell(e.NewestLoaded(cid(1), page(20, 21), more=True))
    assert desk.lines(1) == ["Hei", "message 20", "message 21"]


def test_the_page_before_is_asked_for_once_and_put_in_front() -> None:
    desk = a_desk()
    desk.arrives(1, assignee=AINO)
    desk.tell(e.NewestLoaded(cid(1), page(20, 21), more=True))
    assert desk.tell(e.OlderRequested(cid(1))) == [LoadOlder(cid(1), MessageId("20"))]
    assert desk.tell(e.OlderRequested(cid(1))) == []
    desk.tell(e.OlderLoaded(cid(1), page(18, 19, 20), more=False))
    assert desk.lines(1) == ["message 18", "message 19", "message 20", "message 21"]
    assert desk.tell(e.OlderRequested(cid(1))) == []


def test_an_older_page_without_news_is_the_last() -> None:
    desk = a_desk()
    desk.arrives(1, assignee=AINO)
    desk.tell(e.NewestLoaded(cid(1), page(20), more=True))
    desk.tell(e.OlderRequested(cid(1)))
    desk.tell(e.OlderLoaded(cid(1), page(20), more=True))
    assert desk.chat(1).transcript.older is Older.COMPLETE


def a_long_chat_and_another() -> Desk:
    desk = a_desk(1, 2)
    desk.tell(e.TabSelected(cid(2)))
    desk.tell(e.NewestLoaded(cid(1), page(*range(10, 10 + 2 * LINES_KEPT)), more=False))
    return desk


def test_of_a_chat_that_is_not_on_the_screen_the_newest_lines_are_kept_and_the_others_fetched_again() -> None:
    desk = a_long_chat_and_another()
    desk.tell(e.HistoryLetGo(cid(1)))
    assert desk.lines(1) == [f"message {number}" for number in range(10 + LINES_KEPT, 10 + 2 * LINES_KEPT)]
    first = MessageId(str(10 + LINES_KEPT))
    assert desk.tell(e.OlderRequested(cid(1))) == [LoadOlder(cid(1), first)]
    desk.tell(e.OlderLoaded(cid(1), page(*range(10, 10 + LINES_KEPT)), more=False))
    assert desk.lines(1) == [f"message {number}" for number in range(10, 10 + 2 * LINES_KEPT)]


def test_a_chat_on_the_screen_or_one_whose_lines_are_being_fetched_is_kept_whole() -> None:
    desk = a_long_chat_and_another()
    for before in (e.ConnectionDropped("silent", 2.0, 1), e.ConnectionOpened(), e.TabSelected(cid(1))):
        desk.tell(before)
        desk.tell(e.HistoryLetGo(cid(1)))
        assert len(desk.lines(1)) == 2 * LINES_KEPT


def test_a_line_of_ours_that_was_not_delivered_is_never_let_go_of() -> None:
    desk = a_long_chat_and_another()
    failed = line(15, MessageKind.AGENT, 115.0, mine=True, fate=Fate.FAILED)
    desk.tell(e.MessageChanged(cid(1), failed))
    desk.tell(e.HistoryLetGo(cid(1)))
    assert desk.lines(1)[0] == "message 15"
    assert desk.chat(1).transcript.undelivered == 1


def test_after_a_loss_every_tab_catches_up_and_marks_what_it_missed() -> None:
    desk = a_desk(1, 2)
    received(desk, 1, 10)
    desk.tell(e.ConnectionDropped("silent", 2.0, 1))
    effects = desk.tell(e.ConnectionOpened(), after=20)
    assert effects == [LoadMissed(cid(1), after=MessageId("10"))]
    assert desk.chat(1).transcript.gap
    received(desk, 1, 13)
    desk.tell(e.MissedLoaded(cid(1), page(11, 12, 13)))
    away = [(shown.raw, shown.while_away) for shown in desk.chat(1).transcript.lines]
    assert away == [("message 10", False), ("message 11", True), ("message 12", True), ("message 13", False)]
    assert not desk.chat(1).transcript.gap


def test_the_first_connection_has_missed_nothing() -> None:
    desk = Desk()
    desk.tell(e.SignedIn(AINO, Displayable(""), frozenset()))
    desk.tell(e.ConversationsListed((facts(1, assignee=AINO),), whole=True))
    desk.tell(e.NewestLoaded(cid(1), page(10), more=False))
    assert desk.tell(e.ConnectionOpened()) == []


def test_missed_messages_are_seen_once_by_who_looks_at_them() -> None:
    desk = a_desk(1)
    received(desk, 1, 10)
    assert desk.tell(e.MissedLoaded(cid(1), page(11, 12))) == [MarkSeen(cid(1))]


def test_what_was_changed_while_the_connection_was_lost_is_read_once_more() -> None:
    desk = a_desk(1)
    received(desk, 1, 10)
    desk.tell(e.ConnectionDropped("silent", 2.0, 1))
    listed = e.ConversationsListed((facts(1, assignee=AINO),), whole=True)
    assert LoadNewest(cid(1)) in desk.tell(listed)
    deleted = line(10, MessageKind.CUSTOMER, 110.0, deleted=True)
    desk.tell(e.NewestLoaded(cid(1), (deleted,), more=False))
    assert [(shown.key, shown.deleted) for shown in desk.chat(1).transcript.lines] == [("10", True)]


def test_an_own_line_among_the_missed_was_not_missed() -> None:
    desk = a_desk(1)
    desk.submits(1, "Hei", "e1")
    own = line(10, MessageKind.AGENT, 110.0, echo=EchoId("e1"), mine=True)
    desk.tell(e.MissedLoaded(cid(1), (own,)))
    assert [(shown.key, shown.while_away) for shown in desk.chat(1).transcript.lines] == [("10", False)]


def test_a_failed_load_is_said_once_and_tried_again() -> None:
    desk = a_desk()
    desk.arrives(1, assignee=AINO)
    told = notices(desk.tell(e.LoadFailed(cid(1), UNREACHABLE)))
    assert told == [LoadingFailed(Displayable("Customer 1"), UNREACHABLE)]
    assert desk.tell(e.Ticked(), after=1) == []
    assert desk.tell(e.Ticked(), after=10) == [LoadNewest(cid(1))]
    assert desk.tell(e.LoadFailed(cid(1), UNREACHABLE)) == []


def test_a_failed_older_page_can_be_asked_for_again() -> None:
    desk = a_desk()
    desk.arrives(1, assignee=AINO)
    desk.tell(e.NewestLoaded(cid(1), page(20), more=True))
    desk.tell(e.OlderRequested(cid(1)))
    desk.tell(e.LoadFailed(cid(1), UNREACHABLE))
    assert desk.tell(e.OlderRequested(cid(1))) == [LoadOlder(cid(1), MessageId("20"))]


def test_a_changed_line_is_a_new_line_in_the_same_place() -> None:
    desk = a_desk(1)
    received(desk, 1, 10, 11)
    before, revision = desk.chat(1).transcript.lines[0], desk.chat(1).transcript.revision
    desk.tell(e.MessageChanged(cid(1), replace(before, deleted=True)))
    after = desk.chat(1).transcript.lines[0]
    assert (after.deleted, before.deleted) == (True, False)
    assert desk.chat(1).transcript.revision > revision


def test_a_line_deleted_once_stays_deleted() -> None:
    desk = a_desk(1)
    received(desk, 1, 10)
    held = desk.chat(1).transcript.lines[0]
    desk.tell(e.MessageChanged(cid(1), replace(held, deleted=True)))
    desk.tell(e.NewestLoaded(cid(1), (held,), more=False))
    assert desk.chat(1).transcript.lines[0].deleted


def test_a_change_of_an_old_line_that_is_not_held_is_ignored() -> None:
    desk = a_desk(1)
    received(desk, 1, 10)
    desk.tell(e.MessageChanged(cid(1), line(5, CUSTOMER, 105.0)))
    assert desk.lines(1) == ["message 10"]


def test_a_change_that_overtakes_its_message_counts_as_the_message() -> None:
    desk = a_desk(1, 2)
    desk.tell(e.MessageChanged(cid(2), line(10, CUSTOMER, 110.0)))
    received(desk, 2, 10)
    assert (desk.lines(2), desk.chat(2).unread) == (["message 10"], 1)


def test_what_the_customer_has_read_is_marked_and_does_not_go_back() -> None:
    desk = a_desk(1)
    for number in (10, 11, 12):
        desk.agent_writes(1, number, 100.0 + number, mine=True)
    desk.tell(e.CustomerRead(cid(1), 111.0))
    assert desk.fates(1) == [Fate.READ, Fate.READ, Fate.SENT]
    desk.tell(e.MessageChanged(cid(1), line(10, MessageKind.AGENT, 110.0, mine=True, fate=Fate.DELIVERED)))
    desk.tell(e.CustomerRead(cid(1), 105.0))
    assert desk.fates(1) == [Fate.READ, Fate.READ, Fate.SENT]


def test_a_message_the_backend_could_not_deliver_shows_on_its_tab() -> None:
    desk = a_desk(1)
    desk.agent_writes(1, 10, 110.0, mine=True)
    failed = line(10, MessageKind.AGENT, 110.0, mine=True, fate=Fate.FAILED)
    desk.tell(e.MessageChanged(cid(1), failed))
    assert desk.chat(1).transcript.undelivered == 1


def test_lines_of_colleagues_conversations_are_not_kept() -> None:
    desk = a_desk()
    desk.arrives(1)
    received(desk, 1, 10)
    assert desk.lines(1) == ["message 10"]
    desk.arrives(1, assignee=BENGT)
    received(desk, 1, 11)
    assert desk.lines(1) == []


def test_a_message_in_a_snoozed_conversation_asks_where_it_stands() -> None:
    desk = a_desk()
    desk.arrives(1, status=Status.SNOOZED, assignee=BENGT)
    assert desk.customer_writes(1, 10, 110.0) == [FetchConversation(cid(1))]
