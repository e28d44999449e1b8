"""Traffic policies: versions of a document, and the records (instances) that follow one of them."""
from __future__ import annotations

import json
from typing import Any

from emulator.context import Context, make_uuid
from emulator.errors import fail
from emulator.kinds import States
from emulator.clock import CLOCK
from emulator.services import service
from emulator.state import Record

route53 = service("route53", regional=False)
FORMATS = ("2015-10-01", "2023-05-09")
RULES = ("failover", "geo", "geoproximity", "latency", "multivalue", "weighted", "cidr")
APPLIED = States("State", (("Creating", 1.0),), "Applied")
MOST_VERSIONS = 1000
POLICY = ("Id", "Version", "Name", "Type", "Document", "Comment")
INSTANCE = ("Id", "HostedZoneId", "Name", "TTL", "State", "Message", "TrafficPolicyId", "TrafficPolicyVersion", "TrafficPolicyType")


def shown(record: Record, names: tuple[str, ...]) -> dict[str, Any]:
    if "TTL" in record:
        record["State"] = APPLIED.at(CLOCK.time() - record["__since"])
    return {k: record[k] for k in names if record.get(k) is not None}


# ---------------------------------------------------------------- documents


def wrong(sentence: str) -> Exception:
    return fail("InvalidTrafficPolicyDocument", sentence)


def document(text: str) -> dict[str, Any]:
    """The document, or why it is none (Traffic Policy Document Format, API reference, 2026-11-22)."""
    try:
        said = json.loads(text)
    except ValueError:
        raise wrong("The traffic policy document is not valid JSON.") from None
    if not isinstance(said, dict) or said.get("AWSPolicyFormatVersion") not in FORMATS:
        raise wrong(f"AWSPolicyFormatVersion must be one of {', '.join(FORMATS)}.")
    endpoints, rules = said.get("Endpoints") or {}, said.get("Rules") or {}
    if not said.get("RecordType") or not endpoints:
        raise wrong("RecordType and Endpoints are required.")
    starts = [(n, d) for n, d in (("StartRule", rules), ("StartEndpoint", endpoints)) if said.get(n)]
    if len(starts) != 1 or said[starts[0][0]] not in starts[0][1]:
        raise wrong("Exactly one of StartRule and StartEndpoint must name a rule or an endpoint of the document.")
    for name, rule in rules.items():
        if rule.get("RuleType") not in RULES:
            raise wrong(f"The rule {name} has no valid RuleType.")
        for end in leads(rule):
            if not (end.get("EndpointReference") in endpoints or end.get("RuleReference") in rules):
                raise wrong(f"The rule {name} leads to an endpoint or a rule that is not in the document.")
    return said


def leads(rule: dict[str, Any]) -> list[dict[str, Any]]:
    listed = next((rule[n] for n in ("Items", "Locations", "GeoproximityLocations", "Regions") if n in rule), [])
    return [*listed, *(rule[n] for n in ("Primary", "Secondary") if n in rule)]


# ---------------------------------------------------------------- policies


def versions(c: Context, id_: str) -> list[Record]:
    found = sorted(c.find("TrafficPolicy", Id=id_), key=lambda p: p["Version"])
    if not found:
        raise fail("NoSuchTrafficPolicy", f"A traffic policy with id {id_} does not exist.", 404)
    return found


def version(c: Context, id_: str, number: int) -> Record:
    found = next((p for p in versions(c, id_) if p["Version"] == number), None)
    if found is None:
        raise fail("NoSuchTrafficPolicy", f"Version {number} of the traffic policy {id_} does not exist.", 404)
    return found


def keep(c: Context, policy: Record) -> dict[str, Any]:
    c.records("TrafficPolicy")[f"{policy['Id']}/{policy['Version']}"] = policy
    return {"TrafficPolicy": shown(policy, POLICY), "Location": f"https://route53.amazonaws.com/2013-04-01/trafficpolicy/{policy['Id']}/{policy['Version']}"}


@route53.op("CreateTrafficPolicy")
def create(c: Context) -> dict[str, Any]:
    said = document(c.params["Document"])
    if c.find("TrafficPolicy", Name=c.params["Name"]):
        raise fail("TrafficPolicyAlreadyExists", f"A traffic policy with the name {c.params['Name']} exists already.", 409)
    return keep(c, {"Id": make_uuid(), "Version": 1, "Type": said["RecordType"], **{k: c.params.get(k) for k in ("Name", "Document", "Comment")}})


