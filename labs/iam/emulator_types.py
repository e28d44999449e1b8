"""IAM's CloudFormation types of people, inline policies and providers, as IAM's own operations."""
from __future__ import annotations

from typing import Any

from emulator.base.iam import IAM, delete_with_policies, documents, inline, managed, quietly, text
from emulator.cfn.declared import cfn_type
from emulator.cfn.types import Found, ResourceType, Work, declare
from emulator.errors import Refused

# ---------------------------------------------------------------- users and groups


def groups(work: Work, value: Any, found: Found) -> None:
    """Groups: [name]"""
    before = set(work.before.get("Groups") or [])
    for name in sorted(before - set(value or [])):
        quietly(work, "RemoveUserFromGroup", GroupName=name, UserName=found["UserName"])
    for name in sorted(set(value or []) - before):
        work.call(IAM, "AddUserToGroup", GroupName=name, UserName=found["UserName"])


def login(work: Work, value: Any, found: Found) -> None:
    if work.before.get("LoginProfile"):
        quietly(work, "DeleteLoginProfile", UserName=found["UserName"])
    if value:
        work.call(IAM, "CreateLoginProfile", UserName=found["UserName"], Password=value["Password"],
                  PasswordResetRequired=str(value.get("PasswordResetRequired", "false")).lower() == "true")


def delete_user(work: Work, found: Found) -> None:
    """What the template put there goes first; keys and devices that somebody added block it, as on AWS."""
    for name in work.properties.get("Groups") or []:
        quietly(work, "RemoveUserFromGroup", GroupName=name, UserName=found["UserName"])
    if work.properties.get("LoginProfile"):
        quietly(work, "DeleteLoginProfile", UserName=found["UserName"])
    delete_with_policies("User")(work, found)


def change_user(work: Work, found: Found, changed: set[str]) -> None:
    name, boundary = found["UserName"], work.properties.get("PermissionsBoundary")
    if "Path" in changed:
        work.call(IAM, "UpdateUser", UserName=name, NewPath=work.properties.get("Path", "/"))
    if "PermissionsBoundary" in changed and boundary:
        work.call(IAM, "PutUserPermissionsBoundary", UserName=name, PermissionsBoundary=boundary)
    elif "PermissionsBoundary" in changed:
        work.call(IAM, "DeleteUserPermissionsBoundary", UserName=name)


def retag_user(work: Work, found: Found, put: dict[str, str], gone: list[str]) -> None:
    if gone:
        work.call(IAM, "UntagUser", UserName=found["UserName"], TagKeys=gone)
    if put:
        work.call(IAM, "TagUser", UserName=found["UserName"], Tags=[{"Key": k, "Value": v} for k, v in put.items()])


cfn_type("AWS::IAM::User", IAM, "CreateUser", delete_user, "UserName", name="UserName", length=64, attrs={"Arn": "Arn"},
         then={"Groups": groups, "LoginProfile": login, "ManagedPolicyArns": managed("User"), "Policies": inline("User")},
         update=change_user, updatable=("Path", "PermissionsBoundary"), retag=retag_user, replace=("UserName",))

cfn_type("AWS::IAM::Group", IAM, "CreateGroup", delete_with_policies("Group"), "GroupName", name="GroupName", length=128, attrs={"Arn": "Arn"}, tags="",
         then={"ManagedPolicyArns": managed("Group"), "Policies": inline("Group")}, replace=("GroupName",),
         update=lambda w, f, changed: w.call(IAM, "UpdateGroup", GroupName=f["GroupName"], NewPath=w.properties.get("Path", "/")) and None,
         updatable=("Path",))


def members(work: Work, value: Any, found: Found) -> None:
    """Users: [name]"""
    before = set(work.before.get("Users") or [])
    for user in sorted(before - set(value or [])):
        quietly(work, "RemoveUserFromGroup", GroupName=found["GroupName"], UserName=user)
    for user in sorted(set(value or []) - before):
        work.call(IAM, "AddUserToGroup", GroupName=found["GroupName"], UserName=user)


def no_members(work: Work, found: Found) -> None:
    for user in work.properties.get("Users") or []:
        quietly(work, "RemoveUserFromGroup", GroupName=found["GroupName"], UserName=user)


cfn_type("AWS::IAM::UserToGroupAddition", IAM, "GetGroup", no_members, lambda f: f"{f['GroupName']}-members", tags="",
         then={"Users": members}, replace=("GroupName",))

# ---------------------------------------------------------------- inline policies of their own

