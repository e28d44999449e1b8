"""S3's CloudFormation types as S3's own operations: moto's own class keeps little more of a bucket than its name."""
from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .. import moto_internals as moto
from ..cfn.convert import parameters
from ..cfn.declared import as_map, cfn_type
from ..cfn.types import Found, NotStabilized, ResourceType, Work, declare
from ..context import Context
from ..errors import Refused, fail
from ..services import service
from .conditions import Malformed
from .policy import Caller, Policies, Request, decide, read, values

S3 = "s3"


@dataclass(frozen=True)
class Setting:
    """A property that an operation of its own sets. `reshape` makes the operation's structure of the property's."""

    put: str
    member: str
    delete: str = ""
    reshape: Callable[[Any], Any] = lambda value: value
    empty: Any = None  # what takes it away where no operation does
    beside: tuple[str, ...] = ()  # members of the property that are parameters of the operation


def renamed(value: Any, names: dict[str, str]) -> Any:
    return {names.get(k, k): v for k, v in value.items()}


def encryption(value: Any) -> Any:
    rules = value["ServerSideEncryptionConfiguration"]
    return {"Rules": [renamed(r, {"ServerSideEncryptionByDefault": "ApplyServerSideEncryptionByDefault"}) for r in rules]}


def lifecycle(value: Any) -> Any:
    return {"Rules": [rule(r) for r in value["Rules"]]}


def rule(said: dict[str, Any]) -> dict[str, Any]:
    """CloudFormation writes a rule flat (ExpirationInDays, TagFilters); S3 nests it."""
    out: dict[str, Any] = {"ID": said.get("Id"), "Status": said["Status"], "Filter": scope(said)}
    expiration = {"Days": said.get("ExpirationInDays"), "Date": said.get("ExpirationDate"),
                  "ExpiredObjectDeleteMarker": said.get("ExpiredObjectDeleteMarker")}
    expiration = {k: v for k, v in expiration.items() if v is not None}
    if expiration:
        out["Expiration"] = expiration
    moves = [*(said.get("Transitions") or []), *([said["Transition"]] if said.get("Transition") else [])]
    if moves:
        out["Transitions"] = [renamed(m, {"TransitionInDays": "Days", "TransitionDate": "Date"}) for m in moves]
    older = [*(said.get("NoncurrentVersionTransitions") or []), *([said["NoncurrentVersionTransition"]] if said.get("NoncurrentVersionTransition") else [])]
    if older:
        out["NoncurrentVersionTransitions"] = [renamed(m, {"TransitionInDays": "NoncurrentDays"}) for m in older]
    if said.get("NoncurrentVersionExpiration"):
        out["NoncurrentVersionExpiration"] = said["NoncurrentVersionExpiration"]
    elif said.get("NoncurrentVersionExpirationInDays"):
        out["NoncurrentVersionExpiration"] = {"NoncurrentDays": said["NoncurrentVersionExpirationInDays"]}
    if said.get("AbortIncompleteMultipartUpload"):
        out["AbortIncompleteMultipartUpload"] = said["AbortIncompleteMultipartUpload"]
    return {k: v for k, v in out.items() if v is not None}


def scope(said: dict[str, Any]) -> dict[str, Any]:
    tags = said.get("TagFilters") or []
    parts = {"Prefix": said.get("Prefix"), "ObjectSizeGreaterThan": said.get("ObjectSizeGreaterThan"), "ObjectSizeLessThan": said.get("ObjectSizeLessThan")}
    parts = {k: v for k, v in parts.items() if v is not None}
    if len(parts) + len(tags) > 1:
        return {"And": {**parts, **({"Tags": tags} if tags else {})}}
    return {"Tag": tags[0]} if tags else parts or {"Prefix": ""}


def logging(value: Any) -> Any:
    return {"LoggingEnabled": {"TargetBucket": value.get("DestinationBucketName"), "TargetPrefix": value.get("LogFilePrefix", "")}}


def website(value: Any) -> Any:
    out = {"IndexDocument": {"Suffix": value["IndexDocument"]}} if "IndexDocument" in value else {}
    out |= {"ErrorDocument": {"Key": value["ErrorDocument"]}} if "ErrorDocument" in value else {}
    rules = [renamed(r, {"RoutingRuleCondition": "Condition", "RedirectRule": "Redirect"}) for r in value.get("RoutingRules") or []]
    out |= {"RoutingRules": rules} if rules else {}
    return out | {k: value[k] for k in ("RedirectAllRequestsTo",) if k in value}


