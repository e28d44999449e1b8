"""Route 53's CloudFormation types as its own operations, those of its resolver included."""
from __future__ import annotations

import copy
import uuid
from typing import Any

from emulator.cfn.convert import parameters
from emulator.cfn.declared import cfn_type
from emulator.cfn.types import Found, NotStabilized, ResourceType, Work, declare
from emulator.errors import Refused

R53 = "route53"


def bare(id_: str) -> str:
    return id_.rsplit("/", 1)[-1]


def reference(props: dict[str, Any]) -> dict[str, Any]:
    return {**props, "CallerReference": str(uuid.uuid4())}


def tag(work: Work, kind: str, id_: str, own: list[dict[str, Any]]) -> None:
    tags = {**work.tags, **{t["Key"]: str(t["Value"]) for t in own}}
    if tags:
        work.call(R53, "ChangeTagsForResource", ResourceType=kind, ResourceId=id_, AddTags=[{"Key": k, "Value": v} for k, v in tags.items()])


def retag(kind: str) -> Any:
    def change(work: Work, found: Found, put: dict[str, str], gone: list[str]) -> None:
        added = {"AddTags": [{"Key": k, "Value": v} for k, v in put.items()]} if put else {}
        removed = {"RemoveTagKeys": gone} if gone else {}
        if put or gone:
            work.call(R53, "ChangeTagsForResource", ResourceType=kind, ResourceId=found["Id"], **added, **removed)
    return change


# ---------------------------------------------------------------- zones


def zone_parameters(props: dict[str, Any]) -> dict[str, Any]:
    vpcs = props.pop("VPCs", None) or []
    return reference({**props, **({"VPC": {"VPCId": vpcs[0]["VPCId"], "VPCRegion": vpcs[0]["VPCRegion"]}} if vpcs else {})})


def zone_made(work: Work, found: Found) -> dict[str, Any]:
    id_ = bare(found["HostedZone"]["Id"])
    tag(work, "hostedzone", id_, work.properties.get("HostedZoneTags") or [])
    for vpc in (work.properties.get("VPCs") or [])[1:]:
        work.call(R53, "AssociateVPCWithHostedZone", HostedZoneId=id_, VPC={"VPCId": vpc["VPCId"], "VPCRegion": vpc["VPCRegion"]})
    return {"Id": id_, "NameServers": (found.get("DelegationSet") or {}).get("NameServers", [])}


def logging(work: Work, value: Any, found: Found) -> None:
    for config in work.call(R53, "ListQueryLoggingConfigs", HostedZoneId=found["Id"])["QueryLoggingConfigs"]:
        work.call(R53, "DeleteQueryLoggingConfig", Id=config["Id"])
    if value:
        work.call(R53, "CreateQueryLoggingConfig", HostedZoneId=found["Id"], CloudWatchLogsLogGroupArn=value["CloudWatchLogsLogGroupArn"])


def change_zone(work: Work, found: Found, changed: set[str]) -> None:
    if "HostedZoneConfig" in changed:
        work.call(R53, "UpdateHostedZoneComment", Id=found["Id"], Comment=(work.properties.get("HostedZoneConfig") or {}).get("Comment", ""))
    before, after = ({(v["VPCId"], v["VPCRegion"]) for v in p.get("VPCs") or []} for p in (work.before, work.properties))
    for operation, vpcs in (("AssociateVPCWithHostedZone", after - before), ("DisassociateVPCFromHostedZone", before - after)):
        for id_, region in sorted(vpcs):
            work.call(R53, operation, HostedZoneId=found["Id"], VPC={"VPCId": id_, "VPCRegion": region})


cfn_type("AWS::Route53::HostedZone", R53, "CreateHostedZone", lambda w, f: w.call(R53, "DeleteHostedZone", Id=f["Id"]) and None, "Id", tags="",
         reshape=zone_parameters, settle=zone_made, attrs={"Id": "Id", "NameServers": "NameServers"}, then={"QueryLoggingConfig": logging},
         ignored=("HostedZoneTags", "HostedZoneFeatures"), update=change_zone, updatable=("HostedZoneConfig", "VPCs"), replace=("Name",),
         retag=retag("hostedzone"))

# ---------------------------------------------------------------- records


