"""Route 53 in the sandbox: what a zone refuses, what it answers, by whose health; signatures, policies and logs."""
from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest
from conftest import Sandbox, message, refused

ZONE = "worklab-abc123.test"


@pytest.fixture
def r53(aws: Callable[..., Any]) -> Any:
    return aws("route53")


@pytest.fixture
def zone(r53: Any) -> str:
    return str(r53.create_hosted_zone(Name=ZONE, CallerReference="1")["HostedZone"]["Id"].rsplit("/", 1)[-1])


def record(label: str, value: str, **more: Any) -> dict[str, Any]:
    name = f"{label}.{ZONE}" if label else ZONE
    return {"Name": name, "Type": "A", "TTL": 60, "ResourceRecords": [{"Value": value}], **more}


def batch(*sets: dict[str, Any], action: str = "CREATE") -> dict[str, Any]:
    return {"Changes": [{"Action": action, "ResourceRecordSet": s} for s in sets]}


def put(r53: Any, zone: str, *sets: dict[str, Any], action: str = "CREATE") -> Any:
    return r53.change_resource_record_sets(HostedZoneId=zone, ChangeBatch=batch(*sets, action=action))


def why(r53: Any, zone: str, *sets: dict[str, Any], action: str = "CREATE") -> str:
    return message(r53.change_resource_record_sets, HostedZoneId=zone, ChangeBatch=batch(*sets, action=action))


def answer(r53: Any, zone: str, label: str, kind: str = "A") -> Any:
    return r53.test_dns_answer(HostedZoneId=zone, RecordName=f"{label}.{ZONE}" if label else ZONE, RecordType=kind)


# ---------------------------------------------------------------- records


def test_a_change_takes_a_while(r53: Any, zone: str, sandbox: Sandbox) -> None:
    change = put(r53, zone, record("app", "192.0.2.1"))["ChangeInfo"]
    assert change["Status"] == "PENDING"
    r53.get_waiter("resource_record_sets_changed").wait(Id=change["Id"], WaiterConfig={"Delay": 1, "MaxAttempts": 5})
    assert r53.get_change(Id=change["Id"])["ChangeInfo"]["Status"] == "INSYNC"


@pytest.mark.parametrize("wrong,said", [
    (record("app", "192.0.2.300"), "not a valid IPv4 address"), (record("app", "app", Type="AAAA"), "not a valid IPv6 address"),
    (record("", "app.example.com", Type="CNAME"), "not permitted at apex"), (record("t", "bare", Type="TXT"), "enclosed in quotation marks"),
    (record("m", "mail.example.com", Type="MX"), "two fields"), ({**record("x", "192.0.2.1"), "Name": "x.example.com"}, "is not permitted in zone"),
    (record("here", "192.0.2.9"), "it already exists"), (record("here", "other.example.com", Type="CNAME"), "conflicting RRSet"),
    (record("here", "192.0.2.9", SetIdentifier="w", Weight=1), "another routing policy"), (record("w", "192.0.2.9", Weight=1), "Missing field 'SetIdentifier'"),
    (record("w", "192.0.2.9", SetIdentifier="w"), "Expected exactly one of"),
    ({"Name": f"n.{ZONE}", "Type": "A"}, "Expected exactly one of [AliasTarget"),
])
def test_what_aws_refuses_is_refused(r53: Any, zone: str, wrong: dict[str, Any], said: str) -> None:
    put(r53, zone, record("here", "192.0.2.1"))
    assert said in why(r53, zone, wrong)


def test_a_batch_is_done_as_a_whole_or_not_at_all(r53: Any, zone: str) -> None:
    why(r53, zone, record("good", "192.0.2.1"), record("bad", "nonsense"))
    assert [s["Type"] for s in r53.list_resource_record_sets(HostedZoneId=zone)["ResourceRecordSets"]] == ["NS", "SOA"]


