"""Links for an answer: those used here, bookmarks, articles; what the customer got; in their language."""

from __future__ import annotations

from msgspec.structs import replace

from agent_tui.desk import events as e
from agent_tui.desk.effects import DeskEffect, SearchLinks
from agent_tui.desk.link_effects import CheckLink, KeepLinkUse, ReadBookmarks
from agent_tui.desk.link_picking import LinkChoice, Source, link_choices
from agent_tui.desk.linkbook import MOST_USES, Health, LinkUse
from agent_tui.desk.model import LinkTarget
from agent_tui.desk.notice import BookmarksBroken
from agent_tui.desk.text import Displayable
from api_client.backend import Capability
from api_client.models.identity import ArticleId, EchoId
from api_client.models.message import MessageKind
from canned.model import Bookmark
from tests.desk.stage import CARDS, TAX, Desk, a_desk, cid, facts, line, notices

CARD = Bookmark("Tax card", {"fi": "https://vero.fi/kortti", "sv": "https://vero.fi/kort"}, words=("kort",))
HOURS = Bookmark("Opening hours", {"": "https://vero.fi/auki"}, queues=("Tax card",))
ARTICLE = LinkTarget(ArticleId("1"), Displayable("Refunds"), "https://vero.fi/palautus", "fi")


def desk_with_links(*bookmarks: Bookmark) -> Desk:
    desk = a_desk(1)
    desk.state.capabilities = frozenset({Capability.ARTICLES})
    desk.tell(e.BookmarksRead(bookmarks or (CARD, HOURS), ()))
    return desk


def choices(desk: Desk, query: str = "", number: int = 1) -> list[LinkChoice]:
    return link_choices(desk.state, desk.chat(number), query)


def searches(desk: Desk, query: str) -> None:
    desk.tell(e.LinksSearched(query, "fi"))
    desk.tell(e.LinksFound(query, (ARTICLE,)))


def sends(
    desk: Desk, text: str, *, kind: MessageKind = MessageKind.AGENT, number: int = 1
) -> list[DeskEffect]:
    """The server has a text of the agent's to customer 1."""
    there = line(100 + number, kind, 500.0 + number, raw=text, mine=True, echo=EchoId(f"e{number}"))
    return desk.tell(e.ReplySent(cid(1), EchoId(f"e{number}"), there))


def test_bookmarks_come_in_the_customers_language_and_only_where_they_belong() -> None:
    desk = desk_with_links()
    assert [(one.title, one.url) for one in choices(desk)] == [("Tax card", "https://vero.fi/kortti")]
    desk.arrives(2, queue=CARDS, language="sv")
    assert [one.url for one in choices(desk, number=2)] == ["https://vero.fi/kort", "https://vero.fi/auki"]


def test_all_words_are_looked_for_in_title_address_and_further_words() -> None:
    desk = desk_with_links()
    for query, found in (("tax card", 1), ("kort", 1), ("vero.fi", 1), ("tax refund", 0)):
        assert len(choices(desk, query)) == found, query


def test_articles_stand_behind_and_each_address_stands_once() -> None:
    desk = desk_with_links(CARD, Bookmark("Money back", {"": ARTICLE.url}))
    searches(desk, "")
    assert [(one.title, one.source) for one in choices(desk)] == [
        ("Tax card", Source.BOOKMARK),
        ("Money back", Source.BOOKMARK),
    ]
    desk.tell(e.BookmarksRead((), ()))
    assert [one.source for one in choices(desk)] == [Source.ARTICLE]
    assert choices(desk, "other words") == [], "an answer to another search is no answer"


def test_what_is_sent_is_counted_for_its_queue_and_comes_first_there() -> None:
    desk = desk_with_links()
    searches(desk, "")
    effects = sends(desk, f"katso {ARTICLE.url}.")
    (kept,) = [effect.use for effect in effects if isinstance(effect, KeepLinkUse)]
    assert kept == LinkUse(TAX, ARTICLE.url, "Refunds", "fi", 1, desk.now - 900.0)
    first = choices(desk)[0]
    assert (first.title, first.source) == ("Refunds", Source.USED)
    assert first.sent_at is not None, "this customer has it now"
    desk.arrives(2, queue=CARDS)
    assert Source.USED not in {one.source for one in choices(desk, number=2)}


def test_an_address_that_nobody_published_or_that_carries_a_query_is_not_remembered() -> None:
    desk = desk_with_links(Bookmark("Mine", {"": "https://vero.fi/?customer=5"}))
    sends(desk, "https://vero.fi/liisa https://vero.fi/?customer=5")
    assert desk.state.linkbook.uses == {}


def test_a_note_counts_for_nothing() -> None:
    desk = desk_with_links()
    sends(desk, "https://vero.fi/kortti", kind=MessageKind.NOTE)
    assert desk.state.linkbook.uses == {}


def test_what_earlier_runs_kept_comes_back_and_an_address_in_another_language_stays_away() -> None:
    desk = desk_with_links()
    old = LinkUse(TAX, "https://vero.fi/vanha", "Old", "fi", 9, 50.0)
    swedish = replace(old, url="https://vero.fi/gammal", language="sv")
    desk.tell(e.LinkUsesRestored((old, swedish)))
    assert [one.title for one in choices(desk)] == ["Old", "Tax card"]


def test_memory_is_bounded() -> None:
    desk = desk_with_links(*(Bookmark(f"B{n}", {"": f"https://vero.fi/{n}"}) for n in range(MOST_USES + 20)))
    for n in range(MOST_USES + 20):
        sends(desk, f"https://vero.fi/{n}", number=n)
    assert len(desk.state.linkbook.uses) == MOST_USES


def test_what_stands_in_the_list_is_asked_once_and_its_health_is_shown() -> None:
    desk = desk_with_links()
    urls = tuple(one.url for one in choices(desk))
    assert desk.tell(e.LinksOffered(urls)) == [CheckLink(url) for url in urls]
    assert desk.tell(e.LinksOffered(urls)) == []
    desk.tell(e.LinkChecked(urls[0], Health.DEAD))
    assert choices(desk)[0].health is Health.DEAD


def test_the_first_look_reads_the_bookmarks_and_without_articles_nothing_is_awaited() -> None:
    desk = desk_with_links()
    assert desk.tell(e.LinksSearched("", "fi")) == [ReadBookmarks(), SearchLinks("", "fi")]
    assert desk.tell(e.LinksSearched("k", "fi")) == [SearchLinks("k", "fi")]
    desk.state.capabilities = frozenset()
    assert desk.tell(e.LinksSearched("", "fi")) == [ReadBookmarks()]
    assert desk.state.links_query == ""


def test_a_mistake_in_the_bookmarks_is_told() -> None:
    where = Displayable("bookmarks.toml:3: …")
    assert notices(a_desk().tell(e.BookmarksRead((), (where,)))) == [BookmarksBroken(where)]


def test_events_about_chats_that_are_not_there_do_no_harm() -> None:
    desk = desk_with_links()
    desk.tell(e.ConversationChanged(facts(3)))
    assert choices(desk, number=3)
    assert desk.tell(e.LinksOffered(("no address", ""))) == []
    assert cid(3) in desk.state.chats
