"""CloudTrail's trail and SNS's topic policy as CloudFormation types, and the bucket policy that a trail cannot do without."""
from __future__ import annotations

from typing import Any

from emulator.base.iam import text
from emulator.base.policy import Caller, Policies, Request, decide, read, values
from emulator.cfn.declared import cfn_type
from emulator.cfn.types import Found, ResourceType, Work, declare
from emulator.context import Context
from emulator.errors import fail
from emulator.services import service

CLOUDTRAIL = "cloudtrail"
trail = service(CLOUDTRAIL)


@trail.before_moto("CreateTrail", "UpdateTrail")
def may_write(c: Context) -> None:
    """moto takes a trail whose bucket would refuse every log file."""
    bucket, name = c.params.get("S3BucketName"), c.params["Name"]
    there = c.at("s3", False)
    if not bucket or not there.exists("s3", "HeadBucket", Bucket=bucket):
        return  # moto says so
    refused = fail("InsufficientS3BucketPolicyException", f"Incorrect S3 bucket policy is detected for bucket: {bucket}")
    if not there.exists("s3", "GetBucketPolicy", Bucket=bucket):
        raise refused
    policy = read(there.call("s3", "GetBucketPolicy", Bucket=bucket)["Policy"])
    source = name if name.startswith("arn:") else c.arn(f"trail/{name}")
    context = values({"aws:SourceArn": source, "aws:SourceAccount": c.account, "s3:x-amz-acl": "bucket-owner-full-control", "aws:SecureTransport": "true"})
    prefix = f"{c.params['S3KeyPrefix']}/" if c.params.get("S3KeyPrefix") else ""
    writes = f"arn:aws:s3:::{bucket}/{prefix}AWSLogs/{c.account}/CloudTrail/{c.region}/log.json.gz"
    for action, resource in (("s3:GetBucketAcl", f"arn:aws:s3:::{bucket}"), ("s3:PutObject", writes)):
        request = Request(action, resource, context, Caller("cloudtrail.amazonaws.com", "Service"))
        if not decide(request, Policies(resource=(policy,))).allowed:
            raise refused


def logging(work: Work, value: Any, found: Found) -> None:
    on = str(value).lower() == "true"
    work.call(CLOUDTRAIL, "StartLogging" if on else "StopLogging", Name=found["TrailARN"])


def selected(work: Work, value: Any, found: Found) -> None:
    work.call(CLOUDTRAIL, "PutEventSelectors", TrailName=found["TrailARN"], EventSelectors=value or [])


cfn_type("AWS::CloudTrail::Trail", CLOUDTRAIL, "CreateTrail", "DeleteTrail", "Name", name="TrailName", length=128,
         rename={"TrailName": "Name", "Tags": "TagsList"}, attrs={"Arn": "TrailARN", "SnsTopicArn": "SnsTopicARN"},
         then={"IsLogging": logging, "EventSelectors": selected}, update="UpdateTrail", replace=("TrailName",))


class TopicPolicy(ResourceType):
    """AWS::SNS::TopicPolicy: the policy of topics that stand elsewhere."""

    name = "AWS::SNS::TopicPolicy"

    def create(self, work: Work) -> Found:
        return self.update(work, {"Id": work.name()})

    def update(self, work: Work, found: Found) -> Found:
        for topic in work.properties["Topics"]:
            self.put(work, topic, work.properties["PolicyDocument"])
        return found

    def delete(self, work: Work, found: Found) -> None:
        """What is left is SNS's own: the topic's account may do everything with it."""
        for topic in work.properties["Topics"]:
            owner = {"Effect": "Allow", "Principal": {"AWS": topic.split(":")[4]}, "Action": "sns:*", "Resource": topic}
            if work.context.exists("sns", "GetTopicAttributes", TopicArn=topic):
                self.put(work, topic, {"Version": "2008-10-17", "Statement": [owner]})

    def put(self, work: Work, topic: str, document: Any) -> None:
        work.call("sns", "SetTopicAttributes", TopicArn=topic, AttributeName="Policy", AttributeValue=text(document))

    def physical(self, found: Found) -> str:
        return str(found["Id"])

    def has_attribute(self, name: str) -> bool:
        return False

    def replaces(self, properties: set[str]) -> set[str]:
        return properties & {"Topics"}


declare(TopicPolicy())
