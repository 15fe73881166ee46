"""Chatwoot behind the backend interface: requests, answers and the live connection, joined."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from random import Random
from typing import Final

from msgspec.structs import replace

from api_client.backend import Capability
from api_client.backoff import Backoff
from api_client.chatwoot import answers, knowing, opening, requests
from api_client.chatwoot.answers import Portal, Profile
from api_client.chatwoot.errors import error_of
from api_client.chatwoot.found import found as read_found
from api_client.chatwoot.live import Clocks, Live, Subscription
from api_client.chatwoot.mentions import marked
from api_client.chatwoot.reading import load
from api_client.clocks import from_answer
from api_client.errors import AlreadyTaken, AnswerLost, BadAnswer, Refused
from api_client.models.conversation import Conversation, ConversationPage, ConversationQuery, Priority, Status
from api_client.models.events import BackendEvent
from api_client.models.identity import AgentId, ContactId, ConversationId, MessageId, QueueId
from api_client.models.intake import Intake, IntakeChanges
from api_client.models.library import Article, CannedResponse, Tag
from api_client.models.message import Attachment, Message, MessagePage, Outgoing
from api_client.models.people import (
    Agent,
    Availability,
    Contact,
    ContactChanges,
    ContactNote,
    Me,
    Queue,
    Role,
)
from api_client.models.search import Found
from api_client.transport.address import Address
from api_client.transport.base import (
    HttpTransport,
    Progress,
    Request,
    Response,
    SocketTransport,
    Take,
)

_FOR_ADMINISTRATORS: Final = frozenset({Capability.INTAKE})
_TAG_ATTEMPTS: Final = 2
_LOST_BY_A_PROXY: Final = (502, 504)
"""Said by what stands before the server, which may have taken the request."""


class ChatwootBackend:
    """One agent on one account of a Chatwoot installation. See :class:`api_client.backend.Backend`.

    Args:
        address: where the installation is.
        http: carries the agent's token.
        sockets: opens the live connection.
        account_id: the account to work in; ``None`` takes the one the agent used last.
        random: for the waits between attempts to connect.
        clocks: the ``time`` module, or a test's.
    """

    def __init__(
        self,
        address: Address,
        http: HttpTransport,
        sockets: SocketTransport,
        *,
        account_id: str | None = None,
        random: Random | None = None,
        clocks: Clocks = time,
    ) -> None:
        self._address = address
        self._http = http
        self._account_id = account_id
        self._profile: Profile | None = None
        self._portals: tuple[Portal, ...] | None = None
        self._agents: tuple[Agent, ...] | None = None
        """As last listed, for notes that name one."""
        backoff = Backoff(random or Random())  # noqa: S311  spreads attempts, guards nothing
        self._live = Live(
            address, sockets, self._subscription, silent=http.renew, backoff=backoff, clocks=clocks
        )

    @property
    def capabilities(self) -> frozenset[Capability]:
        """All of them; those of a lead for administrators."""
        lead = self._profile is not None and self._profile.me.agent.role is Role.ADMINISTRATOR
        return frozenset(Capability) if lead else frozenset(Capability) - _FOR_ADMINISTRATORS

    async def sign_in(self) -> Me:
        """Check the token and learn who the agent is and which account is worked in."""
        self._profile = await self._fetch_profile()
        return self._profile.me

    async def set_availability(self, availability: Availability) -> None:
        """Choose what colleagues see; the server shows it only while the live connection is up."""
        await self._call((await self._account()).set_availability(availability))

    async def queues(self) -> tuple[Queue, ...]:
        """Inboxes and teams, by name."""
        account = await self._account()
        inboxes, teams = await asyncio.gather(self._call(account.inboxes()), self._call(account.teams()))
        found = (*answers.inboxes(inboxes.body), *answers.teams(teams.body))
        return tuple(sorted(found, key=lambda queue: queue.name.casefold()))

    async def queue_agents(self, queue: QueueId) -> frozenset[AgentId]:
        """Who serves an inbox, or belongs to a team."""
        return answers.queue_agents(await self._body((await self._account()).queue_agents(queue)))

    async def intake(self, queue: QueueId) -> Intake:
        """When an inbox is open and what it says by itself; a team raises ``Unsupported``."""
        return opening.intake(await self._body((await self._account()).inbox(queue)))

    async def set_intake(self, queue: QueueId, changes: IntakeChanges) -> Intake:
        """Change it; the server lets administrators only."""
        request = (await self._account()).update_inbox(queue, opening.changed(changes))
        return opening.intake(await self._body(request))

    async def agents(self) -> tuple[Agent, ...]:
        """All colleagues, by name."""
        self._agents = answers.agents(await self._body((await self._account()).agents()))
        return self._agents

    async def _colleagues(self) -> tuple[Agent, ...]:
        return await self.agents() if self._agents is None else self._agents

    async def tags(self) -> tuple[Tag, ...]:
        """All labels of the account, by name."""
        return answers.tags(await self._body((await self._account()).labels()))

    async def canned_responses(self) -> tuple[CannedResponse, ...]:
        """The shared canned responses."""
        return answers.canned_responses(await self._body((await self._account()).canned_responses()))

    async def search_articles(self, query: str, locale: str | None = None) -> tuple[Article, ...]:
        """Published articles of all help centres; ``locale`` takes its regional kinds too (sv: sv-FI)."""
        portals = await self._known_portals()
        if not query.strip():
            pages = [await self._portal_articles(portal, locale) for portal in portals]
            return tuple(article for page in pages for article in page)
        body = await self._body((await self._account()).search_articles(query))
        found = answers.found_articles(body, self._address.base, portals)
        return tuple(article for article in found if answers.same_language(article.locale, locale))

    async def conversations(self, query: ConversationQuery, page: int = 1) -> ConversationPage:
        """One page of the agent's view."""
        body = await self._body((await self._account()).conversations(query, page))
        return answers.conversation_page(body, query, page)

    async def conversation(self, conversation: ConversationId) -> Conversation:
        """One conversation as it is now."""
        return answers.conversation(await self._body((await self._account()).conversation(conversation)))

    async def messages(
        self,
        conversation: ConversationId,
        *,
        before: MessageId | None = None,
        after: MessageId | None = None,
    ) -> MessagePage:
        """The newest 20 messages, the 20 before one, or the up to 100 after one."""
        if before is not None and after is not None:
            raise ValueError("before and after exclude each other")
        request = (await self._account()).messages(conversation, before=before, after=after)
        return answers.message_page(await self._body(request), conversation, forwards=after is not None)

    async def send(
        self, conversation: ConversationId, outgoing: Outgoing, progress: Progress | None = None
    ) -> Message:
        """Send a reply or a note; ``AnswerLost`` when a proxy or a broken answer hides what came of it."""
        if outgoing.private and "@" in outgoing.text:
            outgoing = replace(outgoing, text=marked(outgoing.text, await self._colleagues()))
        response = await self._exchange((await self._account()).send(conversation, outgoing, progress))
        if response.status in _LOST_BY_A_PROXY:
            raise AnswerLost("the message may have arrived")
        body = _accepted(response).body
        try:
            return answers.message(body, conversation)
        except BadAnswer as problem:
            raise AnswerLost("the message arrived, but its answer cannot be read") from problem

    async def files(self, conversation: ConversationId) -> tuple[Attachment, ...]:
        """The newest hundred files."""
        return answers.files(await self._body((await self._account()).attachments(conversation)))

    async def download(self, file: Attachment, take: Take, *, limit: int) -> None:
        """Fetch it where the server says it is: an address that needs no token, and leads elsewhere."""
        url = file.url if "://" in file.url else f"{self._address.base}{file.url}"
        await self._http.fetch(url, take, limit=limit)

    async def take(self, conversation: ConversationId) -> Conversation:
        """Assign an unassigned conversation to the agent, and look whether it stayed so."""
        me = (await self._known_profile()).me.agent.id
        found = self._untaken(await self.conversation(conversation), me)
        if found.assignee is not None:
            return found
        await self.assign(conversation, me)
        found = self._untaken(await self.conversation(conversation), me)
        if found.assignee is None:
            raise Refused("the backend did not keep the assignment")
        return found

    async def assign(self, conversation: ConversationId, agent: AgentId | None) -> None:
        """Hand a conversation to a colleague, or to nobody."""
        await self._call((await self._account()).assign(conversation, agent))

    async def move(self, conversation: ConversationId, queue: QueueId | None) -> None:
        """Hand a conversation to a team; an inbox raises ``Unsupported``."""
        await self._call((await self._account()).move(conversation, queue))

    async def set_status(
        self, conversation: ConversationId, status: Status, *, until: float | None = None
    ) -> Conversation:
        """Change the status. Opening assigns the conversation to an agent who is no administrator."""
        await self._call((await self._account()).set_status(conversation, status, until))
        return await self.conversation(conversation)

    async def set_priority(self, conversation: ConversationId, priority: Priority | None) -> None:
        """Set or clear the priority."""
        await self._call((await self._account()).set_priority(conversation, priority))

    async def mute(self, conversation: ConversationId) -> None:
        """Resolve it and block the customer, in all their conversations."""
        await self._call((await self._account()).mute(conversation))

    async def set_tags(
        self, conversation: ConversationId, *, add: frozenset[str], remove: frozenset[str]
    ) -> tuple[str, ...]:
        """Read, change and write the labels, which the server only replaces as a whole.

        A colleague who writes between our reading and writing undoes our change or loses theirs; a second
        look finds the first case, and the change is made once more.
        """
        account = await self._account()
        tags = answers.tags_set(await self._body(account.conversation_labels(conversation)))
        for _ in range(_TAG_ATTEMPTS):
            wanted = _with(tags, add, remove)
            if wanted == tags:
                break
            await self._call(account.set_labels(conversation, wanted))
            tags = answers.tags_set(await self._body(account.conversation_labels(conversation)))
        return tags

    async def set_typing(self, conversation: ConversationId, *, on: bool, private: bool = False) -> None:
        """Show or hide the agent's typing mark."""
        await self._call((await self._account()).set_typing(conversation, on=on, private=private))

    async def mark_seen(self, conversation: ConversationId) -> None:
        """Clear the unread mark; the server pushes nothing about it, and clears it for all agents."""
        await self._call((await self._account()).mark_seen(conversation))

    async def contact(self, contact: ContactId) -> Contact:
        """Everything known about a customer."""
        return answers.contact(await self._body((await self._account()).contact(contact)))

    async def contact_conversations(self, contact: ContactId) -> tuple[Conversation, ...]:
        """The customer's newest 20 conversations that the agent may see."""
        body = await self._body((await self._account()).contact_conversations(contact))
        return answers.contact_conversations(body)

    async def contact_notes(self, contact: ContactId) -> tuple[ContactNote, ...]:
        """What colleagues wrote down about a customer."""
        return knowing.notes(await self._body((await self._account()).contact_notes(contact)))

    async def add_contact_note(self, contact: ContactId, text: str) -> ContactNote:
        """Write something down about a customer."""
        return knowing.note(load(await self._body((await self._account()).add_contact_note(contact, text))))

    async def update_contact(self, contact: ContactId, changes: ContactChanges) -> Contact:
        """Change what is known of a customer; numbers stay numbers."""
        account = await self._account()
        body = await self._body(account.contact(contact))
        wanted = knowing.changed(answers.contact(body), changes, knowing.attributes(body))
        gone = tuple(name for name, value in changes.attributes if not value)
        if gone:
            await self._call(account.drop_contact_attributes(contact, gone))
        return answers.contact(await self._body(account.update_contact(contact, wanted)))

    async def set_attribute(self, conversation: ConversationId, name: str, value: str) -> Conversation:
        """Read, change and write the attributes, which the server only replaces as a whole."""
        account = await self._account()
        held = knowing.attributes(await self._body(account.conversation(conversation)))
        wanted = knowing.with_attribute(held, name, value)
        await self._call(account.set_attributes(conversation, wanted))
        return await self.conversation(conversation)

    async def search(self, words: str) -> Found:
        """The first 15 of each kind in the agent's inboxes; messages of the last three months."""
        if not words.strip():
            return Found()
        return read_found(await self._body((await self._account()).search(words.strip())))

    def events(self) -> AsyncIterator[BackendEvent]:
        """The live connection, kept up until the iterator is closed."""
        return self._live.events()

    async def aclose(self) -> None:
        """Close every connection."""
        await self._live.aclose()
        await self._http.aclose()

    async def _call(self, request: Request) -> Response:
        return _accepted(await self._exchange(request))

    async def _exchange(self, request: Request) -> Response:
        response = await self._http.send(request)
        reading = from_answer(response.headers, response.sent_at, response.received_at)
        if reading is not None:
            self._live.notice_time(reading, response.received_at - response.sent_at)
        return response

    async def _body(self, request: Request) -> bytes:
        return (await self._call(request)).body

    async def _fetch_profile(self) -> Profile:
        return answers.profile(await self._body(requests.profile()), self._account_id)

    async def _known_profile(self) -> Profile:
        if self._profile is None:
            self._profile = await self._fetch_profile()
        return self._profile

    async def _account(self) -> requests.AccountRequests:
        return requests.AccountRequests((await self._known_profile()).account_id)

    async def _subscription(self, fresh: bool) -> Subscription:  # noqa: FBT001  a callback's one argument
        if fresh:
            self._profile = await self._fetch_profile()
        profile = await self._known_profile()
        return Subscription(profile.pubsub_token, int(profile.account_id), int(profile.me.agent.id))

    async def _known_portals(self) -> tuple[Portal, ...]:
        if self._portals is None:
            self._portals = answers.portals(await self._body((await self._account()).portals()))
        return self._portals

    async def _portal_articles(self, portal: Portal, locale: str | None) -> tuple[Article, ...]:
        account = await self._account()
        found: list[Article] = []
        for code in answers.portal_locales(portal, locale):
            body = await self._body(account.portal_articles(portal.slug, code))
            found += answers.portal_articles(body, self._address.base, portal)
        return tuple(found)

    @staticmethod
    def _untaken(found: Conversation, me: AgentId) -> Conversation:
        if found.assignee is not None and found.assignee.id != me:
            raise AlreadyTaken("a colleague has the conversation", by=found.assignee.name)
        return found


def _accepted(response: Response) -> Response:
    error = error_of(response)
    if error is not None:
        raise error
    return response


def _with(tags: tuple[str, ...], add: frozenset[str], remove: frozenset[str]) -> tuple[str, ...]:
    kept = tuple(tag for tag in tags if tag not in remove)
    return (*kept, *sorted(add.difference(kept)))
