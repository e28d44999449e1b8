"""The front door: who is let in, what the sandbox says of itself, and what it says when it lacks something."""
from __future__ import annotations

import http.client
import json
import socket
from typing import Any

import pytest
from conftest import DECLARATIONS, Sandbox, refused

SIGNED = ("AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20261122/us-east-1/{}/aws4_request, SignedHeaders=host, Signature=0")


def ask(sandbox: Sandbox, method: str, path: str, headers: dict[str, str], body: bytes = b"") -> tuple[int, dict[str, str], str]:
    link = http.client.HTTPConnection("127.0.0.1", sandbox.line["port"], timeout=30)
    link.putrequest(method, path, skip_host="Host" in headers)
    for name, value in headers.items():
        link.putheader(name, value)
    link.putheader("Content-Length", str(len(body)))
    link.endheaders(body)
    answer = link.getresponse()
    text = answer.read().decode()
    link.close()
    return answer.status, dict(answer.getheaders()), text


def test_the_ready_line_and_the_health_say_who_this_is(sandbox: Sandbox) -> None:
    line = sandbox.line
    assert line["ready"] == f"http://127.0.0.1:{line['port']}"
    assert line["pid"] == sandbox.process.pid
    assert line["version"] == "5.2.5"
    assert line["operations"] > 30 and line["types"] > 20 and line["seconds"] > 0
    assert sandbox.get("/_worklab/health") == {"status": "ok", "version": "5.2.5", "token": "a-token"}


@pytest.mark.parametrize("headers", [
    {"Origin": "https://example.com"}, {"Origin": "null"}, {"Origin": "http://127.0.0.1"}, {"Sec-Fetch-Site": "cross-site"},
    {"Host": "attacker.example"}, {"Host": "127.0.0.1.attacker.example"}, {"Host": "localhost.attacker.example:80"}, {"Host": "192.0.2.7"},
    {"Host": ""}, {"Host": "10.0.0.1:5000"}, {"Host": "localhost@attacker.example"},
], ids=str)
@pytest.mark.parametrize("path", ["/_worklab/health", "/", "/moto-api/reset"])
def test_what_a_web_page_could_send_is_refused(sandbox: Sandbox, headers: dict[str, str], path: str) -> None:
    status, _, text = ask(sandbox, "POST" if path.endswith("reset") else "GET", path, headers)
    assert status == 403
    assert "AccessDenied" in text


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "localhost:{port}", "[::1]:{port}", "bucket.s3.localhost:{port}", "LOCALHOST"])
def test_loopback_names_are_let_in(sandbox: Sandbox, host: str) -> None:
    status, _, _ = ask(sandbox, "GET", "/_worklab/health", {"Host": host.format(port=sandbox.line["port"])})
    assert status == 200


def test_a_bucket_answers_under_its_own_name_below_localhost(aws: Any, sandbox: Sandbox) -> None:
    aws("s3").create_bucket(Bucket="bucket")
    aws("s3").put_object(Bucket="bucket", Key="key", Body=b"text", ACL="public-read")
    status, _, text = ask(sandbox, "GET", "/key", {"Host": f"bucket.s3.localhost:{sandbox.line['port']}"})
    assert (status, text) == (200, "text")


QUERY = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}


@pytest.mark.parametrize("service,method,path,more,body", [
    ("ec2", "POST", "/", QUERY, b"Action=DescribeAggregateIdFormat&Version=2016-11-15"),
    ("ssm", "POST", "/", {"X-Amz-Target": "AmazonSSM.ListNodes", "Content-Type": "application/x-amz-json-1.1"}, b"{}"),
    ("backup", "GET", "/legal-holds/", {}, b""),
    ("snowball", "POST", "/", {"X-Amz-Target": "AWSIESnowballJobManagementService.ListJobs", "Content-Type": "application/x-amz-json-1.1"}, b"{}"),
    ("cloudfront", "GET", "/2020-05-31/vpc-origin", {}, b""),
])
@pytest.mark.parametrize("mode", ["completed", "plain"])
def test_an_operation_that_nobody_has_is_said_by_name(sandbox: Sandbox, plain: Sandbox, mode: str, service: str, method: str, path: str,
                                                      more: dict[str, str], body: bytes) -> None:
    asked = {"completed": sandbox, "plain": plain}[mode]
    status, _, text = ask(asked, method, path, {"Authorization": SIGNED.format(service), **more}, body)
    assert status == 501
    assert "NotImplemented" in text
    assert f"{service}:" in text


@pytest.fixture(scope="module")
def plain() -> Any:
    made = Sandbox("--port", "0", "--plain")
    yield made
    made.stop()


def test_a_service_that_nobody_knows_is_said_by_name(sandbox: Sandbox) -> None:
    status, _, text = ask(sandbox, "POST", "/", {"Authorization": SIGNED.format("frobnicate"), **QUERY}, b"Action=Frobnicate&Version=2020-01-01")
    assert status == 501
    assert "frobnicate:Frobnicate" in text


