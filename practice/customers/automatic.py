"""The desk's automatic message: once per wait, when nobody has answered within the queue's time."""

from __future__ import annotations

from practice.scenario.model import Language, Queue, Scenario


class AutomaticMessages:
    """Knows which conversations wait for a person, and when each is due its message.

    A wait begins with the first unanswered message and ends with a person's answer or with the visit.
    """

    def __init__(self, scenario: Scenario) -> None:
        self._queues = {queue.key: queue for queue in scenario.queues}
        self._fallback = scenario.organisation.languages[0]
        self._due: dict[int, float | None] = {}

    def spoke(self, visit: int, queue: str, at: float) -> float | None:
        """The customer said something at ``at``; when the message is due if this begins a wait."""
        if visit in self._due or not self._queues[queue].automatic:
            return None
        self._due[visit] = at + self._queues[queue].automatic_after
        return self._due[visit]

    def answered(self, visit: int) -> None:
        """A person answered, or the visit is over: the wait is."""
        self._due.pop(visit, None)

    def take(self, visit: int, queue: str, language: Language, at: float) -> str | None:
        """The text to send at ``at``, if this wait is due one and has not had it."""
        due = self._due.get(visit)
        if due is None or due > at:
            return None
        self._due[visit] = None
        return text_for(self._queues[queue], language, self._fallback)


def text_for(queue: Queue, language: Language, fallback: Language) -> str:
    """The queue's automatic text for a customer who writes ``language``."""
    return queue.automatic.get(language) or queue.automatic[fallback]
