"""A push that gets lost while the connection looks well, and what lies further back than the newest page."""

from __future__ import annotations

from agent_tui.desk import events as e
from agent_tui.desk.effects import DeskEffect, LoadMissed, LoadNewest, LoadOlder, MarkSeen, Ring
from agent_tui.desk.transcript import Line, Older
from api_client.models.identity import MessageId
from api_client.models.message import MessageKind
from tests.desk.stage import AINO, UNREACHABLE, Desk, a_desk, cid, facts, line

CUSTOMER = MessageKind.CUSTOMER


def page(*numbers: int, deleted: int = 0) -> tuple[Line, ...]:
    return tuple(line(number, CUSTOMER, 100.0 + number, deleted=number == deleted) for number in numbers)


def received(desk: Desk, conversation: int, *numbers: int) -> None:
    for number in numbers:
        desk.customer_writes(conversation, number, 100.0 + number)


def numbered(desk: Desk) -> list[tuple[str, bool]]:
    return [(shown.key, shown.while_away) for shown in desk.chat(1).transcript.lines]


def opened(*numbers: int, more: bool = True) -> Desk:
    """A desk whose conversations 1 and 2 are open; the first is loaded and before the agent's eyes."""
    desk = a_desk()
    for number in (1, 2):
        desk.arrives(number, assignee=AINO, waiting_since=None, first_reply_at=90.0)
    desk.tell(e.NewestLoaded(cid(1), page(*numbers), more=more))
    return desk


def listed(desk: Desk) -> list[DeskEffect]:
    both = (facts(1, assignee=AINO, first_reply_at=90.0), facts(2, assignee=AINO, first_reply_at=90.0))
    return desk.tell(e.ConversationsListed(both, whole=True))


def test_each_listing_has_what_is_open_read_again() -> None:
    desk = opened(20, 21)
    assert listed(desk) == [LoadNewest(cid(1))]


def test_what_is_being_loaded_is_not_read_twice() -> None:
    desk = a_desk()
    desk.arrives(1, assignee=AINO)
    assert LoadNewest(cid(1)) not in listed(desk)


def test_a_line_whose_push_got_lost_takes_its_place_and_says_that_it_was_missed() -> None:
    desk = opened(20, 21)
    received(desk, 1, 23)
    desk.tell(e.NewestLoaded(cid(1), page(20, 21, 22, 23), more=True))
    assert numbered(desk) == [("20", False), ("21", False), ("22", True), ("23", False)]


def test_the_newest_line_calls_as_its_push_would_have() -> None:
    desk = opened(20, 21)
    assert MarkSeen(cid(1)) in desk.tell(e.NewestLoaded(cid(1), page(20, 21, 22), more=True))
    desk.tell(e.NewestLoaded(cid(2), (), more=False))
    assert Ring() in desk.tell(e.NewestLoaded(cid(2), page(30), more=False), after=10)
    assert numbered(desk)[-1] == ("22", False)


def test_when_more_came_than_a_page_holds_all_since_what_is_proved_is_read() -> None:
    desk = opened(20, 21)
    received(desk, 1, 23, 24, 25)
    missed = LoadMissed(cid(1), MessageId("21"))
    assert missed in desk.tell(e.NewestLoaded(cid(1), page(24, 25), more=True))
    desk.tell(e.MissedLoaded(cid(1), page(22, 23, 24, 25), MessageId("21")))
    assert [key for key, _ in numbered(desk)] == ["20", "21", "22", "23", "24", "25"]
    assert desk.tell(e.NewestLoaded(cid(1), page(25), more=False)) == []


def test_after_a_loss_all_since_what_is_proved_is_read_not_since_the_newest_line() -> None:
    desk = opened(20, 21)
    received(desk, 1, 23)
    desk.tell(e.ConnectionDropped("closed", 1.0, 1))
    assert LoadMissed(cid(1), MessageId("21")) in desk.tell(e.ConnectionOpened())


def test_a_transcript_of_which_nothing_is_proved_is_loaded_anew_rather_than_trusted() -> None:
    desk = opened(more=False)
    received(desk, 1, 20, 23)
    desk.tell(e.NewestLoaded(cid(1), page(22, 23), more=True))
    assert [key for key, _ in numbered(desk)] == ["22", "23"]
    assert desk.chat(1).transcript.older is Older.MORE


