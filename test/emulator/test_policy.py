"""The evaluation of policies against what IAM documents: one row per rule, each with the request, the policies and the decision.

The rules: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html and
reference_policies_elements_condition_operators.html, reference_policies_variables.html, access_policies_boundaries.html (2026-11-22)
"""
from __future__ import annotations

from typing import Any

import pytest
from conftest import ROOT  # noqa: F401 (puts the emulator on the path)
from emulator.base.conditions import Malformed
from emulator.base.policy import ALLOWED, EXPLICIT_DENY, IMPLICIT_DENY, Caller, Policies, Policy, Request, decide, keys_of, read, values

OBJECT = "arn:aws:s3:::notes/alice/1.txt"
ALICE = Caller("arn:aws:iam::111122223333:user/alice")
SESSION = Caller("arn:aws:sts::111122223333:assumed-role/reader/s", role="arn:aws:iam::111122223333:role/reader")


def document(*statements: dict[str, Any], version: str = "2012-10-17") -> Policy:
    return read({"Version": version, "Statement": list(statements)})


def allow(action: Any = "s3:GetObject", resource: Any = "*", condition: Any = None, **more: Any) -> dict[str, Any]:
    body = {"Effect": "Allow", "Action": action, "Resource": resource, **({"Condition": condition} if condition else {}), **more}
    return {k: v for k, v in body.items() if v is not None}


def deny(*about: Any, **more: Any) -> dict[str, Any]:
    return {**allow(*about, **more), "Effect": "Deny"}


