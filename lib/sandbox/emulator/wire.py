"""The names of a request as they came over the wire -> those that the operation's model does not have."""
from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from .errors import fail
from .validate import Shape, unknown

# What any signed query request may carry besides the operation's own parameters.
COMMON = {"Action", "Version", "AWSAccessKeyId", "Signature", "SignatureMethod", "SignatureVersion", "Timestamp", "SecurityToken",
          "Expires", "ContentType"}


def stray_names(shape: Shape, request: Any, protocol: str) -> Iterator[str]:
    """Raises Refused for a JSON body that is none."""
    if protocol in ("json", "rest-json"):
        if request.data and not shape.serialization.get("payload"):
            yield from unknown(shape, parsed(request.data))
    elif protocol in ("query", "ec2"):
        for name in request.values:
            if name not in COMMON and not name.startswith("X-Amz-") and not says(shape, name.split("."), protocol):
                yield name


def parsed(data: bytes) -> Any:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        raise fail("SerializationException", "The request body is not JSON.") from None
    if not isinstance(value, dict):
        raise fail("SerializationException", "The request body is not a JSON object.")
    return value


def says(shape: Shape, parts: list[str], protocol: str) -> bool:
    """Whether `Filter.1.Value.2` names something in the shape."""
    if not parts:
        return True
    if shape.type_name == "structure":
        member = named(shape, parts, protocol)
        return member is not None and says(member[0], parts[member[1]:], protocol)
    if shape.type_name == "list":
        at = 0 if protocol == "ec2" or shape.serialization.get("flattened") else 1
        if parts == [""]:
            return True
        return len(parts) > at and parts[at].isdigit() and says(shape.member, parts[at + 1:], protocol)
    if shape.type_name == "map":
        at = 0 if shape.serialization.get("flattened") else 1
        return len(parts) > at + 1 and parts[at].isdigit()
    return False


def named(shape: Shape, parts: list[str], protocol: str) -> tuple[Shape, int] | None:
    for name, member in shape.members.items():
        if parts[0] == wire_name(name, member, protocol):
            return member, 1
        flat = member.type_name == "list" and member.serialization.get("flattened")
        if flat and protocol == "query" and parts[0] == member.member.serialization.get("name"):
            return member, 1  # a flattened list goes by its member's name
    return None


def wire_name(name: str, member: Shape, protocol: str) -> str:
    said = member.serialization
    if protocol == "ec2":
        own = said.get("queryName") or said.get("name", name)
        return str(own if "queryName" in said else own[:1].upper() + own[1:])
    return str(said.get("locationNameForQueryCompatibility") or said.get("name", name))
