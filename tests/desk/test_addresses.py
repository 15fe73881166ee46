"""Addresses are found in any text and shown with the host they really lead to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.desk.addresses import Oddity, addresses, is_internal, may_be_asked


def only(text: str) -> tuple[str, tuple[Oddity, ...]]:
    (one,) = addresses(text)
    return one.shown, one.oddities


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("see https://vero.example/en/cards.", "vero.example/en/cards"),
        ("(https://vero.example/a_(b))", "vero.example/a_(b)"),
        ("www.vero.example/kortti, kiitos", "www.vero.example/kortti"),
        ("HTTPS://Vero.Example/", "vero.example"),
        ("[Kortti](https://vero.example/kortti)", "vero.example/kortti"),
        ("https://vero.example:8443/x?y=1", "vero.example:8443/x?y=1"),
    ],
)
def test_an_address_ends_where_a_person_would_say(text: str, shown: str) -> None:
    assert only(text)[0] == shown


@pytest.mark.parametrize("text", ["ei osoitetta", "a@www.example", "https://", "https://[", "http://⟦link⟧"])
def test_what_leads_nowhere_is_no_address(text: str) -> None:
    assert addresses(text) == ()


@pytest.mark.parametrize(
    ("text", "host", "oddity"),
    [
        ("https://p\u0430ypal.example/", "xn--pypal-4ve.example", Oddity.MIXED),
        ("https://xn--pypal-4ve.example/", "xn--pypal-4ve.example", Oddity.MIXED),
        ("https://\u00e4\u00e4nekoski.example/", "xn--nekoski-4waa.example", Oddity.FOREIGN),
        ("https://bank.example@evil.example/", "evil.example", Oddity.HIDDEN),
        ("https://203.0.113.9/", "203.0.113.9", Oddity.NUMBER),
        ("http://vero.example/", "vero.example", Oddity.OPEN),
        ("https://intra/wiki", "intra/wiki", Oddity.INTERNAL),
        ("https://chat.example/app/accounts/1/conversations/5", "chat.example", Oddity.INTERNAL),
    ],
)
def test_what_is_odd_about_an_address_is_told_with_its_real_host(
    text: str, host: str, oddity: Oddity
) -> None:
    shown, oddities = only(text)
    assert shown.startswith(host)
    assert oddity in oddities


def test_a_name_in_one_alphabet_is_not_called_mixed() -> None:
    assert Oddity.MIXED not in only("https://\u00e4\u00e4nekoski.example/")[1]
    assert Oddity.MIXED not in only("https://\u65e5\u672c\u30c6.example/")[1]


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1", "::1", "10.1.2.3", "192.168.0.1", "169.254.1.1", "wiki", "a.corp"]
)
def test_the_inside_of_a_house_is_known(host: str) -> None:
    assert is_internal(host)


@pytest.mark.parametrize("host", ["vero.fi", "8.8.8.8"])
def test_the_outside_is_not_called_internal(host: str) -> None:
    assert not is_internal(host)


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("https://vero.fi/kortti", True),
        ("https://vero.fi/kortti?id=5", False),
        ("https://vero.fi/kortti#osa", False),
        ("https://me@vero.fi/", False),
        ("https://localhost/", False),
        ("http://192.168.1.1/admin", False),
        ("https://ohjeet.vero.example/", False),
    ],
)
def test_only_public_addresses_that_carry_nothing_are_asked(
    url: str,
    *,
    asked: bool,
) -> None:
    (one,) = addresses(url)
    assert may_be_asked(one) is asked


@given(st.text() | st.text(alphabet="htps:/w.@[]()xn-аa0%#?ä "))
def test_any_text_is_taken(text: str) -> None:
    for one in addresses(text):
        assert text[one.start : one.end] in one.url