# what, statements, action, resource, context, decision
STATEMENTS: list[tuple[str, list[dict[str, Any]], str, str, dict[str, Any], str]] = [
    ("nothing says anything", [], "s3:GetObject", OBJECT, {}, IMPLICIT_DENY),
    ("an allow", [allow()], "s3:GetObject", OBJECT, {}, ALLOWED),
    ("an allow of something else", [allow("s3:PutObject")], "s3:GetObject", OBJECT, {}, IMPLICIT_DENY),
    ("a deny beside an allow", [allow(), deny()], "s3:GetObject", OBJECT, {}, EXPLICIT_DENY),
    ("a deny before an allow", [deny(), allow()], "s3:GetObject", OBJECT, {}, EXPLICIT_DENY),
    ("a deny of something else", [allow(), deny("s3:PutObject")], "s3:GetObject", OBJECT, {}, ALLOWED),
    ("a deny alone", [deny()], "s3:GetObject", OBJECT, {}, EXPLICIT_DENY),
    ("a deny whose condition does not hold", [allow(), deny(condition={"Bool": {"aws:SecureTransport": "false"}})], "s3:GetObject", OBJECT,
     {"aws:SecureTransport": "true"}, ALLOWED),
    ("actions in any case", [allow("S3:getobject")], "s3:GetObject", OBJECT, {}, ALLOWED),
    ("a wildcard in the action", [allow("s3:Get*")], "s3:GetObject", OBJECT, {}, ALLOWED),
    ("a wildcard in the middle", [allow("s3:*Object")], "s3:GetObject", OBJECT, {}, ALLOWED),
    ("one character", [allow("s3:?etObject")], "s3:GetObject", OBJECT, {}, ALLOWED),
    ("one character is not none", [allow("s3:?GetObject")], "s3:GetObject", OBJECT, {}, IMPLICIT_DENY),
    ("another service's actions", [allow("ec2:*")], "s3:GetObject", OBJECT, {}, IMPLICIT_DENY),
    ("every action", [allow("*")], "s3:GetObject", OBJECT, {}, ALLOWED),
    ("one of several actions", [allow(["s3:PutObject", "s3:GetObject"])], "s3:GetObject", OBJECT, {}, ALLOWED),
    ("NotAction leaves it out", [allow(None, NotAction="s3:*")], "s3:GetObject", OBJECT, {}, IMPLICIT_DENY),
    ("NotAction lets another through", [allow(None, NotAction="iam:*")], "s3:GetObject", OBJECT, {}, ALLOWED),
    ("NotAction denies all but one", [allow("*"), deny(None, NotAction=["s3:GetObject"])], "s3:PutObject", OBJECT, {}, EXPLICIT_DENY),
    ("NotAction does not deny that one", [allow("*"), deny(None, NotAction=["s3:GetObject"])], "s3:GetObject", OBJECT, {}, ALLOWED),
    ("the resource", [allow(resource=OBJECT)], "s3:GetObject", OBJECT, {}, ALLOWED),
    ("resources keep their case", [allow(resource=OBJECT.upper())], "s3:GetObject", OBJECT, {}, IMPLICIT_DENY),
    ("a prefix of the resource", [allow(resource="arn:aws:s3:::notes/alice/*")], "s3:GetObject", OBJECT, {}, ALLOWED),
    ("another prefix", [allow(resource="arn:aws:s3:::notes/bob/*")], "s3:GetObject", OBJECT, {}, IMPLICIT_DENY),
    ("the bucket is not its objects", [allow(resource="arn:aws:s3:::notes")], "s3:GetObject", OBJECT, {}, IMPLICIT_DENY),
    ("brackets are no wildcard", [allow(resource="arn:aws:s3:::notes/[a]lice/*")], "s3:GetObject", OBJECT, {}, IMPLICIT_DENY),
    ("NotResource leaves it out", [allow(None, None, Action="s3:*", NotResource="arn:aws:s3:::notes/*")], "s3:GetObject", OBJECT, {}, IMPLICIT_DENY),
    ("NotResource denies all but a few", [allow(), deny(None, None, Action="s3:*", NotResource="arn:aws:s3:::notes/bob/*")], "s3:GetObject", OBJECT, {},
     EXPLICIT_DENY),
    ("a variable in the resource", [allow(resource="arn:aws:s3:::notes/${aws:username}/*")], "s3:GetObject", OBJECT, {"aws:username": "alice"}, ALLOWED),
    ("the variable of another", [allow(resource="arn:aws:s3:::notes/${aws:username}/*")], "s3:GetObject", OBJECT, {"aws:username": "bob"}, IMPLICIT_DENY),
    ("a variable without a value", [allow(resource="arn:aws:s3:::notes/${aws:username}/*")], "s3:GetObject", OBJECT, {}, IMPLICIT_DENY),
    ("a variable with a default", [allow(resource="arn:aws:s3:::notes/${aws:username, 'alice'}/*")], "s3:GetObject", OBJECT, {}, ALLOWED),
    ("an asterisk in a value is an asterisk", [allow(resource="arn:aws:s3:::notes/${aws:username}/*")], "s3:GetObject", OBJECT, {"aws:username": "*"},
     IMPLICIT_DENY),
    ("${*} is an asterisk", [allow(resource="arn:aws:s3:::notes/alice/${*}")], "s3:GetObject", OBJECT, {}, IMPLICIT_DENY),
    ("${*} finds one", [allow(resource="arn:aws:s3:::notes/${*}")], "s3:GetObject", "arn:aws:s3:::notes/*", {}, ALLOWED),
]