def test_a_deletion_names_the_record_whole_and_the_zones_own_stay(r53: Any, zone: str) -> None:
    put(r53, zone, record("app", "192.0.2.1"))
    assert "do not match the current values" in why(r53, zone, record("app", "192.0.2.2"), action="DELETE")
    assert "was not found" in why(r53, zone, record("nope", "192.0.2.2"), action="DELETE")
    own = r53.list_resource_record_sets(HostedZoneId=zone)["ResourceRecordSets"][0]
    assert "at least one NS" in why(r53, zone, own, action="DELETE")
    assert refused(r53.delete_hosted_zone, Id=zone) == "HostedZoneNotEmpty"
    put(r53, zone, record("app", "192.0.2.1"), action="DELETE")
    r53.delete_hosted_zone(Id=zone)


def test_records_are_listed_page_by_page_with_their_identifiers(r53: Any, zone: str) -> None:
    put(r53, zone, *(record("w", f"192.0.2.{n}", SetIdentifier=f"s{n}", Weight=n) for n in range(1, 6)))
    pages = r53.get_paginator("list_resource_record_sets").paginate(HostedZoneId=zone, PaginationConfig={"PageSize": 2})
    assert [s.get("SetIdentifier") for p in pages for s in p["ResourceRecordSets"]] == [None, None, "s1", "s2", "s3", "s4", "s5"]


# ---------------------------------------------------------------- answers


def test_answers_follow_the_routing_policy(r53: Any, zone: str) -> None:
    put(r53, zone, record("app", "192.0.2.1"), record("*.wild", "192.0.2.7"), record("all", "192.0.2.2", SetIdentifier="a", Weight=1),
        record("all", "192.0.2.3", SetIdentifier="b", Weight=0), record("near", "192.0.2.4", SetIdentifier="far", Region="ap-south-1"),
        record("near", "192.0.2.5", SetIdentifier="here", Region="us-east-1"), record("geo", "192.0.2.8", SetIdentifier="any", GeoLocation={"CountryCode": "*"}),
        record("geo", "192.0.2.9", SetIdentifier="us", GeoLocation={"CountryCode": "US"}), record("www", f"app.{ZONE}", Type="CNAME"))
    assert {answer(r53, zone, "all")["RecordData"][0] for _ in range(20)} == {"192.0.2.2"}
    said = {label: answer(r53, zone, label)["RecordData"] for label in ("app", "near", "geo", "a.wild", "www")}
    assert said == {"app": ["192.0.2.1"], "near": ["192.0.2.5"], "geo": ["192.0.2.9"], "a.wild": ["192.0.2.7"], "www": [f"app.{ZONE}"]}
    assert (answer(r53, zone, "nope")["ResponseCode"], answer(r53, zone, "app", "TXT")["ResponseCode"]) == ("NXDOMAIN", "NOERROR")


def test_weights_are_shares(r53: Any, zone: str) -> None:
    put(r53, zone, record("shop", "192.0.2.1", SetIdentifier="a", Weight=90), record("shop", "192.0.2.2", SetIdentifier="b", Weight=10))
    said = [answer(r53, zone, "shop")["RecordData"][0] for _ in range(300)]
    assert 220 < said.count("192.0.2.1") < 297  # 270 expected, 5 sigma either way


def test_an_alias_answers_with_its_target_and_waits_for_it(r53: Any, zone: str) -> None:
    alias = {"Name": f"twin.{ZONE}", "Type": "A", "AliasTarget": {"HostedZoneId": zone, "DNSName": f"app.{ZONE}", "EvaluateTargetHealth": False}}
    assert "that target was not found" in why(r53, zone, alias)
    put(r53, zone, record("app", "192.0.2.1"), alias)
    assert answer(r53, zone, "twin")["RecordData"] == ["192.0.2.1"]
    away = {"Name": ZONE, "Type": "A", "AliasTarget": {"HostedZoneId": "Z3AQBSTGFJSTF", "DNSName": "s3-website-us-east-1.amazonaws.com", "EvaluateTargetHealth": False}}
    put(r53, zone, away)
    assert refused(r53.test_dns_answer, HostedZoneId=zone, RecordName=ZONE, RecordType="A") == "NotImplemented"


# ---------------------------------------------------------------- health


def checked(aws: Any, **config: Any) -> str:
    aws("cloudwatch").put_metric_alarm(AlarmName="down", Namespace="n", MetricName="m", Statistic="Maximum", Period=60, EvaluationPeriods=1, Threshold=0,
                                       ComparisonOperator="GreaterThanThreshold")
    about = {"Type": "CLOUDWATCH_METRIC", "AlarmIdentifier": {"Region": "us-east-1", "Name": "down"}, "InsufficientDataHealthStatus": "Healthy", **config}
    return str(aws("route53").create_health_check(CallerReference="c", HealthCheckConfig=about)["HealthCheck"]["Id"])


