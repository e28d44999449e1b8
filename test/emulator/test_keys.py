"""Keys that a template makes: of the kind that it says, with its policy and the stack's tags, and gone only after a while."""
from __future__ import annotations

import json
from typing import Any

POLICY = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:root"}, "Action": "kms:*", "Resource": "*"}]}


def stack(aws: Any, **properties: Any) -> str:
    resources = {"Key": {"Type": "AWS::KMS::Key", "Properties": {"KeyPolicy": POLICY, **properties}},
                 "Alias": {"Type": "AWS::KMS::Alias", "Properties": {"AliasName": "alias/mine", "TargetKeyId": {"Ref": "Key"}}}}
    aws("cloudformation").create_stack(StackName="keys", TemplateBody=json.dumps({"Resources": resources}), Tags=[{"Key": "run", "Value": "abc123"}])
    return str(aws("cloudformation").describe_stack_resource(StackName="keys", LogicalResourceId="Key")["StackResourceDetail"]["PhysicalResourceId"])


def test_a_key_is_what_the_template_says(aws: Any) -> None:
    kms, id_ = aws("kms"), stack(aws, KeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY", Description="signs", Tags=[{"Key": "own", "Value": "1"}])
    about = kms.describe_key(KeyId="alias/mine")["KeyMetadata"]
    assert (about["KeyId"], about["KeySpec"], about["KeyUsage"], about["Description"]) == (id_, "ECC_NIST_P256", "SIGN_VERIFY", "signs")
    assert json.loads(kms.get_key_policy(KeyId=id_, PolicyName="default")["Policy"]) == POLICY
    tags = {t["TagKey"]: t["TagValue"] for t in kms.list_resource_tags(KeyId=id_)["Tags"]}
    assert tags["run"] == "abc123" and tags["own"] == "1"


def test_a_deleted_key_is_pending_for_the_days_of_the_template(aws: Any) -> None:
    kms, id_ = aws("kms"), stack(aws, PendingWindowInDays=7, EnableKeyRotation=True)
    assert kms.get_key_rotation_status(KeyId=id_)["KeyRotationEnabled"] is True
    aws("cloudformation").delete_stack(StackName="keys")
    about = kms.describe_key(KeyId=id_)["KeyMetadata"]
    assert about["KeyState"] == "PendingDeletion" and about["DeletionDate"] is not None
    assert kms.list_aliases(KeyId=id_)["Aliases"] == []
