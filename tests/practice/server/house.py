"""A small served desk and the people around it, driven over real sockets, on a stepped clock."""

from __future__ import annotations

import json
import time
from contextlib import ExitStack
from typing import Any, Self

import httpx
from websockets.sync.client import ClientConnection, connect

from practice.clock import SteppedClock
from practice.embedded import EmbeddedDesk
from practice.scenario.model import (
    Agent,
    Article,
    Canned,
    Organisation,
    Pattern,
    Persona,
    Phase,
    Queue,
    Scenario,
    Tag,
    Team,
)

START = 1_900_000_000.0
ACCOUNT = "/api/v1/accounts/1"
PATIENCE = 10.0

SMALL = Scenario(
    organisation=Organisation(
        name="Kite Hats", languages=["en", "sv"], help_centre="https://help.kite.example"
    ),
    queues=[
        Queue(key="hats", name="Hats", greeting={"en": "A person comes soon.", "sv": "Snart kommer någon."}),
        Queue(key="shoes", name="Shoes", channel="messaging"),
    ],
    agents=[
        Agent(key="mara", name="Mara Lindqvist", email="Mara@kite.example", queues=["hats"]),
        Agent(key="sam", name="Sam Okoro", email="sam@kite.example", queues=["shoes"]),
        Agent(key="ida", name="Ida Brandt", email="ida@kite.example", role="administrator"),
    ],
    teams=[Team(key="workshop", name="Workshop", description="Repairs", members=["mara", "ida"])],
    tags=[Tag(title="delivery", description="Where is it"), Tag(title="billing")],
    canned=[
        Canned(short_code="hello", content="Hello {{contact.first_name}}"),
        Canned(short_code="bye", content="Good-bye, hello again soon"),
    ],
    articles=[
        Article(
            slug="refunds", locale="en", title="Refunds", category="Money", content="How a **refund** works."
        ),
        Article(
            slug="sizes", locale="en", title="Sizes", category="Hats", content="No refund for a wrong size."
        ),
        Article(slug="refunds", locale="sv", title="Pengar tillbaka", category="Pengar", content="Så här."),
    ],
    patterns=[Pattern(key="calm", phases=[Phase(minutes=10, per_minute=1)])],
    personas=[
        Persona(
            key="olle", name="Olle", language="en", queue="hats", opening=[["Hi"]], thanks=[["Thank you"]]
        ),
    ],
)


class Staff:
    """A member of staff at their program."""

    def __init__(self, url: str, ready: dict[str, str]) -> None:
        self.email, self.password, self.token = ready["email"], ready["password"], ready["token"]
        self.http = httpx.Client(base_url=url, headers={"api_access_token": self.token}, timeout=PATIENCE)
        self.profile: dict[str, Any] = self.http.get("/api/v1/profile").json()
        self.id: int = self.profile["id"]

    def get(self, path: str, **query: Any) -> Any:
        """The JSON of an account path."""
        answer = self.http.get(ACCOUNT + path, params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, **body: Any) -> Any:
        """The JSON of a call to an account path; ``None`` for an empty body."""
        answer = self.http.post(ACCOUNT + path, json=body)
        assert answer.status_code == 200, answer.text
        return answer.json() if answer.content else None

    def refused(self, method: str, path: str, **body: Any) -> tuple[int, Any]:
        """Status and JSON of a call that fails."""
        answer = self.http.request(method, ACCOUNT + path, json=body or None)
        return answer.status_code, answer.json()

    def conversation(self, number: int) -> Any:
        """A conversation as REST shows it."""
        return self.get(f"/conversations/{number}")

    def reply(self, number: int, content: str, **more: Any) -> Any:
        """Write into a conversation."""
        return self.post(f"/conversations/{number}/messages", content=content, **more)

    @property
    def identifier(self) -> str:
        """What they subscribe to on the cable."""
        wanted = {"channel": "RoomChannel", "pubsub_token": self.profile["pubsub_token"]}
        return json.dumps({**wanted, "account_id": 1, "user_id": self.id})