# operator, {key: wanted}, context, does it hold
CONDITIONS: list[tuple[str, dict[str, Any], dict[str, Any], bool]] = [
    ("StringEquals", {"aws:username": "alice"}, {"aws:username": "alice"}, True),
    ("StringEquals", {"aws:username": "alice"}, {"aws:username": "Alice"}, False),
    ("StringEquals", {"AWS:UserName": "alice"}, {"aws:username": "alice"}, True),  # keys in any case
    ("StringEquals", {"aws:username": "ali*"}, {"aws:username": "alice"}, False),
    ("StringEquals", {"aws:username": ["bob", "alice"]}, {"aws:username": "alice"}, True),  # one of the values
    ("StringEquals", {"aws:username": "alice", "aws:userid": "1"}, {"aws:username": "alice"}, False),  # all of the keys
    ("StringEquals", {"aws:username": "alice"}, {}, False),
    ("StringNotEquals", {"aws:username": "alice"}, {}, True),  # a negative operator holds of a key that is not there
    ("StringNotEquals", {"aws:username": ["bob", "alice"]}, {"aws:username": "alice"}, False),  # none of the values
    ("StringNotEquals", {"aws:username": ["bob", "carol"]}, {"aws:username": "alice"}, True),
    ("StringEqualsIgnoreCase", {"aws:username": "alice"}, {"aws:username": "ALICE"}, True),
    ("StringNotEqualsIgnoreCase", {"aws:username": "alice"}, {"aws:username": "ALICE"}, False),
    ("StringLike", {"s3:prefix": ["", "home/*"]}, {"s3:prefix": "home/a"}, True),
    ("StringLike", {"s3:prefix": "home/?"}, {"s3:prefix": "home/ab"}, False),
    ("StringLike", {"s3:prefix": "${aws:username}/*"}, {"s3:prefix": "alice/x", "aws:username": "alice"}, True),
    ("StringLike", {"s3:prefix": "${aws:username}/*"}, {"s3:prefix": "alice/x"}, False),
    ("StringNotLike", {"s3:prefix": "home/*"}, {"s3:prefix": "etc/a"}, True),
    ("StringEqualsIfExists", {"aws:username": "alice"}, {}, True),
    ("StringEqualsIfExists", {"aws:username": "alice"}, {"aws:username": "bob"}, False),
    ("NumericLessThanEquals", {"s3:max-keys": "10"}, {"s3:max-keys": "10"}, True),
    ("NumericLessThan", {"s3:max-keys": "10"}, {"s3:max-keys": "9.5"}, True),
    ("NumericGreaterThan", {"s3:max-keys": 10}, {"s3:max-keys": "9"}, False),
    ("NumericEquals", {"s3:max-keys": "10"}, {"s3:max-keys": "ten"}, False),
    ("NumericNotEquals", {"s3:max-keys": "10"}, {"s3:max-keys": "11"}, True),
    ("DateGreaterThan", {"aws:CurrentTime": "2018-08-16T12:00:00Z"}, {"aws:CurrentTime": "2019-04-25T11:00:00Z"}, True),
    ("DateLessThan", {"aws:CurrentTime": "2018-08-16T12:00:00Z"}, {"aws:CurrentTime": "2019-04-25T11:00:00Z"}, False),
    ("DateEquals", {"aws:EpochTime": "1534420800"}, {"aws:EpochTime": "2018-08-16T12:00:00Z"}, True),
    ("Bool", {"aws:MultiFactorAuthPresent": "true"}, {"aws:MultiFactorAuthPresent": "TRUE"}, True),
    ("Bool", {"aws:MultiFactorAuthPresent": True}, {"aws:MultiFactorAuthPresent": "true"}, True),
    ("Bool", {"aws:MultiFactorAuthPresent": "false"}, {}, False),
    ("BoolIfExists", {"aws:MultiFactorAuthPresent": "false"}, {}, True),
    ("BinaryEquals", {"k": "QmluYXJ5"}, {"k": "QmluYXJ5"}, True),
    ("IpAddress", {"aws:SourceIp": "203.0.113.0/24"}, {"aws:SourceIp": "203.0.113.9"}, True),
    ("IpAddress", {"aws:SourceIp": "203.0.113.7"}, {"aws:SourceIp": "203.0.113.9"}, False),
    ("IpAddress", {"aws:SourceIp": "2001:db8::/32"}, {"aws:SourceIp": "2001:db8::1"}, True),
    ("NotIpAddress", {"aws:SourceIp": "203.0.113.0/24"}, {"aws:SourceIp": "198.51.100.1"}, True),
    ("NotIpAddress", {"aws:SourceIp": "203.0.113.0/24"}, {}, True),
    ("ArnLike", {"aws:SourceArn": "arn:aws:sns:*:111122223333:*"}, {"aws:SourceArn": "arn:aws:sns:us-east-1:111122223333:t"}, True),
    ("ArnEquals", {"aws:SourceArn": "arn:aws:sns:*:111122223333:t"}, {"aws:SourceArn": "arn:aws:sns:us-east-1:111122223333:t"}, True),
    ("ArnLike", {"aws:SourceArn": "arn:*:t"}, {"aws:SourceArn": "arn:aws:sns:us-east-1:111122223333:t"}, False),  # part by part
    ("ArnNotLike", {"aws:PrincipalArn": "arn:aws:iam::*:role/admin"}, {"aws:PrincipalArn": "arn:aws:iam::1:user/a"}, True),
    ("Null", {"aws:TokenIssueTime": "true"}, {}, True),
    ("Null", {"aws:TokenIssueTime": "true"}, {"aws:TokenIssueTime": "2019-04-25T11:00:00Z"}, False),
    ("Null", {"aws:TokenIssueTime": "false"}, {"aws:TokenIssueTime": "2019-04-25T11:00:00Z"}, True),
    ("ForAllValues:StringEquals", {"aws:TagKeys": ["a", "b"]}, {"aws:TagKeys": ["a"]}, True),
    ("ForAllValues:StringEquals", {"aws:TagKeys": ["a", "b"]}, {"aws:TagKeys": ["a", "c"]}, False),
    ("ForAllValues:StringEquals", {"aws:TagKeys": ["a", "b"]}, {}, True),
    ("ForAllValues:StringNotLike", {"aws:TagKeys": ["secret*"]}, {"aws:TagKeys": ["a", "secret1"]}, False),
    ("ForAnyValue:StringEquals", {"aws:TagKeys": ["a", "b"]}, {"aws:TagKeys": ["c", "b"]}, True),
    ("ForAnyValue:StringEquals", {"aws:TagKeys": ["a", "b"]}, {"aws:TagKeys": ["c"]}, False),
    ("ForAnyValue:StringEquals", {"aws:TagKeys": ["a", "b"]}, {}, False),
    ("ForAnyValue:StringNotEquals", {"aws:TagKeys": ["a"]}, {"aws:TagKeys": ["a", "b"]}, True),
    ("ForAnyValue:StringEqualsIfExists", {"aws:TagKeys": ["a"]}, {}, True),
]

