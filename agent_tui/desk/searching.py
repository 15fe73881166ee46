"""Looking for chats, customers and messages: in what the desk holds at once, and on the backend."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from msgspec.structs import replace

from agent_tui.desk.answered import CustomersChatsFailed, CustomersChatsLoaded, SearchAnswered, SearchFailed
from agent_tui.desk.attention import is_cut_off
from agent_tui.desk.doings import CustomersChatsRequested, SearchRequested
from agent_tui.desk.effects import DeskEffect, LoadCustomersChats, Notify, SearchEverywhere
from agent_tui.desk.failure_notice import PreviousNotLoaded
from agent_tui.desk.found import HitKind, Search, SearchHit
from agent_tui.desk.model import Chat, DeskState
from agent_tui.desk.standing import name_of
from agent_tui.desk.text import Displayable, clean_line
from agent_tui.desk.transcript import Line
from api_client.backend import Capability
from api_client.models.message import MessageKind

MOST_OF_A_KIND: Final = 15
"""Hits of one kind that are listed from what the desk holds."""
_LOOKED_THROUGH: Final = 20_000
"""Lines looked at for one search, so that no key waits for it."""
_AHEAD: Final = 20
"""Characters shown before the words that were found."""
_EXCERPT: Final = 120


def words_of(query: str) -> tuple[str, ...]:
    """What a text must hold, in whatever case."""
    return tuple(query.casefold().split())


def holds(text: str, words: Sequence[str]) -> bool:
    """Whether a text holds all words; nothing is held by none."""
    folded = text.casefold()
    return bool(words) and all(word in folded for word in words)


def excerpt(text: str, words: Sequence[str]) -> Displayable:
    """One line of ``text`` in which the first of ``words`` is in sight."""
    line = " ".join(text.split())
    at = min((found for word in words if (found := line.casefold().find(word)) >= 0), default=0)
    start = 0 if at <= _AHEAD else line.find(" ", at - _AHEAD, at) + 1 or at
    return clean_line(("…" if start else "") + line[start:], limit=_EXCERPT)


# Asking


def search_wanted(state: DeskState, event: SearchRequested) -> list[DeskEffect]:
    """Ask the backend, where it can search and the query says enough; what the desk holds is there anyway."""
    query = event.query.strip()
    asks = Capability.SEARCH in state.capabilities and not is_cut_off(state) and _says_enough(query)
    state.search = Search(wanted=query, answered=not asks)
    return [SearchEverywhere(query)] if asks else []


def _says_enough(query: str) -> bool:
    return len(query) > 1 or query.isdecimal()


def search_answered(state: DeskState, event: SearchAnswered) -> list[DeskEffect]:
    """The answer, if it is to the newest query."""
    if event.query == state.search.wanted:
        state.search.answered, state.search.hits = True, event.hits
    return []


def search_failed(state: DeskState, event: SearchFailed) -> list[DeskEffect]:
    """Shown where the hits would be."""
    if event.query == state.search.wanted:
        state.search.answered, state.search.problem = True, event.problem
    return []


def customers_chats_wanted(state: DeskState, event: CustomersChatsRequested) -> list[DeskEffect]:
    """Fetch them; an older list is of somebody else."""
    state.customers_chats = None
    return [LoadCustomersChats(event.contact)]


def customers_chats_loaded(state: DeskState, event: CustomersChatsLoaded) -> list[DeskEffect]:
    """The chats to choose from."""
    state.customers_chats = (event.contact, event.hits)
    return []


def customers_chats_failed(_state: DeskState, event: CustomersChatsFailed) -> list[DeskEffect]:
    """The list stays empty."""
    return [Notify(PreviousNotLoaded(event.problem))]


# What is found


def hits(state: DeskState) -> list[SearchHit]:
    """Everything found for the newest query: what the desk holds first, then what only the backend knows."""
    words = words_of(state.search.wanted)
    if not words:
        return []
    found: dict[str, SearchHit] = {}
    for hit in (*_held(state, words), *state.search.hits):
        found.setdefault(hit.key, _named(state, hit))
    return sorted(found.values(), key=lambda hit: _ORDER[hit.kind])


def _named(state: DeskState, hit: SearchHit) -> SearchHit:
    """With the customer's name, where the backend does not tell it and the desk knows."""
    if hit.customer or hit.conversation is None:
        return hit
    return replace(hit, customer=name_of(state, hit.conversation))


_ORDER: Final = {HitKind.CHAT: 0, HitKind.CUSTOMER: 1, HitKind.MESSAGE: 2}


def _held(state: DeskState, words: Sequence[str]) -> Iterator[SearchHit]:
    yield from islice(_chats(state, words), MOST_OF_A_KIND)
    yield from _messages(state, words)


def _chats(state: DeskState, words: Sequence[str]) -> Iterator[SearchHit]:
    """Those in tabs first."""
    number = state.search.wanted.removeprefix("#")
    for chat in _in_tabs_first(state):
        card = chat.card
        who = f"{card.name} {card.email} {card.phone} {card.identifier}"
        if chat.id == number or holds(who, words):
            yield SearchHit(
                HitKind.CHAT, card.name, chat.first_words, chat.last_activity_at, conversation=chat.id
            )


def _in_tabs_first(state: DeskState) -> Iterator[Chat]:
    yield from (state.chats[conversation] for conversation in state.tabs)
    yield from (chat for chat in state.chats.values() if chat.id not in state.tabs)


def _messages(state: DeskState, words: Sequence[str]) -> list[SearchHit]:
    """The newest of those that the desk holds."""
    lines = ((chat, line) for chat in state.chats.values() for line in reversed(chat.transcript.lines))
    found = [
        _message(chat, line, words)
        for chat, line in islice(lines, _LOOKED_THROUGH)
        if is_said(line) and holds(line.text, words)
    ]
    return sorted(found, key=lambda hit: -hit.at)[:MOST_OF_A_KIND]


def _message(chat: Chat, line: Line, words: Sequence[str]) -> SearchHit:
    return SearchHit(
        HitKind.MESSAGE,
        chat.card.name,
        excerpt(line.shielded, words),
        line.at,
        conversation=chat.id,
        message=line.key,
        said_by=line.kind,
    )


def is_said(line: Line) -> bool:
    """Whether somebody wrote it, and it is still there."""
    return line.kind is not MessageKind.ACTIVITY and not line.deleted


def lines_with(lines: Iterable[Line], words: Sequence[str]) -> Iterator[Line]:
    """Those of ``lines`` that somebody wrote and that hold the words."""
    return (line for line in lines if is_said(line) and holds(line.text, words))
