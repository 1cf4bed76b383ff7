"""For Starlette apps: visitors who sign in by Podio's server flow, and a route for Podio's webhooks.

`PodioMiddleware` gives each visitor a session; `webhook_route` receives what Podio posts. They know nothing of each
other. With `_visitor_middleware` and `_webhook_route`, where they are made, the only module that imports Starlette.
"""

from podio._site_addresses import is_own_path
from podio._visitor_middleware import PodioMiddleware, sign_in
from podio._visitors import FileVisitors, MemoryVisitors, VisitorAbility
from podio._webhook_route import webhook_route

__all__ = [
    "FileVisitors",
    "MemoryVisitors",
    "PodioMiddleware",
    "VisitorAbility",
    "is_own_path",
    "sign_in",
    "webhook_route",
]