@route53.op("CreateTrafficPolicyVersion")
def create_version(c: Context) -> dict[str, Any]:
    before, said = versions(c, c.params["Id"])[-1], document(c.params["Document"])
    if before["Version"] >= MOST_VERSIONS:
        raise fail("TooManyTrafficPolicyVersionsForCurrentPolicy", "The policy has as many versions as it can have.")
    return keep(c, {**before, "Version": before["Version"] + 1, "Type": said["RecordType"], "Document": c.params["Document"], "Comment": c.params.get("Comment")})


@route53.op("GetTrafficPolicy")
def get(c: Context) -> dict[str, Any]:
    return {"TrafficPolicy": shown(version(c, c.params["Id"], int(c.params["Version"])), POLICY)}


@route53.op("UpdateTrafficPolicyComment")
def comment(c: Context) -> dict[str, Any]:
    found = version(c, c.params["Id"], int(c.params["Version"]))
    found["Comment"] = c.params["Comment"]
    return {"TrafficPolicy": shown(found, POLICY)}


@route53.op("DeleteTrafficPolicy")
def delete(c: Context) -> None:
    found = version(c, c.params["Id"], int(c.params["Version"]))
    if c.find("TrafficPolicyInstance", TrafficPolicyId=found["Id"], TrafficPolicyVersion=found["Version"]):
        raise fail("TrafficPolicyInUse", "One or more traffic policy instances were created by using the specified traffic policy version.", 409)
    del c.records("TrafficPolicy")[f"{found['Id']}/{found['Version']}"]


def cut(c: Context, rows: list[Record], start: int) -> tuple[list[Record], list[Record], dict[str, Any]]:
    size = min(int(c.params.get("MaxItems") or 100), 100)
    rest = rows[start + size:]
    return rows[start:start + size], rest, {"IsTruncated": bool(rest), "MaxItems": str(size)}


def at(rows: list[Record], what: dict[str, Any]) -> int:
    """Where the page begins: at the row that the marker names."""
    if not any(what.values()):
        return 0
    found = next((i for i, r in enumerate(rows) if all(r.get(k) == v for k, v in what.items() if v)), None)
    if found is None:
        raise fail("InvalidInput", "The marker names nothing that is there.")
    return found


@route53.op("ListTrafficPolicies")
def policies(c: Context) -> dict[str, Any]:
    ids = list(dict.fromkeys(p["Id"] for p in c.records("TrafficPolicy").values()))
    rows = [{**versions(c, i)[-1], "LatestVersion": versions(c, i)[-1]["Version"], "TrafficPolicyCount": len(versions(c, i))} for i in ids]
    page, rest, about = cut(c, rows, at(rows, {"Id": c.params.get("TrafficPolicyIdMarker")}))
    names = ("Id", "Name", "Type", "LatestVersion", "TrafficPolicyCount")
    return {"TrafficPolicySummaries": [shown(r, names) for r in page], "TrafficPolicyIdMarker": rest[0]["Id"] if rest else "", **about}


@route53.op("ListTrafficPolicyVersions")
def policy_versions(c: Context) -> dict[str, Any]:
    rows, marker = list(reversed(versions(c, c.params["Id"]))), c.params.get("TrafficPolicyVersionMarker")
    page, rest, about = cut(c, rows, at(rows, {"Version": int(marker) if marker else None}))
    return {"TrafficPolicies": [shown(r, POLICY) for r in page], "TrafficPolicyVersionMarker": str(rest[0]["Version"]) if rest else "", **about}


# ---------------------------------------------------------------- instances


def instance(c: Context) -> Record:
    found = c.records("TrafficPolicyInstance").get(c.params["Id"])
    if found is None:
        raise fail("NoSuchTrafficPolicyInstance", f"No traffic policy instance exists with the specified ID: {c.params['Id']}", 404)
    return found


def zone_of(c: Context, id_: str) -> Any:
    """moto's zone; its own error, where there is none."""
    from moto.route53.models import route53_backends
    c.call("route53", "GetHostedZone", Id=id_)
    return route53_backends[c.account][c.partition].zones[id_.rsplit("/", 1)[-1]]


def canonical(name: str) -> str:
    return name.rstrip(".").lower() + "."


