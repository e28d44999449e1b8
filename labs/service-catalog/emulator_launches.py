"""Products launched, changed and terminated: real stacks of the sandbox's CloudFormation, by the launch role and within the constraints."""
from __future__ import annotations

import json
from typing import Any

from emulator.base.identity import attached, boundary, name_of, text_of
from emulator.base.policy import Caller, Policies, Request, decide, read
from emulator.cfn.stacks import Stack, find
from emulator.cfn.templates import loaded
from emulator.clock import CLOCK
from emulator.context import Context, make_id, make_uuid, now
from emulator.errors import Refused, fail
from emulator.kinds import Kind
from emulator.services import service
from emulator.state import Record

catalog = service("servicecatalog")
CREATED, PROGRESS = 0.2, 0.6  # seconds of a record in CREATED and IN_PROGRESS; a minute or two on AWS
SERVICE = Caller("servicecatalog.amazonaws.com", "Service")
# What a role needs for the resources of a template, where their ARNs are known beforehand: type -> (action, property with the name, what stands before it)
NEEDED = {"AWS::SQS::Queue": ("sqs:CreateQueue", "QueueName", ""), "AWS::SNS::Topic": ("sns:CreateTopic", "TopicName", ""),
          "AWS::Logs::LogGroup": ("logs:CreateLogGroup", "LogGroupName", "log-group:")}


class Provisioned(Kind):
    """Provisioned products. `After` is what one is when its change is over; GONE ones are taken away when somebody looks."""

    def all(self, c: Context) -> list[Record]:
        table = c.records(self.name)
        for id_, record in list(table.items()):
            over = CLOCK.time() - record["Changed"] >= CREATED + PROGRESS
            record["Status"] = record["After"] if over else "UNDER_CHANGE"
            record["StatusMessage"] = record["Message"] if over else ""
            if record["Status"] == "GONE":
                table.pop(id_)
        return list(table.values())

    def called(self, c: Context, id_: str | None, name: str | None) -> Record:
        if not id_ and not name:
            raise fail("InvalidParametersException", "Either the id or the name of the provisioned product has to be given.")
        for record in self.all(c):
            if id_ in (None, record["Id"]) and name in (None, record["Name"]):
                return record
        raise fail("ResourceNotFoundException", f"Provisioned product not found: {id_ or name}")

    def chosen(self, c: Context) -> Record:
        """Product, version and portfolio that a request names, as far as its caller may launch them."""
        p = c.params
        named = {k: v for k, v in {"Id": p.get("ProductId"), "Name": p.get("ProductName")}.items() if v}
        id_ = c.call("servicecatalog", "DescribeProductAsAdmin", **named)["ProductViewDetail"]["ProductViewSummary"]["ProductId"]
        version = {k: p[k] for k in ("ProvisioningArtifactId", "ProvisioningArtifactName") if p.get(k)}
        artifact = c.records("Artifact")[c.call("servicecatalog", "DescribeProvisioningArtifact", ProductId=id_, **version)["ProvisioningArtifactDetail"]["Id"]]
        if not artifact["Active"]:
            raise fail("ResourceNotFoundException", f"Provisioning artifact {artifact['Id']} is not active.")
        paths = [w for w in c.call("servicecatalog", "ListLaunchPaths", ProductId=id_)["LaunchPathSummaries"]
                 if p.get("PathId", w["Id"]) == w["Id"] and p.get("PathName", w["Name"]) == w["Name"]]
        if not paths:
            raise fail("ResourceNotFoundException", f"No launch paths found for resource: {id_}")
        if len(paths) > 1:
            raise fail("InvalidParametersException", f"There are {len(paths)} launch paths to {id_}: PathId has to say which.")
        portfolio = c.records("Portfolio")["port-" + paths[0]["Id"].removeprefix("lpv3-")]
        return {"Product": c.records("Product")[id_], "Artifact": artifact, "Portfolio": portfolio, "PathId": paths[0]["Id"]}


provisioned = Provisioned(catalog, "Provisioned", "Id")


def constraints(c: Context, launch: Record, kind: str) -> list[dict[str, Any]]:
    held = c.find("Constraint", ProductId=launch["Product"]["Id"], PortfolioId=launch["Portfolio"]["Id"], Type=kind)
    return [json.loads(r["Parameters"]) for r in held]


# ---------------------------------------------------------------- the launch role


