"""A text written for one customer becomes a template again: its names and numbers are taken out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from canned.generalising import generalised
from canned.render import render
from canned.spans import Span

VALUES = {
    "contact": {
        "name": "Liisa Virtanen",
        "first_name": "Liisa",
        "last_name": "Virtanen",
        "email": "l@example.org",
    },
    "agent": {"name": "Aino Laine", "first_name": "Aino", "last_name": "Laine"},
}


def test_names_become_variables() -> None:
    made = generalised("Hei Liisa, lähetin postia: l@example.org. Terveisin Aino Laine", VALUES)
    assert made.text == (
        "Hei {{ contact.first_name }}, lähetin postia: {{ contact.email }}. Terveisin {{ agent.name }}"
    )
    assert made.variables == ("contact.first_name", "contact.email", "agent.name")


def test_numbers_become_fields_but_those_of_the_text_itself_stay() -> None:
    made = generalised("Tilaus 123 456 lähti 2026. Soita 029 497 000.", VALUES, known="Soita 029497000")
    assert made.text == 'Tilaus {% field "number1" %} lähti 2026. Soita 029 497 000.'
    assert made.numbers == ("123 456",)


def test_a_short_number_is_a_number_even_if_the_chat_happens_to_have_it() -> None:
    text = "Kortti tulee 12 päivässä, asia 10452."
    assert generalised(text, {"conversation": {"id": "12"}}).text == text.replace(
        "10452", '{% field "number1" %}'
    )
    assert "{{ conversation.id }}" in generalised(text, {"conversation": {"id": "10452"}}).text


def test_a_name_with_an_ending_stays_and_is_told() -> None:
    made = generalised("Liisan kortti", VALUES)
    assert (made.text, made.doubtful) == ("Liisan kortti", ("Liisan",))


def test_fields_are_fields_again_with_all_they_had() -> None:
    field = Span(5, 10, "when", False, "today", ("today", 'the "next" day'), "when we answer")
    made = generalised("Back today.", VALUES, fields=[field])
    filled = render(made.text, VALUES)
    assert filled.text == "Back today."
    assert [(one.name, one.choices, one.hint) for one in filled.spans] == [
        ("when", ("today", 'the "next" day'), "when we answer")
    ]


@given(
    st.text(
        st.characters(exclude_categories=["Cs", "Co", "Cc"], exclude_characters="⟦⟧\ufdd0\ufdd1\ufdd2"),
        max_size=200,
    )
)
def test_filled_in_for_the_same_customer_it_says_the_same(text: str) -> None:
    made = generalised(f"Hei Liisa {text} {{{{ x }}}} {{% y %}} Aino", VALUES, known="0123456789" * 3 + text)
    if not made.numbers:
        assert render(made.text, VALUES).text == f"Hei Liisa {text} {{{{ x }}}} {{% y %}} Aino"
