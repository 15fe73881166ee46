"""Responses for the tests of the library: a few written ones, and any that hypothesis thinks of."""

from __future__ import annotations

import string

from hypothesis import strategies as st

from canned.exchange.parts import field
from canned.model import After, Link, Owner, Response
from canned.rowing import tidy

MOI = Response(
    "team/moi",
    "moi",
    title="Greeting",
    category=("greetings",),
    tags=("greeted",),
    bodies={
        "fi": "Hei {{contact.first_name}}, täällä {{agent.first_name}}.",
        "sv": "Hej, hur kan jag hjälpa dig?",
    },
)

_plain = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp"))
lines = st.text(_plain, max_size=20).map(str.strip)
"""One line."""
texts = st.lists(st.text(_plain, max_size=20), min_size=1, max_size=4).map("\n".join).map(tidy).filter(bool)
"""Texts of a few lines, as the library keeps them."""
shortcuts = st.text(string.ascii_lowercase + "äöå0123456789", min_size=1, max_size=12).map(
    lambda word: f"{word}x"
)
"""Words that end in no language."""
languages = st.sampled_from(["en", "fi", "nl", "no", "sv"])
addresses = st.text(string.ascii_letters + "/.-_~%?=&#", max_size=20).map(
    lambda path: f"https://example.org/{path}"
)
_listed = st.lists(lines, max_size=3).map(tuple)

responses = st.builds(
    Response,
    key=st.just(""),
    shortcut=shortcuts,
    text=texts,
    title=lines,
    category=st.lists(
        st.text(string.ascii_letters + "åäö ", min_size=1).map(str.strip).filter(bool), max_size=3
    ).map(tuple),
    tags=_listed,
    queues=_listed,
    bodies=st.dictionaries(languages, texts, max_size=3),
    links=st.lists(st.builds(Link, addresses, lines, st.sampled_from(["", "fi"])), max_size=2).map(tuple),
    when=texts | st.just(""),
    version=lines,
    after=st.builds(
        After,
        _listed,
        st.sampled_from([None, "low", "urgent"]),
        st.none() | st.integers(1, 99),
        st.booleans(),
    ),
    auto_send=st.booleans(),
    owner=st.just(Owner.SHARED),
).map(lambda made: _keyed(made))  # noqa: PLW0108  defined below


def _keyed(made: Response) -> Response:
    from msgspec.structs import replace

    return replace(made, key=made.shortcut.casefold())


libraries = st.lists(responses, max_size=5, unique_by=lambda one: one.shortcut.casefold())
"""A few responses, each shortcut once."""

said = (
    st.lists(
        st.sampled_from(["Hei ", "{{ contact.first_name }}", "{{ agent.name }}", "\nterveisin "])
        | st.builds(field, st.just("deadline"), st.just("huomenna"), st.just(("tänään", "huomenna"))),
        min_size=1,
        max_size=5,
    )
    .map("".join)
    .map(tidy)
    .filter(bool)
)
"""Templates of text, variables and fields."""
