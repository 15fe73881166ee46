"""Canned responses by keys: found, seen before they are put in, filled in, sent, and what follows."""

from __future__ import annotations

from pathlib import Path

from agent_tui.desk.steps import Holds
from agent_tui.engine.bookshelf import TextPlaces
from canned.quality import Quality
from practice.embedded import EmbeddedDesk
from tests.workstation.seat import Seat, seat
from tests.workstation.test_serving import arrive, left, take

CARD = """
shortcut = "kortti"
title = "Milloin kortti tulee"
category = "kortit/toimitus"
[text]
fi = '''Hei {{ contact.first_name }}, kortti tulee {% field "when", choices: "huomenna|tänään" %}.
Siis {{ field.when }}!'''
sv = "Hej {{ contact.first_name }}"
[after]
tags = ["kirjautuminen"]
priority = "high"
"""


def places(tmp_path: Path, **more: float) -> TextPlaces:
    team = tmp_path / "team"
    team.mkdir()
    (team / "kortti.toml").write_text(CARD, encoding="utf-8")
    return TextPlaces((team,), tmp_path / "own", tmp_path / "canned.db", **more)


async def serving(at: Seat, name: str = "Liisa Virtanen") -> None:
    await at.until_shown(name)
    await take(at, name)


async def test_a_response_is_seen_filled_in_and_its_fields_are_walked_by_keys(
    desk: EmbeddedDesk, tmp_path: Path
) -> None:
    (liisa,) = await arrive(desk, "Liisa Virtanen")
    async with seat(desk, texts=places(tmp_path)) as at:
        await serving(at)
        await at.press("/", "k", "o", "r")
        await at.until_shown("Hei Liisa, kortti tulee ⟦when⟧.")
        assert "Then: tags kirjautuminen, priority high" in at.screen
        await at.press("enter", "enter")
        await at.until_shown("“when” is not filled in.")
        await at.press("down", "down", "tab", "enter")
        await left(at, "Hei Liisa, kortti tulee tänään.\nSiis tänään!")
        await at.until(lambda: [tag.value for tag in at.chat.tags] == ["kirjautuminen"], "the tag")
        assert [one.shortcut for one in at.chat.prepared] == ["kortti"]
        assert any("tänään!" in heard for heard in await liisa.hears())
        await liisa.say("Kiitos paljon!")
        await at.until_shown("Kiitos paljon!")
    quality = Quality(tmp_path / "canned.db")
    (figures,) = quality.statistics()
    assert (figures.key, figures.used, figures.edited, figures.thanked) == ("team/kortti", 1, 0, 1)
    assert quality.searches().searched == 1
    quality.close()


async def test_a_field_may_be_left_open_knowingly_and_by_one_key(desk: EmbeddedDesk, tmp_path: Path) -> None:
    await arrive(desk, "Liisa Virtanen")
    async with seat(desk, texts=places(tmp_path)) as at:
        await serving(at)
        await at.press("/", "k", "o", "r", "enter", "ctrl+f9")
        await left(at, "Hei Liisa, kortti tulee ⟦when⟧.\nSiis ⟦when⟧!")


async def test_a_text_taken_back_has_its_fields_still(desk: EmbeddedDesk, tmp_path: Path) -> None:
    await arrive(desk, "Liisa Virtanen")
    async with seat(desk, texts=places(tmp_path), holds=Holds(texts=1000.0)) as at:
        await serving(at)
        await at.press("/", "k", "o", "r", "enter", "ctrl+f9")
        await at.until_shown("F10 takes your text to Liisa Virtanen back")
        await at.press("f10", "enter")
        await at.until_shown("“when” is not filled in.")
        await at.press("down", "down")
        await at.until(lambda: "kortti tulee tänään." in at.chat.draft.text, "the choice")


