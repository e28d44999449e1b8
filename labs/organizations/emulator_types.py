"""The CloudFormation types of Organizations, Resource Access Manager, Budgets and Cost Explorer, as those services' operations."""
from __future__ import annotations

import json
from typing import Any

from emulator.cfn.declared import cfn_type
from emulator.cfn.types import Found, Work

ORG = "organizations"


# ---------------------------------------------------------------- organizations


def rooted(work: Work, found: Found) -> dict[str, Any]:
    return {"RootId": work.call(ORG, "ListRoots")["Roots"][0]["Id"]}


cfn_type("AWS::Organizations::Organization", ORG, "CreateOrganization", lambda w, f: w.call(ORG, "DeleteOrganization") and None, "Id", tags="", settle=rooted,
         attrs={"Arn": "Arn", "Id": "Id", "RootId": "RootId", "ManagementAccountId": "MasterAccountId", "ManagementAccountArn": "MasterAccountArn",
                "ManagementAccountEmail": "MasterAccountEmail"})


def rename_unit(work: Work, found: Found, changed: set[str]) -> None:
    work.call(ORG, "UpdateOrganizationalUnit", OrganizationalUnitId=found["Id"], Name=work.properties["Name"])


def retag(work: Work, found: Found, put: dict[str, str], gone: list[str]) -> None:
    if gone:
        work.call(ORG, "UntagResource", ResourceId=found["Id"], TagKeys=gone)
    if put:
        work.call(ORG, "TagResource", ResourceId=found["Id"], Tags=[{"Key": k, "Value": v} for k, v in put.items()])


cfn_type("AWS::Organizations::OrganizationalUnit", ORG, "CreateOrganizationalUnit", "DeleteOrganizationalUnit", "Id", ids={"OrganizationalUnitId": "Id"},
         attrs={"Arn": "Arn", "Id": "Id"}, update=rename_unit, updatable=("Name",), replace=("ParentId",), retag=retag)


def summary(work: Work, found: Found) -> dict[str, Any]:
    return dict(found["PolicySummary"])


def attach(work: Work, value: Any, found: Found) -> None:
    before, after = set(work.before.get("TargetIds") or []), set(value or [])
    for id_ in sorted(before - after):
        work.call(ORG, "DetachPolicy", PolicyId=found["Id"], TargetId=id_)
    for id_ in sorted(after - before):
        work.call(ORG, "AttachPolicy", PolicyId=found["Id"], TargetId=id_)


def delete_policy(work: Work, found: Found) -> None:
    id_ = found.get("Id") or found["PolicySummary"]["Id"]
    for target in work.call(ORG, "ListTargetsForPolicy", PolicyId=id_)["Targets"]:
        work.call(ORG, "DetachPolicy", PolicyId=id_, TargetId=target["TargetId"])
    work.call(ORG, "DeletePolicy", PolicyId=id_)


def change_policy(work: Work, found: Found, changed: set[str]) -> None:
    props = work.properties
    work.call(ORG, "UpdatePolicy", PolicyId=found["Id"], Name=props["Name"], Description=props.get("Description", ""), Content=text(props["Content"]))


def text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))


def described(props: dict[str, Any]) -> dict[str, Any]:
    return {"Description": "", **props, "Content": text(props["Content"])}


cfn_type("AWS::Organizations::Policy", ORG, "CreatePolicy", delete_policy, "Id", reshape=described, settle=summary, then={"TargetIds": attach},
         attrs={"Arn": "Arn", "Id": "Id", "AwsManaged": "AwsManaged"}, update=change_policy, updatable=("Content", "Description", "Name"), replace=("Type",),
         retag=retag)

# ---------------------------------------------------------------- sharing


def entries(work: Work, found: Found, changed: set[str]) -> None:
    """A new version of the list: what is gone from it, what has come."""
    id_ = found["PrefixListId"]
    before = {e["Cidr"] for e in work.before.get("Entries") or []}
    after = {e["Cidr"]: e for e in work.properties.get("Entries") or []}
    at = work.call("ec2", "DescribeManagedPrefixLists", PrefixListIds=[id_])["PrefixLists"][0]
    work.call("ec2", "ModifyManagedPrefixList", PrefixListId=id_, CurrentVersion=at["Version"], PrefixListName=work.properties["PrefixListName"],
              RemoveEntries=[{"Cidr": c} for c in sorted(before - set(after))], AddEntries=[e for c, e in after.items() if c not in before])


