"""DNSSEC: key-signing keys that rest on keys of KMS, with the records that a parent zone would carry, and signing itself."""
from __future__ import annotations

import base64
import hashlib
import json
import re
from typing import Any

from emulator.clock import CLOCK
from emulator.context import Context, make_id, now
from emulator.errors import Refused, fail
from emulator.services import service
from emulator.state import Record

route53 = service("route53", regional=False)
NEEDED = {"kms:DescribeKey", "kms:GetPublicKey", "kms:Sign"}
SERVICE = "dnssec-route53.amazonaws.com"
SHOWN = ("Name", "KmsArn", "Flag", "SigningAlgorithmMnemonic", "SigningAlgorithmType", "DigestAlgorithmMnemonic", "DigestAlgorithmType", "KeyTag",
         "DigestValue", "PublicKey", "DSRecord", "DNSKEYRecord", "Status", "StatusMessage", "CreatedDate", "LastModifiedDate")


def zone_of(c: Context) -> Any:
    from moto.route53.models import route53_backends
    c.call("route53", "GetHostedZone", Id=c.params["HostedZoneId"])  # its own error, where there is none
    zone = route53_backends[c.account][c.partition].zones[c.params["HostedZoneId"].rsplit("/", 1)[-1]]
    if zone.private_zone:
        raise fail("InvalidArgument", "DNSSEC signing is for public hosted zones only.")
    return zone


def change(c: Context) -> dict[str, Any]:
    record = {"Id": make_id("C", 20).upper(), "SubmittedAt": now(), "Comment": None, "__since": CLOCK.time()}
    c.records("Change")[record["Id"]] = record
    return {"ChangeInfo": {"Id": f"/change/{record['Id']}", "Status": "PENDING", "SubmittedAt": record["SubmittedAt"]}}


def keys(c: Context, zone: Any) -> list[Record]:
    return c.find("KeySigningKey", HostedZoneId=zone.resource_id)


def key_of(c: Context) -> Record:
    found = next((k for k in keys(c, zone_of(c)) if k["Name"] == c.params["Name"]), None)
    if found is None:
        raise fail("NoSuchKeySigningKey", f"The key-signing key {c.params['Name']} was not found.", 404)
    return found


def signing(c: Context, zone: Any) -> bool:
    return bool(c.find("Signing", HostedZoneId=zone.resource_id))


# ---------------------------------------------------------------- the key behind


def public_half(c: Context, arn: str) -> bytes:
    """64 bytes, X and Y; or the reason why the key cannot sign a zone."""
    parts = arn.split(":")
    if len(parts) != 6 or parts[2] != "kms" or parts[3] != "us-east-1":
        raise fail("InvalidKMSArn", f"The KMS key {arn} must be in the US East (N. Virginia) Region.")
    there = Context("kms", None, {}, c.account, "us-east-1")
    try:
        about = there.call("kms", "DescribeKey", KeyId=arn)["KeyMetadata"]
        policy = json.loads(there.call("kms", "GetKeyPolicy", KeyId=arn, PolicyName="default")["Policy"])
    except Refused:
        raise fail("InvalidKMSArn", f"The KMS key {arn} was not found.") from None
    if about.get("KeySpec") != "ECC_NIST_P256" or about.get("KeyUsage") != "SIGN_VERIFY":
        raise fail("InvalidKMSArn", "The KMS key must be an asymmetric key with the key spec ECC_NIST_P256 and the key usage SIGN_VERIFY.")
    if about.get("KeyState") != "Enabled":
        raise fail("InvalidKMSArn", f"The KMS key is {about.get('KeyState')}: it must be enabled.")
    if not NEEDED <= granted(policy):
        raise fail("InvalidKMSArn", f"The key policy does not let {SERVICE} do {', '.join(sorted(NEEDED - granted(policy)))}.")
    return bytes(there.call("kms", "GetPublicKey", KeyId=arn)["PublicKey"])[-64:]


def granted(policy: dict[str, Any]) -> set[str]:
    out: set[str] = set()
    for said in many(policy.get("Statement")):
        principal = said.get("Principal")
        services = many(principal.get("Service")) if isinstance(principal, dict) else []
        if said.get("Effect") == "Allow" and SERVICE in services:
            actions = many(said.get("Action"))
            out |= NEEDED if "kms:*" in actions or "*" in actions else set(actions)
    return out


