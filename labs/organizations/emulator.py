"""What moto's Organizations lets pass or leaves behind: who may call, what must be empty first, what a policy may say."""
from __future__ import annotations

import json
from typing import Any

from emulator.context import Context
from emulator.errors import fail
from emulator.services import service

organizations = service("organizations", regional=False)

# What any account of an organization may ask; all else is for the management account.
# https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeOrganization.html, read 2026-11-22
FOR_MEMBERS = {"DescribeOrganization", "LeaveOrganization", "CreateOrganization", "ListHandshakesForAccount", "AcceptHandshake", "DeclineHandshake",
               "DescribeEffectivePolicy"}
# Characters of a policy, and how many of a type hang on one target. SCPs: 10,240 and 10 since 2026-05-15 (5,120 and 5 before);
# https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html, read 2026-11-22
LIMITS = {"SERVICE_CONTROL_POLICY": (10240, 10), "RESOURCE_CONTROL_POLICY": (5120, 5), "TAG_POLICY": (10000, 10), "BACKUP_POLICY": (10000, 10),
          "AISERVICES_OPT_OUT_POLICY": (2500, 5)}


def backend(c: Context) -> Any:
    """moto's own organization of the account, imported when somebody asks for it."""
    from moto.organizations.models import organizations_backends
    return organizations_backends[c.account][c.partition]


def management_of(account: str) -> str | None:
    """The management account of the organization that an account is a member of."""
    from moto.organizations.models import organizations_backends
    found = organizations_backends.master_accounts.get(account)
    return found[0] if found else None


def guarded() -> list[str]:
    from emulator import moto_internals as moto
    return [str(o) for o in moto.service_model("organizations").operation_names if o not in FOR_MEMBERS]


@organizations.before_moto(*guarded())
def management_only(c: Context) -> None:
    """moto answers each account of its own organization, also where it has none."""
    if backend(c).org is not None:
        return
    if management_of(c.account):
        raise fail("AccessDeniedException", "You don't have permissions to access this resource.")
    raise fail("AWSOrganizationsNotInUseException", "Your account is not a member of an organization.")


# ---------------------------------------------------------------- the organization


@organizations.after_moto("CreateOrganization")
def with_policies(c: Context, answer: dict[str, Any]) -> None:
    """An organization with all features comes with SCPs enabled in its root."""
    org = backend(c)
    if org.org.feature_set == "ALL":
        org.ou[0].add_policy_type("SERVICE_CONTROL_POLICY")
    here(org, org.org.master_account_id).joined_method = "INVITED"


def here(org: Any, account: str) -> Any:
    return next(a for a in org.accounts if a.id == account)


@organizations.before_moto("DeleteOrganization")
def empty(c: Context) -> None:
    org = backend(c)
    members = [a for a in org.accounts if a.id != org.org.master_account_id]
    units = [u for u in org.ou if u.type == "ORGANIZATIONAL_UNIT"]
    own = [p for p in org.policies if not p.aws_managed]
    if members or units or own:
        raise fail("OrganizationNotEmptyException", "To delete an organization you must first remove all member accounts, delete all OUs, and delete all policies.")


@organizations.before_moto("CloseAccount", "MoveAccount", "RemoveAccountFromOrganization")
def not_the_management_account(c: Context) -> None:
    if c.params["AccountId"] == backend(c).org.master_account_id:
        code = "MASTER_CANNOT_LEAVE_ORGANIZATION" if c.operation.name.startswith("Remove") else "CANNOT_CLOSE_MANAGEMENT_ACCOUNT"
        if c.operation.name != "MoveAccount":
            raise fail("ConstraintViolationException", f"The management account cannot leave its organization. ({code})")


@organizations.before_moto("MoveAccount")
def from_where_it_is(c: Context) -> None:
    org = backend(c)
    account = next((a for a in org.accounts if a.id == c.params["AccountId"]), None)
    if account is None:
        raise fail("AccountNotFoundException", "You specified an account that doesn't exist.")
    if account.parent_id != c.params["SourceParentId"]:
        raise fail("SourceParentNotFoundException", "We can't find a source root or OU with the ParentId that you specified.")
    if not any(u.id == c.params["DestinationParentId"] for u in org.ou):
        raise fail("DestinationParentNotFoundException", "We can't find the destination container (a root or OU) with the ParentId that you specified.")


# ---------------------------------------------------------------- organizational units


@organizations.before_moto("CreateOrganizationalUnit")
def free_name(c: Context) -> None:
    org, parent = backend(c), c.params["ParentId"]
    if not any(u.id == parent for u in org.ou):
        raise fail("ParentNotFoundException", "You specified parent that doesn't exist.")
    if any(u.parent_id == parent and u.name == c.params["Name"] for u in org.ou):
        raise fail("DuplicateOrganizationalUnitException", "An OU with the same name already exists.")
    depth, at = 1, parent
    while at is not None and not at.startswith("r-"):
        depth, at = depth + 1, next(u.parent_id for u in org.ou if u.id == at)
    if depth > 5:
        raise fail("ConstraintViolationException", "You have exceeded the allowed depth of OUs in the organization. (OU_DEPTH_LIMIT_EXCEEDED)")


@organizations.before_moto("DeleteOrganizationalUnit")
def empty_unit(c: Context) -> None:
    org, id_ = backend(c), c.params["OrganizationalUnitId"]
    if any(x.parent_id == id_ for x in [*org.ou, *org.accounts]):
        raise fail("OrganizationalUnitNotEmptyException", "The specified OU is not empty. Move all accounts to another root or to other OUs, remove all child OUs, and try the operation again.")
    for unit in (u for u in org.ou if u.id == id_):
        for policy in unit.attached_policies:
            policy.attachments.remove(unit)
        unit.attached_policies = []


