"""The AWS CLI's documented examples of every operation that is answered here: the command as written, by the real `aws`
client, its output compared with the documented one by member names and JSON types.

An example's ids are AWS's, so each has a setup that makes what it needs and says what to put in their place. Every member of
the documented output must be there (extra ones may), except those that botocore's model no longer has.
"""
from __future__ import annotations

import contextlib
import functools
import io
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from botocore import xform_name
from conftest import DECLARATIONS, ROOT, Sandbox, environment, lab_examples, service_model
from test_cloudformation import ROLE

import awscli
from awscli.clidriver import create_clidriver

EXAMPLES = pathlib.Path(awscli.__file__).parent / "examples"
FOLDERS = {"s3": "s3api"}  # the client keeps "s3" for commands of its own
Replacements = dict[str, str]
Setup = Callable[[Any], Replacements | None]
BLOCK = re.compile(r"^[ \t]*(?:Command|.*)::[ ]*\n\s*\n((?:[ \t]+.*\n|\s*\n)+?)(?=\S|\Z)", re.MULTILINE)


def examples(service: str, operation: str) -> list[tuple[str, Any]]:
    """[(command, documented output or None)] of an operation's page, [] where there is none."""
    file = EXAMPLES / FOLDERS.get(service, service) / f"{xform_name(operation, '-')}.rst"
    out: list[list[Any]] = []
    for block in BLOCK.finditer(file.read_text().expandtabs(4) + "\n") if file.exists() else ():
        text = block[1].strip()
        if text.startswith("aws "):
            command, _, rest = re.sub(r"\s*\\\s*\n\s*", " ", text).partition("\n\n")
            out.append([command, output(rest)])
        elif out and out[-1][1] is None:
            out[-1][1] = output(text)
    return [(c, o) for c, o in out]


def output(text: str) -> Any:
    try:
        return json.loads(text.strip() or "null")
    except ValueError:
        return None  # prose, or JSON with "..." in it


# ---------------------------------------------------------------- what each needs