def failing_over(r53: Any, zone: str, check: str) -> Callable[[], str]:
    put(r53, zone, record("site", "192.0.2.1", SetIdentifier="p", Failover="PRIMARY", HealthCheckId=check),
        record("site", "192.0.2.2", SetIdentifier="s", Failover="SECONDARY"))
    return lambda: str(answer(r53, zone, "site")["RecordData"][0])


def test_the_metric_decides_and_not_the_alarms_state(aws: Any, r53: Any, zone: str) -> None:
    site = failing_over(r53, zone, checked(aws))
    aws("cloudwatch").set_alarm_state(AlarmName="down", StateValue="ALARM", StateReason="a drill")
    assert site() == "192.0.2.1"
    aws("cloudwatch").put_metric_data(Namespace="n", MetricData=[{"MetricName": "m", "Value": 1}])
    assert site() == "192.0.2.2"


def test_a_check_can_be_inverted_and_a_disabled_one_is_healthy(aws: Any, r53: Any, zone: str) -> None:
    check = checked(aws)
    site = failing_over(r53, zone, check)
    assert r53.update_health_check(HealthCheckId=check, Inverted=True)["HealthCheck"]["HealthCheckVersion"] == 2
    assert site() == "192.0.2.2"
    assert refused(r53.update_health_check, HealthCheckId=check, HealthCheckVersion=1, Inverted=False) == "HealthCheckVersionMismatch"
    aws("cloudwatch").put_metric_data(Namespace="n", MetricData=[{"MetricName": "m", "Value": 1}])
    r53.update_health_check(HealthCheckId=check, Inverted=False, Disabled=True)
    assert site() == "192.0.2.1"


def test_a_check_wants_what_it_checks(r53: Any, zone: str) -> None:
    for config in ({"Type": "CLOUDWATCH_METRIC", "AlarmIdentifier": {"Region": "us-east-1", "Name": "nope"}}, {"Type": "HTTP"}, {"Type": "TCP", "IPAddress": "192.0.2.1"},
                   {"Type": "CALCULATED", "ChildHealthChecks": ["00000000-0000-0000-0000-000000000000"], "HealthThreshold": 1}):
        assert refused(r53.create_health_check, CallerReference="c", HealthCheckConfig=config) == "InvalidInput"
    ghost = record("site", "192.0.2.1", SetIdentifier="p", Failover="PRIMARY", HealthCheckId="00000000-0000-0000-0000-000000000000")
    assert refused(r53.change_resource_record_sets, HostedZoneId=zone, ChangeBatch=batch(ghost)) == "NoSuchHealthCheck"


# ---------------------------------------------------------------- signatures

GRANTS = {"Effect": "Allow", "Principal": {"Service": "dnssec-route53.amazonaws.com"}, "Action": ["kms:DescribeKey", "kms:GetPublicKey", "kms:Sign"], "Resource": "*"}
ADMIN = {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "kms:*", "Resource": "*"}


def key(aws: Any, region: str = "us-east-1", spec: str = "ECC_NIST_P256", *statements: dict[str, Any]) -> str:
    policy = json.dumps({"Version": "2012-10-17", "Statement": [ADMIN, *(statements or (GRANTS,))]})
    return str(aws("kms", region=region).create_key(KeySpec=spec, KeyUsage="SIGN_VERIFY", Policy=policy)["KeyMetadata"]["Arn"])


def signing_key(r53: Any, zone: str, arn: str, name: str = "k_1") -> dict[str, Any]:
    made: dict[str, Any] = r53.create_key_signing_key(CallerReference=name, HostedZoneId=zone, KeyManagementServiceArn=arn, Name=name, Status="ACTIVE")
    return made["KeySigningKey"]


