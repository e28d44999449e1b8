"""What the additions to Systems Manager promise beyond the documented examples: who is a node, what a run leads to, what is refused."""
from __future__ import annotations

import json
from typing import Any

import pytest
from conftest import Sandbox, refused, until

CORE = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"
IMAGE = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64"
SCRIPT = {"schemaVersion": "2.2", "parameters": {"Word": {"type": "String"}},
          "mainSteps": [{"name": "say", "action": "aws:runShellScript", "inputs": {"runCommand": ["echo {{ Word }}"]}}]}
HALF_AN_HOUR = 1800


def trust(service: str) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}]})


def allowing(*actions: str) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": list(actions), "Resource": "*"}]})


class Fleet:
    """One instance, managed unless it is said otherwise, and what is asked of Systems Manager about it."""

    def __init__(self, aws: Any):
        self.aws, self.ssm, self.ec2, self.iam = aws, aws("ssm"), aws("ec2"), aws("iam")

    def profile(self, *policies: str) -> str:
        self.iam.create_role(RoleName="managed", AssumeRolePolicyDocument=trust("ec2.amazonaws.com"))
        for policy in policies:
            self.iam.attach_role_policy(RoleName="managed", PolicyArn=policy)
        self.iam.create_instance_profile(InstanceProfileName="managed")
        self.iam.add_role_to_instance_profile(InstanceProfileName="managed", RoleName="managed")
        return "managed"

    def launch(self, **more: Any) -> str:
        image = self.ssm.get_parameter(Name=IMAGE)["Parameter"]["Value"]
        made = self.ec2.run_instances(ImageId=image, InstanceType="t4g.micro", MinCount=1, MaxCount=1, **more)["Instances"][0]
        return str(made["InstanceId"])

    def managed(self, **tags: str) -> str:
        """The id of a node that is online."""
        told = [{"ResourceType": "instance", "Tags": [{"Key": k, "Value": v} for k, v in tags.items()]}] if tags else []
        id_ = self.launch(IamInstanceProfile={"Name": self.profile(CORE)}, TagSpecifications=told)
        until(lambda: self.ping(id_) == "Online")
        return id_

    def ping(self, id_: str) -> str | None:
        rows = self.ssm.describe_instance_information(Filters=[{"Key": "InstanceIds", "Values": [id_]}])["InstanceInformationList"]
        return rows[0]["PingStatus"] if rows else None

    def document(self, name: str, content: dict[str, Any], kind: str = "Command") -> str:
        self.ssm.create_document(Name=name, Content=json.dumps(content), DocumentType=kind, DocumentFormat="JSON")
        return name

    def compliance(self, id_: str) -> dict[str, str]:
        rows = self.ssm.list_compliance_items(ResourceIds=[id_], ResourceTypes=["ManagedInstance"])["ComplianceItems"]
        return {row["ComplianceType"]: row["Status"] for row in rows}


@pytest.fixture
def fleet(aws: Any) -> Fleet:
    return Fleet(aws)


# ---------------------------------------------------------------- nodes


def test_an_instance_without_a_role_is_nobody(fleet: Fleet, sandbox: Sandbox) -> None:
    id_ = fleet.launch()
    sandbox.turn(60)
    assert fleet.ping(id_) is None
    assert fleet.ssm.get_connection_status(Target=id_)["Status"] == "notconnected"
    assert refused(fleet.ssm.send_command, DocumentName="AWS-UpdateSSMAgent", InstanceIds=[id_]) == "InvalidInstanceId"
    fleet.ec2.associate_iam_instance_profile(InstanceId=id_, IamInstanceProfile={"Name": fleet.profile(CORE)})
    assert fleet.ping(id_) == "Online"


@pytest.mark.parametrize("policies,boundary", [((), None), (("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess",), None), ((CORE,), "arn:aws:iam::aws:policy/AmazonS3FullAccess")])
def test_a_role_that_may_not_report_makes_no_node(fleet: Fleet, sandbox: Sandbox, policies: tuple[str, ...], boundary: str | None) -> None:
    id_ = fleet.launch(IamInstanceProfile={"Name": fleet.profile(*policies)})
    if boundary:
        fleet.iam.put_role_permissions_boundary(RoleName="managed", PermissionsBoundary=boundary)
    sandbox.turn(60)
    assert fleet.ping(id_) is None