VPC = {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.0.0.0/16"}}
PARAMETER = {"Type": "AWS::SSM::Parameter", "Metadata": {}, "Properties": {"Type": "String", "Value": "v", "Description": "d"}}
TWO = {"Parameters": {n: {"Type": "String", "Default": "x"} for n in ("KeyPairName", "SubnetIDs")}, "Resources": {"P": PARAMETER},
       "Outputs": {"BucketName": {"Value": "x", "Description": "d", "Export": {"Name": "private-vpc-vpcid"}}}, "Description": "A template."}
TWO["Parameters"]["SubnetIDs"]["Type"] = "CommaDelimitedList"
CHANGED = {"Resources": {"P": {**PARAMETER, "Properties": {"Type": "String", "Value": "w", "Description": "d"}}}}


def stack(name: str, template: Any = None, **more: Any) -> Setup:
    def make(aws: Any) -> None:
        aws("cloudformation").create_stack(StackName=name, TemplateBody=json.dumps(template or TWO), **more)
    return make


def named(name: str, logical: str) -> Setup:
    return stack(name, {"Resources": {logical: PARAMETER}})


def change_set(aws: Any, stack_name: str = "my-stack") -> Replacements:
    stack(stack_name)(aws)
    made = aws("cloudformation").create_change_set(StackName=stack_name, ChangeSetName="my-change-set", TemplateBody=json.dumps(CHANGED),
                                                   Capabilities=["CAPABILITY_IAM"])
    return {r"arn:aws:cloudformation:us-west-2:123456789012:changeSet/my-change-set/[\w-]+": made["Id"]}


def change_set_arn(aws: Any) -> Replacements:
    return change_set(aws, "my-stack")


def drifted(name: str, logical: str) -> Setup:
    def make(aws: Any) -> Replacements:
        named(name, logical)(aws)
        parameter = aws("cloudformation").describe_stack_resource(StackName=name, LogicalResourceId=logical)["StackResourceDetail"]["PhysicalResourceId"]
        aws("ssm").put_parameter(Name=parameter, Value="by hand", Overwrite=True)
        found = aws("cloudformation").detect_stack_drift(StackName=name)["StackDriftDetectionId"]
        return {"1a229160-e4d9-xmpl-ab67-0a4f93df83d4": found}
    return make


def imported(aws: Any) -> None:
    stack("exporting")(aws)
    stack("my-database-stack", {"Resources": {"P": {"Type": "AWS::SSM::Parameter", "Properties": {"Type": "String", "Value": {"Fn::ImportValue": "private-vpc-vpcid"}}}}})(aws)


def failed_rollback(aws: Any) -> None:
    volume = {"Type": "AWS::EC2::Volume", "Properties": {"AvailabilityZone": "us-east-1a", "Size": 1}}
    bigger = {"Type": "AWS::EC2::Volume", "Properties": {"AvailabilityZone": "us-east-1a", "Size": 2}}
    bad = {"Type": "AWS::EC2::Volume", "DependsOn": "V", "Properties": {"AvailabilityZone": "us-east-1z", "Size": 1}}
    stack("my-stack", {"Resources": {"V": volume}})(aws)
    aws("cloudformation").update_stack(StackName="my-stack", TemplateBody=json.dumps({"Resources": {"V": bigger, "W": bad}}))
    id_ = aws("cloudformation").describe_stack_resource(StackName="my-stack", LogicalResourceId="V")["StackResourceDetail"]["PhysicalResourceId"]
    aws("ec2").delete_volume(VolumeId=id_)
    aws("cloudformation").describe_stacks(StackName="my-stack")


def policy(aws: Any) -> None:
    stack("my-stack")(aws)
    aws("cloudformation").set_stack_policy(StackName="my-stack", StackPolicyBody="{}")


def at_url(aws: Any) -> None:
    stack("mystack")(aws)
    aws("s3").create_bucket(Bucket="sample")
    aws("s3").put_object(Bucket="sample", Key="updated.template", Body=json.dumps({**TWO, **CHANGED}).encode())


def topics(aws: Any) -> Replacements:
    stack("mystack")(aws)
    return {"use-east-1": "us-east-1"}  # a slip of the pen in the example


def instance(aws: Any) -> Replacements:
    image = aws("ssm").get_parameter(Name="/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64")["Parameter"]["Value"]
    made = aws("ec2").run_instances(ImageId=image, InstanceType="t3.micro", MinCount=1, MaxCount=1)["Instances"][0]["InstanceId"]
    return {"i-1234567890abcdef0": made}


def subnet(aws: Any) -> Replacements:
    return {"subnet-0123456789example": aws("ec2").describe_subnets()["Subnets"][0]["SubnetId"]}


def endpoint(aws: Any) -> Replacements:
    made = aws("ec2").create_instance_connect_endpoint(SubnetId=aws("ec2").describe_subnets()["Subnets"][0]["SubnetId"])
    return {r"eice-\w+": made["InstanceConnectEndpoint"]["InstanceConnectEndpointId"]}


def group(aws: Any) -> None:
    aws("ec2").create_placement_group(GroupName="my-cluster", Strategy="cluster")


def called(aws: Any) -> Replacements:
    aws("ec2").create_vpc(CidrBlock="10.0.0.0/16")
    return {"ConsoleLogin": "CreateVpc"}  # nobody logs in to a console here


# Stack sets: the roles that they take by default, a set with an instance in each of two regions; the one of us-west-2 fails.

SET_ROLES = ("AWSCloudFormationStackSetAdministrationRole", "AWSCloudFormationStackSetExecutionRole")
NAMED = {"Resources": {"P": {"Type": "AWS::SSM::Parameter", "Properties": {"Type": "String", "Name": "/taken-in-us-west-2", "Value": "v"}}}}
OPERATION = "[0-9a-f]{8}-[0-9a-f]{4}-xmpl-[0-9a-f]{4}-[0-9a-f]{12}"


def set_roles(aws: Any) -> Replacements:
    for role, principal in zip(SET_ROLES, ({"Service": "cloudformation.amazonaws.com"}, {"AWS": f"arn:aws:iam::123456789012:role/{SET_ROLES[0]}"}), strict=True):
        document = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}]}
        aws("iam").create_role(RoleName=role, AssumeRolePolicyDocument=json.dumps(document))
    return {"file://template.yaml": f"'{json.dumps(NAMED)}'"}


