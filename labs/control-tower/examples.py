"""What the documented examples of the added operations of Access Analyzer and EC2 need first, and an error of each."""
from __future__ import annotations

from typing import Any

ANALYZER = r"arn:aws:access-analyzer:[\w-]+:\d+:analyzer/ConsoleAnalyzer-account"
NOBODYS = "arn:aws:access-analyzer:us-east-1:123456789012:analyzer/nope"


def analyzer(aws: Any, name: str = "ConsoleAnalyzer-account") -> dict[str, str]:
    arn = aws("accessanalyzer").create_analyzer(analyzerName=name, type="ACCOUNT", tags={"Environment": "dev", "auto-delete": "no"})["arn"]
    return {ANALYZER: arn}


def example(aws: Any) -> None:
    analyzer(aws, "example")


def blocked(aws: Any) -> None:
    aws("ec2").enable_snapshot_block_public_access(State="block-all-sharing")


SETUPS: dict[tuple[str, str], list[Any]] = {
    ("accessanalyzer", "CreateAnalyzer"): [None], ("accessanalyzer", "DeleteAnalyzer"): [example],
    ("accessanalyzer", "ListAnalyzers"): [analyzer], ("accessanalyzer", "TagResource"): [analyzer], ("accessanalyzer", "UntagResource"): [analyzer],
    ("accessanalyzer", "ListTagsForResource"): [analyzer], ("ec2", "EnableSnapshotBlockPublicAccess"): [None],
    ("ec2", "DisableSnapshotBlockPublicAccess"): [blocked], ("ec2", "GetSnapshotBlockPublicAccessState"): [blocked],
}

NOT_REPLAYED: dict[tuple[str, str], str] = {
    ("accessanalyzer", "GetAnalyzer"): "its output names the resource that was analyzed last, and nothing is analyzed here",
    ("ec2", "GetInstanceMetadataDefaults"): "awscli has no example of it", ("ec2", "ModifyInstanceMetadataDefaults"): "awscli has no example of it",
}

ERRORS: list[tuple[str, str, dict[str, Any], str]] = [
    ("accessanalyzer", "CreateAnalyzer", {"analyzerName": "taken", "type": "ACCOUNT_UNUSED_ACCESS"}, "ConflictException"),
    ("accessanalyzer", "GetAnalyzer", {"analyzerName": "nope"}, "ResourceNotFoundException"),
    ("accessanalyzer", "DeleteAnalyzer", {"analyzerName": "nope"}, "ResourceNotFoundException"),
    ("accessanalyzer", "ListAnalyzers", {"nextToken": "nonsense"}, "ValidationException"),
    ("accessanalyzer", "TagResource", {"resourceArn": NOBODYS, "tags": {"a": "b"}}, "ResourceNotFoundException"),
    ("accessanalyzer", "UntagResource", {"resourceArn": NOBODYS, "tagKeys": ["a"]}, "ResourceNotFoundException"),
    ("accessanalyzer", "ListTagsForResource", {"resourceArn": NOBODYS}, "ResourceNotFoundException"),
    ("ec2", "EnableSnapshotBlockPublicAccess", {"State": "unblocked"}, "InvalidParameterValue"),
    ("ec2", "DisableSnapshotBlockPublicAccess", {"DryRun": True}, "DryRunOperation"),
    ("ec2", "GetSnapshotBlockPublicAccessState", {"DryRun": True}, "DryRunOperation"),
    ("ec2", "GetInstanceMetadataDefaults", {"DryRun": True}, "DryRunOperation"),
    ("ec2", "ModifyInstanceMetadataDefaults", {"HttpPutResponseHopLimit": 65}, "InvalidParameterValue"),
]


def before_errors(aws: Any) -> None:
    aws("accessanalyzer").create_analyzer(analyzerName="taken", type="ACCOUNT")
