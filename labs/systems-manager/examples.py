"""For each operation that emulator.py adds: what its documented example needs first, and an error that AWS documents."""
from __future__ import annotations

import json
from typing import Any

from conftest import until

NOWHERE = "8dfe3659-4309-493a-8755-0123456789ab"
TRUST = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
TAGS = [{"Key": "ENV", "Value": "Dev"}, {"Key": "DEV", "Value": "x"}, {"Key": "Name", "Value": "Linux"}]
ANY_INSTANCE = r"\bi-[0-9a-zA-Z]+\b"
ANY_UUID = r"\b[0-9a-zA-Z]{8}-[0-9a-zA-Z]{4}-[0-9a-zA-Z]{4}-[0-9a-zA-Z]{4}-[0-9a-zA-Z]{10,12}\b"
RUNBOOK = {"schemaVersion": "0.3", "mainSteps": [{"name": "wait", "action": "aws:sleep", "inputs": {"Duration": "PT1M"}}]}
SCRIPT = {"schemaVersion": "2.2", "mainSteps": [{"name": "say", "action": "aws:runShellScript", "inputs": {"runCommand": ["true"]}}]}


# ---------------------------------------------------------------- a node


def instance(aws: Any) -> str:
    """An instance with a role that its agent may report with."""
    iam = aws("iam")
    iam.create_role(RoleName="managed", AssumeRolePolicyDocument=json.dumps(TRUST))
    iam.attach_role_policy(RoleName="managed", PolicyArn="arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore")
    iam.create_instance_profile(InstanceProfileName="managed")
    iam.add_role_to_instance_profile(InstanceProfileName="managed", RoleName="managed")
    image = aws("ssm").get_parameter(Name="/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64")["Parameter"]["Value"]
    made = aws("ec2").run_instances(ImageId=image, InstanceType="t4g.micro", MinCount=1, MaxCount=1, IamInstanceProfile={"Name": "managed"},
                                    TagSpecifications=[{"ResourceType": "instance", "Tags": TAGS}])
    return str(made["Instances"][0]["InstanceId"])


def node(aws: Any) -> dict[str, str]:
    """One whose agent has reported."""
    id_ = instance(aws)
    until(lambda: aws("ssm").describe_instance_information()["InstanceInformationList"])
    return {ANY_INSTANCE: id_}


# ---------------------------------------------------------------- commands, sessions


def commanded(aws: Any) -> dict[str, str]:
    """A command that is over."""
    said, ssm = node(aws), aws("ssm")
    id_ = said[ANY_INSTANCE]
    command = ssm.send_command(InstanceIds=[id_], DocumentName="AWS-UpdateSSMAgent")["Command"]["CommandId"]
    until(lambda: ssm.list_commands(CommandId=command)["Commands"][0]["Status"] == "Success")
    return {**said, ANY_UUID: command}


def documented(aws: Any) -> dict[str, str]:
    """The last example runs a document that somebody shared."""
    aws("ssm").create_document(Name="ExampleDocument", DocumentType="Command", DocumentFormat="JSON", Content=json.dumps(SCRIPT))
    return node(aws)


def pending(aws: Any) -> dict[str, str]:
    said = node(aws)
    command = aws("ssm").send_command(InstanceIds=[said[ANY_INSTANCE]], DocumentName="AWS-UpdateSSMAgent")["Command"]["CommandId"]
    return {**said, ANY_UUID: command}


def session(aws: Any) -> dict[str, str]:
    said = node(aws)
    id_ = aws("ssm").start_session(Target=said[ANY_INSTANCE])["SessionId"]
    owner = aws("ssm").describe_sessions(State="Active")["Sessions"][0]["Owner"]
    return {**said, r"arn:aws:sts::123456789012:assumed-role/Administrator/Shirley-Rodriguez": owner, r"Shirley-Rodriguez-\w+": id_}


def ended(aws: Any) -> dict[str, str]:
    said = session(aws)
    aws("ssm").terminate_session(SessionId=said[r"Shirley-Rodriguez-\w+"])
    return said


