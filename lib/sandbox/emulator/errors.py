"""An error -> the answer that a client of the service would understand, without knowing the operation."""
from __future__ import annotations

import json
from typing import Any
from xml.sax.saxutils import escape

from werkzeug.wrappers import Response

Environ = dict[str, Any]


class Refused(Exception):
    """An error that AWS documents: its code, its sentence, and the HTTP status where the service's model has none."""

    def __init__(self, code: str, message: str, status: int = 400):
        super().__init__(message)
        self.code, self.message, self.status = code, message, status

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"


NOT_FOUND = ("NotFound", "NoSuch", "DoesNotExist", "NotExist", ".Unknown", "InvalidAssociationID")


def says_gone(error: Exception) -> bool:
    """Whether a service says that what was asked for is not there, by the many names that AWS has for it."""
    return any(word in getattr(error, "code", "") for word in NOT_FOUND)


def fail(code: str, message: str, status: int = 400) -> Refused:
    """The error to raise in a declaration: `raise fail("InvalidGroup.NotFound", "...")`."""
    return Refused(code, message, status)


def shaped(environ: Environ, status: int, code: str, message: str, protocol: str = "") -> Response:
    """An error in the shape of the request's protocol; guessed from the request where `protocol` is not known."""
    protocol = protocol or guess_protocol(environ)
    if protocol in ("json", "rest-json"):
        body = json.dumps({"__type": code, "message": message, "Message": message})
        headers = {"Content-Type": "application/x-amz-json-1.1", "x-amzn-ErrorType": code}
    elif protocol == "smithy-rpc-v2-cbor":
        data = b"\xa2" + b"".join(cbor(text) for text in ("__type", code, "message", message))  # a map of two
        return Response(data, status, {"Content-Type": "application/cbor", "smithy-protocol": "rpc-v2-cbor"})
    else:
        body = xml_error(protocol, code, message, status)
        headers = {"Content-Type": "text/xml"}
    return Response("" if environ.get("REQUEST_METHOD") == "HEAD" else body, status, headers)


def cbor(text: str) -> bytes:
    """A text as CBOR says it (RFC 8949, major type 3)."""
    data = text.encode()
    return (b"\x7a" + len(data).to_bytes(4, "big")) + data


def guess_protocol(environ: Environ) -> str:
    content = environ.get("CONTENT_TYPE", "")
    if environ.get("HTTP_SMITHY_PROTOCOL") == "rpc-v2-cbor":
        return "smithy-rpc-v2-cbor"
    if environ.get("HTTP_X_AMZ_TARGET") or "json" in content:
        return "json"
    if content.startswith("application/x-www-form-urlencoded") or "Action=" in environ.get("QUERY_STRING", ""):
        return "query"
    return "rest-xml"


def xml_error(protocol: str, code: str, message: str, status: int) -> str:
    error = f"<Code>{escape(code)}</Code><Message>{escape(message)}</Message>"
    if protocol == "ec2":
        inner = f"<Response><Errors><Error>{error}</Error></Errors><RequestID>worklab</RequestID></Response>"
    elif protocol == "query":
        who = "Sender" if status < 500 else "Receiver"
        inner = f"<ErrorResponse><Error><Type>{who}</Type>{error}</Error><RequestId>worklab</RequestId></ErrorResponse>"
    else:
        inner = f"<Error>{error}<RequestId>worklab</RequestId></Error>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{inner}'
