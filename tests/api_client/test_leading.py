"""A file's address may lead elsewhere; what proves who asks does not."""

from __future__ import annotations

import pytest

from api_client.errors import ApiError, BadAddress, BadAnswer, InsecureAddress
from api_client.transport.address import Address
from api_client.transport.leading import Hop, first_hop, next_hop

DESK = Address("https", "desk.example.test", 443)
LOCAL = Address("http", "127.0.0.1", 3000)


@pytest.mark.parametrize(
    ("url", "trusted"),
    [
        ("https://desk.example.test/a/file.png", True),
        ("https://DESK.example.test:443/a/file.png", True),
        ("https://desk.example.test:8443/a/file.png", False),
        ("https://files.example.test/a?sig=x@y", False),
        ("https://desk.example.test.evil.test/a", False),
    ],
)
def test_only_the_installations_own_origin_is_trusted(url: str, trusted: bool) -> None:  # noqa: FBT001
    assert first_hop(DESK, url).trusted is trusted


@pytest.mark.parametrize(
    ("url", "error"),
    [
        ("http://desk.example.test/a", InsecureAddress),
        ("http://files.example.test/a", InsecureAddress),
        ("https://127.0.0.1/a", InsecureAddress),
        ("http://localhost:631/a", InsecureAddress),
        ("file:///etc/passwd", BadAddress),
        ("javascript:alert(1)", BadAddress),
        ("https://mara:word@desk.example.test/a", BadAddress),
        ("https://[broken", BadAddress),
        ("", BadAddress),
    ],
)
def test_other_addresses_are_refused(url: str, error: type[ApiError]) -> None:
    with pytest.raises(error):
        first_hop(DESK, url)


def test_a_desk_on_this_machine_may_lead_to_another_port_of_it() -> None:
    assert first_hop(LOCAL, "http://127.0.0.1:3000/a") == Hop("http://127.0.0.1:3000/a", True, False)
    assert first_hop(LOCAL, "http://127.0.0.1:9000/a").trusted is False


def test_trust_does_not_come_back_after_a_detour() -> None:
    hop = first_hop(DESK, "https://desk.example.test/a")
    away = next_hop(DESK, hop, "https://files.example.test/b")
    back = next_hop(DESK, away, "https://desk.example.test/c")
    assert (hop.trusted, away.trusted, back.trusted) == (True, False, False)


def test_a_redirect_may_name_a_place_on_the_same_host() -> None:
    hop = next_hop(DESK, first_hop(DESK, "https://desk.example.test/a/b"), "../c?d=1")
    assert hop == Hop("https://desk.example.test/c?d=1", True, True)


@pytest.mark.parametrize("location", ["", "gopher://x", "https://[broken"])
def test_a_redirect_to_nowhere_is_a_bad_answer(location: str) -> None:
    with pytest.raises(BadAnswer):
        next_hop(DESK, first_hop(DESK, "https://desk.example.test/a"), location)
