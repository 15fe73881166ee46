"""The bare Textual program that everything is measured beside: one label and one input."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Input, Label

READY = "hello, this is ready"


class Hello(App[None]):
    """Says hello and takes keys."""

    def compose(self) -> ComposeResult:
        """Two widgets."""
        yield Label(READY)
        yield Input()

    def on_mount(self) -> None:
        """Keys go to the input."""
        self.query_one(Input).focus()


if __name__ == "__main__":
    Hello().run()