SETTINGS = {
    "VersioningConfiguration": Setting("PutBucketVersioning", "VersioningConfiguration", empty={"Status": "Suspended"}),
    "BucketEncryption": Setting("PutBucketEncryption", "ServerSideEncryptionConfiguration", "DeleteBucketEncryption", encryption),
    "PublicAccessBlockConfiguration": Setting("PutPublicAccessBlock", "PublicAccessBlockConfiguration", "DeletePublicAccessBlock"),
    "OwnershipControls": Setting("PutBucketOwnershipControls", "OwnershipControls", "DeleteBucketOwnershipControls"),
    "ObjectLockConfiguration": Setting("PutObjectLockConfiguration", "ObjectLockConfiguration"),
    "LifecycleConfiguration": Setting("PutBucketLifecycleConfiguration", "LifecycleConfiguration", "DeleteBucketLifecycle", lifecycle,
                                      beside=("TransitionDefaultMinimumObjectSize",)),
    "LoggingConfiguration": Setting("PutBucketLogging", "BucketLoggingStatus", reshape=logging, empty={}),
    "AccelerateConfiguration": Setting("PutBucketAccelerateConfiguration", "AccelerateConfiguration",
                                       reshape=lambda v: {"Status": v["AccelerationStatus"]}, empty={"Status": "Suspended"}),
    "WebsiteConfiguration": Setting("PutBucketWebsite", "WebsiteConfiguration", "DeleteBucketWebsite", website),
    "CorsConfiguration": Setting("PutBucketCors", "CORSConfiguration", "DeleteBucketCors", lambda v: {"CORSRules": [renamed(r, {
        "Id": "ID", "MaxAge": "MaxAgeSeconds", "ExposedHeaders": "ExposeHeaders"}) for r in v["CorsRules"]]}),
}


def tiering(said: dict[str, Any]) -> dict[str, Any]:
    chosen = {"Filter": scope(said)} if said.get("Prefix") or said.get("TagFilters") else {}
    return {"Id": said["Id"], "Status": said["Status"], "Tierings": said["Tierings"], **chosen}


@dataclass(frozen=True)
class Settings:
    """A property with a list of settings, each put and deleted by its Id."""

    put: str
    member: str
    delete: str
    reshape: Callable[[Any], Any]


LISTS = {
    "IntelligentTieringConfigurations": Settings("PutBucketIntelligentTieringConfiguration", "IntelligentTieringConfiguration",
                                                 "DeleteBucketIntelligentTieringConfiguration", tiering),
}
NAMED = ("BucketName", "ObjectLockEnabled", "Tags")


