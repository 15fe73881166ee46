"""Finds responses by what the agent types and by what the customer wrote, the most useful first.

How well the typed letters match comes first. Among equals count, in this order of weight: what fits the
customer's message, the queue, the customer's language, and what was used of late.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from canned.fitting import Fitting
from canned.languages import guess, without_language
from canned.lexicon import Lexicon
from canned.model import ANY, Response, folded
from canned.stems import words

LIMIT: Final = 9
"""As many as there are number keys."""
FIT: Final = 2.0
QUEUE: Final = 1.0
LANGUAGE: Final = 0.8
RECENT: Final = 0.6
"""What each reason weighs at most. A response for other queues, or in other languages only, loses as much."""
_LEAST_FIT: Final = 0.2
"""From this fit on (0 to 1) a response is suggested for a message."""
_LONGEST_QUERY: Final = 80
_FUZZY_FROM: Final = 3
"""Letters from which on slips of the finger are forgiven."""

_EXACT, _BEGINS, _PART, _INSIDE = range(4)
_REMEMBERED: Final = 32
"""Pairs of queue and language."""


class Context(Struct, frozen=True):
    """What is known when a response is looked for. All of it may be empty."""

    queue: str = ""
    """The queue's name."""
    language: str = ""
    """The customer's, two letters."""
    message: str = ""
    """What the customer wrote last."""
    recent: Mapping[str, float] = {}
    """How much each response was used of late, 0 to 1, by key."""


class Category(Struct, frozen=True):
    """A branch of the tree of categories."""

    path: tuple[str, ...]
    """From the top, as written."""
    count: int
    """Responses in it and below."""


class Hit(Struct, frozen=True):
    """A response that was found."""

    response: Response
    fit: float
    """How well it fits the customer's message, 0 to 1."""
    queue: bool
    """It is meant for this queue by name."""


_NOTHING: Final = Context()


def typed(name: str) -> str:
    """A category's name as it is typed in one word: ``Card delivery`` is ``card_delivery``."""
    return "_".join(folded(name).split())


