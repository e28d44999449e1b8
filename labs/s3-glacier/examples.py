"""For each operation that emulator.py adds: what its documented example needs first, and an error that AWS documents."""
from __future__ import annotations

import json
from typing import Any

BUCKET = "amzn-s3-demo-bucket"
CONFIGURATION = {"Id": "ExampleConfig", "Status": "Enabled", "Filter": {"Prefix": "images"}, "Tierings": [
    {"Days": 90, "AccessTier": "ARCHIVE_ACCESS"}, {"Days": 180, "AccessTier": "DEEP_ARCHIVE_ACCESS"}]}
OTHER = {"Id": "ExampleConfig2", "Status": "Disabled", "Tierings": [{"Days": 730, "AccessTier": "ARCHIVE_ACCESS"}]}


def bucket(aws: Any) -> dict[str, str]:
    """The example's configuration stands in a file beside it."""
    aws("s3").create_bucket(Bucket=BUCKET)
    return {"file://intelligent-tiering-configuration.json": f"'{json.dumps(CONFIGURATION)}'", "DOC-EXAMPLE-BUCKET": BUCKET}


def configured(aws: Any) -> dict[str, str]:
    said = bucket(aws)
    for one in (CONFIGURATION, OTHER):
        aws("s3").put_bucket_intelligent_tiering_configuration(Bucket=BUCKET, Id=one["Id"], IntelligentTieringConfiguration=one)
    return said


SETUPS = {
    ("s3", "PutBucketIntelligentTieringConfiguration"): [bucket], ("s3", "GetBucketIntelligentTieringConfiguration"): [configured],
    ("s3", "ListBucketIntelligentTieringConfigurations"): [configured], ("s3", "DeleteBucketIntelligentTieringConfiguration"): [configured],
}
NOT_REPLAYED: dict[tuple[str, str], str] = {}


def before_errors(aws: Any) -> None:
    aws("s3").create_bucket(Bucket=BUCKET)


TOO_SOON = {"Id": "c", "Status": "Enabled", "Tierings": [{"Days": 30, "AccessTier": "ARCHIVE_ACCESS"}]}
ERRORS = [
    ("s3", "PutBucketIntelligentTieringConfiguration", {"Bucket": BUCKET, "Id": "c", "IntelligentTieringConfiguration": TOO_SOON}, "InvalidArgument"),
    ("s3", "GetBucketIntelligentTieringConfiguration", {"Bucket": BUCKET, "Id": "nope"}, "NoSuchConfiguration"),
    ("s3", "ListBucketIntelligentTieringConfigurations", {"Bucket": "no-such-bucket"}, "NoSuchBucket"),
    ("s3", "DeleteBucketIntelligentTieringConfiguration", {"Bucket": BUCKET, "Id": "nope"}, "NoSuchConfiguration"),
]