def test_an_agent_needs_a_way_out(fleet: Fleet, sandbox: Sandbox) -> None:
    ec2 = fleet.ec2
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.0.0/24")["Subnet"]["SubnetId"]
    id_ = fleet.launch(IamInstanceProfile={"Name": fleet.profile(CORE)}, SubnetId=subnet)
    sandbox.turn(60)
    assert fleet.ping(id_) is None
    ec2.create_vpc_endpoint(VpcId=vpc, ServiceName="com.amazonaws.us-east-1.ssm", VpcEndpointType="Interface", SubnetIds=[subnet])
    assert fleet.ping(id_) == "Online"
    closed = ec2.create_security_group(GroupName="closed", Description="d", VpcId=vpc)["GroupId"]
    everything = [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]
    ec2.revoke_security_group_egress(GroupId=closed, IpPermissions=everything)
    ec2.modify_instance_attribute(InstanceId=id_, Groups=[closed])
    assert fleet.ping(id_) == "ConnectionLost"


def test_an_address_and_the_internet_gateway_are_a_way_out_and_either_alone_is_none(fleet: Fleet, sandbox: Sandbox) -> None:
    ec2 = fleet.ec2
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    public, hidden = (ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{i}.0/24")["Subnet"]["SubnetId"] for i in range(2))
    ec2.modify_subnet_attribute(SubnetId=public, MapPublicIpOnLaunch={"Value": True})
    profile = {"Name": fleet.profile(CORE)}
    addressed, without = (fleet.launch(IamInstanceProfile=profile, SubnetId=s) for s in (public, hidden))
    sandbox.turn(60)
    assert (fleet.ping(addressed), fleet.ping(without)) == (None, None)
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    table = ec2.describe_route_tables(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["RouteTables"][0]["RouteTableId"]
    ec2.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)
    assert (fleet.ping(addressed), fleet.ping(without)) == ("Online", None)


def test_a_node_that_is_stopped_falls_silent_and_one_that_is_terminated_is_gone(fleet: Fleet) -> None:
    id_ = fleet.managed()
    fleet.ec2.stop_instances(InstanceIds=[id_])
    assert fleet.ping(id_) == "ConnectionLost"
    assert refused(fleet.ssm.start_session, Target=id_) == "TargetNotConnected"
    fleet.ec2.terminate_instances(InstanceIds=[id_])
    assert fleet.ping(id_) is None


# ---------------------------------------------------------------- commands, sessions


def test_a_command_goes_through_its_states_and_prints_nothing(fleet: Fleet, sandbox: Sandbox) -> None:
    id_ = fleet.managed()
    fleet.document("say", SCRIPT)
    assert refused(fleet.ssm.send_command, DocumentName="say", InstanceIds=[id_]) == "InvalidParameters"
    stray = {"Word": ["a"], "Other": ["b"]}
    assert refused(fleet.ssm.send_command, DocumentName="say", InstanceIds=[id_], Parameters=stray) == "InvalidParameters"
    command = fleet.ssm.send_command(DocumentName="say", InstanceIds=[id_], Parameters={"Word": ["a"]})["Command"]["CommandId"]
    ask = {"CommandId": command, "InstanceId": id_}
    seen: list[str] = []
    while "Success" not in seen and len(seen) < 30:
        seen.append(fleet.ssm.get_command_invocation(**ask)["Status"])
        sandbox.turn(0.05)  # little: the clock goes on by itself, too
    assert [s for i, s in enumerate(seen) if s not in seen[:i]] in (["Pending", "InProgress", "Success"], ["InProgress", "Success"])
    done = fleet.ssm.get_command_invocation(**ask)
    assert (done["Status"], done["PluginName"], done["ResponseCode"]) == ("Success", "say", 0)
    assert done["StandardOutputContent"].startswith("(not emulated")
    assert refused(fleet.ssm.get_command_invocation, **ask, PluginName="other") == "InvalidPluginName"


def test_a_command_at_a_tag_reaches_those_that_carry_it(fleet: Fleet, sandbox: Sandbox) -> None:
    id_ = fleet.managed(PatchGroup="web")
    for value, count in (("web", 1), ("nobody", 0)):
        sent = fleet.ssm.send_command(DocumentName="AWS-UpdateSSMAgent", Targets=[{"Key": "tag:PatchGroup", "Values": [value]}])["Command"]
        sandbox.turn(1)
        told = fleet.ssm.list_commands(CommandId=sent["CommandId"])["Commands"][0]
        assert (told["TargetCount"], told["Status"]) == (count, "Success")
    assert told["StatusDetails"] == "NoInstancesInTag"
    assert [r["InstanceId"] for r in fleet.ssm.list_command_invocations()["CommandInvocations"]] == [id_]


def test_a_command_for_a_silent_node_waits_and_times_out(fleet: Fleet, sandbox: Sandbox) -> None:
    id_ = fleet.managed()
    fleet.ec2.stop_instances(InstanceIds=[id_])
    command = fleet.ssm.send_command(DocumentName="AWS-UpdateSSMAgent", InstanceIds=[id_], TimeoutSeconds=60)["Command"]["CommandId"]
    sandbox.turn(30)
    assert fleet.ssm.list_commands(CommandId=command)["Commands"][0]["Status"] == "Pending"
    sandbox.turn(31)
    told = fleet.ssm.list_commands(CommandId=command)["Commands"][0]
    assert (told["Status"], told["StatusDetails"], told["DeliveryTimedOutCount"]) == ("TimedOut", "DeliveryTimedOut", 1)


def test_a_command_that_is_cancelled_in_time_never_succeeds(fleet: Fleet, sandbox: Sandbox) -> None:
    id_ = fleet.managed()
    command = fleet.ssm.send_command(DocumentName="AWS-UpdateSSMAgent", InstanceIds=[id_])["Command"]["CommandId"]
    fleet.ssm.cancel_command(CommandId=command)
    sandbox.turn(10)
    assert fleet.ssm.get_command_invocation(CommandId=command, InstanceId=id_)["Status"] == "Cancelled"


def test_sessions_are_active_until_they_are_ended(fleet: Fleet) -> None:
    id_ = fleet.managed()
    fleet.document("say", SCRIPT)
    assert refused(fleet.ssm.start_session, Target=id_, DocumentName="say") == "InvalidDocument"  # of another type
    content = json.dumps({"schemaVersion": "1.0", "sessionType": "Standard_Stream"})
    assert refused(fleet.ssm.create_document, Name="bare", Content=content, DocumentType="Session") == "InvalidDocumentContent"
    session = fleet.ssm.start_session(Target=id_)["SessionId"]
    assert [s["SessionId"] for s in fleet.ssm.describe_sessions(State="Active")["Sessions"]] == [session]
    fleet.ssm.terminate_session(SessionId=session)
    assert fleet.ssm.describe_sessions(State="Active")["Sessions"] == []
    told = fleet.ssm.describe_sessions(State="History", Filters=[{"key": "Target", "value": id_}])["Sessions"]
    assert [s["Status"] for s in told] == ["Terminated"]


# ---------------------------------------------------------------- associations, inventory, compliance


def test_an_association_runs_at_once_then_at_its_rate_and_says_so_in_compliance(fleet: Fleet, sandbox: Sandbox) -> None:
    id_ = fleet.managed(PatchGroup="web")
    fleet.document("say", SCRIPT)
    made = fleet.ssm.create_association(Name="say", Targets=[{"Key": "tag:PatchGroup", "Values": ["web"]}], Parameters={"Word": ["a"]},
                                        ScheduleExpression="rate(30 minutes)", ComplianceSeverity="HIGH")["AssociationDescription"]["AssociationId"]

    def runs() -> list[str]:
        return [r["Status"] for r in fleet.ssm.describe_association_executions(AssociationId=made)["AssociationExecutions"]]
    assert len(runs()) == 1
    sandbox.turn(1)
    assert runs() == ["Success"]
    assert fleet.compliance(id_) == {"Association": "COMPLIANT"}
    sandbox.turn(HALF_AN_HOUR)
    assert len(runs()) == 2
    sandbox.turn(1)
    fleet.ssm.start_associations_once(AssociationIds=[made])
    assert runs()[1:] == ["Success", "Success"]
    sandbox.turn(1)
    fleet.ssm.update_association(AssociationId=made, Parameters={"Word": ["b"]}, Targets=[{"Key": "InstanceIds", "Values": [id_]}])
    shown = fleet.ssm.describe_association(AssociationId=made)["AssociationDescription"]
    assert (shown["AssociationVersion"], len(runs())) == ("2", 4)
    assert "ScheduleExpression" not in shown  # what an update leaves out is dropped


@pytest.mark.parametrize("schedule", ["rate(5 minutes)", "every day", "rate(0 days)"])
def test_an_association_needs_a_schedule_that_can_be(fleet: Fleet, schedule: str) -> None:
    assert refused(fleet.ssm.create_association, Name="AWS-UpdateSSMAgent", Targets=[{"Key": "InstanceIds", "Values": ["*"]}],
                   ScheduleExpression=schedule) == "InvalidSchedule"


def test_an_association_holds_its_document_and_is_one_to_an_instance(fleet: Fleet) -> None:
    id_ = fleet.managed()
    fleet.document("say", SCRIPT)
    given = {"Name": "say", "InstanceId": id_, "Parameters": {"Word": ["a"]}}
    made = fleet.ssm.create_association(**given)["AssociationDescription"]["AssociationId"]
    assert refused(fleet.ssm.create_association, **given) == "AssociationAlreadyExists"
    assert refused(fleet.ssm.delete_document, Name="say") == "AssociatedInstances"
    fleet.ssm.delete_association(AssociationId=made)
    fleet.ssm.delete_document(Name="say")


def test_inventory_is_there_when_it_has_been_gathered(fleet: Fleet, sandbox: Sandbox) -> None:
    id_ = fleet.managed()

    def types() -> list[str]:
        each = ("AWS:AWSComponent", "AWS:Application", "AWS:InstanceInformation")
        return [t for t in each if fleet.ssm.get_inventory(ResultAttributes=[{"TypeName": t}])["Entities"][0]["Data"]]
    assert types() == ["AWS:InstanceInformation"]  # what an agent says in any case
    fleet.ssm.create_association(Name="AWS-GatherSoftwareInventory", Targets=[{"Key": "InstanceIds", "Values": [id_]}])
    fleet.ssm.list_associations()
    sandbox.turn(1)
    assert types() == ["AWS:AWSComponent", "AWS:InstanceInformation"]  # what is on the disk is not played
    other = [{"Key": "AWS:InstanceInformation.InstanceId", "Values": ["i-0"], "Type": "Equal"}]
    assert fleet.ssm.get_inventory(Filters=other)["Entities"] == []
    own = {"TypeName": "Custom:Rack", "SchemaVersion": "1.0", "CaptureTime": "2026-11-22T10:00:00Z", "Content": [{"Row": "C"}]}
    assert refused(fleet.ssm.put_inventory, InstanceId=id_, Items=[{**own, "TypeName": "AWS:Application"}]) == "InvalidTypeNameException"
    fleet.ssm.put_inventory(InstanceId=id_, Items=[own])
    assert fleet.ssm.list_inventory_entries(InstanceId=id_, TypeName="Custom:Rack")["Entries"] == [{"Row": "C"}]
    fleet.ssm.delete_inventory(TypeName="Custom:Rack")
    assert fleet.ssm.list_inventory_entries(InstanceId=id_, TypeName="Custom:Rack")["Entries"] == []


def test_what_is_put_under_a_type_replaces_what_was_and_goes_with_the_instance(fleet: Fleet) -> None:
    id_ = fleet.managed()

    def put(*states: str) -> None:
        items = [{"Id": str(i), "Severity": "HIGH", "Status": s} for i, s in enumerate(states)]
        fleet.ssm.put_compliance_items(ResourceId=id_, ResourceType="ManagedInstance", ComplianceType="Custom:Drift",
                                       ExecutionSummary={"ExecutionTime": 1700000000}, Items=items)

    def summary() -> Any:
        return fleet.ssm.list_resource_compliance_summaries(Filters=[{"Key": "ComplianceType", "Values": ["Custom:Drift"], "Type": "EQUAL"}])["ResourceComplianceSummaryItems"]
    put("COMPLIANT", "NON_COMPLIANT")
    assert (summary()[0]["Status"], summary()[0]["OverallSeverity"]) == ("NON_COMPLIANT", "HIGH")
    put("COMPLIANT")
    assert summary()[0]["Status"] == "COMPLIANT"
    put()
    assert summary() == []
    put("COMPLIANT")
    fleet.ec2.terminate_instances(InstanceIds=[id_])
    assert summary() == []


# ---------------------------------------------------------------- patches, windows


def test_a_baseline_is_in_force_for_its_group_and_held_by_it(fleet: Fleet) -> None:
    ssm, system = fleet.ssm, {"OperatingSystem": "AMAZON_LINUX_2023"}
    of_aws = ssm.get_patch_baseline_for_patch_group(PatchGroup="web", **system)["BaselineId"]
    assert of_aws.startswith("arn:aws:ssm:us-east-1:")
    first, second = (ssm.create_patch_baseline(Name=n, **system)["BaselineId"] for n in ("first", "second"))
    ssm.register_patch_baseline_for_patch_group(BaselineId=first, PatchGroup="web")
    assert refused(ssm.register_patch_baseline_for_patch_group, BaselineId=second, PatchGroup="web") == "AlreadyExistsException"
    assert ssm.get_patch_baseline_for_patch_group(PatchGroup="web", **system)["BaselineId"] == first
    assert ssm.get_patch_baseline(BaselineId=first)["PatchGroups"] == ["web"]
    assert refused(ssm.delete_patch_baseline, BaselineId=first) == "ResourceInUseException"
    ssm.deregister_patch_baseline_for_patch_group(BaselineId=first, PatchGroup="web")
    ssm.delete_patch_baseline(BaselineId=first)
    ssm.register_default_patch_baseline(BaselineId=second)
    assert ssm.get_patch_baseline_for_patch_group(PatchGroup="web", **system)["BaselineId"] == second
    assert refused(ssm.delete_patch_baseline, BaselineId=second) == "ResourceInUseException"
    ssm.register_default_patch_baseline(BaselineId=of_aws)
    ssm.delete_patch_baseline(BaselineId=second)
    assert refused(ssm.deregister_patch_baseline_for_patch_group, BaselineId=second, PatchGroup="web") == "DoesNotExistException"


def test_an_approval_rule_says_days_or_a_date(fleet: Fleet) -> None:
    rule = {"PatchFilterGroup": {"PatchFilters": [{"Key": "SEVERITY", "Values": ["Critical"]}]}}
    for more in ({}, {"ApproveAfterDays": 1, "ApproveUntilDate": "2026-11-22"}):
        assert refused(fleet.ssm.create_patch_baseline, Name="baseline", ApprovalRules={"PatchRules": [{**rule, **more}]}) == "ValidationException"


def test_no_scan_is_ever_reported(fleet: Fleet, sandbox: Sandbox) -> None:
    id_ = fleet.managed()
    fleet.ssm.send_command(DocumentName="AWS-RunPatchBaseline", InstanceIds=[id_], Parameters={"Operation": ["Scan"]})
    sandbox.turn(10)
    assert fleet.ssm.describe_instance_patch_states(InstanceIds=[id_])["InstancePatchStates"] == []


def window(fleet: Fleet, **more: Any) -> str:
    given = {"Name": "window", "Schedule": "rate(1 hour)", "Duration": 2, "Cutoff": 1, "AllowUnassociatedTargets": True, **more}
    return str(fleet.ssm.create_maintenance_window(**given)["WindowId"])


def with_task(fleet: Fleet, id_: str, node: str) -> tuple[str, str]:
    target = fleet.ssm.register_target_with_maintenance_window(WindowId=id_, ResourceType="INSTANCE", Targets=[{"Key": "InstanceIds", "Values": [node]}])["WindowTargetId"]
    said = {"RunCommand": {"Parameters": {"Operation": ["Scan"]}}}
    task = fleet.ssm.register_task_with_maintenance_window(WindowId=id_, TaskType="RUN_COMMAND", TaskArn="AWS-RunPatchBaseline", MaxErrors="1", MaxConcurrency="1",
                                                           Targets=[{"Key": "WindowTargetIds", "Values": [target]}], TaskInvocationParameters=said)["WindowTaskId"]
    return target, task


def test_a_window_that_opens_at_a_rate_runs_its_tasks(fleet: Fleet, sandbox: Sandbox) -> None:
    node = fleet.managed()
    id_ = window(fleet)
    with_task(fleet, id_, node)
    ask = {"WindowId": id_}
    assert fleet.ssm.describe_maintenance_window_executions(**ask)["WindowExecutions"] == []
    sandbox.turn(3600)
    assert len(fleet.ssm.describe_maintenance_window_executions(**ask)["WindowExecutions"]) == 1
    sandbox.turn(2)
    (run,) = fleet.ssm.describe_maintenance_window_executions(**ask)["WindowExecutions"]
    assert (run["Status"], run["EndTime"] > run["StartTime"]) == ("SUCCESS", True)
    assert fleet.ssm.list_commands()["Commands"][0]["DocumentName"] == "AWS-RunPatchBaseline"
    later = [{"Key": "ExecutedAfter", "Values": ["2999-01-01T00:00:00Z"]}]
    assert fleet.ssm.describe_maintenance_window_executions(**ask, Filters=later)["WindowExecutions"] == []


def test_a_window_that_is_disabled_or_opens_by_the_calendar_runs_nothing(fleet: Fleet, sandbox: Sandbox) -> None:
    node = fleet.managed()
    closed, calendar = window(fleet), window(fleet, Schedule="cron(0 4 ? * SUN *)")
    fleet.ssm.update_maintenance_window(WindowId=closed, Enabled=False)
    for id_ in (closed, calendar):
        with_task(fleet, id_, node)
    sandbox.turn(7 * 86400)
    for id_ in (closed, calendar):
        assert fleet.ssm.describe_maintenance_window_executions(WindowId=id_)["WindowExecutions"] == []


def test_a_window_takes_its_targets_and_tasks_along(fleet: Fleet) -> None:
    id_ = window(fleet)
    target, task = with_task(fleet, id_, "i-0123456789abcdef0")
    assert refused(fleet.ssm.deregister_target_from_maintenance_window, WindowId=id_, WindowTargetId=target, Safe=True) == "TargetInUseException"
    fleet.ssm.delete_maintenance_window(WindowId=id_)
    again = window(fleet)
    assert fleet.ssm.describe_maintenance_window_tasks(WindowId=again)["Tasks"] == []
    assert refused(fleet.ssm.get_maintenance_window_task, WindowId=again, WindowTaskId=task) == "DoesNotExistException"
    stranger = [{"Key": "WindowTargetIds", "Values": [target]}]
    assert refused(fleet.ssm.register_task_with_maintenance_window, WindowId=again, TaskType="RUN_COMMAND", TaskArn="AWS-RunPatchBaseline",
                   Targets=stranger, MaxErrors="1", MaxConcurrency="1") == "DoesNotExistException"
    assert refused(fleet.ssm.update_maintenance_window, WindowId=again, Cutoff=2) == "ValidationException"


# ---------------------------------------------------------------- automation


def runbook(fleet: Fleet, *actions: str, service: str = "ssm.amazonaws.com", steps: list[dict[str, Any]] | None = None) -> str:
    """A runbook that stops the instance it is given, in the name of a role that may do these actions."""
    role = fleet.iam.create_role(RoleName="automation", AssumeRolePolicyDocument=trust(service))["Role"]["Arn"]
    fleet.iam.put_role_policy(RoleName="automation", PolicyName="p", PolicyDocument=allowing(*actions))
    stop = {"name": "stop", "action": "aws:changeInstanceState", "inputs": {"InstanceIds": ["{{ InstanceId }}"], "DesiredState": "stopped"}}
    content = {"schemaVersion": "0.3", "assumeRole": role, "parameters": {"InstanceId": {"type": "String"}}, "mainSteps": steps or [stop]}
    return fleet.document("stop", content, "Automation")


def execution(fleet: Fleet, sandbox: Sandbox, instance: str) -> dict[str, Any]:
    id_ = fleet.ssm.start_automation_execution(DocumentName="stop", Parameters={"InstanceId": [instance]})["AutomationExecutionId"]
    sandbox.turn(2)
    return dict(fleet.ssm.get_automation_execution(AutomationExecutionId=id_)["AutomationExecution"])


def state(fleet: Fleet, id_: str) -> str:
    return str(fleet.ec2.describe_instances(InstanceIds=[id_])["Reservations"][0]["Instances"][0]["State"]["Name"])


def test_a_runbook_does_what_it_says(fleet: Fleet, sandbox: Sandbox) -> None:
    id_ = fleet.launch()
    runbook(fleet, "ec2:StopInstances", "ec2:DescribeInstanceStatus")
    assert execution(fleet, sandbox, id_)["AutomationExecutionStatus"] == "Success"
    assert state(fleet, id_) == "stopped"


def test_a_runbook_may_no_more_than_its_role(fleet: Fleet, sandbox: Sandbox) -> None:
    id_ = fleet.launch()
    runbook(fleet, "ec2:StartInstances")
    done = execution(fleet, sandbox, id_)
    assert done["AutomationExecutionStatus"] == "Failed"
    assert "ec2:StopInstances" in done["FailureMessage"]
    assert state(fleet, id_) == "running"


def test_a_role_that_does_not_trust_systems_manager_is_not_taken_on(fleet: Fleet) -> None:
    runbook(fleet, "ec2:*", service="ec2.amazonaws.com")
    assert refused(fleet.ssm.start_automation_execution, DocumentName="stop", Parameters={"InstanceId": ["i-1"]}) == "InvalidAutomationExecutionParametersException"
    assert refused(fleet.ssm.start_automation_execution, DocumentName="stop") == "InvalidAutomationExecutionParametersException"


def test_outputs_of_a_step_go_into_the_next(fleet: Fleet, sandbox: Sandbox) -> None:
    id_ = fleet.launch()
    look = {"name": "look", "action": "aws:executeAwsApi", "inputs": {"Service": "ec2", "Api": "DescribeInstances", "InstanceIds": ["{{ InstanceId }}"]},
            "outputs": [{"Name": "Type", "Selector": "$.Reservations[0].Instances[0].InstanceType", "Type": "String"}]}
    compare = {"name": "compare", "action": "aws:assertAwsResourceProperty", "inputs": {
        "Service": "ec2", "Api": "DescribeInstanceTypes", "InstanceTypes": ["{{ look.Type }}"], "PropertySelector": "$.InstanceTypes[0].InstanceType",
        "DesiredValues": ["t4g.nano"]}}
    runbook(fleet, "ec2:Describe*", steps=[look, compare])
    done = execution(fleet, sandbox, id_)
    assert [(s["StepName"], s["StepStatus"]) for s in done["StepExecutions"]] == [("look", "Success"), ("compare", "Failed")]
    assert done["StepExecutions"][0]["Outputs"]["Type"] == ["t4g.micro"]
    assert "t4g.micro" in done["FailureMessage"]


def test_an_automation_that_is_over_cannot_be_stopped_and_one_that_waits_can(fleet: Fleet, sandbox: Sandbox) -> None:
    wait = {"name": "wait", "action": "aws:sleep", "inputs": {"Duration": "PT1H"}}
    runbook(fleet, "ec2:*", steps=[wait])
    id_ = fleet.ssm.start_automation_execution(DocumentName="stop", Parameters={"InstanceId": ["i-1"]})["AutomationExecutionId"]
    sandbox.turn(60)
    assert fleet.ssm.get_automation_execution(AutomationExecutionId=id_)["AutomationExecution"]["AutomationExecutionStatus"] == "InProgress"
    fleet.ssm.stop_automation_execution(AutomationExecutionId=id_)
    sandbox.turn(3600)
    assert fleet.ssm.get_automation_execution(AutomationExecutionId=id_)["AutomationExecution"]["AutomationExecutionStatus"] == "Cancelled"
    assert refused(fleet.ssm.stop_automation_execution, AutomationExecutionId=id_) == "InvalidAutomationStatusUpdateException"


def test_steps_that_need_more_than_an_api_are_not_begun(fleet: Fleet) -> None:
    runbook(fleet, "ec2:*", steps=[{"name": "script", "action": "aws:executeScript", "inputs": {"Runtime": "python3.11", "Handler": "h", "Script": "x"}}])
    assert refused(fleet.ssm.start_automation_execution, DocumentName="stop", Parameters={"InstanceId": ["i-1"]}) == "NotImplemented"
    assert fleet.ssm.describe_automation_executions()["AutomationExecutionMetadataList"] == []


# ---------------------------------------------------------------- tags, pages, stacks


def test_tags_are_kept_and_the_tagging_api_knows_them(fleet: Fleet) -> None:
    tag = {"Key": "team", "Value": "a"}
    made = {"MaintenanceWindow": window(fleet, Tags=[tag]), "PatchBaseline": fleet.ssm.create_patch_baseline(Name="baseline", Tags=[tag])["BaselineId"],
            "Association": fleet.ssm.create_association(Name="AWS-UpdateSSMAgent", Tags=[tag], Targets=[{"Key": "InstanceIds", "Values": ["*"]}])["AssociationDescription"]["AssociationId"]}
    found = fleet.aws("resourcegroupstaggingapi").get_resources(TagFilters=[{"Key": "team", "Values": ["a"]}])["ResourceTagMappingList"]
    assert sorted(r["ResourceARN"].rsplit("/", 1)[-1] for r in found) == sorted(made.values())
    for kind, id_ in made.items():
        named = {"ResourceType": kind, "ResourceId": id_}
        fleet.ssm.add_tags_to_resource(**named, Tags=[{"Key": "more", "Value": "b"}])
        fleet.ssm.remove_tags_from_resource(**named, TagKeys=["team"])
        assert fleet.ssm.list_tags_for_resource(**named)["TagList"] == [{"Key": "more", "Value": "b"}]
    assert refused(fleet.ssm.list_tags_for_resource, ResourceType="PatchBaseline", ResourceId="pb-0123456789abcdef0") == "InvalidResourceId"


def test_lists_have_pages(fleet: Fleet) -> None:
    for i in range(12):
        window(fleet, Name=f"window-{i:02}")
    first = fleet.ssm.describe_maintenance_windows(MaxResults=10)
    assert len(first["WindowIdentities"]) == 10
    rest = fleet.ssm.describe_maintenance_windows(MaxResults=10, NextToken=first["NextToken"])
    assert (len(rest["WindowIdentities"]), "NextToken" in rest) == (2, False)


def test_a_stacks_document_gets_a_new_version_and_its_drift_is_seen(fleet: Fleet) -> None:
    cloudformation = fleet.aws("cloudformation")

    def template(word: str) -> str:
        content = {"schemaVersion": "2.2", "mainSteps": [{"name": "say", "action": "aws:runShellScript", "inputs": {"runCommand": [f"echo {word}"]}}]}
        return json.dumps({"Resources": {"D": {"Type": "AWS::SSM::Document", "Properties": {
            "Name": "kept", "DocumentType": "Command", "DocumentFormat": "JSON", "UpdateMethod": "NewVersion", "Content": content}}}})
    cloudformation.create_stack(StackName="s", TemplateBody=template("a"))
    cloudformation.update_stack(StackName="s", TemplateBody=template("b"))
    shown = fleet.ssm.get_document(Name="kept")
    assert (shown["DocumentVersion"], "echo b" in shown["Content"]) == ("2", True)

    def drift() -> str:
        id_ = cloudformation.detect_stack_drift(StackName="s")["StackDriftDetectionId"]
        return str(until(lambda: cloudformation.describe_stack_drift_detection_status(StackDriftDetectionId=id_).get("StackDriftStatus")))
    assert drift() == "IN_SYNC"
    made = fleet.ssm.update_document(Name="kept", Content=shown["Content"].replace("echo b", "echo c"), DocumentVersion="$LATEST", DocumentFormat="JSON")
    fleet.ssm.update_document_default_version(Name="kept", DocumentVersion=made["DocumentDescription"]["DocumentVersion"])
    assert drift() == "DRIFTED"


def test_a_group_that_was_registered_by_hand_keeps_a_stacks_baseline(fleet: Fleet) -> None:
    cloudformation = fleet.aws("cloudformation")
    body = {"Resources": {"B": {"Type": "AWS::SSM::PatchBaseline", "Properties": {"Name": "baseline", "PatchGroups": ["own"]}}}}
    cloudformation.create_stack(StackName="s", TemplateBody=json.dumps(body))
    id_ = cloudformation.describe_stack_resource(StackName="s", LogicalResourceId="B")["StackResourceDetail"]["PhysicalResourceId"]
    fleet.ssm.register_patch_baseline_for_patch_group(BaselineId=id_, PatchGroup="by-hand")
    cloudformation.delete_stack(StackName="s")
    assert cloudformation.describe_stacks(StackName="s")["Stacks"][0]["StackStatus"] == "DELETE_FAILED"
    fleet.ssm.deregister_patch_baseline_for_patch_group(BaselineId=id_, PatchGroup="by-hand")
    cloudformation.delete_stack(StackName="s")
    assert fleet.ssm.describe_patch_groups()["Mappings"] == []
    assert fleet.ssm.describe_patch_baselines(Filters=[{"Key": "OWNER", "Values": ["Self"]}])["BaselineIdentities"] == []
