"""What is said of those who wait: a greeting once, then everybody who comes, however they become known."""

from __future__ import annotations

from agent_tui.desk import events as e
from agent_tui.desk import selectors
from agent_tui.desk.text import Displayable
from agent_tui.linear import spoken
from agent_tui.linear.news import News
from tests.desk.stage import AINO, BENGT, QUEUES, Desk, a_desk, facts, label


def heard(news: News, desk: Desk, event: e.DeskEvent) -> list[Displayable]:
    desk.tell(event)
    return [*news.of(desk.state, event, desk.now), *news.gathered()]


def test_a_customer_known_only_from_a_later_list_is_said_once() -> None:
    news, desk = News(), a_desk()
    assert "Nobody is waiting." in heard(news, desk, e.Ticked())
    listed = e.ConversationsListed((facts(1),), whole=True)
    assert heard(news, desk, listed) == ["New customer waiting: Customer 1."]
    assert heard(news, desk, listed) == []


def test_nobody_is_greeted_before_it_is_known_who_waits_in_ones_queues() -> None:
    news, desk = News(), Desk()
    for event in (
        e.SignedIn(AINO, Displayable("Tax office"), frozenset()),
        e.ServerHeard(offset=-900.0),
        e.ConversationsListed((facts(1),), whole=True),
    ):
        assert not [words for words in heard(news, desk, event) if "wait" in words]
    catalog = e.CatalogLoaded(QUEUES, (AINO, BENGT), (label("refund"),), {}, ())
    assert [words[:16] for words in heard(news, desk, catalog)][-1:] == ["1 customer waits"]


def test_a_promise_is_heard_when_it_is_nearly_due_and_when_it_is_broken() -> None:
    news, desk = News(), a_desk(1)
    desk.agent_writes(1, 10, 100.0, raw="I'll be back in 5 minutes")
    assert not [words for words in heard(news, desk, e.Ticked()) if "promise" in words]
    near, past = "you promised to be back within 50 seconds", "a promise was due 10 seconds ago"
    for seconds, words in ((250, near), (60, past)):
        desk.now += seconds
        assert heard(news, desk, e.Ticked()) == [f"Customer 1: {words}."]
        assert heard(news, desk, e.Ticked()) == []


def test_a_promise_is_told_with_the_reply_that_made_it() -> None:
    desk = a_desk(1)
    desk.submits(1, "Back in 5 minutes", "e1")
    assert spoken.sent(desk.state, desk.chat(1)) == "Sent. You promised to be back within 5 minutes."
    assert "you promised to be back within 5 minutes" in spoken.chat_line(desk.state, desk.chat(1), desk.now)


def test_a_wait_near_or_past_its_limit_is_told_in_words() -> None:
    desk = a_desk()
    desk.arrives(1)
    for seconds, words in ((30, "30 seconds, Online"), (15, "near the limit"), (20, "past the limit")):
        desk.now += seconds
        (row,) = selectors.waiting_rows(desk.state)
        assert words in spoken.waiting_line(row, desk.now - 900.0)
    desk.arrives(1, assignee=AINO)
    assert "first answer, past the limit" in spoken.chat_line(desk.state, desk.chat(1), desk.now)
