"""IAM's CloudFormation types as IAM's own operations: nothing of a role is lost, and a policy in use is let go of first."""
from __future__ import annotations

import json
from typing import Any

from ..cfn.declared import cfn_type
from ..cfn.types import Found, Work
from ..context import Context
from ..errors import Refused, fail
from ..services import service

IAM = "iam"
iam = service(IAM, regional=False)


def text(document: Any) -> str:
    return document if isinstance(document, str) else json.dumps(document)


def documents(*names: str) -> Any:
    """Reshapes: the properties named hold a document, the parameters its text."""
    return lambda props: {k: text(v) if k in names else v for k, v in props.items()}


# ---------------------------------------------------------------- roles, users, groups: policies inside and attached


def inline(kind: str) -> Any:
    """Policies: [{PolicyName, PolicyDocument}]"""
    def put(work: Work, value: Any, found: Found) -> None:
        who = {f"{kind}Name": found[f"{kind}Name"]}
        wanted = {p["PolicyName"]: p["PolicyDocument"] for p in value or []}
        for name in {p["PolicyName"] for p in work.before.get("Policies") or []} - set(wanted):
            work.call(IAM, f"Delete{kind}Policy", PolicyName=name, **who)
        for name, document in wanted.items():
            work.call(IAM, f"Put{kind}Policy", PolicyName=name, PolicyDocument=text(document), **who)
    return put


def managed(kind: str) -> Any:
    """ManagedPolicyArns: [arn]"""
    def put(work: Work, value: Any, found: Found) -> None:
        who, before = {f"{kind}Name": found[f"{kind}Name"]}, set(work.before.get("ManagedPolicyArns") or [])
        for arn in sorted(before - set(value or [])):
            work.call(IAM, f"Detach{kind}Policy", PolicyArn=arn, **who)
        for arn in sorted(set(value or []) - before):
            work.call(IAM, f"Attach{kind}Policy", PolicyArn=arn, **who)
    return put


def delete_with_policies(kind: str) -> Any:
    """What CloudFormation itself put there goes first; what somebody else attached still blocks the deletion."""
    def delete(work: Work, found: Found) -> None:
        who = {f"{kind}Name": found[f"{kind}Name"]}
        for policy in work.properties.get("Policies") or []:
            quietly(work, f"Delete{kind}Policy", PolicyName=policy["PolicyName"], **who)
        for arn in work.properties.get("ManagedPolicyArns") or []:
            quietly(work, f"Detach{kind}Policy", PolicyArn=arn, **who)
        work.call(IAM, f"Delete{kind}", **who)
    return delete


def quietly(work: Work, operation: str, **params: Any) -> None:
    try:
        work.call(IAM, operation, **params)
    except Refused as error:
        if error.code != "NoSuchEntity":
            raise


def role_tags(work: Work, found: Found, put: dict[str, str], gone: list[str]) -> None:
    if gone:
        work.call(IAM, "UntagRole", RoleName=found["RoleName"], TagKeys=gone)
    if put:
        work.call(IAM, "TagRole", RoleName=found["RoleName"], Tags=[{"Key": k, "Value": v} for k, v in put.items()])


def change_role(work: Work, found: Found, changed: set[str]) -> None:
    name, props = found["RoleName"], work.properties
    if "AssumeRolePolicyDocument" in changed:
        work.call(IAM, "UpdateAssumeRolePolicy", RoleName=name, PolicyDocument=text(props["AssumeRolePolicyDocument"]))
    if changed & {"Description", "MaxSessionDuration"}:
        work.call(IAM, "UpdateRole", RoleName=name, Description=str(props.get("Description", "")),
                  MaxSessionDuration=int(props.get("MaxSessionDuration", 3600)))
    if "PermissionsBoundary" in changed and props.get("PermissionsBoundary"):
        work.call(IAM, "PutRolePermissionsBoundary", RoleName=name, PermissionsBoundary=props["PermissionsBoundary"])
    elif "PermissionsBoundary" in changed:
        work.call(IAM, "DeleteRolePermissionsBoundary", RoleName=name)


def role_now(work: Work, found: Found) -> dict[str, Any] | None:
    try:
        role = work.call(IAM, "GetRole", RoleName=found["RoleName"])["Role"]
    except Refused:
        return None
    attached = work.call(IAM, "ListAttachedRolePolicies", RoleName=found["RoleName"])["AttachedPolicies"]
    return {**role, "ManagedPolicyArns": [p["PolicyArn"] for p in attached]}


cfn_type(
    "AWS::IAM::Role", IAM, "CreateRole", delete_with_policies("Role"), "RoleName", name="RoleName", length=64, attrs={"Arn": "Arn", "RoleId": "RoleId"},
    reshape=documents("AssumeRolePolicyDocument"), then={"ManagedPolicyArns": managed("Role"), "Policies": inline("Role")},
    update=change_role, updatable=("AssumeRolePolicyDocument", "Description", "MaxSessionDuration", "PermissionsBoundary"),
    replace=("Path", "RoleName"), retag=role_tags, reader=role_now,
)

