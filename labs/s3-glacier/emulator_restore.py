"""Restoring an archived object takes its time: asked for, under way, there until it expires. moto has it there at once."""
from __future__ import annotations

import datetime
from typing import Any

from emulator.clock import CLOCK
from emulator.context import Context
from emulator.errors import fail
from emulator.services import service

s3 = service("s3", regional=False)
s3.substantial |= {"HeadObject", "RestoreObject"}  # how far a restoration is rests on what is played here

# Seconds that a restoration takes here; on AWS minutes (Expedited), hours (Standard) or half a day and more (Bulk):
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/restoring-objects-retrieval-options.html, 2026-11-22.
SECONDS = {"Expedited": 2.0, "Standard": 5.0, "Bulk": 8.0}
CLASSES = {"GLACIER": ("Expedited", "Standard", "Bulk"), "DEEP_ARCHIVE": ("Standard", "Bulk")}
DAY = 86400


def object_of(c: Context) -> Any:
    """moto's own object, or None."""
    from moto.s3.models import s3_backends
    held = s3_backends[c.account][c.partition].buckets.get(c.params.get("Bucket"))
    versions = held.keys.getlist(c.params["Key"], default=[]) if held is not None else []
    wanted = c.params.get("VersionId")
    found = [v for v in versions if str(v.version_id) == str(wanted)] if wanted else versions[-1:]
    return found[0] if found and hasattr(found[0], "storage_class") else None


def archive_of(key: Any) -> str:
    """The class that has to be restored from: the object's, or none."""
    return key.storage_class if key is not None and key.storage_class in CLASSES else ""


@s3.before_moto("RestoreObject")
def restore(c: Context) -> None:
    """What S3 refuses; else moto takes the request, and what it has done at once is brought to its beginning at the next look."""
    key, asked = object_of(c), c.params.get("RestoreRequest") or {}
    if not archive_of(key):
        return  # moto's own refusal
    if c.params.get("VersionId") and key.version_id != latest(c).version_id:
        raise NotImplementedError("moto restores the latest version")
    tier, days = tier_of(asked), int(asked.get("Days") or 0)
    if tier not in CLASSES[key.storage_class]:
        raise fail("InvalidArgument", f"Retrieval option {tier} is not supported by this storage class")
    if days < 1:
        raise fail("MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema")
    bring_to_now(key)
    if "ready" in getattr(key, "worklab_restore", {}):
        raise fail("RestoreAlreadyInProgress", "Object restore is already in progress", 409)
    if key.expiry_date is not None:  # restored already: only its time is changed
        key.worklab_restore = {"ready": CLOCK.time(), "days": days}
    else:
        key.worklab_restore = {"ready": CLOCK.time() + SECONDS[tier], "days": days}


def latest(c: Context) -> Any:
    there = c.at("s3", regional=False)
    there.params = {k: c.params[k] for k in ("Bucket", "Key")}
    return object_of(there)


def tier_of(asked: dict[str, Any]) -> str:
    return str(asked.get("Tier") or (asked.get("GlacierJobParameters") or {}).get("Tier") or "Standard")


def expires(key: Any, since: float, days: int) -> None:
    """S3 rounds the expiry up to the next midnight (UTC)."""
    until = (since // DAY + 1 + days) * DAY
    key.set_expiry(datetime.datetime.fromtimestamp(until, datetime.timezone.utc).replace(tzinfo=None))
    key.worklab_restore = {"until": until}


@s3.before_moto("HeadObject", "GetObject", "GetObjectAttributes")
def settle(c: Context) -> None:
    """The restoration as it is by now."""
    bring_to_now(object_of(c))


@s3.before_moto("CopyObject")
def settle_source(c: Context) -> None:
    """An archived object can be copied once it is restored."""
    bucket, _, key = c.params["CopySource"].lstrip("/").partition("?")[0].partition("/")
    there = c.at("s3", regional=False)
    there.params = {"Bucket": bucket, "Key": key}
    bring_to_now(object_of(there))


def bring_to_now(key: Any) -> None:
    asked = getattr(key, "worklab_restore", None)
    if not asked:
        return
    now = CLOCK.time()
    key._transitions = []  # moto's own go all the way at once
    if "ready" in asked:
        key.status = "IN_PROGRESS"
        if now >= asked["ready"]:
            key.status = "RESTORED"
            expires(key, asked["ready"], asked["days"])
            asked = key.worklab_restore
    if "until" in asked and now >= asked["until"]:
        key.set_expiry(None)
        del key.worklab_restore
