"""What a declared kind does without a line of code: a service that moto lacks, made of two declarations."""
from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from conftest import DECLARATIONS, HERE, Sandbox, message, refused

GATEWAY = {"ActivationKey": "K" * 10, "GatewayTimezone": "GMT", "GatewayRegion": "us-east-1"}


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """One of its own: a lab may declare the same service in full."""
    made = Sandbox("--port", "0", *(d for d in DECLARATIONS if not d.endswith("gateway/emulator.py")), str(HERE / "declarations" / "gateway.py"))
    yield made
    made.stop()


@pytest.fixture
def sgw(aws: Any) -> Any:
    return aws("storagegateway")


def gateway(sgw: Any, name: str = "gateway", **more: Any) -> str:
    return str(sgw.activate_gateway(GatewayName=name, **GATEWAY, **more)["GatewayARN"])


def share(sgw: Any, arn: str, token: str = "token-1") -> Any:
    return sgw.create_nfs_file_share(ClientToken=token, GatewayARN=arn, Role="arn:aws:iam::123456789012:role/gateway", LocationARN="arn:aws:s3:::bucket")


def test_it_is_made_shown_changed_and_removed(sgw: Any) -> None:
    arn = gateway(sgw)
    assert sgw.describe_gateway_information(GatewayARN=arn)["GatewayName"] == "gateway"
    sgw.update_gateway_information(GatewayARN=arn, GatewayName="renamed")
    assert sgw.describe_gateway_information(GatewayARN=arn)["GatewayName"] == "renamed"
    sgw.delete_gateway(GatewayARN=arn)
    assert refused(sgw.describe_gateway_information, GatewayARN=arn) == "InvalidGatewayRequestException"
    assert sgw.list_gateways()["Gateways"] == []


def test_states_pass_with_the_clock(sgw: Any, sandbox: Sandbox) -> None:
    with sandbox.stopped():
        arn = gateway(sgw)
        seen = [sgw.describe_gateway_information(GatewayARN=arn)["GatewayState"]]
        for seconds in (31, 60, 10_000):
            sandbox.turn(seconds)
            seen.append(sgw.describe_gateway_information(GatewayARN=arn)["GatewayState"])
    assert seen == ["STARTING", "SYNCING", "RUNNING", "RUNNING"]


def test_the_clock_does_not_go_back(sandbox: Sandbox) -> None:
    import urllib.error
    for turn in ("-1", "nan", "x", "1e30"):
        with pytest.raises(urllib.error.HTTPError) as caught:
            sandbox.post(f"/_worklab/clock?advance={turn}")
        assert caught.value.code == 400


def test_lists_are_paged(sgw: Any) -> None:
    arns = [gateway(sgw, f"g{i}") for i in range(5)]
    pages = list(sgw.get_paginator("list_gateways").paginate(PaginationConfig={"PageSize": 2}))
    assert [len(p["Gateways"]) for p in pages] == [2, 2, 1]
    assert [g["GatewayARN"] for p in pages for g in p["Gateways"]] == arns
    assert refused(sgw.list_gateways, Marker="nonsense") in ("ValidationException", "InvalidGatewayRequestException")


def test_parents_must_exist_and_children_block(sgw: Any) -> None:
    arn = gateway(sgw)
    assert refused(share, sgw=sgw, arn=arn + "x") == "InvalidGatewayRequestException"
    made = share(sgw, arn)["FileShareARN"]
    assert message(sgw.delete_gateway, GatewayARN=arn).endswith("has file shares.")
    sgw.delete_file_share(FileShareARN=made)
    sgw.delete_gateway(GatewayARN=arn)


def test_a_token_makes_one_thing(sgw: Any) -> None:
    arn = gateway(sgw)
    assert share(sgw, arn)["FileShareARN"] == share(sgw, arn)["FileShareARN"]
    assert refused(sgw.create_nfs_file_share, ClientToken="token-1", GatewayARN=arn, Role="arn:aws:iam::123456789012:role/other",
                   LocationARN="arn:aws:s3:::bucket") == "IdempotentParameterMismatch"
    assert share(sgw, arn, "token-2")["FileShareARN"] != share(sgw, arn)["FileShareARN"]
    assert len(sgw.list_file_shares(GatewayARN=arn)["FileShareInfoList"]) == 2


def test_the_tagging_api_sees_it_and_changes_it(aws: Any, sgw: Any) -> None:
    tagging = aws("resourcegroupstaggingapi")
    arn = gateway(sgw, Tags=[{"Key": "run", "Value": "r"}])
    other = gateway(sgw, "other")
    queue = aws("sqs").create_queue(QueueName="q", tags={"run": "r"})
    assert queue

    def found(**chosen: Any) -> dict[str, dict[str, str]]:
        rows = tagging.get_resources(**chosen)["ResourceTagMappingList"]
        return {r["ResourceARN"]: {t["Key"]: t["Value"] for t in r["Tags"]} for r in rows}
    assert found(TagFilters=[{"Key": "run", "Values": ["r"]}]) == {arn: {"run": "r"}, "arn:aws:sqs:us-east-1:123456789012:q": {"run": "r"}}
    assert found(ResourceTypeFilters=["storagegateway"]) == {arn: {"run": "r"}}
    assert tagging.tag_resources(ResourceARNList=[arn, other], Tags={"more": "m"})["FailedResourcesMap"] == {}
    assert found(ResourceTypeFilters=["storagegateway:gateway"]) == {arn: {"run": "r", "more": "m"}, other: {"more": "m"}}
    tagging.untag_resources(ResourceARNList=[arn], TagKeys=["run"])
    assert found(ResourceTypeFilters=["storagegateway"])[arn] == {"more": "m"}
    assert set(tagging.get_tag_keys()["TagKeys"]) >= {"run", "more"}


def test_ec2_s_own_tag_operations_see_what_was_added_to_it(aws: Any) -> None:
    ec2 = aws("ec2")
    group = ec2.create_placement_group(GroupName="g", Strategy="spread")["PlacementGroup"]["GroupId"]
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    ec2.create_tags(Resources=[group, vpc], Tags=[{"Key": "run", "Value": "r"}, {"Key": "x", "Value": "y"}])
    ec2.delete_tags(Resources=[group], Tags=[{"Key": "x"}])
    rows = ec2.describe_tags(Filters=[{"Name": "key", "Values": ["run", "x"]}])["Tags"]
    assert {(r["ResourceId"], r["ResourceType"], r["Key"]) for r in rows} == {
        (group, "placement-group", "run"), (vpc, "vpc", "run"), (vpc, "vpc", "x")}
    arns = [r["ResourceARN"] for r in aws("resourcegroupstaggingapi").get_resources(TagFilters=[{"Key": "run"}])["ResourceTagMappingList"]]
    assert sorted(a.split(":")[-1].split("/")[0] for a in arns) == ["placement-group", "vpc"]
    assert refused(ec2.create_tags, Resources=[vpc], Tags=[{"Key": "aws:own", "Value": "x"}]) == "InvalidParameterValue"


def test_regions_and_accounts_do_not_see_each_other_s(aws: Any, sandbox: Sandbox, sgw: Any) -> None:
    gateway(sgw)
    assert sandbox.client("storagegateway", region="eu-west-1").list_gateways()["Gateways"] == []
