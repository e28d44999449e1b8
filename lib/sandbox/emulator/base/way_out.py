"""Has an instance a way out to AWS's own services over HTTPS? Read off the network that EC2 shows."""
from __future__ import annotations

from typing import Any

from ..context import Context

ANYWHERE = "0.0.0.0/0"


def way_out(c: Context, instance: dict[str, Any], service: str) -> bool:
    """Can it call the service: by an endpoint in its VPC, a NAT gateway, or the internet gateway and an address of its own?"""
    vpc, subnet = instance.get("VpcId"), instance.get("SubnetId")
    if not vpc or not lets_out(c, instance):
        return False
    endpoints = c.call("ec2", "DescribeVpcEndpoints", Filters=[{"Name": "vpc-id", "Values": [vpc]}]).get("VpcEndpoints", [])
    if any(e["ServiceName"] == f"com.amazonaws.{c.region}.{service}" for e in endpoints):
        return True
    routes = table_of(c, vpc, subnet or "").get("Routes", [])
    default: dict[str, Any] = next((r for r in routes if r.get("DestinationCidrBlock") == ANYWHERE), {})
    if default.get("GatewayId", "").startswith("igw-") or in_default_subnet(c, subnet or ""):
        return bool(instance.get("PublicIpAddress"))
    return any(default.get(k) for k in ("NatGatewayId", "TransitGatewayId", "InstanceId", "NetworkInterfaceId"))


def lets_out(c: Context, instance: dict[str, Any]) -> bool:
    """Does a security group allow HTTPS to somewhere? moto shows none where the VPC's default one is meant, which does."""
    ids = [g["GroupId"] for g in instance.get("SecurityGroups", [])]
    if not ids:
        return True
    groups = c.call("ec2", "DescribeSecurityGroups", GroupIds=ids)["SecurityGroups"]
    rules = [r for g in groups for r in g.get("IpPermissionsEgress", [])]
    return any(r["IpProtocol"] == "-1" or (r["IpProtocol"] == "tcp" and r.get("FromPort", 0) <= 443 <= r.get("ToPort", 65535)) for r in rules)


def table_of(c: Context, vpc: str, subnet: str) -> dict[str, Any]:
    tables = c.call("ec2", "DescribeRouteTables", Filters=[{"Name": "vpc-id", "Values": [vpc]}])["RouteTables"]

    def holds(table: dict[str, Any], member: str, value: Any) -> bool:
        return any(a.get(member) == value for a in table.get("Associations", []))
    own = next((t for t in tables if holds(t, "SubnetId", subnet)), None)
    return own or next((t for t in tables if holds(t, "Main", True)), {})


def in_default_subnet(c: Context, subnet: str) -> bool:
    """moto's default VPC has no internet gateway; AWS's has."""
    found = c.call("ec2", "DescribeSubnets", SubnetIds=[subnet])["Subnets"] if subnet else []
    return any(s.get("DefaultForAz") for s in found)
