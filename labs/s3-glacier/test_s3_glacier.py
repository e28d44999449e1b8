"""What the additions to S3 promise: restorations over time, locks, lifecycles and tiers, asked with boto3."""
from __future__ import annotations

import datetime
import json
from typing import Any

import pytest
from conftest import Sandbox, refused

BUCKET = "archive"
HOUR = 3600


def archived(aws: Any, storage_class: str = "GLACIER", key: str = "k") -> Any:
    s3 = aws("s3")
    if not s3.list_buckets()["Buckets"]:
        s3.create_bucket(Bucket=BUCKET)
    s3.put_object(Bucket=BUCKET, Key=key, Body=b"old", StorageClass=storage_class)
    return s3


def restore(s3: Any, tier: str = "Standard", days: int = 1, key: str = "k") -> int:
    request = {"Days": days, "GlacierJobParameters": {"Tier": tier}}
    return int(s3.restore_object(Bucket=BUCKET, Key=key, RestoreRequest=request)["ResponseMetadata"]["HTTPStatusCode"])


def told(s3: Any, key: str = "k") -> str | None:
    said = s3.head_object(Bucket=BUCKET, Key=key).get("Restore")
    return None if said is None else str(said)


# ---------------------------------------------------------------- restorations


@pytest.mark.parametrize("tier,seconds", [("Expedited", 2), ("Standard", 5), ("Bulk", 8)])
def test_a_restoration_is_under_way_and_then_there_until_it_expires(aws: Any, sandbox: Sandbox, tier: str, seconds: int) -> None:
    s3 = archived(aws)
    assert told(s3) is None
    assert refused(s3.get_object, Bucket=BUCKET, Key="k") == "InvalidObjectState"
    assert restore(s3, tier) == 202
    assert told(s3) == 'ongoing-request="true"'
    assert refused(s3.get_object, Bucket=BUCKET, Key="k") == "InvalidObjectState"
    assert refused(s3.restore_object, Bucket=BUCKET, Key="k", RestoreRequest={"Days": 1}) == "RestoreAlreadyInProgress"
    sandbox.turn(seconds)
    said = told(s3)
    assert said and said.startswith('ongoing-request="false", expiry-date="') and said.endswith(' 00:00:00 GMT"')
    assert s3.get_object(Bucket=BUCKET, Key="k")["Body"].read() == b"old"
    sandbox.turn(49 * HOUR)
    assert told(s3) is None
    assert refused(s3.get_object, Bucket=BUCKET, Key="k") == "InvalidObjectState"


def test_a_restored_object_can_be_copied_and_kept_for_longer(aws: Any, sandbox: Sandbox) -> None:
    s3 = archived(aws, "DEEP_ARCHIVE")
    copy = {"Bucket": BUCKET, "Key": "copy", "CopySource": f"{BUCKET}/k", "StorageClass": "STANDARD"}
    restore(s3, "Bulk")
    assert refused(s3.copy_object, **copy) == "ObjectNotInActiveTierError"
    sandbox.turn(8)
    s3.copy_object(**copy)
    before = told(s3)
    assert restore(s3, "Bulk", days=5) == 200
    assert told(s3) != before and "ongoing-request=\"false\"" in str(told(s3))


def test_what_cannot_be_restored_is_refused(aws: Any) -> None:
    s3 = archived(aws, "DEEP_ARCHIVE")
    archived(aws, "GLACIER_IR", "instant")
    asked = {"Days": 1, "GlacierJobParameters": {"Tier": "Expedited"}}
    assert refused(s3.restore_object, Bucket=BUCKET, Key="k", RestoreRequest=asked) == "InvalidArgument"
    assert refused(s3.restore_object, Bucket=BUCKET, Key="instant", RestoreRequest={"Days": 1}) == "InvalidObjectState"
    assert refused(s3.restore_object, Bucket=BUCKET, Key="nope", RestoreRequest={"Days": 1}) == "NoSuchKey"
    assert refused(s3.restore_object, Bucket="no-such-bucket", Key="k", RestoreRequest={"Days": 1}) == "NoSuchBucket"
    assert s3.get_object(Bucket=BUCKET, Key="instant")["Body"].read() == b"old"


# ---------------------------------------------------------------- locks


def lockable(aws: Any) -> Any:
    s3 = aws("s3")
    s3.create_bucket(Bucket=BUCKET, ObjectLockEnabledForBucket=True)
    return s3


def in_hours(hours: int) -> datetime.datetime:
    return datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=hours)


def test_a_lock_needs_versions_and_keeps_them(aws: Any) -> None:
    s3, rule = aws("s3"), {"ObjectLockEnabled": "Enabled", "Rule": {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 1}}}
    s3.create_bucket(Bucket=BUCKET)
    assert refused(s3.put_object_lock_configuration, Bucket=BUCKET, ObjectLockConfiguration=rule) == "InvalidBucketState"
    s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
    s3.put_object_lock_configuration(Bucket=BUCKET, ObjectLockConfiguration=rule)
    assert s3.get_object_lock_configuration(Bucket=BUCKET)["ObjectLockConfiguration"] == rule
    suspended = {"Status": "Suspended"}
    assert refused(s3.put_bucket_versioning, Bucket=BUCKET, VersioningConfiguration=suspended) == "InvalidBucketState"


def test_a_bucket_without_a_default_says_no_rule(aws: Any) -> None:
    assert lockable(aws).get_object_lock_configuration(Bucket=BUCKET)["ObjectLockConfiguration"] == {"ObjectLockEnabled": "Enabled"}