async def test_the_files_of_a_response_go_along(desk: EmbeddedDesk, tmp_path: Path) -> None:
    (liisa,) = await arrive(desk, "Liisa Virtanen")
    texts = places(tmp_path)
    team = tmp_path / "team"
    (team / "ohje.txt").write_text("Näin kortti tilataan.", encoding="utf-8")
    head = 'shortcut = "ohje"\nattachments = ["ohje.txt"]\n[text]\nfi = "Ohje on liitteenä."\n'
    (team / "ohje.toml").write_text(head, encoding="utf-8")
    async with seat(desk, texts=texts) as at:
        await serving(at)
        await at.press("/", "o", "h", "j", "enter")
        await at.until(lambda: at.chat.draft.files, "the file")
        await at.press("enter")
        await left(at, "Ohje on liitteenä.")
        (file,) = at.chat.transcript.lines[-1].files
        assert file.name == "ohje.txt"
    assert "Ohje on liitteenä." in await liisa.hears()


async def test_categories_are_gone_through_as_paths(desk: EmbeddedDesk, tmp_path: Path) -> None:
    await arrive(desk, "Liisa Virtanen")
    async with seat(desk, texts=places(tmp_path)) as at:
        await serving(at)
        await at.type("/kortit")
        await at.until_shown("kortit/")
        await at.press("up", "enter")
        await at.until_shown("› /kortit/")
        await at.until_shown("toimitus/")
        await at.press("1")
        await at.until_shown("Hei Liisa, kortti tulee ⟦when⟧")


async def test_files_are_read_again_when_they_change_and_mistakes_are_told(
    desk: EmbeddedDesk, tmp_path: Path
) -> None:
    await arrive(desk, "Liisa Virtanen")
    where = places(tmp_path, look_every=0.01)
    async with seat(desk, texts=where) as at:
        await serving(at)
        (where.team[0] / "uusi.toml").write_text('shortcut = "uusi"\ntext = "Tervetuloa"\n')
        await at.until(lambda: at.state.texts and at.state.texts.library.named("uusi"), "the new response")
        await at.press("/", "u", "u")
        await at.until_shown("Tervetuloa")
        (where.team[0] / "huono.toml").write_text("shortcut = \n")
        await at.until_shown("A canned response cannot be read, the others are there. huono.toml:1:")


async def test_an_edited_text_is_kept_as_ones_own_by_one_key(desk: EmbeddedDesk, tmp_path: Path) -> None:
    await arrive(desk, "Liisa Virtanen")
    where = places(tmp_path, look_every=0.01)
    async with seat(desk, texts=where) as at:
        await serving(at)
        await at.press("/", "k", "o", "r", "enter", "down", "end")
        await at.press("ctrl+home", "home", "up", "home")
        await at.press(*["right"] * 4)
        await at.type("vaan ")
        await at.press("ctrl+f6")
        await at.until_shown("Saved: /kortti is your own now.")
        own = at.state.texts.library.named("kortti") if at.state.texts else None
        assert own is not None
        assert own.original is not None
        assert own.bodies["fi"].startswith(
            'Hei vaan {{ contact.first_name }}, kortti tulee {% field "when", choices: "huomenna|tänään" %}'
        )
        (where.team[0] / "kortti.toml").write_text(CARD.replace("tulee", "saapuu"), encoding="utf-8")
        await at.until_shown("The original of your /kortti has changed.")
        await at.press("ctrl+k", *"changed orig", "enter", "enter")
        await at.until_shown("saapuu")
        await at.press("2")
        await at.until(lambda: at.state.texts and not at.state.texts.outdated, "the original's words")


async def test_a_sent_text_becomes_a_response_without_its_customer(
    desk: EmbeddedDesk, tmp_path: Path
) -> None:
    await arrive(desk, "Liisa Virtanen")
    async with seat(desk, texts=places(tmp_path)) as at:
        await serving(at)
        await at.type("Hei Liisa, tilaus 123456 lähti.")
        await at.press("enter")
        await left(at, "Hei Liisa, tilaus 123456 lähti.")
        await at.press("ctrl+f6", "enter")
        await at.until_shown("To fill in: 123456")
        await at.type("lahti")
        await at.press("enter")
        await at.until_shown("Saved: /lahti is your own now.")
        saved = (tmp_path / "own" / "lahti.toml").read_text()
        assert "Hei {{ contact.first_name }}, tilaus {% field " in saved
        assert "Liisa" not in saved