class Customer:
    """A customer with one session in a queue and, once they ask, one conversation."""

    def __init__(self, url: str, identifier: str, who: dict[str, Any]) -> None:
        self.http = httpx.Client(base_url=f"{url}/public/api/v1/inboxes/{identifier}", timeout=PATIENCE)
        self.contact: dict[str, Any] = self.http.post("/contacts", json=who).json()
        self.id: int = self.contact["id"]
        self.path = f"/contacts/{self.contact['source_id']}/conversations"
        self.number = 0

    def post(self, path: str, **body: Any) -> Any:
        """The JSON of a call to a path below their conversations; ``None`` for an empty body."""
        answer = self.http.post(self.path + path, json=body)
        assert answer.status_code == 200, answer.text
        return answer.json() if answer.content else None

    def get(self, path: str, **query: Any) -> Any:
        """The JSON of a path below their conversations."""
        return self.http.get(self.path + path, params=query).json()

    def start(self, **custom_attributes: Any) -> Self:
        """Start a conversation."""
        self.number = self.post("", custom_attributes=custom_attributes)["id"]
        return self

    def says(self, content: str, **more: Any) -> Any:
        """Write."""
        return self.post(f"/{self.number}/messages", content=content, **more)

    @property
    def identifier(self) -> str:
        """What they subscribe to on the cable."""
        return json.dumps({"channel": "RoomChannel", "pubsub_token": self.contact["pubsub_token"]})


class Cable:
    """A cable connection with one subscription."""

    def __init__(self, house: House, socket: ClientConnection, identifier: str) -> None:
        self.house = house
        self.identifier = identifier
        self.socket = socket
        self.frames: list[Any] = []

    def subscribe(self) -> Self:
        """Subscribe and take the confirmation and the first presence update."""
        self.send("subscribe")
        self.settle()
        return self

    def send(self, command: str, **more: Any) -> None:
        """Send a command for the identifier."""
        self.socket.send(json.dumps({"command": command, "identifier": self.identifier, **more}))

    def receive(self) -> Any:
        """The next frame."""
        return json.loads(self.socket.recv(timeout=PATIENCE))

    def settle(self) -> list[Any]:
        """All frames up to now but pings. What was sent before is handled first: an echo of it comes back."""
        pong = self.socket.ping()
        assert pong.wait(PATIENCE)
        fence = self.house.ping()
        frames = []
        end = time.monotonic() + PATIENCE
        while (frame := self.receive()) != {"type": "ping", "message": fence}:
            assert time.monotonic() < end, "the fence never came back"
            if frame.get("type") != "ping":
                frames.append(frame)
        self.frames += frames
        return frames

    def events(self) -> list[tuple[str, Any]]:
        """Events heard since the last look, with their data."""
        messages = [frame["message"] for frame in self.settle() if "message" in frame]
        return [(message["event"], message["data"]) for message in messages]

    def names(self) -> list[str]:
        """Names of the events heard since the last look."""
        return [name for name, _ in self.events()]


class House:
    """The desk, its clock and everybody around."""

    protocol: Any = "actioncable-v1-json"

    def __init__(self, served: EmbeddedDesk, clock: SteppedClock, stack: ExitStack) -> None:
        self.served = served
        self.desk = served.desk
        self.clock = clock
        self.url = served.url
        self.ready: dict[str, Any] = served.ready
        self._stack = stack
        self.mara, self.sam, self.ida = (self.staff(key) for key in ("mara", "sam", "ida"))

    @property
    def cable_url(self) -> str:
        """Where cables connect to."""
        return self.url.replace("http", "ws") + "/cable"

    def staff(self, key: str) -> Staff:
        """A member of staff by the first part of their address."""
        ready = next(one for one in self.ready["agents"] if one["email"].startswith(f"{key}@"))
        staff = Staff(self.url, ready)
        self._stack.callback(staff.http.close)
        return staff

    def customer(self, queue: str = "Hats", **who: Any) -> Customer:
        """Somebody new in a queue."""
        identifier = next(inbox["identifier"] for inbox in self.ready["inboxes"] if inbox["name"] == queue)
        customer = Customer(self.url, identifier, who)
        self._stack.callback(customer.http.close)
        return customer

    def cable(self, who: Staff | Customer) -> Cable:
        """A subscribed cable of theirs."""
        return self.unsubscribed(who.identifier).subscribe()

    def unsubscribed(self, identifier: str) -> Cable:
        """A cable that has not asked for anything yet."""
        socket = self._stack.enter_context(
            connect(self.cable_url, subprotocols=[self.protocol], max_queue=None)
        )
        return Cable(self, socket, identifier)

    def ping(self) -> int:
        """Ping all cables with a time that was never told before; returns it."""
        self.clock.advance(1)
        self.served.call_now(self.desk.ping_now)
        return int(self.clock.now())
