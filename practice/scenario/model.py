"""What a practice desk consists of: queues, staff, texts, arrivals and personas, as plain values.

Every class is one table of the TOML files in ``practice/desks/<desk>/``. The files of a folder are
read in name order and their lists joined, so a desk may be split over files as its author likes.
Durations are seconds of desk time unless a name says otherwise; rates are per minute of desk time.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

Language = Literal["fi", "sv", "nl", "en"]
Texts = dict[Language, str]
"""One text by language; the scenario's first language is the fallback."""

Key = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_-]*$", max_length=40)]
Text = Annotated[str, Meta(min_length=1, max_length=4000)]
Day = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
ClockTime = Annotated[str, Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Lines = Annotated[list[Text], Meta(min_length=1)]
"""Things said one after another, each a message of its own."""
Variants = Annotated[list[Lines], Meta(min_length=1)]
"""Ways of saying the same; the seeded generator picks one."""
Share = Annotated[float, Meta(ge=0.0, le=1.0)]
Seconds = Annotated[float, Meta(ge=0.0, le=1_000_000.0)]


class Table(Struct, frozen=True, forbid_unknown_fields=True):
    """A table of a scenario file; a key that is not declared is an error."""


class Organisation(Table, frozen=True, kw_only=True):
    """Whose desk it is."""

    name: Text
    """As customers know it."""
    languages: Annotated[list[Language], Meta(min_length=1)]
    """First choice first; the first one stands in where a text is missing in another."""
    timezone: Text = "Europe/Helsinki"
    """Where its opening hours count, as the tz database names it."""
    help_centre: Text
    """Base address of the help centre, for links in articles, e.g. ``https://help.example.test``."""
    portal: Key = "help"
    """The help centre's name in addresses: articles are at ``{help_centre}/hc/{portal}/articles/{slug}``."""


class Hours(Table, frozen=True, kw_only=True):
    """When a queue is open, by the organisation's time zone; a day may have one row of hours."""

    days: Annotated[list[Day], Meta(min_length=1)]
    """The days these hours are for."""
    opens: ClockTime = "09:00"
    """From when on."""
    closes: ClockTime = "17:00"
    """Until when, the same day."""


class Queue(Table, frozen=True, kw_only=True):
    """A queue that customers reach by a topic: an API inbox on the wire."""

    key: Key
    """What personas and agents call it by; not seen on screen."""
    name: Text
    """What agents see."""
    channel: Literal["web", "messaging"] = "web"
    """``web``: a chat on a page, answered at once. ``messaging``: may sleep for hours and wake."""
    share: Annotated[float, Meta(gt=0.0)] = 1.0
    """Relative share of the arrivals."""
    automatic_after: Seconds = 60.0
    """A customer who waits this long for a person gets ``automatic`` once per wait."""
    automatic: Texts = field(default_factory=dict)
    """What the desk says by itself to a customer who waits."""
    greeting: Texts = field(default_factory=dict)
    """What the desk answers by itself to a customer's first message."""
    hours: list[Hours] = field(default_factory=list)
    """When it is open; without any, always."""
    closed: Texts = field(default_factory=dict)
    """What the desk answers by itself, once a day, to a customer who writes when it is closed."""
    survey: Texts = field(default_factory=dict)
    """What asks the customer for a rating when the conversation is resolved; without it, nobody is asked."""
    bot: str = ""
    """Name of a bot that questions customers before people do. What it found out opens the first message, in
    lines of ``Label: finding`` below one in brackets; staff gets it as a hand-over card too."""
    topic_page: Text = "/"
    """Path of the page whose chat button leads here."""


class Team(Table, frozen=True, kw_only=True):
    """A group a conversation can be handed on to: a team on the wire (``name`` in lower case)."""

    key: Key
    """What this file calls it by."""
    name: Text
    """What agents see when they hand on."""
    description: str = ""
    """When to hand on to it."""
    members: list[Key] = field(default_factory=list)
    """Keys of agents."""


class Agent(Table, frozen=True, kw_only=True):
    """A member of staff. An empty ``queues`` means all of them."""

    key: Key
    """What teams call them by."""
    name: Text
    """Customers see the first word of it."""
    email: Text
    """What they sign in with."""
    role: Literal["agent", "administrator"] = "agent"
    """An ``administrator`` sees every queue and may lead."""
    queues: list[Key] = field(default_factory=list)
    """Keys of the queues they serve."""
    languages: list[Language] = field(default_factory=list)
    """What they write; for the screens, not enforced."""
    second_step: bool = False
    """Whether signing in by password asks for a code as well, of an app or a backup code."""


class Tag(Table, frozen=True, kw_only=True):
    """A label of the account."""

    title: Key
    """What agents pick it by."""
    description: str = ""
    """When to use it."""
    color: Annotated[str, Meta(pattern=r"^#[0-9A-Fa-f]{6}$")] = "#2781F6"
    """How other programs paint it."""


class Canned(Table, frozen=True, kw_only=True):
    """A canned response. ``content`` may hold Chatwoot's variables, e.g. ``{{contact.first_name}}``."""

    short_code: Key
    """What agents find it by."""
    content: Text
    """The text."""


class Article(Table, frozen=True, kw_only=True):
    """A help-centre article in one language; ``content`` is Markdown."""

    slug: Key
    """The last part of its address."""
    locale: Language
    """The language it is written in."""
    title: Text
    """What agents and customers find it by."""
    category: Text
    """The shelf it stands on."""
    description: str = ""
    """In a sentence, what it tells."""
    content: Text
    """The text, in Markdown."""


class Phase(Table, frozen=True, kw_only=True):
    """A stretch of an arrival pattern."""

    minutes: Annotated[float, Meta(gt=0.0)]
    """How long it lasts, in minutes of desk time."""
    per_minute: Annotated[float, Meta(ge=0.0, le=600.0)]
    """How many customers arrive on average."""


class Pattern(Table, frozen=True, kw_only=True):
    """An arrival pattern: its phases one after another, then again from the first."""

    key: Key
    """What ``--pattern`` calls it; ``calm`` is taken if nothing is said."""
    phases: Annotated[list[Phase], Meta(min_length=1)]
    """One after another."""


class FollowUp(Table, frozen=True, kw_only=True):
    """A further question, asked after an answer with probability ``chance``."""

    say: Variants
    """The question."""
    chance: Share = 1.0
    """Probability that a visit has this question."""


class Reaction(Table, frozen=True, kw_only=True):
    """What a persona says when an answer holds ``to``; each reaction happens once a visit."""

    to: Literal["link", "repeated", "question", "hold", "closing"]
    """``link``: an address. ``repeated``: a text this customer already got. ``question``: asks something.
    ``hold``: asks for patience. ``closing``: says good-bye or asks if there is more."""
    say: Variants
    """The words."""


class Persona(Table, frozen=True, kw_only=True):
    """One invented customer: who they are, what they want, how they take what they get."""

    key: Key
    """What this file calls them by."""
    name: Text
    """What agents see."""
    language: Language
    """What they write, and read best."""
    queue: Key
    """Key of the queue they come to."""
    email: str = ""
    """An invented address; one of their own, so that a second visit is known as theirs."""
    phone: str = ""
    """An invented number, with its country code."""
    city: str = ""
    """Where they live."""
    identifier: str = ""
    """A customer number of the organisation, invented."""
    patience: Annotated[float, Meta(gt=0.0, le=1_000_000.0)] = 300.0
    """Mean time they wait for a person before they leave; each visit draws its own."""
    typing_cps: Annotated[float, Meta(gt=0.0, le=60.0)] = 5.0
    """Characters a second; it paces their messages and typing marks."""
    reading: Seconds = 6.0
    """Mean time to read an answer before they go on."""
    opening: Variants
    """What they come with; the first message opens the chat."""
    follow_ups: list[FollowUp] = field(default_factory=list)
    """What else they ask, in this order."""
    reactions: list[Reaction] = field(default_factory=list)
    """What they say to certain answers."""
    nudge: Variants | None = None
    """Said once when half their patience is gone."""
    leaving: Variants | None = None
    """Said when patience ends; without it they leave silently."""
    closes: Share = 0.75
    """Probability that they close the chat when they leave, which resolves the conversation. Otherwise it
    stays open and nobody reads it any more."""
    thanks: Variants
    """What they say when all is answered."""
    returns: Share = 0.0
    """Probability of coming back after a visit that ended well."""
    returns_after: Seconds = 1800.0
    """Mean time until they come back."""
    back: Variants | None = None
    """What they open with when they come back."""
    tags: list[Key] = field(default_factory=list)
    """The tags a good agent would set: the lesson's answer key."""


class Scenario(Table, frozen=True, kw_only=True):
    """A whole desk."""

    organisation: Organisation
    queues: Annotated[list[Queue], Meta(min_length=1)]
    agents: Annotated[list[Agent], Meta(min_length=1)]
    patterns: Annotated[list[Pattern], Meta(min_length=1)]
    personas: Annotated[list[Persona], Meta(min_length=1)]
    teams: list[Team] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    canned: list[Canned] = field(default_factory=list)
    articles: list[Article] = field(default_factory=list)
