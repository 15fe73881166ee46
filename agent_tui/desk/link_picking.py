"""Which addresses can be put into an answer, the likeliest first, and how the desk comes to know them."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from typing import Final, assert_never

from msgspec import Struct

from agent_tui.desk.addresses import addresses
from agent_tui.desk.doings import LinksOffered
from agent_tui.desk.effects import DeskEffect, Notify
from agent_tui.desk.link_effects import CheckLink, KeepLinkUse
from agent_tui.desk.linkbook import Health, LinkUse, health_of, publish, take_answer, to_ask, use
from agent_tui.desk.model import Chat, DeskState
from agent_tui.desk.notice import BookmarksBroken, LinkNotOpened
from agent_tui.desk.selectors import server_now
from agent_tui.desk.speech import language_for
from agent_tui.desk.text import Displayable, clean_line
from agent_tui.desk.told import BookmarksRead, LinkChecked, LinkHeard, LinkOpenFailed, LinkUsesRestored
from api_client.models.message import MessageKind
from canned.model import ANY, Bookmark

_MOST_USED: Final = 30
"""Of those sent in the queue, at most."""


class Source(enum.Enum):
    """Where an address comes from."""

    USED = "used"
    """Sent in this queue before."""
    BOOKMARK = "bookmark"
    ARTICLE = "article"


class LinkChoice(Struct, frozen=True):
    """An address to put into an answer."""

    url: str
    title: Displayable
    shown: Displayable
    """Its host and what follows."""
    source: Source
    sent_at: float | None
    """When this customer got it last (server's time)."""
    health: Health | None


def link_choices(state: DeskState, chat: Chat, query: str) -> list[LinkChoice]:
    """The addresses with all words of ``query``: sent in this queue, bookmarks, then articles; each once."""
    words = query.casefold().split()
    sent = links_sent(chat)
    found: dict[str, LinkChoice] = {}
    for source, url, title, further in _all(state, chat):
        if url not in found and all(word in f"{title} {further}".casefold() for word in words):
            found[url] = _choice(state, source, url, title, sent.get(url))
    for link in state.links if state.links_query == query else ():
        if link.url not in found:
            found[link.url] = _choice(state, Source.ARTICLE, link.url, link.title, sent.get(link.url))
    return sorted(found.values(), key=lambda choice: not _begins(choice.title, words))


def _begins(title: str, words: list[str]) -> bool:
    return bool(words) and title.casefold().startswith(words[0])


def _all(state: DeskState, chat: Chat) -> Iterator[tuple[Source, str, str, str]]:
    """Source, address, title and what else it is found by, of what is known on this machine."""
    language = language_for(chat)
    used = [one for one in state.linkbook.uses.values() if one.queue == chat.queue]
    used.sort(key=lambda one: (-one.times, -one.at))
    for one in used[:_MOST_USED]:
        if not language or one.language in {ANY, language}:
            yield Source.USED, one.url, one.title, one.url
    for bookmark in state.linkbook.bookmarks:
        if _is_for(state, chat, bookmark):
            url = bookmark.url(language)
            yield Source.BOOKMARK, url, bookmark.title, " ".join((url, *bookmark.words))


def _is_for(state: DeskState, chat: Chat, bookmark: Bookmark) -> bool:
    queue = state.queues.get(chat.queue)
    return not bookmark.queues or (queue is not None and queue.raw_name in bookmark.queues)


def _choice(state: DeskState, source: Source, url: str, title: str, sent: float | None) -> LinkChoice:
    address = next(iter(addresses(url)), None)
    shown = clean_line(url) if address is None else address.shown
    return LinkChoice(url, clean_line(title), shown, source, sent, health_of(state.linkbook, url))


def links_sent(chat: Chat) -> dict[str, float]:
    """The addresses this customer has been sent in this chat, and when last."""
    return {
        address.url: line.at
        for line in chat.transcript.lines
        if line.kind is MessageKind.AGENT and not line.deleted
        for address in addresses(line.raw)
    }


def links_offered(state: DeskState, event: LinksOffered, now: float) -> list[DeskEffect]:
    """Addresses stand before the agent's eyes: ask those of which nothing is known."""
    wanted = [address for url in event.urls for address in addresses(url)]
    return [CheckLink(url) for url in to_ask(state.linkbook, wanted, now)]


def heard(state: DeskState, event: LinkHeard, now: float) -> list[DeskEffect]:
    """The engine has asked an address, tried to open one, read bookmarks, or found what was sent before."""
    match event:
        case LinkChecked(url, health):
            take_answer(state.linkbook, url, health, now)
        case LinkOpenFailed(url):
            return [Notify(LinkNotOpened(clean_line(url)))]
        case BookmarksRead():
            return _bookmarks_read(state, event)
        case LinkUsesRestored(uses):
            _remember(state, uses)
        case _:
            assert_never(event)
    return []


def _bookmarks_read(state: DeskState, event: BookmarksRead) -> list[DeskEffect]:
    """They are these now; a mistake in a file is told."""
    state.linkbook.bookmarks = event.bookmarks
    for bookmark in event.bookmarks:
        for language, url in bookmark.urls.items():
            publish(state.linkbook, url, bookmark.title, language)
    return [Notify(BookmarksBroken(problem)) for problem in event.problems[:1]]


def _remember(state: DeskState, uses: tuple[LinkUse, ...]) -> None:
    for one in sorted(uses, key=lambda one: one.at):
        publish(state.linkbook, one.url, one.title, one.language)
        state.linkbook.uses.setdefault((one.queue, one.url), one)


def used_in(state: DeskState, chat: Chat, text: str, now: float) -> list[KeepLinkUse]:
    """A reply leaves: count the published addresses in it for its queue."""
    uses: list[LinkUse] = use(state.linkbook, chat.queue, text, server_now(state, now) or 0.0)
    return [KeepLinkUse(one) for one in uses]