# ---------------------------------------------------------------- associations


def associated(document: str, **more: Any) -> Any:
    """An association that has run."""
    def make(aws: Any) -> dict[str, str]:
        said, ssm = node(aws), aws("ssm")
        made = ssm.create_association(Name=document, InstanceId=said[ANY_INSTANCE], AssociationName="an-association", **more)
        id_ = made["AssociationDescription"]["AssociationId"]
        until(lambda: ssm.describe_association(AssociationId=id_)["AssociationDescription"]["Overview"]["Status"] == "Success")
        return {**said, ANY_UUID: id_, r"list-associations /": "list-associations", "value=UpdateSSMAgent": "value=an-association", r"\\\$LATEST": "$LATEST"}
    return make


UPDATES = associated("AWS-UpdateSSMAgent", ScheduleExpression="cron(0 0 12 ? * SUN *)")
GATHERS = associated("AWS-GatherSoftwareInventory", ScheduleExpression="rate(30 minutes)", Parameters={"applications": ["Enabled"]})


def executed(aws: Any) -> dict[str, str]:
    said = GATHERS(aws)
    run = aws("ssm").describe_association_executions(AssociationId=said[ANY_UUID])["AssociationExecutions"][0]["ExecutionId"]
    by_name = {r'--association-id "[^"]+"': f"--association-id {said.pop(ANY_UUID)}", r'--execution-id "[^"]+"': f"--execution-id {run}"}
    return {**said, **by_name}


# ---------------------------------------------------------------- inventory, compliance

RACK = {"TypeName": "Custom:RackInfo", "SchemaVersion": "1.0", "CaptureTime": "2021-05-22T10:01:01Z", "Content": [{"RackLocation": "Bay B/Row C/Rack D"}]}


def racked(aws: Any) -> dict[str, str]:
    """The agent's own entries are the ones there are: applications are the operating system's."""
    said = GATHERS(aws)
    aws("ssm").put_inventory(InstanceId=said[ANY_INSTANCE], Items=[RACK])
    return {ANY_INSTANCE: said[ANY_INSTANCE], "AWS:Application": "AWS:AWSComponent"}


def complying(aws: Any) -> dict[str, str]:
    """With a second type, so that there is a second page where one asks for a first."""
    said = GATHERS(aws)
    aws("ssm").put_compliance_items(ResourceId=said[ANY_INSTANCE], ResourceType="ManagedInstance", ComplianceType="Custom:AVCheck",
                                    ExecutionSummary={"ExecutionTime": 1}, Items=[{"Id": "v", "Severity": "HIGH", "Status": "NON_COMPLIANT"}])
    return {**said, r"(?<=list-resource-compliance-summaries)$": " --max-items 1"}


# ---------------------------------------------------------------- patches


REPOSITORY = {
    "Name": "Amazon-Linux-2017.09-Production-Baseline", "OperatingSystem": "AMAZON_LINUX", "Tags": [{"Key": "Environment", "Value": "Production"}],
    "ApprovalRules": {"PatchRules": [{"ApproveAfterDays": 7, "EnableNonSecurity": True, "PatchFilterGroup": {"PatchFilters": [
        {"Key": "SEVERITY", "Values": ["Important", "Critical"]}, {"Key": "PRODUCT", "Values": ["AmazonLinux2017.09"]}]}}]},
    "Sources": [{"Name": "My-AL2017.09", "Products": ["AmazonLinux2017.09"], "Configuration": "[amzn-main]\nname=amzn-main-Base"}]}


def baseline(aws: Any) -> dict[str, str]:
    ssm = aws("ssm")
    rule = {"PatchFilterGroup": {"PatchFilters": [{"Key": "PRODUCT", "Values": ["WindowsServer2016"]}]}, "ApproveAfterDays": 0}
    id_ = ssm.create_patch_baseline(Name="WindowsPatching", OperatingSystem="WINDOWS", ApprovalRules={"PatchRules": [rule]},
                                    Description="Patches for Windows Servers")["BaselineId"]
    return {r"pb-\w+": id_, "file://my-amazon-linux-approval-rules-and-repo.json": f"'{json.dumps(REPOSITORY)}'"}


