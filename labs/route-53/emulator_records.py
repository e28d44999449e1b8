"""Records: a batch of changes is done as a whole or not at all, and refused for what AWS refuses it for."""
from __future__ import annotations

import ipaddress
import re
from typing import Any

from emulator.clock import CLOCK
from emulator.context import Context, make_id, now
from emulator.errors import fail
from emulator.services import service

route53 = service("route53", regional=False)
ROUTINGS = ("Weight", "Region", "Failover", "GeoLocation", "GeoProximityLocation", "MultiValueAnswer", "CidrRoutingConfig")
FIELDS = {"SetIdentifier": "set_identifier", "Weight": "weight", "Region": "region", "GeoLocation": "geo_location", "Failover": "failover",
          "MultiValueAnswer": "multi_value_answer", "TTL": "ttl", "AliasTarget": "alias_target", "HealthCheckId": "health_check_id"}
Row = dict[str, Any]


def zone_of(c: Context) -> Any:
    """moto's zone; its own error, where there is none."""
    from moto.route53.models import route53_backends
    c.call("route53", "GetHostedZone", Id=c.params["HostedZoneId"])
    return route53_backends[c.account][c.partition].zones[c.params["HostedZoneId"].rsplit("/", 1)[-1]]


# ---------------------------------------------------------------- moto's objects and rows


def canonical(name: str) -> str:
    return name.rstrip(".").lower().replace("\\052", "*") + "."


def row(record: Any) -> Row:
    values = [v if isinstance(v, str) else v["Value"] for v in record.records or []]
    out: Row = {"Name": canonical(record.name), "Type": record.type}
    out.update({name: getattr(record, field) for name, field in FIELDS.items() if getattr(record, field) is not None})
    if values:
        out["ResourceRecords"] = [{"Value": v} for v in values]
    return {**out, **getattr(record, "more", {})}


def rows(zone: Any) -> list[Row]:
    return [row(r) for r in zone.rrsets]


def keep(zone: Any, kept: list[Row]) -> None:
    from moto.route53.models import RecordSet
    zone.rrsets = []
    for one in kept:
        record = RecordSet({**one, "ResourceRecords": [v["Value"] for v in one.get("ResourceRecords", [])], "HostedZoneId": zone.resource_id})
        record.more = {k: one[k] for k in ("CidrRoutingConfig", "GeoProximityLocation", "TrafficPolicyInstanceId") if one.get(k) is not None}
        zone.rrsets.append(record)


def key(one: Row) -> tuple[str, str, str]:
    return one["Name"], one["Type"], one.get("SetIdentifier") or ""


def order(one: Row) -> tuple[str, str, str]:
    return ".".join(reversed(one["Name"].rstrip(".").split("."))), one["Type"], one.get("SetIdentifier") or ""


# ---------------------------------------------------------------- one set of records


def about(action: str, one: Row) -> str:
    return f"Change with [Action={action}, Name={one['Name']}, Type={one['Type']}, SetIdentifier={one.get('SetIdentifier', 'null')}]"


def well_formed(action: str, one: Row) -> None:
    plain, aliased = "TTL" in one and bool(one.get("ResourceRecords")), "AliasTarget" in one
    if plain + aliased + ("TrafficPolicyInstanceId" in one) != 1:
        found = "none" if not (plain or aliased) else "more than one"
        raise fail("InvalidInput", "Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or TrafficPolicyInstanceId], "
                                   f"but found {found} in {about(action, one)}")
    if aliased and "TTL" in one:
        raise fail("InvalidInput", f"Invalid request: an alias has the TTL of its target in {about(action, one)}")
    routing = [r for r in ROUTINGS if one.get(r) is not None]
    if routing and not one.get("SetIdentifier"):
        raise fail("InvalidInput", f"Invalid request: Missing field 'SetIdentifier' in {about(action, one)}")
    if len(routing) != bool(one.get("SetIdentifier")):
        raise fail("InvalidInput", f"Invalid request: Expected exactly one of [{', '.join(ROUTINGS)}], but found {len(routing) or 'none'} in {about(action, one)}")


def speakable(name: str, code: str) -> None:
    """Blanks and the characters between ASCII and Unicode proper need a backslash."""
    found = re.search(r"(?<!\\)[\x00-\x20\x80-\xfe]", name)
    if found:
        raise fail(code, f"FATAL problem: UnsupportedCharacter (Value contains unsupported characters) encountered with '{found[0]}'")