def test_a_retention_can_be_lengthened_and_shortened_only_past_governance(aws: Any) -> None:
    s3 = lockable(aws)
    version = s3.put_object(Bucket=BUCKET, Key="k", Body=b"v")["VersionId"]
    one = {"Bucket": BUCKET, "Key": "k", "VersionId": version}
    assert refused(s3.get_object_retention, **one) == "NoSuchObjectLockConfiguration"
    assert refused(s3.get_object_legal_hold, **one) == "NoSuchObjectLockConfiguration"
    assert refused(s3.put_object_retention, **one, Retention={"Mode": "GOVERNANCE", "RetainUntilDate": in_hours(-1)}) == "InvalidArgument"
    s3.put_object_retention(**one, Retention={"Mode": "GOVERNANCE", "RetainUntilDate": in_hours(2)})
    s3.put_object_retention(**one, Retention={"Mode": "GOVERNANCE", "RetainUntilDate": in_hours(4)})
    shorter = {"Mode": "GOVERNANCE", "RetainUntilDate": in_hours(1)}
    assert refused(s3.put_object_retention, **one, Retention=shorter) == "AccessDenied"
    assert refused(s3.delete_object, **one) == "AccessDenied"
    s3.put_object_retention(**one, Retention=shorter, BypassGovernanceRetention=True)
    s3.delete_object(**one, BypassGovernanceRetention=True)
    assert "Versions" not in s3.list_object_versions(Bucket=BUCKET)


# ---------------------------------------------------------------- lifecycles, tiers, encryption


def moves(*said: tuple[str, int], **more: Any) -> dict[str, Any]:
    return {"ID": "r", "Status": "Enabled", "Filter": {"Prefix": "logs/"}, "Transitions": [{"StorageClass": c, "Days": d} for c, d in said], **more}


@pytest.mark.parametrize("rules,code", [
    ([moves(("STANDARD_IA", 10))], "InvalidArgument"),
    ([moves(("GLACIER", 90), ("DEEP_ARCHIVE", 90))], "InvalidArgument"),
    ([moves(("GLACIER", 90), ("GLACIER_IR", 180))], "InvalidArgument"),
    ([moves(("GLACIER", 90), Expiration={"Days": 30})], "InvalidArgument"),
    ([moves(("GLACIER", 90)), moves(("GLACIER", 91))], "InvalidArgument"),
    ([{"ID": "r", "Status": "Enabled", "Filter": {"Prefix": ""}}], "InvalidRequest"),
])
def test_a_lifecycle_that_cannot_be_is_refused(aws: Any, rules: list[dict[str, Any]], code: str) -> None:
    s3 = archived(aws)
    assert refused(s3.put_bucket_lifecycle_configuration, Bucket=BUCKET, LifecycleConfiguration={"Rules": rules}) == code
    assert refused(s3.get_bucket_lifecycle_configuration, Bucket=BUCKET) == "NoSuchLifecycleConfiguration"


def test_nothing_of_a_lifecycle_is_lost(aws: Any) -> None:
    s3 = archived(aws)
    sized = {"And": {"Prefix": "logs/", "ObjectSizeGreaterThan": 500}}
    rule = {**moves(("GLACIER_IR", 0), ("GLACIER", 90), ("DEEP_ARCHIVE", 180)), "Filter": sized,
            "NoncurrentVersionExpiration": {"NoncurrentDays": 30, "NewerNoncurrentVersions": 3}}
    asked = {"Rules": [rule]}
    s3.put_bucket_lifecycle_configuration(Bucket=BUCKET, LifecycleConfiguration=asked, TransitionDefaultMinimumObjectSize="varies_by_storage_class")
    now = s3.get_bucket_lifecycle_configuration(Bucket=BUCKET)
    assert now["Rules"] == [rule] and now["TransitionDefaultMinimumObjectSize"] == "varies_by_storage_class"
    s3.delete_bucket_lifecycle(Bucket=BUCKET)
    assert refused(s3.get_bucket_lifecycle_configuration, Bucket=BUCKET) == "NoSuchLifecycleConfiguration"


def test_a_template_brings_tiers_and_they_go_with_the_bucket(aws: Any) -> None:
    tiering = {"Id": "t", "Status": "Enabled", "Prefix": "shared/", "Tierings": [{"AccessTier": "ARCHIVE_ACCESS", "Days": 90}]}
    body = {"Resources": {"B": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": BUCKET, "IntelligentTieringConfigurations": [tiering]}}}}
    aws("cloudformation").create_stack(StackName="s", TemplateBody=json.dumps(body))
    s3 = aws("s3")
    listed = s3.list_bucket_intelligent_tiering_configurations(Bucket=BUCKET)
    assert listed["IntelligentTieringConfigurationList"] == [
        {"Id": "t", "Status": "Enabled", "Filter": {"Prefix": "shared/"}, "Tierings": [{"AccessTier": "ARCHIVE_ACCESS", "Days": 90}]}]
    aws("cloudformation").delete_stack(StackName="s")
    s3.create_bucket(Bucket=BUCKET)
    assert "IntelligentTieringConfigurationList" not in s3.list_bucket_intelligent_tiering_configurations(Bucket=BUCKET)


def test_a_bucket_encrypts_whether_or_not_it_was_told_to(aws: Any) -> None:
    rules = archived(aws).get_bucket_encryption(Bucket=BUCKET)["ServerSideEncryptionConfiguration"]["Rules"]
    assert rules[0]["ApplyServerSideEncryptionByDefault"] == {"SSEAlgorithm": "AES256"}
    assert refused(aws("s3").get_bucket_encryption, Bucket="no-such-bucket") == "NoSuchBucket"
