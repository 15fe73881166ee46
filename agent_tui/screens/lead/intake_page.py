"""The lead's page on one queue: close and open it, limit it, what customers are told, its week."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from msgspec.structs import replace
from textual.widget import Widget

from agent_tui import notices
from agent_tui.desk import intake_told as t
from agent_tui.desk.clock_entry import Mistyped, moment_of, span_of
from agent_tui.desk.draining import Outlook, outlook
from agent_tui.desk.intake_model import LANGUAGES, USUAL, Limit, Plan, Standing, State
from agent_tui.desk.intaking import is_shut, standing, words_of
from agent_tui.desk.opening import knows_zone
from agent_tui.desk.text import NOTHING, Displayable, clean_line
from agent_tui.screens.at_hand import Actions
from agent_tui.screens.lead.page import LeadDesk, LeadPage
from agent_tui.widgets import intake_words as words
from agent_tui.widgets.entry_line import EntryLine
from agent_tui.widgets.intake_head import EntryRow, IntakeHead
from agent_tui.widgets.labelled_rows import LabelledRows
from agent_tui.wording import say
from api_client.backend import Capability
from api_client.models.identity import QueueId
from api_client.models.intake import Intake

_DAY: Final = "day "
_MOST: Final = 9999
"""Customers of a limit."""


class IntakePage(LeadPage):
    """Enter changes the row under the cursor; what reaches customers asks for a second Enter."""

    AUTO_FOCUS = ""

    def __init__(self, desk: LeadDesk, queue: QueueId) -> None:
        super().__init__(desk)
        self._queue = queue
        self._head = IntakeHead(self.palette)
        self._rows = LabelledRows(self.palette, self._picked, id="intake")
        self._line = EntryRow(self.palette)
        self._typing = ""
        """The key of the row that is being typed."""
        self._sure = False
        """The next Enter closes or opens it."""
        self._said: Displayable = NOTHING
        """What came of the last key."""

    def body(self) -> Iterable[Widget]:
        """Its state, what can be changed, the line to type in."""
        return (self._head, self._rows, self._line)

    def actions(self) -> Actions:
        """What the keys do."""
        return {
            "board.unplan": self._unplan,
            "board.back": self.app.pop_screen,
            "board.leave": self.desk.leave,
        }

    def hindrance(self, action: str) -> Displayable:
        """Whatever changes something is for a lead, on a queue that has hours."""
        return self._why_never if action == "board.unplan" else NOTHING

    def on_mount(self) -> None:
        """Ask how it stands, now."""
        super().on_mount()
        self.set_focus(self._rows)
        if not self._why_never:
            self._tell(t.IntakeLookedAt(self._queue))

    # --- showing -------------------------------------------------------------------------------------

    def look(self) -> None:
        """Nothing beforehand: painting works all of it out."""

    def paint(self) -> None:
        """The queue as it stands."""
        lookout = self.desk.lookout
        info = lookout.state.queues.get(self._queue)
        stands, plan = self._standing, self._plan
        name = NOTHING if info is None else info.name
        wish = words.at_work(lookout.state.intaking.at_work.get(self._queue))
        state = wish or words.state_words(stands)
        zone = clean_line(stands.zone)
        title = say("{queue}: {state} · times by the clock of {zone}", queue=name, state=state, zone=zone)
        now = self._outlook
        self._head.show((title, words.pace_words(now), words.outlook_words(now, stands.state, plan)))
        self._rows.show(say("Enter changes a row"), words.rows(stands, plan, self._known, lookout.now))
        if not self._typing:
            self._line.say(self._said or self._trouble())

    def _trouble(self) -> Displayable:
        lead = self.desk.lookout.state.intaking
        problem = lead.troubles.get(self._queue)
        if problem is not None:
            return say("It did not work: {why}.", why=notices.reason(problem))
        if self._queue in lead.missed:
            return say("It was to close while no board was open, and did not.")
        if self._known is not None and is_shut(self._known.hours) and self._plan.before is None:
            return say(
                "It was closed elsewhere. Opening it leaves it open day and night until hours are set."
            )
        return self._why_never

    @property
    def _why_never(self) -> Displayable:
        """Why nothing can be changed here; nothing when it can."""
        state = self.desk.lookout.state
        info = state.queues.get(self._queue)
        if info is not None and info.team:
            return say("A team has no opening hours of its own; the queue its customers come by has.")
        if state.me is not None and Capability.INTAKE not in state.capabilities:
            return say("Only a lead can close queues and change their hours on this server.")
        return NOTHING

    @property
    def _standing(self) -> Standing:
        return standing(self.desk.lookout.state, self._queue, self.desk.lookout.now)

    @property
    def _plan(self) -> Plan:
        return self.desk.lookout.state.intaking.plan(self._queue)

    @property
    def _known(self) -> Intake | None:
        return self.desk.lookout.state.intaking.known.get(self._queue)

    @property
    def _outlook(self) -> Outlook:
        ledger, at = self.desk.lookout.board.ledger, round(self.desk.lookout.now * 1000)
        return outlook(ledger.of_queue(self._queue, at), ledger.arrivals(self._queue, at))

    # --- keys ----------------------------------------------------------------------------------------

    def typed(self, key: str, character: str | None) -> bool:
        """The line that is typed in, then the list."""
        if not self._typing:
            if key != "enter":
                self._sure, self._said = False, NOTHING
            return self._rows.take_key(key)
        if key == "escape":
            self._leave_line(NOTHING)
        elif key == "enter":
            self._entered(self._line.text)
        else:
            self._line.take_key(key, character)
        return True

    def _picked(self, key: str) -> None:
        if self._why_never:
            self._said = self._why_never
        elif key == "now":
            self._close_or_open()
        elif key == "kept":
            self._keep_hours()
        else:
            self._typing = key
            self._line.open(EntryLine(self._label(key), self._text_of(key)), self._hint(key))

    def _close_or_open(self) -> None:
        closed = self._standing.state is State.CLOSED
        if not self._sure:
            self._sure = True
            self._said = self._warning(closed=closed)
            return
        self._sure, self._said = False, NOTHING
        if closed:
            self._tell(t.OpeningWanted(self._queue))
        else:
            self._tell(t.ClosingWanted(self._queue, self._outlook.arrivals))

    def _warning(self, *, closed: bool) -> Displayable:
        known = self._known
        if closed:
            if self._plan.before is None and known is not None and not is_shut(known.hours):
                return say("It is closed by its hours. Change those of today below to open it.")
            return say("Enter again opens it for customers.")
        own = "" if known is None else known.closed_message
        told = words_of(self._plan.message) or own or words_of(tuple(USUAL.items()))
        return say("Enter again closes it. Who writes then reads: {words}", words=clean_line(told))

    def _keep_hours(self) -> None:
        if self._known is not None:
            hours = words.hours_of(self._plan, self._known)
            self._tell(t.HoursWritten(self._queue, replace(hours, kept=not hours.kept)))

    def _unplan(self) -> None:
        self._tell(t.PlanCancelled(self._queue))
        self._said = say("Nothing happens to it by itself any more.")

    # --- the line ------------------------------------------------------------------------------------

    def _label(self, key: str) -> Displayable:
        found = words.rows(self._standing, self._plan, self._known, self.desk.lookout.now)
        return next(one.label for one in found if one.key == key)

    def _text_of(self, key: str) -> str:
        """What the line begins with."""
        plan, known = self._plan, self._known
        if key in LANGUAGES:
            return dict(plan.message).get(key) or USUAL[key]
        if key == "limit" and plan.limit is not None:
            return f"{plan.limit.closes_at} {plan.limit.opens_below}"
        at = {"close": plan.close_at, "open": plan.reopen_at}.get(key)
        if at is not None:
            return words.at_clock(at, self._standing.zone)
        if known is None:
            return ""
        hours = words.hours_of(plan, known)
        own = known.closed_message if plan.before is None else plan.before.closed_message
        texts = {"own": own, "greeting": known.greeting, "zone": hours.zone}
        if key.startswith(_DAY):
            return words.hours_typed(hours.week[int(key.removeprefix(_DAY))])
        return texts.get(key, "")

    def _hint(self, key: str) -> Displayable:
        if key in {"close", "open"}:
            return say("15:45, or +20 minutes · empty: not by itself")
        if key == "limit":
            return say("20 12 closes when 20 wait and opens when fewer than 12 do · empty: no limit")
        return say("Enter keeps it · Esc leaves it as it was")

    def _leave_line(self, said: Displayable) -> None:
        self._typing, self._said = "", said
        self._line.close()

    def _entered(self, text: str) -> None:
        try:
            event = self._meant(self._typing, text.strip())
        except Mistyped as mistyped:
            self._line.wrong(words.mistake_words(mistyped.mistake))
            return
        if event is None:
            self._line.wrong(self._unfit(self._typing))
            return
        self._leave_line(NOTHING)
        self._tell(event)

    def _unfit(self, key: str) -> Displayable:
        if key == "limit":
            return say("Type two numbers, the second not above the first: 20 12.")
        return say("No such time zone is known here. Type one such as Europe/Helsinki.")

    def _meant(self, key: str, text: str) -> t.IntakeHappened | None:
        """What is typed as something to settle; ``None`` when it cannot be."""
        queue = self._queue
        if key in LANGUAGES:
            return t.WordsWritten(queue, key, text)
        if key == "limit":
            return self._limit(text)
        if key in {"close", "open"}:
            return self._at(key, text)
        if key == "own":
            return t.OwnWordsWritten(queue, closed=text)
        if key == "greeting":
            return t.OwnWordsWritten(queue, greeting=text)
        return self._hours(key, text)

    def _at(self, key: str, text: str) -> t.TimesChosen:
        plan, now = self._plan, self.desk.lookout.now
        at = moment_of(text, self._standing.zone, now, today=key == "close") if text else None
        close_at, reopen_at = (at, plan.reopen_at) if key == "close" else (plan.close_at, at)
        return t.TimesChosen(self._queue, close_at, reopen_at)

    def _limit(self, text: str) -> t.LimitChosen | None:
        if not text:
            return t.LimitChosen(self._queue, None)
        parts = text.split()
        if not all(part.isascii() and part.isdecimal() and 0 < int(part) <= _MOST for part in parts):
            return None
        numbers = [*map(int, parts)] + [max(1, int(parts[0]) // 2)] * (len(parts) == 1)
        if len(numbers) != 2 or numbers[1] > numbers[0]:  # noqa: PLR2004  from and to
            return None
        return t.LimitChosen(self._queue, Limit(*numbers))

    def _hours(self, key: str, text: str) -> t.HoursWritten | None:
        if self._known is None:
            return None
        hours = words.hours_of(self._plan, self._known)
        if key == "zone":
            return t.HoursWritten(self._queue, replace(hours, zone=text)) if knows_zone(text) else None
        day = int(key.removeprefix(_DAY))
        week = tuple(span_of(text) if number == day else span for number, span in enumerate(hours.week))
        return t.HoursWritten(self._queue, replace(hours, week=week))

    def _tell(self, event: t.IntakeHappened) -> None:
        self.desk.lookout.bridge.dispatch(event)
