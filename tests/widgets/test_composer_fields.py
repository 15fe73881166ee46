"""Fields and canned responses in a text being written: they follow every change; undo brings them back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from agent_tui.desk.passages import Field, Passage, Place
from agent_tui.desk.text import Displayable
from agent_tui.widgets.composer_buffer import Buffer
from agent_tui.widgets.editing_keys import edit
from api_client.models.identity import ConversationId
from canned.spans import gaps

LIISA = ConversationId("1")
TEXT = Displayable("Korttisi saapuu ⟦when⟧ postissa, terveisin ⟦name⟧.")
FIELDS = (
    Field(16, 22, "when", ("huomenna", "tänään"), "when it comes"),
    Field(43, 49, "name"),
)


def a_passage(text: str = TEXT, key: str = "card") -> Passage:
    return Passage(0, len(text), key, key, "fi", plain="Korttisi saapuu  postissa, terveisin .")


def written(before: str = "") -> Buffer:
    buffer = Buffer(LIISA, before)
    buffer.place(TEXT, a_passage(), FIELDS)
    return buffer


def held(buffer: Buffer) -> list[str]:
    return [buffer.text[field.start : field.end] for field in buffer.marks.fields]


def test_the_first_gap_is_selected_and_what_is_typed_fills_it() -> None:
    buffer = written("Hei Liisa. /car")
    assert buffer.selected == "⟦when⟧"
    for letter in "ensi viikolla":
        buffer.insert(letter)
    assert buffer.text == "Hei Liisa. Korttisi saapuu ensi viikolla postissa, terveisin ⟦name⟧."
    assert held(buffer) == ["ensi viikolla", "⟦name⟧"]
    buffer.walk(1)
    assert buffer.selected == "⟦name⟧"
    buffer.insert("Aino")
    assert gaps(buffer.text) == ()


def test_tab_goes_round_and_past_the_last_field_stands_the_end_of_the_text() -> None:
    buffer = written()
    buffer.walk(1)
    buffer.walk(1)
    assert (buffer.cursor, buffer.selection) == (len(TEXT), None)
    buffer.walk(1)
    assert buffer.selected == "⟦when⟧"
    buffer.walk(-1)
    assert buffer.selected == "⟦name⟧"


def test_the_arrows_offer_the_choices_and_nothing_where_there_are_none() -> None:
    buffer = written()
    assert buffer.choose(1)
    assert buffer.selected == "huomenna"
    assert buffer.choose(1)
    assert buffer.selected == "tänään"
    assert buffer.choose(1)
    assert buffer.selected == "huomenna"
    buffer.walk(1)
    assert not buffer.choose(1)


def test_what_fills_one_field_fills_the_gaps_of_its_name() -> None:
    buffer = Buffer(LIISA)
    text = Displayable("By ⟦reply by⟧. Again: ⟦reply by⟧.")
    fields = (Field(3, 13, "reply_by"), Field(22, 32, "reply by"))
    buffer.place(text, Passage(0, len(text), "k", "k"), fields)
    buffer.insert("Friday")
    buffer.walk(1)
    assert buffer.text == "By Friday. Again: Friday."


def test_several_in_one_message_keep_their_places() -> None:
    buffer = written()
    buffer.move(len(buffer.text))
    buffer.insert("\n/ki")
    buffer.place(Displayable("Kiitos."), Passage(0, 7, "thanks", "thanks"), ())
    assert [one.key for one in buffer.marks.passages] == ["card", "thanks"]
    assert [buffer.text[one.start : one.end] for one in buffer.marks.passages] == [TEXT, "Kiitos."]


def test_words_before_after_and_between_are_not_the_fields() -> None:
    buffer = written()
    buffer.walk(1)
    buffer.walk(1)
    buffer.insert(" Voi hyvin!")
    buffer.move(0)
    buffer.insert("Hei. ")
    assert held(buffer) == ["⟦when⟧", "⟦name⟧"]
    buffer.move(0)
    buffer.move(len(buffer.text), select=True)
    buffer.insert("x")
    assert (buffer.marks.fields, buffer.marks.passages) == ((), ())
    buffer.undo()
    assert held(buffer) == ["⟦when⟧", "⟦name⟧"]


def test_a_draft_has_its_fields_again() -> None:
    first = written()
    again = Buffer(LIISA, first.text, marks=first.marks)
    again.walk(1)
    assert again.selected == "⟦name⟧"


KEYS = (
    "left",
    "right",
    "backspace",
    "delete",
    "ctrl+w",
    "ctrl+z",
    "ctrl+y",
    "shift+left",
    "tab",
    "shift+tab",
)


def press(buffer: Buffer, key: str) -> None:
    if key == "choose":
        buffer.choose(1)
    elif key == "place":
        buffer.place(TEXT, a_passage(), FIELDS)
    elif not edit(buffer, key, None):
        buffer.insert(key)


@given(st.lists(st.sampled_from((*KEYS, "a", "ä", " ", "\n", "choose", "place", "e\u0301"))))
def test_no_key_tears_marks_from_their_text_and_undo_is_exact(keys: list[str]) -> None:
    buffer = Buffer(LIISA, "Hei ")
    for key in keys:
        press(buffer, key)
        places: tuple[Place, ...] = (*buffer.marks.fields, *buffer.marks.passages)
        assert all(0 <= one.start <= one.end <= len(buffer.text) for one in places)
        assert buffer.marks.current is None or buffer.marks.field is not None
    text, marks = buffer.text, buffer.marks
    for _ in keys:
        buffer.undo()
    for _ in keys:
        buffer.redo()
    if buffer.text == text:
        assert buffer.marks.passages == marks.passages