A, D = document(allow()), document(deny())
NOTHING = document()


def trusting(principal: Any, effect: str = "Allow") -> tuple[Policy, ...]:
    return (document({"Effect": effect, "Principal": principal, "Action": "s3:GetObject", "Resource": "*"}),)


# what, policies, caller, decision
TOGETHER: list[tuple[str, Policies, Caller | None, str]] = [
    ("two policies, one of which allows", Policies((NOTHING, A)), None, ALLOWED),
    ("a group's policy denies what the user's allows", Policies((A, D)), None, EXPLICIT_DENY),
    ("the boundary allows it too", Policies((A,), boundary=(A,)), None, ALLOWED),
    ("the boundary leaves it out", Policies((A,), boundary=(NOTHING,)), None, IMPLICIT_DENY),
    ("a boundary grants nothing", Policies(boundary=(A,)), None, IMPLICIT_DENY),
    ("the boundary denies", Policies((A,), boundary=(A, D)), None, EXPLICIT_DENY),
    ("the session's policy leaves it out", Policies((A,), session=(NOTHING,)), None, IMPLICIT_DENY),
    ("boundary and session allow", Policies((A,), boundary=(A,), session=(A,)), None, ALLOWED),
    ("every level of SCPs allows", Policies((A,), control=((A,), (NOTHING, A), (A,))), None, ALLOWED),
    ("one level of SCPs leaves it out", Policies((A,), control=((A,), (NOTHING,), (A,))), None, IMPLICIT_DENY),
    ("an SCP denies", Policies((A,), control=((A,), (A, D))), None, EXPLICIT_DENY),
    ("SCPs grant nothing", Policies(control=((A,),)), None, IMPLICIT_DENY),
    ("the resource's policy names the user", Policies(resource=trusting({"AWS": ALICE.arn})), ALICE, ALLOWED),
    ("it names another", Policies(resource=trusting({"AWS": "arn:aws:iam::111122223333:user/bob"})), ALICE, IMPLICIT_DENY),
    ("it names the account, and the user's policies are silent", Policies(resource=trusting({"AWS": "111122223333"})), ALICE, IMPLICIT_DENY),
    ("it names the account, and the user may", Policies((A,), resource=trusting({"AWS": "arn:aws:iam::111122223333:root"})), ALICE, ALLOWED),
    ("it denies the user", Policies((A,), resource=trusting({"AWS": ALICE.arn}, "Deny")), ALICE, EXPLICIT_DENY),
    ("it denies everybody", Policies((A,), resource=trusting("*", "Deny")), ALICE, EXPLICIT_DENY),
    ("a user named by ARN is not held back by a silent boundary", Policies(resource=trusting({"AWS": ALICE.arn}), boundary=(NOTHING,)), ALICE, ALLOWED),
    ("a role named by ARN is", Policies(resource=trusting({"AWS": SESSION.role}), boundary=(NOTHING,)), SESSION, IMPLICIT_DENY),
    ("a session named by ARN is not", Policies(resource=trusting({"AWS": SESSION.arn}), boundary=(NOTHING,)), SESSION, ALLOWED),
    ("nobody is held back less by a boundary that denies", Policies(resource=trusting({"AWS": ALICE.arn}), boundary=(D,)), ALICE, EXPLICIT_DENY),
    ("across accounts the resource alone is not enough", Policies(resource=trusting({"AWS": ALICE.arn}), foreign=True), ALICE, IMPLICIT_DENY),
    ("nor the identity alone", Policies((A,), foreign=True), ALICE, IMPLICIT_DENY),
    ("both are", Policies((A,), resource=trusting({"AWS": "111122223333"}), foreign=True), ALICE, ALLOWED),
    ("a service is not a user", Policies(resource=trusting({"Service": "ec2.amazonaws.com"})), ALICE, IMPLICIT_DENY),
    ("a service by its name", Policies(resource=trusting({"Service": "ec2.amazonaws.com"})), Caller("ec2.amazonaws.com", "Service"), ALLOWED),
]