def amazons(aws: Any) -> dict[str, str]:
    """The baseline that AWS provides, whose ARN differs by region."""
    return {r"arn:aws:ssm:[\w-]+:\d+:patchbaseline/pb-\w+": aws("ssm").get_default_patch_baseline(OperatingSystem="CENTOS")["BaselineId"]}


def for_group(aws: Any) -> dict[str, str]:
    said = baseline(aws)
    for group in ("QA", "DEV", "Production"):
        aws("ssm").register_patch_baseline_for_patch_group(BaselineId=said[r"pb-\w+"], PatchGroup=group)
    return said


# ---------------------------------------------------------------- maintenance windows

TASK = {"RunCommand": {"Comment": "", "TimeoutSeconds": 600, "Parameters": {"commands": ["echo Hello"]}}}


def window(aws: Any) -> dict[str, str]:
    """With a target and a task."""
    said, ssm = node(aws), aws("ssm")
    id_ = ssm.create_maintenance_window(Name="My-First-Maintenance-Window", Schedule="rate(1 day)", Duration=4, Cutoff=1, AllowUnassociatedTargets=True,
                                        ScheduleTimezone="Etc/UTC", Description="d")["WindowId"]
    target = ssm.register_target_with_maintenance_window(WindowId=id_, ResourceType="INSTANCE", Targets=[{"Key": "InstanceIds", "Values": [said[ANY_INSTANCE]]}],
                                                         OwnerInformation="CostCenter1", Name="target", Description="d")["WindowTargetId"]
    task = ssm.register_task_with_maintenance_window(
        WindowId=id_, TaskType="RUN_COMMAND", TaskArn="AWS-RunShellScript", Targets=[{"Key": "WindowTargetIds", "Values": [target]}], MaxErrors="1",
        MaxConcurrency="1", Priority=1, TaskInvocationParameters=TASK, Name="ExampleTask", Description="d",
        ServiceRoleArn="arn:aws:iam::123456789012:role/window")["WindowTaskId"]
    return {**said, r"mw-\w+": id_, r'--window-target-id "?[\w-]+"?': f"--window-target-id {target}",
            r'--window-task-id "?[\w-]+"?': f"--window-task-id {task}", r"Key=WindowTargetIds,Values=[\w-]+": f"Key=WindowTargetIds,Values={target}",
            r"\\\$": "$", "Values=RUN_COMMAND": "Values=RUN_COMMAND"}


def tasks(aws: Any) -> dict[str, str]:
    """A window with a second task, of another document and priority."""
    said = window(aws)
    aws("ssm").register_task_with_maintenance_window(
        WindowId=said[r"mw-\w+"], TaskType="RUN_COMMAND", TaskArn="AWS-RunPowerShellScript", Priority=3, MaxErrors="1", MaxConcurrency="1",
        Targets=[{"Key": "InstanceIds", "Values": [said[ANY_INSTANCE]]}], Name="SecondTask", Description="d",
        ServiceRoleArn="arn:aws:iam::123456789012:role/window", TaskInvocationParameters={"RunCommand": {"Parameters": {"commands": ["echo Hello"]}}})
    return said


# ---------------------------------------------------------------- automations


def automated(aws: Any) -> dict[str, str]:
    """A runbook of Amazon's that is over."""
    said, ssm = node(aws), aws("ssm")
    id_ = ssm.start_automation_execution(DocumentName="AWS-StartEC2Instance", Parameters={"InstanceId": [said[ANY_INSTANCE]]})["AutomationExecutionId"]
    until(lambda: ssm.get_automation_execution(AutomationExecutionId=id_)["AutomationExecution"]["AutomationExecutionStatus"] == "Success")
    step = ssm.describe_automation_step_executions(AutomationExecutionId=id_)["StepExecutions"][0]["StepExecutionId"]
    return {r"Key=ExecutionId,Values=[\w-]+": f"Key=ExecutionId,Values={id_}", r"Key=StepExecutionId,Values=[\w-]+": f"Key=StepExecutionId,Values={step}",
            r"--automation-execution-id [\w-]+": f"--automation-execution-id {id_}"}


