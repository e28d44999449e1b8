"""Resource Access Manager: what moto lacks of a share once it is made, and the filters that it does not look at."""
from __future__ import annotations

from typing import Any

from emulator.context import Context, now
from emulator.errors import fail
from emulator.pages import page
from emulator.services import service
from emulator.tagging import OTHERS

ram = service("ram")
SHARE = "ram:resource-share"


def shares(account: str, region: str) -> list[Any]:
    """moto's own shares, imported when somebody asks for them."""
    from moto.ram.models import ram_backends
    return list(ram_backends[account][region].resource_shares)


def share(c: Context, arn: str) -> Any:
    if not arn.startswith("arn:") or ":resource-share/" not in arn:
        raise fail("MalformedArnException", f"The specified resource share ARN {arn} is not valid. Verify the ARN and try again.")
    found = next((s for s in shares(c.account, c.region) if s.arn == arn and s.status != "DELETED"), None)
    if found is None:
        raise fail("UnknownResourceException", f"ResourceShare {arn} could not be found.")
    return found


def tags_of(one: Any) -> dict[str, str]:
    return one.__dict__.setdefault("tags", {})


def tagged(account: str, region: str) -> Any:
    for one in shares(account, region):
        if one.status == "ACTIVE":
            yield one.arn, SHARE, tags_of(one)


OTHERS.append(tagged)

# ---------------------------------------------------------------- shares


@ram.before_moto("CreateResourceShare")
def what_is_there(c: Context) -> None:
    for arn in c.params.get("resourceArns") or []:
        exists(c, arn)


def exists(c: Context, arn: str) -> None:
    """Only what the account has can be shared; of the kinds that the sandbox can look up."""
    if ":prefix-list/" in arn and not c.exists("ec2", "DescribeManagedPrefixLists", PrefixListIds=[arn.rsplit("/", 1)[-1]]):
        raise fail("UnknownResourceException", f"Resource {arn} could not be found.")


@ram.after_moto("CreateResourceShare")
def with_tags(c: Context, answer: dict[str, Any]) -> None:
    made = share(c, answer["resourceShare"]["resourceShareArn"])
    tags_of(made).update({t["key"]: t["value"] for t in c.params.get("tags") or []})


@ram.after_moto("GetResourceShares")
def chosen(c: Context, answer: dict[str, Any]) -> dict[str, Any]:
    asked, rows = c.params, answer.get("resourceShares", [])
    by_arn = {s.arn: s for s in shares(c.account, c.region)}
    for row in rows:
        row["tags"] = [{"key": k, "value": v} for k, v in tags_of(by_arn[row["resourceShareArn"]]).items()]
    for arn in asked.get("resourceShareArns") or []:
        if arn not in by_arn:
            raise fail("UnknownResourceException", f"ResourceShare {arn} could not be found.")
    rows = [r for r in rows if not asked.get("resourceShareArns") or r["resourceShareArn"] in asked["resourceShareArns"]]
    rows = [r for r in rows if r["name"] == asked.get("name", r["name"]) and r["status"] == asked.get("resourceShareStatus", r["status"])]
    for one in asked.get("tagFilters") or []:
        rows = [r for r in rows if any(t["key"] == one["tagKey"] and (not one.get("tagValues") or t["value"] in one["tagValues"]) for t in r["tags"])]
    return page(c, rows, "resourceShareArn")


@ram.after_moto("DeleteResourceShare")
def let_go(c: Context, answer: dict[str, Any]) -> None:
    for one in shares(c.account, c.region):
        if one.arn == c.params["resourceShareArn"]:
            one.principals, one.resource_arns = [], []


# ---------------------------------------------------------------- what is in a share, and who has it


def association(one: Any, entity: str, kind: str, status: str) -> dict[str, Any]:
    return {"resourceShareArn": one.arn, "resourceShareName": one.name, "associatedEntity": entity, "associationType": kind, "status": status,
            "creationTime": now(), "lastUpdatedTime": now(), "external": False}


def both(c: Context) -> list[tuple[str, str]]:
    every = [("RESOURCE", a) for a in c.params.get("resourceArns") or []] + [("PRINCIPAL", p) for p in c.params.get("principals") or []]
    if not every:
        raise fail("InvalidParameterException", "Specify at least one resource or principal.")
    return every


@ram.op("AssociateResourceShare")
def associate(c: Context) -> dict[str, Any]:
    one, every = share(c, c.params["resourceShareArn"]), both(c)
    for kind, entity in every:
        if kind == "RESOURCE":
            exists(c, entity)
            one.add_resources([entity] if entity not in one.resource_arns else [])
        else:
            one.add_principals([entity] if entity not in one.principals else [])
    return {"resourceShareAssociations": [association(one, entity, kind, "ASSOCIATING") for kind, entity in every]}