@pytest.mark.parametrize("statements,action,resource,context,decision", [row[1:] for row in STATEMENTS], ids=[row[0] for row in STATEMENTS])
def test_statements(statements: list[Any], action: str, resource: str, context: Any, decision: str) -> None:
    assert decide(Request(action, resource, values(context)), Policies((document(*statements),))).decision == decision


@pytest.mark.parametrize("operator,keys,context,holds", CONDITIONS, ids=[f"{row[0]}-{i}" for i, row in enumerate(CONDITIONS)])
def test_conditions(operator: str, keys: Any, context: Any, holds: bool) -> None:
    request = Request("s3:GetObject", OBJECT, values(context))
    assert decide(request, Policies((document(allow(condition={operator: keys})),))).allowed is holds


@pytest.mark.parametrize("policies,caller,decision", [row[1:] for row in TOGETHER], ids=[row[0] for row in TOGETHER])
def test_policies_together(policies: Policies, caller: Caller | None, decision: str) -> None:
    assert decide(Request("s3:GetObject", OBJECT, caller=caller), policies).decision == decision


def test_the_old_version_takes_variables_for_text() -> None:
    old = document(allow(resource="arn:aws:s3:::notes/${aws:username}/*"), version="2008-10-17")
    assert not decide(Request("s3:GetObject", OBJECT, values({"aws:username": "alice"})), Policies((old,))).allowed
    assert decide(Request("s3:GetObject", "arn:aws:s3:::notes/${aws:username}/1"), Policies((old,))).allowed


def test_a_limit_says_whether_it_lets_through() -> None:
    found = decide(Request("s3:GetObject", OBJECT), Policies((A,), boundary=(NOTHING,), control=((A,),)))
    assert (found.by_boundary, found.by_organization, found.matched) == (False, True, ())
    assert decide(Request("s3:GetObject"), Policies((A,))).by_boundary is None


def test_what_decided_is_told() -> None:
    policy = document(allow("s3:PutObject"), deny(), allow())
    assert [s.index for s in decide(Request("s3:GetObject", OBJECT), Policies((policy,))).matched] == [1]
    assert [s.index for s in decide(Request("s3:PutObject", OBJECT), Policies((policy,))).matched] == [0]


@pytest.mark.parametrize("text", [
    "{", "[]", '{"Version": "2012-10-17"}', '{"Statement": ["x"]}', '{"Version": "2015-01-01", "Statement": []}',
    '{"Statement": {"Effect": "allow", "Action": "*", "Resource": "*"}}', '{"Statement": {"Effect": "Allow", "Resource": "*"}}',
    '{"Statement": {"Effect": "Allow", "Action": "*", "NotAction": "*", "Resource": "*"}}',
    '{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"StringSounds": {"a": "b"}}}}',
    '{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"ForMostValues:StringLike": {"a": "b"}}}}',
])
def test_what_is_no_policy_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        read(text)


def test_the_keys_that_a_document_refers_to() -> None:
    policy = document(allow(resource="arn:aws:s3:::n/${aws:username}/${*}", condition={"StringLike": {"s3:prefix": "${aws:userid}/*"}}))
    assert list(keys_of(policy)) == ["aws:username", "s3:prefix", "aws:userid"]
