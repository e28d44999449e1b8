"""A list of rows -> one page of it, by the operation's paginator in botocore."""
from __future__ import annotations

import base64
import functools
from typing import Any

from . import moto_internals as moto
from .context import Context
from .errors import fail
from .shapes import project

DEFAULT_SIZE = 100


@functools.cache
def paginator(service: str, operation: str) -> dict[str, Any] | None:
    """{input_token, output_token, limit_key, result_key} or None for an operation that does not page."""
    from botocore.exceptions import UnknownServiceError
    try:
        pages = moto.loader().load_service_model(service, "paginators-1")["pagination"]
    except (UnknownServiceError, OSError):
        return None
    found: dict[str, Any] | None = pages.get(operation)
    return found


def token_of(start: int) -> str:
    return base64.urlsafe_b64encode(f"worklab:{start}".encode()).decode()


def start_of(token: str | None, code: str) -> int:
    if not token:
        return 0
    try:
        mark, _, start = base64.urlsafe_b64decode(token.encode()).decode().partition(":")
        if mark != "worklab":
            raise ValueError(token)
        return int(start)
    except ValueError:
        raise fail(code, "The pagination token is not valid.") from None


def page(context: Context, rows: list[Any], key: str = "", size: int = DEFAULT_SIZE, invalid: str = "") -> dict[str, Any]:
    """Rows are records, or values where the list's members are not structures and `key` names the field to show."""
    shape, model = context.operation.output_shape, paginator(context.service, context.operation.name) or {}
    by_page = not model and "PageToken" in context.operation.input_shape.members  # botocore does not say so of each list
    input_token = model.get("input_token", "PageToken" if by_page else "NextToken")
    output_token = model.get("output_token", "NextPageToken" if by_page else "NextToken")
    result = model.get("result_key") or next(n for n, m in shape.members.items() if m.type_name == "list")
    result = result[0] if isinstance(result, list) else result
    start = start_of(context.params.get(input_token), invalid or invalid_token(context))
    limit = int(context.params.get(model.get("limit_key", "PageSize" if by_page else "MaxResults")) or size)
    member = shape.members[result].member
    shown = rows[start:start + limit]
    structured = member.type_name == "structure"
    out: dict[str, Any] = {result: [project(member, r, 1) if structured else r[key] if key else r for r in shown]}
    if start + limit < len(rows) and output_token in shape.members:
        out[output_token] = token_of(start + limit)
    return out


def invalid_token(context: Context) -> str:
    modelled = {e.name for e in context.operation.error_shapes}
    for code in ("InvalidNextTokenException", "InvalidNextToken", "InvalidPaginationTokenException", "ValidationException",
                 "InvalidParameterValueException", "InvalidParametersException"):
        if code in modelled:
            return code
    protocol = context.operation.service_model.protocol
    return {"ec2": "InvalidNextToken", "query": "ValidationError"}.get(protocol, "ValidationException")