def role_of(c: Context, launch: Record) -> str:
    """The ARN of the role that launches, "" where the caller's own rights do."""
    for one in constraints(c, launch, "LAUNCH"):
        return str(one.get("RoleArn") or f"arn:{c.partition}:iam::{c.account}:role/{one['LocalRoleName']}")
    return ""


def assumed(c: Context, arn: str) -> Policies:
    """The role's policies. Raises Refused where Service Catalog may not be that role."""
    try:
        role = c.call("iam", "GetRole", RoleName=name_of(arn))["Role"]
        trust = read(text_of(role["AssumeRolePolicyDocument"]))
        trusted = decide(Request("sts:AssumeRole", arn, caller=SERVICE), Policies(resource=(trust,))).allowed
    except Refused:
        trusted = False
    if not trusted:
        raise fail("AccessDenied", f"Service Catalog cannot assume the launch role {arn}.")
    return Policies(tuple(attached(c, "Role", role["RoleName"])), boundary=boundary(c, role))


def permitted(c: Context, arn: str, action: str, stack: str, template: dict[str, Any] | None = None) -> None:
    """The role may do it to the stack, and make what is in the template."""
    if not arn:
        return
    policies = assumed(c, arn)
    asked = [(f"cloudformation:{action}", c.arn(f"stack/{stack}/{make_uuid()}", "cloudformation"))]
    for logical, about in ((template or {}).get("Resources") or {}).items():
        if about.get("Type") in NEEDED:
            needed, prop, before = NEEDED[about["Type"]]
            name = (about.get("Properties") or {}).get(prop)
            asked.append((needed, c.arn(before + (name if isinstance(name, str) else f"{stack}-{logical}-ABCDEFGHIJKL"), needed.split(":")[0])))
    for needed, resource in asked:
        if not decide(Request(needed, resource), policies).allowed:
            raise fail("AccessDenied", f"User: {arn} is not authorized to perform: {needed} on resource: {resource}")


# ---------------------------------------------------------------- what goes into the stack


def ruled(c: Context, launch: Record) -> str:
    """The version's template with the assertions of its template constraints."""
    rules: dict[str, Any] = {}
    for one in constraints(c, launch, "TEMPLATE"):
        rules |= one["Rules"]
    if not rules:
        return str(launch["Artifact"]["Body"])
    template = loaded(launch["Artifact"]["Body"])
    return json.dumps({**template, "Rules": {**(template.get("Rules") or {}), **rules}}, default=str)


def tags_of(c: Context, launch: Record) -> dict[str, str]:
    """The tags of portfolio and product, the TagOptions, and those of the request. An option of several values has to be chosen from."""
    given = {t["Key"]: t["Value"] for t in c.params.get("Tags") or []}
    out = {t["Key"]: t["Value"] for r in (launch["Portfolio"], launch["Product"]) for t in r.get("Tags") or [] if not t["Key"].startswith("aws:")}
    held = {r["TagOptionId"] for id_ in (launch["Portfolio"]["Id"], launch["Product"]["Id"]) for r in c.find("TagOptionOf", ResourceId=id_)}
    offered: dict[str, list[str]] = {}
    for option in c.records("TagOption").values():
        if option["Id"] in held and option["Active"]:
            offered.setdefault(option["Key"], []).append(option["Value"])
    for key, values in offered.items():
        value = given.get(key, values[0] if len(values) == 1 else None)
        if value not in values:
            raise fail("InvalidParametersException", f"The tag {key} has to be one of {', '.join(values)}.")
        out[key] = value
    return {**out, **given}


def automatic(c: Context, record: Record, launch: Record) -> dict[str, str]:
    """https://docs.aws.amazon.com/servicecatalog/latest/adminguide/autotags.html, read 2026-11-25"""
    said = {"portfolioArn": launch["Portfolio"]["ARN"], "productArn": launch["Product"]["ARN"], "provisioningPrincipalArn": record["UserArn"],
            "provisioningArtifactIdentifier": launch["Artifact"]["Id"], "provisionedProductArn": record["Arn"]}
    return {f"aws:servicecatalog:{k}": v for k, v in said.items()}


# ---------------------------------------------------------------- a change and its record


