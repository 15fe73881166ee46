"""Filling in canned responses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canned.render import TemplateError, gaps, render

AINO = {"contact": {"first_name": "Aino", "email": ""}, "agent": {"first_name": "Sari"}}


def test_variables_are_filled_in() -> None:
    assert render("Hei {{contact.first_name}}, t. {{ agent.first_name }}", AINO).text == "Hei Aino, t. Sari"


def test_a_variable_without_a_value_becomes_a_gap() -> None:
    rendered = render("Vastaamme: {{contact.email}}", AINO)
    assert rendered.gaps == ("contact email",)
    assert gaps(rendered.text) == ("contact email",)


def test_a_fallback_closes_the_gap() -> None:
    assert render("Hej {{contact.email | default: 'du'}}", AINO).text == "Hej du"


def test_values_are_data_and_never_template() -> None:
    rendered = render(
        "Hei {{contact.first_name}}", {"contact": {"first_name": "{{agent.first_name}}{% if %}"}}
    )
    assert rendered.text == "Hei {{agent.first_name}}{% if %}"


@pytest.mark.parametrize(
    "text",
    [
        "{% if %}",
        "{{ x | no_such_filter }}",
        "{% for i in (1..1000000) %}x{% endfor %}",
        "{% include 'passwords' %}",
        "{{ unclosed",
        "{% for i in (1..900) %}a long line of text, repeated without end and reason{% endfor %}",
    ],
)
def test_a_bad_or_boundless_template_is_one_clear_error(text: str) -> None:
    with pytest.raises(TemplateError):
        render(text, AINO)


@given(st.text(), st.text())
def test_any_text_and_value_renders_or_is_refused(text: str, value: str) -> None:
    try:
        rendered = render(text, {"contact": {"first_name": value}})
    except TemplateError:
        return
    assert len(rendered.text) <= 40_000 + len(text)
