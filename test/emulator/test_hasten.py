"""What is remembered of moto's way of finding a member's value gives what moto finds."""
from __future__ import annotations

from typing import Any

import pytest
from botocore.model import Shape
from emulator import hasten, moto_internals
from moto.core.serialize import AttributePickerContext, XFormedAttributePicker

OWN = XFormedAttributePicker.__call__  # moto's: here nothing was replaced


class DBInstance:
    identifier = "by its class's name"

    class Meta:
        serialization_aliases = {"Engine": "motor"}

    def __init__(self, **fields: Any):
        self.__dict__.update(fields)


class Other:
    identifier = "of another class: not asked for by that name"


def members(service: str, operation: str, *path: str) -> dict[str, Shape]:
    """Of a structure in an answer, each knowing what it is in, as moto's serializer leaves them."""
    shape: Any = moto_internals.service_model(service).operation_model(operation).output_shape
    for name in path:
        shape = shape.members[name]
        shape = shape.member if shape.type_name == "list" else shape
    for member in shape.members.values():
        member.parent = shape
    return dict(shape.members)


THINGS: list[Any] = [
    DBInstance(), DBInstance(motor="by its alias"), DBInstance(Engine="by no alias", motor="by its alias"), DBInstance(db_instance_status="by the snake's"),
    DBInstance(status="short"), Other(), {}, {"DBInstanceIdentifier": "of a dictionary", "Engine": None}, {"engine": "", "EngineVersion": 0},
]


@pytest.mark.parametrize("round", ["the first time", "remembered"])
def test_every_member_of_every_kind_of_thing(round: str) -> None:
    asked = members("rds", "DescribeDBInstances", "DBInstances")
    picker = XFormedAttributePicker()
    for thing in THINGS:
        for key, shape in asked.items():
            context = AttributePickerContext(obj=thing, key=key, shape=shape, key_path="DescribeDBInstances.DBInstances")
            assert hasten.pick(picker, context) == OWN(picker, context), (type(thing).__name__, key)
    assert hasten.pick(picker, AttributePickerContext(obj=DBInstance(), key="DBInstanceIdentifier", shape=asked["DBInstanceIdentifier"])) == "by its class's name"


@pytest.mark.parametrize("end", ["Instances.Engine", "DBInstances.Engine", "ngine", "Engine", "Other.Engine", "Version", "s.EngineVersion"])
def test_the_first_transformer_whose_path_ends_so(end: str) -> None:
    asked = members("rds", "DescribeDBInstances", "DBInstances")
    picker = XFormedAttributePicker(response_transformers={end: lambda value: f"<{value}>", "Engine": lambda value: f"[{value}]"})
    for key in ("Engine", "EngineVersion"):
        thing = {"Engine": "e", "EngineVersion": "v"}
        context = AttributePickerContext(obj=thing, key=key, shape=asked[key], key_path="DescribeDBInstances.DBInstances")
        assert hasten.pick(picker, context) == OWN(picker, context)
