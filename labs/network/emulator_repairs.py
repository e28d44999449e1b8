"""What moto's VPC lets pass that AWS refuses: things are not deleted under what stands on them."""
from __future__ import annotations

from typing import Any

from emulator.context import Context
from emulator.errors import fail
from emulator.services import service

ec2 = service("ec2")


def backend(c: Context) -> Any:
    """moto's own EC2 of the account and region, imported when somebody asks for it."""
    from moto.ec2.models import ec2_backends
    return ec2_backends[c.account][c.region]


def violation(sentence: str) -> Exception:
    return fail("DependencyViolation", sentence)


def interfaces(c: Context) -> list[Any]:
    return list(backend(c).enis.values())


@ec2.before_moto("DeleteSubnet")
def subnet_free(c: Context) -> None:
    id_ = c.params["SubnetId"]
    if any(eni.subnet_id == id_ for eni in interfaces(c)) or any(n.subnet_id == id_ and n.state != "deleted" for n in backend(c).nat_gateways.values()):
        raise violation(f"The subnet '{id_}' has dependencies and cannot be deleted.")


@ec2.before_moto("DeleteSecurityGroup")
def group_free(c: Context) -> None:
    group = backend(c).get_security_group_from_id(c.params.get("GroupId") or "")
    if group is None:
        return
    if group.name == "default":
        raise fail("CannotDelete", f'the specified group: "{group.id}" name: "default" cannot be deleted by a user')
    used = any(group.id in [g.id for g in eni.group_set] for eni in interfaces(c))
    others = [g for held in backend(c).groups.values() for g in held.values() if g.id != group.id]
    referred = any(rule.source_group.get("GroupId") == group.id for g in others for rule in (*g.ingress_rules, *g.egress_rules))
    if used or referred:
        raise violation(f"resource {group.id} has a dependent object")


@ec2.before_moto("DeleteVpc")
def vpc_free(c: Context) -> None:
    id_, held = c.params["VpcId"], backend(c)
    blocking = [
        any(g.vpc and g.vpc.id == id_ for g in held.internet_gateways.values()),
        any(g.name != "default" for g in held.groups.get(id_, {}).values()),
        any(a.vpc_id == id_ and not a.default for a in held.network_acls.values()),
        any(e.vpc_id == id_ and e.state != "deleted" for e in held.vpc_end_points.values()),
        any(eni.vpc_id == id_ for eni in interfaces(c)),
    ]
    if any(blocking):
        raise violation(f"The vpc '{id_}' has dependencies and cannot be deleted.")


@ec2.after_moto("DeleteVpc")
def acl_too(c: Context, answer: dict[str, Any]) -> None:
    """A VPC's default ACL goes with it."""
    acls = backend(c).network_acls
    for id_ in [a.id for a in acls.values() if a.vpc_id == c.params["VpcId"]]:
        del acls[id_]


@ec2.before_moto("DetachInternetGateway")
def no_public_address(c: Context) -> None:
    id_ = c.params["VpcId"]
    if any(eni.vpc_id == id_ and eni.public_ip for eni in interfaces(c)):
        raise violation(f"Network {id_} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.")


@ec2.before_moto("DeleteRouteTable")
def not_main(c: Context) -> None:
    table = backend(c).route_tables.get(c.params["RouteTableId"])
    if table is not None and table.main_association_id is not None:
        raise violation(f"The routeTable '{table.id}' has dependencies and cannot be deleted.")


@ec2.around_moto("CreateVpcEndpoint")
def a_gateway_if_not_said(c: Context, moto: Any) -> dict[str, Any]:
    """moto cannot delete an endpoint that was made without its type."""
    return moto() if c.params.get("VpcEndpointType") else moto(VpcEndpointType="Gateway")


@ec2.after_moto("DescribeVpcEndpoints")
def living_endpoints(c: Context, answer: dict[str, Any]) -> None:
    """On AWS a deleted endpoint is out of sight after a moment."""
    answer["VpcEndpoints"] = [e for e in answer.get("VpcEndpoints", []) if e.get("State", "").lower() != "deleted"]


@ec2.before_moto("DescribeVpcEndpoints")
def endpoint_there(c: Context) -> None:
    for id_ in c.params.get("VpcEndpointIds") or []:
        found = backend(c).vpc_end_points.get(id_)
        if found is not None and found.state == "deleted":
            raise fail("InvalidVpcEndpointId.NotFound", f"The Vpc Endpoint Id '{id_}' does not exist")
