"""What moto lacks of what the lab's templates make: SQS's limits, queues that can drift, subscriptions."""
from __future__ import annotations

import json
from typing import Any

from emulator.cfn.declared import Then, cfn_type
from emulator.cfn.types import Found, Work
from emulator.context import Context
from emulator.errors import Refused, fail
from emulator.services import service

sqs = service("sqs")

LIMITS = {  # API reference of CreateQueue, 2026-11-25
    "DelaySeconds": (0, 900), "MaximumMessageSize": (1024, 1048576), "MessageRetentionPeriod": (60, 1209600),
    "ReceiveMessageWaitTimeSeconds": (0, 20), "VisibilityTimeout": (0, 43200), "KmsDataKeyReusePeriodSeconds": (60, 86400),
}


@sqs.before_moto("CreateQueue", "SetQueueAttributes")
def within_limits(c: Context) -> None:
    for name, (least, most) in LIMITS.items():
        value = (c.params.get("Attributes") or {}).get(name)
        if value is not None and not (str(value).isdigit() and least <= int(value) <= most):
            raise fail("InvalidAttributeValue", f"Invalid value for the parameter {name}.")


# ---------------------------------------------------------------- AWS::SQS::Queue

NAME, TAGS = "QueueName", "Tags"
DOCUMENTS = ("RedrivePolicy", "RedriveAllowPolicy")


def attributes(properties: dict[str, Any]) -> dict[str, str]:
    """Properties as the attributes that SQS knows: all of them text."""
    return {k: json.dumps(v) if k in DOCUMENTS else str(v).lower() if isinstance(v, bool) else str(v)
            for k, v in properties.items() if k not in (NAME, TAGS)}


def asked(properties: dict[str, Any]) -> dict[str, Any]:
    return {NAME: properties[NAME], "Attributes": attributes(properties)}


def known(work: Work, found: Found) -> dict[str, Any]:
    said = work.call("sqs", "GetQueueAttributes", QueueUrl=found["QueueUrl"], AttributeNames=["QueueArn"])["Attributes"]
    return {"Arn": said["QueueArn"], NAME: said["QueueArn"].rsplit(":", 1)[-1]}


DEFAULTS = {"DelaySeconds": "0", "MaximumMessageSize": "1048576", "MessageRetentionPeriod": "345600", "ReceiveMessageWaitTimeSeconds": "0",
            "VisibilityTimeout": "30", "RedrivePolicy": "", "RedriveAllowPolicy": "", "KmsMasterKeyId": ""}


def set_again(work: Work, found: Found, changed: set[str]) -> None:
    """What the template says no longer goes back to SQS's own default."""
    said = attributes({k: v for k, v in work.properties.items() if k in changed})
    work.call("sqs", "SetQueueAttributes", QueueUrl=found["QueueUrl"], Attributes={**{k: DEFAULTS[k] for k in changed if k in DEFAULTS}, **said})


def retag(work: Work, found: Found, put: dict[str, str], gone: list[str]) -> None:
    if gone:
        work.call("sqs", "UntagQueue", QueueUrl=found["QueueUrl"], TagKeys=gone)
    if put:
        work.call("sqs", "TagQueue", QueueUrl=found["QueueUrl"], Tags=put)


def now(work: Work, found: Found) -> dict[str, Any] | None:
    try:
        said = work.call("sqs", "GetQueueAttributes", QueueUrl=found["QueueUrl"], AttributeNames=["All"])["Attributes"]
    except Refused:
        return None
    return {NAME: found[NAME], **{k: json.loads(v) if k in DOCUMENTS and v else v for k, v in said.items()}}


cfn_type("AWS::SQS::Queue", "sqs", "CreateQueue", lambda w, f: w.call("sqs", "DeleteQueue", QueueUrl=f["QueueUrl"]) and None, "QueueUrl",
         name=NAME, length=80, reshape=asked, rename={"Tags": "tags"}, attrs={"Arn": "Arn", NAME: NAME, "QueueUrl": "QueueUrl"}, settle=known,
         update=set_again, replace=(NAME, "FifoQueue"), retag=retag, reader=now)

# ---------------------------------------------------------------- AWS::SNS::Subscription

SET_LATER = ("DeliveryPolicy", "FilterPolicy", "FilterPolicyScope", "RawMessageDelivery", "RedrivePolicy")


def attribute(name: str) -> Then:
    def put(work: Work, value: Any, found: Found) -> None:
        said = str(value).lower() if isinstance(value, bool) else value if isinstance(value, str) else json.dumps(value or {})
        work.call("sns", "SetSubscriptionAttributes", SubscriptionArn=found["SubscriptionArn"], AttributeName=name, AttributeValue=said)
    return put


cfn_type("AWS::SNS::Subscription", "sns", "Subscribe", "Unsubscribe", "SubscriptionArn", tags="", attrs={"Arn": "SubscriptionArn"},
         replace=("TopicArn", "Protocol", "Endpoint"), then={name: attribute(name) for name in SET_LATER})
