"""What kind of file some bytes are: told by their first bytes, never by what somebody says they are."""

from __future__ import annotations

UNKNOWN = "application/octet-stream"
PLAIN = "text/plain"
SHOWN = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
"""What a browser may show by itself; it saves everything else."""
LOOKED_AT = 512

_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"ID3", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
    (b"\x1a\x45\xdf\xa3", "video/webm"),
)
_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav"}
_MARKUP = (b"<", b"\xef\xbb\xbf<", b"%!")


def content_type_of(data: bytes) -> str:
    """A content type that is safe to serve ``data`` as: a known one, plain text, or just bytes."""
    for start, kind in _STARTS:
        if data.startswith(start):
            return kind
    if data.startswith(b"RIFF"):
        return _RIFF.get(data[8:12], UNKNOWN)
    if data[4:8] == b"ftyp":
        return "video/mp4"
    return PLAIN if _is_plain(data[:LOOKED_AT]) else UNKNOWN


def _is_plain(start: bytes) -> bool:
    """Whether this is text and no markup; a character may be cut off at the end."""
    if not start or start.lstrip().startswith(_MARKUP):
        return False
    text = start.decode("utf-8", errors="ignore")
    lost = len(start) - len(text.encode())
    return lost <= 3 and all(char.isprintable() or char in "\t\r\n" for char in text)  # noqa: PLR2004  of 4 bytes


def file_type_of(content_type: str) -> str:
    """The wire's coarse word for a content type: image, audio, video or file."""
    kind = content_type.partition("/")[0]
    return kind if kind in {"image", "audio", "video"} else "file"