def runbook(aws: Any) -> dict[str, str]:
    """The document of the first example makes images inside a machine, which is not emulated: another one stands in for it."""
    aws("ssm").create_document(Name="ExampleDocument", DocumentType="Automation", DocumentFormat="JSON", Content=json.dumps(RUNBOOK))
    return {r"AWS-UpdateLinuxAmi": "ExampleDocument", r'--parameters "AutomationAssumeRole[^"]*"': ""}


def running(aws: Any) -> dict[str, str]:
    runbook(aws)
    id_ = aws("ssm").start_automation_execution(DocumentName="ExampleDocument")["AutomationExecutionId"]
    return {r'--automation-execution-id "?[\w-]+"?': f"--automation-execution-id {id_}"}


SETUPS: dict[tuple[str, str], list[Any]] = {("ssm", operation): setups for operation, setups in {
    "DescribeInstanceInformation": [complying], "GetConnectionStatus": [node],
    "SendCommand": [documented], "ListCommands": [commanded], "ListCommandInvocations": [commanded], "GetCommandInvocation": [commanded],
    "CancelCommand": [pending], "DescribeSessions": [session, ended], "TerminateSession": [session],
    "CreateAssociation": [node], "DescribeAssociation": [GATHERS, UPDATES], "ListAssociations": [UPDATES], "UpdateAssociation": [UPDATES],
    "DeleteAssociation": [UPDATES], "DescribeAssociationExecutions": [GATHERS], "DescribeAssociationExecutionTargets": [executed],
    "StartAssociationsOnce": [UPDATES], "DescribeInstanceAssociationsStatus": [GATHERS],
    "GetInventory": [node], "ListInventoryEntries": [racked], "PutInventory": [node], "DeleteInventory": [racked], "GetInventorySchema": [None],
    "PutComplianceItems": [node], "ListComplianceItems": [complying], "ListComplianceSummaries": [complying], "ListResourceComplianceSummaries": [complying],
    "CreatePatchBaseline": [baseline], "GetPatchBaseline": [for_group], "UpdatePatchBaseline": [baseline], "DeletePatchBaseline": [baseline],
    "DescribePatchBaselines": [baseline], "RegisterPatchBaselineForPatchGroup": [baseline], "DeregisterPatchBaselineForPatchGroup": [for_group],
    "GetDefaultPatchBaseline": [None], "RegisterDefaultPatchBaseline": [baseline, amazons], "DescribePatchGroups": [for_group],
    "CreateMaintenanceWindow": [None], "GetMaintenanceWindow": [window], "DescribeMaintenanceWindows": [window], "UpdateMaintenanceWindow": [window],
    "DeleteMaintenanceWindow": [window], "RegisterTargetWithMaintenanceWindow": [window], "DescribeMaintenanceWindowTargets": [window],
    "UpdateMaintenanceWindowTarget": [window], "DeregisterTargetFromMaintenanceWindow": [window], "RegisterTaskWithMaintenanceWindow": [window],
    "DescribeMaintenanceWindowTasks": [tasks], "GetMaintenanceWindowTask": [window], "UpdateMaintenanceWindowTask": [window],
    "DeregisterTaskFromMaintenanceWindow": [window],
    "StartAutomationExecution": [runbook], "StopAutomationExecution": [running], "GetAutomationExecution": [automated],
    "DescribeAutomationExecutions": [automated], "DescribeAutomationStepExecutions": [automated],
}.items()}

