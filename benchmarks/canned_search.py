"""``python -m benchmarks.canned_search``: searching 5,000 canned responses, beside plainer ways, in pairs.

Each query is asked of each way in turn, round after round, so that a busy machine slows all of them alike.
Prints the median and the worst per query, and how many times longer or shorter the plain ways take.
"""

from __future__ import annotations

import random
import re
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from rapidfuzz import fuzz, process

from agent_tui.desk.model import Card, Chat, DeskState
from agent_tui.desk.text import Displayable
from agent_tui.screens.filling import preview
from api_client.models.conversation import Status
from api_client.models.identity import ContactId, ConversationId, QueueId
from canned.model import Response
from canned.search import Context, Index

SIZE: Final = 5_000
ROUNDS: Final = 15
GOAL: Final = 10.0
"""Milliseconds a search may take."""
_SYLLABLES: Final = tuple(re.findall("..", "kavekotimasulanataloushetypalumuratesijo"))
_QUERIES: Final = ("k", "ver", "kort", "makkus", "lona palve", "hake kortti", "tys-12", "zzzz", "rokott", "")


def invented(seed: int) -> list[Response]:
    """A library of ``SIZE`` responses in two languages; the same each time."""
    chance = random.Random(seed)  # noqa: S311  invented texts, the same each time

    def word() -> str:
        return "".join(chance.choices(_SYLLABLES, k=chance.randint(2, 5)))

    lexicon = [word() for _ in range(6_000)]

    def text(least: int, most: int) -> str:
        return " ".join(chance.choices(lexicon, k=chance.randint(least, most)))

    return [
        Response(
            key=str(number),
            shortcut=f"{chance.choice(lexicon)}-{number}",
            title=text(2, 5).capitalize(),
            category=(chance.choice(lexicon), chance.choice(lexicon)),
            queues=(f"queue {number % 7}",),
            bodies={
                language: f"Hei {{{{contact.first_name}}}}, {text(15, 45)}." for language in ("fi", "sv")
            },
        )
        for number in range(SIZE)
    ]


def _linear(library: Sequence[Response], query: str) -> list[Response]:
    """Every word of the query somewhere in the response, found by looking through all."""
    wanted = query.split()
    found = [
        response
        for response in library
        if all(
            word in f"{response.shortcut} {response.title} {' '.join(response.texts.values())}".casefold()
            for word in wanted
        )
    ]
    return found[:9]


def _fuzzy(library: Sequence[Response]) -> Callable[[str], object]:
    """Rapidfuzz alone, over shortcut, title and text of each response, made ready beforehand."""
    choices = [f"{one.shortcut} {one.title} {' '.join(one.texts.values())}".casefold() for one in library]
    return lambda query: process.extract(query, choices, scorer=fuzz.WRatio, limit=9)


def _chat() -> Chat:
    card = Card(ContactId("1"), Displayable("Liisa"), "Liisa")
    return Chat(ConversationId("1"), QueueId("1"), QueueId("1"), card, Status.OPEN, 0.0, 0.0, 0.0)


def _listed(index: Index, chat: Chat, letter: str, context: Context) -> object:
    """What stands between a letter after the slash and the list: found, marked, the first one filled in."""
    found = index.search(letter, context)
    marked = index.suggest(context, 3)
    return marked, index.categories((), letter), preview(DeskState(), chat, found[0].response, 0.0)


def _timed(ask: Callable[[str], object], query: str) -> float:
    start = time.perf_counter()
    ask(query)
    return (time.perf_counter() - start) * 1_000


def main() -> int:
    """Measure and print; fails when the goal is missed."""
    library = invented(5)
    start = time.perf_counter()
    index = Index(library).prepare()
    print(
        f"index of {SIZE} responses in two languages: {time.perf_counter() - start:.2f} s, once per version"
    )
    contexts = [
        Context("queue 3", "fi", " ".join(library[number].bodies["fi"].split()[1:25]))
        for number in range(ROUNDS)
    ]
    fuzzy = _fuzzy(library)
    taken: dict[str, list[float]] = {
        "index": [],
        "index, new message": [],
        "linear scan": [],
        "rapidfuzz": [],
    }
    for context in contexts:
        for position, query in enumerate(_QUERIES):
            name = "index, new message" if position == 0 else "index"
            taken[name].append(_timed(partial(index.search, context=context), query))
            taken["linear scan"].append(_timed(lambda asked: _linear(library, asked), query))
            taken["rapidfuzz"].append(_timed(fuzzy, query))
    chat = _chat()
    _listed(index, chat, "k", contexts[0])  # Liquid is imported, as the workstation has done by then
    for number in range(ROUNDS * 2):
        context = contexts[number % len(contexts)]
        taken.setdefault("letter to list", []).append(
            _timed(partial(_listed, index, chat, context=context), _QUERIES[number % 2][:1])
        )
    _print(taken)
    return int(max(statistics.median(taken[name]) for name in ("index", "index, new message")) > GOAL)


def _print(taken: dict[str, list[float]]) -> None:
    own = statistics.median(taken["index"])
    print(f"{'way':<20} {'median ms':>10} {'worst ms':>10} {'ratio':>8}")
    for name, times in taken.items():
        median = statistics.median(times)
        print(f"{name:<20} {median:>10.2f} {max(times):>10.2f} {median / own:>7.1f}x")


if __name__ == "__main__":
    sys.exit(main())
