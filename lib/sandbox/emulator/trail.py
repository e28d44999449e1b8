"""Calls -> the events that CloudTrail's LookupEvents shows: who called what, when, about which resources."""
from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable
from typing import Any

from .clock import now
from .context import Context, make_uuid
from .errors import Refused, fail
from .layer import READS, Layer
from .pages import page
from .services import service
from .state import STATE

KEPT = 5000  # events a region: a learner's lab makes some hundreds
DATA_EVENTS = ("s3", "dynamodb", "sqs", "sns", "kinesis", "lambda", "firehose", "logs", "dynamodbstreams")  # management events only
DATA_PREFIXES = ("PutObject", "GetObject", "HeadObject", "DeleteObject", "ListObjects", "UploadPart", "CopyObject", "GetItem", "PutItem",
                 "UpdateItem", "DeleteItem", "Query", "Scan", "Batch", "SendMessage", "ReceiveMessage", "DeleteMessage", "Publish",
                 "PutRecord", "GetRecords", "Invoke", "PutLogEvents")
RESOURCES = {  # parameter or result member -> what CloudTrail calls the thing
    "InstanceId": "AWS::EC2::Instance", "VolumeId": "AWS::EC2::Volume", "SnapshotId": "AWS::EC2::Snapshot", "ImageId": "AWS::EC2::Ami",
    "VpcId": "AWS::EC2::VPC", "SubnetId": "AWS::EC2::Subnet", "GroupId": "AWS::EC2::SecurityGroup", "GroupName": "AWS::EC2::SecurityGroup",
    "KeyName": "AWS::EC2::KeyPair", "AllocationId": "AWS::EC2::EIP", "RoleName": "AWS::IAM::Role", "UserName": "AWS::IAM::User",
    "PolicyArn": "AWS::IAM::Policy", "BucketName": "AWS::S3::Bucket", "Bucket": "AWS::S3::Bucket", "StackName": "AWS::CloudFormation::Stack",
    "AlarmName": "AWS::CloudWatch::Alarm", "DBInstanceIdentifier": "AWS::RDS::DBInstance",
}
ATTRIBUTES = {"EventId": "EventId", "EventName": "EventName", "ReadOnly": "ReadOnly", "Username": "Username", "EventSource": "EventSource",
              "AccessKeyId": "AccessKeyId"}
MAKES = ("Create", "Run", "Allocate", "Copy", "Import", "Register", "Restore")
CALLERS: dict[tuple[str, str], str] = {}
GLOBAL_HOME = "us-east-1"  # where the events of a service without regions are told, IAM's for one
SECRET = ("password", "secret", "privatekey", "keymaterial", "token")

cloudtrail = service("cloudtrail")


def install(layer: Layer) -> None:
    layer.watchers.append(record)


def events(account: str, region: str) -> deque[dict[str, Any]]:
    kept: Any = STATE.table(account, region, "cloudtrail", "Event")
    return kept.setdefault("events", deque(maxlen=KEPT))  # type: ignore[no-any-return]


def record(context: Context, answer: Callable[[], dict[str, Any]], error: Refused | None) -> None:
    name = str(context.operation.name)
    if context.within or (context.service in DATA_EVENTS and name.startswith(DATA_PREFIXES)):
        return
    model = context.operation.service_model
    caller = caller_arn(context)
    made: dict[str, Any] = {}
    if error is None and name.startswith(MAKES):
        try:
            made = answer()
        except Refused as refused:  # moto's own refusals come as answers
            error = refused
    event: dict[str, Any] = {
        "EventId": make_uuid(), "EventName": name, "ReadOnly": str(name.startswith(READS)).lower(), "EventTime": now(),
        "AccessKeyId": "AKIAIOSFODNN7EXAMPLE", "EventSource": f"{model.metadata['endpointPrefix']}.amazonaws.com", "Username": caller.rsplit("/", 1)[-1],
        "Resources": about({**flat(made), **context.params}),
    }
    detail = {
        "eventVersion": "1.09", "userIdentity": {"type": "IAMUser", "accountId": context.account, "arn": caller},
        "eventTime": event["EventTime"].strftime("%Y-%m-%dT%H:%M:%SZ"), "eventSource": event["EventSource"], "eventName": name,
        "awsRegion": home_of(context), "sourceIPAddress": "127.0.0.1", "requestParameters": told(context.params), "eventID": event["EventId"],
        "readOnly": name.startswith(READS), "eventType": "AwsApiCall", "managementEvent": True, "recipientAccountId": context.account,
    }
    if error:
        detail.update(errorCode=error.code, errorMessage=error.message)
    event["CloudTrailEvent"] = json.dumps(detail, default=str)
    events(context.account, home_of(context)).append(event)


