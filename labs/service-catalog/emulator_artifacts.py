"""The versions of a product: each a template, copied when the version is made."""
from __future__ import annotations

from typing import Any

from emulator.cfn.fetching import fetched
from emulator.cfn.templates import parse
from emulator.context import Context, make_id, now
from emulator.errors import Refused, fail
from emulator.kinds import Kind
from emulator.services import service
from emulator.shapes import project
from emulator.state import Record

catalog = service("servicecatalog")
STACK = "ImportFromPhysicalId"
URL = "LoadTemplateFromURL"


class Artifacts(Kind):
    """A version keeps its template's text: what lies at the URL later changes nothing."""

    def begun(self, c: Context, product: str, given: dict[str, Any]) -> dict[str, Any]:
        """What is shown of the new version."""
        info = given.get("Info") or {}
        body = template_of(c, info)
        if not given.get("DisableTemplateValidation"):
            try:
                parse(body)
            except Refused as error:
                raise fail("InvalidParametersException", f"Invalid templateBody. Template validation failed: {error.message}") from None
        shown = {"TemplateUrl": info[URL]} if URL in info else {STACK: info[STACK]}
        record: Record = {"Id": make_id("pa-", 13), "ProductId": product, "Name": given.get("Name") or "", "Type": given.get("Type") or "CLOUD_FORMATION_TEMPLATE",
                          "CreatedTime": now(), "Active": True, "Guidance": "DEFAULT", "Info": shown, "Body": body}
        if given.get("Description"):
            record["Description"] = given["Description"]
        c.records("Artifact")[record["Id"]] = record
        return shown_of(c, record)


artifacts = Artifacts(catalog, "Artifact", "Id", missing=("ResourceNotFoundException", "{} was not found."))


def template_of(c: Context, info: dict[str, str]) -> str:
    if (URL in info) == (STACK in info):
        raise fail("InvalidParametersException", f"Info takes one of {URL} and {STACK}.")
    try:
        if STACK in info:
            return str(c.call("cloudformation", "GetTemplate", StackName=info[STACK], TemplateStage="Original")["TemplateBody"])
        return fetched(c, info[URL], URL)
    except Refused as error:
        raise fail("InvalidParametersException", f"The template could not be read: {error.message}") from None


def shown_of(c: Context, record: Record) -> dict[str, Any]:
    """The detail alone, whatever operation asks."""
    shape = catalog_shape()
    return project(shape, record, 1)


def catalog_shape() -> Any:
    from emulator import moto_internals as moto
    return moto.service_model("servicecatalog").shape_for("ProvisioningArtifactDetail")


@catalog.op("CreateProvisioningArtifact")
def create(c: Context) -> dict[str, Any]:
    product = c.params["ProductId"]
    c.call("servicecatalog", "DescribeProductAsAdmin", Id=product)
    token = c.params.get("IdempotencyToken")
    before = c.find("Artifact", Token=token) if token else []
    shown = shown_of(c, before[0]) if before else artifacts.begun(c, product, c.params["Parameters"])
    record = c.records("Artifact")[shown["Id"]]
    record["Token"] = token
    return {"ProvisioningArtifactDetail": shown, "Info": record["Info"], "Status": "CREATING"}


def one(c: Context) -> Record:
    """By id or name of the version, and of its product where that is said."""
    p = c.params
    if not (p.get("ProvisioningArtifactId") or p.get("ProvisioningArtifactName")):
        raise fail("InvalidParametersException", "Either ProvisioningArtifactId or ProvisioningArtifactName has to be given.")
    product = p.get("ProductId")
    if p.get("ProductId") or p.get("ProductName"):
        named = {k: v for k, v in {"Id": p.get("ProductId"), "Name": p.get("ProductName")}.items() if v}
        product = c.call("servicecatalog", "DescribeProductAsAdmin", **named)["ProductViewDetail"]["ProductViewSummary"]["ProductId"]
    for record in c.records("Artifact").values():
        if product in (None, record["ProductId"]) and p.get("ProvisioningArtifactId", record["Id"]) == record["Id"] \
                and p.get("ProvisioningArtifactName", record["Name"]) == record["Name"]:
            return record
    raise artifacts.not_found(p.get("ProvisioningArtifactId") or p.get("ProvisioningArtifactName"))


@catalog.op("DescribeProvisioningArtifact")
def describe(c: Context) -> dict[str, Any]:
    record = one(c)
    return {"ProvisioningArtifactDetail": shown_of(c, record), "Info": record["Info"], "Status": "AVAILABLE"}


@catalog.op("ListProvisioningArtifacts")
def every(c: Context) -> dict[str, Any]:
    """All at once: the operation has no pages, although its answer could name one."""
    c.call("servicecatalog", "DescribeProductAsAdmin", Id=c.params["ProductId"])
    return {"ProvisioningArtifactDetails": [shown_of(c, r) for r in c.find("Artifact", ProductId=c.params["ProductId"])]}


@catalog.op("UpdateProvisioningArtifact")
def update(c: Context) -> dict[str, Any]:
    record = c.records("Artifact").get(c.params["ProvisioningArtifactId"])
    if record is None or record["ProductId"] != c.params["ProductId"]:
        raise artifacts.not_found(c.params["ProvisioningArtifactId"])
    record.update({k: c.params[k] for k in ("Name", "Description", "Active", "Guidance") if c.params.get(k) is not None})
    return {"ProvisioningArtifactDetail": shown_of(c, record), "Info": record["Info"], "Status": "AVAILABLE"}


@catalog.op("DeleteProvisioningArtifact")
def delete(c: Context) -> dict[str, Any]:
    record = c.records("Artifact").get(c.params["ProvisioningArtifactId"])
    if record is None or record["ProductId"] != c.params["ProductId"]:
        raise artifacts.not_found(c.params["ProvisioningArtifactId"])
    if len(c.find("Artifact", ProductId=record["ProductId"])) == 1:
        raise fail("ResourceInUseException", "A product keeps its last version: delete the product.")
    c.records("Artifact").pop(record["Id"])
    return {}
