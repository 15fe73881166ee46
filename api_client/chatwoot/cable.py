"""The live connection's protocol, ActionCable, as a machine that is fed and asked; it does no I/O.

Feed it frames (:meth:`Cable.receive`) and the time (:meth:`Cable.tick`), each with the client's monotonic
clock; both return what happened. Send what :meth:`Cable.data_to_send` hands over, and tick again no later
than :attr:`Cable.deadline`. After :class:`Failed` the machine is done: close the socket and make another.

A subscription with a token that is no longer good is answered with neither yes nor no, and pings go on; so
a confirmation that does not come in time means that a fresh token is needed.
"""

from __future__ import annotations

import enum
import json
from typing import Final, assert_never

import msgspec
from msgspec import Raw, Struct

from api_client.chatwoot.pushed import pushed
from api_client.chatwoot.reading import dump, load, mapping, number, text
from api_client.errors import BadAnswer
from api_client.models.events import BackendEvent, Malformed, Unknown
from api_client.secret import Secret

SUBPROTOCOL: Final = "actioncable-v1-json"
WELCOME_WITHIN: Final = 8.0
CONFIRM_WITHIN: Final = 8.0
SILENT_AFTER: Final = 8.0
"""Seconds without any frame: two pings missed, three seconds apart, and a margin."""
PRESENCE_EVERY: Final = 12.0
"""Seconds between presence frames. The server forgets an agent after 20; a late tick must not matter."""
_LONGEST_NAME: Final = 80


class Ending(enum.Enum):
    """Why a connection is of no more use."""

    CLOSED = "closed"
    """The server ended it."""
    RESTARTING = "restarting"
    """The server said that it restarts."""
    SILENT = "silent"
    """Nothing came for too long."""
    UNCONFIRMED = "unconfirmed"
    """The subscription was refused or left unanswered: the token needs a look."""


class Subscribed(Struct, frozen=True):
    """From here on the server pushes what happens."""


class Pinged(Struct, frozen=True):
    """The server's clock, in whole epoch seconds, cut off."""

    second: float


class Delivered(Struct, frozen=True):
    """Something to tell the desk."""

    event: BackendEvent


class Failed(Struct, frozen=True):
    """The connection is of no more use. Always the last."""

    ending: Ending


CableEvent = Subscribed | Pinged | Delivered | Failed


class _State(enum.Enum):
    OPENED = enum.auto()
    """Nothing may be sent before the welcome."""
    SUBSCRIBING = enum.auto()
    SUBSCRIBED = enum.auto()
    FAILED = enum.auto()


class _Frame(Struct):
    type: str | None = None
    identifier: str | None = None
    message: Raw = Raw()
    reason: str | None = None


class _Broadcast(Struct):
    event: str
    data: Raw = Raw(b"null")


_frame_decoder = msgspec.json.Decoder(_Frame)
_broadcast_decoder = msgspec.json.Decoder(_Broadcast)
_REFUSALS: Final = (msgspec.DecodeError, RecursionError, ValueError)