def test_an_action_that_the_service_does_not_have_is_told_apart_from_one_that_is_missing(sandbox: Sandbox) -> None:
    status, _, text = ask(sandbox, "POST", "/", {"Authorization": SIGNED.format("ec2"), **QUERY}, b"Action=Frobnicate&Version=2016-11-15")
    assert status == 400
    assert "<Code>InvalidAction</Code>" in text


def test_plain_is_moto_with_its_faults(plain: Sandbox) -> None:
    assert plain.line["operations"] == 0
    assert plain.get("/_worklab/health")["status"] == "ok"
    cloudformation, ec2 = plain.client("cloudformation"), plain.client("ec2")
    template = {"Resources": {"Address": {"Type": "AWS::EC2::EIP", "Properties": {"Domain": "vpc"}}, "Odd": {"Type": "AWS::No::Thing"}}}
    cloudformation.create_stack(StackName="s", TemplateBody=json.dumps(template))
    cloudformation.delete_stack(StackName="s")
    assert len(ec2.describe_addresses()["Addresses"]) == 1  # left behind: worklab's teardown has to find it
    assert refused(ec2.create_placement_group, GroupName="g", Strategy="spread") == "NotImplemented"


def test_a_port_in_use_and_an_address_of_the_network_are_errors() -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        taken = Sandbox("--port", str(held.getsockname()[1]), "--plain")
    assert "in use" in taken.line["error"] and taken.process.wait(20) == 2
    wide = Sandbox("--port", "0", "--host", "0.0.0.0", "--plain")
    assert "loopback" in wide.line["error"] and wide.process.wait(20) == 2


def test_it_listens_on_the_loopback_address_only(sandbox: Sandbox) -> None:
    link = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    link.connect(("192.0.2.1", 9))
    outward = link.getsockname()[0]
    link.close()
    if outward.startswith("127."):
        pytest.skip("this machine has no other address")
    with pytest.raises(OSError):
        socket.create_connection((outward, sandbox.line["port"]), 2)


def test_what_is_answered_by_the_additions_says_so(aws: Any) -> None:
    ec2 = aws("ec2")
    ours = ec2.create_placement_group(GroupName="g", Strategy="spread")
    motos = ec2.describe_vpcs()
    assert ours["ResponseMetadata"]["HTTPHeaders"]["x-worklab-emulated"] == "1"
    assert "x-worklab-emulated" not in motos["ResponseMetadata"]["HTTPHeaders"]


def test_what_moto_answers_out_of_what_the_additions_made_says_so_too(aws: Any) -> None:
    ec2 = aws("ec2")
    image = aws("ssm").get_parameter(Name="/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64")["Parameter"]["Value"]
    instance = ec2.run_instances(ImageId=image, InstanceType="t3.micro", MinCount=1, MaxCount=1)["Instances"][0]["InstanceId"]

    def ours(answer: Any) -> bool:
        return "x-worklab-emulated" in answer["ResponseMetadata"]["HTTPHeaders"]
    assert not ours(ec2.describe_instances()) and not ours(ec2.describe_images(Owners=["self"]))
    ec2.create_image(InstanceId=instance, Name="image")
    assert ours(ec2.describe_images(Owners=["self"])) and not ours(ec2.describe_instances())
    ec2.monitor_instances(InstanceIds=[instance])
    assert ours(ec2.describe_instances())


def test_reset_forgets_everything_ours_included(aws: Any, sandbox: Sandbox) -> None:
    aws("ec2").create_placement_group(GroupName="g", Strategy="spread")
    aws("sns").create_topic(Name="t")
    aws("cloudformation").create_stack(StackName="s", TemplateBody=json.dumps({"Resources": {"V": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.0.0.0/16"}}}}))
    sandbox.post("/moto-api/reset")
    assert sandbox.client("ec2").describe_placement_groups()["PlacementGroups"] == []
    assert sandbox.client("sns").list_topics()["Topics"] == []
    assert sandbox.client("cloudformation").list_stacks()["StackSummaries"] == []


def test_sigterm_ends_it() -> None:
    assert Sandbox("--port", "0", "--plain").stop() == 0


def test_a_declaration_that_is_not_there_is_told(tmp_path: Any) -> None:
    log = tmp_path / "log"
    broken = Sandbox("--port", "0", str(tmp_path / "nothing.py"), log=log)
    assert broken.line == {} and broken.process.wait(20) != 0
    assert "nothing.py" in log.read_text()
    assert DECLARATIONS


def test_an_instance_that_nobody_plays_does_not_answer(sandbox: Sandbox) -> None:
    status, _, text = ask(sandbox, "GET", "/_worklab/hosts/192.0.2.7/?no_redirect", {})
    assert (status, json.loads(text)) == (504, {"error": "nobody answers at 192.0.2.7"})
