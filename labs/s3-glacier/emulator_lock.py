"""Object Lock and encryption as S3 has them: what moto lets pass, or says otherwise."""
from __future__ import annotations

import datetime
from typing import Any

from emulator.context import Context, now
from emulator.errors import Refused, fail
from emulator.services import service

s3 = service("s3", regional=False)


def versioned(c: Context) -> bool:
    return c.call("s3", "GetBucketVersioning", Bucket=c.params["Bucket"]).get("Status") == "Enabled"


def locked(c: Context) -> bool:
    return c.exists("s3", "GetObjectLockConfiguration", Bucket=c.params["Bucket"])


# ---------------------------------------------------------------- buckets


@s3.before_moto("PutObjectLockConfiguration")
def needs_versions(c: Context) -> None:
    if not versioned(c):
        raise fail("InvalidBucketState", "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration", 409)
    kept = ((c.params.get("ObjectLockConfiguration") or {}).get("Rule") or {}).get("DefaultRetention")
    if kept is not None and bool(kept.get("Days")) == bool(kept.get("Years")):
        raise fail("MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema")


@s3.before_moto("PutBucketVersioning")
def keeps_versions(c: Context) -> None:
    if c.params["VersioningConfiguration"].get("Status") == "Suspended" and locked(c):
        raise fail("InvalidBucketState", "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.", 409)


@s3.after_moto("GetObjectLockConfiguration")
def as_it_was_put(c: Context, answer: dict[str, Any]) -> None:
    """moto adds Years: 0, and a rule where there is none."""
    configuration = answer.get("ObjectLockConfiguration") or {}
    kept = (configuration.get("Rule") or {}).get("DefaultRetention") or {}
    if not kept.get("Mode"):
        configuration.pop("Rule", None)
        return
    for unit in ("Days", "Years"):
        if not kept.get(unit):
            kept.pop(unit, None)


@s3.around_moto("GetBucketEncryption")
def always_encrypted(c: Context, moto: Any) -> dict[str, Any]:
    """Every bucket encrypts with S3's own keys where nothing else is said, since 2023-01-05:
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-encryption-faq.html, 2026-11-22."""
    try:
        return moto()
    except Refused as error:
        if error.code != "ServerSideEncryptionConfigurationNotFoundError":
            raise
    return {"ServerSideEncryptionConfiguration": {"Rules": [
        {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}, "BucketKeyEnabled": False}]}}


# ---------------------------------------------------------------- objects


def object_of(c: Context) -> Any:
    """moto's own object, or None."""
    from moto.s3.models import s3_backends
    held = s3_backends[c.account][c.partition].buckets.get(c.params["Bucket"])
    versions = held.keys.getlist(c.params["Key"], default=[]) if held is not None else []
    wanted = c.params.get("VersionId")
    found = [v for v in versions if str(v.version_id) == str(wanted)] if wanted else versions[-1:]
    return found[0] if found and hasattr(found[0], "lock_mode") else None


def without(kept: str) -> Exception:
    return fail("NoSuchObjectLockConfiguration", f"The specified object does not have a {kept} configuration", 404)


@s3.before_moto("GetObjectRetention")
def has_retention(c: Context) -> None:
    key = object_of(c)
    if key is not None and locked(c) and not key.lock_mode:
        raise without("ObjectLock")


@s3.before_moto("GetObjectLegalHold")
def has_hold(c: Context) -> None:
    key = object_of(c)
    if key is not None and locked(c) and not key.lock_legal_status:
        raise without("ObjectLock")


def moment(value: Any) -> datetime.datetime:
    when = value if isinstance(value, datetime.datetime) else datetime.datetime.fromisoformat(str(value).replace("Z", "+00:00"))
    return when if when.tzinfo else when.replace(tzinfo=datetime.timezone.utc)


@s3.before_moto("PutObjectRetention")
def kept_for_longer_only(c: Context) -> None:
    """A retention can be lengthened; to shorten or lift it takes governance mode and the permission to pass it by."""
    asked, key = c.params.get("Retention") or {}, object_of(c)
    until, held = asked.get("RetainUntilDate"), key.lock_mode if key is not None else None
    if until is not None and moment(until) <= now():
        raise fail("InvalidArgument", "The retain until date must be in the future!")
    if not held or moment(key.lock_until) <= now():
        return
    looser = until is None or moment(until) < moment(key.lock_until) or (held == "COMPLIANCE" and asked.get("Mode") != "COMPLIANCE")
    if looser and (held == "COMPLIANCE" or not c.params.get("BypassGovernanceRetention")):
        raise fail("AccessDenied", "Access Denied because object protected by object lock.", 403)
