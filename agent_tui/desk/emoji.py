"""The emoji that are offered: each one sign of two cells in every terminal, found by words in four languages.

None is joined, coloured, a flag, a keycap or younger than Unicode 9: terminals differ on how wide those are.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct


class Emoji(Struct, frozen=True):
    """One sign. ``name`` is what stands between the colons."""

    sign: str
    name: str
    words: tuple[str, ...]
    """What it is also found by: English, Finnish, Swedish, Dutch."""


_TABLE: Final = """
🙂 smile hymy leende glimlach ystävällinen vänlig vriendelijk
😊 blush happy iloinen glad blij lämmin
😀 grin laugh nauru skratt lach
😄 joy happy ilo glädje vrolijk
😉 wink silmänisku blinkning knipoog
😅 phew sweat huh oho puh hupsis
😂 tears laughing naurukyyneleet skratta tranen
😇 angel enkeli ängel engel
😍 love rakkaus kärlek liefde
🙃 upside nurin upp omgekeerd
😌 relieved helpotus lättad opgelucht
😎 cool siisti häftigt stoer
🤔 thinking hmm mietin funderar denken
😐 neutral neutraali neutralt neutraal
😕 confused hämillään förvirrad verward
😟 worried huoli orolig bezorgd
😢 sad surullinen ledsen verdrietig cry
😭 sob itku gråt huilen
😞 disappointed pettynyt besviken teleurgesteld
😓 sorry anteeksi förlåt excuses pahoittelut
😮 surprised yllättynyt förvånad verrast oh
😳 flushed nolo generad verlegen
😴 sleeping uni sover slapen
🤗 hug halaus kram knuffel
🙏 thanks please kiitos tack bedankt dank pray
👍 thumbsup ok yes peukku kyllä tumme ja duim
👎 thumbsdown no ei nej nee
👌 okay sopii okej prima
👏 clap taputus applåd applaus bravo
🙌 hooray hurraa hurra hoera
👋 wave hello bye hei moi hej hoi dag
✋ hand stop käsi hand seis
👉 right oikealle höger rechts osoitus peka
👈 left vasemmalle vänster links
👆 up ylös upp omhoog
👇 down alas ner omlaag
💪 strong voima styrka sterk
🤝 handshake deal sopimus avtal afspraak
🤞 luck onnea lycka geluk
👀 eyes looking katson tittar kijken
✅ done check valmis klart klaar tehty
❌ cross wrong väärin fel fout
❗ exclamation important tärkeä viktigt belangrijk
❓ question kysymys fråga vraag
❕ note huomio obs let
➕ plus lisää mer meer
🆗 okbutton selvä okej goed
🆕 new uusi ny nieuw
🆘 help apua hjälp hulp
⭐ star tähti stjärna ster
🌟 shine loisto glans schitter
✨ sparkles kimallus glitter nieuw
🎉 party juhla fest feest onnittelut grattis
🎂 cake birthday kakku tårta taart syntymäpäivä
🎁 gift lahja present cadeau
🏆 trophy voitto pokal beker
🎯 target osuma mål doel
🔥 fire tuli eld vuur
💡 idea vinkki tips idee lamp
📌 pin nasta nål punaise
📎 paperclip attachment liite bilaga bijlage
📄 page document asiakirja dokument document
📝 memo form lomake blankett formulier muistio
📋 clipboard list lista checklist lijst
📅 calendar date kalenteri datum agenda päivä
📆 appointment aika tid afspraak
⏰ alarm muistutus påminnelse wekker
⏳ hourglass wait odota vänta wachten hetki
⌛ timeup loppu slut voorbij
⌚ watch kello klocka horloge
📞 phone call puhelin samtal bellen soitto
📱 mobile kännykkä mobil mobiel
📧 email sähköposti mejl post
📨 incoming viesti meddelande bericht
📩 inbox saapunut inkommen ontvangen
📬 mailbox postilaatikko brevlåda brievenbus
📦 package paketti paket pakket lähetys
🚚 delivery kuljetus leverans bezorging
💻 laptop tietokone dator computer
🔑 key avain nyckel sleutel
🔒 locked lukittu låst gesloten
🔓 unlocked avoin olåst open
🔍 search haku sök zoek etsi
🔗 link linkki länk koppeling
🔔 bell kello klocka bel ilmoitus
🔧 wrench fix korjaus reparera repareren
🔄 refresh again uudelleen igen opnieuw
💬 speech chat keskustelu prat gesprek
📣 megaphone news tiedote nyhet nieuws
💶 euro money raha pengar geld
💳 card kortti kort kaart maksu
🏠 home koti hem thuis
🏢 office toimisto kontor kantoor
🏥 hospital sairaala sjukhus ziekenhuis
🎓 graduation opiskelu studier studie valmistuminen
📚 books kirjat böcker boeken
🚗 car auto bil
🚆 train juna tåg trein
🚌 bus bussi buss
🌍 world maailma värld wereld
🌞 sun aurinko sol zon
☔ rain sade regn regen
🌈 rainbow sateenkaari regnbåge regenboog
🌸 flower kukka blomma bloem
🌱 plant taimi planta plantje
🍀 clover apila klöver klaver onnea
🐱 cat kissa katt kat
🐶 dog koira hund hond
☕ coffee kahvi kaffe koffie tauko
🍎 apple omena äpple appel
💙 blueheart sydän hjärta hart
💚 greenheart vihreä grön groen
💛 yellowheart keltainen gul geel
💜 purpleheart violetti lila paars
"""
_MOST: Final = 40


def _read(line: str) -> Emoji:
    sign, name, *words = line.split()
    return Emoji(sign, name, tuple(words))


EMOJI: Final = tuple(map(_read, filter(None, _TABLE.splitlines())))
"""All of them, in the order in which they are offered."""

_BY_NAME: Final = {one.name: one.sign for one in EMOJI}


def named(name: str) -> str | None:
    """The sign of a whole name."""
    return _BY_NAME.get(name.casefold())


def find(words: str) -> list[Emoji]:
    """The emoji whose name, or a word of it, begins with ``words``; names first. All for no words."""
    begun = words.strip(" :").casefold()
    by_name = [one for one in EMOJI if one.name.startswith(begun)]
    by_word = [
        one
        for one in EMOJI
        if not one.name.startswith(begun) and any(word.startswith(begun) for word in one.words)
    ]
    return [*by_name, *by_word] if not begun else [*by_name, *by_word][:_MOST]
