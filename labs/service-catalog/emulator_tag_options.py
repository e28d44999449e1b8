"""TagOptions: keys and values that a portfolio or a product offers to what is launched from it."""
from __future__ import annotations

from typing import Any

from emulator.context import Context, make_id
from emulator.errors import fail
from emulator.kinds import Kind
from emulator.pages import DEFAULT_SIZE, start_of, token_of
from emulator.services import service
from emulator.shapes import project
from emulator.state import Record

catalog = service("servicecatalog")


def unused(c: Context, record: Record) -> None:
    held = c.find("TagOptionOf", TagOptionId=record["Id"])
    if held:
        raise fail("ResourceInUseException", f"TagOption {record['Id']} is associated with {', '.join(r['ResourceId'] for r in held)}.")


options = Kind(
    catalog, "TagOption", "Id", create="CreateTagOption", get="DescribeTagOption", delete="DeleteTagOption", unique=("Key", "Value"),
    exists=("DuplicateResourceException", "There is a TagOption {} with the value {} already."), missing=("ResourceNotFoundException", "{} was not found."),
    made={"Id": lambda c, r: make_id("tag-", 13), "Active": True, "Owner": lambda c, r: c.account}, gone=unused)


@catalog.op("UpdateTagOption")
def update(c: Context) -> dict[str, Any]:
    record = options.one(c)
    value = c.params.get("Value", record["Value"])
    if any(r is not record for r in c.find("TagOption", Key=record["Key"], Value=value)):
        raise fail("DuplicateResourceException", f"There is a TagOption {record['Key']} with the value {value} already.")
    record["Value"] = value
    record["Active"] = record["Active"] if c.params.get("Active") is None else c.params["Active"]
    return options.result(c, record)


def paged(c: Context, name: str, rows: list[Record]) -> dict[str, Any]:
    """In these two answers the next page's token is called PageToken as well."""
    start, size = start_of(c.params.get("PageToken"), "InvalidParametersException"), int(c.params.get("PageSize") or DEFAULT_SIZE)
    member = c.operation.output_shape.members[name].member
    out: dict[str, Any] = {name: [project(member, r, 1) for r in rows[start:start + size]]}
    return {**out, "PageToken": token_of(start + size)} if start + size < len(rows) else out


@catalog.op("ListTagOptions")
def every(c: Context) -> dict[str, Any]:
    wanted = c.params.get("Filters") or {}
    return paged(c, "TagOptionDetails", [r for r in c.records("TagOption").values() if all(r[k] == v for k, v in wanted.items())])


# ---------------------------------------------------------------- on portfolios and products


def resource(c: Context, id_: str) -> Record:
    for kind in ("Portfolio", "Product"):
        found = c.records(kind).get(id_)
        if found:
            return found
    raise fail("ResourceNotFoundException", f"{id_} is no portfolio or product.")


def both(c: Context) -> str:
    resource(c, c.params["ResourceId"])
    if c.params["TagOptionId"] not in c.records("TagOption"):
        raise options.not_found(c.params["TagOptionId"])
    return f"{c.params['TagOptionId']}|{c.params['ResourceId']}"


@catalog.op("AssociateTagOptionWithResource")
def associate(c: Context) -> dict[str, Any]:
    key = both(c)
    if key in c.records("TagOptionOf"):
        raise fail("DuplicateResourceException", "The TagOption is associated with the resource already.")
    if not c.records("TagOption")[c.params["TagOptionId"]]["Active"]:
        raise fail("InvalidStateException", "A TagOption that is not active cannot be associated.")
    c.records("TagOptionOf")[key] = {k: c.params[k] for k in ("TagOptionId", "ResourceId")}
    return {}


@catalog.op("DisassociateTagOptionFromResource")
def disassociate(c: Context) -> dict[str, Any]:
    if c.records("TagOptionOf").pop(both(c), None) is None:
        raise fail("ResourceNotFoundException", "The TagOption is not associated with the resource.")
    return {}


@catalog.op("ListResourcesForTagOption")
def resources(c: Context) -> dict[str, Any]:
    if c.params["TagOptionId"] not in c.records("TagOption"):
        raise options.not_found(c.params["TagOptionId"])
    rows = [resource(c, r["ResourceId"]) for r in c.find("TagOptionOf", TagOptionId=c.params["TagOptionId"])]
    wanted = str(c.params.get("ResourceType") or "").lower()
    return paged(c, "ResourceDetails", [{**r, "Name": r.get("DisplayName") or r.get("Name")} for r in rows if wanted in r["ARN"]])