@ram.op("DisassociateResourceShare")
def disassociate(c: Context) -> dict[str, Any]:
    one, every = share(c, c.params["resourceShareArn"]), both(c)
    for kind, entity in every:
        held = one.resource_arns if kind == "RESOURCE" else one.principals
        if entity not in held:
            raise fail("UnknownResourceException", f"{entity} is not associated with ResourceShare {one.arn}.")
        held.remove(entity)
    return {"resourceShareAssociations": [association(one, entity, kind, "DISASSOCIATING") for kind, entity in every]}


@ram.after_moto("GetResourceShareAssociations")
def as_they_are(c: Context, answer: dict[str, Any]) -> dict[str, Any]:
    """moto gives each the status that was asked for. Here all are associated."""
    rows = answer.get("resourceShareAssociations", []) if c.params.get("associationStatus", "ASSOCIATED") == "ASSOCIATED" else []
    return page(c, rows, "associatedEntity")


def own(c: Context) -> list[Any]:
    """The shares that a listing is about. Nobody shares anything with this account here."""
    for arn in c.params.get("resourceShareArns") or []:
        share(c, arn)
    if c.params["resourceOwner"] != "SELF":
        return []
    asked = c.params.get("resourceShareArns")
    return [s for s in shares(c.account, c.region) if s.status == "ACTIVE" and (not asked or s.arn in asked)]


def type_of(arn: str) -> str:
    from moto.ram.utils import RAM_RESOURCE_TYPES
    name, kind = arn.split(":")[2], arn.split(":", 5)[5].split("/")[0].split(":")[0].replace("-", "")
    return next((t["resourceType"] for t in RAM_RESOURCE_TYPES if t["resourceType"].lower() == f"{name}:{kind}"), f"{name}:{kind}")


@ram.op("ListResources")
def resources(c: Context) -> dict[str, Any]:
    asked = c.params
    rows = [{"arn": a, "type": type_of(a), "resourceShareArn": s.arn, "creationTime": s.creation_time, "lastUpdatedTime": s.last_updated_time,
             "resourceRegionScope": "REGIONAL"} for s in own(c) for a in s.resource_arns if not asked.get("principal") or asked["principal"] in s.principals]
    rows = [r for r in rows if r["arn"] in (asked.get("resourceArns") or [r["arn"]]) and r["type"].lower() == asked.get("resourceType", r["type"]).lower()]
    return page(c, rows, "arn")


def holds(one: Any, kind: str) -> bool:
    return not kind or any(type_of(a).lower() == kind.lower() for a in one.resource_arns)


@ram.op("ListPrincipals")
def principals(c: Context) -> dict[str, Any]:
    asked = c.params
    rows = [{"id": p, "resourceShareArn": s.arn, "creationTime": s.creation_time, "lastUpdatedTime": s.last_updated_time, "external": False}
            for s in own(c) for p in s.principals if asked.get("resourceArn", "") in ("", *s.resource_arns) and holds(s, asked.get("resourceType", ""))]
    return page(c, [r for r in rows if r["id"] in (asked.get("principals") or [r["id"]])], "id")


@ram.op("TagResource")
def tag(c: Context) -> dict[str, Any]:
    tags_of(share(c, named(c))).update({t["key"]: t["value"] for t in c.params["tags"]})
    return {}


@ram.op("UntagResource")
def untag(c: Context) -> dict[str, Any]:
    for key in c.params["tagKeys"]:
        tags_of(share(c, named(c))).pop(key, None)
    return {}


def named(c: Context) -> str:
    arn = c.params.get("resourceShareArn") or c.params.get("resourceArn")
    if not arn:
        raise fail("InvalidParameterException", "Specify the ARN of a resource share.")
    return str(arn)


# ---------------------------------------------------------------- prefix lists


@service("ec2").after_moto("DescribeManagedPrefixLists")
def all_that_were_named(c: Context, answer: dict[str, Any]) -> None:
    found = {one["PrefixListId"] for one in answer.get("PrefixLists", [])}
    for id_ in c.params.get("PrefixListIds") or []:
        if id_ not in found:
            raise fail("InvalidPrefixListID.NotFound", f"The prefix list ID '{id_}' does not exist")


tagging = service("resourcegroupstaggingapi")


@tagging.after_moto("GetResources")
def as_ec2_spells_it(c: Context, answer: dict[str, Any]) -> None:
    """moto calls the type "managed-prefix-lists"; in EC2's own ARNs it is "prefix-list"."""
    for row in answer.get("ResourceTagMappingList", []):
        row["ResourceARN"] = row["ResourceARN"].replace(":managed-prefix-lists/", ":prefix-list/")
