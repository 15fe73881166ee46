"""The desk itself: what it remembers, its clock, who is there, and who hears of changes."""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from msgspec import Struct

from practice.announcing import Event, announce
from practice.bounds import Bounds
from practice.broadcast import Cables, Hub, Listener
from practice.clock import Clock, SteppedClock
from practice.presence import Presence
from practice.scenario.model import Scenario
from practice.store import customers, people, seed
from practice.store.database import Database
from practice.store.files import files_beside
from practice.store.rows import Message, User
from practice.tokens import Tokens

JOURNAL_LENGTH = 100_000

log = logging.getLogger("practice")


class Entry(Struct, frozen=True):
    """A line of the journal: when (desk time), what, and about which ids."""

    at: float
    event: str
    ids: tuple[int, ...]


@dataclass(slots=True)
class Change:
    """A change under way. What is added to ``events`` is told once the change is stored."""

    desk: Desk
    now: float
    by: User | None
    events: list[Event] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    """Keys of files that go again if the change fails."""
    dropped: list[str] = field(default_factory=list)
    """Keys of files to remove once the change is stored."""
    afterwards: list[Callable[[], None]] = field(default_factory=list)
    """What follows when everybody was told: changes of their own."""

    @property
    def db(self) -> Database:
        """The database, inside this change's transaction."""
        return self.desk.db


class Desk:
    """A practice desk without a server around it.

    ``database`` is seeded from ``scenario`` when it is empty, and continued when it is not. With a
    ``seed`` all tokens and ids repeat; without, they are random. ``bounds`` say how much it takes.
    One thread at a time may use a desk.
    """

    def __init__(
        self,
        scenario: Scenario,
        clock: Clock,
        *,
        database: Database | None = None,
        seed_number: int | None = None,
        bounds: Bounds | None = None,
    ) -> None:
        self.db = database or Database()
        self.files = files_beside(self.db.path)
        self.url = ""
        """Where the desk is served, for the addresses of files; whoever serves it says so."""
        self.clock = clock
        self.bounds = bounds or Bounds()
        self.hub = Hub()
        self.felt_time = clock.now if isinstance(clock, SteppedClock) else time.monotonic
        """Seconds as programs outside count them: real ones, whatever the desk's speed."""
        self.presence = Presence(self.felt_time)
        self.tokens = Tokens(seed_number, taken=self._rows_taken())
        self.password = Tokens(seed_number).password()
        self.journal: deque[Entry] = deque(maxlen=JOURNAL_LENGTH)
        self.cables = Cables()
        if seed.is_empty(self.db):
            seed.seed(self.db, scenario, self.tokens, clock.now())
        seed.set_passwords(self.db, self.password, self.tokens.salt())

    def _rows_taken(self) -> int:
        sql = (
            "SELECT (SELECT count(*) FROM contact_inboxes) + (SELECT count(*) FROM users)"
            " + (SELECT ifnull(max(id), 0) FROM messages)"
        )
        return int(self.db.values(sql)[0])

    @contextmanager
    def change(self, by: User | None = None) -> Iterator[Change]:
        """One transaction; when it is stored, its events are told in order. ``by`` is the user who acts."""
        change = Change(self, self.clock.now(), by)
        try:
            with self.db.transaction():
                yield change
        except BaseException:
            self._remove_files(change.written)
            raise
        self._remove_files(change.dropped)
        for event in change.events:
            announce(self, event, by)
        for follow in change.afterwards:
            follow()

    def _remove_files(self, keys: list[str]) -> None:
        for key in keys:
            self.files.remove(key)

    def note(self, event: str, *ids: int) -> None:
        """Write a line into the journal."""
        self.journal.append(Entry(self.clock.now(), event, ids))

    def listen(self, token: str) -> Listener:
        """Hear a customer's stream by their ``pubsub_token``; they count as present until it is closed.

        Raises ``LookupError`` when no customer has this token.
        """
        session = customers.session_by_token(self.db, token)
        if session is None:
            raise LookupError("no customer has this token")
        self.presence.hold(session.contact_id)
        return Listener(self.hub, token, lambda: self.presence.release(session.contact_id))

    def send_automatic(self, conversation_id: int, text: str) -> Message:
        """Post an automatic message (a template message on the wire) into a conversation."""
        from practice.changes.automatic import say  # noqa: PLC0415  the changes are made of desks

        with self.change() as change:
            return say(change, conversation_id, text)

    def do_what_is_due(self) -> None:
        """Reopen conversations and bring back notifications whose snooze is over; tell who waits long."""
        from practice.changes import automatic, handling, notifying  # noqa: PLC0415  as above

        with self.change() as change:
            handling.wake_due(change)
            notifying.wake_due(change)
            automatic.say_busy_due(change)

    def ping_now(self) -> None:
        """Send the cable's ping, which tells the desk's time, to every connection at once."""
        self.cables.ping(int(self.clock.now()))

    def staff(self) -> list[dict[str, str]]:
        """Who can sign in, as the ready line tells it; what it tells opens nothing but this desk."""
        return [self._member(user) for user in people.users(self.db)]

    def _member(self, user: User) -> dict[str, str]:
        member = {
            "name": user.name,
            "email": user.email,
            "password": self.password,
            "token": user.access_token,
            "role": user.role,
        }
        if user.code_secret:
            member["code_secret"] = user.code_secret
            member["backup_codes"] = " ".join(user.backup_codes)
        return member

    def ready(self, url: str) -> dict[str, object]:
        """The ready line: where the desk is, who can sign in, and where customers write to."""
        inboxes = [
            {"id": inbox.id, "name": inbox.name, "identifier": inbox.identifier}
            for inbox in people.all_inboxes(self.db)
        ]
        account = people.account(self.db)
        return {"url": url, "account_id": account.id, "agents": self.staff(), "inboxes": inboxes}

    def close(self) -> None:
        """Close the database."""
        self.db.close()