cfn_type("AWS::EC2::PrefixList", "ec2", "CreateManagedPrefixList", "DeleteManagedPrefixList", "PrefixListId", tag_as="prefix-list",
         attrs={"Arn": "PrefixListArn", "PrefixListId": "PrefixListId", "OwnerId": "OwnerId", "Version": "Version"}, update=entries,
         updatable=("Entries", "PrefixListName"), replace=("AddressFamily", "MaxEntries"))


def share_tags(work: Work, found: Found, put: dict[str, str], gone: list[str]) -> None:
    arn = found["resourceShareArn"]
    if gone:
        work.call("ram", "UntagResource", resourceShareArn=arn, tagKeys=gone)
    if put:
        work.call("ram", "TagResource", resourceShareArn=arn, tags=[{"key": k, "value": v} for k, v in put.items()])


def tagged_share(work: Work, found: Found) -> dict[str, Any]:
    """The share's tags: RAM spells them key and value."""
    every = {**work.tags, **{t["Key"]: t["Value"] for t in work.properties.get("Tags") or []}}
    share_tags(work, found, every, [])
    return {}


def reassociate(work: Work, found: Found, changed: set[str]) -> None:
    arn = found["resourceShareArn"]
    for prop, member in {"ResourceArns": "resourceArns", "Principals": "principals"}.items():
        before, after = set(work.before.get(prop) or []), set(work.properties.get(prop) or [])
        if before - after:
            work.call("ram", "DisassociateResourceShare", resourceShareArn=arn, **{member: sorted(before - after)})
        if after - before:
            work.call("ram", "AssociateResourceShare", resourceShareArn=arn, **{member: sorted(after - before)})


def untagged(props: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in props.items() if k != "Tags"}


cfn_type("AWS::RAM::ResourceShare", "ram", "CreateResourceShare", "DeleteResourceShare", "resourceShareArn", tags="", reshape=untagged, settle=tagged_share,
         attrs={"Arn": "resourceShareArn"}, update=reassociate, updatable=("ResourceArns", "Principals"))

# ---------------------------------------------------------------- billing


def budget_of(work: Work, found: Found) -> dict[str, Any]:
    every = {**work.tags, **{t["Key"]: t["Value"] for t in work.properties.get("ResourceTags") or []}}
    arn = work.context.arn(f"budget/{found['Budget']['BudgetName']}", "budgets").replace(f":{work.context.region}:", "::")
    if every:
        work.call("budgets", "TagResource", ResourceARN=arn, ResourceTags=[{"Key": k, "Value": v} for k, v in every.items()])
    return {"BudgetName": found["Budget"]["BudgetName"]}


def delete_budget(work: Work, found: Found) -> None:
    work.call("budgets", "DeleteBudget", AccountId=work.context.account, BudgetName=found["Budget"]["BudgetName"])


def spelled(props: dict[str, Any]) -> dict[str, Any]:
    """CloudFormation takes an amount as a number, the API as a text."""
    out = json.loads(json.dumps(untagged({k: v for k, v in props.items() if k != "ResourceTags"})))
    budget = out["Budget"]
    for limit in [budget.get("BudgetLimit"), *(budget.get("PlannedBudgetLimits") or {}).values()]:
        if limit:
            limit["Amount"] = str(limit["Amount"])
    return dict(out)


cfn_type("AWS::Budgets::Budget", "budgets", "CreateBudget", delete_budget, "BudgetName", tags="", reshape=spelled, settle=budget_of,
         replace=("Budget", "NotificationsWithSubscribers", "ResourceTags"))


def ruled(props: dict[str, Any]) -> dict[str, Any]:
    return {k: json.loads(v) if k in ("Rules", "SplitChargeRules") else v for k, v in untagged(props).items()}


def change_rules(work: Work, found: Found, changed: set[str]) -> None:
    work.call("ce", "UpdateCostCategoryDefinition", CostCategoryArn=found["CostCategoryArn"], **{k: v for k, v in ruled(work.properties).items() if k != "Name"})


def tagged_category(work: Work, found: Found) -> dict[str, Any]:
    every = {**work.tags, **{t["Key"]: t["Value"] for t in work.properties.get("Tags") or []}}
    if every:
        work.call("ce", "TagResource", ResourceArn=found["CostCategoryArn"], ResourceTags=[{"Key": k, "Value": v} for k, v in every.items()])
    return {}


cfn_type("AWS::CE::CostCategory", "ce", "CreateCostCategoryDefinition", "DeleteCostCategoryDefinition", "CostCategoryArn", tags="", reshape=ruled,
         settle=tagged_category, attrs={"Arn": "CostCategoryArn", "EffectiveStart": "EffectiveStart"}, update=change_rules,
         updatable=("Rules", "RuleVersion", "DefaultValue", "SplitChargeRules"), replace=("Name",))
