"""The area "files": upload, describe, download, attach, copy, replace, delete.

People's pictures are public, as at Podio; everything else needs a token. A file that isn't attached to anything is seen
by its author alone. Source: "Files" of Podio's documentation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from starlette.responses import Response

from podio_emulator.calls import Access, Call, Operation, Permission
from podio_emulator.errors import Refusal, forbidden, invalid_value, not_found, one_of, unauthorized
from podio_emulator.file_contents import THUMBNAIL_SIZES, contents, thumbnail
from podio_emulator.model import Comment, Item, Status, StoredFile, Task
from podio_emulator.multipart import form_parts
from podio_emulator.queries import needed_id, paged, text_of
from podio_emulator.references import referred_in_body, space_of

_CONTROL_CHARACTER = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_ATTACHABLE = ("item", "task", "comment", "status")
_MIMETYPES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "pdf": "application/pdf",
    "txt": "text/plain",
    "md": "text/markdown",
    "csv": "text/csv",
    "json": "application/json",
    "zip": "application/zip",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
# Of the kinds that Podio refuses its documentation names these and says that there are more.
_REFUSED = {"exe", "bat", "js", "com", "cmd", "scr", "msi", "vbs"}


def _upload(call: Call) -> dict[str, Any]:
    parts = form_parts(call.full_content_type, call.body)
    for name in parts.keys() - {"source", "filename"}:
        raise invalid_value(name, one_of(("source", "filename")))
    for name in ("source", "filename"):
        if name not in parts:
            raise invalid_value(None, f"{name} must be given")
    source, name = parts["source"], parts["filename"].text
    if not name.strip() or len(name) > 255 or _CONTROL_CHARACTER.search(name):
        raise invalid_value(name, "must be a file name of 1 to 255 characters without control characters")
    if len(source.content) > call.largest_file:
        raise Refusal(413, "too_large", "The file is too large", propagate=True)
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending in _REFUSED:
        raise Refusal(400, "invalid_file", f"Files of the type .{ending} are not allowed", propagate=True)
    file = StoredFile(
        file_id=call.store.new_id(),
        name=name,
        mimetype=_MIMETYPES.get(ending) or _declared(source.content_type),
        description=None,
        created_on=call.now,
        created_by=call.author,
        created_via=call.via,
        space_id=None,
        data=source.content,
    )
    call.store.files[file.file_id] = file
    return call.shapes.file_full(file)


def _declared(content_type: str | None) -> str:
    kind = (content_type or "").partition(";")[0].strip().lower()
    is_type = kind.isascii() and kind.isprintable() and kind.count("/") == 1 and " " not in kind
    return kind if is_type else "application/octet-stream"


def _file(call: Call) -> StoredFile:
    file = call.store.file(call.params["file_id"])
    if file.public:
        return file
    if call.token is None:
        raise unauthorized("invalid_request")
    return call.file()


def _get(call: Call) -> dict[str, Any]:
    return call.shapes.file_full(call.file())


def _headers(file: StoredFile) -> dict[str, str]:
    return {
        "Content-Disposition": f"inline; filename*=UTF-8''{quote(file.name)}",
        "X-Content-Type-Options": "nosniff",
        # What users upload may be a page with scripts; it must not run beside the consent page's cookie.
        "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:",
    }


def _raw(call: Call) -> Response:
    file = _file(call)
    return Response(contents(file), media_type=file.mimetype, headers=_headers(file))


def _thumbnail(call: Call) -> Response:
    file = _file(call)
    size = call.params.get("size", "default")
    if not file.mimetype.startswith("image/") or size not in THUMBNAIL_SIZES:
        raise not_found()
    return Response(thumbnail(file, size), media_type=file.mimetype, headers=_headers(file))


def _own_file(call: Call) -> StoredFile:
    file = call.file()
    if file.created_by != call.author:
        raise forbidden("You can only change your own files")
    return file


def _update(call: Call) -> None:
    file = _own_file(call)
    call.store.files[file.file_id] = replace(file, description=text_of(call.json_object(), "description"))


def _delete(call: Call) -> None:
    file = _own_file(call)
    call.store.delete_file(file)
    if file.ref is not None:
        _send_event(call, file, "file_delete")


def _send_event(call: Call, file: StoredFile, name: str) -> None:
    kind, ref_id = file.ref or ("file", file.file_id)
    call.send_event(f"/{kind}/{ref_id}", name, kind, ref_id, file_id=file.file_id)


def attach(call: Call, file: StoredFile, kind: str, ref_id: int) -> None:
    """Note what a file is attached to; from then on it is seen by all who see that. The first place counts."""
    if file.ref is None and not file.public:
        space_id = file.space_id if file.space_id is not None else space_of(call, kind, ref_id)
        call.store.files[file.file_id] = replace(file, ref=(kind, ref_id), space_id=space_id)


def attach_all(call: Call, file_ids: Iterable[int], kind: str, ref_id: int) -> None:
    """Attach the files that an object names; one that was deleted meanwhile is passed over."""
    for file_id in file_ids:
        if file_id in call.store.files:
            attach(call, call.store.files[file_id], kind, ref_id)


def _put_into(call: Call, file_id: int, kind: str, ref_id: int, instead_of: int | None = None) -> None:
    """List a file with the object that it is attached to, in the place of an older one if there was one."""
    store = call.store

    def with_file(file_ids: tuple[int, ...]) -> tuple[int, ...]:
        return (*(other for other in file_ids if other not in {file_id, instead_of}), file_id)

    holder: Item | Task | Status | Comment | None
    if kind == "item":
        holder = store.item(ref_id)
        store.put_item(replace(holder, file_ids=with_file(holder.file_ids), last_event_on=call.now))
    elif kind == "task":
        holder = store.task(ref_id)
        store.tasks[ref_id] = replace(holder, file_ids=with_file(holder.file_ids))
    elif kind == "status":
        holder = store.status(ref_id)
        store.statuses[ref_id] = replace(holder, file_ids=with_file(holder.file_ids))
    else:
        holder = store.comment(ref_id)
        store.put_comment(replace(holder, file_ids=with_file(holder.file_ids)))


def _attach(call: Call) -> None:
    file = call.file()
    body = call.json_object()
    reference = {"type": body.get("ref_type"), "id": body.get("ref_id")}
    kind, ref_id = referred_in_body(call, reference, allowed=_ATTACHABLE, permission=Permission.WRITE)
    attach(call, file, kind, ref_id)
    _put_into(call, file.file_id, kind, ref_id)
    call.send_event(f"/{kind}/{ref_id}", "file_attach", kind, ref_id, file_id=file.file_id)


def _copy(call: Call) -> dict[str, Any]:
    file = call.file()
    copied = replace(
        file,
        file_id=call.store.new_id(),
        created_on=call.now,
        created_by=call.author,
        created_via=call.via,
        space_id=None,
        ref=None,
        public=False,
        replaces=(),
        data=contents(file),
    )
    call.store.files[copied.file_id] = copied
    return {"file_id": copied.file_id}


def _replace(call: Call) -> None:
    """Let the file of the path take the place of an older one, wherever that is attached."""
    file = _own_file(call)
    old_file = call.allowed_file(call.store.file(needed_id(call.json_object(), "old_file_id")))
    if old_file.created_by != call.author:
        raise forbidden("You can only replace your own files")
    call.store.files[file.file_id] = replace(
        file, replaces=(*old_file.replaces, old_file.file_id), ref=old_file.ref, space_id=old_file.space_id
    )
    if old_file.ref is not None:
        _put_into(call, file.file_id, *old_file.ref, instead_of=old_file.file_id)


def _newest_first(files: list[StoredFile]) -> list[StoredFile]:
    return sorted(files, key=lambda file: (file.created_on, file.file_id), reverse=True)


def _list(call: Call, files: list[StoredFile], limit: int) -> list[Any]:
    return [call.shapes.file(file) for file in paged(_newest_first(files), call.query, limit=limit, most=100)]


def _list_files(call: Call) -> list[Any]:
    files = [file for file in call.store.files.values() if not file.public and call.sees_file(file)]
    return _list(call, files, 20)


def _of_space(call: Call) -> list[Any]:
    space_id = call.space().space_id
    return _list(call, [file for file in call.store.files.values() if file.space_id == space_id], 20)


def _of_app(call: Call) -> list[Any]:
    ids = {file_id for item in call.store.items_of(call.app().app_id) for file_id in item.file_ids}
    return _list(call, [file for file in call.store.files.values() if file.file_id in ids], 20)


_MISSING = (
    "attached_by",
    "attached_to",
    "attached_on",
    "created_by",
    "created_on",
    "created_via",
    "filetype",
    "hosted_by",
    "sort_by",
    "sort_desc",
)
OPERATIONS: tuple[Operation, ...] = (
    Operation(method="POST", path="/file", run=_upload, heavy=True, upload=True, free_body=True),
    Operation(method="POST", path="/file/v2", run=_upload, heavy=True, upload=True, free_body=True),
    Operation(method="GET", path="/file", run=_list_files, missing_parameters=_MISSING),
    Operation(method="GET", path="/file/app/{app_id:int}", run=_of_app, missing_parameters=_MISSING),
    Operation(method="GET", path="/file/app/{app_id:int}/latest", run=_of_app),
    Operation(method="GET", path="/file/space/{space_id:int}", run=_of_space, missing_parameters=_MISSING),
    Operation(method="GET", path="/file/space/{space_id:int}/latest", run=_of_space),
    Operation(method="GET", path="/file/{file_id:int}", run=_get),
    Operation(method="PUT", path="/file/{file_id:int}", run=_update, keys=("description",)),
    Operation(method="DELETE", path="/file/{file_id:int}", run=_delete),
    Operation(method="POST", path="/file/{file_id:int}/attach", run=_attach, keys=("ref_type", "ref_id")),
    Operation(method="POST", path="/file/{file_id:int}/copy", run=_copy),
    Operation(method="POST", path="/file/{file_id:int}/replace", run=_replace, keys=("old_file_id",)),
    Operation(
        method="GET", path="/file/{file_id:int}/raw", run=_raw, access=Access.OPTIONAL, missing_parameters=("max_size",)
    ),
    Operation(method="GET", path="/file/{file_id:int}/thumbnail", run=_thumbnail, access=Access.OPTIONAL),
    Operation(method="GET", path="/file/{file_id:int}/thumbnail/{size}", run=_thumbnail, access=Access.OPTIONAL),
)
