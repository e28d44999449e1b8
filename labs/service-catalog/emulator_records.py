"""What was launched, as its owner looks for it, and the record of each change."""
from __future__ import annotations

import json
from typing import Any

from emulator.cfn.stacks import find
from emulator.clock import CLOCK
from emulator.context import Context
from emulator.errors import fail
from emulator.pages import page
from emulator.services import service
from emulator.state import Record

catalog = service("servicecatalog")
CREATED, PROGRESS = 0.2, 0.6  # seconds, as in the launches
FIELDS = {"arn": "Arn", "createdtime": "CreatedTime", "id": "Id", "lastrecordid": "LastRecordId", "idempotencytoken": "IdempotencyToken", "name": "Name",
          "physicalid": "PhysicalId", "productid": "ProductId", "productname": "ProductName", "provisioningartifactid": "ProvisioningArtifactId",
          "provisioningartifactname": "ProvisioningArtifactName", "type": "Type", "status": "Status", "userarn": "UserArn"}


def provisioned() -> Any:
    return catalog.kinds["Provisioned"]


def visible(c: Context, rows: list[Record]) -> list[Record]:
    """Those of the caller unless the whole account is asked for."""
    level = c.params.get("AccessLevelFilter") or {"Key": "User", "Value": "self"}
    if level["Value"] != "self":
        raise fail("InvalidParametersException", "The access level filter takes the value self.")
    arn = c.call("sts", "GetCallerIdentity")["Arn"]
    return [r for r in rows if level["Key"] == "Account" or r["UserArn"] == arn]


def shown(record: Record) -> Record:
    return {**record, "UserArnSession": record["UserArn"], "Tags": record.get("Tags") or []}


def fits(record: Record, query: str) -> bool:
    """"name:web" looks into a field, "web" into all of them."""
    key, _, value = query.partition(":")
    if value and key.lower() in FIELDS:
        return value.strip('"').lower() in str(record.get(FIELDS[key.lower()], "")).lower()
    return query.lower() in json.dumps({k: record.get(k) for k in FIELDS.values()}, default=str).lower()


@catalog.op("SearchProvisionedProducts")
def search(c: Context) -> dict[str, Any]:
    rows = visible(c, provisioned().all(c))
    filters = c.params.get("Filters") or {}
    if set(filters) - {"SearchQuery"}:
        raise fail("InvalidParametersException", "The only filter is SearchQuery.")
    rows = [shown(r) for r in rows if all(fits(r, q) for q in filters.get("SearchQuery") or [])]
    return {**page(c, rows), "TotalResultsCount": len(rows)}


@catalog.op("ScanProvisionedProducts")
def scan(c: Context) -> dict[str, Any]:
    return page(c, visible(c, provisioned().all(c)))


@catalog.op("DescribeProvisionedProduct")
def describe(c: Context) -> dict[str, Any]:
    record = {k: v for k, v in provisioned().called(c, c.params.get("Id"), c.params.get("Name")).items() if v != ""}
    members = c.operation.output_shape.members["ProvisionedProductDetail"].members
    return {"ProvisionedProductDetail": {k: v for k, v in record.items() if k in members}, "CloudWatchDashboards": []}


@catalog.op("GetProvisionedProductOutputs")
def outputs(c: Context) -> dict[str, Any]:
    record = provisioned().called(c, c.params.get("ProvisionedProductId"), c.params.get("ProvisionedProductName"))
    if not record.get("PhysicalId"):
        raise fail("ResourceNotFoundException", f"{record['Name']} has no stack.")
    stack = find(c.at("cloudformation"), record["PhysicalId"])
    rows = [{"OutputKey": o.key, "OutputValue": o.value, "Description": o.description} for o in stack.outputs]
    wanted = c.params.get("OutputKeys")
    absent = [k for k in wanted or [] if all(r["OutputKey"] != k for r in rows)]
    if absent:
        raise fail("InvalidParametersException", f"There is no output {', '.join(absent)}.")
    return page(c, [r for r in rows if not wanted or r["OutputKey"] in wanted])


# ---------------------------------------------------------------- records


def settled(record: Record) -> Record:
    """CREATED, then IN_PROGRESS, then what came of it."""
    passed = CLOCK.time() - record["Since"]
    over = passed >= CREATED + PROGRESS
    status = "CREATED" if passed < CREATED else record["Outcome"] if over else "IN_PROGRESS"
    members = catalog_members()
    return {**{k: v for k, v in record.items() if k in members}, "Status": status, "RecordErrors": record["RecordErrors"] if over else [],
            "UpdatedTime": record["CreatedTime"]}


def catalog_members() -> Any:
    from emulator import moto_internals as moto
    return moto.service_model("servicecatalog").shape_for("RecordDetail").members


@catalog.op("DescribeRecord")
def record_of(c: Context) -> dict[str, Any]:
    found = c.records("Record").get(c.params["Id"])
    if found is None:
        raise fail("ResourceNotFoundException", f"Record not found: {c.params['Id']}")
    detail = settled(found)
    return {"RecordDetail": detail, "RecordOutputs": found["Outputs"] if detail["Status"] == "SUCCEEDED" else []}


@catalog.op("ListRecordHistory")
def history(c: Context) -> dict[str, Any]:
    """Newest first; of terminated products as well."""
    wanted = c.params.get("SearchFilter") or {}
    field = {"provisionedproduct": "ProvisionedProductId", "product": "ProductId"}.get(wanted.get("Key", "product"))
    if field is None:
        raise fail("InvalidParametersException", "The key of the search filter is product or provisionedproduct.")
    rows = [r for r in visible(c, list(c.records("Record").values())) if wanted.get("Value", r[field]) == r[field]]
    return page(c, [settled(r) for r in reversed(rows)])