def test_after_a_loss_all_that_is_before_the_agents_eyes_is_read_again_page_by_page() -> None:
    desk = opened(20, 21)
    desk.tell(e.OlderRequested(cid(1)))
    desk.tell(e.OlderLoaded(cid(1), page(16, 17, 18, 19), more=True))
    desk.tell(e.ConnectionDropped("closed", 1.0, 1))
    asked = desk.tell(e.NewestLoaded(cid(1), page(20, 21), more=True))
    assert asked == [LoadOlder(cid(1), MessageId("20"))]
    asked = desk.tell(e.OlderLoaded(cid(1), page(18, 19, deleted=18), more=True))
    assert asked == [LoadOlder(cid(1), MessageId("18"))]
    assert desk.tell(e.OlderLoaded(cid(1), page(16, 17), more=True)) == []
    assert [shown.key for shown in desk.chat(1).transcript.lines if shown.deleted] == ["18"]
    assert desk.chat(1).transcript.older is Older.MORE


def test_what_is_before_the_agents_eyes_is_read_again_when_the_connection_is_back_too() -> None:
    desk = opened(20, 21)
    desk.tell(e.OlderRequested(cid(1)))
    desk.tell(e.OlderLoaded(cid(1), page(18, 19), more=False))
    desk.tell(e.ConnectionDropped("closed", 1.0, 1))
    desk.tell(e.Subscribed())
    desk.tell(e.MissedLoaded(cid(1), page(22), MessageId("21")))
    assert LoadNewest(cid(1)) in desk.tell(e.ConversationsListed((), whole=False))
    desk.tell(e.ConnectionOpened())
    asked = desk.tell(e.NewestLoaded(cid(1), page(21, 22), more=True))
    assert asked == [LoadOlder(cid(1), MessageId("21"))]
    asked = desk.tell(e.OlderLoaded(cid(1), page(19, 20, deleted=19), more=True))
    assert asked == [LoadOlder(cid(1), MessageId("19"))]
    assert desk.tell(e.OlderLoaded(cid(1), page(18), more=False)) == []
    assert desk.tell(e.NewestLoaded(cid(1), page(21, 22), more=True)) == []
    assert [shown.key for shown in desk.chat(1).transcript.lines if shown.deleted] == ["19"]


def test_a_chat_that_one_page_holds_is_read_once() -> None:
    desk = opened(20, 21, more=False)
    desk.tell(e.ConnectionDropped("closed", 1.0, 1))
    desk.tell(e.Subscribed())
    desk.tell(e.ConnectionOpened())
    assert desk.tell(e.NewestLoaded(cid(1), page(20, 21), more=False)) == []
    assert desk.chat(1).transcript.checking is None


def test_a_server_that_sends_the_same_page_again_and_again_is_not_asked_for_ever() -> None:
    desk = opened(20, 21)
    desk.tell(e.OlderRequested(cid(1)))
    desk.tell(e.OlderLoaded(cid(1), page(16, 17, 18, 19), more=True))
    desk.tell(e.ConnectionDropped("closed", 1.0, 1))
    desk.tell(e.NewestLoaded(cid(1), page(20, 21), more=True))
    desk.tell(e.OlderLoaded(cid(1), page(18, 19), more=True))
    assert desk.tell(e.OlderLoaded(cid(1), page(18, 19), more=True)) == []


def test_elsewhere_older_pages_are_let_go_of_and_fetched_when_wanted() -> None:
    desk = opened(20, 21)
    desk.tell(e.OlderRequested(cid(1)))
    desk.tell(e.OlderLoaded(cid(1), page(18, 19), more=False))
    desk.tell(e.TabSelected(cid(2)))
    desk.tell(e.ConnectionDropped("closed", 1.0, 1))
    assert desk.tell(e.NewestLoaded(cid(1), page(20, 21), more=True)) == []
    assert [key for key, _ in numbered(desk)] == ["20", "21"]
    assert desk.tell(e.OlderRequested(cid(1))) == [LoadOlder(cid(1), MessageId("20"))]


def test_a_look_that_fails_is_not_told_as_it_comes_again_by_itself() -> None:
    desk = opened(20, 21)
    assert desk.tell(e.LoadFailed(cid(1), UNREACHABLE)) == []
    assert desk.chat(1).transcript.fetched


def test_a_page_that_comes_when_its_tab_is_closed_does_not_keep_the_next_opening_waiting() -> None:
    desk = opened(20, 21)
    desk.tell(e.TabClosed(cid(2)))
    assert desk.tell(e.OlderRequested(cid(2))) == []
    desk.tell(e.NewestLoaded(cid(2), page(30), more=False))
    assert LoadNewest(cid(2)) in desk.tell(e.TabSelected(cid(2)))
