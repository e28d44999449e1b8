"""For each operation that emulator.py adds: what its documented example needs first, and an error that AWS documents."""
from __future__ import annotations

import json
import urllib.request
from typing import Any

TRUST = json.dumps({"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"Service": "datasync.amazonaws.com"}, "Action": "sts:AssumeRole"}]})
DOCUMENTED_LOCATION, DOCUMENTED_AGENT = r"arn:aws:datasync:us-west-2:123456789012:location/[\w-]+", r"arn:aws:datasync:us-west-2:123456789012:agent/[\w-]+"


def agent(aws: Any) -> str:
    """An agent on an instance of the public image, which has given its key."""
    ec2 = aws("ec2")
    image = aws("ssm").get_parameter(Name="/aws/service/datasync/ami")["Parameter"]["Value"]
    group = ec2.describe_security_groups()["SecurityGroups"][0]["GroupId"]
    rules = ec2.describe_security_groups(GroupIds=[group])["SecurityGroups"][0]["IpPermissions"]
    if not any(r.get("FromPort") == 80 for r in rules):
        ec2.authorize_security_group_ingress(GroupId=group, IpProtocol="tcp", FromPort=80, ToPort=80, CidrIp="192.0.2.1/32")
    made = ec2.run_instances(ImageId=image, InstanceType="m5.2xlarge", MinCount=1, MaxCount=1, SecurityGroupIds=[group])["Instances"][0]
    url = f"{ec2.meta.endpoint_url}/_worklab/hosts/{made['PrivateIpAddress']}/?gatewayType=SYNC&activationRegion=us-east-1&no_redirect"
    with urllib.request.urlopen(url, timeout=30) as answer:
        key = answer.read().decode().strip()
    return str(aws("datasync").create_agent(ActivationKey=key, AgentName="agent")["AgentArn"])


def nfs(aws: Any) -> dict[str, str]:
    made = aws("datasync").create_location_nfs(ServerHostname="nfs.example.com", Subdirectory="/", OnPremConfig={"AgentArns": [agent(aws)]})
    return {DOCUMENTED_LOCATION: made["LocationArn"], DOCUMENTED_AGENT: agent(aws)}


def smb(aws: Any) -> dict[str, str]:
    made = aws("datasync").create_location_smb(ServerHostname="smb.example.com", Subdirectory="/", User="u", Password="p", AgentArns=[agent(aws)])
    return {DOCUMENTED_LOCATION: made["LocationArn"], DOCUMENTED_AGENT: agent(aws)}


SETUPS = {("datasync", "UpdateLocationNfs"): [nfs], ("datasync", "UpdateLocationSmb"): [smb]}

GONE = "arn:aws:datasync:us-east-1:123456789012:"
LOCATION, TASK, AGENT = {"LocationArn": f"{GONE}location/loc-0123456789abcdef0"}, {"TaskArn": f"{GONE}task/task-0123456789abcdef0"}, {
    "AgentArn": f"{GONE}agent/agent-0123456789abcdef0"}
EXECUTION = {"TaskExecutionArn": f"{TASK['TaskArn']}/execution/exec-0123456789abcdef0"}
RESOURCE = {"ResourceArn": TASK["TaskArn"]}
ROLE = "arn:aws:iam::123456789012:role/no-such-role"
EC2 = {"SubnetArn": "arn:aws:ec2:us-east-1:123456789012:subnet/subnet-0123456789abcdef0",
       "SecurityGroupArns": ["arn:aws:ec2:us-east-1:123456789012:security-group/sg-0123456789abcdef0"]}
WRONG: dict[str, dict[str, Any]] = {
    "CreateAgent": {"ActivationKey": "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE"}, "DescribeAgent": AGENT, "UpdateAgent": {**AGENT, "Name": "n"}, "DeleteAgent": AGENT,
    "ListAgents": {"NextToken": "nonsense"}, "ListLocations": {"NextToken": "nonsense"}, "ListTasks": {"NextToken": "nonsense"}, "DeleteLocation": LOCATION,
    "CreateLocationS3": {"S3BucketArn": "arn:aws:s3:::no-such-bucket", "S3Config": {"BucketAccessRoleArn": ROLE}},
    "CreateLocationEfs": {"EfsFilesystemArn": "arn:aws:elasticfilesystem:us-east-1:123456789012:file-system/fs-0123456789abcdef0", "Ec2Config": EC2},
    "CreateLocationNfs": {"ServerHostname": "h", "Subdirectory": "/", "OnPremConfig": {"AgentArns": [AGENT["AgentArn"]]}},
    "CreateLocationSmb": {"ServerHostname": "h", "Subdirectory": "/", "User": "u", "Password": "p", "AgentArns": [AGENT["AgentArn"]]},
    **{f"{verb}Location{kind}": LOCATION for verb in ("Describe", "Update") for kind in ("S3", "Efs", "Nfs", "Smb")},
    "CreateTask": {"SourceLocationArn": LOCATION["LocationArn"], "DestinationLocationArn": LOCATION["LocationArn"]}, "DescribeTask": TASK, "UpdateTask": TASK,
    "DeleteTask": TASK, "StartTaskExecution": TASK, "ListTaskExecutions": TASK, "DescribeTaskExecution": EXECUTION, "CancelTaskExecution": EXECUTION,
    "UpdateTaskExecution": {**EXECUTION, "Options": {"BytesPerSecond": 1}}, "ListTagsForResource": RESOURCE,
    "TagResource": {**RESOURCE, "Tags": [{"Key": "k", "Value": "v"}]}, "UntagResource": {**RESOURCE, "Keys": ["k"]},
}
ERRORS = [("datasync", operation, params, "InvalidRequestException") for operation, params in WRONG.items()]
NOT_REPLAYED = {("datasync", operation): "awscli has no example of it" for operation in WRONG if ("datasync", operation) not in SETUPS}


def before_errors(aws: Any) -> None:
    """None of them needs anything to be there."""
