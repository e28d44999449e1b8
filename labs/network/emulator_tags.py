"""Tags of EC2's things: the added kinds in EC2's own tag operations, and in the tagging API what moto does not show there."""
from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from emulator import moto_internals, tagging
from emulator.context import Context, partition_of
from emulator.errors import fail
from emulator.filters import like
from emulator.services import SERVICES, service
from emulator.state import Record

ec2 = service("ec2")


def ours(c: Context) -> Iterator[tuple[str, str, Record]]:
    """(id, resource type, record) of every record of an added kind of EC2's that can be tagged."""
    for kind in SERVICES["ec2"].kinds.values():
        for record in c.records(kind.name, "ec2").values():
            id_ = next((v for k, v in record.items() if k.endswith("Id") and kind.arn and isinstance(v, str) and v and v in record[kind.arn]), None)
            yield id_ or str(record.get("GroupId", record[kind.key])), kind.type.removeprefix("ec2:"), record


@ec2.around_moto("CreateTags", "DeleteTags")
def tag(c: Context, moto: Any) -> dict[str, Any]:
    wanted = c.params.get("Resources") or []
    mine = {id_: record for id_, _, record in ours(c) if id_ in wanted}
    for record in mine.values():
        tags = {t["Key"]: t["Value"] for t in record.get("Tags") or []}
        for one in c.params.get("Tags") or []:
            if c.operation.name == "CreateTags":
                tags[one["Key"]] = one.get("Value", "")
            elif one.get("Value") in (None, tags.get(one["Key"])):
                tags.pop(one["Key"], None)
        record["Tags"] = [{"Key": k, "Value": v} for k, v in tags.items()]
    rest = [r for r in wanted if r not in mine]
    return {} if mine and not rest else moto(Resources=rest) if mine else moto()


@ec2.after_moto("DescribeTags", when=lambda c: next(ours(c), None))
def tags_too(c: Context, answer: dict[str, Any]) -> None:
    wanted = {f["Name"]: f.get("Values") or [] for f in c.params.get("Filters") or []}
    for id_, kind, record in ours(c):
        for one in record.get("Tags") or []:
            row = {"ResourceId": id_, "ResourceType": kind, **one}
            said = {"resource-id": id_, "resource-type": kind, "key": one["Key"], "value": one["Value"], f"tag:{one['Key']}": one["Value"]}
            if all(any(like(v, said.get(name, "")) for v in values) for name, values in wanted.items()):
                c.emulated = True
                answer.setdefault("Tags", []).append(row)


@ec2.before_moto("CreateTags")
def not_reserved(c: Context) -> None:
    """CloudFormation's own tags come from within."""
    reserved = [t["Key"] for t in c.params.get("Tags") or [] if t["Key"].lower().startswith("aws:")]
    if reserved and not c.within:
        raise fail("InvalidParameterValue", f"Tag keys starting with 'aws:' are reserved for internal use: {reserved[0]}")


# ---------------------------------------------------------------- the tagging API

# Type in the ARN -> where moto's EC2 keeps them. (Those that moto's own tagging API shows are not here.)
KEPT = {
    "carrier-gateway": "carrier_gateways", "dedicated-host": "hosts", "dhcp-options": "dhcp_options_sets",
    "egress-only-internet-gateway": "egress_only_internet_gateways", "elastic-ip": "addresses", "fleet": "fleets", "key-pair": "key_pairs",
    "launch-template": "launch_templates", "network-acl": "network_acls", "vpc-endpoint": "vpc_end_points", "vpn-gateway": "vpn_gateways",
}


def not_shown_by_moto(account: str, region: str) -> Iterator[tuple[str, str, dict[str, str]]]:
    """(ARN, type, tags) of every living thing of these kinds."""
    held = moto_internals.in_use("ec2", account, region)
    if held is None:
        return
    partition = partition_of(region)
    for kind, name in KEPT.items():
        things = getattr(held, name)
        for thing in list(things.values() if isinstance(things, dict) else things):
            if thing.id and str(getattr(thing, "state", "")).lower() not in ("deleted", "released"):
                yield f"arn:{partition}:ec2:{region}:{account}:{kind}/{thing.id}", f"ec2:{kind}", held.tags.get(thing.id, {})


tagging.OTHERS.append(not_shown_by_moto)