class Cable:
    """One subscription on one socket.

    Args:
        pubsub_token: from the agent's profile.
        account_id: the account whose events are wanted; others' are dropped.
        user_id: the agent.
        now: monotonic seconds at which the socket was opened.
    """

    def __init__(self, *, pubsub_token: Secret, account_id: int, user_id: int, now: float) -> None:
        self._account = str(account_id)
        self._identifier = _identifier(pubsub_token, account_id, user_id)
        self._state = _State.OPENED
        self._state_ends = now + WELCOME_WITHIN
        self._last_frame = now
        self._last_presence = now
        self._outgoing: list[str] = []

    @property
    def subscribed(self) -> bool:
        """Whether the server pushes what happens."""
        return self._state is _State.SUBSCRIBED

    @property
    def deadline(self) -> float:
        """Monotonic seconds of the next tick that changes anything."""
        silent = self._last_frame + SILENT_AFTER
        match self._state:
            case _State.OPENED | _State.SUBSCRIBING:
                return min(silent, self._state_ends)
            case _State.SUBSCRIBED:
                return min(silent, self._last_presence + PRESENCE_EVERY)
            case _State.FAILED:
                return float("inf")
            case _:
                assert_never(self._state)

    @property
    def has_data_to_send(self) -> bool:
        """Whether :meth:`data_to_send` would hand over anything."""
        return bool(self._outgoing)

    def data_to_send(self) -> list[str]:
        """Frames to send now, in order; each is handed over once."""
        frames, self._outgoing = self._outgoing, []
        return frames

    def tick(self, now: float) -> list[CableEvent]:
        """Let time pass: sends presence when it is due, and notices silence."""
        match self._state:
            case _State.OPENED if now >= self._state_ends:
                return self._fail(Ending.SILENT)
            case _State.SUBSCRIBING if now >= self._state_ends:
                return self._fail(Ending.UNCONFIRMED)
            case _State.FAILED:
                return []
            case _:
                return self._live_on(now)

    def receive(self, frame: str | bytes, now: float) -> list[CableEvent]:
        """Take one frame and what follows from it."""
        if self._state is _State.FAILED:
            return []
        self._last_frame = now
        try:
            read = _frame_decoder.decode(frame)
        except _REFUSALS:
            return self._receive_strange(frame, now)
        return self._received(read, now)

    def _live_on(self, now: float) -> list[CableEvent]:
        if now >= self._last_frame + SILENT_AFTER:
            return self._fail(Ending.SILENT)
        if self.subscribed and now >= self._last_presence + PRESENCE_EVERY:
            self._send_presence(now)
        return []

    def _receive_strange(self, frame: str | bytes, now: float) -> list[CableEvent]:
        """A frame that the strict decoder refuses: lone surrogates, or no sense at all."""
        try:
            row = mapping(load(frame))
            message = Raw(dump(row["message"])) if "message" in row else Raw()
        except BadAnswer:
            return [Delivered(Malformed("frame", "the frame is not JSON"))]
        kind, identifier = text(row.get("type")) or None, text(row.get("identifier")) or None
        return self._received(_Frame(kind, identifier, message, text(row.get("reason"))), now)

    def _received(self, frame: _Frame, now: float) -> list[CableEvent]:
        if frame.type is None:
            return self._broadcast(frame)
        match frame.type:
            case "ping":
                return _pinged(frame.message)
            case "welcome":
                return self._welcomed(now)
            case "confirm_subscription":
                return self._confirmed(frame.identifier, now)
            case "reject_subscription":
                return self._fail(Ending.UNCONFIRMED) if frame.identifier == self._identifier else []
            case "disconnect":
                return self._fail(_ENDINGS.get(frame.reason or "", Ending.CLOSED))
            case unknown:
                return [Delivered(Unknown(f"frame {unknown[:_LONGEST_NAME]}"))]

    def _welcomed(self, now: float) -> list[CableEvent]:
        if self._state is _State.OPENED:
            self._state = _State.SUBSCRIBING
            self._state_ends = now + CONFIRM_WITHIN
            self._outgoing.append(_command("subscribe", self._identifier))
        return []

    def _confirmed(self, identifier: str | None, now: float) -> list[CableEvent]:
        # A server may confirm a subscription twice; the second time says nothing new.
        if self._state is not _State.SUBSCRIBING or identifier != self._identifier:
            return []
        self._state = _State.SUBSCRIBED
        # The presence that comes with subscribing may be told before the stream is live.
        self._send_presence(now)
        return [Subscribed()]

    def _broadcast(self, frame: _Frame) -> list[CableEvent]:
        if frame.identifier != self._identifier or self._state is _State.OPENED:
            return [Delivered(Unknown("frame for another subscription"))]
        try:
            name, data = _named(frame.message)
        except BadAnswer as problem:
            return [Delivered(Malformed("broadcast", str(problem)))]
        event = pushed(name, data, self._account)
        return [] if event is None else [Delivered(event)]

    def _send_presence(self, now: float) -> None:
        self._last_presence = now
        self._outgoing.append(_command("message", self._identifier, {"action": "update_presence"}))

    def _fail(self, ending: Ending) -> list[CableEvent]:
        self._state = _State.FAILED
        self._outgoing.clear()
        return [Failed(ending)]


_ENDINGS: Final = {
    "server_restart": Ending.RESTARTING,
    "unauthorized": Ending.UNCONFIRMED,
}


def _identifier(pubsub_token: Secret, account_id: int, user_id: int) -> str:
    """The subscription's name. The server compares it as text, so it is made once."""
    parts = {
        "channel": "RoomChannel",
        "pubsub_token": pubsub_token.reveal(),
        "account_id": account_id,
        "user_id": user_id,
    }
    return json.dumps(parts, separators=(",", ":"))


def _command(command: str, identifier: str, data: dict[str, str] | None = None) -> str:
    frame = {"command": command, "identifier": identifier}
    if data is not None:
        frame["data"] = json.dumps(data, separators=(",", ":"))
    return json.dumps(frame, separators=(",", ":"))


def _pinged(message: Raw) -> list[CableEvent]:
    try:
        second = number(load(bytes(message)))
    except BadAnswer:
        second = None
    return [] if second is None else [Pinged(second)]


def _named(message: Raw) -> tuple[str, Raw | bytes]:
    """The name and the data of a broadcast; raises ``BadAnswer`` for what is none."""
    try:
        broadcast = _broadcast_decoder.decode(message)
    except _REFUSALS:
        row = mapping(load(bytes(message)))
        if not text(row.get("event")):
            raise BadAnswer("the broadcast has no name") from None
        return text(row.get("event")), dump(row.get("data"))
    return broadcast.event, broadcast.data
