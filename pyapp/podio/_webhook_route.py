"""The route of a Starlette app at which Podio's webhooks come in."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from podio.webhook_receiver import WebhookReceiver
from podio.webhooks import MAX_BODY

_FORM = "application/x-www-form-urlencoded"


def webhook_route(receiver: WebhookReceiver) -> Route:
    """Return the route of a receiver: POST of a form of at most 64 KB, at the path of its address and the secret.

    Any other secret is an unknown address (404). The response is empty and at once; the work goes on behind it. Turn
    the server's access log off for this path: it holds the secret.
    """

    async def receive(request: Request) -> Response:
        if not receiver.is_secret(request.path_params["secret"]):
            raise HTTPException(404)
        if request.headers.get("content-type", _FORM).partition(";")[0].strip().lower() != _FORM:
            raise HTTPException(415)
        status = receiver.receive(await _body(request))
        return Response(status_code=status, headers={"Retry-After": "10"} if status == 503 else None)

    return Route(f"{receiver.path}/{{secret}}", receive, methods=["POST"])


async def _body(request: Request) -> bytes:
    """Read a request's body as far as it may go.

    Raises:
        HTTPException: 413, for a longer one.
    """
    length = request.headers.get("content-length", "0")
    if not length.isdecimal() or int(length[:20]) > MAX_BODY:
        raise HTTPException(413)
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise HTTPException(413)
    return body