NOT_REPLAYED: dict[tuple[str, str], str] = {
    ("ssm", "StartSession"): "the client hands the session to its plugin, and nobody is at the other end",
    ("ssm", "DescribeInstancePatchStates"): "not emulated: how many patches are missing is what a scan finds inside a machine",
    ("ssm", "DescribeMaintenanceWindowExecutions"): "the first opening of a window is minutes away: test_systems_manager.py turns the clock",
}

# ---------------------------------------------------------------- errors

INVALID_TOKEN = {"NextToken": "nonsense"}
GONE = {"AssociationId": NOWHERE}
NO_WINDOW = {"WindowId": "mw-0123456789abcdef0"}
NO_BASELINE = {"BaselineId": "pb-0123456789abcdef0"}
NO_NODE = {"InstanceId": "i-0123456789abcdef0"}
NO_EXECUTION = {"AutomationExecutionId": NOWHERE}
ITEMS = {"ResourceId": "i-0123456789abcdef0", "ResourceType": "ManagedInstance", "ComplianceType": "Custom:xx", "ExecutionSummary": {"ExecutionTime": 1},
         "Items": []}
MISSING = "DoesNotExistException"

ERRORS: list[tuple[str, str, dict[str, Any], str]] = [("ssm", operation, params, code) for operation, params, code in [
    ("DescribeInstanceInformation", {"Filters": [{"Key": "Colour", "Values": ["red"]}]}, "InvalidFilterKey"),
    ("SendCommand", {"DocumentName": "nope", "InstanceIds": ["i-0123456789abcdef0"]}, "InvalidDocument"),
    ("ListCommands", {"CommandId": NOWHERE}, "InvalidCommandId"), ("ListCommandInvocations", {"CommandId": NOWHERE}, "InvalidCommandId"),
    ("GetCommandInvocation", {"CommandId": NOWHERE, **NO_NODE}, "InvocationDoesNotExist"), ("CancelCommand", {"CommandId": NOWHERE}, "InvalidCommandId"),
    ("StartSession", {"Target": "i-0123456789abcdef0"}, "TargetNotConnected"), ("DescribeSessions", {"State": "Active", **INVALID_TOKEN}, "InvalidNextToken"),
    ("CreateAssociation", {"Name": "nope"}, "InvalidDocument"), ("DescribeAssociation", GONE, "AssociationDoesNotExist"),
    ("ListAssociations", INVALID_TOKEN, "InvalidNextToken"), ("UpdateAssociation", GONE, "AssociationDoesNotExist"),
    ("DeleteAssociation", GONE, "AssociationDoesNotExist"), ("DescribeAssociationExecutions", GONE, "AssociationDoesNotExist"),
    ("DescribeAssociationExecutionTargets", {**GONE, "ExecutionId": NOWHERE}, "AssociationDoesNotExist"),
    ("StartAssociationsOnce", {"AssociationIds": [NOWHERE]}, "AssociationDoesNotExist"),
    ("DescribeInstanceAssociationsStatus", NO_NODE, "InvalidInstanceId"),
    ("GetInventory", {"ResultAttributes": [{"TypeName": "AWS:Nonsense"}]}, "InvalidTypeNameException"),
    ("ListInventoryEntries", {**NO_NODE, "TypeName": "AWS:Application"}, "InvalidInstanceId"),
    ("PutInventory", {**NO_NODE, "Items": [RACK]}, "InvalidInstanceId"), ("DeleteInventory", {"TypeName": "AWS:Application"}, "InvalidTypeNameException"),
    ("GetInventorySchema", {"TypeName": "Nonsense"}, "InvalidTypeNameException"), ("PutComplianceItems", ITEMS, "InvalidResourceId"),
    ("ListComplianceItems", {"Filters": [{"Key": "Colour", "Values": ["red"]}]}, "InvalidFilter"),
    ("ListComplianceSummaries", {"Filters": [{"Key": "Colour", "Values": ["red"]}]}, "InvalidFilter"),
    ("ListResourceComplianceSummaries", INVALID_TOKEN, "InvalidNextToken"),
    ("CreatePatchBaseline", {"Name": "b!!"}, "ValidationException"), ("GetPatchBaseline", NO_BASELINE, MISSING), ("UpdatePatchBaseline", NO_BASELINE, MISSING),
    ("DescribePatchBaselines", {"Filters": [{"Key": "COLOUR", "Values": ["red"]}]}, "ValidationException"),
    ("RegisterPatchBaselineForPatchGroup", {**NO_BASELINE, "PatchGroup": "g"}, MISSING),
    ("DeregisterPatchBaselineForPatchGroup", {"BaselineId": "mw-0123456789abcdef0", "PatchGroup": "g"}, "InvalidResourceId"),
    ("GetDefaultPatchBaseline", {"OperatingSystem": "TOS"}, "ValidationException"), ("RegisterDefaultPatchBaseline", NO_BASELINE, MISSING),
    ("DescribePatchGroups", {"Filters": [{"Key": "COLOUR", "Values": ["red"]}]}, "ValidationException"),
    ("DescribeInstancePatchStates", {"InstanceIds": ["i-0123456789abcdef0"], **INVALID_TOKEN}, "InvalidNextToken"),
    ("CreateMaintenanceWindow", {"Name": "www", "Schedule": "at noon", "Duration": 2, "Cutoff": 1, "AllowUnassociatedTargets": True}, "ValidationException"),
    ("GetMaintenanceWindow", NO_WINDOW, MISSING), ("UpdateMaintenanceWindow", NO_WINDOW, MISSING),
    ("DescribeMaintenanceWindows", {"Filters": [{"Key": "Colour", "Values": ["red"]}]}, "ValidationException"),
    ("RegisterTargetWithMaintenanceWindow", {**NO_WINDOW, "ResourceType": "INSTANCE", "Targets": [{"Key": "InstanceIds", "Values": ["i-1"]}]}, MISSING),
    ("DescribeMaintenanceWindowTargets", NO_WINDOW, MISSING), ("DescribeMaintenanceWindowTasks", NO_WINDOW, MISSING),
    ("UpdateMaintenanceWindowTarget", {**NO_WINDOW, "WindowTargetId": NOWHERE}, MISSING),
    ("DeregisterTargetFromMaintenanceWindow", {**NO_WINDOW, "WindowTargetId": NOWHERE}, MISSING),
    ("RegisterTaskWithMaintenanceWindow", {**NO_WINDOW, "TaskArn": "AWS-RunShellScript", "TaskType": "RUN_COMMAND"}, MISSING),
    ("GetMaintenanceWindowTask", {**NO_WINDOW, "WindowTaskId": NOWHERE}, MISSING),
    ("UpdateMaintenanceWindowTask", {**NO_WINDOW, "WindowTaskId": NOWHERE}, MISSING),
    ("DeregisterTaskFromMaintenanceWindow", {**NO_WINDOW, "WindowTaskId": NOWHERE}, MISSING),
    ("DescribeMaintenanceWindowExecutions", NO_WINDOW, MISSING),
    ("StartAutomationExecution", {"DocumentName": "nope"}, "AutomationDefinitionNotFoundException"),
    ("StopAutomationExecution", NO_EXECUTION, "AutomationExecutionNotFoundException"),
    ("GetAutomationExecution", NO_EXECUTION, "AutomationExecutionNotFoundException"),
    ("DescribeAutomationExecutions", INVALID_TOKEN, "InvalidNextToken"),
    ("DescribeAutomationStepExecutions", NO_EXECUTION, "AutomationExecutionNotFoundException"),
    ("DeletePatchBaseline", {"BaselineId": "pb-0123456789abcdef!!"}, "ValidationException"),
]]

# They answer to any name, whether there is such a thing or not.
FAULTS_ALONE = (("ssm", "GetConnectionStatus"), ("ssm", "TerminateSession"), ("ssm", "DeleteMaintenanceWindow"))


def before_errors(aws: Any) -> None:
    """None of them needs anything that is there."""
