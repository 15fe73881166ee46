"""The hand-over card: found in the lines, written as plain text, read back whatever the text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from agent_tui.desk import events as e
from agent_tui.desk.card_compiling import compiled, newest_card
from agent_tui.desk.hand_over_card import HandOverCard, Part, card_of, is_receipt, parsed, receipt, written
from agent_tui.desk.text import clean_line
from api_client.chatwoot.mentions import marked
from api_client.models.identity import AgentId
from api_client.models.message import MessageKind
from api_client.models.people import Agent, Availability, Role
from tests.desk.stage import Desk, a_desk, cid, label, line

TITLES = {part: part.name.title() for part in Part}
HOSTILE = st.text() | st.text(alphabet="⇄?·✓↗!◇»- @[](:)\n\r\x1b\u202e\ud800ab", max_size=80)
CARDS = st.dictionaries(st.sampled_from(Part), st.lists(HOSTILE, max_size=4).map(tuple)).map(card_of)


@given(HOSTILE | HOSTILE.map(lambda text: f"⇄ x\n{text}"))
def test_any_text_is_a_card_that_can_be_shown_or_none(text: str) -> None:
    card = parsed(text)
    for items in () if card is None else card.items.values():
        assert all(item and item == clean_line(item, limit=300) for item in items)
        assert len(items) <= 8
    compiled(_saying(text).chat(1))


@given(CARDS)
def test_what_is_written_is_read_back_part_by_part(card: HandOverCard) -> None:
    again = parsed(written(card, "Hand-over card", TITLES))
    assert again is not None
    assert again.items.keys() == card.items.keys()
    assert written(again, "Hand-over card", TITLES) == written(card, "Hand-over card", TITLES)


@given(HOSTILE)
def test_quoted_words_stay_in_their_part_and_call_nobody_in(text: str) -> None:
    note = written(card_of({Part.QUESTION: (text, f"@Bengt Ek {text}")}), "Card", TITLES)
    card = parsed(note)
    assert card is not None
    assert card.items.keys() <= {Part.QUESTION}
    bengt = Agent(AgentId("2"), "Bengt Ek", "bengt@example.org", Role.AGENT, Availability.ONLINE)
    assert marked(note, [bengt]) == note
    assert "](" not in note


def test_a_pushed_mention_or_picture_in_a_quote_is_only_words() -> None:
    hostile = "[@Bengt Ek](mention://user/2/Bengt) ![x](https://example.org/x.png)"
    note = written(card_of({Part.QUESTION: (hostile,)}), "Card", TITLES)
    assert "](" not in note


def test_a_card_is_read_in_whatever_language_its_titles_are() -> None:
    note = "⇄ Siirtokortti\n? Avoinna\n- Saldo puuttuu\n» Sinulle\nKiireinen\n- Soita ensin"
    card = parsed(note)
    assert card is not None
    assert card.of(Part.QUESTION) == ("Saldo puuttuu",)
    assert card.of(Part.FOR_YOU) == ("Kiireinen", "Soita ensin")


def test_a_receipt_is_no_card_and_an_ordinary_note_is_neither() -> None:
    assert is_receipt(receipt("Read"))
    assert parsed(receipt("Read")) is None
    assert parsed("Olga called twice") is None
    assert not is_receipt("⇄ Hand-over card")


def _saying(*texts: str) -> Desk:
    desk = a_desk(1)
    for number, text in enumerate(texts, 10):
        desk.customer_writes(1, number, at=100.0 + number, raw=text)
    return desk


def _a_case() -> Desk:
    desk = _saying("My card was declined")
    said = "Hi Olga. Have you tried to close the app and open it again? See https://help.example/card."
    desk.agent_writes(1, 20, at=200.0, raw=said)
    desk.agent_writes(1, 21, at=201.0, raw="I will call the shop today.")
    desk.customer_writes(1, 22, at=202.0, raw="Still declined. What now?")
    desk.chat(1).tags = (label("refund"), label("vero"))
    return desk


def test_the_card_lays_the_case_out() -> None:
    card = compiled(_a_case().chat(1))
    assert card.of(Part.QUESTION) == ("Still declined. What now?",)
    assert card.of(Part.TRIED) == ("Have you tried to close the app and open it again?",)
    assert card.of(Part.SENT) == ("https://help.example/card",)
    assert card.of(Part.PROMISED) == ("I will call the shop today.",)
    assert card.of(Part.TAGS) == ("refund, vero",)


def test_promises_are_found_in_the_four_languages() -> None:
    promises = (
        "Palaan asiaan huomenna.",
        "Jag återkommer i morgon.",
        "Morgen kom ik terug op uw vraag.",
        "We'll let you know by Friday.",
    )
    for promise in promises:
        desk = _saying("Moi")
        desk.agent_writes(1, 20, at=200.0, raw=f"Hei. {promise} Kiitos!")
        assert compiled(desk.chat(1)).of(Part.PROMISED) == (promise,)


def test_once_all_is_answered_the_last_question_stands_there() -> None:
    desk = _saying("Where is my card?", "Thanks")
    desk.agent_writes(1, 20, at=200.0, raw="It comes by mail on Monday.")
    assert compiled(desk.chat(1)).of(Part.QUESTION) == ("Where is my card?",)


def test_what_an_earlier_card_knew_goes_on() -> None:
    desk = _a_case()
    note = written(card_of({Part.KNOWN: ("Employer: Aallokko",), Part.SENT: ("a page",)}), "Card", TITLES)
    desk.tell(e.MessageReceived(cid(1), line(23, MessageKind.NOTE, 203.0, raw=note), None, None))
    card = compiled(desk.chat(1))
    assert card.of(Part.KNOWN) == ("Employer: Aallokko",)
    assert card.of(Part.SENT) == ("a page", "https://help.example/card")


def test_a_card_counts_until_somebody_has_read_it() -> None:
    desk = a_desk(1)
    card = line(5, MessageKind.NOTE, 150.0, raw="⇄ Card\n? Open\n- Why?")
    read = line(6, MessageKind.NOTE, 160.0, raw=receipt("Read"))
    desk.chat(1).transcript.lines[:] = [card]
    found = newest_card(desk.chat(1).transcript.lines)
    assert found is not None
    assert found[0] is card
    assert newest_card([card, read]) is None
    assert newest_card([line(7, MessageKind.CUSTOMER, 1.0, raw=card.raw)]) is None
