"""moto as it is, behind the front door: what it lacks is said as AWS says it, and nothing is repaired."""
from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from werkzeug.wrappers import Response

from . import inside
from .errors import Environ
from .front import Wsgi
from .identify import identify, scope
from .layer import no_route, opened, rewind


class Plain:
    def __init__(self, behind: Wsgi):
        self.behind = behind

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        name = ""
        signed = scope(environ.get("HTTP_AUTHORIZATION", ""))
        if signed:
            request = opened(environ)
            asked = identify(request)
            name = asked.name if asked else f"{signed[1]}:{environ.get('PATH_INFO', '')}"
            rewind(environ, request)
        try:
            status, headers, body = inside.run(self.behind, environ)
        except NotImplementedError as error:
            raise NotImplementedError(f"moto does not have {name}") from error
        if no_route(status, body):
            raise NotImplementedError(f"moto does not have {name}")
        return Response([body], status, headers)(environ, start_response)
