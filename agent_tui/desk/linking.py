"""The line to the backend: signing in, lists, the live connection, clocks and what runs out with time."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from agent_tui.desk import lines
from agent_tui.desk.attention import ASK_AGAIN_AFTER, is_cut_off, seen
from agent_tui.desk.doings import AvailabilityChosen, LinksSearched, ServedQueuesChosen
from agent_tui.desk.effects import DeskEffect, LoadMissed, Notify, SearchLinks, SetAvailability
from agent_tui.desk.failure_notice import AvailabilityNotChanged, LinkSearchFailed
from agent_tui.desk.leaving import customers_seen
from agent_tui.desk.link_effects import ReadBookmarks
from agent_tui.desk.linkbook import publish
from agent_tui.desk.model import Chat, Connection, DeskState, Link, Pause
from agent_tui.desk.selectors import active_chat, shown_chat
from agent_tui.desk.standing import is_mine
from agent_tui.desk.tabs import load, open_tab, typing_off
from agent_tui.desk.text import NOTHING
from agent_tui.desk.told import (
    AvailabilityFailed,
    CatalogLoaded,
    ConnectionDropped,
    LinksFailed,
    LinksFound,
    PresenceSeen,
    RoundTripMeasured,
    ServerHeard,
    SignedIn,
    TypingSeen,
)
from api_client.backend import Capability
from api_client.models.people import Availability

TYPING_LASTS: Final = 30.0
"""Seconds after which somebody's typing mark goes out by itself."""
LOAD_AGAIN_AFTER: Final = 10.0
"""Seconds after which messages that could not be fetched are fetched again."""


def signed_in(state: DeskState, event: SignedIn) -> list[DeskEffect]:
    """Now it is known which conversations are the agent's."""
    state.me = event.me
    state.account = event.account
    state.capabilities = event.capabilities
    state.availability = event.me.availability
    mine = [chat for chat in state.chats.values() if is_mine(state, chat)]
    return [effect for chat in mine for effect in open_tab(state, chat)]


def catalog_loaded(state: DeskState, event: CatalogLoaded) -> list[DeskEffect]:
    """Take the account's lists as they are now."""
    state.queues = {queue.id: queue for queue in event.queues}
    state.colleagues = {colleague.id: colleague for colleague in event.colleagues}
    state.tags = event.tags
    state.tag_descriptions = event.tag_descriptions
    return []


def queues_chosen(state: DeskState, event: ServedQueuesChosen) -> list[DeskEffect]:
    """Serve these queues from now on."""
    state.served = event.queues
    return []


def presence_seen(state: DeskState, event: PresenceSeen) -> list[DeskEffect]:
    """Colleagues came or went. The agent's own availability is what they chose themselves."""
    for colleague in list(state.colleagues.values()):
        there = event.agents.get(colleague.id, Availability.OFFLINE)
        if there is not colleague.availability:
            state.colleagues[colleague.id] = replace(colleague, availability=there)
    customers_seen(state, event)
    return []


def availability_chosen(state: DeskState, event: AvailabilityChosen, now: float) -> list[DeskEffect]:
    """Show it at once and tell the backend; the reason is for the agent's own screen."""
    was = state.availability
    if event.availability is not Availability.ONLINE:
        # A change of mind about the reason does not begin the pause anew.
        since = now if was is Availability.ONLINE else state.pause.since_local
        state.pause = Pause(event.reason, since)
    if was is event.availability:
        return []
    _set_availability(state, event.availability)
    return [SetAvailability(event.availability, was=was)]


def availability_failed(state: DeskState, event: AvailabilityFailed) -> list[DeskEffect]:
    """What was before still holds."""
    _set_availability(state, event.was)
    return [Notify(AvailabilityNotChanged(event.problem))]


def _set_availability(state: DeskState, availability: Availability) -> None:
    state.availability = availability
    if state.me is not None:
        state.me = replace(state.me, availability=availability)


def subscribed(state: DeskState) -> list[DeskEffect]:
    """From now on nothing is missed: what was is fetched while the lists are, not after them."""
    if state.connection.link is not Link.LOST:
        return []
    state.connection.catching_up = True
    return _catch_up_all(state)


def connection_opened(state: DeskState, now: float) -> list[DeskEffect]:
    """Live again: fetch what was missed, unless that was begun; say what the agent has read meanwhile."""
    missing = state.connection.link is Link.LOST and not state.connection.catching_up
    state.connection = Connection(link=Link.LIVE, since_local=now, heard_at_local=now)
    state.asked.clear()
    chat = active_chat(state)
    effects = [] if chat is None else seen(state, chat)
    return effects + (_catch_up_all(state) if missing else [])


