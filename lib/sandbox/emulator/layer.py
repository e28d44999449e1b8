"""The layer in front of moto: names each request's operation, checks it, answers what is declared, repairs what moto answers."""
from __future__ import annotations

import gzip
import io
import logging
import time
from collections.abc import Callable, Iterable
from typing import Any

from botocore.model import OperationNotFoundError
from werkzeug.wrappers import Response

from . import inside, moto_internals as moto
from .context import Context
from .errors import Environ, Refused, fail, shaped
from .front import Wsgi
from .identify import Asked, candidates, identify, scope
from .protocol import Exchange
from .services import SERVICES, Service
from .state import STATE, TURNSTILE
from .strict import refusal
from .validate import unknown

log = logging.getLogger("emulator")
EMULATED = "x-worklab-emulated"
READS = ("Describe", "List", "Get", "Head", "Lookup", "Batch", "Search", "Query", "Scan", "Select", "Detect", "Estimate", "Simulate", "Validate")


class Layer:
    """WSGI application. `strict`: every service's requests are validated. `watch` is told of each operation that was answered."""

    def __init__(self, behind: Wsgi, strict: bool = True):
        self.behind, self.strict = behind, strict
        self.watchers: list[Callable[[Context, Callable[[], dict[str, Any]], Refused | None], None]] = []
        self.first_time: dict[str, Callable[[], None]] = {}  # service -> what to do before its first request
        Context.inside = staticmethod(self.inside)  # type: ignore[assignment]

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        authorization = environ.get("HTTP_AUTHORIZATION", "")
        if scope(authorization) is None:
            return self.unsigned(environ, start_response)
        request = opened(environ)
        asked = identify(request)
        if asked is None:
            return self.unnamed(environ, request, start_response)
        started = time.monotonic()
        with TURNSTILE:
            response = self.safely(environ, request, asked)
        log.info("%s %s %.0fms", asked.name, response.status_code, (time.monotonic() - started) * 1000)
        return response(environ, start_response)

    def safely(self, environ: Environ, request: Any, asked: Asked) -> Response:
        """What nobody has and what breaks is told in the protocol of the request."""
        protocol = spoken(asked.operation.service_model, environ)
        try:
            self.prepare(asked.service)
            return self.serve(environ, request, asked)
        except NotImplementedError:
            return shaped(environ, 501, "NotImplemented", f"the sandbox does not have {asked.name}", protocol)
        except Exception as error:
            log.exception("%s failed", asked.name)
            return shaped(environ, 500, "InternalFailure", f"{asked.name}: {type(error).__name__}: {error}", protocol)

    def unsigned(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        """Presigned URLs, moto's own API, public objects: moto's business alone."""
        with TURNSTILE:
            STATE.changes += 1  # a presigned upload, for one
            response = self.moto(environ)
        return response(environ, start_response)

    def unnamed(self, environ: Environ, request: Any, start_response: Any) -> Iterable[bytes]:
        """Signed, but for no operation that botocore's models know."""
        _, signing = scope(environ["HTTP_AUTHORIZATION"]) or ("", "")
        action = request.values.get("Action") or request.headers.get("X-Amz-Target", "").split(".")[-1]
        services = candidates(signing)
        if not services:
            what = f"{signing}:{action or environ.get('PATH_INFO', '')}"
            return shaped(environ, 501, "NotImplemented", f"the sandbox does not have {what}")(environ, start_response)
        protocol = spoken(moto.service_model(services[0]), environ)
        if action:
            told = f"The action {action} is not valid for this web service."
            return shaped(environ, 400, "InvalidAction", told, protocol)(environ, start_response)
        rewind(environ, request)
        response = self.moto(environ)  # S3's many ways of saying a path, and what older clients send
        if response.status_code >= 400 and (response.mimetype == "text/html" or not response.get_data()):
            told = f"The request names no operation of {signing} that the sandbox knows."
            response = shaped(environ, 400, "MissingAction", told, protocol)
        return response(environ, start_response)

    def prepare(self, service: str) -> None:
        todo = self.first_time.pop(service, None)
        if todo:
            todo()

    # ------------------------------------------------------------------ called from within

    def inside(self, caller: Context, name: str, operation_name: str, params: dict[str, Any]) -> dict[str, Any]:
        """An operation called by a declaration: neither validated (aws: tags are allowed) nor recorded, and without the wire where it is ours."""
        operation, service = moto.service_model(name).operation_model(operation_name), SERVICES.get(name)
        context = Context(name, operation, params, caller.account, caller.region, service.regional if service else True)
        context.within, context.access_key = True, caller.access_key

        with TURNSTILE, moto.unused_key():
            self.prepare(name)
            return self.result(service, context, lambda **changed: self.asked_of_moto(context, changed))

    def asked_of_moto(self, context: Context, changed: dict[str, Any]) -> dict[str, Any]:
        """moto's answer to the request, with other parameters where a declaration changes them."""
        params = {k: v for k, v in {**context.params, **changed}.items() if v not in (None, [])}
        try:
            return inside.ask(self.behind, context, context.service, context.operation, params)
        except NotImplementedError:
            raise NotImplementedError(f"the sandbox does not have {context.service}:{context.operation.name}") from None

    def result(self, service: Service | None, context: Context, ask_moto: Callable[..., dict[str, Any]]) -> dict[str, Any]:
        """What is declared of an operation, around moto's answer to it."""
        name = str(context.operation.name)
        if service is None:
            return ask_moto()
        for hook in service.before.get(name, ()):
            hook(context)
        if name in service.operations:
            return service.operations[name](context) or {}
        if name in service.around:
            return service.around[name](context, ask_moto) or {}
        told = ask_moto()
        for repair in service.repairs(context):
            told = repair(context, told) or told
        return told

    # ------------------------------------------------------------------ one known operation

    def serve(self, environ: Environ, request: Any, asked: Asked) -> Response:
        service, name = SERVICES.get(asked.service), str(asked.operation.name)
        if asked.operation.service_model.protocol not in ("rest-json", "rest-xml"):
            environ[moto.SERVICE_KEY] = asked.service
        ours = service is not None and service.touches(name)
        if chunked(environ) or (asked.operation.has_streaming_input and not ours) or not (ours or self.strict):
            rewind(environ, request)
            refused_at_gate = turned_away(request, asked)
            if refused_at_gate:
                return shaped(environ, refused_at_gate.status, refused_at_gate.code, refused_at_gate.message, str(asked.operation.service_model.protocol))
            self.changed(name)
            return self.finish(self.moto(environ), service, name, asked)
        try:
            request.get_data(cache=True)
            exchange = Exchange(asked, request)
        except Exception as error:  # whatever the parser makes of a body that is none
            log.warning("%s: cannot be read: %s", asked.name, error)
            return malformed(environ, asked, error)
        context = Context(asked.service, asked.operation, exchange.params, exchange.current_account, exchange.region,
                          service.regional if service else True)
        context.access_key = exchange.access_key
        error: Refused | None = None
        try:
            if self.strict:
                wrong = refusal(service, exchange, request, bool(service and name in service.operations))
                if wrong:
                    raise wrong
            SERVICES.admit(context)
            response = self.answer(environ, request, service, context, exchange)
        except Refused as refused:
            error, response = refused, exchange.refuse(refused)
        self.changed(name)
        for watcher in self.watchers:
            watcher(context, lambda: read(context.operation, response, request), error)
        return self.finish(response, service, name, asked, context.emulated)

    @staticmethod
    def changed(name: str) -> None:
        if not name.startswith(READS):
            STATE.changes += 1

    def answer(self, environ: Environ, request: Any, service: Service | None, context: Context, exchange: Exchange) -> Response:
        name = str(context.operation.name)
        if service is None or not service.touches(name):
            rewind(environ, request)
            return self.moto(environ)
        if name not in service.operations and name not in service.around and not service.repairs(context):
            for hook in service.before.get(name, ()):
                hook(context)
            rewind(environ, request)
            return self.moto(environ)  # as it is, byte for byte
        result = self.result(service, context, lambda **changed: (
            self.asked_of_moto(context, changed) if changed else self.told_by_moto(environ, request, context)))
        return self.ours(exchange, result)

    def ours(self, exchange: Exchange, result: dict[str, Any]) -> Response:
        shape = exchange.asked.operation.output_shape
        wrong = list(unknown(shape, result, wire=False)) if shape is not None else []
        if wrong:
            raise AssertionError(f"{exchange.asked.name} answers members that its model lacks: {', '.join(wrong)}")
        return exchange.answer(result)

    def told_by_moto(self, environ: Environ, request: Any, context: Context) -> dict[str, Any]:
        """moto's answer as a result; raises Refused for its errors."""
        rewind(environ, request)
        response = self.moto(environ)
        return read(context.operation, response, request)

    def moto(self, environ: Environ) -> Response:
        status, headers, body = inside.run(self.behind, environ)
        return Response([body], status, headers)  # a list: a bare body would set its own Content-Length, wrong for HEAD

    def finish(self, response: Response, service: Service | None, name: str, asked: Asked, emulated: bool = False) -> Response:
        if no_route(response.status_code, response.get_data()):
            raise NotImplementedError(f"the sandbox does not have {asked.name}")
        if emulated or (service and (name in service.operations or name in service.substantial)):
            response.headers[EMULATED] = "1"
        return response


def spoken(model: Any, environ: Environ) -> str:
    """The protocol of a request, or "" where its content is of no protocol that the service has."""
    try:
        return moto.request_protocol(model, environ.get("CONTENT_TYPE"))
    except NotImplementedError:
        return ""


def turned_away(request: Any, asked: Asked) -> Refused | None:
    """What a gate says of a request whose body is not read here."""
    if not SERVICES.gates:
        return None
    account, access_key = moto.who(request)
    context = Context(asked.service, asked.operation, {}, account, asked.region)
    context.access_key = access_key
    try:
        SERVICES.admit(context)
    except Refused as refused:
        return refused
    return None


def no_route(status: int, body: bytes) -> bool:
    """Is it the page of moto's web framework, which knows no such address? S3's own "not found" to a HEAD has no body, and may call it HTML."""
    return status == 404 and body.lstrip()[:9].lower() == b"<!doctype"


def read(operation: Any, response: Response, request: Any) -> dict[str, Any]:
    """A response of moto's as a result, by the protocol that the request came in."""
    from botocore.awsrequest import HeadersDict
    from botocore.parsers import create_parser
    protocol = moto.request_protocol(operation.service_model, request.content_type)
    raw = {"status_code": response.status_code, "headers": HeadersDict(dict(response.headers)), "body": response.get_data(), "context": {}}
    out: dict[str, Any] = create_parser(protocol).parse(raw, operation.output_shape)
    if response.status_code >= 300:
        error = out.get("Error", {})
        raise fail(str(error.get("Code", response.status_code)), str(error.get("Message") or ""), response.status_code)
    out.pop("ResponseMetadata", None)
    return out


def opened(environ: Environ) -> Any:
    """The request; a body that names the operation is read (and inflated) now, any other is left in its stream."""
    content = environ.get("CONTENT_TYPE", "")
    telling = "json" in content or content.startswith("application/x-www-form-urlencoded")
    if telling and environ.get("HTTP_CONTENT_ENCODING", "") == "gzip":
        data = gzip.decompress(moto.request(environ).get_data())
        environ.pop("HTTP_CONTENT_ENCODING")
        put_back(environ, data)
    request = moto.request(environ)
    if telling:
        request.get_data(cache=True)
    return request


def rewind(environ: Environ, request: Any) -> None:
    """Puts a body that was read back for moto to read."""
    if hasattr(request, "_cached_data"):
        put_back(environ, request.get_data(cache=True))


def put_back(environ: Environ, data: bytes) -> None:
    environ["wsgi.input"] = io.BytesIO(data)
    environ.pop("HTTP_TRANSFER_ENCODING", None)
    environ["CONTENT_LENGTH"] = str(len(data))
    environ.pop("werkzeug.request", None)


def chunked(environ: Environ) -> bool:
    """A streamed upload that carries its own framing: moto takes it apart."""
    return "aws-chunked" in environ.get("HTTP_CONTENT_ENCODING", "") or "STREAMING" in environ.get("HTTP_X_AMZ_CONTENT_SHA256", "")


def malformed(environ: Environ, asked: Asked, error: Exception) -> Response:
    protocol = spoken(asked.operation.service_model, environ)
    code = {"rest-xml": "MalformedXML", "json": "SerializationException", "rest-json": "SerializationException",
            "smithy-rpc-v2-cbor": "SerializationException", "ec2": "InvalidParameterValue"}.get(protocol, "MalformedInput")
    if isinstance(error, OperationNotFoundError):
        code = "InvalidAction"
    return shaped(environ, 400, code, f"The request cannot be read: {type(error).__name__}: {error}"[:500], protocol)
