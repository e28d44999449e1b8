"""What an account holds, asked of every operation of botocore's models that lists without being told of what: nobody here wrote the list.

    python inventory.py ENDPOINT REGION[,REGION] [SERVICE ...]

Prints {"service Operation region": [item, ...]}, items as JSON without times, what is deleted already left out. Two of these,
taken before and after a run, are equal when the run left nothing. An operation that the endpoint does not have is left out,
one that fails is there with its error.
"""
from __future__ import annotations

import datetime
import json
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import boto3
from botocore import xform_name
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

SERVICES = """accessanalyzer backup budgets cloudformation cloudtrail cloudwatch config datasync ec2 efs events iam kms logs organizations
ram rds resourcegroupstaggingapi route53 route53domains route53resolver s3 scheduler secretsmanager servicecatalog sns sqs ssm storagegateway""".split()
GLOBAL = {"iam", "route53", "organizations", "budgets", "s3", "route53domains"}

# They tell what was, and go on telling it: AWS deletes none of it on request.
HISTORY = re.compile(
    r"LookupEvents|ListStacks|ListEvents|Describe.*Events?$|List.*(Job|Execution|Invocation|Command)s$|ListCommandInvocations|DescribeSessions|"
    r"DescribeAutomation(Step)?Executions|DescribeMaintenanceWindowExecutions|Describe.*History|ListRecordHistory|DescribeAlarmHistory|"
    r"List.*Summaries|GetCredentialReport|ListOpsItemEvents|GetAccountAuthorizationDetails"
)
# Different at each call, or a catalogue of AWS's.
NOISE = re.compile(
    r"GetRandomPassword|GetSessionToken|GenerateRandom|Describe(Images|Regions|AvailabilityZones|InstanceTypes|InstanceTypeOfferings|SpotPriceHistory|"
    r"ManagedPrefixLists|PrefixLists|VpcEndpointServices|ReservedInstancesOfferings|HostReservationOfferings|AwsNetworkPerformance.*|"
    r"OrderableDBInstanceOptions|DBEngineVersions|AvailablePatches|Products.*|Tags)$|ListPolicies$|GetMetricData|ListMetrics|GetTagKeys|GetUser$"
)
# AWS's own: made by a service at its first use, or always there. A terminated instance keeps its tags for about an hour.
OF_AWS = re.compile(r'"alias/aws/|"Name": "/aws/|:instance/i-|"/aws-service-role/|"OwnerId": "(?!123456789012)\d{12}".*"SnapshotId"')
DEAD = {"terminated", "shutting-down", "deleted", "deleting", "delete_complete", "pendingdeletion", "pending_deletion", "delete-complete"}


def dead(item: Any) -> bool:
    """Deleted by its own word."""
    if not isinstance(item, dict):
        return False
    for name in ("State", "Status", "KeyState", "StackStatus", "LifeCycleState", "status", "InstanceConnectEndpointState"):
        said = item.get(name)
        said = (said.get("Name") or said.get("Code")) if isinstance(said, dict) else said
        if isinstance(said, str) and said.lower() in DEAD:
            return True
    instances = item.get("Instances")
    return isinstance(instances, list) and bool(instances) and all(dead(i) for i in instances)


def plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items() if not isinstance(v, datetime.datetime) and k != "ResponseMetadata"}
    if isinstance(value, list):
        return [plain(v) for v in value if not dead(v)]
    return value if isinstance(value, (str, int, float, bool, type(None))) else str(value)


def ask(client: Any, operation: str, more: dict[str, Any]) -> list[str]:
    method = xform_name(operation)
    if client.can_paginate(method):
        pages = client.get_paginator(method).paginate(**more)
    else:
        pages = [getattr(client, method)(**more)]
    out: list[str] = []
    for page in pages:
        for name, said in plain(page).items():
            for item in said if isinstance(said, list) else [said]:
                text = json.dumps({name: item}, sort_keys=True)
                if name not in ("NextToken", "nextToken", "Marker", "IsTruncated", "MaxItems") and not OF_AWS.search(text):
                    out.append(text)
    return sorted(out)


def keys_of_ours(client: Any) -> list[str]:
    """KMS lists ids alone; a key that AWS manages, or that waits for its deletion, is none of the account's."""
    listed = [k["KeyId"] for page in client.get_paginator("list_keys").paginate() for k in page["Keys"]]
    aliases = [a for page in client.get_paginator("list_aliases").paginate() for a in page["Aliases"]]
    of_aws = {a.get("TargetKeyId") for a in aliases if a["AliasName"].startswith("alias/aws/")}
    about = [client.describe_key(KeyId=k)["KeyMetadata"] for k in listed if k not in of_aws]
    return sorted(k["KeyId"] for k in about if k["KeyManager"] == "CUSTOMER" and k["KeyState"] != "PendingDeletion")


def questions(client: Any) -> list[tuple[str, dict[str, Any]]]:
    """Operations that need no parameter; of images, snapshots and policies only the account's own."""
    model = client.meta.service_model
    own: dict[str, dict[str, Any]] = {"DescribeSnapshots": {"OwnerIds": ["self"]}, "DescribeImages": {"Owners": ["self"]}, "ListPolicies": {"Scope": "Local"}}
    out = []
    for operation in model.operation_names:
        shape = model.operation_model(operation).input_shape
        needed = shape.required_members if shape is not None else []
        if needed or not operation.startswith(("List", "Describe", "Get")) or HISTORY.search(operation):
            continue
        if operation in own and shape is not None and all(k in shape.members for k in own[operation]):
            out.append((operation, own[operation]))
        elif not NOISE.search(operation):
            out.append((operation, {}))
    return out


def inventory(endpoint: str, regions: list[str], services: list[str]) -> dict[str, list[str]]:
    keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
    # What fails once is asked again, as every client of AWS does (an answer of 501 is none to ask again).
    config = Config(retries={"total_max_attempts": 3, "mode": "standard"}, s3={"addressing_style": "path"}, read_timeout=60)
    session = boto3.session.Session()
    found: dict[str, list[str]] = {}

    def one(asked: tuple[str, str, Any, str, dict[str, Any]]) -> None:
        service, region, client, operation, more = asked
        key = f"{service} {operation} {region}"
        try:
            found[key] = keys_of_ours(client) if operation == "ListKeys" else ask(client, operation, more)
        except ClientError as error:
            if error.response["Error"]["Code"] not in ("NotImplemented", "InvalidAction", "UnknownOperationException"):
                found[key] = [f"error {error.response['Error']['Code']}"]
        except BotoCoreError as error:
            found[key] = [f"error {type(error).__name__}"]

    todo = []
    for service in services:
        for region in regions[:1] if service in GLOBAL else regions:
            client = session.client(service, region_name=region, endpoint_url=endpoint, config=config, **keys)
            todo += [(service, region, client, operation, more) for operation, more in questions(client)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(one, todo))
    return dict(sorted(found.items()))


if __name__ == "__main__":
    print(json.dumps(inventory(sys.argv[1], sys.argv[2].split(","), sys.argv[3:] or SERVICES)))