def stack_set(name: str, *regions: str) -> Setup:
    def make(aws: Any) -> Replacements:
        set_roles(aws)
        client = aws("cloudformation")
        aws("ssm", "us-west-2").put_parameter(Name="/taken-in-us-west-2", Value="by somebody else", Type="String")
        client.create_stack_set(StackSetName=name, TemplateBody=json.dumps(NAMED), Description="d")
        if not regions:
            return {}
        done = client.create_stack_instances(StackSetName=name, Accounts=["123456789012"], Regions=list(regions),
                                             OperationPreferences={"RegionOrder": list(regions), "FailureToleranceCount": 1, "MaxConcurrentCount": 2})["OperationId"]
        while client.describe_stack_set_operation(StackSetName=name, OperationId=done)["StackSetOperation"]["Status"] == "RUNNING":
            time.sleep(0.1)
        return {OPERATION: done}
    return make


def watched(aws: Any) -> None:
    stack("myteststack", RollbackConfiguration={"MonitoringTimeInMinutes": 0})(aws)
    aws("cloudformation").update_stack(StackName="myteststack", TemplateBody=json.dumps(CHANGED), RollbackConfiguration={"MonitoringTimeInMinutes": 180})


SETUPS: dict[tuple[str, str], list[Setup | None]] = {
    ("cloudformation", "CancelUpdateStack"): [watched],
    ("cloudformation", "ContinueUpdateRollback"): [failed_rollback],
    ("cloudformation", "CreateChangeSet"): [stack("my-application")], ("cloudformation", "CreateStack"): [None],
    ("cloudformation", "DeleteChangeSet"): [change_set, change_set_arn], ("cloudformation", "DeleteStack"): [stack("my-stack")],
    ("cloudformation", "DescribeChangeSet"): [change_set, change_set_arn], ("cloudformation", "DescribeStackDriftDetectionStatus"): [drifted("my-stack", "P")],
    ("cloudformation", "DescribeStackEvents"): [stack("my-stack")], ("cloudformation", "DescribeStackResource"): [named("MyStack", "MyFunction")],
    ("cloudformation", "DescribeStackResourceDrifts"): [drifted("my-stack", "P")], ("cloudformation", "DescribeStackResources"): [stack("my-stack")],
    ("cloudformation", "DescribeStacks"): [stack("myteststack")], ("cloudformation", "DetectStackDrift"): [stack("my-stack")],
    ("cloudformation", "DetectStackResourceDrift"): [drifted("MyStack", "MyFunction")],
    ("cloudformation", "ExecuteChangeSet"): [change_set, change_set_arn], ("cloudformation", "GetStackPolicy"): [policy],
    ("cloudformation", "GetTemplate"): [stack("myteststack")], ("cloudformation", "GetTemplateSummary"): [None],
    ("cloudformation", "ListChangeSets"): [change_set], ("cloudformation", "ListExports"): [stack("s")], ("cloudformation", "ListImports"): [imported],
    ("cloudformation", "ListStackResources"): [stack("my-stack")], ("cloudformation", "ListStacks"): [stack("s")],
    ("cloudformation", "SetStackPolicy"): [stack("my-stack")], ("cloudformation", "UpdateStack"): [at_url, at_url, topics],
    ("cloudformation", "UpdateTerminationProtection"): [stack("my-stack")], ("cloudformation", "ValidateTemplate"): [None],
    ("cloudformation", "CreateStackSet"): [set_roles], ("cloudformation", "CreateStackInstances"): [stack_set("my-stack-set")],
    **{("cloudformation", operation): [stack_set("my-stack-set", "us-east-1", "us-west-2")] for operation in (
        "DescribeStackSet", "ListStackSets", "UpdateStackSet", "ListStackSetOperations", "DescribeStackInstance", "DeleteStackInstances")},
    ("cloudformation", "DeleteStackSet"): [stack_set("my-stack-set")],
    ("cloudformation", "DetectStackSetDrift"): [stack_set("stack-set-drift-example", "us-east-1")],
    **{("cloudformation", operation): [stack_set("enable-config", "us-east-1", "us-west-2")] for operation in (
        "ListStackInstances", "DescribeStackSetOperation", "ListStackSetOperationResults")},
    ("cloudtrail", "LookupEvents"): [called],
    ("ec2", "CreateInstanceConnectEndpoint"): [subnet], ("ec2", "DescribeInstanceConnectEndpoints"): [endpoint],
    ("ec2", "DeleteInstanceConnectEndpoint"): [endpoint], ("ec2", "CreatePlacementGroup"): [None, None], ("ec2", "DescribePlacementGroups"): [group],
    ("ec2", "DeletePlacementGroup"): [group], ("ec2", "MonitorInstances"): [instance], ("ec2", "UnmonitorInstances"): [instance],
}