def _catch_up_all(state: DeskState) -> list[DeskEffect]:
    read_only = [one for one in (state.peeked, state.beside) if one is not None]
    watched = [state.chats[conversation] for conversation in [*state.tabs, *read_only]]
    shown = shown_chat(state)
    if shown is not None and shown.transcript.lines:
        # The newest page, which is read again with the lists, tells where to go on with what is before it.
        shown.transcript.checking = shown.transcript.lines[-1].order
    return [effect for chat in watched for effect in _catch_up(chat)]


def _catch_up(chat: Chat) -> list[DeskEffect]:
    newest = lines.newest_known(chat.transcript)
    if not chat.transcript.fetched or newest is None:
        return load(chat)
    chat.transcript.gap = True
    return [LoadMissed(chat.id, after=chat.transcript.proved or newest)]


def connection_dropped(state: DeskState, event: ConnectionDropped, now: float) -> list[DeskEffect]:
    """Not live any more; typing marks cannot be shown or taken away until it is."""
    held = state.connection
    if held.link is Link.REFUSED:
        return []
    state.connection = Connection(
        link=Link.LOST,
        reason=event.reason,
        since_local=held.since_local if held.link is Link.LOST else now,
        retry_at_local=now + event.retry_in,
        attempt=event.attempt,
        heard_at_local=held.heard_at_local,
    )
    state.typing.clear()
    return []


def access_refused(state: DeskState, now: float) -> list[DeskEffect]:
    """The token no longer opens anything."""
    heard = state.connection.heard_at_local
    state.connection = Connection(link=Link.REFUSED, since_local=now, heard_at_local=heard)
    state.typing.clear()
    return []


def server_heard(state: DeskState, event: ServerHeard, now: float) -> list[DeskEffect]:
    """The server's clock was read."""
    state.clock_offset = event.offset
    state.connection.heard_at_local = now
    return []


def round_trip_measured(state: DeskState, event: RoundTripMeasured) -> list[DeskEffect]:
    """For the agent who asked."""
    state.round_trip = event.seconds
    return []


def links_searched(state: DeskState, event: LinksSearched) -> list[DeskEffect]:
    """Search; answers to earlier searches come too late from now on. The first look reads the bookmarks."""
    bookmarks = [] if event.query else [ReadBookmarks()]
    if Capability.ARTICLES not in state.capabilities:
        state.links, state.links_wanted, state.links_query = (), event.query, event.query
        return [*bookmarks]
    state.links_wanted, state.links_query = event.query, None
    return [*bookmarks, SearchLinks(event.query, event.locale)]


def links_found(state: DeskState, event: LinksFound) -> list[DeskEffect]:
    """Show the answer, if it is to the newest search."""
    if event.query == state.links_wanted:
        state.links = event.links
        state.links_query = event.query
        for link in event.links:
            publish(state.linkbook, link.url, link.title, link.locale[:2].lower())
    return []


def links_failed(state: DeskState, event: LinksFailed) -> list[DeskEffect]:
    """No answer; told only about the newest search."""
    return [Notify(LinkSearchFailed(event.problem))] if event.query == state.links_wanted else []


def typing_seen(state: DeskState, event: TypingSeen, now: float) -> list[DeskEffect]:
    """Somebody else types, or has stopped."""
    chat = state.chats.get(event.conversation)
    if chat is None:
        return []
    until = now + TYPING_LASTS if event.on else 0.0
    if event.by_customer:
        chat.customer_typing_until = until
    else:
        chat.colleague_typing = event.who if event.on else NOTHING
        chat.colleague_typing_until = until
    state.typists.add(chat.id)
    return []


def ticked(state: DeskState, now: float) -> list[DeskEffect]:
    """Whatever runs out with time."""
    for conversation, asked_at in list(state.asked.items()):
        if now >= asked_at + ASK_AGAIN_AFTER:
            del state.asked[conversation]
    for conversation in list(state.typists):
        _let_typing_run_out(state, state.chats[conversation], now)
    idle = [conversation for conversation, mark in state.typing.items() if now >= mark.until_local]
    still = [effect for conversation in idle for effect in typing_off(state, conversation)]
    return still + _try_again(state, now)


def _let_typing_run_out(state: DeskState, chat: Chat, now: float) -> None:
    if now >= chat.customer_typing_until:
        chat.customer_typing_until = 0.0
    if now >= chat.colleague_typing_until:
        chat.colleague_typing = NOTHING
        chat.colleague_typing_until = 0.0
    if not (chat.customer_typing_until or chat.colleague_typing_until):
        state.typists.discard(chat.id)


def _try_again(state: DeskState, now: float) -> list[DeskEffect]:
    """Fetch what is missing before the agent's eyes."""
    chat = shown_chat(state)
    if chat is None or is_cut_off(state) or chat.transcript.failed_at_local is None:
        return []
    return load(chat) if now >= chat.transcript.failed_at_local + LOAD_AGAIN_AFTER else []
