"""Security groups and network ACLs: their CloudFormation types as EC2's own operations, rule by rule."""
from __future__ import annotations

from typing import Any

from emulator.cfn.declared import cfn_type
from emulator.cfn.reading import filtered, first
from emulator.cfn.types import Found, ResourceType, Work, declare
from emulator.context import Context, digest
from emulator.errors import Refused

EC2 = "ec2"
ALL_OUT = {"IpProtocol": "-1", "CidrIp": "0.0.0.0/0"}


def permission(rule: dict[str, Any]) -> dict[str, Any]:
    """A rule of a template -> an IpPermission, its description included."""
    said = {"Description": rule["Description"]} if rule.get("Description") else {}
    out: dict[str, Any] = {"IpProtocol": str(rule["IpProtocol"])}
    for name in ("FromPort", "ToPort"):
        if rule.get(name) is not None and out["IpProtocol"] != "-1":
            out[name] = int(rule[name])
    if rule.get("CidrIp"):
        out["IpRanges"] = [{"CidrIp": rule["CidrIp"], **said}]
    if rule.get("CidrIpv6"):
        out["Ipv6Ranges"] = [{"CidrIpv6": rule["CidrIpv6"], **said}]
    prefix = rule.get("SourcePrefixListId") or rule.get("DestinationPrefixListId")
    if prefix:
        out["PrefixListIds"] = [{"PrefixListId": prefix, **said}]
    group = rule.get("SourceSecurityGroupId") or rule.get("DestinationSecurityGroupId")
    if group:
        owner = {"UserId": rule["SourceSecurityGroupOwnerId"]} if rule.get("SourceSecurityGroupOwnerId") else {}
        out["UserIdGroupPairs"] = [{"GroupId": group, **owner, **said}]
    return out


def rules(direction: str) -> Any:
    """SecurityGroupIngress and SecurityGroupEgress: what is new is authorised, what is gone revoked."""
    prop = f"SecurityGroup{direction}"

    def put(work: Work, value: Any, found: Found) -> None:
        wanted, before = [permission(r) for r in value or []], [permission(r) for r in work.before.get(prop) or []]
        if direction == "Egress" and not work.before.get(prop) and ALL_OUT not in (value or []) and work.properties.get(prop):
            revoke(work, found, direction, permission(ALL_OUT))  # rules of one's own take the place of "everything may leave"
        for old in before:
            if old not in wanted:
                revoke(work, found, direction, old)
        for new in wanted:
            if new not in before:
                authorise(work, found["GroupId"], direction, new)
    return put


def authorise(work: Work, group: str, direction: str, new: dict[str, Any]) -> dict[str, Any]:
    try:
        return work.call(EC2, f"AuthorizeSecurityGroup{direction}", GroupId=group, IpPermissions=[new])
    except Refused as error:
        plain = {k: v for k, v in new.items() if k != "IpRanges"} | {"IpRanges": [{"CidrIp": r["CidrIp"]} for r in new.get("IpRanges", [])]}
        if error.code == "InvalidPermission.Duplicate" and plain == permission(ALL_OUT):
            return {}  # a group is born with it
        raise


def revoke(work: Work, found: Found, direction: str, old: dict[str, Any]) -> None:
    try:
        work.call(EC2, f"RevokeSecurityGroup{direction}", GroupId=found["GroupId"], IpPermissions=[old])
    except Refused as error:
        if "NotFound" not in error.code:
            raise


def group_now(work: Work, found: Found) -> dict[str, Any] | None:
    group = first(work, EC2, "DescribeSecurityGroups", "SecurityGroups", GroupIds=[found["GroupId"]])
    if group is None:
        return None
    out = {"GroupDescription": group["Description"], "GroupName": group["GroupName"], "VpcId": group["VpcId"]}
    for direction, held in (("Ingress", "IpPermissions"), ("Egress", "IpPermissionsEgress")):
        prop = f"SecurityGroup{direction}"
        wanted = work.properties.get(prop) or []
        there = {digest(str(flat_rule(one))) for p in group[held] for one in single(p)}
        same = {digest(str(flat_rule(permission(r)))) for r in wanted} == there
        out[prop] = wanted if same else [flat_rule(one) for p in group[held] for one in single(p)]
    return out


