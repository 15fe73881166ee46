"""What is found in what the desk holds, and what becomes of the backend's answers."""

from __future__ import annotations

from agent_tui.desk import events as e
from agent_tui.desk.effects import LoadCustomersChats, SearchEverywhere
from agent_tui.desk.failure_notice import PreviousNotLoaded
from agent_tui.desk.found import HitKind, SearchHit
from agent_tui.desk.searching import excerpt, hits, words_of
from agent_tui.desk.text import Displayable, clean_line
from api_client.backend import Capability
from api_client.models.identity import ContactId, MessageId
from api_client.models.message import MessageKind
from tests.desk.stage import AINO, UNREACHABLE, Desk, a_desk, cid, line, notices

OLGA = ContactId("c9")


def a_searching_desk(*mine: int) -> Desk:
    desk = a_desk(*mine)
    desk.tell(e.SignedIn(AINO, Displayable("Tax office"), frozenset({Capability.SEARCH})))
    return desk


def found(desk: Desk) -> list[tuple[HitKind, object, object]]:
    return [(hit.kind, hit.conversation, hit.message or hit.contact) for hit in hits(desk.state)]


def message(number: int, said: int, customer: str = "") -> SearchHit:
    return SearchHit(
        HitKind.MESSAGE,
        clean_line(customer),
        Displayable("words"),
        50.0,
        conversation=cid(number),
        message=MessageId(str(said)),
    )


def test_chats_are_found_by_name_and_number_and_messages_by_their_words() -> None:
    desk = a_searching_desk(1)
    desk.arrives(2)
    desk.customer_writes(1, 7, at=150.0, raw="My CARD is\nbroken, customer 2 said")
    desk.tell(e.SearchRequested("customer 2"))
    assert found(desk) == [(HitKind.CHAT, cid(2), None), (HitKind.MESSAGE, cid(1), "7")]
    desk.tell(e.SearchRequested("#2"))
    assert found(desk) == [(HitKind.CHAT, cid(2), None)]
    desk.tell(e.SearchRequested("broken card"))
    assert found(desk) == [(HitKind.MESSAGE, cid(1), "7")]
    desk.tell(e.SearchRequested("  "))
    assert found(desk) == []


def test_what_was_deleted_or_only_happened_is_not_found() -> None:
    desk = a_searching_desk(1)
    desk.customer_writes(1, 7, at=150.0, raw="assigned", deleted=True)
    desk.tell(e.MessageReceived(cid(1), line(8, MessageKind.ACTIVITY, 151.0, raw="assigned"), None, None))
    desk.tell(e.SearchRequested("assigned"))
    assert found(desk) == []


def test_the_backend_is_asked_and_adds_what_the_desk_does_not_hold() -> None:
    desk = a_searching_desk(1)
    desk.customer_writes(1, 7, at=150.0, raw="zebra")
    assert desk.tell(e.SearchRequested(" zebra ")) == [SearchEverywhere("zebra")]
    assert not desk.state.search.answered
    desk.tell(e.SearchAnswered("zebra", (message(1, 7), message(1, 3), message(9, 4, "Olga"))))
    assert [hit.key for hit in hits(desk.state)] == [
        message(1, 7).key,
        message(1, 3).key,
        message(9, 4).key,
    ]
    assert [hit.customer for hit in hits(desk.state)] == ["Customer 1", "Customer 1", "Olga"]


def test_an_answer_that_comes_too_late_is_dropped() -> None:
    desk = a_searching_desk()
    desk.tell(e.SearchRequested("zeb"))
    desk.tell(e.SearchRequested("zebra"))
    desk.tell(e.SearchAnswered("zeb", (message(9, 4, "Olga"),)))
    desk.tell(e.SearchFailed("zeb", UNREACHABLE))
    assert (hits(desk.state), desk.state.search.answered) == ([], False)
    desk.tell(e.SearchFailed("zebra", UNREACHABLE))
    assert desk.state.search.problem == UNREACHABLE


def test_no_backend_is_asked_that_cannot_search_is_not_there_or_would_find_everything() -> None:
    desk = a_searching_desk()
    assert desk.tell(e.SearchRequested("z")) == []
    assert desk.tell(e.SearchRequested("7")) == [SearchEverywhere("7")]
    desk.tell(e.ConnectionDropped("closed", 1.0, 1))
    assert desk.tell(e.SearchRequested("zebra")) == []
    assert desk.state.search.answered
    other = a_desk()
    assert other.tell(e.SearchRequested("zebra")) == []


def test_the_chats_of_a_customer_are_fetched_anew_for_each() -> None:
    desk = a_searching_desk()
    assert desk.tell(e.CustomersChatsRequested(OLGA)) == [LoadCustomersChats(OLGA)]
    desk.tell(e.CustomersChatsLoaded(OLGA, ()))
    assert desk.state.customers_chats == (OLGA, ())
    desk.tell(e.CustomersChatsRequested(ContactId("c8")))
    assert desk.state.customers_chats is None
    assert notices(desk.tell(e.CustomersChatsFailed(UNREACHABLE))) == [PreviousNotLoaded(UNREACHABLE)]


def test_an_excerpt_shows_the_words_that_were_looked_for() -> None:
    long = "one two three four five six seven eight nine ten ZEBRA eleven\ntwelve"
    assert excerpt(long, words_of("zebra")) == "…eight nine ten ZEBRA eleven twelve"
    assert excerpt("a zebra", words_of("zebra")) == "a zebra"
    assert len(excerpt("zebra " * 100, words_of("zebra"))) == 120


def test_private_numbers_stay_hidden_in_what_is_found() -> None:
    desk = a_searching_desk(1)
    desk.customer_writes(1, 7, at=150.0, raw="my number", masked=Displayable("my ******"))
    desk.tell(e.SearchRequested("number"))
    (hit,) = hits(desk.state)
    assert hit.words == "my ******"
