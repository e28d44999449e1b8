"""The AWS CLI's documented examples of what this lab adds to Route 53, its resolver and its registrar; and an error for each."""
from __future__ import annotations

import json
import pathlib
import tempfile
from typing import Any

from botocore.paginate import TokenEncoder

Replacements = dict[str, str]
NO_EXAMPLE = "awscli has no example of it"
CONTACT = {"FirstName": "John", "LastName": "Doe", "ContactType": "PERSON", "AddressLine1": "1 Main Street", "City": "Seattle", "State": "WA",
           "CountryCode": "US", "ZipCode": "98101", "PhoneNumber": "+1.2065550100", "Email": "john@example.com"}


def written(content: Any) -> str:
    """The example's file, which is on a disk of Windows there."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="worklab-examples-"))
    (folder / "example.json").write_text(json.dumps(content))
    return f"file://{folder / 'example.json'}"


# ---------------------------------------------------------------- zones, records, changes


def zone(aws: Any, name: str = "example.domain") -> dict[str, Any]:
    made: dict[str, Any] = aws("route53").create_hosted_zone(Name=name, CallerReference="example")
    return made


def zone_id(aws: Any) -> Replacements:
    return {r"Z\w*EXAMPLE": zone(aws)["HostedZone"]["Id"].rsplit("/", 1)[-1]}


def next_record(aws: Any) -> Replacements:
    token = TokenEncoder().encode({"StartRecordName": "example.domain.", "StartRecordType": "SOA", "boto_truncate_amount": 0})
    return {**zone_id(aws), r"--starting-token \S+": f"--starting-token {token}"}


def changed(aws: Any) -> Replacements:
    record = {"Name": "www.example.domain", "Type": "A", "TTL": 60, "ResourceRecords": [{"Value": "192.0.2.1"}]}
    batch = {"Comment": "optional comment about the changes in this change batch request", "Changes": [{"Action": "CREATE", "ResourceRecordSet": record}]}
    return {**zone_id(aws), r"file://\S+": written(batch)}


def change(aws: Any) -> Replacements:
    return {r"/change/\w+": zone(aws)["ChangeInfo"]["Id"]}


# ---------------------------------------------------------------- health checks

CHECK = {"IPAddress": "192.0.2.1", "Port": 80, "Type": "HTTP", "ResourcePath": "/", "FullyQualifiedDomainName": "www.example.com", "RequestInterval": 30,
         "FailureThreshold": 3}


def check_file(aws: Any) -> Replacements:
    return {r"file://\S+": written(CHECK)}


def check(aws: Any) -> Replacements:
    made = aws("route53").create_health_check(CallerReference="example", HealthCheckConfig=CHECK)["HealthCheck"]["Id"]
    return {r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}": made}


def next_check(aws: Any) -> Replacements:
    aws("route53").create_health_check(CallerReference="first", HealthCheckConfig=CHECK)
    second = aws("route53").create_health_check(CallerReference="second", HealthCheckConfig=CHECK)["HealthCheck"]["Id"]
    return {"Z3M3LMPEXAMPLE": TokenEncoder().encode({"Marker": second})}


# ---------------------------------------------------------------- query logs, domains


def logged(aws: Any) -> Replacements:
    arn = "arn:aws:logs:us-east-1:123456789012:log-group:/aws/route53/example.com"
    said = {"Effect": "Allow", "Principal": {"Service": "route53.amazonaws.com"}, "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
            "Resource": "arn:aws:logs:us-east-1:123456789012:log-group:/aws/route53/*"}
    aws("logs").create_log_group(logGroupName="/aws/route53/example.com")
    aws("logs").put_resource_policy(policyName="route53", policyDocument=json.dumps({"Version": "2012-10-17", "Statement": [said]}))
    ids = zone_id(aws)
    aws("route53").create_query_logging_config(HostedZoneId=ids[r"Z\w*EXAMPLE"], CloudWatchLogsLogGroupArn=arn)
    return ids


def domain(aws: Any) -> None:
    aws("route53domains").register_domain(DomainName="example.com", DurationInYears=1, AdminContact=CONTACT, RegistrantContact=CONTACT, TechContact=CONTACT)


def tagged(aws: Any) -> None:
    domain(aws)
    aws("route53domains").update_tags_for_domain(DomainName="example.com", TagsToUpdate=[{"Key": "key1", "Value": "value1"}])


SETUPS: dict[tuple[str, str], list[Any]] = {
    ("route53", "ChangeResourceRecordSets"): [changed], ("route53", "ListResourceRecordSets"): [zone_id, zone_id, next_record, zone_id],
    ("route53", "GetChange"): [change], ("route53", "CreateHealthCheck"): [check_file], ("route53", "GetHealthCheck"): [check],
    ("route53", "DeleteHealthCheck"): [check], ("route53", "ListHealthChecks"): [check, check, next_check],
    ("route53", "ListQueryLoggingConfigs"): [logged],
    ("route53domains", "EnableDomainAutoRenew"): [domain], ("route53domains", "DisableDomainAutoRenew"): [domain],
    ("route53domains", "ListTagsForDomain"): [tagged], ("route53domains", "UpdateTagsForDomain"): [domain], ("route53domains", "DeleteTagsForDomain"): [tagged],
}

ZONE = {"HostedZoneId": "Z0EXAMPLE"}
KEY = {**ZONE, "Name": "key_1"}
VPC = {**ZONE, "VPC": {"VPCId": "vpc-0123456789abcdef0", "VPCRegion": "us-east-1"}}
COLLECTION = "00000000-0000-0000-0000-000000000000"
BATCH = {"Changes": [{"Action": "CREATE", "ResourceRecordSet": {"Name": "a.example.com", "Type": "A", "TTL": 60, "ResourceRecords": [{"Value": "192.0.2.1"}]}}]}
POLICY = {"Id": COLLECTION, "Version": 1}
DOCUMENT = json.dumps({"AWSPolicyFormatVersion": "2015-10-01", "RecordType": "A", "StartEndpoint": "a", "Endpoints": {"a": {"Type": "value", "Value": "192.0.2.1"}}})
LOG_GROUP = "arn:aws:logs:us-east-1:123456789012:log-group:nope"
DOMAIN = {"DomainName": "nobody.com"}

ERRORS: list[tuple[str, str, dict[str, Any], str]] = [
    ("route53", "ChangeResourceRecordSets", {**ZONE, "ChangeBatch": BATCH}, "NoSuchHostedZone"),
    ("route53", "ListResourceRecordSets", ZONE, "NoSuchHostedZone"),
    ("route53", "TestDNSAnswer", {**ZONE, "RecordName": "a.example.com", "RecordType": "A"}, "NoSuchHostedZone"),
    ("route53", "GetChange", {"Id": "C0EXAMPLE"}, "NoSuchChange"),
    ("route53", "CreateVPCAssociationAuthorization", VPC, "NoSuchHostedZone"), ("route53", "ListVPCAssociationAuthorizations", ZONE, "NoSuchHostedZone"),
    ("route53", "DeleteVPCAssociationAuthorization", VPC, "NoSuchHostedZone"),
    ("route53", "CreateCidrCollection", {"Name": "taken", "CallerReference": "other"}, "CidrCollectionAlreadyExistsException"),
    ("route53", "ListCidrCollections", {"NextToken": "nonsense"}, "InvalidInput"), ("route53", "DeleteCidrCollection", {"Id": COLLECTION}, "NoSuchCidrCollectionException"),
    ("route53", "ChangeCidrCollection", {"Id": COLLECTION, "Changes": [{"LocationName": "l", "Action": "PUT", "CidrList": ["192.0.2.0/24"]}]}, "NoSuchCidrCollectionException"),
    ("route53", "ListCidrLocations", {"CollectionId": COLLECTION}, "NoSuchCidrCollectionException"),
    ("route53", "ListCidrBlocks", {"CollectionId": COLLECTION}, "NoSuchCidrCollectionException"),
    ("route53", "CreateHealthCheck", {"CallerReference": "taken", "HealthCheckConfig": {**CHECK, "Port": 81}}, "HealthCheckAlreadyExists"),
    ("route53", "GetHealthCheck", {"HealthCheckId": COLLECTION}, "NoSuchHealthCheck"), ("route53", "ListHealthChecks", {"Marker": "nope"}, "InvalidInput"),
    ("route53", "UpdateHealthCheck", {"HealthCheckId": COLLECTION, "Inverted": True}, "NoSuchHealthCheck"),
    ("route53", "DeleteHealthCheck", {"HealthCheckId": COLLECTION}, "NoSuchHealthCheck"), ("route53", "GetHealthCheckStatus", {"HealthCheckId": COLLECTION}, "NoSuchHealthCheck"),
    ("route53", "CreateKeySigningKey", {**KEY, "CallerReference": "c", "KeyManagementServiceArn": f"arn:aws:kms:us-east-1:123456789012:key/{COLLECTION}", "Status": "ACTIVE"}, "NoSuchHostedZone"),
    ("route53", "ActivateKeySigningKey", KEY, "NoSuchHostedZone"), ("route53", "DeactivateKeySigningKey", KEY, "NoSuchHostedZone"),
    ("route53", "DeleteKeySigningKey", KEY, "NoSuchHostedZone"), ("route53", "EnableHostedZoneDNSSEC", ZONE, "NoSuchHostedZone"),
    ("route53", "DisableHostedZoneDNSSEC", ZONE, "NoSuchHostedZone"), ("route53", "GetDNSSEC", ZONE, "NoSuchHostedZone"),
    ("route53", "CreateTrafficPolicy", {"Name": "taken", "Document": DOCUMENT}, "TrafficPolicyAlreadyExists"),
    ("route53", "CreateTrafficPolicyVersion", {"Id": COLLECTION, "Document": DOCUMENT}, "NoSuchTrafficPolicy"), ("route53", "GetTrafficPolicy", POLICY, "NoSuchTrafficPolicy"),
    ("route53", "UpdateTrafficPolicyComment", {**POLICY, "Comment": "c"}, "NoSuchTrafficPolicy"), ("route53", "DeleteTrafficPolicy", POLICY, "NoSuchTrafficPolicy"),
    ("route53", "ListTrafficPolicies", {"TrafficPolicyIdMarker": "nope"}, "InvalidInput"), ("route53", "ListTrafficPolicyVersions", {"Id": COLLECTION}, "NoSuchTrafficPolicy"),
    ("route53", "CreateTrafficPolicyInstance", {**ZONE, "Name": "a.example.com", "TTL": 60, "TrafficPolicyId": COLLECTION, "TrafficPolicyVersion": 1}, "NoSuchHostedZone"),
    ("route53", "GetTrafficPolicyInstance", {"Id": COLLECTION}, "NoSuchTrafficPolicyInstance"),
    ("route53", "UpdateTrafficPolicyInstance", {"Id": COLLECTION, "TTL": 60, "TrafficPolicyId": COLLECTION, "TrafficPolicyVersion": 1}, "NoSuchTrafficPolicyInstance"),
    ("route53", "DeleteTrafficPolicyInstance", {"Id": COLLECTION}, "NoSuchTrafficPolicyInstance"),
    ("route53", "ListTrafficPolicyInstances", {"HostedZoneIdMarker": "Z0EXAMPLE"}, "InvalidInput"),
    ("route53", "ListTrafficPolicyInstancesByHostedZone", ZONE, "NoSuchHostedZone"),
    ("route53", "ListTrafficPolicyInstancesByPolicy", {"TrafficPolicyId": COLLECTION, "TrafficPolicyVersion": 1}, "NoSuchTrafficPolicy"),
    ("route53", "CreateQueryLoggingConfig", {**ZONE, "CloudWatchLogsLogGroupArn": LOG_GROUP}, "NoSuchHostedZone"),
    ("route53", "GetQueryLoggingConfig", {"Id": COLLECTION}, "NoSuchQueryLoggingConfig"), ("route53", "ListQueryLoggingConfigs", ZONE, "NoSuchHostedZone"),
    ("route53", "DeleteQueryLoggingConfig", {"Id": COLLECTION}, "NoSuchQueryLoggingConfig"),
    ("route53resolver", "DeleteResolverQueryLogConfig", {"ResolverQueryLogConfigId": "rqlc-nope"}, "ResourceNotFoundException"),
    ("route53resolver", "DisassociateResolverQueryLogConfig", {"ResolverQueryLogConfigId": "rqlc-nope", "ResourceId": "vpc-1"}, "ResourceNotFoundException"),
    ("route53domains", "EnableDomainAutoRenew", DOMAIN, "InvalidInput"), ("route53domains", "DisableDomainAutoRenew", DOMAIN, "InvalidInput"),
    ("route53domains", "ListTagsForDomain", DOMAIN, "InvalidInput"), ("route53domains", "UpdateTagsForDomain", DOMAIN, "InvalidInput"),
    ("route53domains", "DeleteTagsForDomain", {**DOMAIN, "TagsToDelete": ["k"]}, "InvalidInput"),
]

NOT_REPLAYED: dict[tuple[str, str], str] = {(service, operation): NO_EXAMPLE for service, operation, _, _ in ERRORS if (service, operation) not in SETUPS}


def before_errors(aws: Any) -> None:
    route53 = aws("route53")
    route53.create_cidr_collection(Name="taken", CallerReference="taken")
    route53.create_health_check(CallerReference="taken", HealthCheckConfig=CHECK)
    route53.create_traffic_policy(Name="taken", Document=DOCUMENT)