NOT_REPLAYED: dict[tuple[str, str], str] = {
    ("cloudformation", "RollbackStack"): "awscli has no example of it",
    ("cloudformation", "StopStackSetOperation"): "an operation on a stack set runs for a second: it is over before the client has started",
    ("cloudformation", "UpdateStackInstances"): "the example has instances in a second account, and in regions that its own list of instances lacks",
}


for lab in lab_examples():
    SETUPS.update(lab.SETUPS)
    NOT_REPLAYED.update(lab.NOT_REPLAYED)


def added() -> list[tuple[str, str]]:
    """Every operation that is answered here, asked of the engine itself."""
    code = ("import json, sys\nfrom emulator import launch, moto_internals\n"
            "launch.completed(launch.arguments(sys.argv[1:]), moto_internals.Moto())\nfrom emulator.services import SERVICES\nprint(json.dumps(SERVICES.added()))")
    said = subprocess.run([sys.executable, "-c", code, *DECLARATIONS], capture_output=True, text=True, check=True, env=environment(), cwd=ROOT)
    return [(s, o) for s, o in json.loads(said.stdout.splitlines()[-1])]


def every() -> Iterator[Any]:
    for (service, operation), setups in SETUPS.items():
        for i, (command, documented) in enumerate(examples(service, operation)):
            yield pytest.param(service, operation, command, documented, setups[min(i, len(setups) - 1)], id=f"{service}-{operation}-{i + 1}")


# ---------------------------------------------------------------- the comparison


def differences(documented: Any, ours: Any, shape: Any, path: str = "$") -> Iterator[str]:
    if shape.type_name == "map" and isinstance(documented, dict) and isinstance(ours, dict):
        if documented and ours:
            yield from differences(next(iter(documented.values())), next(iter(ours.values())), shape.value, f"{path}.*")
    elif shape.type_name == "structure" and isinstance(documented, dict) and isinstance(ours, dict) and not getattr(shape, "is_document_type", False):
        for name, value in documented.items():
            if name in shape.members and name not in ours and value not in (None, [], {}, ""):
                yield f"{path}.{name} is missing"
            elif name in shape.members and name in ours:
                yield from differences(value, ours[name], shape.members[name], f"{path}.{name}")
    elif isinstance(documented, list) and isinstance(ours, list):
        if documented and not ours:
            yield f"{path} is empty"
        elif documented:
            yield from differences(documented[0], ours[0], shape.member, f"{path}[0]")
    elif shape.type_name == "timestamp":
        return  # version 1 of the client prints what is on the wire, which may be a number
    elif documented is not None and ours is not None and kind(documented) != kind(ours):
        yield f"{path} is {kind(ours)}, documented {kind(documented)}"


