"""A CloudFormation type -> how its resources are made, changed, read and removed. What declarations declare, and who finds it."""
from __future__ import annotations

import random
import string
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ..context import Context
from ..errors import Refused
from .templates import invalid

Found = dict[str, Any]


@dataclass
class Work:
    """One resource in the hands of a stack operation."""

    context: Context
    stack: str  # its name
    stack_id: str
    logical: str
    type: str
    properties: dict[str, Any]
    tags: dict[str, str] = field(default_factory=dict)  # the stack's, CloudFormation's own included
    before: dict[str, Any] = field(default_factory=dict)  # at an update: the properties that were
    tags_before: dict[str, str] = field(default_factory=dict)

    def call(self, service: str, operation: str, **params: Any) -> dict[str, Any]:
        return self.context.call(service, operation, **params)

    def name(self, length: int = 255, lower: bool = False) -> str:
        """A physical name as CloudFormation makes them: stack-logical-RANDOM, each of the two cut where it is long, so that both can be told."""
        suffix = "".join(random.choices(string.ascii_letters + string.digits, k=12))
        room = max(length - 14, 2)
        logical = self.logical[:max(room // 2, room - len(self.stack))]
        made = f"{self.stack[:room - len(logical)]}-{logical}-{suffix}"[:length]
        return made.lower() if lower else made

    def changed(self) -> set[str]:
        return {k for k in {*self.properties, *self.before} if self.properties.get(k) != self.before.get(k)}


class NotStabilized(Exception):
    """A resource that could not be made, changed or removed: the sentence is the resource's ResourceStatusReason."""


class ResourceType:
    """What the engine asks of a type. `found` is what create gave back: it must hold what `physical` reads."""

    name = ""
    not_emulated = ""  # why the sandbox only pretends, where it does

    def create(self, work: Work) -> Found:
        raise NotImplementedError

    def update(self, work: Work, found: Found) -> Found:
        raise NotImplementedError

    def delete(self, work: Work, found: Found) -> None:
        raise NotImplementedError

    def physical(self, found: Found) -> str:
        raise NotImplementedError

    def ref(self, found: Found) -> Any:
        return self.physical(found)

    def attribute(self, context: Context, found: Found, name: str) -> Any:
        """Raises KeyError for one that the type does not have."""
        raise KeyError(name)

    def has_attribute(self, name: str) -> bool:
        return True

    def replaces(self, properties: set[str]) -> set[str]:
        """Which of these changed properties make CloudFormation replace the resource."""
        return set()

    def read(self, work: Work, found: Found) -> dict[str, Any] | None:
        """The properties as they really are, for drift detection; None: gone. Raises NotImplementedError where it cannot tell."""
        raise NotImplementedError

    def check(self, properties: dict[str, Any]) -> None:
        """Raises Refused for properties that the type does not have (values may still be unresolved)."""


class Pretended(ResourceType):
    """A type that a lab declares not emulated: accepted, given an id, and said to be just that."""

    def __init__(self, name: str, reason: str):
        self.name, self.not_emulated = name, reason

    def create(self, work: Work) -> Found:
        return {"Id": work.name()}

    def update(self, work: Work, found: Found) -> Found:
        return found

    def delete(self, work: Work, found: Found) -> None:
        """Nothing was made."""

    def physical(self, found: Found) -> str:
        return str(found["Id"])

    def attribute(self, context: Context, found: Found, name: str) -> Any:
        return f"not-emulated:{found['Id']}.{name}"


class Inert(ResourceType):
    """A type that stands for nothing outside the stack."""

    def __init__(self, name: str, attributes: tuple[str, ...] = ()):
        self.name, self.attributes = name, attributes

    def create(self, work: Work) -> Found:
        return {"Id": work.name()}

    def update(self, work: Work, found: Found) -> Found:
        return found

    def delete(self, work: Work, found: Found) -> None:
        """Nothing was made."""

    def physical(self, found: Found) -> str:
        return str(found["Id"])

    def attribute(self, context: Context, found: Found, name: str) -> Any:
        if name not in self.attributes:
            raise KeyError(name)
        return "{}"

    def has_attribute(self, name: str) -> bool:
        return name in self.attributes

    def read(self, work: Work, found: Found) -> dict[str, Any]:
        return work.properties


TYPES: dict[str, ResourceType] = {}
FALLBACKS: list[Callable[[str], ResourceType | None]] = []  # asked for a type that nobody declared


def declare(made: ResourceType) -> ResourceType:
    TYPES[made.name] = made
    return made


def not_emulated(name: str, reason: str) -> None:
    """The type is accepted, gets a physical id, and DescribeStackResources says why it is nothing more."""
    declare(Pretended(name, reason))


def type_of(name: str) -> ResourceType | None:
    if name not in TYPES:
        for ask in FALLBACKS:
            found = ask(name)
            if found:
                TYPES[name] = found
                break
    return TYPES.get(name)


def known_type(name: str) -> ResourceType:
    found = type_of(name)
    if found is None:
        raise unrecognized([name])
    return found


def unrecognized(names: list[str]) -> Refused:
    return invalid(f"Template format error: Unrecognized resource types: [{', '.join(sorted(set(names)))}]")
