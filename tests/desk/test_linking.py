"""Tags, links, availability, the connection, clocks, and what runs out with time."""

from __future__ import annotations

from agent_tui.desk import events as e
from agent_tui.desk import selectors
from agent_tui.desk.effects import LoadMissed, LoadNewest, SearchLinks, SetAvailability, SetTags
from agent_tui.desk.failure_notice import AvailabilityNotChanged, LinkSearchFailed, TaggingFailed
from agent_tui.desk.model import Link, LinkTarget, Pause
from agent_tui.desk.text import Displayable
from api_client.backend import Capability
from api_client.models.identity import ArticleId, MessageId
from api_client.models.people import Availability
from tests.desk.stage import AINO, BENGT, UNREACHABLE, Desk, a_desk, cid, label, notices


def tags(desk: Desk, number: int = 1) -> list[str]:
    return [tag.value for tag in desk.chat(number).tags]


def chooses(desk: Desk, *values: str) -> list[object]:
    return list(desk.tell(e.TagsChosen(cid(1), frozenset(values))))


def test_chosen_tags_show_at_once_and_only_the_change_is_saved() -> None:
    desk = a_desk(1)
    desk.chat(1).tags = (label("refund"), label("old"))
    was = desk.chat(1).tags
    effects = chooses(desk, "refund", "vero")
    assert effects == [SetTags(cid(1), add=frozenset({"vero"}), remove=frozenset({"old"}), was=was)]
    assert tags(desk) == ["refund", "vero"]
    assert chooses(desk, "refund", "vero") == []


def test_tags_that_were_not_saved_go_back_and_it_is_told() -> None:
    desk = a_desk(1)
    chooses(desk, "vero")
    told = desk.tell(e.TagsFailed(cid(1), (), UNREACHABLE))
    assert notices(told) == [TaggingFailed(Displayable("Customer 1"), UNREACHABLE)]
    assert tags(desk) == []


def test_tags_being_saved_are_not_overrun_by_older_news() -> None:
    desk = a_desk(1)
    chooses(desk, "vero")
    desk.arrives(1, assignee=AINO, tags=())
    assert tags(desk) == ["vero"]
    chooses(desk, "vero", "refund")
    desk.tell(e.TagsSaved(cid(1), (label("vero"),)))
    assert tags(desk) == ["vero", "refund"]
    desk.tell(e.TagsSaved(cid(1), (label("refund"), label("vero"))))
    assert tags(desk) == ["refund", "vero"]


def test_the_tag_editor_offers_the_accounts_tags_and_the_conversations_own() -> None:
    desk = a_desk(1)
    desk.chat(1).tags = (label("vero"), label("gone"))
    offered = [(choice.value, choice.chosen) for choice in selectors.tag_choices(desk.state, desk.chat(1))]
    assert offered == [("refund", False), ("vero", True), ("gone", True)]


def test_only_the_newest_link_search_is_answered() -> None:
    desk = a_desk()
    desk.state.capabilities = frozenset({Capability.ARTICLES})
    link = LinkTarget(ArticleId("1"), Displayable("Refunds"), "https://tax.example/1", Displayable(""))
    assert desk.tell(e.LinksSearched("re", "fi")) == [SearchLinks("re", "fi")]
    desk.tell(e.LinksSearched("ref", "fi"))
    desk.tell(e.LinksFound("re", ()))
    assert not desk.state.links
    desk.tell(e.LinksFound("ref", (link,)))
    assert desk.state.links_query == "ref"
    assert desk.state.links == (link,)
    assert desk.tell(e.LinksFailed("re", UNREACHABLE)) == []
    assert notices(desk.tell(e.LinksFailed("ref", UNREACHABLE))) == [LinkSearchFailed(UNREACHABLE)]
    desk.tell(e.LinksSearched("refu", "fi"))
    assert not desk.state.links_query


def test_availability_shows_at_once_and_goes_back_when_refused() -> None:
    desk = a_desk()
    busy, online = Availability.BUSY, Availability.ONLINE
    assert desk.tell(e.AvailabilityChosen(busy)) == [SetAvailability(busy, was=online)]
    assert desk.tell(e.AvailabilityChosen(busy)) == []
    told = desk.tell(e.AvailabilityFailed(online, UNREACHABLE))
    assert notices(told) == [AvailabilityNotChanged(UNREACHABLE)]
    assert desk.state.availability is online


def test_a_pause_keeps_its_reason_and_its_beginning_and_tells_the_server_once() -> None:
    desk = a_desk()
    busy, online = Availability.BUSY, Availability.ONLINE
    lunch, meeting = Displayable("Lunch"), Displayable("Meeting")
    assert desk.tell(e.AvailabilityChosen(busy, lunch)) == [SetAvailability(busy, was=online)]
    began = desk.now
    assert desk.tell(e.AvailabilityChosen(busy, meeting), after=600) == []
    assert desk.state.pause == Pause(meeting, began)
    assert desk.tell(e.AvailabilityChosen(online), after=600) == [SetAvailability(online, was=busy)]
    desk.tell(e.AvailabilityFailed(busy, UNREACHABLE))
    assert desk.state.pause == Pause(meeting, began)
    desk.tell(e.AvailabilityChosen(online))
    desk.tell(e.AvailabilityChosen(busy))
    assert desk.state.pause == Pause(Displayable(""), desk.now)


