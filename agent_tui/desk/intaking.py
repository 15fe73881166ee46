"""Closing and opening queues: now, at a time, or by how many wait. What is wished, due, and came of it. Pure.

Closing shuts every day of the queue's week and keeps the week that was, so that opening puts it back. The
server knows no time to close at and no limit: both are done from here, while a board is open.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, assert_never

from msgspec.structs import replace

from agent_tui.desk import intake_told as t
from agent_tui.desk.intake_model import (
    LANGUAGES,
    NO_PLAN,
    USUAL,
    Before,
    KeepPlans,
    Limit,
    LookAtIntake,
    Plan,
    SetIntake,
    Standing,
    State,
    Wish,
)
from agent_tui.desk.opening import is_open
from agent_tui.desk.problems import Problem, Trouble
from api_client.models.hours import OpeningHours
from api_client.models.identity import QueueId
from api_client.models.intake import Intake, IntakeChanges

LATE: Final = 600.0
"""Seconds after its time that a closing is still done; one that was missed for longer is given up."""
AGAIN: Final = 15.0
"""Seconds after which what did not work is tried again."""
_FINAL: Final = {Trouble.NOT_ALLOWED, Trouble.NOT_FOUND, Trouble.REFUSED, Trouble.UNSUPPORTED}
"""What a second attempt does not mend."""

if TYPE_CHECKING:
    from agent_tui.desk.model import DeskState

Effects = list[LookAtIntake | SetIntake | KeepPlans]


def happened(state: DeskState, event: t.IntakeHappened, now: float) -> Effects:
    """The lead settled something, or something came of it. ``now``: local seconds."""
    lead = state.intaking
    match event:
        case t.IntakeTold(queue, intake):
            return lead.told(queue, intake)
        case t.IntakeChanged(queue, intake):
            return lead.changed(queue, intake)
        case t.IntakeFailed(queue, problem):
            return lead.failed(queue, problem, now)
        case t.PlansRestored(plans):
            lead.restored(plans)
            return []
        case t.IntakeLookedAt(queue):
            return lead.look(queue)
        case t.ClosingWanted(queue, arrivals):
            return lead.close(queue, arrivals=arrivals)
        case t.OpeningWanted(queue):
            return lead.reopen(queue)
        case t.TimesChosen(queue, close_at, reopen_at):
            return lead.at(queue, close_at, reopen_at)
        case t.LimitChosen(queue, limit):
            return lead.limit(queue, limit)
        case t.PlanCancelled(queue):
            return lead.cancel(queue)
        case t.WordsWritten(queue, language, text):
            return lead.write(queue, language, text)
        case t.OwnWordsWritten(queue, closed, greeting):
            return lead.set_words(queue, closed=closed, greeting=greeting)
        case t.HoursWritten(queue, hours):
            return lead.set_hours(queue, hours)
        case _:
            assert_never(event)


class Intaking:
    """The plans for the queues of one desk."""

    def __init__(self) -> None:
        self.plans: dict[QueueId, Plan] = {}
        self.known: dict[QueueId, Intake] = {}
        """As told last by the server."""
        self.at_work: dict[QueueId, Wish] = {}
        self.troubles: dict[QueueId, Problem] = {}
        """Why the last attempt did not work."""
        self.missed: set[QueueId] = set()
        """Queues whose time to close went by while no board was open."""
        self._again: dict[QueueId, float] = {}

    def plan(self, queue: QueueId) -> Plan:
        """What is settled for a queue."""
        return self.plans.get(queue, NO_PLAN)

    # --- what the lead does --------------------------------------------------------------------------

    def look(self, queue: QueueId) -> Effects:
        """The lead looks at a queue."""
        return [LookAtIntake(queue)]

    def close(self, queue: QueueId, *, arrivals: float | None = None, by_limit: bool = False) -> Effects:
        """Close it now. ``arrivals``: per minute, to be compared with those afterwards."""
        settled = {"close_at": None, "by_limit": by_limit, "arrived_before": arrivals}
        return [*self._settle(queue, **settled), *self._begin(queue, Wish.CLOSE)]

    def at(self, queue: QueueId, close_at: float | None, reopen_at: float | None) -> Effects:
        """Close and open it at times (server's epoch seconds), or not by itself."""
        self.missed.discard(queue)
        return self._settle(queue, close_at=close_at, reopen_at=reopen_at)

    def reopen(self, queue: QueueId) -> Effects:
        """Open it now."""
        return [*self._settle(queue, reopen_at=None), *self._begin(queue, Wish.REOPEN)]

    def limit(self, queue: QueueId, limit: Limit | None) -> Effects:
        """Close it while many wait, or not."""
        return self._settle(queue, limit=limit)

    def cancel(self, queue: QueueId) -> Effects:
        """Nothing is to happen by itself any more; what is closed stays closed."""
        self.missed.discard(queue)
        self._drop(queue)
        return self._settle(queue, close_at=None, reopen_at=None, limit=None, by_limit=False)

    def write(self, queue: QueueId, language: str, text: str) -> Effects:
        """Word what customers are told in one language; a closed queue says it from now on."""
        texts = {**dict(self.plan(queue).message), language: text}
        message = tuple((one, texts[one]) for one in LANGUAGES if texts.get(one))
        effects = self._settle(queue, message=message)
        if self.plan(queue).before is not None and message:
            effects.append(SetIntake(queue, IntakeChanges(closed_message=words_of(message))))
        return effects

    def set_hours(self, queue: QueueId, hours: OpeningHours) -> Effects:
        """Change the week; of a queue that is closed from here, the one that comes back."""
        before = self.plan(queue).before
        if before is not None:
            return self._settle(queue, before=replace(before, hours=hours))
        return [SetIntake(queue, IntakeChanges(hours=hours))]

    def set_words(self, queue: QueueId, *, closed: str | None = None, greeting: str | None = None) -> Effects:
        """Change what it says by itself outside of its hours, or at the beginning."""
        before = self.plan(queue).before
        if closed is not None and before is not None:
            return self._settle(queue, before=replace(before, closed_message=closed))
        return [SetIntake(queue, IntakeChanges(closed_message=closed, greeting=greeting))]

    # --- what comes of it ----------------------------------------------------------------------------

    def restored(self, plans: Mapping[QueueId, Plan]) -> None:
        """What an earlier run has kept."""
        self.plans = {**plans, **self.plans}

    def told(self, queue: QueueId, intake: Intake) -> Effects:
        """How the queue takes customers in; what waited for it goes on."""
        self.known[queue] = intake
        wish = self.at_work.get(queue)
        return [] if wish is None else self._go_on(queue, wish, intake)

    def changed(self, queue: QueueId, intake: Intake) -> Effects:
        """The server has taken a change."""
        self.known[queue] = intake
        self.troubles.pop(queue, None)
        wish = self.at_work.pop(queue, None)
        if wish is Wish.REOPEN:
            return self._settle(queue, before=None, by_limit=False, arrived_before=None)
        return []

    def failed(self, queue: QueueId, problem: Problem, now: float) -> Effects:
        """It did not work; ``now``: local seconds. What is under way is tried again if that may help."""
        self.troubles[queue] = problem
        wish = self.at_work.get(queue)
        if wish is None:
            return []
        if problem.trouble not in _FINAL:
            self._again[queue] = now + AGAIN
            return []
        self._drop(queue)
        return self._given_up(queue, wish)

    def _given_up(self, queue: QueueId, wish: Wish) -> Effects:
        """The server does not do it. Nothing of it is tried again, and what had not begun is undone."""
        plan = self.plan(queue)
        known = self.known.get(queue)
        begun = wish is Wish.REOPEN or (known is not None and is_shut(known.hours))
        return self._settle(queue, limit=None, by_limit=False, before=plan.before if begun else None)

    def second_passed(self, state: DeskState, server: float, now: float) -> Effects:
        """What is due. ``server``: the server's epoch seconds, ``now``: local ones."""
        effects: Effects = []
        if not self.plans and not self._again:
            return effects
        for queue in [one for one, at in self._again.items() if now >= at]:
            del self._again[queue]
            effects.append(LookAtIntake(queue))
        for queue, plan in list(self.plans.items()):
            if queue not in self.at_work:
                effects += self._due(state, queue, plan, server)
        return effects

    def _due(self, state: DeskState, queue: QueueId, plan: Plan, server: float) -> Effects:
        if plan.close_at is not None and server >= plan.close_at:
            if server < plan.close_at + LATE:
                return self.close(queue)
            self.missed.add(queue)
            return self._settle(queue, close_at=None)
        if plan.reopen_at is not None and server >= plan.reopen_at:
            return self.reopen(queue) if plan.before is not None else self._settle(queue, reopen_at=None)
        return self._by_limit(state, queue, plan, server)

    def _by_limit(self, state: DeskState, queue: QueueId, plan: Plan, server: float) -> Effects:
        if plan.limit is None or not state.listed:
            return []
        waiting = state.waiting.count(queue)
        if plan.before is None and waiting >= plan.limit.closes_at and takes_in(state, queue, server):
            return self.close(queue, by_limit=True)
        if plan.before is not None and plan.by_limit and waiting < plan.limit.opens_below:
            return self.reopen(queue)
        return []

    # --- how -----------------------------------------------------------------------------------------

    def _begin(self, queue: QueueId, wish: Wish) -> Effects:
        self._drop(queue)
        self.at_work[queue] = wish
        return [LookAtIntake(queue)]

    def _drop(self, queue: QueueId) -> None:
        self.at_work.pop(queue, None)
        self._again.pop(queue, None)

    def _go_on(self, queue: QueueId, wish: Wish, now: Intake) -> Effects:
        match wish:
            case Wish.CLOSE:
                return self._close(queue, now)
            case Wish.REOPEN:
                return self._open(queue, now)
            case _:
                assert_never(wish)

    def _close(self, queue: QueueId, now: Intake) -> Effects:
        plan = self.plan(queue)
        before = plan.before or Before(None if is_shut(now.hours) else now.hours, now.closed_message)
        message = words_of(plan.message) or (None if now.closed_message else words_of(tuple(USUAL.items())))
        return [
            *self._settle(queue, before=before),
            SetIntake(queue, IntakeChanges(shut(now.hours), message)),
        ]

    def _open(self, queue: QueueId, now: Intake) -> Effects:
        before = self.plan(queue).before
        if before is not None and before.hours is not None:
            return [SetIntake(queue, IntakeChanges(before.hours, before.closed_message))]
        if before is None and not is_shut(now.hours):
            # It keeps its hours and is open, or will be when they say so.
            self._drop(queue)
            return []
        # Closed from elsewhere: nobody here knows the hours it had.
        always = replace(now.hours or shut(None), kept=False)
        return [SetIntake(queue, IntakeChanges(always, None if before is None else before.closed_message))]

    def _settle(self, queue: QueueId, **settled: object) -> Effects:
        plan = replace(self.plan(queue), **settled)
        if plan == self.plan(queue):
            return []
        self.plans[queue] = plan
        if plan.empty:
            del self.plans[queue]
        return [KeepPlans(dict(self.plans))]


def second_passed(state: DeskState, now: float) -> Effects:
    """What is due at this second. ``now``: local seconds."""
    if state.clock_offset is None:
        return []
    return state.intaking.second_passed(state, now + state.clock_offset, now)


def shut(hours: OpeningHours | None) -> OpeningHours:
    """A week in which it never opens, in the same time zone."""
    return OpeningHours("UTC" if hours is None else hours.zone, (None,) * 7)


def is_shut(hours: OpeningHours | None) -> bool:
    """Whether it never opens."""
    return hours is not None and hours.kept and not any(hours.week)


def words_of(message: tuple[tuple[str, str], ...]) -> str:
    """What customers read: the languages one after the other."""
    return "\n\n".join(text for _, text in message)


def takes_in(state: DeskState, queue: QueueId, server: float) -> bool:
    """Whether a queue is open by its hours."""
    info = state.queues.get(queue)
    return info is None or is_open(info.hours, server)


def standing(state: DeskState, queue: QueueId, server: float) -> Standing:
    """How a queue stands at a moment of the server's clock."""
    info, plan = state.queues.get(queue), state.intaking.plan(queue)
    hours = None if info is None else info.hours
    now = State.CLOSED if not is_open(hours, server) else State.OPEN if plan.limit is None else State.LIMITED
    return Standing(now, plan.close_at, plan.reopen_at, plan.limit, "UTC" if hours is None else hours.zone)
