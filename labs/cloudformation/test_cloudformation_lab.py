"""What the lab's additions promise of queues, and its templates: each deploys as it is written, and the broken one fails where it should."""
from __future__ import annotations

import json
import pathlib
from typing import Any

import pytest
from conftest import message, refused

TEMPLATES = pathlib.Path(__file__).parent / "templates"


def body(name: str) -> str:
    return (TEMPLATES / name).read_text()


def stack(aws: Any, name: str, template: str, **parameters: str) -> dict[str, Any]:
    given = [{"ParameterKey": k, "ParameterValue": v} for k, v in parameters.items()]
    aws("cloudformation").create_stack(StackName=name, TemplateBody=template, Parameters=given, Tags=[{"Key": "worklab:run", "Value": "abc123"}])
    found: dict[str, Any] = aws("cloudformation").describe_stacks(StackName=name)["Stacks"][0]
    return found


@pytest.mark.parametrize("name", ["DelaySeconds", "VisibilityTimeout", "MessageRetentionPeriod", "ReceiveMessageWaitTimeSeconds"])
def test_a_queue_keeps_within_the_limits_of_sqs(aws: Any, name: str) -> None:
    sqs = aws("sqs")
    assert refused(sqs.create_queue, QueueName="q", Attributes={name: "9999999"}) == "InvalidAttributeValue"
    url = sqs.create_queue(QueueName="q")["QueueUrl"]
    assert name in message(sqs.set_queue_attributes, QueueUrl=url, Attributes={name: "9999999"})


@pytest.mark.parametrize("file", ["messaging.yaml", "messaging.json", "settings.yaml", "parameters.yaml", "producer.yaml"])
def test_a_template_deploys_as_it_is(aws: Any, file: str) -> None:
    found = stack(aws, "worklab-abc123-a", body(file))
    assert found["StackStatus"] == "CREATE_COMPLETE"
    names = [r["PhysicalResourceId"] for r in aws("cloudformation").list_stack_resources(StackName="worklab-abc123-a")["StackResourceSummaries"]]
    assert names and all("worklab-abc123-a" in n for n in names)  # so whatever is left behind can be told to be the run's


def test_a_hidden_parameter_makes_a_subscription_and_is_not_shown(aws: Any) -> None:
    found = stack(aws, "s", body("parameters.yaml"), Contact="somebody@example.com", Stage="prod")
    shown = {p["ParameterKey"]: p["ParameterValue"] for p in found["Parameters"]}
    assert shown == {"Contact": "****", "Stage": "prod"}
    assert aws("sns").list_subscriptions()["Subscriptions"][0]["Endpoint"] == "somebody@example.com"
    refusal = message(aws("cloudformation").create_stack, StackName="t", TemplateBody=body("parameters.yaml"),
                      Parameters=[{"ParameterKey": "Stage", "ParameterValue": "moon"}])
    assert "Stage" in refusal


def test_a_queue_drifts_and_is_updated_in_place(aws: Any) -> None:
    client, sqs = aws("cloudformation"), aws("sqs")
    template = json.loads(body("messaging.json"))
    template["Resources"]["Mailbox"]["Properties"]["VisibilityTimeout"] = 40
    stack(aws, "s", json.dumps(template))
    url = sqs.list_queues()["QueueUrls"][0]
    assert sqs.list_queue_tags(QueueUrl=url)["Tags"]["worklab:run"] == "abc123"
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": "50"})
    client.detect_stack_drift(StackName="s")
    drift = client.describe_stack_resource_drifts(StackName="s", StackResourceDriftStatusFilters=["MODIFIED"])["StackResourceDrifts"]
    assert [d["PropertyDifferences"][0]["PropertyPath"] for d in drift] == ["/VisibilityTimeout"]
    del template["Resources"]["Mailbox"]["Properties"]["VisibilityTimeout"]
    client.update_stack(StackName="s", TemplateBody=json.dumps(template), Tags=[{"Key": "worklab:run", "Value": "abc123"}])
    assert sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["VisibilityTimeout"])["Attributes"]["VisibilityTimeout"] == "30"


def test_the_broken_template_fails_at_its_queue_and_nothing_is_left(aws: Any) -> None:
    found = stack(aws, "s", body("broken.yaml"))
    assert found["StackStatus"] == "ROLLBACK_COMPLETE"
    events = aws("cloudformation").describe_stack_events(StackName="s")["StackEvents"]
    failed = [e for e in events if e["ResourceStatus"] == "CREATE_FAILED"]
    assert failed[-1]["LogicalResourceId"] == "LateWork" and "DelaySeconds" in failed[-1]["ResourceStatusReason"]
    assert aws("sqs").list_queues().get("QueueUrls", []) == [] and aws("sns").list_topics()["Topics"] == []


def test_the_parent_passes_on_what_a_child_made(aws: Any) -> None:
    aws("s3").create_bucket(Bucket="worklab-abc123-templates")
    for file in ("messaging.yaml", "registry.yaml"):
        aws("s3").put_object(Bucket="worklab-abc123-templates", Key=f"nested/{file}", Body=body(file).encode())
    found = stack(aws, "s", body("parent.yaml"), TemplateFolder="https://worklab-abc123-templates.s3.us-east-1.amazonaws.com/nested")
    outputs = {o["OutputKey"]: o["OutputValue"] for o in found["Outputs"]}
    queue = aws("ssm").get_parameter(Name=outputs["RegisteredAs"])["Parameter"]["Value"]
    assert queue.startswith("arn:aws:sqs:") and outputs["TopicArn"].startswith("arn:aws:sns:")


def test_an_export_in_use_holds_its_stack(aws: Any) -> None:
    client = aws("cloudformation")
    stack(aws, "producer", body("producer.yaml"))
    stack(aws, "consumer", body("consumer.yaml"), Producer="producer")
    client.delete_stack(StackName="producer")
    assert client.describe_stacks(StackName="producer")["Stacks"][0]["StackStatus"] == "DELETE_FAILED"
    client.delete_stack(StackName="consumer")
    client.delete_stack(StackName="producer")
    assert client.describe_stacks()["Stacks"] == []
