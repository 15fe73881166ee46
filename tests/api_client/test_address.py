"""Addresses as people type them, and the rule about plain http."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api_client.errors import BadAddress, InsecureAddress, Unreachable
from api_client.transport.address import parse_address


@pytest.mark.parametrize(
    ("typed", "base"),
    [
        ("desk.example.com", "https://desk.example.com"),
        (" https://desk.example.com/ ", "https://desk.example.com"),
        ("https://desk.example.com:443", "https://desk.example.com"),
        ("https://desk.example.com:8443/chat/", "https://desk.example.com:8443/chat"),
        ("127.0.0.1:3000", "http://127.0.0.1:3000"),
        ("localhost", "http://localhost"),
        ("http://[::1]:3000", "http://[::1]:3000"),
        ("HTTPS://Desk.Example.com", "https://desk.example.com"),
    ],
)
def test_an_address_is_read_as_it_is_meant(typed: str, base: str) -> None:
    assert parse_address(typed).base == base


def test_the_socket_lives_beside_the_pages() -> None:
    assert parse_address("https://example.com/chat").socket_url("/cable") == "wss://example.com/chat/cable"
    assert parse_address("127.0.0.1:3000").socket_url("/cable") == "ws://127.0.0.1:3000/cable"


@pytest.mark.parametrize(
    "typed",
    [
        "http://desk.example.com",
        "http://10.0.0.5:3000",
        "http://0.0.0.0",
        "http://2130706433",
        "http://127.0.0.1.example.com",
        "http://localhost.example.com",
        "http://[::ffff:10.0.0.1]",
    ],
)
def test_plain_http_goes_to_this_machine_only(typed: str) -> None:
    with pytest.raises(InsecureAddress):
        parse_address(typed)
    assert parse_address(typed, allow_plain=True).scheme == "http"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "not an address",
        "ftp://example.com",
        "https://",
        "https://example.com:99999",
        "https://example.com:0",
        "https://[broken",
        "http://127.0.0.1@example.com",
        "http://127.0.0.1\\@example.com",
        "https://exa\nmple.com",
        "https://" + "a" * 70 + ".com",
    ],
)
def test_what_is_no_address_is_told_from_a_refused_connection(typed: str) -> None:
    with pytest.raises(BadAddress):
        parse_address(typed, allow_plain=True)


@given(st.text(max_size=40))
def test_whatever_is_typed_gives_an_address_or_one_of_our_errors(typed: str) -> None:
    try:
        address = parse_address(typed)
    except Unreachable:
        return
    assert address.scheme == "https" or address.loopback