def home_of(context: Context) -> str:
    """The region whose history shows the event: STS, though one for all regions here, is asked in a region's own endpoint."""
    return context.region if context.regional or context.service == "sts" else GLOBAL_HOME


def caller_arn(context: Context) -> str:
    """Who GetCallerIdentity says that it is; asked once for each access key."""
    key = (context.account, context.access_key)
    if key not in CALLERS:
        CALLERS[key] = str(context.call("sts", "GetCallerIdentity")["Arn"])
    return CALLERS[key]


def flat(result: dict[str, Any]) -> dict[str, Any]:
    """The members of a result and of the one thing, or the things, that it shows: RunInstances has them in a list."""
    inner: dict[str, Any] = {}
    for value in result.values():
        for one in [value] if isinstance(value, dict) else value if isinstance(value, list) else []:
            for name, said in one.items() if isinstance(one, dict) else ():
                if isinstance(said, str):
                    inner.setdefault(name, []).append(said)
    return {**inner, **{k: v for k, v in result.items() if isinstance(v, str)}}


def about(params: dict[str, Any]) -> list[dict[str, str]]:
    """The resources that the parameters name."""
    found = []
    for name, value in params.items():
        kind = RESOURCES.get(name) or RESOURCES.get(name.removesuffix("s"))
        for one in value if isinstance(value, list) else [value]:
            if kind and isinstance(one, str):
                found.append({"ResourceType": kind, "ResourceName": one})
    return found


def told(value: Any) -> Any:
    """Parameters as CloudTrail writes them: secrets are left out, what is long is cut."""
    if isinstance(value, dict):
        return {k[:1].lower() + k[1:]: "HIDDEN_DUE_TO_SECURITY_REASONS" if k.lower().replace("_", "").endswith(SECRET) else told(v)
                for k, v in value.items()}
    if isinstance(value, list):
        return [told(v) for v in value[:50]]
    if isinstance(value, (bytes, str)):
        return (value if isinstance(value, str) else repr(value))[:500]
    return value


@cloudtrail.op("LookupEvents")
def lookup_events(c: Context) -> dict[str, Any]:
    start, end = c.params.get("StartTime"), c.params.get("EndTime")
    if start and end and start > end:
        raise fail("InvalidTimeRangeException", "StartTime must be before EndTime.")
    chosen = [e for e in reversed(events(c.account, c.region)) if within(e, start, end)]
    for attribute in c.params.get("LookupAttributes") or []:
        chosen = [e for e in chosen if matches(e, attribute["AttributeKey"], attribute["AttributeValue"])]
    return page(c, chosen, size=50, invalid="InvalidNextTokenException")


def within(event: dict[str, Any], start: Any, end: Any) -> bool:
    at = event["EventTime"].replace(tzinfo=None)  # moto's parser gives naive UTC
    return (start is None or at >= start.replace(tzinfo=None, microsecond=0)) and (end is None or at <= end.replace(tzinfo=None))


def matches(event: dict[str, Any], key: str, value: str) -> bool:
    if key in ("ResourceName", "ResourceType"):
        return any(r[key] == value for r in event["Resources"])
    return key in ATTRIBUTES and event[ATTRIBUTES[key]] == value
