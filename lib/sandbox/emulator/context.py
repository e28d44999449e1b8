"""One request, as a declaration sees it: who asks, for what, and the means to answer."""
from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable
from typing import Any

from .clock import now
from .state import STATE, Record

Params = dict[str, Any]
Call = Callable[..., dict[str, Any]]  # (context, service, operation, params) -> result; set by the layer
PARTITIONS = {"cn-": "aws-cn", "us-gov-": "aws-us-gov", "us-iso-": "aws-iso", "us-isob-": "aws-iso-b", "eusc-": "aws-eusc"}  # as botocore has them
INSIDE_KEY = "AKIAWORKLABINSIDE000"  # whose calls they are when no client's request is behind them


class Context:
    """`params` are the request's, by the model's names; `operation` is botocore's model of the operation."""

    inside: Call  # how operations are called from within: the layer sets it once

    def __init__(self, service: str, operation: Any, params: Params, account: str, region: str, regional: bool = True):
        self.service, self.operation, self.params = service, operation, params
        self.account, self.region, self.regional = account, region, regional
        self.within = False  # called by the sandbox itself, not by a client
        self.emulated = False  # the answer rests on what the additions keep: findings say so
        self.access_key = INSIDE_KEY

    def at(self, service: str, regional: bool = True) -> Context:
        """The same account and region, seen from another service."""
        there = Context(service, None, {}, self.account, self.region, regional)
        there.access_key = self.access_key
        return there

    def call(self, service: str, operation: str, **params: Any) -> dict[str, Any]:
        """Any operation of the sandbox, moto's or an added one, as a client would. Raises Refused with the service's error."""
        return Context.inside(self, service, operation, params)

    def exists(self, service: str, operation: str, **params: Any) -> bool:
        from .errors import Refused
        try:
            self.call(service, operation, **params)
            return True
        except Refused:
            return False

    @property
    def partition(self) -> str:
        return partition_of(self.region)

    def arn(self, rest: str, service: str | None = None) -> str:
        region = self.region if self.regional else ""
        return f"arn:{self.partition}:{service or self.service}:{region}:{self.account}:{rest}"

    def records(self, kind: str, service: str | None = None) -> dict[str, Record]:
        return STATE.table(self.account, self.region if self.regional else "global", service or self.service, kind)

    def find(self, kind: str, **fields: Any) -> list[Record]:
        return [r for r in self.records(kind).values() if all(r.get(k) == v for k, v in fields.items())]


def partition_of(region: str) -> str:
    """The partition of AWS that a region is in."""
    return next((p for start, p in PARTITIONS.items() if region.startswith(start)), "aws")


def make_id(prefix: str = "", length: int = 17) -> str:
    """An id as EC2 makes them: `pg-0123456789abcdef0`."""
    return prefix + (uuid.uuid4().hex + uuid.uuid4().hex)[:length]


def make_uuid(*_: Any) -> str:
    return str(uuid.uuid4())


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


__all__ = ["Context", "Params", "digest", "make_id", "make_uuid", "now", "partition_of"]
