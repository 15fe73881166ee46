"""New files for chats: safe names, nobody else's eyes, never over another file."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from agent_tui.desk.record import Record
from agent_tui.desk.text import Displayable
from agent_tui.engine.new_files import name_for, write_new
from api_client.models.conversation import Status
from api_client.models.identity import ConversationId


def record(customer: str, number: str = "17") -> Record:
    return Record(ConversationId(number), Displayable(customer), Status.OPEN, 0.0)


@pytest.mark.parametrize(
    ("customer", "name"),
    [
        ("Olga Salo", "2026-11-22-olga-salo-17"),
        ("Åke Öst", "2026-11-22-ake-ost-17"),
        ("../../etc/passwd", "2026-11-22-etc-passwd-17"),
        ("客户", "2026-11-22-17"),
        ("", "2026-11-22-17"),
        ("x" * 300, f"2026-11-22-{'x' * 40}-17"),
    ],
)
def test_a_name_is_safe_whatever_the_customer_calls_themselves(customer: str, name: str) -> None:
    assert name_for([record(customer)], "2026-11-22") == name


def test_several_chats_are_counted_in_the_name() -> None:
    assert name_for([record("a"), record("b")], "2026-11-22") == "2026-11-22-chats-2"


def test_a_file_is_its_owners_alone_and_never_replaces_another(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "exports"
    first = write_new(folder, "chat", "md", "one")
    second = write_new(folder, "chat", "md", "two\n")
    assert (first.name, second.name) == ("chat.md", "chat-2.md")
    assert (first.read_text(), second.read_text()) == ("one", "two\n")
    assert stat.S_IMODE(first.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_link_in_the_way_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "chat.md").symlink_to(tmp_path / "elsewhere")
    assert write_new(tmp_path, "chat", "md", "one").name == "chat-2.md"
    assert not (tmp_path / "elsewhere").exists()


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(UnicodeEncodeError):
        write_new(tmp_path, "chat", "md", "\ud800")
    assert list(tmp_path.iterdir()) == []