def test_a_key_of_another_kind_region_or_policy_signs_nothing(aws: Any, r53: Any, zone: str) -> None:
    deaf = {**GRANTS, "Action": "kms:Sign"}
    for arn in (key(aws, "eu-west-1"), key(aws, "us-east-1", "ECC_NIST_P384"), key(aws, "us-east-1", "ECC_NIST_P256", deaf)):
        asked = {"CallerReference": "c", "HostedZoneId": zone, "KeyManagementServiceArn": arn, "Name": "k_1", "Status": "ACTIVE"}
        assert refused(r53.create_key_signing_key, **asked) == "InvalidKMSArn"
    asked = {"CallerReference": "c", "HostedZoneId": zone, "KeyManagementServiceArn": key(aws), "Name": "with-hyphen", "Status": "ACTIVE"}
    assert refused(r53.create_key_signing_key, **asked) == "InvalidKeySigningKeyName"


def test_the_ds_record_is_the_digest_of_the_key(aws: Any, r53: Any, zone: str) -> None:
    arn = key(aws)
    made = signing_key(r53, zone, arn)
    public = aws("kms").get_public_key(KeyId=arn)["PublicKey"][-64:]
    assert base64.b64decode(made["PublicKey"]) == public
    owner = b"".join(bytes([len(part)]) + part.encode() for part in ZONE.split(".")) + b"\0"
    assert made["DigestValue"] == hashlib.sha256(owner + b"\x01\x01\x03\x0d" + public).hexdigest().upper()
    assert made["DSRecord"] == f"{made['KeyTag']} 13 2 {made['DigestValue']}"


def test_signing_ends_before_its_key_and_the_key_before_the_zone(aws: Any, r53: Any, zone: str) -> None:
    assert refused(r53.enable_hosted_zone_dnssec, HostedZoneId=zone) == "KeySigningKeyWithActiveStatusNotFound"
    signing_key(r53, zone, key(aws))
    r53.enable_hosted_zone_dnssec(HostedZoneId=zone)
    assert r53.get_dnssec(HostedZoneId=zone)["Status"]["ServeSignature"] == "SIGNING"
    named = {"HostedZoneId": zone, "Name": "k_1"}
    assert refused(r53.deactivate_key_signing_key, **named) == "KeySigningKeyInUse"
    assert refused(r53.delete_key_signing_key, **named) == "InvalidKeySigningKeyStatus"
    assert refused(r53.delete_hosted_zone, Id=zone) == "HostedZoneNotEmpty"
    r53.disable_hosted_zone_dnssec(HostedZoneId=zone)
    r53.deactivate_key_signing_key(**named)
    r53.delete_key_signing_key(**named)
    r53.delete_hosted_zone(Id=zone)


# ---------------------------------------------------------------- logs, policies, private zones


def test_a_query_log_wants_its_group_in_virginia_and_its_policy(aws: Any, r53: Any, zone: str) -> None:
    arn, logs = "arn:aws:logs:us-east-1:123456789012:log-group:queries", aws("logs")

    def code(**more: str) -> str:
        return refused(r53.create_query_logging_config, **{"HostedZoneId": zone, "CloudWatchLogsLogGroupArn": arn, **more})

    assert code(CloudWatchLogsLogGroupArn=arn.replace("us-east-1", "eu-west-1")) == "InvalidInput"
    assert code() == "NoSuchCloudWatchLogsLogGroup"
    logs.create_log_group(logGroupName="queries")
    assert code() == "InsufficientCloudWatchLogsResourcePolicy"
    said = {"Effect": "Allow", "Principal": {"Service": "route53.amazonaws.com"}, "Action": ["logs:CreateLogStream", "logs:PutLogEvents"], "Resource": f"{arn}:*"}
    logs.put_resource_policy(policyName="p", policyDocument=json.dumps({"Version": "2012-10-17", "Statement": [said]}))
    r53.create_query_logging_config(HostedZoneId=zone, CloudWatchLogsLogGroupArn=arn)
    assert code() == "QueryLoggingConfigAlreadyExists"
    other = r53.create_hosted_zone(Name="other.test", CallerReference="2")["HostedZone"]["Id"]
    assert r53.list_query_logging_configs(HostedZoneId=other)["QueryLoggingConfigs"] == []