def test_colleagues_missing_from_the_presence_are_offline() -> None:
    desk = a_desk()
    desk.tell(e.PresenceSeen({AINO.id: Availability.BUSY}))
    there = {colleague.name: colleague.availability for colleague in desk.state.colleagues.values()}
    assert there == {AINO.name: Availability.BUSY, BENGT.name: Availability.OFFLINE}


def test_a_loss_is_dated_from_its_beginning() -> None:
    desk = a_desk()
    lost_at = desk.now
    desk.tell(e.ConnectionDropped("closed", 2.0, 1))
    desk.tell(e.ConnectionDropped("refused", 5.0, 2), after=2)
    held = desk.state.connection
    assert (held.link, held.since_local, held.attempt, held.reason) == (Link.LOST, lost_at, 2, "refused")
    assert held.retry_at_local == desk.now + 5
    desk.tell(e.ConnectionOpened(), after=1)
    assert desk.state.connection.link is Link.LIVE


def test_what_was_missed_is_fetched_once_as_soon_as_nothing_more_is_missed() -> None:
    desk = a_desk(1, 2)
    desk.customer_writes(1, 11, at=101)
    desk.customer_writes(2, 12, at=102)
    desk.tell(e.ConnectionDropped("closed", 2.0, 1))
    assert desk.tell(e.Subscribed()) == [
        LoadMissed(cid(1), after=MessageId("11")),
        LoadMissed(cid(2), after=MessageId("12")),
    ]
    assert desk.state.connection.link is Link.LOST  # the lists are old
    again = [one for one in desk.tell(e.ConversationsListed((), whole=False)) if isinstance(one, LoadNewest)]
    assert [one.conversation for one in again] == [cid(1), cid(2)]  # what was deleted meanwhile
    assert not [one for one in desk.tell(e.ConnectionOpened()) if isinstance(one, LoadMissed)]


def test_a_subscription_without_a_loss_asks_for_nothing_and_a_second_loss_asks_again() -> None:
    desk = a_desk(1)
    desk.customer_writes(1, 11, at=101)
    assert desk.tell(e.Subscribed()) == []
    for _ in range(2):
        desk.tell(e.ConnectionDropped("closed", 2.0, 1))
        assert desk.tell(e.Subscribed()) == [LoadMissed(cid(1), after=MessageId("11"))]


def test_a_refused_token_is_not_merely_a_loss() -> None:
    desk = a_desk()
    desk.tell(e.AccessRefused())
    desk.tell(e.ConnectionDropped("closed", 2.0, 1))
    assert desk.state.connection.link is Link.REFUSED


def test_hearing_the_server_sets_the_clock_and_the_age_of_the_data() -> None:
    desk = a_desk()
    desk.tell(e.ServerHeard(offset=50.0), after=7)
    assert selectors.server_now(desk.state, desk.now) == desk.now + 50.0
    assert desk.state.connection.heard_at_local == desk.now


def test_a_typing_mark_goes_out_after_thirty_seconds_or_with_the_message() -> None:
    desk = a_desk(1, 2)
    for number in (1, 2):
        desk.tell(e.TypingSeen(cid(number), Displayable("Customer"), by_customer=True, on=True))
    desk.customer_writes(1, 10, 130.0)
    assert [row.customer_typing for row in selectors.tab_rows(desk.state)] == [False, True]
    desk.tell(e.Ticked(), after=30)
    assert [row.customer_typing for row in selectors.tab_rows(desk.state)] == [False, False]
    assert desk.state.typists == set()


def test_a_colleague_who_types_is_named_until_they_have_written() -> None:
    desk = a_desk(1)
    desk.tell(e.TypingSeen(cid(1), BENGT.name, by_customer=False, on=True))
    assert desk.chat(1).colleague_typing == "Bengt Ek"
    desk.agent_writes(1, 10, 130.0)
    assert desk.chat(1).colleague_typing == ""


def test_a_short_telling_does_not_empty_the_customers_card() -> None:
    desk = a_desk()
    desk.arrives(1)
    card = desk.chat(1).card
    full = type(card)(card.id, card.name, card.raw_name, email=Displayable("a@example.org"))
    desk.arrives(1, card=full)
    desk.arrives(1, card=card, language="")
    assert (desk.chat(1).card.email, desk.chat(1).language) == ("a@example.org", "fi")


def test_the_language_is_two_letters_or_nothing() -> None:
    desk = a_desk()
    for told, card, language in (("sv", "", "sv"), ("", "sv-FI", "sv"), ("", "Suomi", ""), ("", "", "")):
        desk.arrives(1)
        desk.chat(1).language = told
        desk.chat(1).card = type(desk.chat(1).card)(
            desk.chat(1).card.id, Displayable(""), "", language=Displayable(card)
        )
        assert selectors.language_of(desk.chat(1)) == language
