"""What an API shows of a resource, for attributes and drift: the first row of a list, or None where it is gone."""
from __future__ import annotations

from typing import Any

from ..context import Context
from ..errors import Refused, says_gone
from .types import Work


def first(at: Context | Work, service: str, operation: str, rows: str, **params: Any) -> dict[str, Any] | None:
    """`rows` is the member of the result with the list."""
    context = at.context if isinstance(at, Work) else at
    try:
        found = context.call(service, operation, **params).get(rows) or []
    except Refused as error:
        if says_gone(error):
            return None
        raise
    return found[0] if found else None


def filtered(name: str, *values: str) -> list[dict[str, Any]]:
    """EC2's Filters with one of them."""
    return [{"Name": name, "Values": list(values)}]
