"""Numbers that say who somebody is are found by their check digits, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iban, luhn
from stdnum.fi import hetu

from agent_tui.desk.private_numbers import (
    NumberKind,
    masked,
    private_numbers,
    without_private_numbers,
)
from agent_tui.desk.text import NOTHING, Displayable, clean_block


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("131052-308T", NumberKind.FINNISH_IDENTITY),
        ("131052-308t", NumberKind.FINNISH_IDENTITY),
        ("010516B903X", NumberKind.FINNISH_IDENTITY),
        ("880320-0016", NumberKind.SWEDISH_IDENTITY),
        ("19880320-0016", NumberKind.SWEDISH_IDENTITY),
        ("198803200016", NumberKind.SWEDISH_IDENTITY),
        ("111222333", NumberKind.DUTCH_CITIZEN),
        ("1112.22.333", NumberKind.DUTCH_CITIZEN),
        ("111 222 333", NumberKind.DUTCH_CITIZEN),
        ("FI21 1234 5600 0007 85", NumberKind.BANK_ACCOUNT),
        ("fi2112345600000785", NumberKind.BANK_ACCOUNT),
        ("NL91ABNA0417164300", NumberKind.BANK_ACCOUNT),
        ("SE45 5000 0000 0583 9825 7466", NumberKind.BANK_ACCOUNT),
        ("4111 1111 1111 1111", NumberKind.PAYMENT_CARD),
        ("4111-1111-1111-1111", NumberKind.PAYMENT_CARD),
        ("378282246310005", NumberKind.PAYMENT_CARD),
        ("3782 822463 10005", NumberKind.PAYMENT_CARD),
    ],
)
def test_each_kind_is_found_wherever_it_stands(number: str, kind: NumberKind) -> None:
    text = f"Tunnus: {number}. Kiitos, tässä kaikki."
    [found] = private_numbers(text)
    assert (found.kind, text[found.start : found.end]) == (kind, number)


@pytest.mark.parametrize(
    "text",
    [
        "131052-308U",  # a wrong check letter
        "880320-0017",
        "111222334",
        "FI21 1234 5600 0007 86",
        "4111 1111 1111 1112",
        "Soita 0401234567 tai +358 40 123 4567.",
        "Bel 06 12345678 of +31 6 12345678.",
        "Order 2026-11-22, 14:30, paid 1 299,00 €",
        "https://desk.example/orders/131052",
        "version 1.2.3, build 20261122",
        "",
    ],
)
def test_what_only_looks_like_one_stays_readable(text: str) -> None:
    assert private_numbers(text) == ()
    assert masked(Displayable(text)) == NOTHING
    assert without_private_numbers(Displayable(text)) == text


def test_several_in_one_text_are_all_starred_out_and_nothing_moves() -> None:
    text = Displayable("Olen 131052-308T ja tilini on FI21 1234 5600 0007 85, kiitos.")
    shown = masked(text)
    assert shown == "Olen ******-**** ja tilini on **** **** **** **** **, kiitos."
    assert len(shown) == len(text)


@pytest.mark.parametrize("after", ["kiva homma", "nyt", "ok tack heel", "1234"])
def test_words_behind_a_number_do_not_hide_it(after: str) -> None:
    for number in ("SE45 5000 0000 0583 9825 7466", "4111 1111 1111 1111", "FI21 1234 5600 0007 85"):
        [found] = private_numbers(f"{number} {after}")
        assert found.end == len(number)


def test_a_number_behind_something_that_is_none_is_found() -> None:
    assert len(private_numbers("Tilaus 1234 131052-308T")) == 1
    assert len(private_numbers("AB12 3456 7890 1234 111222333")) == 1


@given(st.text(alphabet="0123456789 -+.AaFfIiNnLlSsEeTXxY\n", max_size=80))
def test_any_text_is_masked_to_the_same_length_and_once_is_enough(text: str) -> None:
    shown = without_private_numbers(Displayable(text))
    assert len(shown) == len(text)
    assert private_numbers(shown) == ()


@given(st.text(max_size=60), st.integers(0, 99999999999999), st.text(max_size=60))
def test_a_valid_account_among_any_words_never_shows(before: str, digits: int, after: str) -> None:
    body = f"{digits:014d}"
    number = f"FI{iban.calc_check_digits('FI00' + body)}{body}"
    assert iban.is_valid(number)
    text = clean_block(f"{before} {number} {after}").text
    assert number not in without_private_numbers(text)


def test_the_checks_are_those_of_a_kept_library() -> None:
    assert hetu.is_valid("131052-308T")
    assert luhn.is_valid("4111111111111111")
