"""Keys that edit a text, the same wherever one can type."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from agent_tui.widgets.composer_buffer import Buffer

_EDITS: Mapping[str, Callable[[Buffer], None]] = {
    "backspace": Buffer.erase_back,
    "ctrl+h": Buffer.erase_word_back,  # what Ctrl+Backspace sends in most terminals
    "ctrl+backspace": Buffer.erase_word_back,
    "ctrl+w": Buffer.erase_word_back,
    "delete": Buffer.erase_forward,
    "ctrl+delete": Buffer.erase_word_forward,
    "ctrl+u": Buffer.erase_to_line_start,
    "ctrl+z": Buffer.undo,
    "ctrl+y": Buffer.redo,
    "tab": lambda buffer: buffer.walk(1),
    "shift+tab": lambda buffer: buffer.walk(-1),
    "left": Buffer.left,
    "right": Buffer.right,
    "ctrl+left": Buffer.word_left,
    "ctrl+right": Buffer.word_right,
    "shift+left": lambda buffer: buffer.left(select=True),
    "shift+right": lambda buffer: buffer.right(select=True),
    "ctrl+shift+left": lambda buffer: buffer.word_left(select=True),
    "ctrl+shift+right": lambda buffer: buffer.word_right(select=True),
}


def edit(buffer: Buffer, key: str, character: str | None) -> bool:
    """Do what ``key`` (Textual's name) means for a text. Whether it meant anything.

    A letter with Alt is never inserted: Nordic, German and Polish layouts send it by accident.
    """
    action = _EDITS.get(key)
    if action is not None:
        action(buffer)
        return True
    if types_text(key, character) and character:
        buffer.insert(character)
        return True
    return False


def types_text(key: str, character: str | None) -> bool:
    """Whether the key writes a character."""
    return character is not None and character.isprintable() and not key.startswith(("alt+", "ctrl+"))
