"""What moto lacks of a VPC: its CloudFormation types as EC2's own operations, and what deleting them takes along."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from emulator.cfn.declared import cfn_type
from emulator.cfn.reading import filtered, first
from emulator.cfn.types import Found, NotStabilized, ResourceType, Work, declare
from emulator.context import Context
from emulator.errors import Refused, fail

EC2 = "ec2"


def switch(attribute: str) -> Any:
    """A VPC attribute that is set by an operation of its own."""
    def set_to(work: Work, value: Any, found: Found) -> None:
        if value is not None:
            work.call(EC2, "ModifyVpcAttribute", VpcId=found["VpcId"], **{attribute: {"Value": yes(value)}})
    return set_to


def yes(value: Any) -> bool:
    return str(value).lower() == "true"


def vpc_now(work: Work, found: Found) -> dict[str, Any] | None:
    vpc = first(work, EC2, "DescribeVpcs", "Vpcs", VpcIds=[found["VpcId"]])
    if vpc is None:
        return None
    for name in ("EnableDnsHostnames", "EnableDnsSupport"):
        said = work.call(EC2, "DescribeVpcAttribute", VpcId=found["VpcId"], Attribute=name[:1].lower() + name[1:])
        vpc[name] = said[name]["Value"]
    return vpc


cfn_type(
    "AWS::EC2::VPC", EC2, "CreateVpc", "DeleteVpc", "VpcId", tag_as="vpc", reader=vpc_now,
    attrs={"VpcId": "VpcId", "CidrBlock": "CidrBlock"},
    live={
        "DefaultSecurityGroup": lambda c, f: default_of(c, "DescribeSecurityGroups", "SecurityGroups", f, "group-name")["GroupId"],
        "DefaultNetworkAcl": lambda c, f: default_of(c, "DescribeNetworkAcls", "NetworkAcls", f, "default")["NetworkAclId"],
        "CidrBlockAssociations": lambda c, f: [a["AssociationId"] for a in shown(c, "DescribeVpcs", "Vpcs", VpcIds=[f["VpcId"]])["CidrBlockAssociationSet"]],
        "Ipv6CidrBlocks": lambda c, f: [a["Ipv6CidrBlock"] for a in shown(c, "DescribeVpcs", "Vpcs", VpcIds=[f["VpcId"]])
                                        .get("Ipv6CidrBlockAssociationSet", [])],
    },
    then={"EnableDnsSupport": switch("EnableDnsSupport"), "EnableDnsHostnames": switch("EnableDnsHostnames")},
    replace=("CidrBlock", "Ipv4IpamPoolId", "Ipv4NetmaskLength", "InstanceTenancy", "VpcEncryptionControl"),
)


def shown(c: Context, operation: str, rows: str, **params: Any) -> dict[str, Any]:
    found = first(c, EC2, operation, rows, **params)
    if found is None:
        raise KeyError(operation)
    return found


def default_of(c: Context, operation: str, rows: str, found: Found, name: str) -> dict[str, Any]:
    chosen = [*filtered("vpc-id", found["VpcId"]), *filtered(name, "default" if name == "group-name" else "true")]
    return shown(c, operation, rows, Filters=chosen)


# ---------------------------------------------------------------- subnets


def subnet_switch(attribute: str) -> Any:
    def set_to(work: Work, value: Any, found: Found) -> None:
        if value is not None:
            work.call(EC2, "ModifySubnetAttribute", SubnetId=found["SubnetId"], **{attribute: {"Value": yes(value)}})
    return set_to


def acl_association(c: Context, found: Found) -> str:
    acl = shown(c, "DescribeNetworkAcls", "NetworkAcls", Filters=filtered("association.subnet-id", found["SubnetId"]))
    return str(next(a["NetworkAclAssociationId"] for a in acl["Associations"] if a["SubnetId"] == found["SubnetId"]))


cfn_type(
    "AWS::EC2::Subnet", EC2, "CreateSubnet", "DeleteSubnet", "SubnetId", tag_as="subnet",
    reader=lambda w, f: first(w, EC2, "DescribeSubnets", "Subnets", SubnetIds=[f["SubnetId"]]),
    attrs={"SubnetId": "SubnetId", "AvailabilityZone": "AvailabilityZone", "AvailabilityZoneId": "AvailabilityZoneId", "CidrBlock": "CidrBlock",
           "VpcId": "VpcId", "Ipv6CidrBlocks": lambda f: [], "OutpostArn": lambda f: ""},
    live={"NetworkAclAssociationId": acl_association},
    then={"MapPublicIpOnLaunch": subnet_switch("MapPublicIpOnLaunch"), "AssignIpv6AddressOnCreation": subnet_switch("AssignIpv6AddressOnCreation")},
    replace=("VpcId", "AvailabilityZone", "AvailabilityZoneId", "CidrBlock", "OutpostArn", "Ipv6Native", "Ipv4IpamPoolId", "Ipv4NetmaskLength",
             "Ipv6IpamPoolId", "Ipv6NetmaskLength", "Ipv6CidrBlock"),
)

# ---------------------------------------------------------------- gateways


def delete_gateway(work: Work, found: Found) -> None:
    work.call(EC2, "DeleteInternetGateway", InternetGatewayId=found["InternetGatewayId"])


cfn_type("AWS::EC2::InternetGateway", EC2, "CreateInternetGateway", delete_gateway, "InternetGatewayId", tag_as="internet-gateway",
         attrs={"InternetGatewayId": "InternetGatewayId"},
         reader=lambda w, f: first(w, EC2, "DescribeInternetGateways", "InternetGateways", InternetGatewayIds=[f["InternetGatewayId"]]))


@dataclass(frozen=True)
class Gateway:
    """The two kinds of gateway that a VPC is attached to, each with operations of its own."""

    kind: str
    member: str
    attach: str
    detach: str
    describe: str
    shown: str
    held: str


GATEWAYS = (
    Gateway("IGW", "InternetGatewayId", "AttachInternetGateway", "DetachInternetGateway", "DescribeInternetGateways", "InternetGateways", "Attachments"),
    Gateway("VGW", "VpnGatewayId", "AttachVpnGateway", "DetachVpnGateway", "DescribeVpnGateways", "VpnGateways", "VpcAttachments"),
)


class GatewayAttachment(ResourceType):
    """AWS::EC2::VPCGatewayAttachment: an internet gateway or a virtual private gateway, and exactly one of them."""

    name = "AWS::EC2::VPCGatewayAttachment"

    def check(self, properties: dict[str, Any]) -> None:
        strange = set(properties) - {"VpcId", *(g.member for g in GATEWAYS)}
        if strange:
            raise fail("ValidationError", f"Encountered unsupported property {min(strange)}")

    def create(self, work: Work) -> Found:
        given = [g for g in GATEWAYS if work.properties.get(g.member)]
        if len(given) != 1:
            raise NotStabilized("You must specify either InternetGatewayId or VpnGatewayId, but not both.")
        found = {"VpcId": work.properties["VpcId"], given[0].member: work.properties[given[0].member]}
        work.call(EC2, given[0].attach, **found)
        return found

    def of(self, found: Found) -> Gateway:
        return next(g for g in GATEWAYS if g.member in found)

    def delete(self, work: Work, found: Found) -> None:
        try:
            work.call(EC2, self.of(found).detach, **found)
        except Refused as error:
            if "NotFound" not in error.code and error.code != "Gateway.NotAttached":  # detached by hand already
                raise

    def update(self, work: Work, found: Found) -> Found:
        self.delete(work, found)
        return self.create(work)

    def physical(self, found: Found) -> str:
        return f"{self.of(found).kind}|{found['VpcId']}"

    def has_attribute(self, name: str) -> bool:
        return name == "AttachmentType"

    def attribute(self, context: Context, found: Found, name: str) -> Any:
        return self.of(found).kind

    def replaces(self, properties: set[str]) -> set[str]:
        return properties & {"VpcId"}

    def read(self, work: Work, found: Found) -> dict[str, Any] | None:
        which = self.of(found)
        gateway = first(work, EC2, which.describe, which.shown, **{f"{which.member}s": [found[which.member]]}) or {}
        there = [a for a in gateway.get(which.held, []) if a["VpcId"] == found["VpcId"] and a.get("State") in ("available", "attached")]
        return dict(found) if there else None


declare(GatewayAttachment())

# ---------------------------------------------------------------- routes


def table_now(work: Work, found: Found) -> dict[str, Any] | None:
    return first(work, EC2, "DescribeRouteTables", "RouteTables", RouteTableIds=[found["RouteTableId"]])


cfn_type("AWS::EC2::RouteTable", EC2, "CreateRouteTable", "DeleteRouteTable", "RouteTableId", tag_as="route-table",
         attrs={"RouteTableId": "RouteTableId"}, replace=("VpcId",), reader=table_now)

DESTINATIONS = ("DestinationCidrBlock", "DestinationIpv6CidrBlock", "DestinationPrefixListId")
TARGETS = ("GatewayId", "NatGatewayId", "InstanceId", "NetworkInterfaceId", "EgressOnlyInternetGatewayId", "TransitGatewayId", "VpcEndpointId",
           "VpcPeeringConnectionId", "CarrierGatewayId", "LocalGatewayId", "CoreNetworkArn")


def destination(found: Found) -> str:
    return str(next(found[d] for d in DESTINATIONS if found.get(d)))


def delete_route(work: Work, found: Found) -> None:
    chosen = {d: found[d] for d in DESTINATIONS if found.get(d)}
    work.call(EC2, "DeleteRoute", RouteTableId=found["RouteTableId"], **chosen)


def other_target(work: Work, found: Found, changed: set[str]) -> None:
    named = {k: v for k, v in work.properties.items() if k in (*DESTINATIONS, *TARGETS, "RouteTableId")}
    work.call(EC2, "ReplaceRoute", **named)


def route_now(work: Work, found: Found) -> dict[str, Any] | None:
    table = table_now(work, found)
    if table is None:
        return None
    route = next((r for r in table["Routes"] if destination(found) in r.values()), None)
    return {**route, "RouteTableId": found["RouteTableId"]} if route else None


cfn_type("AWS::EC2::Route", EC2, "CreateRoute", delete_route, lambda f: f"{f['RouteTableId']}|{destination(f)}", tags="",
         attrs={"CidrBlock": destination}, update=other_target, updatable=TARGETS, replace=("RouteTableId", *DESTINATIONS), reader=route_now)


def association_now(work: Work, found: Found) -> dict[str, Any] | None:
    table = first(work, EC2, "DescribeRouteTables", "RouteTables", Filters=filtered("association.route-table-association-id", found["AssociationId"]))
    return next((a for a in table["Associations"] if a["RouteTableAssociationId"] == found["AssociationId"]), None) if table else None


cfn_type("AWS::EC2::SubnetRouteTableAssociation", EC2, "AssociateRouteTable", "DisassociateRouteTable", "AssociationId", tags="",
         attrs={"Id": "AssociationId"}, replace=("SubnetId", "RouteTableId"), reader=association_now)

# ---------------------------------------------------------------- endpoints


def delete_endpoint(work: Work, found: Found) -> None:
    answer = work.call(EC2, "DeleteVpcEndpoints", VpcEndpointIds=[found["VpcEndpointId"]])
    for failed in answer.get("Unsuccessful") or []:
        if "NotFound" not in failed["Error"]["Code"]:
            raise NotStabilized(failed["Error"]["Message"])


def change_endpoint(work: Work, found: Found, changed: set[str]) -> None:
    params: dict[str, Any] = {}
    for prop, member in (("RouteTableIds", "RouteTableId"), ("SubnetIds", "SubnetId"), ("SecurityGroupIds", "SecurityGroupId")):
        before, after = set(work.before.get(prop) or []), set(work.properties.get(prop) or [])
        params[f"Add{member}s"], params[f"Remove{member}s"] = sorted(after - before), sorted(before - after)
    if "PolicyDocument" in changed:
        import json
        params["PolicyDocument"] = json.dumps(work.properties.get("PolicyDocument") or {})
    if "PrivateDnsEnabled" in changed:
        params["PrivateDnsEnabled"] = yes(work.properties.get("PrivateDnsEnabled"))
    work.call(EC2, "ModifyVpcEndpoint", VpcEndpointId=found["VpcEndpointId"], **{k: v for k, v in params.items() if v not in ([], None)})


cfn_type(
    "AWS::EC2::VPCEndpoint", EC2, "CreateVpcEndpoint", delete_endpoint, "VpcEndpointId", tag_as="vpc-endpoint",
    attrs={"Id": "VpcEndpointId", "CreationTimestamp": lambda f: str(f.get("CreationTimestamp", "")),
           "DnsEntries": lambda f: [f"{d.get('HostedZoneId', '')}:{d['DnsName']}" for d in f.get("DnsEntries", [])],
           "NetworkInterfaceIds": lambda f: f.get("NetworkInterfaceIds", [])},
    update=change_endpoint, updatable=("RouteTableIds", "SubnetIds", "SecurityGroupIds", "PolicyDocument", "PrivateDnsEnabled"),
    replace=("ServiceName", "VpcEndpointType", "VpcId", "ServiceNetworkArn", "ResourceConfigurationArn", "ServiceRegion"),
    reader=lambda w, f: first(w, EC2, "DescribeVpcEndpoints", "VpcEndpoints", VpcEndpointIds=[f["VpcEndpointId"]]),
)

# ---------------------------------------------------------------- parameters, by which the labs name each other's things


def put_again(work: Work, found: Found, changed: set[str]) -> None:
    kept = {k: v for k, v in work.properties.items() if k not in ("Tags", "Name")}
    work.call("ssm", "PutParameter", Name=found["Name"], Overwrite=True, **kept)
    found.update(kept)


def tag_parameter(work: Work, found: Found, put: dict[str, str], gone: list[str]) -> None:
    named = {"ResourceType": "Parameter", "ResourceId": found["Name"]}
    if gone:
        work.call("ssm", "RemoveTagsFromResource", **named, TagKeys=gone)
    if put:
        work.call("ssm", "AddTagsToResource", **named, Tags=[{"Key": k, "Value": v} for k, v in put.items()])


def parameter_now(work: Work, found: Found) -> dict[str, Any] | None:
    try:
        return work.call("ssm", "GetParameter", Name=found["Name"])["Parameter"]
    except Refused:
        return None


cfn_type("AWS::SSM::Parameter", "ssm", "PutParameter", "DeleteParameter", "Name", name="Name", length=512, attrs={"Type": "Type", "Value": "Value"},
         update=put_again, replace=("Name",), retag=tag_parameter, reader=parameter_now)