def kind(value: Any) -> str:
    return "number" if isinstance(value, (int, float)) and not isinstance(value, bool) else type(value).__name__


@functools.cache
def loader() -> Any:
    """Of the client's models, which are read once for all examples."""
    return create_clidriver().session.get_component("data_loader")


def run(sandbox: Sandbox, command: str, folder: pathlib.Path) -> Any:
    """What the real `aws` client prints for a command."""
    (folder / "template.yaml").write_text(json.dumps({"AWSTemplateFormatVersion": "2010-09-09", "Description": "d", "Resources": {"V": VPC, "R": ROLE}}))
    (folder / "sampletemplate.json").write_text(json.dumps(TWO))
    (folder / "stack-policy.json").write_text("{}")
    keys = {"AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE", "AWS_SECRET_ACCESS_KEY": "x", "AWS_DEFAULT_REGION": "us-east-1", "AWS_PAGER": ""}
    words = ["--endpoint-url", sandbox.endpoint, "--output", "json", *shlex.split(command)[1:]]
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        for name in [n for n in os.environ if n.startswith("AWS_") and n != "AWS_DATA_PATH"]:
            patch.delenv(name)
        for name, value in keys.items():
            patch.setenv(name, value)
        patch.chdir(folder)
        driver = create_clidriver()  # what the program itself calls: a process for each would take a second more
        driver.session.register_component("data_loader", loader())
        code = driver.main(words)
    assert code == 0, err.getvalue()
    return json.loads(out.getvalue() or "null")



@pytest.mark.parametrize("service,operation,command,documented,setup", list(every()))
def test_documented_example(aws: Any, sandbox: Sandbox, tmp_path: pathlib.Path, service: str, operation: str, command: str, documented: Any, setup: Setup | None) -> None:
    for pattern, text in ((setup(aws) if setup else None) or {}).items():
        command = re.sub(pattern, text.replace("\\", r"\\"), command)
    ours = run(sandbox, command, tmp_path)
    shape = service_model(service).operation_model(operation).output_shape
    if documented is None or shape is None:
        return
    if isinstance(documented, list):  # some pages show the rows alone
        ours = next(v for v in ours.values() if isinstance(v, list))
        shape = next(m for m in shape.members.values() if m.type_name == "list")
    assert list(differences(documented, ours, shape)) == []


def test_every_added_operation_is_replayed_or_says_why_not() -> None:
    known = set(SETUPS) | set(NOT_REPLAYED)
    assert set(added()) == known
    for service, operation in SETUPS:
        assert examples(service, operation), f"awscli has no example of {service} {operation}: say so in NOT_REPLAYED"


def test_the_counts(capsys: pytest.CaptureFixture[str]) -> None:
    """Examples there are, replayed, with a documented output to match; the others with the reason."""
    there = sum(len(examples(s, o)) for s, o in [*SETUPS, *NOT_REPLAYED])
    replayed = list(every())
    with capsys.disabled():
        print(f"\nawscli examples of the added operations: {there} there, {len(replayed)} replayed, "
              f"{sum(1 for p in replayed if p.values[3] is not None)} of them with an output that is compared")
        for (service, operation), why in NOT_REPLAYED.items():
            print(f"  not replayed: {service} {xform_name(operation, '-')} ({len(examples(service, operation))}): {why}")
    assert len(replayed) == there - sum(len(examples(s, o)) for s, o in NOT_REPLAYED)
    assert len(replayed) >= 0.9 * there