def begin(c: Context, record: Record, kind: str) -> Record:
    """The record of a change, in which `change` writes what came of it."""
    made: Record = {"RecordId": make_id("rec-", 13), "ProvisionedProductName": record["Name"], "ProvisionedProductId": record["Id"], "RecordType": kind,
                    "ProvisionedProductType": "CFN_STACK", "CreatedTime": now(), "RecordErrors": [], "RecordTags": [], "Since": CLOCK.time(), "Outcome": "SUCCEEDED",
                    "UserArn": record["UserArn"], "Outputs": [],
                    **{k: record[k] for k in ("ProductId", "ProvisioningArtifactId", "PathId", "LaunchRoleArn") if record.get(k)}}
    c.records("Record")[made["RecordId"]] = made
    record["LastRecordId"], record["Changed"] = made["RecordId"], CLOCK.time()
    if kind != "TERMINATE_PROVISIONED_PRODUCT":
        record["LastProvisioningRecordId"] = made["RecordId"]
    return made


def end(record: Record, made: Record, after: str, error: Refused | None = None) -> dict[str, Any]:
    record["After"], record["Message"] = after, ""
    if error:
        record["Message"] = f"AmazonCloudFormationException  {error.message} (Service: AmazonCloudFormation; Status Code: {error.status}; Error Code: {error.code})"
        made["Outcome"], made["RecordErrors"] = "FAILED", [{"Code": error.code, "Description": record["Message"]}]
    elif "LastProvisioningRecordId" in record and made["RecordId"] == record["LastProvisioningRecordId"]:
        record["LastSuccessfulProvisioningRecordId"] = made["RecordId"]
    return {"RecordDetail": {**{k: v for k, v in made.items() if k not in ("Since", "Outcome", "UserArn", "Outputs")}, "Status": "CREATED", "RecordErrors": [],
                             "UpdatedTime": made["CreatedTime"]}}


def why(stack: Stack) -> Refused:
    reasons = [str(e["ResourceStatusReason"]) for e in stack.events if str(e["ResourceStatus"]).endswith("_FAILED") and e.get("ResourceStatusReason")]
    return fail("ValidationError", reasons[-1] if reasons else f"The stack is in {stack.status}.")


def outputs(stack: Stack) -> list[dict[str, str]]:
    own = {"OutputKey": "CloudformationStackARN", "OutputValue": stack.id, "Description": "The ARN of the launched Cloudformation Stack"}
    return [own, *({"OutputKey": o.key, "OutputValue": o.value, "Description": o.description} for o in stack.outputs)]


# ---------------------------------------------------------------- provision, update, terminate


@catalog.op("ProvisionProduct")
def provision(c: Context) -> dict[str, Any]:
    token = c.params.get("ProvisionToken")
    for record in provisioned.all(c):
        if token and record["IdempotencyToken"] == token:
            return {"RecordDetail": c.call("servicecatalog", "DescribeRecord", Id=record["LastRecordId"])["RecordDetail"]}
        if record["Name"] == c.params["ProvisionedProductName"]:
            raise fail("DuplicateResourceException", f"A provisioned product named {record['Name']} exists already.")
    launch, id_ = provisioned.chosen(c), make_id("pp-", 13)
    record: Record = {"Id": id_, "Name": c.params["ProvisionedProductName"], "Arn": c.arn(f"stack/{c.params['ProvisionedProductName']}/{id_}"), "Type": "CFN_STACK",
                      "CreatedTime": now(), "IdempotencyToken": token or make_uuid(), "UserArn": c.call("sts", "GetCallerIdentity")["Arn"], "Stack": f"SC-{c.account}-{id_}"}
    tags = tags_of(c, launch)
    topics = [*(c.params.get("NotificationArns") or []), *(arn for one in constraints(c, launch, "NOTIFICATION") for arn in one["NotificationArns"])]
    adopt(c, record, launch)
    c.records("Provisioned")[id_] = record
    return changed(c, record, launch, "PROVISION_PRODUCT", tags, {"NotificationARNs": topics, "OnFailure": "ROLLBACK"})


def adopt(c: Context, record: Record, launch: Record) -> None:
    record.update({"ProductId": launch["Product"]["Id"], "ProductName": launch["Product"]["Name"], "ProvisioningArtifactId": launch["Artifact"]["Id"],
                   "ProvisioningArtifactName": launch["Artifact"]["Name"], "PathId": launch["PathId"], "LaunchRoleArn": role_of(c, launch)})


