"""Clients that nobody here wrote: boto3's paginators and waiters over what was added, and the JavaScript SDK."""
from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from typing import Any

import pytest
from conftest import DECLARATIONS, ROOT, Sandbox, environment

PARAMETER = {"Type": "AWS::SSM::Parameter", "Properties": {"Type": "String", "Value": "v"}}
MANY = {"Resources": {f"P{i}": PARAMETER for i in range(40)}, "Outputs": {f"O{i}": {"Value": "x", "Export": {"Name": f"n{i:03}"}} for i in range(120)}}


def test_paginators_of_cloudformation_and_cloudtrail(aws: Any) -> None:
    cloudformation = aws("cloudformation")
    cloudformation.create_stack(StackName="many", TemplateBody=json.dumps(MANY))
    for i in range(55):
        cloudformation.create_stack(StackName=f"s{i}", TemplateBody=json.dumps({"Resources": {"P": PARAMETER}}))

    def pages(client: Any, operation: str, key: str, **params: Any) -> tuple[int, int]:
        found = list(client.get_paginator(operation).paginate(**params))
        return len(found), sum(len(p[key]) for p in found)
    assert pages(cloudformation, "describe_stacks", "Stacks") == (2, 56)
    assert pages(cloudformation, "list_stacks", "StackSummaries") == (1, 56)
    assert pages(cloudformation, "list_exports", "Exports") == (2, 120)
    assert pages(cloudformation, "describe_stack_events", "StackEvents", StackName="many") == (2, 122)
    assert pages(cloudformation, "list_stack_resources", "StackResourceSummaries", StackName="many") == (1, 40)
    assert pages(cloudformation, "list_change_sets", "Summaries", StackName="many") == (1, 0)
    sheets, rows = pages(aws("cloudtrail"), "lookup_events", "Events", LookupAttributes=[{"AttributeKey": "EventName", "AttributeValue": "CreateStack"}])
    assert (sheets, rows) == (2, 56)
    endpoint = aws("ec2").get_paginator("describe_instance_connect_endpoints").paginate()
    assert [p["InstanceConnectEndpoints"] for p in endpoint] == [[]]


def test_waiters_of_cloudformation(aws: Any) -> None:
    cloudformation, body = aws("cloudformation"), json.dumps({"Resources": {"P": PARAMETER}})
    id_ = cloudformation.create_stack(StackName="s", TemplateBody=body)["StackId"]
    for waiter in ("stack_exists", "stack_create_complete"):
        cloudformation.get_waiter(waiter).wait(StackName="s")
    other = json.dumps({"Resources": {"P": {**PARAMETER, "Properties": {"Type": "String", "Value": "w"}}}})
    cloudformation.create_change_set(StackName="s", ChangeSetName="c", TemplateBody=other)
    cloudformation.get_waiter("change_set_create_complete").wait(StackName="s", ChangeSetName="c")
    cloudformation.execute_change_set(StackName="s", ChangeSetName="c")
    cloudformation.get_waiter("stack_update_complete").wait(StackName="s")
    cloudformation.delete_stack(StackName="s")
    cloudformation.get_waiter("stack_delete_complete").wait(StackName=id_)


PAGED = """
import json, sys
from emulator import launch, moto_internals as moto
launch.completed(launch.arguments(sys.argv[1:]), moto.Moto())
from emulator.context import Context
from emulator.pages import paginator
from emulator.services import SERVICES
told = {}
for service in list(SERVICES.values()):
    for kind in service.kinds.values():
        pages = paginator(service.name, kind.list) if kind.list and service.operations.get(kind.list) == kind.do_list else None
        if not pages or 'limit_key' not in pages:
            continue
        rows = [{kind.key: f'k{i}', '__since': 0.0} for i in range(5)]
        kind.rows = lambda c, rows=rows: rows
        operation, token, seen = moto.service_model(service.name).operation_model(kind.list), None, []
        for _ in range(5):
            given = {pages['limit_key']: 2, **({pages['input_token']: token} if token else {})}
            answer = kind.do_list(Context(service.name, operation, given, '123456789012', 'us-east-1', service.regional))
            result, token = pages['result_key'], answer.get(pages['output_token'])
            seen.append(len(answer[result[0] if isinstance(result, list) else result]))
            if not token:
                break
        told[f'{service.name}:{kind.list}'] = seen
print(json.dumps(told))
"""


