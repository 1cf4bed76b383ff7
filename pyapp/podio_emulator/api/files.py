"""The area "files", as far as items need it: descriptions, bytes, thumbnails. Performs no I/O.

People's pictures are public, as at Podio; everything else needs a token.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from starlette.responses import Response

from podio_emulator.calls import Access, Call, Operation
from podio_emulator.errors import not_found, unauthorized
from podio_emulator.file_contents import THUMBNAIL_SIZES, contents, thumbnail
from podio_emulator.model import StoredFile


def _file(call: Call) -> StoredFile:
    file = call.store.file(call.params["file_id"])
    if file.public:
        return file
    if call.token is None:
        raise unauthorized("invalid_request")
    return call.file()


def _one(call: Call) -> dict[str, Any]:
    return call.shapes.file(call.file())


def _raw(call: Call) -> Response:
    file = _file(call)
    headers = {
        "Content-Disposition": f"inline; filename*=UTF-8''{quote(file.name)}",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(contents(file), media_type=file.mimetype, headers=headers)


def _thumbnail(call: Call) -> Response:
    file = _file(call)
    size = call.params.get("size", "default")
    if not file.mimetype.startswith("image/") or size not in THUMBNAIL_SIZES:
        raise not_found()
    return Response(thumbnail(file, size), media_type="image/png", headers={"X-Content-Type-Options": "nosniff"})


OPERATIONS: tuple[Operation, ...] = (
    Operation(method="GET", path="/file/{file_id:int}", run=_one),
    Operation(method="GET", path="/file/{file_id:int}/raw", run=_raw, access=Access.OPTIONAL),
    Operation(method="GET", path="/file/{file_id:int}/thumbnail", run=_thumbnail, access=Access.OPTIONAL),
    Operation(method="GET", path="/file/{file_id:int}/thumbnail/{size}", run=_thumbnail, access=Access.OPTIONAL),
)
