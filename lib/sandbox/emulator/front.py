"""The front door: who may speak to the sandbox, its health, its reset and clock; everything else goes to what is behind it."""
from __future__ import annotations

import json
import logging
import os
import re
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs

from werkzeug.wrappers import Response

from .errors import Environ, shaped
from .hosts import say

Wsgi = Callable[[Environ, Any], Iterable[bytes]]
log = logging.getLogger("emulator")

# A page in a browser can reach a loopback port under a name of its own (DNS rebinding), but never under these.
# Names below localhost are for virtual-hosted S3 (bucket.s3.localhost): RFC 6761 keeps them on the loopback.
LOOPBACK = re.compile(r"(?:127\.0\.0\.1|\[::1\]|(?:[a-z0-9_-]+\.)*localhost)(?::\d{1,5})?", re.IGNORECASE)


class FrontDoor:
    """WSGI application: refuses what is not from this machine's own programs, answers for the sandbox itself."""

    def __init__(self, behind: Wsgi, version: str, controls: dict[str, Callable[[dict[str, str]], Any]] | None = None):
        """`controls` answer POST /_worklab/<name> with what they return as JSON; "reset" runs before moto's own reset."""
        self.behind, self.version, self.controls = behind, version, controls or {}

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        refused = why_refused(environ)
        if refused:
            log.warning("refused %s %s: %s", environ["REQUEST_METHOD"], environ.get("PATH_INFO", ""), refused)
            return shaped(environ, 403, "AccessDenied", refused)(environ, start_response)
        path = environ.get("PATH_INFO", "")
        if path.startswith("/_worklab/"):
            return self.own(environ, path.removeprefix("/_worklab/"))(environ, start_response)
        if path == "/moto-api/reset" and environ["REQUEST_METHOD"] == "POST" and "reset" in self.controls:
            self.controls["reset"]({})
        return self.guarded(environ, start_response)

    def own(self, environ: Environ, name: str) -> Response:
        if name == "health" and environ["REQUEST_METHOD"] in ("GET", "HEAD"):
            token = os.environ.get("WORKLAB_SANDBOX_TOKEN", "")
            return answer({"status": "ok", "version": self.version, "token": token})
        if name.startswith("hosts/") and environ["REQUEST_METHOD"] == "GET":
            return played(environ, name.removeprefix("hosts/"))
        if name in self.controls and environ["REQUEST_METHOD"] == "POST":
            given = {k: v[0] for k, v in parse_qs(environ.get("QUERY_STRING", "")).items()}
            try:
                return answer(self.controls[name](given) or {})
            except ValueError as error:
                return answer({"error": str(error)}, 400)
        return answer({"error": f"there is no {environ['REQUEST_METHOD']} /_worklab/{name}"}, 404)

    def guarded(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        """Whatever happens behind the door, the client gets an answer that its SDK can read."""
        try:
            return self.behind(environ, start_response)
        except NotImplementedError as error:
            return shaped(environ, 501, "NotImplemented", str(error))(environ, start_response)
        except Exception as error:  # a fault of moto's or ours: told as AWS tells its own
            log.exception("%s %s failed", environ["REQUEST_METHOD"], environ.get("PATH_INFO", ""))
            what = f"{type(error).__name__}: {error}"
            return shaped(environ, 500, "InternalFailure", what)(environ, start_response)


def why_refused(environ: Environ) -> str:
    """What is wrong with who asks, or an empty string."""
    if "HTTP_ORIGIN" in environ:
        return "the sandbox does not answer web pages (the request has an Origin header)"
    if environ.get("HTTP_SEC_FETCH_SITE", "none") != "none":
        return "the sandbox does not answer web pages (the request was made by one)"
    host = environ.get("HTTP_HOST", "")
    if not LOOPBACK.fullmatch(host):
        return f"the sandbox answers on the loopback address only, not as '{host[:100]}'"
    return ""


def played(environ: Environ, place: str) -> Response:
    """What an instance says at its own address, as far as a declaration plays it."""
    address, _, path = place.partition("/")
    query = {k: v[0] for k, v in parse_qs(environ.get("QUERY_STRING", ""), keep_blank_values=True).items()}
    said = say(address, f"/{path}", query)
    if said is None:
        return answer({"error": f"nobody answers at {address[:100]}"}, 504)
    return Response(said, 200, {"Content-Type": "text/plain"})


def answer(value: Any, status: int = 200) -> Response:
    return Response(json.dumps(value), status, {"Content-Type": "application/json"})
