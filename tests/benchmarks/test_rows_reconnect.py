"""A lost connection in small: the desk knows everything again, and the wire's delay is seen."""

import socket
import time
from urllib.parse import urlsplit

from benchmarks.load import PracticeDesk
from benchmarks.relay import Relay
from benchmarks.rows_reconnect import DELAY, reconnect


def test_a_round_trip_over_the_relay_takes_its_delay_twice_and_a_cut_wire_takes_nobody() -> None:
    with PracticeDesk() as desk, Relay(urlsplit(desk.url).port or 0) as relay:
        relay.delay = DELAY
        with socket.create_connection(("127.0.0.1", relay.port), timeout=20) as client:
            began = time.perf_counter()
            client.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            assert client.recv(9) == b"HTTP/1.1 "
            assert time.perf_counter() - began >= 2 * DELAY
            relay.cut()
        with socket.socket() as client:
            assert client.connect_ex(("127.0.0.1", relay.port)) != 0


def test_what_was_missed_is_there_after_some_round_trips() -> None:
    figures = {figure.key: figure.value for figure in reconnect(waiting=20, missed=14, rounds=1, settled=0)}
    assert figures["reconnect.time"] > 0
    assert 1 < figures["reconnect.trips"] < 15, "to open the live connection takes two, a page each more"