def many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def derived(zone: Any, public: bytes) -> dict[str, Any]:
    """What a parent zone and a validating resolver need, by RFC 4034 (key tag in its appendix B) and RFC 6605."""
    data = (257).to_bytes(2, "big") + bytes([3, 13]) + public
    tag = sum(b << 8 if i % 2 == 0 else b for i, b in enumerate(data))
    tag = (tag + (tag >> 16)) & 0xFFFF
    labels = [part.encode() for part in zone.name.rstrip(".").lower().split(".")]
    owner = b"".join(bytes([len(part)]) + part for part in labels) + b"\0"
    hashed, encoded = hashlib.sha256(owner + data).hexdigest().upper(), base64.b64encode(public).decode()
    return {"Flag": 257, "SigningAlgorithmMnemonic": "ECDSAP256SHA256", "SigningAlgorithmType": 13, "DigestAlgorithmMnemonic": "SHA-256", "DigestAlgorithmType": 2,
            "KeyTag": tag, "DigestValue": hashed, "PublicKey": encoded, "DSRecord": f"{tag} 13 2 {hashed}", "DNSKEYRecord": f"257 3 13 {encoded}"}


# ---------------------------------------------------------------- operations


@route53.op("CreateKeySigningKey")
def create(c: Context) -> dict[str, Any]:
    zone, name, status = zone_of(c), c.params["Name"], c.params["Status"]
    if not re.fullmatch(r"[A-Za-z0-9_]{3,128}", name):
        raise fail("InvalidKeySigningKeyName", "The name of a key-signing key has 3 to 128 letters, numbers and underscores.")
    if status not in ("ACTIVE", "INACTIVE"):
        raise fail("InvalidKeySigningKeyStatus", f"The status {status} is not valid: ACTIVE or INACTIVE.")
    there = keys(c, zone)
    if any(k["Name"] == name or k["KmsArn"] == c.params["KeyManagementServiceArn"] for k in there):
        raise fail("KeySigningKeyAlreadyExists", "A key-signing key with the same name or the same KMS key exists already in the zone.", 409)
    if len(there) == 2:
        raise fail("TooManyKeySigningKeys", "A hosted zone can have two key-signing keys.")
    public = public_half(c, c.params["KeyManagementServiceArn"])
    record = {"HostedZoneId": zone.resource_id, "Name": name, "KmsArn": c.params["KeyManagementServiceArn"], "Status": status, "StatusMessage": "",
              "CreatedDate": now(), "LastModifiedDate": now(), **derived(zone, public)}
    c.records("KeySigningKey")[f"{zone.resource_id}|{name}"] = record
    return {**change(c), "KeySigningKey": shown(record), "Location": f"https://route53.amazonaws.com/2013-04-01/keysigningkey/{zone.resource_id}/{name}"}


def shown(record: Record) -> dict[str, Any]:
    return {k: record[k] for k in SHOWN if k in record}


@route53.op("ActivateKeySigningKey")
def activate(c: Context) -> dict[str, Any]:
    return switched(c, key_of(c), "ACTIVE")


@route53.op("DeactivateKeySigningKey")
def deactivate(c: Context) -> dict[str, Any]:
    zone, record = zone_of(c), key_of(c)
    others = [k for k in keys(c, zone) if k is not record and k["Status"] == "ACTIVE"]
    if signing(c, zone) and not others:
        raise fail("KeySigningKeyInUse", "The zone is signed with this key alone: disable DNSSEC signing first.")
    return switched(c, record, "INACTIVE")


def switched(c: Context, record: Record, status: str) -> dict[str, Any]:
    record.update(Status=status, LastModifiedDate=now())
    return change(c)


@route53.op("DeleteKeySigningKey")
def delete(c: Context) -> dict[str, Any]:
    record = key_of(c)
    if record["Status"] != "INACTIVE":
        raise fail("InvalidKeySigningKeyStatus", f"The key-signing key is {record['Status']}: deactivate it first.")
    del c.records("KeySigningKey")[f"{record['HostedZoneId']}|{record['Name']}"]
    return change(c)


@route53.op("EnableHostedZoneDNSSEC")
def enable(c: Context) -> dict[str, Any]:
    zone = zone_of(c)
    if not any(k["Status"] == "ACTIVE" for k in keys(c, zone)):
        raise fail("KeySigningKeyWithActiveStatusNotFound", "The hosted zone has no active key-signing key.")
    c.records("Signing")[zone.resource_id] = {"HostedZoneId": zone.resource_id}
    return change(c)


@route53.op("DisableHostedZoneDNSSEC")
def disable(c: Context) -> dict[str, Any]:
    zone = zone_of(c)
    if c.records("Signing").pop(zone.resource_id, None) is None:
        raise fail("DNSSECNotFound", "DNSSEC signing is not enabled for the hosted zone.")
    return change(c)


@route53.op("GetDNSSEC")
def get(c: Context) -> dict[str, Any]:
    zone = zone_of(c)
    return {"Status": {"ServeSignature": "SIGNING" if signing(c, zone) else "NOT_SIGNING"}, "KeySigningKeys": [shown(k) for k in keys(c, zone)]}


@route53.after_moto("DeleteHostedZone")
def and_its_signing(c: Context, answer: dict[str, Any]) -> None:
    c.records("Signing").pop(c.params["Id"].rsplit("/", 1)[-1], None)
