"""moto's operations called from within: no socket, no signing, no second copy of botocore's models."""
from __future__ import annotations

import functools
import io
import re
from typing import Any
from urllib.parse import urlencode

from botocore import serialize
from botocore.awsrequest import HeadersDict
from botocore.parsers import create_parser

from . import moto_internals as moto
from .context import Context
from .errors import Environ, fail
from .front import Wsgi

SPOKEN = ("json", "rest-json", "rest-xml", "query", "ec2")


def protocol_of(model: Any) -> str:
    offered = model.metadata.get("protocols", [model.protocol])
    return str(next(p for p in SPOKEN if p in offered))


@functools.cache
def signing_name(service: str) -> str:
    metadata = moto.service_model(service).metadata
    return str(metadata.get("signingName") or metadata["endpointPrefix"])


def environ_of(context: Context, service: str, operation: Any, params: dict[str, Any]) -> Environ:
    model = operation.service_model
    # the serializers leave the protocol's defaults to their caller
    said = serialize.create_serializer(protocol_of(model), include_validation=False).serialize_to_request(params, operation)
    body, query = said.get("body", b""), said.get("query_string") or {}
    if isinstance(body, dict):
        body = urlencode(body, doseq=True)
        said["headers"]["Content-Type"] = "application/x-www-form-urlencoded; charset=utf-8"
    data = body.encode() if isinstance(body, str) else body.read() if hasattr(body, "read") else bytes(body)
    path, _, more = said["url_path"].partition("?")
    query_text = "&".join(t for t in (more, query if isinstance(query, str) else urlencode(query, doseq=True)) if t)
    environ: Environ = {
        "REQUEST_METHOD": said["method"], "SCRIPT_NAME": "", "PATH_INFO": path, "RAW_URI": path + (f"?{query_text}" if query_text else ""),
        "REQUEST_URI": path, "QUERY_STRING": query_text, "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "HTTP_HOST": "127.0.0.1",
        "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1", "wsgi.version": (1, 0), "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(data),
        "wsgi.errors": io.StringIO(), "wsgi.multithread": True, "wsgi.multiprocess": False, "wsgi.run_once": False, "CONTENT_LENGTH": str(len(data)),
        "HTTP_X_MOTO_ACCOUNT_ID": context.account, 
        "HTTP_AUTHORIZATION": f"AWS4-HMAC-SHA256 Credential={context.access_key}/20260101/{context.region}/"
                              f"{signing_name(service)}/aws4_request, SignedHeaders=host, Signature=inside",
    }
    for name, value in said["headers"].items():
        key = name.upper().replace("-", "_")
        environ[key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"] = value if isinstance(value, str) else value.decode()
    return environ


A_SET = re.compile(rb"'\{('[^{}<>]*')\}'")  # how moto's sentences name what is not there: The volume '{'vol-1'}' does not exist.


def as_aws_says(status: int, body: bytes) -> bytes:
    """An error's body with the names as AWS writes them."""
    if status < 400 or b"'{'" not in body:
        return body
    return A_SET.sub(lambda found: b"'" + found[1].replace(b"'", b"") + b"'", body)


def run(app: Wsgi, environ: Environ) -> tuple[int, dict[str, str], bytes]:
    """(status, headers, body) of what an application answers."""
    told: list[Any] = []

    def start_response(status: str, headers: list[tuple[str, str]], _: Any = None) -> Any:
        told[:] = [int(status.split()[0]), dict(headers)]
        return lambda _: None
    chunks = app(environ, start_response)
    try:
        body = b"".join(chunks)
    finally:
        close = getattr(chunks, "close", None)
        if close:
            close()
    told_plainly = as_aws_says(told[0], body)
    if told_plainly is not body:
        told[1] = {k: v for k, v in told[1].items() if k.lower() != "content-length"}
    return told[0], told[1], told_plainly


def read_answer(operation: Any, status: int, headers: dict[str, str], body: bytes) -> dict[str, Any]:
    """The result of an operation; raises Refused for an error."""
    parser = create_parser(protocol_of(operation.service_model))
    response = {"status_code": status, "headers": HeadersDict(headers), "body": body, "context": {}}
    out: dict[str, Any] = parser.parse(response, operation.output_shape)
    if status >= 300:
        error = out.get("Error", {})
        raise fail(str(error.get("Code", status)), str(error.get("Message") or ""), status)
    out.pop("ResponseMetadata", None)
    return out


def ask(moto_app: Any, context: Context, service: str, operation: Any, params: dict[str, Any]) -> dict[str, Any]:
    """The result of an operation of moto's; raises Refused for its errors, NotImplementedError for one that it lacks."""
    environ = environ_of(context, service, operation, params)
    if operation.service_model.protocol in ("rest-json", "rest-xml"):
        status, headers, body = run(moto_app, environ)
    else:
        environ[moto.SERVICE_KEY] = service
        status, headers, body = moto_app.direct(environ)
    data = as_aws_says(int(status), body.encode() if isinstance(body, str) else body)
    return read_answer(operation, int(status), {str(k): str(v) for k, v in headers.items()}, data)
