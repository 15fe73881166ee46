"""What the agent is told when something did not go as meant: what happened, what it means, what to press."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import assert_never

from agent_tui.capacity_words import about_capacity
from agent_tui.carried_words import carried
from agent_tui.desk import notice as n
from agent_tui.desk.calling import Call
from agent_tui.desk.capacity_notice import AboutCapacity
from agent_tui.desk.carried import Carried
from agent_tui.desk.concerns import (
    Concern,
    GapLeft,
    LinkDead,
    LinkInternal,
    NumberGiven,
    SaidBefore,
    WrongLanguage,
)
from agent_tui.desk.failure_notice import Failed
from agent_tui.desk.file_notice import AboutFile
from agent_tui.desk.model import Connection, Link
from agent_tui.desk.private_numbers import NumberKind
from agent_tui.desk.text import NOTHING, Displayable
from agent_tui.failure_notices import failure
from agent_tui.file_notices import about_files
from agent_tui.keymap import ACTION_OF
from agent_tui.keys_in_force import Keymap, spelled
from agent_tui.telling import Told, Weight, reason
from agent_tui.text_notices import about_texts
from agent_tui.wording import clock, count, say

__all__ = ["Told", "Weight", "beyond_the_server", "connection_words", "reason", "told"]


def told(notice: n.Notice, keys: Keymap) -> Told:
    """The words for ``notice``; ``keys`` names the keys to press."""
    match notice:
        case n.NobodyWaits():
            return Told(say("Nobody is waiting in the queues you serve."), Weight.FACT)
        case n.NoUrgentChat():
            return Told(say("Nobody is waiting for an answer from you."), Weight.FACT)
        case n.ColleagueWasFaster(customer, by):
            return Told(_faster(customer, by, keys), Weight.WARNING)
        case n.YoursInBackground(customer, tab):
            return Told(_background(customer, tab, keys), Weight.FACT)
        case n.NamesAnother(customer, other):
            text = say(
                "This text to {customer} names {other}. {key} again sends it.",
                customer=customer, other=other, key=_key(keys, "send"),
            )  # fmt: skip
            return Told(text, Weight.WARNING)
        case n.ColleagueAnswered(customer, by):
            text = say(
                "{by} wrote to {customer} after you began. Read it; {key} again sends yours.",
                by=by, customer=customer, key=_key(keys, "send"),
            )  # fmt: skip
            return Told(text, Weight.WARNING)
        case n.HeldBack(concerns):
            return Told(_held_back(concerns, keys), Weight.WARNING)
        case n.BookmarksBroken(where):
            return Told(say("A bookmark was left out. {where}", where=where), Weight.WARNING)
        case n.LinkNotOpened(url):
            return Told(say("No browser can be opened from here. The address: {url}", url=url), Weight.FACT)
        case n.SeveralTagged(chats):
            return Told(count("{n} chat gets these tags.", "{n} chats get these tags.", chats), Weight.FACT)
        case n.TakenAway(customer, by):
            return Told(_taken_away(customer, by), Weight.WARNING)
        case n.ClosedElsewhere(customer):
            return Told(
                say("The chat with {customer} was closed by somebody else.", customer=customer), Weight.FACT
            )
        case n.FellAsleep(customer, until):
            return Told(_asleep(customer, until), Weight.FACT)
        case n.LeadWrote(customer, by):
            words = say("{by} has a word for you in the chat with {customer}.", by=by, customer=customer)
            return Told(words, Weight.WARNING)
        case n.LookingForHit():
            return Told(say("Going back to this message …"), Weight.FACT)
        case n.HitGone(customer):
            words = say("That message is no longer in the chat with {customer}.", customer=customer)
            return Told(words, Weight.WARNING)
        case Carried():
            return carried(notice)
        case AboutCapacity():
            return about_capacity(notice)
        case n.Muted(customer):
            words = say("{customer} is blocked, and the chat is closed.", customer=customer)
            return Told(words, Weight.FACT)
        case n.NothingToUndo():
            return Told(say("There is nothing to take back; only the last few seconds count."), Weight.FACT)
        case n.StillYours(customer):
            return Told(say("{customer} stays with you.", customer=customer), Weight.FACT)
        case n.WroteMeanwhile(customer):
            words = say("{customer} has just written; the chat stays open.", customer=customer)
            return Told(words, Weight.WARNING)
        case n.TagsPutBack(customer):
            return Told(say("The tags of {customer} are as before.", customer=customer), Weight.FACT)
        case n.TextTakenBack(customer):
            words = say("Your text to {customer} did not leave; you can change it.", customer=customer)
            return Told(words, Weight.FACT)
        case n.CustomerSaved(customer):
            return Told(say("Saved for {customer}.", customer=customer), Weight.FACT)
        case n.HandedOver(customer, to):
            return Told(_handed_over(customer, to), Weight.FACT)
        case n.CardWasRead(customer, by):
            words = say("{by} has read your card about {customer}.", by=by, customer=customer)
            return Told(words, Weight.FACT)
        case n.DraftsNotKept(problem):
            text = say(
                "Your texts are not being saved on this machine: {why}. You can go on writing and sending.",
                why=reason(problem),
            )
            return Told(text, Weight.WARNING)
        case (
            n.TextsUnreadable()
            | n.OriginalsChanged()
            | n.TextKept()
            | n.TextNotKept()
            | n.DoneAfterSending()
            | n.StaysOpen()
        ):
            return about_texts(notice, _key(keys, "palette"))
        case AboutFile():
            return about_files(notice, _key(keys, "retry"))
        case Failed():
            return Told(failure(notice, _key(keys, "retry")), Weight.ERROR)
        case _:
            assert_never(notice)


def _key(keys: Keymap, action: str) -> Displayable:
    return Displayable(spelled(keys.key(action)) or spelled(keys.key("palette")))


def _background(customer: Displayable, tab: int, keys: Keymap) -> Displayable:
    by_digit = Displayable(f"{_key(keys, 'tab.pick')} {tab}")
    key = by_digit if len(str(tab)) == 1 else _key(keys, "tab.next")
    return say("{customer} is yours; {key} goes there.", customer=customer, key=key)


def _held_back(concerns: Sequence[Concern], keys: Keymap) -> Displayable:
    why = Displayable(" ".join(map(_concern, concerns)))
    return say("{why} {key} again sends it.", why=why, key=_key(keys, "send"))


def _concern(concern: Concern) -> Displayable:
    match concern:
        case GapLeft(name):
            return say("Fill in “{gap}” first; your text is still here.", gap=name)
        case NumberGiven(kind):
            return say("This gives away {number}.", number=_number_words(kind))
        case WrongLanguage(customer, found, wanted):
            return say(
                "This looks {found}; {customer} writes {wanted}.",
                found=language_words(found), customer=customer, wanted=language_words(wanted),
            )  # fmt: skip
        case SaidBefore(at):
            time = Displayable(f"{datetime.fromtimestamp(at, UTC).astimezone():%H:%M}")
            return say("They got this text at {time}.", time=time)
        case LinkDead(address):
            return say("{address} is not there.", address=address)
        case LinkInternal(host):
            return say("Customers cannot reach {host}.", host=host)
        case _:
            assert_never(concern)


def _number_words(kind: NumberKind) -> Displayable:
    match kind:
        case NumberKind.FINNISH_IDENTITY:
            return say("a Finnish identity code")
        case NumberKind.SWEDISH_IDENTITY:
            return say("a Swedish identity number")
        case NumberKind.DUTCH_CITIZEN:
            return say("a Dutch citizen service number")
        case NumberKind.BANK_ACCOUNT:
            return say("a bank account number")
        case NumberKind.PAYMENT_CARD:
            return say("a card number")
        case _:
            assert_never(kind)


def language_words(code: str) -> Displayable:
    """A language by its name, as the agent calls it."""
    names = {
        "en": say("English"),
        "fi": say("Finnish"),
        "nl": say("Dutch"),
        "sv": say("Swedish"),
    }
    return names.get(code, Displayable(code))


def _faster(customer: Displayable, by: Displayable, keys: Keymap) -> Displayable:
    key = _key(keys, "take")
    if by:
        return say(
            "{by} was faster and has {customer} now. {key} takes the next.", by=by, customer=customer, key=key
        )
    return say(
        "A colleague was faster and has {customer} now. {key} takes the next.", customer=customer, key=key
    )


def _taken_away(customer: Displayable, by: Displayable) -> Displayable:
    if by:
        return say("{customer} is now with {by}.", customer=customer, by=by)
    return say("{customer} went back to the queue.", customer=customer)


def _asleep(customer: Displayable, until: float | None) -> Displayable:
    if until is None:
        return say("{customer} sleeps until they write; then the chat is yours again.", customer=customer)
    moment = datetime.fromtimestamp(until, UTC).astimezone()
    at = clock(moment.hour, moment.minute)
    return say("{customer} sleeps until {at}; then the chat is yours again.", customer=customer, at=at)


def _handed_over(customer: Displayable, to: Displayable) -> Displayable:
    if to:
        return say("{customer} is now with {to}.", customer=customer, to=to)
    return say("{customer} waits in the queue again.", customer=customer)


def call_words(call: Call) -> Displayable:
    """Who calls, for a notice that anybody may see: a queue and a time, no name and no word of theirs."""
    minutes, seconds = divmod(max(0, int(call.waits)), 60)
    waits = Displayable(f"{minutes}:{seconds:02}")
    if call.promised:
        return say("A promise of yours is due: {queue}", queue=call.queue)
    if call.mine:
        return say("A customer of yours waits: {queue}, {waits}", queue=call.queue, waits=waits)
    return say("A customer waits: {queue}, {waits}", queue=call.queue, waits=waits)


def beyond_the_server(action: str) -> Told:
    """Why a key does nothing: the server has no such thing."""
    what = say(ACTION_OF[action].label)
    return Told(say("{what}: this server cannot do that.", what=what), Weight.FACT)


def connection_words(connection: Connection, now: float) -> Displayable:
    """The banner's sentence, empty while all is well. ``now`` is local time."""
    match connection.link:
        case Link.LIVE:
            return NOTHING
        case Link.STARTING:
            return say("Connecting to the desk …")
        case Link.REFUSED:
            return say(
                "The server no longer accepts your sign-in. Nothing can be sent; your drafts are kept. "
                "Leave, sign in again and go on."
            )
        case Link.LOST:
            return _lost(connection, now)
        case _:
            assert_never(connection.link)


def _lost(connection: Connection, now: float) -> Displayable:
    age = max(0, int(now - connection.since_local))
    wait = connection.retry_at_local
    if wait is None or wait <= now:
        return say("No connection for {age} s, trying now. You can go on typing; nothing is lost.", age=age)
    return say(
        "No connection for {age} s, next try in {wait} s. You can go on typing; nothing is lost.",
        age=age, wait=int(wait - now) + 1,
    )  # fmt: skip
