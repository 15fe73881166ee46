"""A server's patience: who takes too long over a request is cut off and crowds nobody out."""

from __future__ import annotations

import asyncio
from typing import ClassVar

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from practice.bounds import Bounds


class PatientProtocol(H11Protocol):
    """HTTP as uvicorn speaks it, with an end to waiting for the head of a request, and for its body."""

    bounds: ClassVar[Bounds]
    _waits_for: object = None
    _limit: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Somebody is there; now they say what they want."""
        super().connection_made(transport)
        self._look()

    def data_received(self, data: bytes) -> None:
        """They go on; the time they have does not begin anew with each byte."""
        super().data_received(data)
        self._look()

    def connection_lost(self, exc: Exception | None) -> None:
        """They are gone."""
        self._wait(None, 0.0)
        super().connection_lost(exc)

    def _look(self) -> None:
        state = self.conn.their_state
        if self.transport.get_protocol() is not self:
            self._wait(None, 0.0)  # a live connection has been made of it
        elif state is h11.IDLE:
            self._wait(state, self.bounds.head_seconds)
        elif state is h11.SEND_BODY:
            self._wait(state, self.bounds.body_seconds)
        else:
            self._wait(None, 0.0)

    def _wait(self, state: object, seconds: float) -> None:
        if state is self._waits_for:
            return
        self._waits_for = state
        if self._limit is not None:
            self._limit.cancel()
        self._limit = None if state is None else self.loop.call_later(seconds, self._cut_off)

    def _cut_off(self) -> None:
        if not self.transport.is_closing():
            self.transport.close()


def patient(bounds: Bounds) -> type[PatientProtocol]:
    """The protocol with these bounds."""
    return type("Patient", (PatientProtocol,), {"bounds": bounds})
