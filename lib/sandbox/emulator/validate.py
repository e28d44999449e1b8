"""A value against a botocore shape -> what is wrong with it. Knows no service and no moto."""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .patterns import compiled

Shape = Any


@dataclass(frozen=True)
class Problem:
    """`kind` is missing, unknown, enum (a value that the model's enumeration lacks) or invalid."""

    kind: str
    path: str
    value: Any
    sentence: str


def problems(shape: Shape, value: Any, path: str = "") -> Iterator[Problem]:
    """Everything that the model forbids: required members, types, lengths, ranges, patterns, enumerations."""
    check = CHECKS.get(shape.type_name)
    if check:
        yield from check(shape, value, path)


def join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def structure(shape: Shape, value: Any, path: str) -> Iterator[Problem]:
    if getattr(shape, "is_document_type", False):
        return
    if not isinstance(value, dict):
        yield Problem("invalid", path, value, "Member must be a structure")
        return
    for name in shape.required_members:
        if value.get(name) is None:
            yield Problem("missing", join(path, name), None, "Member must not be null")
    for name, member in value.items():
        if name in shape.members and member is not None:
            yield from problems(shape.members[name], member, join(path, name))


def listed(shape: Shape, value: Any, path: str) -> Iterator[Problem]:
    if not isinstance(value, list):
        yield Problem("invalid", path, value, "Member must be a list")
        return
    yield from length(shape, len(value), path, value)
    for i, member in enumerate(value):
        yield from problems(shape.member, member, join(path, f"{i + 1}.member"))


def mapped(shape: Shape, value: Any, path: str) -> Iterator[Problem]:
    if not isinstance(value, dict):
        yield Problem("invalid", path, value, "Member must be a map")
        return
    yield from length(shape, len(value), path, value)
    for key, member in value.items():
        yield from problems(shape.key, key, join(path, "key"))
        if member is not None:
            yield from problems(shape.value, member, join(path, f"{key}.member"))


def string(shape: Shape, value: Any, path: str) -> Iterator[Problem]:
    if not isinstance(value, str):
        yield Problem("invalid", path, value, "Member must be a string")
        return
    yield from length(shape, len(value), path, value)
    allowed = getattr(shape, "enum", None) or shape.metadata.get("enum")
    if allowed and value not in allowed:
        yield Problem("enum", path, value, f"Member must satisfy enum value set: [{', '.join(allowed)}]")
    pattern = shape.metadata.get("pattern")
    matcher = compiled(pattern) if pattern else None
    if matcher and not matcher.fullmatch(value):
        yield Problem("invalid", path, value, f"Member must satisfy regular expression pattern: {pattern}")


def number(shape: Shape, value: Any, path: str) -> Iterator[Problem]:
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        yield Problem("invalid", path, value, f"Member must be of type {shape.type_name}")
    elif shape.type_name in ("integer", "long") and isinstance(value, float) and not value.is_integer():
        yield Problem("invalid", path, value, f"Member must be of type {shape.type_name}")
    elif "min" in shape.metadata and value < shape.metadata["min"]:
        yield Problem("invalid", path, value, f"Member must have value greater than or equal to {shape.metadata['min']}")
    elif "max" in shape.metadata and value > shape.metadata["max"]:
        yield Problem("invalid", path, value, f"Member must have value less than or equal to {shape.metadata['max']}")


def boolean(shape: Shape, value: Any, path: str) -> Iterator[Problem]:
    if not isinstance(value, bool):
        yield Problem("invalid", path, value, "Member must be a boolean")


def length(shape: Shape, size: int, path: str, value: Any) -> Iterator[Problem]:
    if "min" in shape.metadata and size < shape.metadata["min"]:
        yield Problem("invalid", path, value, f"Member must have length greater than or equal to {shape.metadata['min']}")
    if "max" in shape.metadata and size > shape.metadata["max"]:
        yield Problem("invalid", path, value, f"Member must have length less than or equal to {shape.metadata['max']}")


CHECKS = {
    "structure": structure, "list": listed, "map": mapped, "string": string, "boolean": boolean,
    "integer": number, "long": number, "float": number, "double": number,
}


def unknown(shape: Shape, raw: Any, path: str = "", wire: bool = True) -> Iterator[str]:
    """Members that the shape does not have, by their names on the wire (a request) or in the model (a result of ours)."""
    if getattr(shape, "is_document_type", False) or raw is None:
        return
    if shape.type_name == "structure" and isinstance(raw, dict):
        names = {(m.serialization.get("name", n) if wire else n): m for n, m in shape.members.items()}
        for name, value in raw.items():
            if name in names:
                yield from unknown(names[name], value, join(path, name), wire)
            elif name != "__type":
                yield join(path, name)
    elif shape.type_name == "list" and isinstance(raw, list):
        for value in raw:
            yield from unknown(shape.member, value, path, wire)
    elif shape.type_name == "map" and isinstance(raw, dict):
        for value in raw.values():
            yield from unknown(shape.value, value, path, wire)
