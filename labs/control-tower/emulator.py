"""What the sandbox needs for the single-account twin of a landing zone: analyzers, the account's defaults of EC2, metric filters.

A landing zone itself is not played: it takes an organization, three accounts and an hour, and whoever saw one stand here in a second
would have learned something false.
"""
from __future__ import annotations

from typing import Any

from emulator.cfn.declared import cfn_type
from emulator.cfn.types import Found, Work, not_emulated
from emulator.context import Context, now
from emulator.errors import fail
from emulator.kinds import Kind, States
from emulator.services import service

analyzer = service("accessanalyzer")
ec2 = service("ec2")

# ---------------------------------------------------------------- access analyzer: analyzers, and no findings

EXTERNAL = ("ACCOUNT", "ORGANIZATION")


def one_of_a_kind(c: Context, made: dict[str, Any]) -> None:
    """One analyzer of external access for an account and region: https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-quotas.html"""
    if made["type"] in EXTERNAL and c.find("Analyzer", type=made["type"]):
        raise fail("ServiceQuotaExceededException", f"The maximum number of analyzers of type {made['type']} has been reached.", 402)
    if made["type"].startswith("ORGANIZATION") and not c.exists("organizations", "DescribeOrganization"):
        raise fail("ValidationException", "The account is not in an organization.")


Kind(
    analyzer, "Analyzer", key="name", create="CreateAnalyzer", get="GetAnalyzer", list="ListAnalyzers", delete="DeleteAnalyzer", output="analyzer",
    rename={"analyzerName": "name"}, unique=("name",), check=one_of_a_kind, arn="arn", type="access-analyzer:analyzer", tags="Tags",
    exists=("ConflictException", "An analyzer named {} already exists."), missing=("ResourceNotFoundException", "The specified analyzer {} does not exist."),
    states=States("status", (("CREATING", 0.5),), "ACTIVE"),
    made={"arn": lambda c, r: c.arn(f"analyzer/{r['name']}", "access-analyzer"), "createdAt": lambda c, r: now(), "Tags": lambda c, r: listed(r.get("tags")),
          "tags": {}},
)


def listed(tags: dict[str, str] | None) -> list[dict[str, str]]:
    return [{"Key": k, "Value": v} for k, v in (tags or {}).items()]


def named(c: Context) -> dict[str, Any]:
    found = c.find("Analyzer", arn=c.params["resourceArn"])
    if not found:
        raise fail("ResourceNotFoundException", f"The specified resource {c.params['resourceArn']} does not exist.", 404)
    return found[0]


def retagged(record: dict[str, Any], tags: dict[str, str]) -> dict[str, Any]:
    record["tags"], record["Tags"] = tags, listed(tags)
    return {}


@analyzer.op("TagResource")
def tag(c: Context) -> dict[str, Any]:
    return retagged(named(c), {**named(c)["tags"], **c.params["tags"]})


@analyzer.op("UntagResource")
def untag(c: Context) -> dict[str, Any]:
    return retagged(named(c), {k: v for k, v in named(c)["tags"].items() if k not in c.params["tagKeys"]})


@analyzer.op("ListTagsForResource")
def tags(c: Context) -> dict[str, Any]:
    return {"tags": named(c)["tags"]}


def retag(work: Work, found: Found, put: dict[str, str], gone: list[str]) -> None:
    if gone:
        work.call("accessanalyzer", "UntagResource", resourceArn=found["arn"], tagKeys=gone)
    if put:
        work.call("accessanalyzer", "TagResource", resourceArn=found["arn"], tags=put)


def delete_analyzer(work: Work, found: Found) -> None:
    work.call("accessanalyzer", "DeleteAnalyzer", analyzerName=found["analyzerName"])


cfn_type("AWS::AccessAnalyzer::Analyzer", "accessanalyzer", "CreateAnalyzer", delete_analyzer, "arn", name="AnalyzerName", attrs={"Arn": "arn"},
         rename={"AnalyzerConfiguration": "configuration", "Tags": "tags"}, retag=retag, replace=("AnalyzerName", "Type"))

# ---------------------------------------------------------------- defaults of an account and region


def defaults(c: Context, name: str) -> dict[str, Any]:
    return c.records("AccountDefault").setdefault(name, {"Name": name})


