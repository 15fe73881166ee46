"""Attachments: sent from both sides, kept, bounded, and served so that nothing in them runs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from practice.bounds import Bounds
from practice.changes.filing import file, safe_name
from practice.changes.records import Upload
from practice.clock import SteppedClock
from practice.desk import Desk
from practice.embedded import EmbeddedDesk
from practice.store.database import Database
from practice.store.files import FolderFiles
from tests.practice.server.house import ACCOUNT, SMALL, START, Customer, House, Staff

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
Given = list[tuple[str, tuple[str, bytes, str]]]


def given(*files: tuple[str, bytes]) -> Given:
    return [("attachments[]", (name, data, "text/html")) for name, data in files]


def sent_by_staff(staff: Staff, number: int, files: Given, **fields: str) -> httpx.Response:
    path = f"{ACCOUNT}/conversations/{number}/messages"
    return staff.http.post(path, data=fields, files=files)


def sent_by_customer(customer: Customer, files: Given, **fields: str) -> httpx.Response:
    return customer.http.post(f"{customer.path}/{customer.number}/messages", data=fields, files=files)


@pytest.fixture
def customer(house: House) -> Customer:
    return house.customer("Shoes").start()


def test_a_picture_from_the_customer_reaches_staff_at_once(house: House, customer: Customer) -> None:
    cable = house.cable(house.sam)
    made = sent_by_customer(customer, given(("shot.png", PNG)), content="Look").json()
    [(name, data), *_] = cable.events()
    [attachment] = data["attachments"]
    assert (name, data["content"]) == ("message.created", "Look")
    assert made["attachments"] == [attachment]
    assert attachment == {
        "id": attachment["id"],
        "message_id": made["id"],
        "file_type": "image",
        "account_id": 1,
        "extension": "png",
        "content_type": "image/png",
        "data_url": attachment["data_url"],
        "thumb_url": attachment["data_url"],
        "file_size": len(PNG),
        "width": None,
        "height": None,
    }
    assert attachment["data_url"].startswith(house.url)


def test_the_address_of_a_file_needs_no_token_and_redirects_to_it(house: House, customer: Customer) -> None:
    made = sent_by_customer(customer, given(("shot.png", PNG))).json()
    address = made["attachments"][0]["data_url"]
    assert httpx.get(address).status_code == 302
    served = httpx.get(address, follow_redirects=True)
    assert (served.content, served.headers["content-type"]) == (PNG, "image/png")
    assert served.headers["content-disposition"].startswith("inline")
    assert served.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in served.headers["content-security-policy"]
    assert made["content"] is None


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("page.html", b"<html><script>alert(1)</script>", "application/octet-stream"),
        ("drawing.svg", b"<?xml version='1.0'?><svg onload='alert(1)'/>", "application/octet-stream"),
        ("not.png", b"<html>", "application/octet-stream"),
        ("list.txt", "hyvää päivää\n".encode(), "text/plain; charset=utf-8"),
        ("form.pdf", b"%PDF-1.7 ...", "application/pdf"),
        ("voice.ogg", b"OggS....", "audio/ogg"),
        ("empty", b"", "application/octet-stream"),
    ],
)
def test_everything_but_pictures_is_saved_and_never_shown(
    house: House, customer: Customer, name: str, data: bytes, kind: str
) -> None:
    made = sent_by_staff(house.sam, customer.number, given((name, data))).json()
    served = httpx.get(made["attachments"][0]["data_url"], follow_redirects=True)
    assert served.content == data
    assert served.headers["content-type"] == kind
    assert served.headers["content-disposition"] == f"attachment; filename*=UTF-8''{name}"


def test_staff_sends_files_with_the_other_fields_of_a_form(house: House, customer: Customer) -> None:
    cable = house.cable(customer)
    first = customer.says("Hello?")
    fields = {"content": "Two", "echo_id": "e1", "content_attributes": f'{{"in_reply_to": {first["id"]}}}'}
    made = sent_by_staff(house.sam, customer.number, given(("a.txt", b"a"), ("b.txt", b"b")), **fields).json()
    assert [one["extension"] for one in made["attachments"]] == ["txt", "txt"]
    assert (made["echo_id"], made["content_attributes"]) == ("e1", {"in_reply_to": first["id"]})
    note = sent_by_staff(house.sam, customer.number, given(("c.txt", b"c")), private="true").json()
    assert note["private"] is True
    heard = [data for name, data in cable.events() if name == "message.created"]
    assert [data["content"] for data in heard] == ["Hello?", "Two"]


def test_the_files_of_a_conversation_are_listed_newest_first(house: House, customer: Customer) -> None:
    for name in ("a.txt", "b.txt"):
        sent_by_customer(customer, given((name, b"text")))
    listed = house.sam.get(f"/conversations/{customer.number}/attachments")
    assert listed["meta"] == {"total_count": 2}
    assert [one["data_url"].rpartition("/")[2] for one in listed["payload"]] == ["b.txt", "a.txt"]
    assert listed["payload"][0]["sender"]["id"] == customer.id


def test_a_file_uploaded_ahead_is_sent_by_its_blob_id(house: House, customer: Customer) -> None:
    file = {"attachment": ("map.png", PNG, "image/png")}
    kept = house.sam.http.post(f"{ACCOUNT}/upload", files=file).json()
    assert httpx.get(kept["file_url"], follow_redirects=True).content == PNG
    made = house.sam.reply(customer.number, "", attachments=[kept["blob_id"], "unknown"])
    assert [one["content_type"] for one in made["attachments"]] == ["image/png"]
    assert house.sam.http.post(f"{ACCOUNT}/upload", json={}).status_code == 422


def test_deleting_a_message_removes_its_files(house: House, customer: Customer) -> None:
    made = sent_by_staff(house.sam, customer.number, given(("shot.png", PNG))).json()
    path = f"{ACCOUNT}/conversations/{customer.number}/messages/{made['id']}"
    assert "attachments" not in house.sam.http.delete(path).json()
    assert httpx.get(made["attachments"][0]["data_url"]).status_code == 404


@pytest.mark.parametrize("key", ["..%2f..%2fetc%2fpasswd", "../../etc/passwd", "%00", "nothing"])
def test_no_address_leads_out_of_the_files(house: House, key: str) -> None:
    for folder in ("blobs/redirect", "disk"):
        answer = httpx.get(f"{house.url}/rails/active_storage/{folder}/{key}/x")
        assert answer.status_code == 404


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\scan 1.pdf", "scan 1.pdf"),
        ("\x1b[31mred\u202etxt.exe", "[31mredtxt.exe"),
        ("...", "file"),
        ("", "file"),
        ("a" * 300 + ".png", "a" * 116 + ".png"),
    ],
)
def test_names_of_files_are_made_harmless(said: str, kept: str) -> None:
    assert safe_name(said) == kept


def a_desk(path: Path, bounds: Bounds | None = None) -> Desk:
    return Desk(SMALL, SteppedClock(START), database=Database(str(path)), seed_number=1, bounds=bounds)


@contextmanager
def visitor(served: EmbeddedDesk) -> Iterator[Customer]:
    ready: dict[str, Any] = served.ready
    customer = Customer(served.url, ready["inboxes"][0]["identifier"], {}).start()
    with closing(customer.http):
        yield customer


def test_files_lie_beside_the_database_for_nobody_else(tmp_path: Path) -> None:
    desk = a_desk(tmp_path / "kept.sqlite")
    with closing(desk), EmbeddedDesk(desk) as served, visitor(served) as customer:
        made = sent_by_customer(customer, given(("../evil.png", PNG))).json()
    [kept] = (tmp_path / "kept.sqlite.files").iterdir()
    assert kept.read_bytes() == PNG
    assert kept.stat().st_mode & 0o077 == 0
    assert kept.name in made["attachments"][0]["data_url"]
    desk = a_desk(tmp_path / "kept.sqlite")
    with closing(desk), EmbeddedDesk(desk) as served, visitor(served) as customer:
        again = sent_by_customer(customer, given(("b.png", PNG))).json()
        address = made["attachments"][0]["data_url"].partition("/rails")[2]
        assert httpx.get(f"{served.url}/rails{address}", follow_redirects=True).content == PNG
        assert again["attachments"][0]["data_url"] != made["attachments"][0]["data_url"]
        kept.unlink()
        assert httpx.get(f"{served.url}/rails{address}", follow_redirects=True).status_code == 404


def test_a_message_that_fails_leaves_no_file_behind(tmp_path: Path) -> None:
    def fail(desk: Desk) -> None:
        with desk.change() as change:
            file(change, Upload("a.png", PNG), None)
            raise RuntimeError

    with closing(a_desk(tmp_path / "kept.sqlite")) as desk, pytest.raises(RuntimeError):
        fail(desk)
    assert list((tmp_path / "kept.sqlite.files").iterdir()) == []


def test_files_above_the_limit_are_refused_in_words(tmp_path: Path) -> None:
    desk = a_desk(tmp_path / "kept.sqlite", Bounds(upload_bytes=1024 * 1024))
    with closing(desk), EmbeddedDesk(desk) as served, visitor(served) as customer:
        refused = sent_by_customer(customer, given(("big", b"x" * 5_000_000)))
        assert refused.status_code == 422
        assert "1 MB" in refused.json()["error"]
        assert sent_by_customer(customer, given(("fits", b"x" * 1_000_000))).status_code == 200
        refused = sent_by_customer(customer, given(*[("many", b"x")] * 16))
        assert refused.status_code == 422


@pytest.mark.parametrize(
    "body", [b"", b"--x\r\nbroken", b"--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--"]
)
def test_a_broken_form_is_refused(house: House, customer: Customer, body: bytes) -> None:
    headers = {"content-type": "multipart/form-data; boundary=x"}
    path = f"{customer.path}/{customer.number}/messages"
    assert customer.http.post(path, content=body, headers=headers).status_code == 422
    assert (
        customer.http.post(path, content=body, headers={"content-type": "multipart/form-data"}).status_code
        == 422
    )


def test_keys_of_files_are_never_paths(tmp_path: Path) -> None:
    for key in ("../x", "a/b", "", "a.b"):
        with pytest.raises(ValueError, match="letters and digits"):
            FolderFiles(tmp_path).read(key)