KINDS = {"Roles": "Role", "Users": "User", "Groups": "Group"}


class InlinePolicy(ResourceType):
    """AWS::IAM::Policy: one document inside several holders."""

    name = "AWS::IAM::Policy"

    def create(self, work: Work) -> Found:
        found = {"PolicyName": work.properties["PolicyName"]}
        try:
            return self.update(work, found)
        except Refused:
            self.delete(work, found)
            raise

    def update(self, work: Work, found: Found) -> Found:
        name, document = found["PolicyName"], text(work.properties["PolicyDocument"])
        for prop, kind in KINDS.items():
            now = work.properties.get(prop) or []
            for holder in set(work.before.get(prop) or []) - set(now):
                quietly(work, f"Delete{kind}Policy", PolicyName=name, **{f"{kind}Name": holder})
            for holder in now:
                work.call(IAM, f"Put{kind}Policy", PolicyName=name, PolicyDocument=document, **{f"{kind}Name": holder})
        return found

    def delete(self, work: Work, found: Found) -> None:
        for prop, kind in KINDS.items():
            for holder in work.properties.get(prop) or []:
                quietly(work, f"Delete{kind}Policy", PolicyName=found["PolicyName"], **{f"{kind}Name": holder})

    def physical(self, found: Found) -> str:
        return str(found["PolicyName"])

    def has_attribute(self, name: str) -> bool:
        return False

    def replaces(self, properties: set[str]) -> set[str]:
        return properties & {"PolicyName"}


declare(InlinePolicy())


def holder_of(prop: str, kind: str, name: str) -> None:
    """AWS::IAM::RolePolicy and its like: one inline policy of one holder."""
    def parts(work: Work, found: Found) -> dict[str, Any]:
        return {"PolicyName": work.properties["PolicyName"], prop: work.properties[prop]}

    def put(work: Work, found: Found, changed: set[str]) -> None:
        work.call(IAM, f"Put{kind}Policy", PolicyDocument=text(work.properties["PolicyDocument"]), **parts(work, found))
    cfn_type(name, IAM, f"Put{kind}Policy", lambda w, f: w.call(IAM, f"Delete{kind}Policy", **parts(w, f)) and None,
             lambda f: f"{f['PolicyName']}|{f[prop]}", tags="", reshape=documents("PolicyDocument"), update=put, updatable=("PolicyDocument",),
             replace=("PolicyName", prop))


for kind in KINDS.values():
    holder_of(f"{kind}Name", kind, f"AWS::IAM::{kind}Policy")

# ---------------------------------------------------------------- identity providers


def change_saml(work: Work, found: Found, changed: set[str]) -> None:
    work.call(IAM, "UpdateSAMLProvider", SAMLProviderArn=found["SAMLProviderArn"], SAMLMetadataDocument=work.properties["SamlMetadataDocument"])


cfn_type("AWS::IAM::SAMLProvider", IAM, "CreateSAMLProvider", "DeleteSAMLProvider", "SAMLProviderArn", name="Name", length=128,
         rename={"SamlMetadataDocument": "SAMLMetadataDocument"}, attrs={"Arn": "SAMLProviderArn"}, update=change_saml,
         updatable=("SamlMetadataDocument",), replace=("Name",))


def change_oidc(work: Work, found: Found, changed: set[str]) -> None:
    arn, before, now = found["OpenIDConnectProviderArn"], set(work.before.get("ClientIdList") or []), set(work.properties.get("ClientIdList") or [])
    for client in sorted(now - before):
        work.call(IAM, "AddClientIDToOpenIDConnectProvider", OpenIDConnectProviderArn=arn, ClientID=client)
    for client in sorted(before - now):
        work.call(IAM, "RemoveClientIDFromOpenIDConnectProvider", OpenIDConnectProviderArn=arn, ClientID=client)
    if "ThumbprintList" in changed:
        work.call(IAM, "UpdateOpenIDConnectProviderThumbprint", OpenIDConnectProviderArn=arn, ThumbprintList=work.properties["ThumbprintList"])


cfn_type("AWS::IAM::OIDCProvider", IAM, "CreateOpenIDConnectProvider", "DeleteOpenIDConnectProvider", "OpenIDConnectProviderArn",
         rename={"ClientIdList": "ClientIDList"}, attrs={"Arn": "OpenIDConnectProviderArn"}, update=change_oidc,
         updatable=("ClientIdList", "ThumbprintList"), replace=("Url",))