def host(value: str) -> bool:
    return bool(re.fullmatch(r"[A-Za-z0-9_*\\-]+(\.[A-Za-z0-9_\\-]+)*\.?|\.", value))


def address(kind: type) -> Any:
    def fits(value: str) -> bool:
        try:
            kind(value)
        except ValueError:
            return False
        return True
    return fits


STRING = r'"(?:[^"\\]|\\.){0,255}"'
VALUES: dict[str, tuple[Any, str]] = {
    "A": (address(ipaddress.IPv4Address), "ARRDATAIllegalIPv4Address (Value is not a valid IPv4 address)"),
    "AAAA": (address(ipaddress.IPv6Address), "AAAARRDATAIllegalIPv6Address (Value is not a valid IPv6 address)"),
    "CNAME": (host, "DomainLabelInvalid (Value is not a valid domain name)"), "NS": (host, "DomainLabelInvalid (Value is not a valid domain name)"),
    "PTR": (host, "DomainLabelInvalid (Value is not a valid domain name)"),
    "TXT": (lambda v: bool(re.fullmatch(rf"{STRING}( {STRING})*", v)), "InvalidCharacterString (Value should be enclosed in quotation marks)"),
    "SPF": (lambda v: bool(re.fullmatch(rf"{STRING}( {STRING})*", v)), "InvalidCharacterString (Value should be enclosed in quotation marks)"),
    "MX": (lambda v: bool(re.fullmatch(r"\d{1,5} \S+", v)), "MXRRDATANotTwoFields (The MX record does not have two fields)"),
    "SRV": (lambda v: bool(re.fullmatch(r"\d{1,5} \d{1,5} \d{1,5} \S+", v)), "SRVRRDATANotFourFields (The SRV record does not have four fields)"),
    "CAA": (lambda v: bool(re.fullmatch(rf"(0|128) [a-z0-9]+ {STRING}", v)), "CAARRDATANotThreeFields (The CAA record does not have three valid fields)"),
}


def wrong_values(one: Row) -> list[str]:
    fits, problem = VALUES.get(one["Type"], (lambda v: True, ""))
    values = [v["Value"] for v in one.get("ResourceRecords", [])]
    out = [f"Invalid Resource Record: 'FATAL problem: {problem} encountered with '{v}''" for v in values if not fits(v)]
    if one["Type"] == "CNAME" and len(values) > 1:
        out.append("Invalid Resource Record: 'FATAL problem: CNAMERRDATAMoreThanOne (A CNAME record has one value)'")
    return out


# ---------------------------------------------------------------- a set among the others


def placed(zone: Any, one: Row, others: list[Row]) -> list[str]:
    """What keeps a set of records out of the zone."""
    name, apex, said = one["Name"], canonical(zone.name), f"RRSet with DNS name {one['Name']}, type {one['Type']}, SetIdentifier {one.get('SetIdentifier')}"
    if name != apex and not name.endswith(f".{apex}"):
        return [f"RRSet with DNS name {name} is not permitted in zone {apex}"]
    if one["Type"] == "CNAME" and name == apex:
        return [f"RRSet of type CNAME with DNS name {name} is not permitted at apex in zone {apex}"]
    for other in (o for o in others if o["Name"] == name and o["Type"] != one["Type"]):
        if "CNAME" in (one["Type"], other["Type"]):
            return [f"RRSet of type {one['Type']} with DNS name {name} is not permitted because a conflicting RRSet of type {other['Type']} with the "
                    f"same DNS name already exists in zone {apex}"]
    for other in (o for o in others if (o["Name"], o["Type"]) == (name, one["Type"]) and key(o) != key(one)):
        mine, theirs = ([r for r in ROUTINGS if o.get(r) is not None] for o in (one, other))
        if mine != theirs:
            return [f"{said} cannot be created as other RRSets exist with the same name and type, but another routing policy."]
        if mine and mine[0] in ("Region", "Failover", "GeoLocation") and one[mine[0]] == other[mine[0]]:
            return [f"{said} cannot be created because another RRSet with the same {mine[0]} already exists."]
    return alias_leads_somewhere(zone, one, others)


def alias_leads_somewhere(zone: Any, one: Row, others: list[Row]) -> list[str]:
    target = one.get("AliasTarget")
    if not target or target["HostedZoneId"] != zone.resource_id:
        return []
    name = canonical(target["DNSName"])
    if not any((o["Name"], o["Type"]) == (name, one["Type"]) for o in others):
        return [f"Tried to create an alias that targets {name}, type {one['Type']} in zone {zone.resource_id}, but that target was not found"]
    return []


