"""Who is there: staff and customers whose cable has been heard of lately."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from practice.store.rows import Availability, User

USER_SECONDS = 20.0
CONTACT_SECONDS = 90.0


class Presence:
    """Remembers when each person was last heard of.

    ``now`` gives seconds. A running desk hands in real time, whatever its speed: programs on the other
    end of a cable send their sign of life by their own clocks.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._users: dict[int, float] = {}
        self._contacts: dict[int, float] = {}
        self._held: Counter[int] = Counter()

    def user_seen(self, user_id: int) -> None:
        """A member of staff gave a sign of life."""
        self._users[user_id] = self._now()

    def contact_seen(self, contact_id: int) -> None:
        """A customer gave a sign of life."""
        self._contacts[contact_id] = self._now()

    def hold(self, contact_id: int) -> None:
        """A customer is there until :meth:`release`, signs or no signs."""
        self._held[contact_id] += 1

    def release(self, contact_id: int) -> None:
        """Undo one :meth:`hold`."""
        self._held[contact_id] -= 1
        if self._held[contact_id] <= 0:
            del self._held[contact_id]

    def status_of(self, user: User) -> Availability:
        """What others see: the chosen availability, or offline while nothing is heard of them."""
        if not user.auto_offline or self._fresh(self._users.get(user.id), USER_SECONDS):
            return user.availability
        return "offline"

    def is_online(self, contact_id: int) -> bool:
        """Whether a customer is there."""
        return self._held[contact_id] > 0 or self._fresh(self._contacts.get(contact_id), CONTACT_SECONDS)

    def staff(self, users: Iterable[User]) -> dict[str, str]:
        """Status by user id, as presence updates list it: whoever is offline is left out."""
        statuses = {str(user.id): self.status_of(user) for user in users}
        return {user_id: status for user_id, status in statuses.items() if status != "offline"}

    def customers(self) -> dict[str, str]:
        """``online`` by contact id for every customer who is there."""
        known = sorted({*self._contacts, *self._held})
        return {str(contact_id): "online" for contact_id in known if self.is_online(contact_id)}

    def _fresh(self, heard: float | None, seconds: float) -> bool:
        return heard is not None and self._now() - heard < seconds
