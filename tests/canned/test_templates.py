"""The template language: fields, filters, conditions, time, and bounds that nothing gets past."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from canned.filling import fill
from canned.model import Response
from canned.moment import moment
from canned.render import GAP_CLOSE, GAP_OPEN, TemplateError, inspect, render
from canned.template import FILTERS, MAX_TEMPLATE, MAX_TEXT
from tests.canned.library import MOI

AINO = {"contact": {"name": "Aino Virtanen", "first_name": "aino"}, "agent": {"first_name": "Sari"}}
FIELD = (
    "Vastaamme {% field 'deadline', default: 'huomenna', choices: 'tänään | huomenna', hint: 'milloin' %}."
)
MORNING = datetime(2026, 2, 3, 9, 5)  # noqa: DTZ001  a local time


def test_a_field_stands_with_its_default_and_tells_its_choices() -> None:
    rendered = render(FIELD, AINO)
    [span] = rendered.spans
    assert rendered.text == "Vastaamme huomenna."
    assert rendered.text[span.start : span.end] == "huomenna"
    assert (span.name, span.open, span.choices, span.hint) == (
        "deadline",
        False,
        ("tänään", "huomenna"),
        "milloin",
    )


def test_a_field_without_default_is_a_gap() -> None:
    rendered = render("Kello {% field time %}, {{ contact.email }}", AINO)
    assert rendered.gaps == ("time", "contact email")
    assert [rendered.text[span.start : span.end] for span in rendered.spans] == ["⟦time⟧", "⟦contact email⟧"]
    assert all(span.open for span in rendered.spans)


def test_a_filled_field_says_the_same_wherever_it_is_named() -> None:
    filled = render(FIELD + " {{ field.deadline }}", {"field": {"deadline": "tänään"}})
    assert filled.text == "Vastaamme tänään. tänään"
    assert render(FIELD + " {{ field.deadline }}", {}).text == "Vastaamme huomenna. huomenna"


def test_customer_and_contact_are_one() -> None:
    assert render("{{ customer.first_name | capitalize }}", AINO).text == "Aino"


@pytest.mark.parametrize(
    ("name", "first"), [("Aino Virtanen", "Aino"), ("Virtanen, Aino Maria", "Aino"), ("Aino", "Aino")]
)
def test_the_first_name_is_taken_out_of_a_whole_one(name: str, first: str) -> None:
    assert render("{{ contact.name | first_name }}", {"contact": {"name": name}}).text == first


def test_the_first_name_of_nobody_stays_a_gap_or_takes_the_fallback() -> None:
    assert render("{{ contact.name | first_name }}", {}).gaps == ("contact name",)
    assert render("{{ contact.name | first_name | default: 'du' }}", {}).text == "du"


def test_conditions_choose_between_texts() -> None:
    text = "{% if contact.email %}Kirjoitamme: {{ contact.email }}{% else %}Mikä on osoitteesi?{% endif %}"
    assert render(text, AINO).text == "Mikä on osoitteesi?"


def test_a_customers_name_cannot_open_a_gap_or_a_field() -> None:
    name = f"{GAP_OPEN}total{GAP_CLOSE}\ufdd0[]\ufdd1x\ufdd2 {{% field x %}}"
    rendered = render("Hei {{ contact.name }}", {"contact": {"name": name}})
    assert rendered.gaps == ()
    assert rendered.spans == ()
    assert rendered.text == "Hei [total][]x {% field x %}"


@pytest.mark.parametrize(
    ("language", "greeting", "date", "time_of_day"),
    [
        ("fi", "Hyvää huomenta", "3. helmikuuta", "aamulla"),
        ("sv", "God morgon", "3 februari", "på morgonen"),
        ("nl", "Goedemorgen", "3 februari", "’s ochtends"),
        ("en", "Good morning", "February 3", "in the morning"),
    ],
)
def test_time_is_told_in_the_customers_language(
    language: str, greeting: str, date: str, time_of_day: str
) -> None:
    told = moment(language, MORNING)
    assert (told["greeting"], told["date"], told["time_of_day"]) == (greeting, date, time_of_day)


@given(st.text(max_size=20))
def test_an_unknown_language_has_no_words_for_time(language: str) -> None:
    assert isinstance(moment(f"q{language}", MORNING), dict)


def test_a_response_is_filled_in_the_customers_language() -> None:
    filled = fill(MOI, AINO, language="fi", at=MORNING)
    assert (filled.rendered.text, filled.language, filled.fits) == ("Hei aino, täällä Sari.", "fi", True)


def test_without_the_customers_language_a_fallback_is_taken_and_told() -> None:
    filled = fill(MOI, AINO, language="nl", fallbacks=("sv",), at=MORNING)
    assert (filled.language, filled.fits) == ("sv", False)


def test_now_is_known_without_being_given() -> None:
    response = Response("", "x", bodies={"sv": "{{ now.greeting }}, {{ now.weekday }}"})
    assert fill(response, {}, language="sv", at=MORNING).rendered.text == "God morgon, tisdag"


def test_inspecting_finds_every_branch() -> None:
    asked = inspect(
        "{% if contact.email %}{{ a.b | first }}{% field x %}{% else %}{{ c | nosuch }}{% endif %}"
    )
    assert asked.variables == {"contact.email", "a.b", "c"}
    assert asked.open_fields == ("x",)
    assert asked.unknown_filters == {"nosuch"}


@pytest.mark.parametrize(
    "text",
    [
        "{% assign a = 'xxxxxxxxxxxxxxxx' %}" + "{% assign a = a | append: a %}" * 40 + "{{ a }}",
        "{% assign a = 'xxxxxxxxxxxxxxxx' %}"
        + "{% assign a = a | append: a %}" * 10
        + "{{ a | replace: 'x', a }}",
        "{{ 'x'" + " | append: 'xxxxxxxxxx'" * 5000 + " }}",
        "{% capture a %}" + "x" * 9_000 + "{% endcapture %}" + "{{ a }}" * 1_500,
        "x" * (MAX_TEMPLATE + 1),
        "{% if a %}" * 500 + "{% endif %}" * 500,
        "{{ " + "a[" * 3000 + "b" + "]" * 3000 + " }}",
        "{% tablerow i in (1..99999999) %}x{% endtablerow %}",
        "{% render 'x' %}{% include '/etc/hostname' %}",
        "{{ 'now' | date: '%s' }}",
        "{% cycle 'a', 'b' %}",
        "{{ 2 | times: 2 }}",
        "{{" * 10_000,
        "{% raw %}{{" * 1_800 + "}}",
    ],
    ids=range(14),
)
def test_what_would_grow_repeat_or_reach_out_is_refused(text: str) -> None:
    with pytest.raises(TemplateError):
        render(text, AINO)


def test_an_error_says_its_line_and_no_value() -> None:
    with pytest.raises(TemplateError) as refused:
        render("Hei\n\n{{ contact.name | nosuch }}", {"contact": {"name": "SECRET"}})
    assert refused.value.line == 3
    assert "SECRET" not in str(refused.value)


_pieces = st.sampled_from(
    [
        "{{", "}}", "{%", "%}", " field ", "'a'", '"b"', ", default: ", "choices: ", "|", ":", "if ", "endif",
        "case ", "when ", "assign ", "capture ", "endcapture", " = ", "contact", ".first_name",
        "comment", "endcomment", "[", "]", "(1..9)", "x", "\n", " ", "\ufdd0", "\ufdd1", "\ufdd2", "⟦",
        "⟧", "-", "99999999", "raw", "endraw",
        *FILTERS,
    ]
)  # fmt: skip


@settings(max_examples=300)
@given(st.lists(_pieces | st.text(max_size=3), max_size=40).map("".join), st.text(max_size=30))
def test_no_template_and_no_value_crashes_or_exceeds_the_bounds(text: str, value: str) -> None:
    for use in (
        lambda: render(text, {"contact": {"first_name": value}, "x": value}).text,
        lambda: inspect(text),
    ):
        try:
            done = use()
        except TemplateError:
            continue
        assert not isinstance(done, str) or len(done) <= MAX_TEXT * 4


@given(
    st.recursive(st.text(max_size=8), lambda inner: st.dictionaries(st.text(max_size=8), inner, max_size=3))
)
def test_any_tree_of_values_renders(values: object) -> None:
    scope = values if isinstance(values, dict) else {"contact": {"first_name": str(values)}}
    render("{{ contact.first_name }}{{ field }}{% field a, default: contact %}", scope)


@given(st.text(st.characters(exclude_characters="{}")))
def test_spans_lie_where_they_say(text: str) -> None:
    rendered = render(f"{text}{FIELD}{text}{{% field b %}}", {})
    told = [rendered.text[span.start : span.end] for span in rendered.spans if span.name in {"deadline", "b"}]
    assert told[-2:] == ["huomenna", "⟦b⟧"]