class Index:
    """A library made ready for searching; good for one version of it. Belongs to one thread."""

    def __init__(self, responses: Iterable[Response]) -> None:
        # In the order in which equals are listed.
        self._responses = tuple(sorted(responses, key=lambda one: (folded(one.shortcut), one.key)))
        self._shortcuts = [folded(response.shortcut) for response in self._responses]
        self._languages = [_spoken(response) for response in self._responses]
        self._queues = [frozenset(map(folded, response.queues)) for response in self._responses]
        self._context = _NOTHING
        self._fits: dict[int, float] = {}
        self._standing: dict[tuple[str, str], list[float]] = {}
        self._cost = self._weighed(_NOTHING)

    @cached_property
    def _titles(self) -> Lexicon:
        return Lexicon(
            words(f"{one.shortcut} {one.title} {' '.join(one.category)}".replace("_", " "))
            for one in self._responses
        )

    @cached_property
    def _texts(self) -> Lexicon:
        return Lexicon(
            words(" ".join((*one.texts.values(), *one.tags, one.when, one.title, one.shortcut)))
            for one in self._responses
        )

    @cached_property
    def _fitting(self) -> Fitting:
        return Fitting(self._responses)

    @cached_property
    def _branches(self) -> dict[tuple[str, ...], tuple[Category, set[int]]]:
        """Each category with the responses in it and below, by its path as it is typed."""
        held: dict[tuple[str, ...], tuple[tuple[str, ...], set[int]]] = {}
        for index, response in enumerate(self._responses):
            for depth in range(1, len(response.category) + 1):
                path = response.category[:depth]
                held.setdefault(tuple(map(typed, path)), (path, set()))[1].add(index)
        return {key: (Category(path, len(inside)), inside) for key, (path, inside) in sorted(held.items())}

    def categories(self, below: Sequence[str] = (), begins: str = "") -> list[Category]:
        """The categories directly below a path, as ``typed``, whose names begin so; by name."""
        top, wanted = tuple(below), typed(begins)
        return [
            category
            for key, (category, _) in self._branches.items()
            if key[:-1] == top and key[-1].startswith(wanted)
        ]

    def prepare(self) -> Index:
        """Do all the work that else the first search does; may run on another thread before any."""
        self.search("prepare", Context(message="prepare"))
        self._texts.nearly("prepare")
        self.categories()
        return self

    def search(
        self, query: str, context: Context = _NOTHING, limit: int = LIMIT, category: Sequence[str] = ()
    ) -> list[Hit]:
        """The best ``limit`` responses for what was typed, best first. Nothing typed: all, the best first.

        Args:
            query: what was typed.
            context: what else is known.
            limit: so many at most.
            category: only those in it and below, a path as ``typed``; one that is not there has none.
        """
        self._know(context)
        best: list[int] = []
        inside = self._branches[tuple(category)][1] if tuple(category) in self._branches else set()
        taken: set[int] = set()
        for tier in self._tiers(folded(query[:_LONGEST_QUERY])):
            new = sorted((tier & inside if category else tier) - taken)
            best += heapq.nsmallest(limit - len(best), new, key=self._cost.__getitem__)
            taken |= tier
            if len(best) >= limit:
                break
        return self._in_one_language(query, [self._hit(index) for index in best])[:limit]

    def _in_one_language(self, query: str, hits: list[Hit]) -> list[Hit]:
        """Whoever types ``moi-sv`` gets the Swedish ``moi`` first, and nothing but its Swedish text."""
        stem, language = without_language(folded(query))
        meant = [
            replace(hit, response=replace(hit.response, bodies={language: text}, text=""))
            for hit in (
                self._hit(index) for index, one in enumerate(self._shortcuts) if language and one == stem
            )
            if (text := hit.response.texts.get(language)) is not None
        ]
        keys = {hit.response.key for hit in meant}
        return [*meant, *(hit for hit in hits if hit.response.key not in keys)]

    def _called(self, shortcut: str) -> list[int]:
        return [index for index, one in enumerate(self._shortcuts) if one == shortcut]

    def suggest(self, context: Context, limit: int = LIMIT) -> list[Hit]:
        """Responses that fit the customer's message, best first; none when none does."""
        self._know(context)
        fitting = sorted(index for index, fit in self._fits.items() if fit >= _LEAST_FIT)
        best = heapq.nsmallest(limit, fitting, key=self._cost.__getitem__)
        return [self._hit(index) for index in best]

    def _hit(self, index: int) -> Hit:
        named = folded(self._context.queue) in self._queues[index]
        return Hit(self._responses[index], self._fits.get(index, 0.0), named)

    # --- what matches --------------------------------------------------------------------------------

    def _tiers(self, query: str) -> Iterator[set[int]]:
        """What matches, the best matches first; each only found when those before were not enough."""
        if not query:
            yield set(range(len(self._responses)))
            return
        inside = [index for index, shortcut in enumerate(self._shortcuts) if query in shortcut]
        ranks = {index: _shortcut_rank(self._shortcuts[index], query) for index in inside}
        for rank in range(_INSIDE + 1):
            yield {index for index, found in ranks.items() if found == rank}
        asked = words(query.replace("_", " "))
        if not asked:
            return
        yield self._titles.having(asked)
        yield self._texts.having(asked)
        if len(query) >= _FUZZY_FROM:
            yield from self._near(asked)

    def _near(self, asked: Sequence[str]) -> Iterator[set[int]]:
        """Responses with every word nearly: in the title, then in the text."""
        for lexicon in (self._titles, self._texts):
            yield set.intersection(*(lexicon.nearly(word) for word in asked))

    # --- what is most useful -------------------------------------------------------------------------

    def _know(self, context: Context) -> None:
        """Take ``context`` into account from now on."""
        if context == self._context:
            return
        message = context.message.strip()
        self._fits = self._fitting.scores(message, context.language) if message else {}
        self._cost = self._weighed(context)
        self._context = context

    def _weighed(self, context: Context) -> list[float]:
        cost = self._standings(folded(context.queue), context.language).copy()
        for index, fit in self._fits.items():
            cost[index] -= FIT * fit
        if context.recent:
            for index, response in enumerate(self._responses):
                cost[index] -= RECENT * context.recent.get(response.key, 0.0)
        return cost

    def _standings(self, queue: str, language: str) -> list[float]:
        """What queue and language make of each response; the last few are remembered."""
        known = self._standing.get((queue, language))
        if known is None:
            if len(self._standing) >= _REMEMBERED:
                self._standing.clear()
            known = [
                -QUEUE * (_standing(queues, queue) if queue else 0)
                - LANGUAGE * (_standing(languages, language) if language else 0)
                for queues, languages in zip(self._queues, self._languages, strict=True)
            ]
            self._standing[queue, language] = known
        return known


def _standing(named: frozenset[str], wanted: str) -> int:
    """1 when it is named, 0 when nothing is, -1 when only others are."""
    return 0 if not named else 1 if wanted in named else -1


def _spoken(response: Response) -> frozenset[str]:
    """The languages of its texts; none when it is for any, or nobody can tell."""
    texts = response.texts
    spoken = {language or guess(text) for language, text in texts.items()}
    return frozenset(spoken - {ANY})


def _shortcut_rank(shortcut: str, query: str) -> int:
    if shortcut == query:
        return _EXACT
    if shortcut.startswith(query):
        return _BEGINS
    begins = any(part.startswith(query) for part in shortcut.replace("_", "-").split("-"))
    return _PART if begins else _INSIDE


def search(responses: Iterable[Response], query: str, limit: int = LIMIT) -> list[Response]:
    """The best ``limit`` responses for ``query``, best first; an empty query lists them by shortcut.

    Makes an index each time; whoever searches a library twice keeps an ``Index``.
    """
    return [hit.response for hit in Index(responses).search(query, limit=limit)]