class Bucket(ResourceType):
    """Its settings each have an operation; what the sandbox has none for is an error, not a silence."""

    name = "AWS::S3::Bucket"

    def create(self, work: Work) -> Found:
        bucket = work.properties.get("BucketName") or work.name(63, lower=True)
        if work.context.exists(S3, "HeadBucket", Bucket=bucket):
            raise fail("BucketAlreadyExists", f"{bucket} already exists")
        params: dict[str, Any] = {"Bucket": bucket}
        if work.context.region != "us-east-1":
            params["CreateBucketConfiguration"] = {"LocationConstraint": work.context.region}
        if str(work.properties.get("ObjectLockEnabled", "")).lower() == "true":
            params["ObjectLockEnabledForBucket"] = True
        work.call(S3, "CreateBucket", **params)
        found = {"BucketName": bucket}
        try:
            self.settle(work, bucket, set(work.properties))
            self.tag(work, bucket)
        except Exception:
            work.call(S3, "DeleteBucket", Bucket=bucket)
            raise
        return found

    def settle(self, work: Work, bucket: str, changed: set[str]) -> None:
        for name, setting in SETTINGS.items():
            if name in changed:
                self.put(work, bucket, name, setting)
        for name in changed & set(LISTS):
            self.put_each(work, bucket, name, LISTS[name])
        rest = changed - set(SETTINGS) - set(LISTS) - set(NAMED)
        if rest:
            raise NotStabilized(f"the sandbox cannot set {', '.join(sorted(rest))} of {self.name}")

    def put(self, work: Work, bucket: str, name: str, setting: Setting) -> None:
        value = work.properties.get(name)
        if value is None and setting.delete:
            work.call(S3, setting.delete, Bucket=bucket)
        elif value is not None or setting.empty is not None:
            said = setting.empty if value is None else setting.reshape(value)
            beside = {k: value[k] for k in setting.beside if value and k in value}
            work.call(S3, setting.put, **parameters(S3, setting.put, {"Bucket": bucket, setting.member: said, **beside}, {}))

    def put_each(self, work: Work, bucket: str, name: str, settings: Settings) -> None:
        wanted = {one["Id"]: one for one in work.properties.get(name) or []}
        for id_ in {one["Id"] for one in work.before.get(name) or []} - set(wanted):
            work.call(S3, settings.delete, Bucket=bucket, Id=id_)
        for id_, one in wanted.items():
            said = {"Bucket": bucket, "Id": id_, settings.member: settings.reshape(one)}
            work.call(S3, settings.put, **parameters(S3, settings.put, said, {}))

    def tag(self, work: Work, bucket: str) -> None:
        tags = {**work.tags, **as_map(work.properties.get("Tags"))}
        moto.tag_bucket(work.context.account, work.context.partition, bucket, tags)

    def update(self, work: Work, found: Found) -> Found:
        changed = work.changed()
        self.settle(work, found["BucketName"], changed)
        if "Tags" in changed or work.tags != work.tags_before:
            self.tag(work, found["BucketName"])
        return found

    def delete(self, work: Work, found: Found) -> None:
        try:
            work.call(S3, "DeleteBucket", Bucket=found["BucketName"])
        except Refused as error:
            if error.code != "NoSuchBucket":
                raise

    def physical(self, found: Found) -> str:
        return str(found["BucketName"])

    def attribute(self, context: Context, found: Found, name: str) -> Any:
        bucket, region = found["BucketName"], context.region
        return {
            "Arn": f"arn:{context.partition}:s3:::{bucket}", "DomainName": f"{bucket}.s3.amazonaws.com",
            "RegionalDomainName": f"{bucket}.s3.{region}.amazonaws.com", "DualStackDomainName": f"{bucket}.s3.dualstack.{region}.amazonaws.com",
            "WebsiteURL": f"http://{bucket}.s3-website-{region}.amazonaws.com",
        }[name]

    def replaces(self, properties: set[str]) -> set[str]:
        return properties & {"BucketName", "ObjectLockEnabled"}


declare(Bucket())


def policy(props: dict[str, Any]) -> dict[str, Any]:
    said = props["PolicyDocument"]
    return {"Bucket": props["Bucket"], "Policy": said if isinstance(said, str) else json.dumps(said)}


def change_policy(work: Work, found: Found, changed: set[str]) -> None:
    work.call(S3, "PutBucketPolicy", **policy(work.properties))


cfn_type("AWS::S3::BucketPolicy", S3, "PutBucketPolicy", "DeleteBucketPolicy", "Bucket", tags="", reshape=policy, update=change_policy,
         updatable=("PolicyDocument",), replace=("Bucket",))

# ---------------------------------------------------------------- what a policy of a bucket allows

# The sandbox stands for an endpoint that is reached over TLS, though its own is on the loopback.
SECURE = {"aws:SecureTransport": "true"}


def judge_policies() -> None:
    """moto reads a bucket's policy without its conditions and principals, and so denies everybody what is denied without TLS."""
    moto.judge_buckets(judged)


@service(S3).before_moto("PutBucketPolicy")
def well_formed(c: Context) -> None:
    try:
        statements = read(c.params["Policy"]).statements()
    except Malformed as error:
        raise fail("MalformedPolicy", str(error)) from None
    for statement in statements:
        if not {"Principal", "NotPrincipal"} & set(statement.body):
            raise fail("MalformedPolicy", "Missing required field Principal")


def judged(text: str, action: str, resource: str, account: str, partition: str) -> str:
    root = Caller(f"arn:{partition}:iam::{account}:root")
    request = Request(action, resource, values({**SECURE, "aws:PrincipalAccount": account, "aws:PrincipalArn": root.arn}), root)
    return decide(request, Policies(resource=(read(text),))).decision
