"""The customer's card: fetched once, written on, corrected, and told of when that fails."""

from __future__ import annotations

from agent_tui.desk import events as e
from agent_tui.desk.customer_effects import ChangeCustomer, LoadNotes, SetAttribute, WriteNote
from agent_tui.desk.failure_notice import CustomerNotSaved
from agent_tui.desk.model import Card, CustomerNote
from agent_tui.desk.notice import CustomerSaved
from agent_tui.desk.text import Displayable
from api_client.backend import Capability
from api_client.models.identity import ContactId
from api_client.models.people import ContactChanges
from tests.desk.stage import AINO, UNREACHABLE, a_desk, cid, notices

LIISA = ContactId("c1")
NOTE = CustomerNote(Displayable("Prefers the telephone"), AINO.name, 50.0)


def test_notes_are_fetched_once_where_the_backend_keeps_them() -> None:
    desk = a_desk(1, 2)
    assert LoadNotes(cid(1), LIISA) not in desk.tell(e.TabSelected(cid(1)))
    desk.state.capabilities = frozenset({Capability.CONTACT_NOTES})
    assert LoadNotes(cid(1), LIISA) in desk.tell(e.TabSelected(cid(1)))
    desk.tell(e.NotesLoaded(cid(1), (NOTE,)))
    assert LoadNotes(cid(1), LIISA) not in desk.tell(e.TabSelected(cid(1)))
    assert desk.chat(1).notes == (NOTE,)


def test_a_note_stands_on_the_card_when_the_backend_has_it() -> None:
    desk = a_desk(1)
    assert desk.tell(e.CustomerNoteWritten(cid(1), " ")) == []
    assert desk.tell(e.CustomerNoteWritten(cid(1), "Calls back\n")) == [
        WriteNote(cid(1), LIISA, "Calls back")
    ]
    told = notices(desk.tell(e.NoteKept(cid(1), NOTE)))
    assert told == [CustomerSaved(desk.chat(1).card.name)]
    assert desk.chat(1).notes == (NOTE,)


def test_a_changed_customer_is_shown_as_the_backend_has_them() -> None:
    desk = a_desk(1)
    changes = ContactChanges(name="Liisa Aalto")
    assert desk.tell(e.CustomerChanged(cid(1), changes)) == [ChangeCustomer(cid(1), LIISA, changes)]
    card = Card(LIISA, Displayable("Liisa Aalto"), "Liisa Aalto")
    desk.tell(e.CustomerTold(cid(1), card))
    assert desk.chat(1).card is card


def test_a_detail_of_the_chat_is_set_and_a_failure_is_told() -> None:
    desk = a_desk(1)
    assert desk.tell(e.DetailChanged(cid(1), "order", "B-1")) == [SetAttribute(cid(1), "order", "B-1")]
    assert desk.tell(e.DetailChanged(cid(1), " ", "B-1")) == []
    told = notices(desk.tell(e.CustomerNotSaved(cid(1), UNREACHABLE)))
    assert told == [CustomerNotSaved(desk.chat(1).card.name, UNREACHABLE)]


def test_chats_that_are_not_known_are_left_alone() -> None:
    desk = a_desk()
    for event in (
        e.NotesLoaded(cid(9), (NOTE,)),
        e.NoteKept(cid(9), NOTE),
        e.CustomerNoteWritten(cid(9), "x"),
        e.DetailChanged(cid(9), "a", "b"),
    ):
        assert desk.tell(event) == []
