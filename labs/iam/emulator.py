"""What moto lacks of IAM's users and groups: permissions boundaries of users, and what stands in the way of a deletion."""
from __future__ import annotations

from typing import Any

from emulator.context import Context
from emulator.errors import fail
from emulator.services import service

iam = service("iam", regional=False)


def backend(c: Context) -> Any:
    from moto.iam.models import iam_backends
    return iam_backends[c.account][c.partition]


# ---------------------------------------------------------------- permissions boundaries of users


@iam.op("PutUserPermissionsBoundary")
def put_boundary(c: Context) -> dict[str, Any]:
    bound(c, c.params["UserName"], c.params["PermissionsBoundary"])
    return {}


def bound(c: Context, user: str, arn: str) -> None:
    c.call("iam", "GetUser", UserName=user)
    if not c.exists("iam", "GetPolicy", PolicyArn=arn):
        raise fail("NoSuchEntity", f"Scope ARN: {arn} does not exist or is not attachable.", 404)
    c.records("UserBoundary")[user] = {"UserName": user, "PermissionsBoundaryArn": arn}


@iam.op("DeleteUserPermissionsBoundary")
def delete_boundary(c: Context) -> dict[str, Any]:
    c.call("iam", "GetUser", UserName=c.params["UserName"])
    if not c.records("UserBoundary").pop(c.params["UserName"], None):
        raise fail("NoSuchEntity", f"User {c.params['UserName']} does not have a permissions boundary.", 404)
    return {}


def with_boundary(c: Context, user: dict[str, Any]) -> None:
    known = c.records("UserBoundary").get(user["UserName"])
    if known:
        user["PermissionsBoundary"] = {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": known["PermissionsBoundaryArn"]}


@iam.around_moto("CreateUser")
def create_user(c: Context, moto: Any) -> dict[str, Any]:
    """moto keeps no boundary, and takes two users whose names differ in case only for two."""
    taken = c.call("iam", "ListUsers")["Users"]
    if any(u["UserName"].lower() == c.params["UserName"].lower() for u in taken):
        raise fail("EntityAlreadyExists", f"User with name {c.params['UserName']} already exists.", 409)
    arn = c.params.get("PermissionsBoundary")
    if arn and not c.exists("iam", "GetPolicy", PolicyArn=arn):
        raise fail("NoSuchEntity", f"Scope ARN: {arn} does not exist or is not attachable.", 404)
    answer: dict[str, Any] = moto(PermissionsBoundary=None)
    if arn:
        bound(c, c.params["UserName"], arn)
    with_boundary(c, answer["User"])
    return answer


@iam.after_moto("GetUser")
def get_user(c: Context, answer: dict[str, Any]) -> None:
    with_boundary(c, answer["User"])


@iam.before_moto("DeletePolicy")
def is_no_boundary(c: Context) -> None:
    """A policy that bounds somebody cannot be deleted."""
    arn = c.params["PolicyArn"]
    roles = any(role.permissions_boundary_arn == arn for role in backend(c).roles.values())  # no list tells it
    if roles or c.find("UserBoundary", PermissionsBoundaryArn=arn):
        raise fail("DeleteConflict", "Cannot delete a policy attached to entities.", 409)


# ---------------------------------------------------------------- deletions

IN_THE_WAY = {  # what a user still has -> what AWS says has to go first
    "ListAccessKeys": ("AccessKeyMetadata", "must delete access keys first"), "ListMFADevices": ("MFADevices", "must delete MFA device first"),
    "ListGroupsForUser": ("Groups", "must remove users from group first"), "ListSSHPublicKeys": ("SSHPublicKeys", "must delete SSH public keys first"),
    "ListSigningCertificates": ("Certificates", "must delete signing certificates first"),
}


@iam.before_moto("DeleteUser")
def user_is_bare(c: Context) -> None:
    name = c.params["UserName"]
    if not c.exists("iam", "GetUser", UserName=name):
        return  # moto says so
    for operation, (member, told) in IN_THE_WAY.items():
        if c.call("iam", operation, UserName=name).get(member):
            raise fail("DeleteConflict", f"Cannot delete entity, {told}.", 409)
    if c.exists("iam", "GetLoginProfile", UserName=name):
        raise fail("DeleteConflict", "Cannot delete entity, must delete login profile first.", 409)


@iam.around_moto("DeleteUser")
def delete_user(c: Context, moto: Any) -> dict[str, Any]:
    answer: dict[str, Any] = moto()
    c.records("UserBoundary").pop(c.params["UserName"], None)
    return answer


@iam.before_moto("DeleteGroup")
def group_is_bare(c: Context) -> None:
    name = c.params["GroupName"]
    if not c.exists("iam", "GetGroup", GroupName=name):
        return
    if c.call("iam", "GetGroup", GroupName=name).get("Users"):
        raise fail("DeleteConflict", "Cannot delete entity, must remove users from group first.", 409)
    if c.call("iam", "ListAttachedGroupPolicies", GroupName=name).get("AttachedPolicies"):
        raise fail("DeleteConflict", "Cannot delete entity, must detach all policies first.", 409)
    if c.call("iam", "ListGroupPolicies", GroupName=name).get("PolicyNames"):
        raise fail("DeleteConflict", "Cannot delete entity, must delete policies first.", 409)
