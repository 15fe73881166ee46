"""A headless Chromium, driven over its DevTools socket: open a page, look, type, wait for what shall be."""

from __future__ import annotations

import itertools
import json
import os
import re
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

PATIENCE = 30.0
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
LISTENING = re.compile(r"DevTools listening on (ws://\S+)")
OPTIONS = (
    "--headless=new",
    "--remote-debugging-port=0",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--no-default-browser-check",
)


def find_browser() -> str | None:
    """Where a Chromium is on this machine, if there is one."""
    return next((found for found in map(shutil.which, NAMES) if found), None)


def _answer(
    socket: ClientConnection, number: int, heard: Callable[[dict[str, Any]], object]
) -> dict[str, Any]:
    """The result of a command, within the patience there is, whatever else the browser tells meanwhile."""
    end = time.monotonic() + PATIENCE
    while True:
        frame = json.loads(socket.recv(timeout=max(0.0, end - time.monotonic())))
        if frame.get("id") == number:
            assert "error" not in frame, frame
            return dict(frame["result"])
        heard(frame)


class Page:
    """One tab, with what went wrong in it."""

    def __init__(self, socket: ClientConnection, session: str, numbers: Iterator[int]) -> None:
        self._socket = socket
        self._session = session
        self._numbers = numbers
        self.troubles: list[Any] = []
        for domain in ("Page", "Runtime", "Log", "Network", "DOM"):
            self.command(f"{domain}.enable")

    def command(self, method: str, **parameters: Any) -> dict[str, Any]:
        """A DevTools command and its result."""
        number = next(self._numbers)
        order = {"id": number, "method": method, "params": parameters, "sessionId": self._session}
        self._socket.send(json.dumps(order))
        return _answer(self._socket, number, self._note)

    def _note(self, frame: dict[str, Any]) -> None:
        method, told = frame.get("method"), frame.get("params", {})
        if method == "Runtime.exceptionThrown":
            self.troubles.append(told)
        elif method == "Log.entryAdded" and told["entry"]["level"] == "error":
            self.troubles += [told] * (told["entry"]["source"] != "network")

    def open(self, address: str, languages: str = "en") -> None:
        """Go to an address as somebody whose browser prefers these languages."""
        agent = self.command("Runtime.evaluate", expression="navigator.userAgent")["result"]["value"]
        self.command("Network.setUserAgentOverride", userAgent=agent, acceptLanguage=languages)
        self.command("Page.navigate", url=address)
        self.wait("document.readyState === 'complete' && location.href !== 'about:blank'")

    def value(self, expression: str) -> Any:
        """What an expression is worth, waiting for it if it is a promise."""
        result = self.command(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True
        )
        assert "exceptionDetails" not in result, result
        return result["result"].get("value")

    def wait(self, condition: str) -> None:
        """Wait until a condition of the page holds."""
        try:
            self.value(
                "new Promise((done) => { const look = () => {"
                f" if ({condition}) done(true); else setTimeout(look, 20); }}; look(); }})"
            )
        except TimeoutError:
            raise AssertionError(f"{condition} never held") from None

    def type(self, field: str, text: str) -> None:
        """Write into a field, as on a keyboard."""
        self.value(f"document.getElementById('{field}').focus()")
        self.command("Input.insertText", text=text)

    def press(self, selector: str) -> None:
        """Press a button."""
        self.value(f"document.querySelector({json.dumps(selector)}).click()")

    def text(self, selector: str) -> str:
        """What stands in an element."""
        return str(self.value(f"document.querySelector({json.dumps(selector)}).textContent"))

    def attach(self, field: str, path: Path) -> None:
        """Choose a file."""
        root = self.command("DOM.getDocument")["root"]["nodeId"]
        node = self.command("DOM.querySelector", nodeId=root, selector=f"#{field}")["nodeId"]
        self.command("DOM.setFileInputFiles", files=[str(path)], nodeId=node)


class Browser:
    """A running browser."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)

    def _command(self, method: str, **parameters: Any) -> dict[str, Any]:
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        return _answer(self._socket, number, lambda _: None)

    @contextmanager
    def page(self) -> Iterator[Page]:
        """A tab of its own, with nothing kept from others."""
        context = self._command("Target.createBrowserContext")["browserContextId"]
        target = self._command("Target.createTarget", url="about:blank", browserContextId=context)["targetId"]
        session = self._command("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        try:
            yield Page(self._socket, session, self._numbers)
        finally:
            self._command("Target.disposeBrowserContext", browserContextId=context)


@contextmanager
def browser(program: str, home: Path) -> Iterator[Browser]:
    """A browser for as long as the body runs; ``home`` is where it keeps what it keeps."""
    rights = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    command = [program, *OPTIONS, *rights, f"--user-data-dir={home}", "about:blank"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        with connect(_address(process), max_size=None) as socket:
            yield Browser(socket)
    finally:
        process.terminate()
        process.wait(PATIENCE)
        if process.stderr is not None:
            process.stderr.close()


def _address(process: subprocess.Popen[str]) -> str:
    """Where the browser listens, as it says; what else it says is read and dropped."""
    assert process.stderr is not None
    for line in process.stderr:
        found = LISTENING.search(line)
        if found:
            threading.Thread(target=_drain, args=(process,), daemon=True).start()
            return found[1]
    raise AssertionError("the browser did not start")


def _drain(process: subprocess.Popen[str]) -> None:
    try:
        for _ in process.stderr or ():
            pass
    except ValueError:  # closed while reading
        return