@route53.op("CreateTrafficPolicyInstance")
def create_instance(c: Context) -> dict[str, Any]:
    from moto.route53.models import RecordSet
    zone, policy = zone_of(c, c.params["HostedZoneId"]), version(c, c.params["TrafficPolicyId"], int(c.params["TrafficPolicyVersion"]))
    name = canonical(c.params["Name"])
    if name != canonical(zone.name) and not name.endswith(f".{canonical(zone.name)}"):
        raise fail("InvalidInput", f"The name {name} is not in the zone {zone.name}")
    if any(canonical(r.name) == name and r.type == policy["Type"] for r in zone.rrsets):
        raise fail("TrafficPolicyInstanceAlreadyExists", f"There is already a record of type {policy['Type']} with the name {name}.", 409)
    made = {"Id": make_uuid(), "HostedZoneId": zone.resource_id, "Name": name, "TTL": int(c.params["TTL"]), "Message": "", "TrafficPolicyId": policy["Id"],
            "TrafficPolicyVersion": policy["Version"], "TrafficPolicyType": policy["Type"], "__since": CLOCK.time()}
    record = RecordSet({"Name": name, "Type": policy["Type"], "HostedZoneId": zone.resource_id})
    record.more = {"TrafficPolicyInstanceId": made["Id"]}
    zone.rrsets.append(record)
    c.records("TrafficPolicyInstance")[made["Id"]] = made
    return {"TrafficPolicyInstance": shown(made, INSTANCE), "Location": f"https://route53.amazonaws.com/2013-04-01/trafficpolicyinstance/{made['Id']}"}


@route53.op("GetTrafficPolicyInstance")
def get_instance(c: Context) -> dict[str, Any]:
    return {"TrafficPolicyInstance": shown(instance(c), INSTANCE)}


@route53.op("UpdateTrafficPolicyInstance")
def update_instance(c: Context) -> dict[str, Any]:
    found, policy = instance(c), version(c, c.params["TrafficPolicyId"], int(c.params["TrafficPolicyVersion"]))
    if policy["Type"] != found["TrafficPolicyType"]:
        raise fail("ConflictingTypes", f"The policy makes records of type {policy['Type']}, the instance has type {found['TrafficPolicyType']}.")
    found.update(TTL=int(c.params["TTL"]), TrafficPolicyId=policy["Id"], TrafficPolicyVersion=policy["Version"])
    return {"TrafficPolicyInstance": shown(found, INSTANCE)}


@route53.op("DeleteTrafficPolicyInstance")
def delete_instance(c: Context) -> None:
    found = instance(c)
    zone = zone_of(c, found["HostedZoneId"])
    zone.rrsets = [r for r in zone.rrsets if getattr(r, "more", {}).get("TrafficPolicyInstanceId") != found["Id"]]
    del c.records("TrafficPolicyInstance")[found["Id"]]


@route53.op("ListTrafficPolicyInstances", "ListTrafficPolicyInstancesByHostedZone", "ListTrafficPolicyInstancesByPolicy")
def instances(c: Context) -> dict[str, Any]:
    rows, params = list(c.records("TrafficPolicyInstance").values()), c.params
    if params.get("HostedZoneId"):
        id_ = zone_of(c, params["HostedZoneId"]).resource_id
        rows = [r for r in rows if r["HostedZoneId"] == id_]
    if params.get("TrafficPolicyId"):
        policy = version(c, params["TrafficPolicyId"], int(params["TrafficPolicyVersion"]))
        rows = [r for r in rows if (r["TrafficPolicyId"], r["TrafficPolicyVersion"]) == (policy["Id"], policy["Version"])]
    marker = {"HostedZoneId": params.get("HostedZoneIdMarker"), "Name": params.get("TrafficPolicyInstanceNameMarker"),
              "TrafficPolicyType": params.get("TrafficPolicyInstanceTypeMarker")}
    page, rest, about = cut(c, rows, at(rows, marker))
    out = {"TrafficPolicyInstances": [shown(r, INSTANCE) for r in page], **about}
    if rest:
        out.update(TrafficPolicyInstanceNameMarker=rest[0]["Name"], TrafficPolicyInstanceTypeMarker=rest[0]["TrafficPolicyType"])
        if "HostedZoneIdMarker" in c.operation.output_shape.members:
            out["HostedZoneIdMarker"] = rest[0]["HostedZoneId"]
    return out
