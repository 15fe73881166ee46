"""A persona to vary, and a small shop on a clock that is stepped by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import pytest

from practice.app import create_app
from practice.clock import SteppedClock
from practice.customers.door import Door
from practice.customers.machine import Action, Input, Tick, Visit
from practice.customers.simulation import Simulation
from practice.desk import Desk
from practice.scenario.model import (
    Agent,
    FollowUp,
    Organisation,
    Pattern,
    Persona,
    Phase,
    Queue,
    Reaction,
    Scenario,
)
from practice.store import people

START = 1_900_000_000.0


def a_persona(**changes: Any) -> Persona:
    """Writes fast, reads in ten seconds on average, has one further question and stays as told."""
    given: dict[str, Any] = {
        "key": "olle",
        "name": "Olle Persson",
        "language": "en",
        "queue": "hats",
        "patience": 300.0,
        "typing_cps": 10.0,
        "reading": 10.0,
        "opening": [["Do you have hats?", "Green ones."]],
        "thanks": [["Thank you."]],
    }
    return Persona(**{**given, **changes})


@pytest.fixture(scope="session")
def persona() -> Callable[..., Persona]:
    return a_persona


class Life:
    """A visit with everything it did, and when."""

    def __init__(self, persona: Persona, seed: object = 1) -> None:
        self.visit = Visit(persona, 0.0, Random(str(seed)))
        self.now = 0.0
        self.deeds: list[tuple[float, Action]] = []

    def until(self, at: float) -> list[Action]:
        """Let time pass up to ``at``; what they did meanwhile."""
        before = len(self.deeds)
        while self.visit.due <= at:
            self.now = max(self.now, self.visit.due)
            self.happens(Tick())
        self.now = max(self.now, at)
        return [action for _, action in self.deeds[before:]]

    def on(self, seconds: float) -> list[Action]:
        return self.until(self.now + seconds)

    def happens(self, what: Input) -> list[Action]:
        actions = self.visit.step(self.now, what)
        self.deeds += [(self.now, action) for action in actions]
        return actions

    def when(self, action: Action) -> float:
        return next(at for at, done in self.deeds if done == action)


@pytest.fixture(scope="session")
def life() -> Callable[..., Life]:
    return Life


def a_scenario(personas: int, *, per_minute: float = 4.0, **changes: Any) -> Scenario:
    reactions = [
        Reaction(to="link", say=[["I look at it."]]),
        Reaction(to="question", say=[["A large one."]]),
    ]
    given = {
        "nudge": [["Hello?"]],
        "leaving": [["I am off."]],
        "follow_ups": [FollowUp(say=[["And a scarf?"], ["And gloves?"]], chance=0.6)],
        "reactions": reactions,
        "returns": 0.3,
        "returns_after": 400.0,
        "back": [["Me again."]],
        **changes,
    }
    queues = [
        Queue(key="hats", name="Hats", share=3.0, automatic={"en": "We will be with you soon."}),
        Queue(key="repairs", name="Repairs", automatic={"en": "Busy."}, automatic_after=90.0),
    ]
    return Scenario(
        organisation=Organisation(name="Hat Shop", languages=["en"], help_centre="https://help.example.test"),
        queues=queues,
        agents=[Agent(key="mara", name="Mara Lind", email="mara@example.test")],
        patterns=[Pattern(key="calm", phases=[Phase(minutes=5, per_minute=per_minute)])],
        personas=[
            a_persona(
                key=f"p{number}",
                name=f"Person {number}",
                email=f"p{number}@example.test",
                queue=queues[number % 2].key,
                **given,
            )
            for number in range(personas)
        ],
    )


class Shop:
    """A desk of its own with its customers, and an agent who acts by the staff's routes."""

    def __init__(self, scenario: Scenario, seed: int = 1, rate: float | None = None) -> None:
        self.clock = SteppedClock(START)
        self.desk = Desk(scenario, self.clock, seed_number=1)
        self.customers = Simulation(self.desk, scenario, seed=seed, rate=rate)
        agent = people.users(self.desk.db)[0]
        self.door = Door(create_app(self.desk), {"api_access_token": agent.access_token})

    async def after(self, seconds: float) -> None:
        await self.customers.advance_to(self.clock.now() + seconds)

    async def act(self, conversation: int, call: str, **body: object) -> Any:
        path = f"/api/v1/accounts/1/conversations/{conversation}/{call}"
        return await self.door.call("POST", path, body)

    async def open(self) -> list[dict[str, Any]]:
        answer = await self.door.call("GET", "/api/v1/accounts/1/conversations")
        rows: list[dict[str, Any]] = answer["data"]["payload"]
        return sorted(rows, key=lambda row: int(row["id"]))

    async def said(self, conversation: int) -> list[tuple[int, str]]:
        """Kind and text of every message."""
        path = f"/api/v1/accounts/1/conversations/{conversation}/messages"
        rows = (await self.door.call("GET", path))["payload"]
        return [(row["message_type"], row["content"]) for row in rows]

    def journal(self) -> list[tuple[float, str, tuple[int, ...]]]:
        return [(entry.at, entry.event, entry.ids) for entry in self.desk.journal]


@pytest.fixture(scope="session")
def scenario() -> Callable[..., Scenario]:
    return a_scenario


@pytest.fixture(scope="session")
def shop_class() -> type[Shop]:
    return Shop


@pytest.fixture
def shop() -> Iterator[Callable[..., Shop]]:
    shops: list[Shop] = []

    def make(scenario: Scenario, **options: Any) -> Shop:
        shops.append(Shop(scenario, **options))
        return shops[-1]

    yield make
    for one in shops:
        one.desk.close()
