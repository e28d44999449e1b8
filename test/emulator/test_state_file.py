"""Stopped and started again, the lab is still there; a file that cannot be used is said and put aside."""
from __future__ import annotations

import json
import pathlib
import stat
import time
from typing import Any

import pytest
from conftest import DECLARATIONS, Sandbox, refused

TEMPLATES = pathlib.Path(__file__).parent / "templates"


def start(file: pathlib.Path) -> Sandbox:
    return Sandbox("--port", "0", "--state", str(file), *DECLARATIONS, log=file.with_suffix(".log"))


@pytest.fixture
def file(tmp_path: pathlib.Path) -> pathlib.Path:
    return tmp_path / "state"


def made(sandbox: Sandbox) -> Any:
    """What a look finds, ids and all."""
    ec2, s3 = sandbox.client("ec2"), sandbox.client("s3")
    return json.loads(json.dumps([
        sandbox.client("cloudformation").describe_stack_resources(StackName="network")["StackResources"], ec2.describe_vpcs()["Vpcs"],
        ec2.describe_instances()["Reservations"], ec2.describe_placement_groups()["PlacementGroups"], s3.get_object(Bucket="bucket", Key="k")["Body"].read().decode(),
        sandbox.client("sqs").list_queues()["QueueUrls"][0].rsplit("/", 1)[-1], sandbox.client("ssm").get_parameter(Name="/worklab/abc123/network/vpc-id")["Parameter"],
        sandbox.client("iam").list_users()["Users"], sandbox.client("cloudtrail").lookup_events(
            LookupAttributes=[{"AttributeKey": "EventName", "AttributeValue": "RunInstances"}])["Events"],
    ], default=str))


def test_the_lab_is_still_there(file: pathlib.Path) -> None:
    first = start(file)
    assert first.line["state"] == "new"
    first.client("cloudformation").create_stack(StackName="network", TemplateBody=(TEMPLATES / "network.json").read_text())
    first.client("cloudformation").create_stack(StackName="bucket", TemplateBody=json.dumps({"Resources": {"B": {"Type": "AWS::S3::Bucket"}}}))
    image = first.client("ssm").get_parameter(Name="/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64")["Parameter"]["Value"]
    first.client("ec2").run_instances(ImageId=image, InstanceType="t3.micro", MinCount=1, MaxCount=1)
    first.client("ec2").create_placement_group(GroupName="g", Strategy="spread")
    first.client("s3").create_bucket(Bucket="bucket")
    first.client("s3").put_object(Bucket="bucket", Key="k", Body=b"kept")
    first.client("sqs").create_queue(QueueName="q")
    first.client("iam").create_user(UserName="u")
    before = made(first)
    assert first.stop() == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600

    second = start(file)
    assert second.line["state"] == "restored"
    assert made(second) == before
    second.client("cloudformation").delete_stack(StackName="network")  # what was made before can be deleted now
    second.client("cloudformation").delete_stack(StackName="bucket")
    assert second.client("cloudformation").describe_stacks()["Stacks"] == []
    assert len(second.client("ec2").describe_vpcs()["Vpcs"]) == 1
    second.reset()
    second.stop()

    third = start(file)
    assert third.client("iam").list_users()["Users"] == [] and refused(third.client("s3").get_object, Bucket="bucket", Key="k") == "NoSuchBucket"
    third.stop()


def test_a_sandbox_that_was_killed_remembers_too(file: pathlib.Path) -> None:
    first = start(file)
    first.client("iam").create_user(UserName="u")
    time.sleep(3)  # it writes a moment after each change
    first.process.kill()
    first.process.wait()
    second = start(file)
    assert [u["UserName"] for u in second.client("iam").list_users()["Users"]] == ["u"]
    second.stop()


@pytest.mark.parametrize("content", [b"nonsense", b"worklab-sandbox-state 1\n{}\nx", b"\x00" * 100])
def test_a_file_that_cannot_be_used_is_put_aside(file: pathlib.Path, content: bytes) -> None:
    file.write_bytes(content)
    sandbox = start(file)
    assert sandbox.line["state"].startswith("not used: ")
    assert file.with_suffix(".old").read_bytes() == content
    assert sandbox.client("iam").list_users()["Users"] == []
    sandbox.stop()


def test_nothing_is_written_where_no_file_is_named(tmp_path: pathlib.Path) -> None:
    before = set(tmp_path.iterdir())
    sandbox = Sandbox("--port", "0")
    sandbox.client("iam").create_user(UserName="u")
    sandbox.stop()
    assert set(tmp_path.iterdir()) == before
