"""What a zone answers to a question: by routing policy, by health, through aliases. Asked from Virginia, as AWS does by default."""
from __future__ import annotations

import random
from typing import Any

from emulator.context import Context
from emulator.errors import Refused, fail
from emulator.services import service

route53 = service("route53", regional=False)
Row = dict[str, Any]
# How far from a resolver in Virginia, nearest first: TestDNSAnswer's default place to ask from (API reference, 2026-11-22).
NEAREST = ("us-east-1", "us-east-2", "ca-central-1", "us-west-2", "us-west-1", "mx-central-1", "eu-west-1", "eu-west-2", "eu-west-3", "eu-central-1",
           "eu-north-1", "eu-south-1", "sa-east-1", "ap-northeast-1", "ap-northeast-2", "ap-southeast-1", "ap-southeast-2", "ap-south-1", "af-south-1")
PLACE = ({"CountryCode": "US", "SubdivisionCode": "VA"}, {"CountryCode": "US"}, {"ContinentCode": "NA"}, {"CountryCode": "*"})
LONGEST_CHAIN = 8


def zones(c: Context) -> dict[str, Any]:
    from moto.route53.models import route53_backends
    held: dict[str, Any] = route53_backends[c.account][c.partition].zones
    return held


def sets(c: Context, zone_id: str) -> list[Row]:
    listed = c.call("route53", "ListResourceRecordSets", HostedZoneId=zone_id)
    every = listed["ResourceRecordSets"]
    while listed["IsTruncated"]:
        listed = c.call("route53", "ListResourceRecordSets", HostedZoneId=zone_id, StartRecordName=listed["NextRecordName"],
                        StartRecordType=listed["NextRecordType"],
                        **({"StartRecordIdentifier": listed["NextRecordIdentifier"]} if "NextRecordIdentifier" in listed else {}))
        every += listed["ResourceRecordSets"]
    return [{**r, "Name": r["Name"].replace("\\052", "*")} for r in every]


@route53.op("TestDNSAnswer")
def answer(c: Context) -> dict[str, Any]:
    zone = zones(c).get(c.params["HostedZoneId"].rsplit("/", 1)[-1])
    if zone is None:
        raise fail("NoSuchHostedZone", f"No hosted zone found with ID: {c.params['HostedZoneId']}", 404)
    name, kind = c.params["RecordName"].rstrip(".").lower() + ".", c.params["RecordType"]
    apex = zone.name.rstrip(".").lower() + "."
    if zone.private_zone:
        raise fail("InvalidInput", "TestDNSAnswer supports only public hosted zones.")
    if name != apex and not name.endswith(f".{apex}"):
        raise fail("InvalidInput", f"The record name {name} is not in the zone {apex}")
    if c.params.get("ResolverIP") or c.params.get("EDNS0ClientSubnetIP"):
        raise NotImplementedError("where an address is: the sandbox asks from Virginia only")
    code, data = resolve(c, zone.resource_id, name, kind)
    return {"Nameserver": zone.delegation_set.name_servers[0], "RecordName": name.rstrip("."), "RecordType": kind, "RecordData": data, "ResponseCode": code,
            "Protocol": "UDP"}


def resolve(c: Context, zone_id: str, name: str, kind: str, depth: int = 0) -> tuple[str, list[str]]:
    if depth > LONGEST_CHAIN:
        return "SERVFAIL", []
    every = sets(c, zone_id)
    found = [r for r in every if r["Name"] in (name, wildcard(every, name))]
    for wanted in (kind, "CNAME"):
        same = [r for r in found if r["Type"] == wanted]
        if same:
            return "NOERROR", [v for r in chosen(c, zone_id, same) for v in data(c, zone_id, r, wanted, depth)]
    beneath = any(r["Name"].endswith(f".{name}") for r in every)
    return ("NOERROR" if found or beneath else "NXDOMAIN"), []


def wildcard(every: list[Row], name: str) -> str:
    """The name of the wildcard record that answers for a name that is not there."""
    if any(r["Name"] == name for r in every):
        return name
    labels = name.split(".")
    return next((w for w in (".".join(["*", *labels[i:]]) for i in range(1, len(labels))) if any(r["Name"] == w for r in every)), name)


def data(c: Context, zone_id: str, one: Row, kind: str, depth: int) -> list[str]:
    if one.get("TrafficPolicyInstanceId"):
        raise NotImplementedError("what a traffic policy answers")
    target = one.get("AliasTarget")
    if not target:
        return [v["Value"] for v in one["ResourceRecords"]]
    if target["HostedZoneId"] not in zones(c):
        raise NotImplementedError(f"the addresses of {target['DNSName']}, which AWS alone knows")
    return resolve(c, target["HostedZoneId"], target["DNSName"].rstrip(".").lower() + ".", kind, depth + 1)[1]


# ---------------------------------------------------------------- which of several sets


def chosen(c: Context, zone_id: str, same: list[Row]) -> list[Row]:
    """By the routing policy, among the healthy; where none is healthy all count as healthy."""
    routing = next((r for r in CHOICES if same[0].get(r) is not None), None)
    if routing is None:
        return same[:1]
    if routing == "Failover":
        return failover(c, zone_id, same)
    well = [r for r in same if healthy(c, zone_id, r)] or same
    return CHOICES[routing](well)


def failover(c: Context, zone_id: str, same: list[Row]) -> list[Row]:
    by = {r["Failover"]: r for r in same}
    first, second = by.get("PRIMARY"), by.get("SECONDARY")
    if first and (healthy(c, zone_id, first) or second is None or not healthy(c, zone_id, second)):
        return [first]
    return [second] if second else []


def weighted(well: list[Row]) -> list[Row]:
    weights = [int(r["Weight"]) for r in well]
    return random.choices(well, weights if any(weights) else None)


def latency(well: list[Row]) -> list[Row]:
    return [min(well, key=lambda r: NEAREST.index(r["Region"]) if r["Region"] in NEAREST else len(NEAREST))]


def geolocation(well: list[Row]) -> list[Row]:
    return next(([r] for place in PLACE for r in well if r["GeoLocation"] == place), [])


def several(well: list[Row]) -> list[Row]:
    return random.sample(well, min(len(well), 8))


def by_network(well: list[Row]) -> list[Row]:
    """The address of AWS's resolver is in nobody's collection."""
    return [r for r in well if r["CidrRoutingConfig"].get("LocationName") == "*"][:1]


def by_bias(well: list[Row]) -> list[Row]:
    raise NotImplementedError("how near a place is")


CHOICES: dict[str, Any] = {"Weight": weighted, "Region": latency, "Failover": None, "GeoLocation": geolocation, "MultiValueAnswer": several,
                           "CidrRoutingConfig": by_network, "GeoProximityLocation": by_bias}


def healthy(c: Context, zone_id: str, one: Row) -> bool:
    if one.get("HealthCheckId"):
        try:
            seen = c.call("route53", "GetHealthCheckStatus", HealthCheckId=one["HealthCheckId"])["HealthCheckObservations"]
        except Refused:
            return True  # the check is gone
        if not all(o["StatusReport"]["Status"].startswith("Success") for o in seen):
            return False
    target = one.get("AliasTarget")
    if target and target.get("EvaluateTargetHealth") and target["HostedZoneId"] in zones(c):
        name = target["DNSName"].rstrip(".").lower() + "."
        behind = [r for r in sets(c, target["HostedZoneId"]) if (r["Name"], r["Type"]) == (name, one["Type"])]
        return any(healthy(c, target["HostedZoneId"], r) for r in behind)
    return True