def tried(verb: str, one: Row, why: str) -> str:
    named = f", set identifier='{one['SetIdentifier']}'" if one.get("SetIdentifier") else ""
    return f"Tried to {verb} resource record set [name='{one['Name']}', type='{one['Type']}'{named}] {why}"


def apply(c: Context, zone: Any, action: str, one: Row, there: list[Row]) -> list[str]:
    """Does one change to `there`, or says why not."""
    before = next((o for o in there if key(o) == key(one)), None)
    if action == "DELETE":
        if before is None:
            return [tried("delete", one, "but it was not found")]
        if comparable(before) != comparable(one):
            return [tried("delete", one, "but the values provided do not match the current values")]
        if one["Name"] == canonical(zone.name) and one["Type"] in ("NS", "SOA"):
            return [f"A HostedZone must contain {'exactly one SOA' if one['Type'] == 'SOA' else 'at least one NS'} record for the zone itself."]
        there.remove(before)
        return []
    if before is not None and action == "CREATE":
        return [tried("create", one, "but it already exists")]
    if one.get("HealthCheckId") and one["HealthCheckId"] not in c.records("HealthCheck"):
        raise fail("NoSuchHealthCheck", f"No health check exists with the specified ID: {one['HealthCheckId']}", 404)
    others = [o for o in there if o is not before]
    problems = wrong_values(one) + placed(zone, one, others)
    if not problems:
        there[:] = [*others, one]
    return problems


def comparable(one: Row) -> Row:
    alias = one.get("AliasTarget")
    target = {"AliasTarget": {**alias, "DNSName": canonical(alias["DNSName"])}} if alias else {}
    return {**one, "ResourceRecords": sorted(v["Value"] for v in one.get("ResourceRecords", [])), **target}


@route53.op("ChangeResourceRecordSets")
def change_records(c: Context) -> dict[str, Any]:
    zone, batch = zone_of(c), c.params["ChangeBatch"]
    there, problems = rows(zone), []
    if sum(len(one["ResourceRecordSet"].get("ResourceRecords", [])) * (2 if one["Action"] == "UPSERT" else 1) for one in batch["Changes"]) > 1000:
        raise fail("InvalidChangeBatch", "Number of records limit of 1000 exceeded.")
    for one in batch["Changes"]:
        speakable(one["ResourceRecordSet"]["Name"], "InvalidChangeBatch")
        wanted = {**one["ResourceRecordSet"], "Name": canonical(one["ResourceRecordSet"]["Name"])}
        well_formed(one["Action"], one["ResourceRecordSet"])
        problems += apply(c, zone, one["Action"], wanted, there)
    if problems:
        raise fail("InvalidChangeBatch", f"[{', '.join(problems)}]")
    keep(zone, there)
    record = {"Id": make_id("C", 20).upper(), "SubmittedAt": now(), "Comment": batch.get("Comment"), "__since": CLOCK.time()}
    c.records("Change")[record["Id"]] = record
    told = {"Id": f"/change/{record['Id']}", "Status": "PENDING", "SubmittedAt": record["SubmittedAt"], "Comment": record["Comment"]}
    return {"ChangeInfo": {k: v for k, v in told.items() if v is not None}}


@route53.op("ListResourceRecordSets")
def list_records(c: Context) -> dict[str, Any]:
    zone, params = zone_of(c), c.params
    if params.get("StartRecordType") and not params.get("StartRecordName"):
        raise fail("InvalidInput", "The input is not valid")
    every = sorted(rows(zone), key=order)
    speakable(params.get("StartRecordName") or "", "InvalidInput")
    if params.get("StartRecordName"):
        start = order({"Name": canonical(params["StartRecordName"]), "Type": params.get("StartRecordType", ""),
                       "SetIdentifier": params.get("StartRecordIdentifier")})
        every = [r for r in every if order(r) >= start]
    size = min(int(params.get("MaxItems") or 300), 300)
    shown, rest = every[:size], every[size:]
    out: dict[str, Any] = {"ResourceRecordSets": [{**r, "Name": r["Name"].replace("*", "\\052")} for r in shown], "IsTruncated": bool(rest), "MaxItems": str(size)}
    if rest:
        out.update({"NextRecordName": rest[0]["Name"], "NextRecordType": rest[0]["Type"]})
        if rest[0].get("SetIdentifier"):
            out["NextRecordIdentifier"] = rest[0]["SetIdentifier"]
    return out
