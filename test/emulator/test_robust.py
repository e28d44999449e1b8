"""Whatever is sent, the answer is AWS-shaped and the server lives."""
from __future__ import annotations

import http.client
import json
import socket
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from botocore.exceptions import ClientError
from conftest import Sandbox
from test_strict import SIGNED, send


@pytest.fixture(autouse=True)
def lives(sandbox: Sandbox) -> Any:
    yield
    assert sandbox.process.poll() is None
    assert sandbox.get("/_worklab/health")["status"] == "ok"


def test_two_hundred_requests_at_once(aws: Any, sandbox: Sandbox) -> None:
    def one(i: int) -> int:
        service, body = [("ec2", "Action=CreateVpc&Version=2016-11-15&CidrBlock=10.0.0.0/16"), ("iam", f"Action=CreateUser&Version=2010-05-08&UserName=u{i}"),
                         ("ec2", f"Action=CreatePlacementGroup&Version=2016-11-15&GroupName=g{i}&Strategy=spread"),
                         ("sts", "Action=GetCallerIdentity&Version=2011-06-15")][i % 4]
        return send(sandbox, service, body)[0]
    with ThreadPoolExecutor(200) as pool:
        assert list(pool.map(one, range(200))) == [200] * 200
    assert len(aws("ec2").describe_vpcs()["Vpcs"]) == 51
    assert len(aws("iam").list_users()["Users"]) == 50
    assert len(aws("ec2").describe_placement_groups()["PlacementGroups"]) == 50


@pytest.mark.parametrize("service,target,body", [
    ("ssm", "AmazonSSM.PutParameter", json.dumps({"Name": "n", "Type": "String", "Value": "v" * 10_000_000})),
    ("ec2", "", "Action=CreatePlacementGroup&Version=2016-11-15&Strategy=spread&GroupName=" + "g" * 10_000_000),
    ("cloudformation", "", "Action=CreateStack&Version=2010-05-15&StackName=s&TemplateBody=" + "x" * 10_000_000),
    ("ec2", "", "Action=DescribeVpcs&Version=2016-11-15&" + "&".join(f"VpcId.{i}=v" for i in range(100_000))),
])
def test_ten_megabytes(sandbox: Sandbox, service: str, target: str, body: str) -> None:
    status, text = send(sandbox, service, body, target)
    assert status in (200, 400, 413)
    assert "<html" not in text.lower()
    if status != 200:
        assert "<Code>" in text or '"__type"' in text


def test_ten_megabytes_of_an_object_are_an_object(aws: Any) -> None:
    s3 = aws("s3")
    s3.create_bucket(Bucket="bucket")
    s3.put_object(Bucket="bucket", Key="k", Body=b"\x00" * 10_000_000)
    assert s3.head_object(Bucket="bucket", Key="k")["ContentLength"] == 10_000_000


@pytest.mark.parametrize("service,method,path,target,content,body", [
    ("ec2", "POST", "/", "", "", "\xff\xfe%%%&&&===Action"), ("ec2", "POST", "/", "", "", ""), ("ec2", "GET", "/?Action=DescribeVpcs", "", "", ""),
    ("ec2", "PUT", "/%00%ff", "", "text/plain", "x"), ("s3", "PUT", "/bucket?tagging", "", "application/xml", "<Tagging><TagSet>"),
    ("s3", "POST", "/bucket?delete", "", "application/xml", "<!DOCTYPE x [<!ENTITY a 'b'>]><Delete>&a;</Delete>"),
    ("route53", "POST", "/2013-04-01/hostedzone", "", "application/xml", "<"), ("lambda", "POST", "/2015-03-31/functions", "", "application/json", "{"),
    ("backup", "PUT", "/backup/plans/", "", "application/json", "\"text\""), ("dynamodb", "POST", "/", "DynamoDB_20120810.PutItem", "", "null"),
    ("dynamodb", "POST", "/", "Nope.Nope", "", "{}"), ("dynamodb", "POST", "/", "", "text/plain", "{}"), ("sqs", "POST", "/", "AmazonSQS.SendMessage", "", "{\"a\":"),
    ("cloudformation", "POST", "/", "", "", "Action=CreateStack&Version=2010-05-15&StackName=s&TemplateBody=%7B%22Resources%22%3A%7B%22A%22%3A5%7D%7D"),
    ("cloudformation", "POST", "/", "", "", "Action=CreateStack&Version=2010-05-15&StackName=s&TemplateBody=&" + "Parameters.member.1.ParameterKey=a"),
    ("monitoring", "POST", "/service/GraniteServiceVersion20100801/operation/ListMetrics", "", "application/cbor", "\xa0"),
    ("../../etc", "POST", "/", "", "", "Action=X"), ("", "POST", "/", "", "", "Action=X"), ("nope", "GET", "/", "", "", ""),
    ("tagging", "POST", "/", "ResourceGroupsTaggingAPI_20170126.GetResources", "", "{\"TagFilters\": 7}"),
])
def test_malformed_requests(sandbox: Sandbox, service: str, method: str, path: str, target: str, content: str, body: str) -> None:
    status, text = send(sandbox, service, body, target, path, method, content)
    assert 200 <= status < 500 or status == 501, text
    assert "<html" not in text.lower() and "Traceback" not in text
    if status >= 400:
        assert "<Code>" in text or "__type" in text or "Code" in text, text