def record(props: dict[str, Any]) -> dict[str, Any]:
    """Properties of a record -> a ResourceRecordSet."""
    named = {k: v for k, v in props.items() if k not in ("HostedZoneId", "HostedZoneName", "Comment")}
    if "ResourceRecords" in named:
        named["ResourceRecords"] = [{"Value": v} for v in named["ResourceRecords"]]
    if "AliasTarget" in named:
        named["AliasTarget"] = {"EvaluateTargetHealth": False, **named["AliasTarget"]}
    batch = {"Changes": [{"Action": "CREATE", "ResourceRecordSet": named}]}
    converted = parameters(R53, "ChangeResourceRecordSets", {"HostedZoneId": "Z", "ChangeBatch": batch}, {})
    changed: dict[str, Any] = converted["ChangeBatch"]["Changes"][0]["ResourceRecordSet"]
    return changed


def zone_id(work: Work, props: dict[str, Any]) -> str:
    if props.get("HostedZoneId"):
        return bare(props["HostedZoneId"])
    name = props.get("HostedZoneName", "").rstrip(".") + "."
    found = [z for z in work.call(R53, "ListHostedZones")["HostedZones"] if z["Name"].rstrip(".") + "." == name]
    if len(found) != 1:
        raise NotStabilized(f"No single hosted zone named {name} was found.")
    return bare(found[0]["Id"])


def batch(work: Work, zone: str, *changes: tuple[str, dict[str, Any]]) -> None:
    if changes:
        work.call(R53, "ChangeResourceRecordSets", HostedZoneId=zone,
                  ChangeBatch={"Changes": [{"Action": a, "ResourceRecordSet": r} for a, r in changes]})


class Records(ResourceType):
    """One record, or a group of records that are made in one batch. `found` holds what was made, which a deletion has to name."""

    def __init__(self, name: str, group: bool):
        self.name, self.group = name, group

    def wanted(self, props: dict[str, Any]) -> list[dict[str, Any]]:
        return [record(copy.deepcopy(r)) for r in (props.get("RecordSets") or [] if self.group else [props])]

    def create(self, work: Work) -> Found:
        zone, made = zone_id(work, work.properties), self.wanted(work.properties)
        batch(work, zone, *(("CREATE", r) for r in made))
        return {"Zone": zone, "Made": made, "Id": work.name() if self.group else made[0]["Name"]}

    def update(self, work: Work, found: Found) -> Found:
        wanted = self.wanted(work.properties)
        gone = [r for r in found["Made"] if place(r) not in [place(w) for w in wanted]]
        batch(work, found["Zone"], *(("DELETE", r) for r in gone), *(("UPSERT", r) for r in wanted))
        return {**found, "Made": wanted}

    def delete(self, work: Work, found: Found) -> None:
        """What is gone already is deleted: a record, or its whole zone."""
        for one in found["Made"]:
            try:
                batch(work, found["Zone"], ("DELETE", one))
            except Refused as error:
                if error.code != "NoSuchHostedZone" and "not found" not in error.message:
                    raise

    def physical(self, found: Found) -> str:
        return str(found["Id"])

    def has_attribute(self, name: str) -> bool:
        return False

    def replaces(self, properties: set[str]) -> set[str]:
        return properties & {"HostedZoneId", "HostedZoneName", *(() if self.group else ("Name", "Type"))}


def place(one: dict[str, Any]) -> tuple[str, str, str]:
    return one["Name"].rstrip("."), one["Type"], one.get("SetIdentifier", "")


declare(Records("AWS::Route53::RecordSet", group=False))
declare(Records("AWS::Route53::RecordSetGroup", group=True))

# ---------------------------------------------------------------- health checks


def check_made(work: Work, found: Found) -> dict[str, Any]:
    id_ = found["HealthCheck"]["Id"]
    tag(work, "healthcheck", id_, work.properties.get("HealthCheckTags") or [])
    return {"Id": id_}


def change_check(work: Work, found: Found, changed: set[str]) -> None:
    config = {k: v for k, v in work.properties["HealthCheckConfig"].items() if k not in ("Type", "MeasureLatency", "RequestInterval", "RoutingControlArn")}
    work.call(R53, "UpdateHealthCheck", **parameters(R53, "UpdateHealthCheck", {**config, "HealthCheckId": found["Id"]}, {}))


cfn_type("AWS::Route53::HealthCheck", R53, "CreateHealthCheck", lambda w, f: w.call(R53, "DeleteHealthCheck", HealthCheckId=f["Id"]) and None, "Id", tags="",
         reshape=reference, settle=check_made, attrs={"HealthCheckId": "Id"}, ignored=("HealthCheckTags",), update=change_check,
         updatable=("HealthCheckConfig",), retag=retag("healthcheck"))

# ---------------------------------------------------------------- DNSSEC


def key_gone(work: Work, found: Found) -> None:
    named = {"HostedZoneId": found["HostedZoneId"], "Name": found["Name"]}
    work.call(R53, "DeactivateKeySigningKey", **named)
    work.call(R53, "DeleteKeySigningKey", **named)