def test_every_kind_s_list_is_paged_as_boto3_s_paginator_reads_it() -> None:
    """Whatever the tokens and the limit are called: five of them in pages of two."""
    said = subprocess.run([sys.executable, "-c", PAGED, *DECLARATIONS], capture_output=True, text=True, check=True, env=environment(), cwd=ROOT)
    told = json.loads(said.stdout.splitlines()[-1])
    assert told
    assert {name: pages for name, pages in told.items() if pages != [2, 2, 1]} == {}


SCRIPT = """
const { EC2Client, CreatePlacementGroupCommand, DescribePlacementGroupsCommand, DeletePlacementGroupCommand } = require('@aws-sdk/client-ec2');
const { CloudFormationClient, CreateStackCommand, waitUntilStackCreateComplete, DescribeStackResourcesCommand } = require('@aws-sdk/client-cloudformation');
const { CloudWatchClient, PutMetricAlarmCommand, DescribeAlarmsCommand } = require('@aws-sdk/client-cloudwatch');
const { ResourceGroupsTaggingAPIClient, GetResourcesCommand } = require('@aws-sdk/client-resource-groups-tagging-api');
const { CloudTrailClient, DescribeTrailsCommand } = require('@aws-sdk/client-cloudtrail');
const about = { endpoint: process.argv[1], region: 'us-east-1', credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x' } };
async function main() {
  const [ec2, cfn] = [new EC2Client(about), new CloudFormationClient(about)];
  const made = await ec2.send(new CreatePlacementGroupCommand({ GroupName: 'g', Strategy: 'spread',
    TagSpecifications: [{ ResourceType: 'placement-group', Tags: [{ Key: 'run', Value: 'r' }] }] }));
  const shown = await ec2.send(new DescribePlacementGroupsCommand({ Filters: [{ Name: 'tag:run', Values: ['r'] }] }));
  let code = '';
  try { await ec2.send(new DeletePlacementGroupCommand({ GroupName: 'nope' })); } catch (error) { code = error.name; }
  const body = JSON.stringify({ Resources: { P: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'v' } } } });
  await cfn.send(new CreateStackCommand({ StackName: 's', TemplateBody: body, Tags: [{ Key: 'run', Value: 'r' }] }));
  await waitUntilStackCreateComplete({ client: cfn, maxWaitTime: 60, minDelay: 1 }, { StackName: 's' });
  const resources = await cfn.send(new DescribeStackResourcesCommand({ StackName: 's' }));
  const cloudwatch = new CloudWatchClient(about);
  await cloudwatch.send(new PutMetricAlarmCommand({ AlarmName: 'a', Namespace: 'n', MetricName: 'm', Period: 60, EvaluationPeriods: 1, Threshold: 1,
    Statistic: 'Sum', ComparisonOperator: 'GreaterThanThreshold' }));
  const alarms = await cloudwatch.send(new DescribeAlarmsCommand({}));
  const tagged = await new ResourceGroupsTaggingAPIClient(about).send(new GetResourcesCommand({ TagFilters: [{ Key: 'run' }] }));
  const trails = await new CloudTrailClient(about).send(new DescribeTrailsCommand({}));  // its target has no namespace
  console.log(JSON.stringify({ trails: trails.trailList.length, id: made.PlacementGroup.GroupId, strategy: shown.PlacementGroups[0].Strategy, code,
    status: resources.StackResources[0].ResourceStatus, alarms: alarms.MetricAlarms.length, tagged: tagged.ResourceTagMappingList.length }));
}
main();
"""


@pytest.mark.skipif(not shutil.which("node") or not (ROOT / "node_modules").is_dir(), reason="no Node.js or its packages are not installed")
def test_the_javascript_sdk(aws: Any, sandbox: Sandbox) -> None:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("AWS_")}
    done = subprocess.run(["node", "-e", SCRIPT, sandbox.endpoint], capture_output=True, text=True, cwd=ROOT, timeout=120, env=kept)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told.pop("id").startswith("pg-")
    assert told == {"strategy": "spread", "code": "InvalidPlacementGroup.Unknown", "status": "CREATE_COMPLETE", "alarms": 1, "tagged": 3, "trails": 0}
