"""Requests that AWS would refuse for their shape are refused, for moto's own services too; what a model may lag behind is let through."""
from __future__ import annotations

import http.client
import json
from typing import Any

import pytest
from conftest import DECLARATIONS, Sandbox, message, refused

SIGNED = "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20261122/us-east-1/{}/aws4_request, SignedHeaders=host, Signature=0"


def send(sandbox: Sandbox, service: str, body: str, target: str = "", path: str = "/", method: str = "POST", content: str = "") -> tuple[int, str]:
    link = http.client.HTTPConnection("127.0.0.1", sandbox.line["port"], timeout=30)
    kind = content or ("application/x-amz-json-1.1" if target else "application/x-www-form-urlencoded; charset=utf-8")
    headers = {"Authorization": SIGNED.format(service), "Content-Type": kind, **({"X-Amz-Target": target} if target else {})}
    link.request(method, path, body.encode(), headers)
    answer = link.getresponse()
    text = answer.read().decode(errors="replace")  # an answer in CBOR is no text
    link.close()
    return answer.status, text


@pytest.mark.parametrize("service,operation,params,code", [
    ("ssm", "put_parameter", {"Name": "n"}, "ValidationException"),  # missing: Value
    ("ssm", "put_parameter", {"Name": "n" * 3000, "Value": "v"}, "ValidationException"),  # too long
    ("ssm", "get_parameters_by_path", {"Path": "/", "MaxResults": 99}, "ValidationException"),  # out of range
    ("ec2", "create_subnet", {"CidrBlock": "10.0.0.0/24"}, "MissingParameter"),
    ("iam", "create_role", {"RoleName": "a role", "AssumeRolePolicyDocument": "{}"}, "ValidationError"),  # pattern
    ("iam", "create_role", {"RoleName": "r"}, "ValidationError"),
    ("sqs", "create_queue", {}, "MissingParameter"), ("sns", "create_topic", {}, "InvalidParameter"),
    ("cloudformation", "create_stack", {}, "ValidationError"), ("sts", "assume_role", {"RoleArn": "x"}, "ValidationError"),
    ("config", "put_configuration_aggregator", {"ConfigurationAggregatorName": "n" * 257}, "ValidationException"),
    ("dynamodb", "put_item", {"TableName": "t"}, "ValidationException"), ("kms", "describe_key", {}, "ValidationException"),
    ("logs", "create_log_group", {}, "InvalidParameterException"), ("route53", "create_hosted_zone", {"Name": "n."}, "InvalidInput"),
    ("lambda", "create_function", {"FunctionName": "f"}, "InvalidParameterValueException"), ("backup", "create_backup_plan", {}, "InvalidParameterValueException"),
    ("rds", "create_db_instance", {"DBInstanceIdentifier": "d"}, "MissingParameter"),
    ("s3", "delete_objects", {"Bucket": "b", "Delete": {"Objects": [{}]}}, "MalformedXML"), ("s3", "put_bucket_cors", {"Bucket": "b", "CORSConfiguration": {"CORSRules": [{}]}}, "MalformedXML"),
    ("efs", "describe_file_systems", {"FileSystemId": "nonsense!"}, "BadRequest"),
    ("organizations", "describe_policy", {"PolicyId": "meaninglessstring"}, "InvalidInputException"),
])
def test_what_the_model_forbids_is_refused(aws: Any, sandbox: Sandbox, service: str, operation: str, params: dict[str, Any], code: str) -> None:
    call = getattr(sandbox.client(service, validate=False), operation)
    assert refused(call, **params) == code


def test_the_sentence_says_where(sandbox: Sandbox) -> None:
    ssm, ec2 = sandbox.client("ssm", validate=False), sandbox.client("ec2", validate=False)
    assert message(ssm.put_parameter, Name="n") == "1 validation error detected: Value null at 'value' failed to satisfy constraint: Member must not be null"
    assert message(ec2.create_subnet, CidrBlock="10.0.0.0/24") == "The request must contain the parameter VpcId"


@pytest.mark.parametrize("service,body,target,code", [
    ("ssm", '{"Name": "n", "Value": "v", "Type": "String", "Nope": 1}', "AmazonSSM.PutParameter", "ValidationException"),
    ("ssm", '{"Name": "n", "Value": "v", "Type": "String", "Tags": [{"Key": "k", "Value": "v", "Nope": 1}]}', "AmazonSSM.PutParameter", "ValidationException"),
    ("ec2", "Action=DescribeVpcs&Version=2016-11-15&Nope=1", "", "UnknownParameter"),
    ("ec2", "Action=DescribeVpcs&Version=2016-11-15&Filter.1.Nope=1", "", "UnknownParameter"),
    ("iam", "Action=ListRoles&Version=2010-05-08&Nope=1", "", "ValidationError"),
    ("ssm", '{"Name": 5, "Value": "v", "Type": "String"}', "AmazonSSM.PutParameter", "ValidationException"),
    ("ssm", '{"Name": ["n"], "Value": "v"}', "AmazonSSM.PutParameter", "ValidationException"),
    ("ssm", "not json", "AmazonSSM.PutParameter", "SerializationException"), ("ssm", "[]", "AmazonSSM.PutParameter", "SerializationException"),
    ("ssm", "{" * 5000, "AmazonSSM.PutParameter", "SerializationException"),
    ("ec2", "Action=DescribeInstances&Version=2016-11-15&MaxResults=many", "", "InvalidParameterValue"),
])
def test_unknown_and_malformed_members_are_refused(aws: Any, sandbox: Sandbox, service: str, body: str, target: str, code: str) -> None:
    status, text = send(sandbox, service, body, target)
    assert status == 400 and code in text, text