def test_a_traffic_policy_in_use_stays_and_its_record_cannot_be_left(r53: Any, zone: str, sandbox: Sandbox) -> None:
    document = {"AWSPolicyFormatVersion": "2015-10-01", "RecordType": "A", "StartRule": "r", "Endpoints": {"a": {"Type": "value", "Value": "192.0.2.1"}},
                "Rules": {"r": {"RuleType": "weighted", "Items": [{"EndpointReference": "a", "Weight": "1"}]}}}
    astray = {**document, "Rules": {"r": {"RuleType": "weighted", "Items": [{"EndpointReference": "b", "Weight": "1"}]}}}
    assert refused(r53.create_traffic_policy, Name="p", Document=json.dumps(astray)) == "InvalidTrafficPolicyDocument"
    id_ = r53.create_traffic_policy(Name="p", Document=json.dumps(document))["TrafficPolicy"]["Id"]
    made = r53.create_traffic_policy_instance(HostedZoneId=zone, Name=f"t.{ZONE}", TTL=60, TrafficPolicyId=id_, TrafficPolicyVersion=1)["TrafficPolicyInstance"]
    assert made["State"] == "Creating"
    sandbox.turn(2)
    assert r53.get_traffic_policy_instance(Id=made["Id"])["TrafficPolicyInstance"]["State"] == "Applied"
    assert refused(r53.delete_traffic_policy, Id=id_, Version=1) == "TrafficPolicyInUse"
    assert refused(r53.delete_hosted_zone, Id=zone) == "HostedZoneNotEmpty"
    r53.delete_traffic_policy_instance(Id=made["Id"])
    r53.delete_traffic_policy(Id=id_, Version=1)
    r53.delete_hosted_zone(Id=zone)


def test_a_zone_with_a_network_is_private(aws: Any, r53: Any) -> None:
    vpc = {"VPCId": aws("ec2").describe_vpcs()["Vpcs"][0]["VpcId"], "VPCRegion": "us-east-1"}
    nobody = {"VPCId": "vpc-0123456789abcdef0", "VPCRegion": "us-east-1"}
    assert refused(r53.create_hosted_zone, Name="a.internal", CallerReference="1", VPC=nobody) == "InvalidVPCId"
    made = r53.create_hosted_zone(Name="a.internal", CallerReference="2", VPC=vpc)["HostedZone"]
    assert made["Config"]["PrivateZone"] is True
    assert refused(r53.create_hosted_zone, Name="a.internal", CallerReference="3", VPC=vpc) == "ConflictingDomainExists"
    assert refused(r53.create_hosted_zone, Name="a.internal", CallerReference="2", VPC=vpc) == "HostedZoneAlreadyExists"
    assert refused(r53.test_dns_answer, HostedZoneId=made["Id"].rsplit("/", 1)[-1], RecordName="x.a.internal", RecordType="A") == "InvalidInput"


def test_an_endpoint_takes_a_while_and_is_kept_by_its_rule(aws: Any) -> None:
    resolver, subnets = aws("route53resolver"), aws("ec2").describe_subnets()["Subnets"][:2]
    group = aws("ec2").describe_security_groups()["SecurityGroups"][0]["GroupId"]
    made = resolver.create_resolver_endpoint(CreatorRequestId="1", Name="out", Direction="OUTBOUND", SecurityGroupIds=[group],
                                             IpAddresses=[{"SubnetId": s["SubnetId"]} for s in subnets])["ResolverEndpoint"]
    assert made["Status"] == "CREATING"
    rule = resolver.create_resolver_rule(CreatorRequestId="2", Name="r", RuleType="FORWARD", DomainName="corp.test", ResolverEndpointId=made["Id"],
                                         TargetIps=[{"Ip": "192.0.2.53"}])["ResolverRule"]
    assert refused(resolver.delete_resolver_endpoint, ResolverEndpointId=made["Id"]) == "InvalidRequestException"
    resolver.delete_resolver_rule(ResolverRuleId=rule["Id"])
    resolver.delete_resolver_endpoint(ResolverEndpointId=made["Id"])


def test_a_website_of_a_template_is_served(aws: Any) -> None:
    bucket = {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": ZONE, "WebsiteConfiguration": {"IndexDocument": "index.html"}}}
    aws("cloudformation").create_stack(StackName="site", TemplateBody=json.dumps({"Resources": {"Site": bucket}}))
    assert aws("s3").get_bucket_website(Bucket=ZONE)["IndexDocument"] == {"Suffix": "index.html"}
