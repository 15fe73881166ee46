"""What staff knows of a customer: notes, details, attributes."""

from __future__ import annotations

from api_client.backend import Capability
from api_client.errors import NotFound, Refused
from api_client.models.identity import ContactId
from api_client.models.people import ContactChanges
from api_client.testing.bench import Bench, expect, expect_error


class Knowing:
    """What staff knows of a customer: notes, details, attributes."""

    async def test_notes_on_a_customer_are_kept_and_name_who_wrote_them(self, bench: Bench) -> None:
        """Newest first, for all colleagues; the customer hears of none."""
        if Capability.CONTACT_NOTES not in bench.agent_a.capabilities:
            return
        me = (await bench.agent_a.sign_in()).agent
        customer = await bench.customer("Olga", "Hello?")
        contact = (await bench.agent_a.conversation(customer.conversation)).contact.id
        expect(await bench.agent_a.contact_notes(contact) == (), "none yet")
        made = await bench.agent_a.add_contact_note(contact, "Prefers the telephone")
        expect((made.text, made.author) == ("Prefers the telephone", me.name), "the words and who wrote them")
        await bench.agent_b.add_contact_note(contact, "Calls in the morning")
        found = [note.text for note in await bench.agent_b.contact_notes(contact)]
        expect(sorted(found) == ["Calls in the morning", "Prefers the telephone"], "both")
        expect("Prefers the telephone" not in await customer.hears(), "not for the customer")
        await expect_error(NotFound, bench.agent_a.contact_notes(ContactId("987654")))

    async def test_a_customers_details_are_changed_and_the_others_stay(self, bench: Bench) -> None:
        """Attributes are added and taken away one by one."""
        if Capability.CONTACT_EDIT not in bench.agent_a.capabilities:
            return
        customer = await bench.customer("Olga", "Hello?")
        contact = (await bench.agent_a.conversation(customer.conversation)).contact.id
        changes = ContactChanges(name="Olga Aalto", email="olga@example.org")
        changed = await bench.agent_a.update_contact(contact, changes)
        expect((changed.name, changed.email) == ("Olga Aalto", "olga@example.org"), "as given")
        both = ContactChanges(attributes=(("plan", "pro"), ("shop", "Aallokko")))
        await bench.agent_a.update_contact(contact, both)
        left = await bench.agent_b.update_contact(contact, ContactChanges(attributes=(("plan", ""),)))
        expect(dict(left.attributes).get("shop") == "Aallokko", "the other attribute stays")
        expect("plan" not in dict(left.attributes), "an empty one is gone")
        expect(left.name == "Olga Aalto", "the name stays")
        wrong = ContactChanges(email="nowhere")
        await expect_error(Refused, bench.agent_a.update_contact(contact, wrong))

    async def test_a_conversations_attributes_are_changed_one_by_one(self, bench: Bench) -> None:
        """What colleagues set stays."""
        if Capability.CUSTOM_ATTRIBUTES not in bench.agent_a.capabilities:
            return
        chat = (await bench.customer("Olga", "Hello?")).conversation
        await bench.agent_a.set_attribute(chat, "order", "B-1044")
        await bench.agent_b.set_attribute(chat, "till", "3")
        now = await bench.agent_a.set_attribute(chat, "order", "")
        expect(dict(now.attributes).get("till") == "3", "the colleague's is there")
        expect("order" not in dict(now.attributes), "an empty one is gone")