def test_a_value_that_an_enumeration_lacks_is_let_through_and_told_in_the_log(tmp_path: Any) -> None:
    log = tmp_path / "log"
    own = Sandbox("--port", "0", log=log)
    own.client("sqs").create_queue(QueueName="q")
    url = own.client("sqs").get_queue_url(QueueName="q")["QueueUrl"]
    own.client("sqs").receive_message(QueueUrl=url, AttributeNames=["SentTimestamp"])  # the model lacks it, the service has it
    own.client("ssm").put_parameter(Name="n", Value="v", Type="String", Tier="Tomorrow")
    own.stop()
    assert "is not in the model" in log.read_text() and "Tomorrow" in log.read_text()


def test_lenient_turns_it_off() -> None:
    own = Sandbox("--port", "0", "--lenient", *DECLARATIONS)
    ssm = own.client("ssm", validate=False)
    assert ssm.put_parameter(Name="n", Value="v", Type="String", Description="d" * 2000)["Version"] == 1
    status, _ = send(own, "ssm", '{"Name": "m", "Value": "v", "Type": "String", "Nope": 1}', "AmazonSSM.PutParameter")
    assert status == 200
    own.stop()


def test_what_sdks_send_is_let_through(aws: Any) -> None:
    """Of every protocol, with what is odd about each: flattened lists, maps, blobs, empty lists, streams, dates."""
    s3, sqs, sns, ddb, logs = aws("s3"), aws("sqs"), aws("sns"), aws("dynamodb"), aws("logs")
    s3.create_bucket(Bucket="bucket")
    s3.put_object(Bucket="bucket", Key="a/b c+d", Body=b"\x00\xff" * 1000, Metadata={"m": "x"}, ContentEncoding="gzip")
    s3.put_bucket_tagging(Bucket="bucket", Tagging={"TagSet": [{"Key": "a", "Value": ""}]})
    assert s3.list_objects_v2(Bucket="bucket", Prefix="a/")["KeyCount"] == 1
    assert len(s3.get_object(Bucket="bucket", Key="a/b c+d")["Body"].read()) == 2000
    s3.delete_objects(Bucket="bucket", Delete={"Objects": [{"Key": "a/b c+d"}]})
    url = sqs.create_queue(QueueName="q", Attributes={"DelaySeconds": "0"})["QueueUrl"]
    sqs.send_message(QueueUrl=url, MessageBody="b", MessageAttributes={"a": {"DataType": "Binary", "BinaryValue": b"\x00"}})
    assert sqs.receive_message(QueueUrl=url, MessageAttributeNames=["All"])["Messages"]
    sns.create_topic(Name="t", Tags=[], Attributes={"DisplayName": "d"})
    ddb.create_table(TableName="t", KeySchema=[{"AttributeName": "k", "KeyType": "HASH"}], BillingMode="PAY_PER_REQUEST",
                     AttributeDefinitions=[{"AttributeName": "k", "AttributeType": "S"}])
    ddb.put_item(TableName="t", Item={"k": {"S": "v"}, "n": {"N": "1"}, "b": {"B": b"\x01"}, "l": {"L": [{"NULL": True}]}})
    logs.create_log_group(logGroupName="g", tags={"a": "b"})
    aws("cloudwatch").put_metric_data(Namespace="n", MetricData=[{"MetricName": "m", "Values": [1.0] * 150}] * 40)  # sent compressed
    aws("cloudwatch").get_metric_data(MetricDataQueries=[], StartTime="2026-01-01T00:00:00Z", EndTime=1767312000)
    aws("route53").create_hosted_zone(Name="example.com", CallerReference="r")
    zone = aws("route53").list_hosted_zones()["HostedZones"][0]["Id"]
    assert aws("route53").get_hosted_zone(Id=zone)["HostedZone"]["Name"] == "example.com."
    aws("ec2").describe_instances(Filters=[{"Name": "tag:a", "Values": ["b", ""]}], MaxResults=5)
    aws("lambda").list_functions(MaxItems=10)
    aws("iam").list_policies(Scope="AWS", MaxItems=3)
