"""Names of colleagues in notes, as people read them and as the server wants them."""

from __future__ import annotations

from api_client.chatwoot.mentions import marked, plain
from api_client.models.identity import AgentId
from api_client.models.people import Agent, Availability, Role


def agent(number: int, name: str) -> Agent:
    return Agent(AgentId(str(number)), name, "", Role.AGENT, Availability.ONLINE)


STAFF = (agent(4, "Mara"), agent(5, "Mara Ek"), agent(6, "Od[d]"), agent(7, ""))


def test_a_whole_name_after_an_at_sign_is_marked_the_longest_first() -> None:
    assert marked("@Mara Ek or @Mara, please", STAFF) == (
        "[@Mara Ek](mention://user/5/Mara%20Ek) or [@Mara](mention://user/4/Mara), please"
    )


def test_what_only_looks_like_a_name_stays() -> None:
    for words in ("me@Mara", "@Maria", "@mara", "@Od[d]", "@ nobody", ""):
        assert marked(words, STAFF) == words
    assert marked("@Mara", ()) == "@Mara"


def test_marked_and_read_again_is_what_was_written() -> None:
    words = "Ask @Mara Ek (and @Mara)"
    assert plain(marked(words, STAFF)) == words
    assert (
        plain("[@workshop](mention://team/3/workshop) [a](https://b.test)") == "@workshop [a](https://b.test)"
    )