def single(permission: dict[str, Any]) -> list[dict[str, Any]]:
    """An IpPermission with several sources as one for each."""
    base = {k: v for k, v in permission.items() if k in ("IpProtocol", "FromPort", "ToPort")}
    return [{**base, kind: [one]} for kind in ("IpRanges", "Ipv6Ranges", "PrefixListIds", "UserIdGroupPairs") for one in permission.get(kind) or []]


def flat_rule(permission: dict[str, Any]) -> dict[str, Any]:
    out = {k: str(v) for k, v in permission.items() if k in ("IpProtocol", "FromPort", "ToPort")}
    for kind in ("IpRanges", "Ipv6Ranges", "PrefixListIds", "UserIdGroupPairs"):
        for one in permission.get(kind) or []:
            out.update({k: v for k, v in one.items() if k in ("CidrIp", "CidrIpv6", "PrefixListId", "GroupId", "Description")})
    return dict(sorted(out.items()))


cfn_type(
    "AWS::EC2::SecurityGroup", EC2, "CreateSecurityGroup", "DeleteSecurityGroup", "GroupId", name="GroupName", length=255, tag_as="security-group",
    rename={"GroupDescription": "Description"}, ids={"GroupId": "GroupId"}, attrs={"GroupId": "GroupId", "Id": "GroupId"},
    live={"VpcId": lambda c, f: (first(c, EC2, "DescribeSecurityGroups", "SecurityGroups", GroupIds=[f["GroupId"]]) or {}).get("VpcId", "")},
    then={"SecurityGroupIngress": rules("Ingress"), "SecurityGroupEgress": rules("Egress")},
    replace=("GroupDescription", "GroupName", "VpcId"), reader=group_now,
)


def lone_rule(direction: str) -> None:
    """AWS::EC2::SecurityGroupIngress and Egress: one rule of a group that is somebody else's."""
    def reshape(props: dict[str, Any]) -> dict[str, Any]:
        group = {k: props[k] for k in ("GroupId", "GroupName") if k in props}
        return {**group, "IpPermissions": [permission(props)]}

    def rule_id(work: Work, found: Found) -> dict[str, Any]:
        made = found.get("SecurityGroupRules") or [{}]
        return {"Id": made[0].get("SecurityGroupRuleId") or f"sgr-{digest(str(work.properties))[:17]}"}

    def delete(work: Work, found: Found) -> None:
        revoke(work, found, direction, permission(work.properties))

    def describe(work: Work, found: Found, changed: set[str]) -> None:
        work.call(EC2, f"UpdateSecurityGroupRuleDescriptions{direction}", GroupId=found["GroupId"], IpPermissions=[permission(work.properties)])
    other = "Source" if direction == "Ingress" else "Destination"
    cfn_type(f"AWS::EC2::SecurityGroup{direction}", EC2, f"AuthorizeSecurityGroup{direction}", delete, "Id", tags="", reshape=reshape, settle=rule_id,
             attrs={"Id": "Id"}, update=describe, updatable=("Description",),
             replace=("GroupName", "IpProtocol", "ToPort", "CidrIp", "FromPort", "GroupId", "CidrIpv6", f"{other}SecurityGroupId", f"{other}PrefixListId",
                      "SourceSecurityGroupName", "SourceSecurityGroupOwnerId"))


lone_rule("Ingress")
lone_rule("Egress")

# ---------------------------------------------------------------- network ACLs

cfn_type("AWS::EC2::NetworkAcl", EC2, "CreateNetworkAcl", "DeleteNetworkAcl", "NetworkAclId", tag_as="network-acl", attrs={"Id": "NetworkAclId"},
         replace=("VpcId",), reader=lambda w, f: acl_of(w, f["NetworkAclId"]))


def acl_of(at: Work | Context, id_: str) -> dict[str, Any] | None:
    return first(at, EC2, "DescribeNetworkAcls", "NetworkAcls", NetworkAclIds=[id_])


