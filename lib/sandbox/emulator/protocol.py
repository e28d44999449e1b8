"""One request of a known operation: its parameters read, its answer or error written, in whatever protocol it came."""
from __future__ import annotations

from typing import Any

from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult, BaseResponse
from werkzeug.wrappers import Response

from . import moto_internals as moto
from .errors import Refused
from .identify import Asked


class Told(ServiceException):
    """A Refused in moto's terms. (moto looks up an error's model by the module of its class: not "moto.x", so the service's.)"""

    def __init__(self, refused: Refused):
        super().__init__(refused.code, refused.message)
        self.status = refused.status


class Exchange(BaseResponse):
    """moto's reading and writing of the protocols, for one request whose operation is already known."""

    def __init__(self, asked: Asked, request: Any):
        """Reads the request; raises whatever the parser raises for a body that cannot be read."""
        super().__init__(asked.service)
        self.asked = asked
        self.automated_parameter_parsing = True
        self.use_raw_body = bool(asked.operation.has_streaming_input)
        self.params: dict[str, Any] = {}
        self.protocol = moto.request_protocol(asked.operation.service_model, request.content_type)
        self.setup_class(request)

    def _get_action(self) -> str:
        self.uri_match = self.asked.uri
        return str(self.asked.operation.name)

    def answer(self, result: dict[str, Any] | None) -> Response:
        status, headers, body = self.serialized(ActionResult(result))
        status = int(self.asked.operation.http.get("responseCode", status))
        return Response(body, status, dict(headers))

    def refuse(self, refused: Refused) -> Response:
        status, headers, body = self.serialized(ActionResult(Told(refused)))
        if refused.status != 400:  # a documented status beats the model's default
            status = refused.status
        return Response(body, int(status), dict(headers))
