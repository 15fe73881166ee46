"""A response made ready for one customer: the text of the right language, filled in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from canned.model import Response
from canned.moment import moment
from canned.render import Rendered, Values, render


class Filled(Struct, frozen=True):
    """A filled-in answer."""

    rendered: Rendered
    language: str
    """Of the text that was taken; empty when it stands for any language."""
    fits: bool
    """It is in the customer's language, or for any."""


def fill(
    response: Response, values: Values, *, language: str = "", fallbacks: Iterable[str] = (), at: datetime
) -> Filled:
    """``response`` for a customer of ``language`` at the local time ``at``.

    Raises:
        TemplateError: its text cannot be filled in.
    """
    taken, text = response.body(language, fallbacks)
    if "now" in text:
        values = {**values, "now": moment(taken or language or "en", at)}
    return Filled(render(text, values), taken, taken in {"", language})
