"""What the agent is told when something did not go as meant: what happened, what it means, what to press."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import assert_never

from agent_tui.carried_words import carried
from agent_tui.desk import notice as n
from agent_tui.desk.calling import Call
from agent_tui.desk.carried import Carried
from agent_tui.desk.concerns import Concern, GapLeft, LinkDead, LinkInternal, SaidBefore, WrongLanguage
from agent_tui.desk.model import Connection, Link
from agent_tui.desk.problems import Trouble
from agent_tui.desk.text import NOTHING, Displayable
from agent_tui.keymap import ACTION_OF, Keymap, spelled
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
        case n.LookingForHit():
            return Told(say("Going back to this message …"), Weight.FACT)
        case n.HitGone(customer):
            words = say("That message is no longer in the chat with {customer}.", customer=customer)
            return Told(words, Weight.WARNING)
        case Carried():
            return carried(notice)
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
        case (
            n.FileUnfit()
            | n.TooManyFiles()
            | n.NothingToTakeBack()
            | n.HasLeft()
            | n.MayHaveLeft()
            | n.FileComes()
            | n.FileIsThere()
            | n.FileTrouble()
        ):
            return _about_files(notice, keys)
        case (
            n.TakingFailed()
            | n.SendingFailed()
            | n.ResolvingFailed()
            | n.PartingFailed()
            | n.PriorityNotSet()
            | n.LookingFailed()
            | n.PreviousNotLoaded()
            | n.CustomerNotSaved()
            | n.TaggingFailed()
            | n.ClosedNotListed()
            | n.LoadingFailed()
            | n.LinkSearchFailed()
            | n.AvailabilityNotChanged()
        ):
            return Told(_failure(notice, keys), Weight.ERROR)
        case _:
            assert_never(notice)


def _about_files(
    notice: n.FileUnfit
    | n.TooManyFiles
    | n.NothingToTakeBack
    | n.HasLeft
    | n.MayHaveLeft
    | n.FileComes
    | n.FileIsThere
    | n.FileTrouble,
    keys: Keymap,
) -> Told:
    match notice:
        case n.FileUnfit(problem):
            words = say("This file cannot go along: {why}. Choose another.", why=reason(problem))
            return Told(words, Weight.WARNING)
        case n.TooManyFiles(most):
            words = say("{n} files go with one text. Send these first, then the next.", n=most)
            return Told(words, Weight.WARNING)
        case n.NothingToTakeBack():
            return Told(say("Every text of this chat has left."), Weight.FACT)
        case n.HasLeft(customer):
            words = say("Too late: your text to {customer} is leaving already.", customer=customer)
            return Told(words, Weight.WARNING)
        case n.MayHaveLeft(customer):
            words = say(
                "{customer} may have this text already. {key} looks, and sends it if not.",
                customer=customer, key=_key(keys, "retry"),
            )  # fmt: skip
            return Told(words, Weight.WARNING)
        case n.FileComes(name):
            return Told(say("Fetching {name} …", name=name), Weight.FACT)
        case n.FileIsThere(where, opened):
            words = (
                say("Saved and opened: {where}", where=where)
                if opened
                else say("Saved: {where}", where=where)
            )
            return Told(words, Weight.FACT)
        case n.FileTrouble(name, problem):
            why = reason(problem)
            named = name if problem.trouble is not Trouble.FILE else NOTHING
            words = say("{name}: {why}.", name=named, why=why) if named else say("{why}.", why=why)
            return Told(words, Weight.ERROR)
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


def _failure(
    notice: n.TakingFailed
    | n.SendingFailed
    | n.ResolvingFailed
    | n.PartingFailed
    | n.PriorityNotSet
    | n.LookingFailed
    | n.PreviousNotLoaded
    | n.CustomerNotSaved
    | n.TaggingFailed
    | n.ClosedNotListed
    | n.LoadingFailed
    | n.LinkSearchFailed
    | n.AvailabilityNotChanged,
    keys: Keymap,
) -> Displayable:
    why = reason(notice.problem)
    match notice:
        case n.TakingFailed(customer):
            return say("{customer} could not be taken: {why}.", customer=customer, why=why)
        case n.SendingFailed(customer):
            return say(
                "Your text to {customer} did not leave: {why}. {key} sends it again.",
                customer=customer, why=why, key=_key(keys, "retry"),
            )  # fmt: skip
        case n.ResolvingFailed(customer):
            return say("The chat with {customer} is still open: {why}.", customer=customer, why=why)
        case n.PartingFailed(customer):
            return say("{customer} is still with you: {why}.", customer=customer, why=why)
        case n.PriorityNotSet(customer):
            return say("The priority of {customer} stays as it was: {why}.", customer=customer, why=why)
        case n.LookingFailed():
            return say("This chat cannot be shown: {why}.", why=why)
        case n.PreviousNotLoaded():
            return say("The earlier chats of this customer cannot be fetched: {why}.", why=why)
        case n.ClosedNotListed():
            return say("Your closed chats cannot be listed: {why}.", why=why)
        case n.TaggingFailed(customer) if not customer:
            return say("The tags of a closed chat stay as they were: {why}.", why=why)
        case n.CustomerNotSaved(customer):
            return say(
                "This was not saved for {customer}: {why}. What you typed is kept.",
                customer=customer,
                why=why,
            )
        case n.TaggingFailed(customer):
            return say("The tags of {customer} stay as they were: {why}.", customer=customer, why=why)
        case n.LoadingFailed(customer):
            return say("Messages with {customer} could not be fetched: {why}.", customer=customer, why=why)
        case n.LinkSearchFailed():
            return say("The help articles cannot be searched: {why}.", why=why)
        case n.AvailabilityNotChanged():
            return say("Your availability stays as it was: {why}.", why=why)
        case _:
            assert_never(notice)


def call_words(call: Call) -> Displayable:
    """Who calls, for a notice that anybody may see: a queue and a time, no name and no word of theirs."""
    minutes, seconds = divmod(max(0, int(call.waits)), 60)
    waits = Displayable(f"{minutes}:{seconds:02}")
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