def entry(props: dict[str, Any]) -> dict[str, Any]:
    """Properties of an entry -> parameters; what is not said goes in (Egress false), as CloudFormation has it."""
    return {"Egress": False, **{("IcmpTypeCode" if k == "Icmp" else k): v for k, v in props.items()}}


def replace_entry(work: Work, found: Found, changed: set[str]) -> None:
    from emulator.cfn.convert import parameters
    work.call(EC2, "ReplaceNetworkAclEntry", **parameters(EC2, "ReplaceNetworkAclEntry", entry(work.properties), {}))


def entry_now(work: Work, found: Found) -> dict[str, Any] | None:
    acl = acl_of(work, found["NetworkAclId"])
    if acl is None:
        return None
    same = (e for e in acl["Entries"] if e["RuleNumber"] == found["RuleNumber"] and e["Egress"] == found["Egress"])
    return next(({**e, "NetworkAclId": found["NetworkAclId"]} for e in same), None)


cfn_type("AWS::EC2::NetworkAclEntry", EC2, "CreateNetworkAclEntry", "DeleteNetworkAclEntry", "Id", tags="", reshape=entry,
         settle=lambda w, f: {"Id": f"{w.stack}-{w.logical}-{digest(w.stack_id + w.logical)[:12].upper()}"}, attrs={"Id": "Id"},
         update=replace_entry, updatable=("CidrBlock", "Icmp", "Ipv6CidrBlock", "PortRange", "Protocol", "RuleAction"),
         replace=("Egress", "RuleNumber", "NetworkAclId"), reader=entry_now)


class SubnetAcl(ResourceType):
    """A subnet always has one association: it is replaced here, and given back to the VPC's default ACL at the end."""

    name = "AWS::EC2::SubnetNetworkAclAssociation"

    def of(self, at: Work | Context, subnet: str) -> tuple[str, dict[str, Any]]:
        """(the association's id, the ACL)"""
        acl = first(at, EC2, "DescribeNetworkAcls", "NetworkAcls", Filters=filtered("association.subnet-id", subnet)) or {}
        return next((a["NetworkAclAssociationId"], acl) for a in acl["Associations"] if a["SubnetId"] == subnet)

    def create(self, work: Work) -> Found:
        subnet, acl = work.properties["SubnetId"], work.properties["NetworkAclId"]
        work.call(EC2, "DescribeSubnets", SubnetIds=[subnet])
        made = work.call(EC2, "ReplaceNetworkAclAssociation", AssociationId=self.of(work, subnet)[0], NetworkAclId=acl)
        return {"AssociationId": made["NewAssociationId"], "SubnetId": subnet, "NetworkAclId": acl}

    def delete(self, work: Work, found: Found) -> None:
        if first(work, EC2, "DescribeSubnets", "Subnets", SubnetIds=[found["SubnetId"]]) is None:
            return
        association, acl = self.of(work, found["SubnetId"])
        if acl["NetworkAclId"] != found["NetworkAclId"]:
            return
        chosen = [*filtered("vpc-id", acl["VpcId"]), *filtered("default", "true")]
        default = first(work, EC2, "DescribeNetworkAcls", "NetworkAcls", Filters=chosen)
        if default:
            work.call(EC2, "ReplaceNetworkAclAssociation", AssociationId=association, NetworkAclId=default["NetworkAclId"])

    def physical(self, found: Found) -> str:
        return str(found["AssociationId"])

    def has_attribute(self, name: str) -> bool:
        return name == "AssociationId"

    def attribute(self, context: Context, found: Found, name: str) -> Any:
        return found[name]

    def replaces(self, properties: set[str]) -> set[str]:
        return properties

    def read(self, work: Work, found: Found) -> dict[str, Any] | None:
        if first(work, EC2, "DescribeSubnets", "Subnets", SubnetIds=[found["SubnetId"]]) is None:
            return None
        return {"SubnetId": found["SubnetId"], "NetworkAclId": self.of(work, found["SubnetId"])[1]["NetworkAclId"]}


declare(SubnetAcl())
