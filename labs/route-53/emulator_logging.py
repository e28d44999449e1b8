"""Query logging: of a public zone to a log group in Virginia that lets Route 53 write, and of a VPC's resolver."""
from __future__ import annotations

import fnmatch
import json
from typing import Any

from emulator.context import Context, make_uuid
from emulator.errors import fail
from emulator.kinds import Kind
from emulator.pages import page
from emulator.services import service
from emulator.state import Record

route53 = service("route53", regional=False)
resolver = service("route53resolver")
WRITES = {"logs:CreateLogStream", "logs:PutLogEvents"}


def many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def writable(there: Context, arn: str) -> bool:
    """Whether a resource policy of the region lets Route 53 write to the log group."""
    allowed: set[str] = set()
    for policy in there.call("logs", "DescribeResourcePolicies").get("resourcePolicies", []):
        for said in many(json.loads(policy["policyDocument"]).get("Statement")):
            principal = said.get("Principal") or {}
            services = many(principal.get("Service")) if isinstance(principal, dict) else []
            named = any(fnmatch.fnmatchcase(f"{arn}:*", r) or fnmatch.fnmatchcase(arn, r) or r == f"{arn}:*" for r in many(said.get("Resource")))
            if said.get("Effect") == "Allow" and "route53.amazonaws.com" in services and named:
                allowed |= {w for w in WRITES if any(fnmatch.fnmatchcase(w.lower(), a.lower()) for a in many(said.get("Action")))}
    return WRITES <= allowed


def zone_of(c: Context, id_: str) -> Any:
    """moto's zone; its own error, where there is none."""
    from moto.route53.models import route53_backends
    c.call("route53", "GetHostedZone", Id=id_)
    return route53_backends[c.account][c.partition].zones[id_.rsplit("/", 1)[-1]]


def loggable(c: Context, config: Record) -> None:
    zone = zone_of(c, config["HostedZoneId"])
    arn = config["CloudWatchLogsLogGroupArn"].removesuffix(":*")
    parts = arn.split(":", 6)
    if len(parts) != 7 or parts[2] != "logs" or parts[3] != "us-east-1" or parts[5] != "log-group":
        raise fail("InvalidInput", "The ARN for the CloudWatch Logs log group is invalid")
    if zone.private_zone:
        raise fail("InvalidInput", "Query logging is for public hosted zones only.")
    there = Context("logs", None, {}, c.account, "us-east-1")
    groups = there.call("logs", "DescribeLogGroups", logGroupNamePrefix=parts[6]).get("logGroups", [])
    if not any(g["logGroupName"] == parts[6] for g in groups):
        raise fail("NoSuchCloudWatchLogsLogGroup", "The specified CloudWatch Logs log group doesn't exist.", 404)
    if not writable(there, arn):
        raise fail("InsufficientCloudWatchLogsResourcePolicy", "The resource policy that you're using for Route 53 query logging doesn't grant Route 53 "
                                                               "sufficient permission to create a log stream in the specified log group.")
    config.update(HostedZoneId=zone.resource_id, CloudWatchLogsLogGroupArn=arn)
    if c.find("QueryLoggingConfig", HostedZoneId=zone.resource_id):
        raise fail("QueryLoggingConfigAlreadyExists", f"A query logging configuration already exists for hosted zone {zone.resource_id}", 409)


class QueryLogging(Kind):
    def do_list(self, c: Context) -> dict[str, Any]:
        if c.params.get("HostedZoneId"):
            c.params["HostedZoneId"] = zone_of(c, c.params["HostedZoneId"]).resource_id
        return page(c, self.rows(c), invalid="InvalidPaginationToken")


QueryLogging(route53, "QueryLoggingConfig", key="Id", create="CreateQueryLoggingConfig", get="GetQueryLoggingConfig", list="ListQueryLoggingConfigs",
             delete="DeleteQueryLoggingConfig", output="QueryLoggingConfig", check=loggable, tags="",
             missing=("NoSuchQueryLoggingConfig", "The query logging configuration {} does not exist."),
             made={"Id": make_uuid, "Location": lambda c, r: f"https://route53.amazonaws.com/2013-04-01/queryloggingconfig/{r['Id']}"})


# ---------------------------------------------------------------- the resolver's, which moto makes and never removes


def backend(c: Context) -> Any:
    from moto.route53resolver.models import route53resolver_backends
    return route53resolver_backends[c.account][c.region]


@resolver.op("DeleteResolverQueryLogConfig")
def delete(c: Context) -> dict[str, Any]:
    held, id_ = backend(c), c.params["ResolverQueryLogConfigId"]
    c.call("route53resolver", "GetResolverQueryLogConfig", ResolverQueryLogConfigId=id_)  # its own error, where there is none
    config = held.resolver_query_log_configs[id_]
    if any(a.resolver_query_log_config_id == id_ for a in held.resolver_query_log_config_associations.values()):
        raise fail("InvalidRequestException", f"The query logging configuration {id_} is associated with a VPC: disassociate it first.")
    told = {**config.description(), "Status": "DELETING"}
    del held.resolver_query_log_configs[id_]
    return {"ResolverQueryLogConfig": told}


@resolver.op("DisassociateResolverQueryLogConfig")
def disassociate(c: Context) -> dict[str, Any]:
    held, wanted = backend(c), (c.params["ResolverQueryLogConfigId"], c.params["ResourceId"])
    for id_, one in list(held.resolver_query_log_config_associations.items()):
        if (one.resolver_query_log_config_id, one.resource_id) == wanted:
            del held.resolver_query_log_config_associations[id_]
            held.get_resolver_query_log_config(wanted[0]).association_count -= 1
            return {"ResolverQueryLogConfigAssociation": {**one.description(), "Status": "DELETING"}}
    raise fail("ResourceNotFoundException", f"The query logging configuration {wanted[0]} is not associated with {wanted[1]}.")
