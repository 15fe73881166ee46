"""What the agent is told about canned responses."""

from __future__ import annotations

from typing import assert_never

from agent_tui.desk import notice as n
from agent_tui.desk.text import Displayable
from agent_tui.telling import Told, Weight
from agent_tui.wording import count, say


def about_texts(notice: n.AboutTexts, palette: Displayable) -> Told:
    """The words for ``notice``; ``palette`` is the key that finds commands."""
    match notice:
        case n.TextsUnreadable(mistake, mistakes):
            return Told(_unreadable(mistake, mistakes), Weight.WARNING)
        case n.OriginalsChanged(shortcut):
            words = say(
                "The original of your /{text} has changed. {palette}, Changed originals: see it.",
                text=shortcut, palette=palette,
            )  # fmt: skip
            return Told(words, Weight.FACT)
        case n.TextKept(shortcut):
            return Told(say("Saved: /{text} is your own now.", text=shortcut), Weight.FACT)
        case n.TextNotKept(shortcut, why):
            return Told(say("/{text} is not saved: {why}", text=shortcut, why=why), Weight.ERROR)
        case n.DoneAfterSending(customer, tags):
            done = say("{customer}: tagged {tags}, as the text says.", customer=customer, tags=tags)
            changed = say("{customer}: the priority is set, as the text says.", customer=customer)
            return Told(done if tags else changed, Weight.FACT)
        case n.StaysOpen(customer):
            words = say("The chat with {customer} stays open: there are new words in it.", customer=customer)
            return Told(words, Weight.FACT)
        case _:
            assert_never(notice)


def _unreadable(mistake: Displayable, mistakes: int) -> Displayable:
    if mistakes == 1:
        return say("A canned response cannot be read, the others are there. {mistake}", mistake=mistake)
    return count(
        "{n} mistake in canned responses; the others are there. {mistake}",
        "{n} mistakes in canned responses; the others are there. {mistake}",
        mistakes,
        mistake=mistake,
    )
