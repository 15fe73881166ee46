"""Who calls the agent: customers out of sight, and what becomes of a call that nobody acts on."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from agent_tui.desk import selectors
from agent_tui.desk.attention import RING_PAUSE, ring
from agent_tui.desk.effects import DeskEffect
from agent_tui.desk.model import DeskState
from agent_tui.desk.promises import open_promise
from agent_tui.desk.tabs import owed_since
from agent_tui.desk.text import NOTHING, Displayable
from agent_tui.desk.told import Ticked
from agent_tui.desk.view import Promise
from agent_tui.desk.waiting import counted, promise_of
from api_client.models.people import Availability


class Call(Struct, frozen=True):
    """A customer who waits out of sight. Holds nothing that is private to them."""

    queue: Displayable
    waits: float
    """Seconds that count."""
    promise: Promise
    mine: bool
    """The customer is the agent's own."""
    promised: bool = False
    """What is due is a promise, not an answer."""

    @property
    def late(self) -> bool:
        """Whether the promise is near or past."""
        return self.waits >= self.promise.warning

    @property
    def left(self) -> float:
        """Seconds until the promise is broken; negative since."""
        return self.promise.breach - self.waits


def most_pressing(state: DeskState, now: float) -> Call | None:
    """The call that comes before all others: one's own customers, the nearest to their limit first.

    Those in the queues call while the agent takes chats. ``None`` also while the server's clock is unknown.
    """
    server = selectors.server_now(state, now)
    if server is None:
        return None
    mine = min(_mine(state, server), key=lambda call: call.left, default=None)
    return mine or _waiting(state, server)


def _mine(state: DeskState, server: float) -> Iterator[Call]:
    for conversation in state.tabs:
        chat = state.chats[conversation]
        if conversation == state.active:
            continue
        queue = state.queues.get(chat.queue)
        name = NOTHING if queue is None else queue.name
        since, given = owed_since(state, chat), open_promise(state, chat)
        if since is not None:
            promise = promise_of(state, chat)
            yield Call(name, counted(promise, since, server), promise, mine=True)
        if given is not None:
            yield Call(name, max(0.0, server - given.made), given.promise, mine=True, promised=True)


def _waiting(state: DeskState, server: float) -> Call | None:
    if state.availability is not Availability.ONLINE:
        return None
    row = next(iter(selectors.waiting_rows(state, 1)), None)
    if row is None:
        return None
    return Call(row.queue_name, counted(row.promise, row.since, server), row.promise, mine=False)


def second_passed(state: DeskState, event: Ticked, now: float) -> list[DeskEffect]:
    """Ring for a call that came too soon, and again for one that is late and was not acted on.

    Looking at the chat, answering, taking, or going on a pause is acting on it.
    """
    quiet = state.alerts.quiet
    state.quiet = quiet is not None and event.local_minute is not None and quiet.cover(event.local_minute)
    rang, repeat = state.rang_at_local, state.alerts.repeat
    if rang is not None and now < rang + RING_PAUSE:
        return []
    if not (state.ring_owed or (repeat > 0 and (rang is None or now >= rang + repeat))):
        return []
    call = most_pressing(state, now)
    if call is None or not (state.ring_owed or call.late):
        state.ring_owed = False
        return []
    return ring(state, now)