def switch_key(work: Work, found: Found, changed: set[str]) -> None:
    work.call(R53, "ActivateKeySigningKey" if work.properties["Status"] == "ACTIVE" else "DeactivateKeySigningKey",
              HostedZoneId=found["HostedZoneId"], Name=found["Name"])


cfn_type("AWS::Route53::KeySigningKey", R53, "CreateKeySigningKey", key_gone, lambda f: f"{bare(f['HostedZoneId'])}|{f['Name']}", tags="", reshape=reference,
         update=switch_key, updatable=("Status",), replace=("HostedZoneId", "Name", "KeyManagementServiceArn"))

cfn_type("AWS::Route53::DNSSEC", R53, "EnableHostedZoneDNSSEC", lambda w, f: w.call(R53, "DisableHostedZoneDNSSEC", HostedZoneId=f["HostedZoneId"]) and None,
         lambda f: bare(f["HostedZoneId"]), tags="", replace=("HostedZoneId",))

# ---------------------------------------------------------------- the resolver

RESOLVER = "route53resolver"


def request_id(props: dict[str, Any]) -> dict[str, Any]:
    return {**{k: v for k, v in props.items() if k != "Tags"}, "CreatorRequestId": str(uuid.uuid4())}


def marked(work: Work, found: Found) -> None:
    """CloudFormation's own tags (aws:) are kept from the resolver's operations: moto refuses them to everybody."""
    own = {**work.tags, **{t["Key"]: str(t["Value"]) for t in work.properties.get("Tags") or []}}
    tags = [{"Key": k, "Value": v} for k, v in own.items() if not k.startswith("aws:")]
    if tags:
        work.call(RESOLVER, "TagResource", ResourceArn=found["Arn"], Tags=tags)


def rule_gone(work: Work, found: Found) -> None:
    work.call(RESOLVER, "DeleteResolverRule", ResolverRuleId=found["Id"])


cfn_type("AWS::Route53Resolver::ResolverEndpoint", RESOLVER, "CreateResolverEndpoint",
         lambda w, f: w.call(RESOLVER, "DeleteResolverEndpoint", ResolverEndpointId=f["Id"]) and None, "Id", tags="", settle=marked, reshape=request_id,
         attrs={n: n for n in ("Arn", "Direction", "HostVPCId", "IpAddressCount", "Name", "ResolverEndpointType")} | {"ResolverEndpointId": "Id"},
         replace=("Direction", "SecurityGroupIds", "OutpostArn", "PreferredInstanceType", "IpAddresses"))

cfn_type("AWS::Route53Resolver::ResolverRule", RESOLVER, "CreateResolverRule", rule_gone, "Id", tags="", settle=marked, reshape=request_id,
         attrs={n: n for n in ("Arn", "DomainName", "Name", "ResolverEndpointId", "TargetIps")} | {"ResolverRuleId": "Id"}, replace=("RuleType",))


def unassociate(work: Work, found: Found) -> None:
    work.call(RESOLVER, "DisassociateResolverRule", VPCId=found["VPCId"], ResolverRuleId=found["ResolverRuleId"])


cfn_type("AWS::Route53Resolver::ResolverRuleAssociation", RESOLVER, "AssociateResolverRule", unassociate, "Id", tags="",
         attrs={n: n for n in ("Name", "ResolverRuleId", "VPCId")} | {"ResolverRuleAssociationId": "Id"}, replace=("Name", "ResolverRuleId", "VPCId"))

cfn_type("AWS::Route53Resolver::ResolverQueryLoggingConfig", RESOLVER, "CreateResolverQueryLogConfig",
         lambda w, f: w.call(RESOLVER, "DeleteResolverQueryLogConfig", ResolverQueryLogConfigId=f["Id"]) and None, "Id", tags="", settle=marked, reshape=request_id,
         name="Name", length=64,
         attrs={n: n for n in ("Arn", "AssociationCount", "CreationTime", "CreatorRequestId", "Id", "OwnerId", "ShareStatus", "Status")},
         replace=("Name", "DestinationArn"))


def stop_logging(work: Work, found: Found) -> None:
    work.call(RESOLVER, "DisassociateResolverQueryLogConfig", ResolverQueryLogConfigId=found["ResolverQueryLogConfigId"], ResourceId=found["ResourceId"])


cfn_type("AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation", RESOLVER, "AssociateResolverQueryLogConfig", stop_logging, "Id", tags="",
         attrs={n: n for n in ("CreationTime", "Error", "ErrorMessage", "Id", "Status")}, replace=("ResolverQueryLogConfigId", "ResourceId"))