def raw(sandbox: Sandbox, data: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", sandbox.line["port"]), 10) as link:
        link.sendall(data)
        link.shutdown(socket.SHUT_WR)
        out = b""
        while chunk := link.recv(65536):
            out += chunk
        return out


@pytest.mark.parametrize("data", [
    b"\x16\x03\x01\x02\x00", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -5\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: abc\r\n\r\nxx", b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\nshort",
    b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: " + b"x" * 60_000 + b"\r\n\r\n", b"GET / HTTP/1.0\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: attacker.example\r\n\r\n", b"GET http://attacker.example/ HTTP/1.1\r\nHost: attacker.example\r\n\r\n",
], ids=repr)
def test_what_is_no_request(sandbox: Sandbox, data: bytes) -> None:
    raw(sandbox, data)


def test_authorization_of_every_kind(sandbox: Sandbox) -> None:
    for value in ("", "Basic x", "AWS4-HMAC-SHA256", "AWS4-HMAC-SHA256 Credential=", SIGNED.format("ec2") * 50, "AWS AKIA:sig", "AWS4-HMAC-SHA256 Credential=a/b/c/d/e"):
        link = http.client.HTTPConnection("127.0.0.1", sandbox.line["port"], timeout=30)
        link.request("POST", "/", b"Action=DescribeVpcs&Version=2016-11-15", {"Authorization": value, "Content-Type": "application/x-www-form-urlencoded"})
        answer = link.getresponse()
        text = answer.read().decode()
        link.close()
        assert "Traceback" not in text and "<html" not in text.lower()


def test_what_is_not_there_is_not_found_and_no_missing_operation(aws: Any) -> None:
    s3 = aws("s3")
    s3.create_bucket(Bucket="there")
    for params in ({"Bucket": "there", "Key": "gone"}, {"Bucket": "gone", "Key": "gone"}):
        with pytest.raises(ClientError) as caught:
            s3.head_object(**params)
        assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 404
    with pytest.raises(ClientError) as caught:
        s3.head_bucket(Bucket="gone")
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 404


@pytest.mark.parametrize("service,operation", [  # one of each protocol: CBOR, JSON, query, EC2's, REST with JSON and with XML
    ("cloudwatch", "list_metric_streams"), ("resourcegroupstaggingapi", "describe_report_creation"), ("kms", "describe_custom_key_stores"),
    ("iam", "list_delegation_requests"), ("ec2", "describe_ipam_pools"), ("backup", "list_legal_holds"), ("cloudfront", "list_vpc_origins"),
])
def test_what_the_sandbox_lacks_is_said_in_every_protocol(aws: Any, service: str, operation: str) -> None:
    with pytest.raises(ClientError) as caught:
        getattr(aws(service), operation)()
    error = caught.value.response["Error"]
    assert error["Code"] == "NotImplemented" and "the sandbox does not have" in error["Message"], error