# ---------------------------------------------------------------- instance profiles


def put_roles(work: Work, value: Any, found: Found) -> None:
    before, name = set(work.before.get("Roles") or []), found["InstanceProfileName"]
    for role in sorted(before - set(value or [])):
        work.call(IAM, "RemoveRoleFromInstanceProfile", InstanceProfileName=name, RoleName=role)
    for role in sorted(set(value or []) - before):
        work.call(IAM, "AddRoleToInstanceProfile", InstanceProfileName=name, RoleName=role)


def delete_profile(work: Work, found: Found) -> None:
    name = found["InstanceProfileName"]
    for role in work.call(IAM, "GetInstanceProfile", InstanceProfileName=name)["InstanceProfile"]["Roles"]:
        work.call(IAM, "RemoveRoleFromInstanceProfile", InstanceProfileName=name, RoleName=role["RoleName"])
    work.call(IAM, "DeleteInstanceProfile", InstanceProfileName=name)


cfn_type("AWS::IAM::InstanceProfile", IAM, "CreateInstanceProfile", delete_profile, "InstanceProfileName", name="InstanceProfileName", length=128,
         attrs={"Arn": "Arn"}, then={"Roles": put_roles}, replace=("InstanceProfileName", "Path"))

# ---------------------------------------------------------------- policies


@iam.before_moto("DeletePolicy")
def let_go_of(c: Context) -> None:
    """moto deletes a policy out of the hands of who has it."""
    arn = c.params["PolicyArn"]
    if not c.exists(IAM, "GetPolicy", PolicyArn=arn):
        return
    who = c.call(IAM, "ListEntitiesForPolicy", PolicyArn=arn)
    if who.get("PolicyRoles") or who.get("PolicyUsers") or who.get("PolicyGroups"):
        raise fail("DeleteConflict", "Cannot delete a policy attached to entities.", 409)
    if len(c.call(IAM, "ListPolicyVersions", PolicyArn=arn)["Versions"]) > 1:
        raise fail("DeleteConflict", "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. "
                                     "The default version is deleted with the policy.", 409)


HOLDERS = {"Roles": "Role", "Users": "User", "Groups": "Group"}


def holders(attach: str, detach: str, **by: str) -> Any:
    """For each property with holders: attaches to the new ones, detaches from those that are no longer named."""
    def of(prop: str, kind: str) -> Any:
        def put(work: Work, value: Any, found: Found) -> None:
            before = set(work.before.get(prop) or [])
            which = {k: found[f] for k, f in by.items()}
            for name in sorted(before - set(value or [])):
                quietly(work, detach.format(kind), **{f"{kind}Name": name}, **which)
            for name in sorted(set(value or []) - before):
                work.call(IAM, attach.format(kind), **{f"{kind}Name": name}, **which)
        return put
    return {prop: of(prop, kind) for prop, kind in HOLDERS.items()}


def delete_managed(work: Work, found: Found) -> None:
    arn = found["Arn"]
    for prop, kind in HOLDERS.items():
        for name in work.properties.get(prop) or []:
            quietly(work, f"Detach{kind}Policy", PolicyArn=arn, **{f"{kind}Name": name})
    for version in work.call(IAM, "ListPolicyVersions", PolicyArn=arn)["Versions"]:
        if not version["IsDefaultVersion"]:
            work.call(IAM, "DeletePolicyVersion", PolicyArn=arn, VersionId=version["VersionId"])
    work.call(IAM, "DeletePolicy", PolicyArn=arn)


def new_version(work: Work, found: Found, changed: set[str]) -> None:
    versions = work.call(IAM, "ListPolicyVersions", PolicyArn=found["Arn"])["Versions"]
    if len(versions) >= 5:  # IAM keeps five: CloudFormation makes room as well
        oldest = min((v for v in versions if not v["IsDefaultVersion"]), key=lambda v: v["CreateDate"])
        work.call(IAM, "DeletePolicyVersion", PolicyArn=found["Arn"], VersionId=oldest["VersionId"])
    work.call(IAM, "CreatePolicyVersion", PolicyArn=found["Arn"], PolicyDocument=text(work.properties["PolicyDocument"]), SetAsDefault=True)


cfn_type("AWS::IAM::ManagedPolicy", IAM, "CreatePolicy", delete_managed, "Arn", name="ManagedPolicyName", length=128, tags="",
         rename={"ManagedPolicyName": "PolicyName"}, reshape=documents("PolicyDocument"), then=holders("Attach{}Policy", "Detach{}Policy", PolicyArn="Arn"),
         attrs={"PolicyArn": "Arn", "PolicyId": "PolicyId", "DefaultVersionId": "DefaultVersionId"}, update=new_version,
         updatable=("PolicyDocument",), replace=("ManagedPolicyName", "Description", "Path"))
