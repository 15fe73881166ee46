"""What the agent is told of files, and of texts wanted back."""

from __future__ import annotations

from typing import assert_never

from agent_tui.desk import file_notice as n
from agent_tui.desk.problems import Trouble
from agent_tui.desk.text import NOTHING, Displayable
from agent_tui.telling import Told, Weight, reason
from agent_tui.wording import say


def about_files(notice: n.FileNotice, retry: Displayable) -> Told:
    """The words for ``notice``; ``retry`` is the key that sends a text again."""
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
                customer=customer, key=retry,
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
