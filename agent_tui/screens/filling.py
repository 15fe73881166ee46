"""A canned response filled in for the open chat: as it is put into the text, and as it is shown before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import PurePath

from agent_tui.desk.afterwards import merged
from agent_tui.desk.model import Chat, DeskState
from agent_tui.desk.passages import Field, Passage, without_fields
from agent_tui.desk.selectors import server_now
from agent_tui.desk.speech import language_for
from agent_tui.desk.text import Displayable, clean_block, clean_line
from agent_tui.screens.values import values
from agent_tui.widgets.painting import Piece
from agent_tui.widgets.picker_preview import Preview
from agent_tui.widgets.typeable import typeable
from agent_tui.wording import say
from canned.filling import Filled, fill
from canned.model import After, Owner, Response
from canned.render import Rendered, TemplateError
from canned.spans import gap_spans
from themes.contract import Ink

FALLBACKS = ("en",)
"""Languages for a customer whose own has no text."""
_SHOWN = 1_200
"""Characters of a preview."""


class Placed:
    """A response ready to be put into the text. Places count from the beginning of ``text``."""

    def __init__(self, response: Response, filled: Filled) -> None:
        self.text, self.fields = _typeable(filled.rendered)
        self.passage = Passage(
            0,
            len(self.text),
            response.key,
            response.shortcut,
            filled.language,
            without_fields(self.text, 0, len(self.text), self.fields),
            response.tags,
            response.after,
            tuple(one.path for one in response.attachments),
        )


def filled_in(state: DeskState, chat: Chat, response: Response, now: float) -> Filled:
    """The response in the customer's language with the values of this chat at local time ``now``.

    Raises:
        TemplateError: it cannot be filled in.
    """
    server = server_now(state, now)
    at = datetime.now().astimezone() if server is None else datetime.fromtimestamp(server).astimezone()
    return fill(response, values(state, chat), language=language_for(chat), fallbacks=FALLBACKS, at=at)


def as_written(response: Response, language: str) -> Filled:
    """A response that cannot be filled in, as its author wrote it."""
    taken, text = response.body(language, FALLBACKS)
    return Filled(Rendered(text, (), tuple(gap_spans(text))), taken, taken in {"", language})


def _typeable(rendered: Rendered) -> tuple[Displayable, tuple[Field, ...]]:
    """The text as the composer takes it, with its fields where they are then."""
    parts: list[str] = []
    fields: list[Field] = []
    done = length = 0
    for span in sorted(rendered.spans, key=lambda one: one.start):
        if span.start < done:
            continue
        before = typeable(rendered.text[done : span.start])
        inside = typeable(rendered.text[span.start : span.end])
        start = length + len(before)
        fields.append(Field(start, start + len(inside), span.name, span.choices, span.hint, span.default))
        parts += [before, inside]
        done, length = span.end, start + len(inside)
    text = Displayable("".join((*parts, typeable(rendered.text[done:]))))
    return text, tuple(fields)


def preview(state: DeskState, chat: Chat, response: Response, now: float) -> Preview:
    """The response as the customer would read it, and what is to be known about it."""
    return previewed(response, language_for(chat), lambda: filled_in(state, chat, response, now))


def previewed(response: Response, language: str, filled_for: Callable[[], Filled]) -> Preview:
    """The response as ``filled_for`` fills it in for a reader of ``language``, or why it cannot."""
    try:
        filled = filled_for()
    except TemplateError as error:
        filled = as_written(response, language)
        reason = say("It has a mistake: {reason}", reason=clean_line(str(error)))
        return (Piece(reason, Ink.BAD), *_words(response, filled))
    if language and not filled.fits:
        return (Piece(_foreign(response, language), Ink.WARNING), *_words(response, filled))
    return _words(response, filled)


def _foreign(response: Response, language: str) -> Displayable:
    there = Displayable(", ".join(clean_line(one, limit=12) for one in response.languages))
    return say("Not in {language}, only in {others}.", language=Displayable(language), others=there)


def _words(response: Response, filled: Filled) -> Preview:
    text = Piece(clean_block(filled.rendered.text, limit=_SHOWN).text)
    facts = [*_about(response), *after_words(response.after), *_files(response)]
    return (text, *(Piece(fact, Ink.QUIET) for fact in facts))


def _about(response: Response) -> list[Displayable]:
    own = [say("your own")] if response.owner is Owner.PERSONAL else []
    where = [clean_line("/".join(response.category))] if response.category else []
    spoken = (
        [Displayable(" ".join(clean_line(one, limit=12) for one in response.languages))]
        if response.bodies
        else []
    )
    facts = [Displayable(" · ".join((*own, *where, *spoken)))] if own or where or spoken else []
    return facts + ([clean_line(response.when)] if response.when else [])


def _files(response: Response) -> list[Displayable]:
    """Which files go with the text."""
    names = (clean_line(one.name or PurePath(one.path).name, limit=60) for one in response.attachments)
    return [say("with {files}", files=Displayable(", ".join(names)))] if response.attachments else []


def after_words(*wishes: After) -> list[Displayable]:
    """What happens once the text is sent; nothing when nothing does."""
    after = merged(wishes)
    tags = Displayable(", ".join(clean_line(tag, limit=40) for tag in after.tags))
    done = [say("tags {tags}", tags=tags)] if after.tags else []
    done += [say("priority {priority}", priority=Displayable(after.priority))] if after.priority else []
    done += [] if after.snooze is None else [say("sleeps {minutes} min", minutes=after.snooze)]
    done += [say("closes the chat")] if after.resolve else []
    return [say("Then: {done}", done=Displayable(", ".join(done)))] if done else []