# ---------------------------------------------------------------- policies


def well_formed(kind: str, content: str) -> None:
    """What Organizations says of a text before it takes it for a policy: that it is one of its type, and not too long."""
    try:
        said = json.loads(content)
    except ValueError:
        raise malformed("it is not JSON") from None
    if not isinstance(said, dict):
        raise malformed("it is no JSON object")
    if kind in ("SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"):
        statements(kind, said)
    elif set(said) != {{"TAG_POLICY": "tags", "BACKUP_POLICY": "plans", "AISERVICES_OPT_OUT_POLICY": "services"}.get(kind, "")}:
        raise malformed(f"a {kind} has one key at its top")
    if len(content) > LIMITS[kind][0]:
        raise fail("ConstraintViolationException", f"You have exceeded the maximum policy size of {LIMITS[kind][0]} characters. (POLICY_CONTENT_LIMIT_EXCEEDED)")


def statements(kind: str, said: dict[str, Any]) -> None:
    known = {"Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition"} | ({"Principal"} if kind.startswith("RESOURCE") else set())
    rows = said.get("Statement")
    rows = [rows] if isinstance(rows, dict) else rows
    if set(said) - {"Version", "Id", "Statement"} or not rows or not isinstance(rows, list):
        raise malformed("it needs a Statement")
    for row in rows:
        wrong = not isinstance(row, dict) or set(row) - known or row.get("Effect") not in ("Allow", "Deny")
        if wrong or ("Action" in row) == ("NotAction" in row) or ("Resource" in row) == ("NotResource" in row):
            raise malformed("a statement has an Effect, one of Action and NotAction, one of Resource and NotResource, and no element that its type does not know")


def malformed(why: str) -> Exception:
    return fail("MalformedPolicyDocumentException", f"The provided policy document does not meet the requirements of the specified policy type: {why}.")


@organizations.around_moto("CreatePolicy")
def create_policy(c: Context, moto: Any) -> dict[str, Any]:
    org, kind = backend(c), c.params["Type"]
    if kind not in LIMITS:
        return moto()  # type: ignore[no-any-return]  # which refuses it
    if org.org.feature_set != "ALL":
        raise fail("PolicyTypeNotAvailableForOrganizationException", "You can't use the specified policy type with the feature set currently enabled for your organization.")
    well_formed(kind, c.params["Content"])
    if any(p.name == c.params["Name"] and p.type == kind for p in org.policies):
        raise fail("DuplicatePolicyException", "A policy with the same name already exists.")
    if kind != "BACKUP_POLICY":
        return dict(moto())
    made: dict[str, Any] = moto(Type="TAG_POLICY")  # moto has no backup policies: a tag policy has the same life
    policy = org.get_policy_by_id(made["Policy"]["PolicySummary"]["Id"])
    policy.type, policy._arn_format = kind, policy._arn_format.replace("tag_policy", "backup_policy")
    return dict(policy.describe())


@organizations.before_moto("UpdatePolicy")
def still_well_formed(c: Context) -> None:
    if c.params.get("Content"):
        well_formed(own_policy(c).type, c.params["Content"])


def own_policy(c: Context) -> Any:
    policy = next((p for p in backend(c).policies if p.id == c.params["PolicyId"]), None)
    if policy is None:
        raise fail("PolicyNotFoundException", "We can't find a policy with the PolicyId that you specified.")
    return policy


@organizations.before_moto("DeletePolicy", "UpdatePolicy")
def not_awss(c: Context) -> None:
    if own_policy(c).aws_managed:
        raise fail("AccessDeniedException", "You cannot change a policy that AWS manages.")


def target(c: Context) -> Any:
    org = backend(c)
    found = next((x for x in [*org.ou, *org.accounts] if x.id == c.params["TargetId"]), None)
    if found is None:
        raise fail("TargetNotFoundException", "We can't find a root, OU, account, or policy with the TargetId that you specified.")
    return found


@organizations.before_moto("AttachPolicy")
def attachable(c: Context) -> None:
    org, at = backend(c), target(c)
    policy = own_policy(c)
    if not any(t["Type"] == policy.type for t in org.ou[0].policy_types):
        raise fail("PolicyTypeNotEnabledException", "The specified policy type isn't currently enabled in this root.")
    if policy in at.attached_policies:
        raise fail("DuplicatePolicyAttachmentException", "The selected policy is already attached to the specified target.")
    most = LIMITS[policy.type][1]
    if sum(1 for p in at.attached_policies if p.type == policy.type) >= most:
        raise fail("ConstraintViolationException", f"The target has {most} policies of this type already. (MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED)")


@organizations.before_moto("DetachPolicy")
def detachable(c: Context) -> None:
    policy, at = own_policy(c), target(c)
    if policy not in at.attached_policies:
        raise fail("PolicyNotAttachedException", "The policy isn't attached to the specified target in the specified root.")
    others = [p for p in at.attached_policies if p.type == policy.type and p is not policy]
    if policy.type == "SERVICE_CONTROL_POLICY" and not others:
        raise fail("ConstraintViolationException", "You can't remove the last SCP from a root, OU, or account. (MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED)")


@organizations.after_moto("DisablePolicyType")
def detached(c: Context, answer: dict[str, Any]) -> None:
    """Disabling a type detaches its policies from everything in the root."""
    org, kind = backend(c), c.params["PolicyType"]
    for at in [*org.ou, *org.accounts]:
        for policy in [p for p in at.attached_policies if p.type == kind and not p.aws_managed]:
            at.attached_policies.remove(policy)
            policy.attachments.remove(at)
