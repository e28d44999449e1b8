"""Tags of the added kinds -> what the Resource Groups Tagging API sees and changes."""
from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from . import moto_internals as moto
from .layer import Layer
from .services import SERVICES
from .state import STATE, Record


def install(layer: Layer) -> None:
    """moto asks each of its backends for what is tagged: from now on ours is one of them."""
    layer.first_time["resourcegroupstaggingapi"] = lambda: moto.add_taggable(Tagged)


# What is tagged and no kind: (account, region) -> (ARN, type, holder with the tags in a dictionary)
OTHERS: list[Callable[[str, str], Iterator[tuple[str, str, dict[str, str]]]]] = []


class Tagged:
    """Our records, as moto's tagging backend wants to see one of its own backends."""

    def __init__(self, account: str, region: str):
        self.account, self.region = account, region

    def holders(self) -> Iterator[tuple[str, str, str, Record]]:
        """(ARN, type, field of the tags, record)"""
        for service, name, records in STATE.places(self.account, self.region):
            kind = SERVICES[service].kinds.get(name) if service in SERVICES else None
            if kind is None or not kind.arn:
                continue
            for record in list(records.values()):
                yield record[kind.arn], kind.type or service, kind.tags, record

    def iter_tagged_resources(self) -> Iterator[Any]:
        for arn, kind, tags, record in self.holders():
            yield moto.tagged_resource(arn, {t["Key"]: t["Value"] for t in record.get(tags) or []}, kind)
        for other in OTHERS:
            for arn, kind, held in other(self.account, self.region):
                yield moto.tagged_resource(arn, dict(held), kind)

    def owns_arn(self, arn: str) -> bool:
        return any(a == arn for a, _, _, _ in self.holders())

    def tag_resource(self, arn: str, tags: dict[str, str]) -> None:
        for found, _, field, record in self.holders():
            if found == arn:
                merged = {t["Key"]: t["Value"] for t in record.get(field) or []} | tags
                record[field] = [{"Key": k, "Value": v} for k, v in merged.items()]

    def untag_resource(self, arn: str, tag_keys: list[str]) -> None:
        for found, _, field, record in self.holders():
            if found == arn:
                record[field] = [t for t in record.get(field) or [] if t["Key"] not in tag_keys]