def changed(c: Context, record: Record, launch: Record, kind: str, tags: dict[str, str], more: dict[str, Any]) -> dict[str, Any]:
    """Makes or changes the stack; what CloudFormation or the role refuses is told by the record, not by the answer."""
    operation = "CreateStack" if kind == "PROVISION_PRODUCT" else "UpdateStack"
    given = [{"ParameterKey": p["Key"], **({"UsePreviousValue": True} if p.get("UsePreviousValue") else {"ParameterValue": p.get("Value", "")})}
             for p in c.params.get("ProvisioningParameters") or []]
    made, before = begin(c, record, kind), record.get("After")
    try:
        body = ruled(c, launch)
        permitted(c, record["LaunchRoleArn"], operation, record["Stack"], loaded(body))
        capabilities = ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"]
        c.call("cloudformation", operation, StackName=record["Stack"], TemplateBody=body, Parameters=given, Capabilities=capabilities,
               Tags=[{"Key": k, "Value": v} for k, v in tags.items()], **more)
        stack = find(c.at("cloudformation"), record["Stack"])
        stack.tags.update(automatic(c, record, launch))
        record["PhysicalId"] = stack.id
        record["Tags"] = [{"Key": k, "Value": v} for k, v in stack.tags.items()]
        made["Outputs"], made["RecordTags"] = outputs(stack), [{"Key": k, "Value": v} for k, v in tags.items()]
        if stack.status not in ("CREATE_COMPLETE", "UPDATE_COMPLETE"):
            raise why(stack)
    except Refused as error:
        return end(record, made, "TAINTED" if before in ("AVAILABLE", "TAINTED") else "ERROR", error)
    return end(record, made, "AVAILABLE")


def at_rest(record: Record) -> Record:
    if record["Status"] == "UNDER_CHANGE":
        raise fail("InvalidParametersException", f"The provisioned product {record['Name']} is under change.")
    return record


@catalog.op("UpdateProvisionedProduct")
def update(c: Context) -> dict[str, Any]:
    record = at_rest(provisioned.called(c, c.params.get("ProvisionedProductId"), c.params.get("ProvisionedProductName")))
    asked = Context("servicecatalog", c.operation, {"ProductId": record["ProductId"], "ProvisioningArtifactId": record["ProvisioningArtifactId"], **c.params}, c.account, c.region)
    asked.access_key = c.access_key
    if c.params.get("ProvisioningArtifactName") and "ProvisioningArtifactId" not in c.params:
        asked.params.pop("ProvisioningArtifactId")
    launch = provisioned.chosen(asked)
    updates = [one["Properties"]["TagUpdateOnProvisionedProduct"] for one in constraints(c, launch, "RESOURCE_UPDATE")]
    if c.params.get("Tags") and updates != ["ALLOWED"]:
        raise fail("InvalidParametersException", "Tags of the provisioned product cannot be updated: no constraint of the product allows it.")
    held = {t["Key"]: t["Value"] for t in record.get("Tags") or [] if not t["Key"].startswith("aws:")}
    asked.params["Tags"] = [{"Key": k, "Value": v} for k, v in {**held, **{t["Key"]: t["Value"] for t in c.params.get("Tags") or []}}.items()]
    tags = tags_of(asked, launch)
    adopt(c, record, launch)
    return changed(c, record, launch, "UPDATE_PROVISIONED_PRODUCT", tags, {})


@catalog.op("TerminateProvisionedProduct")
def terminate(c: Context) -> dict[str, Any]:
    """The role that launched has to be there still: without it nothing deletes the stack."""
    record = at_rest(provisioned.called(c, c.params.get("ProvisionedProductId"), c.params.get("ProvisionedProductName")))
    made, named = begin(c, record, "TERMINATE_PROVISIONED_PRODUCT"), record.get("PhysicalId")
    try:
        if named and not c.params.get("RetainPhysicalResources"):
            permitted(c, record["LaunchRoleArn"], "DeleteStack", record["Stack"])
            c.call("cloudformation", "DeleteStack", StackName=named)
            stack = find(c.at("cloudformation"), named)
            if stack.alive:
                raise why(stack)
    except Refused as error:
        return end(record, made, "GONE" if c.params.get("IgnoreErrors") else "ERROR" if record.get("After") == "ERROR" else "TAINTED", error)
    return end(record, made, "GONE")