def dry(c: Context) -> None:
    if c.params.get("DryRun"):
        raise fail("DryRunOperation", "Request would have succeeded, but DryRun flag is set.", 412)


@ec2.op("EnableSnapshotBlockPublicAccess")
def block(c: Context) -> dict[str, Any]:
    dry(c)
    if c.params["State"] == "unblocked":
        raise fail("InvalidParameterValue", "Value (unblocked) for parameter State is invalid. Use DisableSnapshotBlockPublicAccess.")
    defaults(c, "SnapshotSharing")["State"] = c.params["State"]
    return {"State": c.params["State"]}


@ec2.op("DisableSnapshotBlockPublicAccess")
def unblock(c: Context) -> dict[str, Any]:
    dry(c)
    defaults(c, "SnapshotSharing")["State"] = "unblocked"
    return {"State": "unblocked"}


@ec2.op("GetSnapshotBlockPublicAccessState")
def blocked(c: Context) -> dict[str, Any]:
    dry(c)
    return {"State": defaults(c, "SnapshotSharing").get("State", "unblocked"), "ManagedBy": "account"}


METADATA = ("HttpTokens", "HttpPutResponseHopLimit", "HttpEndpoint", "InstanceMetadataTags", "HttpTokensEnforced")


@ec2.op("ModifyInstanceMetadataDefaults")
def metadata(c: Context) -> dict[str, Any]:
    dry(c)
    hops = c.params.get("HttpPutResponseHopLimit")
    if hops is not None and hops != -1 and not 1 <= hops <= 64:
        raise fail("InvalidParameterValue", f"Value ({hops}) for parameter HttpPutResponseHopLimit is invalid. It must be between 1 and 64.")
    held = defaults(c, "Metadata")
    for name in METADATA:
        said = c.params.get(name)
        if said in ("no-preference", -1):
            held.pop(name, None)
        elif said is not None:
            held[name] = said
    return {"Return": True}


@ec2.op("GetInstanceMetadataDefaults")
def metadata_now(c: Context) -> dict[str, Any]:
    dry(c)
    held = defaults(c, "Metadata")
    return {"AccountLevel": {**{k: held[k] for k in METADATA if k in held}, "ManagedBy": "account"}}


# ---------------------------------------------------------------- metric filters


logs = service("logs")


@logs.before_moto("PutMetricFilter")
def in_place_of_the_old(c: Context) -> None:
    """moto adds a second filter of the same name, and one to a group that is not there."""
    group, name = c.params["logGroupName"], c.params["filterName"]
    groups = c.call("logs", "DescribeLogGroups", logGroupNamePrefix=group)["logGroups"]
    if not any(g["logGroupName"] == group for g in groups):
        raise fail("ResourceNotFoundException", "The specified log group does not exist.")
    for one in filters_of(c, group):
        if one["filterName"] == name:
            c.call("logs", "DeleteMetricFilter", logGroupName=group, filterName=name)


@logs.after_moto("DeleteLogGroup")
def with_its_filters(c: Context, answer: dict[str, Any]) -> None:
    for one in filters_of(c, c.params["logGroupName"]):
        c.call("logs", "DeleteMetricFilter", logGroupName=one["logGroupName"], filterName=one["filterName"])


def filters_of(c: Context, group: str) -> list[dict[str, Any]]:
    return list(c.call("logs", "DescribeMetricFilters", logGroupName=group)["metricFilters"])


def delete_filter(work: Work, found: Found) -> None:
    work.call("logs", "DeleteMetricFilter", logGroupName=found["logGroupName"], filterName=found["filterName"])


def change_filter(work: Work, found: Found, changed: set[str]) -> None:
    made = FILTER.parameters({**work.properties, "FilterName": found["filterName"]}, {})
    work.call("logs", "PutMetricFilter", **made)


FILTER = cfn_type("AWS::Logs::MetricFilter", "logs", "PutMetricFilter", delete_filter, "filterName", name="FilterName", tags="", update=change_filter,
                  updatable=("FilterPattern", "MetricTransformations"), replace=("FilterName", "LogGroupName"))

# ---------------------------------------------------------------- not played

not_emulated("AWS::ControlTower::LandingZone", "a landing zone takes an organization, accounts of its own and about an hour")
