"""The cable: ActionCable over a WebSocket, as Chatwoot's clients speak it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import msgspec
from msgspec import Struct
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from practice.announcing import ACCOUNT_STREAM
from practice.broadcast import Broadcast, Mailbox, Subscription
from practice.desk import Desk
from practice.store import customers, people
from practice.store.rows import ContactInbox, Json, User
from practice.store.seed import ACCOUNT_ID

PROTOCOL = "actioncable-v1-json"
WELCOME = '{"type":"welcome"}'
RESTART = '{"type":"disconnect","reason":"server_restart","reconnect":true}'
TRY_AGAIN_LATER = 1013
NOT_JSON = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


class Command(Struct):
    """A frame from a client. ``identifier`` and ``data`` are JSON inside JSON."""

    command: str
    identifier: str
    data: str = ""


class Identifier(Struct):
    """What a client subscribes to; ids may come as text."""

    channel: str
    pubsub_token: str = ""
    account_id: int | str | None = None
    user_id: int | str | None = None


class Action(Struct):
    """What a client asks of a channel."""

    action: str = ""


class Channel:
    """One subscription of a connection: a member of staff's or a customer's room."""

    def __init__(self, desk: Desk, who: User | ContactInbox, *, in_account: bool) -> None:
        self.desk = desk
        self.who = who
        self.in_account = in_account

    def streams(self) -> list[str]:
        """What this room hears."""
        account = [ACCOUNT_STREAM] if self.in_account and isinstance(self.who, User) else []
        return [self.who.pubsub_token, *account]

    def update_presence(self) -> None:
        """Give a sign of life; the room's own person is told who else is there."""
        data: Json = {"account_id": ACCOUNT_ID, "users": {}}
        presence = self.desk.presence
        if isinstance(self.who, User):
            presence.user_seen(self.who.id)
            data["contacts"] = presence.customers()
        else:
            presence.contact_seen(self.who.contact_id)
        data["users"] = presence.staff(people.users(self.desk.db))
        if self.in_account or isinstance(self.who, ContactInbox):
            self.desk.hub.publish([self.who.pubsub_token], "presence.update", lambda: data)


class Connection:
    """One socket: its subscriptions, and the frames that wait to be sent."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.outbox: Mailbox[str] = Mailbox()
        self._rooms: dict[str, tuple[Channel, Subscription] | None] = {}

    def open(self) -> None:
        """Say welcome and take pings from now on."""
        self.outbox.put(WELCOME)
        self.desk.cables.add(self)

    def close(self) -> None:
        """End all subscriptions."""
        self.desk.cables.remove(self)
        for room in self._rooms.values():
            if room is not None:
                self.desk.hub.drop(room[1])
        self._rooms.clear()
        self.outbox.close()

    def ping(self, at: int) -> None:
        """Tell the desk's time, as epoch seconds."""
        self.outbox.put(f'{{"type":"ping","message":{at}}}')

    def restart(self) -> None:
        """Say that the server goes away, and send nothing more."""
        self.outbox.put(RESTART)
        self.outbox.close()

    def receive(self, text: str) -> None:
        """Take a frame; what is not understood is passed over in silence, as on the real cable."""
        try:
            command = msgspec.json.decode(text, type=Command)
        except NOT_JSON:
            return
        match command.command:
            case "subscribe":
                self._subscribe(command.identifier)
            case "unsubscribe":
                self._unsubscribe(command.identifier)
            case "message":
                self._perform(command)
            case _:
                return

    def _subscribe(self, identifier: str) -> None:
        """Open a room; an identifier that was tried before is ignored, whether it worked or not."""
        if identifier in self._rooms:
            return
        self._rooms[identifier] = None
        channel = room_for(self.desk, identifier)
        if channel is None:
            return
        sink = self._sink(identifier)
        subscription = self.desk.hub.subscribe(channel.streams(), sink)
        self._rooms[identifier] = (channel, subscription)
        quoted = msgspec.json.encode(identifier).decode()
        self.outbox.put(f'{{"identifier":{quoted},"type":"confirm_subscription"}}')
        channel.update_presence()

    def _sink(self, identifier: str) -> Callable[[Broadcast], None]:
        start = f'{{"identifier":{msgspec.json.encode(identifier).decode()},"message":'

        def sink(broadcast: Broadcast) -> None:
            self.outbox.put(f"{start}{broadcast.encoded}}}")

        return sink

    def _unsubscribe(self, identifier: str) -> None:
        room = self._rooms.pop(identifier, None)
        if room is not None:
            self.desk.hub.drop(room[1])

    def _perform(self, command: Command) -> None:
        room = self._rooms.get(command.identifier)
        if room is None:
            return
        try:
            action = msgspec.json.decode(command.data, type=Action)
        except NOT_JSON:
            return
        if action.action == "update_presence":
            room[0].update_presence()


def room_for(desk: Desk, identifier: str) -> Channel | None:
    """The room an identifier opens, or ``None``: the cable never says that a token is wrong."""
    try:
        wanted = msgspec.json.decode(identifier, type=Identifier)
    except NOT_JSON:
        return None
    if wanted.channel != "RoomChannel" or not wanted.pubsub_token:
        return None
    if wanted.user_id is None:
        session = customers.session_by_token(desk.db, wanted.pubsub_token)
        return Channel(desk, session, in_account=False) if session else None
    user = people.user_by_pubsub_token(desk.db, wanted.pubsub_token)
    if user is None or str(wanted.user_id) != str(user.id):
        return None
    if wanted.account_id is not None and str(wanted.account_id) != str(ACCOUNT_ID):
        return None
    return Channel(desk, user, in_account=wanted.account_id is not None)


async def serve_cable(desk: Desk, websocket: WebSocket) -> None:
    """One connection from handshake to end."""
    offered = websocket.scope.get("subprotocols", [])
    await websocket.accept(subprotocol=PROTOCOL if PROTOCOL in offered else None)
    connection = Connection(desk)
    connection.open()
    tasks = [
        asyncio.create_task(_send(connection, websocket)),
        asyncio.create_task(_receive(connection, websocket)),
    ]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        connection.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _send(connection: Connection, websocket: WebSocket) -> None:
    try:
        while (frame := await connection.outbox.get()) is not None:
            await websocket.send_text(frame)
        if websocket.application_state is WebSocketState.CONNECTED:
            await websocket.close(TRY_AGAIN_LATER if connection.outbox.overflowed else 1000)
    except (WebSocketDisconnect, RuntimeError):
        return


async def _receive(connection: Connection, websocket: WebSocket) -> None:
    while True:
        message = await websocket.receive()
        if message["type"] == "websocket.disconnect":
            return
        text = message.get("text")
        if text is not None:
            connection.receive(text)
