"""Nothing reaches another customer by accident, and nobody is answered twice without a second thought."""

from __future__ import annotations

import pytest

from agent_tui.desk import events as e
from agent_tui.desk import selectors
from agent_tui.desk.guarding import doubt
from agent_tui.desk.model import Card
from agent_tui.desk.notice import ColleagueAnswered, NamesAnother, YoursInBackground
from agent_tui.desk.text import Displayable
from agent_tui.desk.transcript import Unsent
from api_client.models.identity import ContactId, EchoId
from api_client.models.message import MessageKind
from tests.desk.stage import AINO, UNREACHABLE, Desk, a_desk, cid, facts, line, notices


def types(desk: Desk, number: int, text: str) -> None:
    desk.tell(e.DraftChanged(cid(number), text, note=False))


def named(desk: Desk, number: int, name: str, email: str = "") -> None:
    card = Card(ContactId(f"c{number}"), Displayable(name), name, email=Displayable(email))
    desk.arrives(number, assignee=AINO, waiting_since=None, card=card)


def two_customers() -> Desk:
    desk = a_desk(1, 2)
    named(desk, 1, "Liisa Virtanen", "liisa@example.org")
    named(desk, 2, "Pekka Ojala", "pekka@example.org")
    return desk


def taken(desk: Desk, number: int) -> list[object]:
    return list(desk.tell(e.ConversationTaken(facts(number, assignee=AINO, updated_at=150.0))))


def test_a_customer_who_is_taken_comes_to_the_front() -> None:
    desk = a_desk(1)
    desk.arrives(2)
    desk.tell(e.ConversationPicked(cid(2)))
    taken(desk, 2)
    assert desk.state.active == cid(2)


def test_a_customer_who_is_taken_while_the_agent_writes_to_another_waits_in_the_background() -> None:
    desk = a_desk(1)
    desk.arrives(2)
    desk.tell(e.ConversationPicked(cid(2)))
    types(desk, 1, "Hei")
    effects = desk.tell(e.ConversationTaken(facts(2, assignee=AINO, updated_at=150.0)))
    assert notices(effects) == [YoursInBackground(Displayable("Customer 2"), 2)]
    assert (desk.state.active, desk.state.tabs) == (cid(1), [cid(1), cid(2)])


def test_what_was_written_before_the_asking_keeps_nobody_in_the_background() -> None:
    desk = a_desk(1)
    desk.arrives(2)
    types(desk, 1, "Hei")
    desk.tell(e.ConversationPicked(cid(2)))
    taken(desk, 2)
    assert desk.state.active == cid(2)


def test_writing_during_one_taking_does_not_count_for_the_next() -> None:
    desk = a_desk(1)
    desk.arrives(2)
    desk.tell(e.ConversationPicked(cid(2)))
    types(desk, 1, "Hei")
    desk.tell(e.TakeFailed(cid(2), UNREACHABLE))
    desk.tell(e.ConversationPicked(cid(2)))
    taken(desk, 2)
    assert desk.state.active == cid(2)


@pytest.mark.parametrize(
    "text",
    [
        "Hei Pekka Ojala!",
        "Hei Pekka, kiitos viestistäsi.",
        "pekka",
        "Good morning Pekka",
        "Kiitos, se löytyi nimellä pekka  ojala",
        "Lähetin sen: PEKKA@example.org.",
        "pekka\nojala",
    ],
)
def test_a_text_that_names_another_open_customer_is_doubtful(text: str) -> None:
    desk = two_customers()
    assert doubt(desk.state, desk.chat(1), text, note=False) == NamesAnother(
        Displayable("Liisa Virtanen"), Displayable("Pekka Ojala")
    )


@pytest.mark.parametrize(
    "text",
    [
        "Kysy sitä joskus Pekka-kollegalta",
        "Lomake on nimeltään nyt Pekka",
        "Hei Liisa Virtanen",
        "Siis Ojalanen",
        "Tuo xpekka@example.org",
        "Hei, Aino täällä",
    ],
)
def test_a_first_name_further_on_the_own_name_or_another_word_is_not_doubtful(text: str) -> None:
    desk = two_customers()
    assert doubt(desk.state, desk.chat(1), text, note=False) is None


def test_a_note_may_name_anybody() -> None:
    desk = two_customers()
    assert doubt(desk.state, desk.chat(1), "See Pekka Ojala", note=True) is None


def test_two_customers_of_one_name_may_both_be_called_by_it() -> None:
    desk = two_customers()
    named(desk, 2, "Liisa Virtanen")
    assert doubt(desk.state, desk.chat(1), "Hei Liisa Virtanen", note=False) is None


@pytest.mark.parametrize("kind", [MessageKind.AGENT, MessageKind.NOTE])
def test_a_colleagues_line_after_the_draft_was_begun_is_doubtful(kind: MessageKind) -> None:
    desk = a_desk(1)
    types(desk, 1, "Hei")
    desk.tell(e.MessageReceived(cid(1), line(10, kind, 200.0, author=Displayable("Bengt")), None, None))
    types(desk, 1, "Hei vaan")
    expected = ColleagueAnswered(Displayable("Customer 1"), Displayable("Bengt"))
    assert doubt(desk.state, desk.chat(1), "Hei vaan", note=False) == expected


def test_a_colleagues_line_before_the_draft_or_one_of_the_agents_own_is_not() -> None:
    desk = a_desk(1)
    desk.agent_writes(1, 10, 200.0)
    types(desk, 1, "Hei")
    desk.agent_writes(1, 11, 201.0, mine=True)
    assert doubt(desk.state, desk.chat(1), "Hei", note=False) is None


def test_a_text_begun_anew_or_sent_has_read_the_colleagues_line() -> None:
    desk = a_desk(1)
    types(desk, 1, "Hei")
    desk.agent_writes(1, 10, 200.0)
    desk.submits(1, "Hei", "e1")
    types(desk, 1, "Lisää")
    assert doubt(desk.state, desk.chat(1), "Lisää", note=False) is None


def test_every_text_that_has_not_left_is_listed_with_its_customer() -> None:
    desk = a_desk(1, 2)
    desk.submits(1, "on its way", "e1")
    desk.submits(2, "failed", "e2")
    desk.tell(e.ReplyFailed(cid(2), EchoId("e2"), UNREACHABLE))
    desk.agent_writes(2, 10, 500.0, mine=True)
    desk.tell(e.UnsentRestored((Unsent(cid(9), EchoId("e3"), "left behind", note=False, after=None),)))
    rows = [(row.conversation, row.customer, row.first_words) for row in selectors.undelivered(desk.state)]
    assert rows == [
        (cid(1), "Customer 1", "on its way"),
        (cid(2), "Customer 2", "failed"),
        (cid(9), "", "left behind"),
    ]
