"""Bodies of multipart forms: fields named as Rails names them, and files within the desk's bounds."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator
from typing import Any

from msgspec import Struct
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from practice.changes.records import Upload
from practice.dialect import errors

MOST_FILES = 15
MOST_FIELDS = 100
FIELD_BYTES = 1024 * 1024
INSIDE = re.compile(r"(\w+)\[(\w+)\]")


class Form(Struct, frozen=True):
    """What a form held. A field ``a[b]`` stands inside ``values["a"]``, fields ``a[]`` in ``lists``."""

    values: dict[str, Any]
    lists: dict[str, list[str]]
    files: dict[str, list[Upload]]


def is_form(request: Request) -> bool:
    """Whether the body is a multipart form."""
    return request.headers.get("content-type", "").lower().startswith("multipart/form-data")


async def read_form(request: Request, upload_bytes: int) -> Form:
    """Read a form; raises ``ApiError`` when it is broken or its files are more than ``upload_bytes``."""
    parser = MultiPartParser(
        request.headers,
        _bounded(request, upload_bytes + FIELD_BYTES),
        max_files=MOST_FILES,
        max_fields=MOST_FIELDS,
        max_part_size=FIELD_BYTES,
    )
    try:
        data = await parser.parse()
    except (MultiPartException, KeyError, ValueError) as error:
        raise errors.unprocessable(f"The form could not be read: {error}") from error
    try:
        return await _sorted(data)
    finally:
        await data.close()


async def _bounded(request: Request, limit: int) -> AsyncGenerator[bytes, None]:
    """The body's chunks up to ``limit`` bytes. The rest is taken and dropped, so that the answer is heard."""
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size <= limit:
            yield chunk
    if size > limit:
        raise errors.file_too_large(limit - FIELD_BYTES)


async def _sorted(data: FormData) -> Form:
    form = Form({}, {}, {})
    for name, value in data.multi_items():
        if isinstance(value, UploadFile):
            upload = Upload(name=value.filename or "file", data=await value.read())
            form.files.setdefault(name.removesuffix("[]"), []).append(upload)
        elif name.endswith("[]"):
            form.lists.setdefault(name, []).append(value)
        else:
            _place(form.values, name, value)
    return form


def _place(values: dict[str, Any], name: str, value: str) -> None:
    inside = INSIDE.fullmatch(name)
    if inside is None:
        values[name] = value
        return
    outer = values.setdefault(inside[1], {})
    if isinstance(outer, dict):
        outer[inside[2]] = value
