"""What moto forgets of S3's Intelligent-Tiering: configurations of a bucket, kept with the bucket."""
from __future__ import annotations

import copy
from typing import Any

from emulator.context import Context
from emulator.errors import fail
from emulator.pages import page
from emulator.services import service

s3 = service("s3", regional=False)  # one namespace of buckets for all regions


def bucket(c: Context) -> Any:
    """moto's own bucket: what is kept on it goes with it."""
    from moto.s3.models import s3_backends
    held = s3_backends[c.account][c.partition].buckets.get(c.params["Bucket"])
    if held is None:
        raise fail("NoSuchBucket", "The specified bucket does not exist", 404)
    return held


def configurations(c: Context) -> dict[str, Any]:
    """Id -> configuration"""
    return vars(bucket(c)).setdefault("worklab_tiering", {})


# ---------------------------------------------------------------- operations

# The days that each tier takes (https://docs.aws.amazon.com/AmazonS3/latest/API/API_Tiering.html, 2026-11-22).
FEWEST, MOST = {"ARCHIVE_ACCESS": 90, "DEEP_ARCHIVE_ACCESS": 180}, 730
MOST_CONFIGURATIONS = 1000


def fits(said: dict[str, Any], id_: str) -> None:
    if said["Id"] != id_:
        raise invalid("The configuration id that is specified in the request does not match the one in the body")
    days: dict[str, int] = {}
    for tier in said["Tierings"]:
        name, after = tier["AccessTier"], int(tier["Days"])
        if name in days:
            raise invalid(f"Access tier {name} is specified more than once")
        if not FEWEST[name] <= after <= MOST:
            raise invalid(f"Days for access tier {name} must be between {FEWEST[name]} and {MOST}")
        days[name] = after
    if len(days) == 2 and days["ARCHIVE_ACCESS"] >= days["DEEP_ARCHIVE_ACCESS"]:
        raise invalid("Days for access tier DEEP_ARCHIVE_ACCESS must be greater than days for access tier ARCHIVE_ACCESS")


def invalid(sentence: str) -> Exception:
    return fail("InvalidArgument", sentence)


@s3.op("PutBucketIntelligentTieringConfiguration")
def put(c: Context) -> dict[str, Any]:
    said, id_, held = copy.deepcopy(c.params["IntelligentTieringConfiguration"]), c.params["Id"], configurations(c)
    fits(said, id_)
    if id_ not in held and len(held) >= MOST_CONFIGURATIONS:
        raise fail("TooManyConfigurations", "You have reached the limit of 1,000 configurations", 400)
    held[id_] = said
    return {}


@s3.op("GetBucketIntelligentTieringConfiguration")
def get(c: Context) -> dict[str, Any]:
    return {"IntelligentTieringConfiguration": one(c)}


@s3.op("DeleteBucketIntelligentTieringConfiguration")
def delete(c: Context) -> dict[str, Any]:
    one(c)
    configurations(c).pop(c.params["Id"])
    return {}


def one(c: Context) -> dict[str, Any]:
    found = configurations(c).get(c.params["Id"])
    if found is None:
        raise fail("NoSuchConfiguration", "The specified configuration does not exist.", 404)
    return dict(found)


@s3.op("ListBucketIntelligentTieringConfigurations")
def every(c: Context) -> dict[str, Any]:
    held = configurations(c)
    told = page(c, [held[id_] for id_ in sorted(held)], invalid="InvalidArgument")
    more = told.pop("NextToken", None)
    return {**told, "IsTruncated": bool(more), **({"NextContinuationToken": more} if more else {})}
