"""Who hears what at once: streams by token, bounded mailboxes, and listeners inside this process."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable
from functools import cached_property
from typing import Generic, Protocol, Self, TypeVar

import msgspec

from practice.store.rows import Json

Item = TypeVar("Item")

MAILBOX_LIMIT = 2000
"""Frames that wait for a slow listener before it is dropped; it fetches anew when it comes back."""


class Broadcast:
    """One event and its data, encoded once however many hear it."""

    def __init__(self, event: str, data: Json) -> None:
        self.event = event
        self.data = data

    @cached_property
    def encoded(self) -> str:
        """The event as the JSON that cable frames carry under ``message``."""
        return msgspec.json.encode({"event": self.event, "data": self.data}).decode()


Sink = Callable[[Broadcast], None]


class Subscription:
    """A sink on some streams; :meth:`Hub.drop` ends it."""

    def __init__(self, streams: frozenset[str], sink: Sink) -> None:
        self.streams = streams
        self.sink = sink


class Hub:
    """Delivers broadcasts to the subscriptions of a stream, in the order they came."""

    def __init__(self) -> None:
        self._streams: dict[str, dict[Subscription, None]] = {}

    def subscribe(self, streams: Iterable[str], sink: Sink) -> Subscription:
        """Have ``sink`` called for what is published on any of these streams."""
        subscription = Subscription(frozenset(streams), sink)
        for stream in subscription.streams:
            self._streams.setdefault(stream, {})[subscription] = None
        return subscription

    def drop(self, subscription: Subscription) -> None:
        """End a subscription; ending it twice does nothing."""
        for stream in subscription.streams:
            subscribed = self._streams.get(stream, {})
            subscribed.pop(subscription, None)
            if not subscribed:
                self._streams.pop(stream, None)

    def publish(self, streams: Iterable[str], event: str, render: Callable[[], Json]) -> None:
        """Tell everyone on these streams, each once. ``render`` is not called when nobody listens."""
        listening = {one: None for stream in streams for one in self._streams.get(stream, ())}
        if not listening:
            return
        broadcast = Broadcast(event, render())
        for subscription in listening:
            subscription.sink(broadcast)


class Cable(Protocol):
    """One connection to a client, as far as the desk steers it."""

    def ping(self, at: int) -> None:
        """Send a ping that tells this time, as epoch seconds."""
        ...

    def restart(self) -> None:
        """Say that the server goes away, then close."""
        ...


class Cables:
    """The connections that are open."""

    def __init__(self) -> None:
        self._open: dict[Cable, None] = {}
        self._none_open = asyncio.Event()

    def add(self, cable: Cable) -> None:
        """A connection opened."""
        self._open[cable] = None

    def remove(self, cable: Cable) -> None:
        """A connection closed."""
        self._open.pop(cable, None)
        if not self._open:
            self._none_open.set()

    def ping(self, at: int) -> None:
        """Ping them all; ``at`` is epoch seconds."""
        for cable in list(self._open):
            cable.ping(at)

    def restart(self) -> None:
        """Send them all away to come back later."""
        for cable in list(self._open):
            cable.restart()

    async def all_gone(self) -> None:
        """Wait until none is open. A desk outlives its server, and each server has a loop of its own."""
        while self._open:
            self._none_open = asyncio.Event()
            await self._none_open.wait()


class Mailbox(Generic[Item]):
    """A queue with a bound: who does not keep up loses the whole mailbox, never an item unnoticed."""

    def __init__(self, limit: int = MAILBOX_LIMIT) -> None:
        self.limit = limit
        self.closed = False
        self.overflowed = False
        self._items: deque[Item] = deque()
        self._changed = asyncio.Event()

    def put(self, item: Item) -> None:
        """Add an item, unless the mailbox is closed; a full mailbox closes and empties."""
        if self.closed:
            return
        if len(self._items) >= self.limit:
            self.overflowed = True
            self._items.clear()
            self.close()
            return
        self._items.append(item)
        self._changed.set()

    def close(self) -> None:
        """Take nothing more in; what is in can still be taken out."""
        self.closed = True
        self._changed.set()

    async def get(self) -> Item | None:
        """The next item, waiting for it; ``None`` once the mailbox is closed and empty."""
        while not self._items:
            if self.closed:
                return None
            self._changed.clear()
            await self._changed.wait()
        return self._items.popleft()

    def take(self) -> list[Item]:
        """Everything there is now, without waiting."""
        items = list(self._items)
        self._items.clear()
        return items


class Listener:
    """Hears one customer's stream inside this process: the same events as on their cable, until closed.

    Use it as a context manager, or iterate over it. The data are shared with other listeners: read only.
    """

    def __init__(self, hub: Hub, token: str, on_close: Callable[[], None]) -> None:
        self._mailbox: Mailbox[Broadcast] = Mailbox()
        self._hub = hub
        self._subscription = hub.subscribe([token], self._mailbox.put)
        self._on_close = on_close

    async def get(self) -> Broadcast | None:
        """The next event, waiting for it; ``None`` after :meth:`close`."""
        return await self._mailbox.get()

    def take(self) -> list[Broadcast]:
        """All events heard and not taken yet, without waiting."""
        return self._mailbox.take()

    def close(self) -> None:
        """Hear nothing more."""
        if not self._mailbox.closed:
            self._hub.drop(self._subscription)
            self._mailbox.close()
            self._on_close()

    async def __aiter__(self) -> AsyncIterator[Broadcast]:
        while (heard := await self.get()) is not None:
            yield heard

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
