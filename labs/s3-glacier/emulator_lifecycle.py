"""A bucket's lifecycle: refused where S3 refuses it, and nothing of it lost. moto forgets sizes and newer versions."""
from __future__ import annotations

import copy
from typing import Any

from emulator.context import Context, make_id
from emulator.errors import fail
from emulator.services import service

s3 = service("s3", regional=False)
Rule = dict[str, Any]

# From warm to cold: an object moves in this direction only
# (https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html, 2026-11-22).
COLDER = ("STANDARD_IA", "INTELLIGENT_TIERING", "ONEZONE_IA", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE")
ACTIONS = ("Expiration", "Transitions", "NoncurrentVersionTransitions", "NoncurrentVersionExpiration", "AbortIncompleteMultipartUpload")
DEFAULT_SIZE = "all_storage_classes_128K"


def bucket(c: Context) -> Any:
    from moto.s3.models import s3_backends
    return s3_backends[c.account][c.partition].buckets.get(c.params["Bucket"])


def invalid(sentence: str) -> Exception:
    return fail("InvalidArgument", sentence)


def check(rules: list[Rule]) -> None:
    ids = [r["ID"] for r in rules if r.get("ID")]
    if len(ids) != len(set(ids)):
        raise invalid("Rule ID must be unique. Found same ID for more than one rule")
    for rule in rules:
        if not any(rule.get(action) for action in ACTIONS):
            raise fail("InvalidRequest", "At least one action needs to be specified in a rule")
        check_moves(rule, "Transitions", "Days")
        check_moves(rule, "NoncurrentVersionTransitions", "NoncurrentDays")
        check_end(rule)


def check_moves(rule: Rule, action: str, unit: str) -> None:
    moves = [m for m in rule.get(action) or [] if m.get(unit) is not None]
    kind = action.removesuffix("s")
    for move in moves:
        if move["StorageClass"] in ("STANDARD_IA", "ONEZONE_IA") and move[unit] < 30:
            raise invalid(f"'{unit}' in {kind} action must be greater than or equal to 30 for storageClass '{move['StorageClass']}'")
    ordered = sorted(moves, key=lambda m: COLDER.index(m["StorageClass"]))
    for warm, cold in zip(ordered, ordered[1:]):
        if cold["StorageClass"] == warm["StorageClass"]:
            raise invalid(f"StorageClass '{cold['StorageClass']}' is specified in more than one {kind} action")
        if cold[unit] <= warm[unit]:
            raise invalid(f"'{unit}' in the {kind} action for StorageClass '{cold['StorageClass']}' for filter '{scope(rule)}' must be greater than "
                          f"'{unit}' for StorageClass '{warm['StorageClass']}' in the {kind} action")


def check_end(rule: Rule) -> None:
    last = max((m["Days"] for m in rule.get("Transitions") or [] if m.get("Days") is not None), default=None)
    end = (rule.get("Expiration") or {}).get("Days")
    if last is not None and end is not None and end <= last:
        raise invalid(f"'Days' in the Expiration action for filter '{scope(rule)}' must be greater than 'Days' in the Transition action")


def scope(rule: Rule) -> str:
    chosen = rule.get("Filter") or {}
    return f"(prefix={(chosen.get('And') or chosen).get('Prefix', rule.get('Prefix') or '')})"


@s3.around_moto("PutBucketLifecycleConfiguration")
def put(c: Context, moto: Any) -> dict[str, Any]:
    rules = copy.deepcopy((c.params.get("LifecycleConfiguration") or {}).get("Rules") or [])
    check(rules)
    moto()
    for rule in rules:
        rule.setdefault("ID", make_id(length=32))
    size = c.params.get("TransitionDefaultMinimumObjectSize") or DEFAULT_SIZE
    bucket(c).worklab_lifecycle = {"Rules": rules, "TransitionDefaultMinimumObjectSize": size}
    return {"TransitionDefaultMinimumObjectSize": size}


@s3.around_moto("GetBucketLifecycleConfiguration")
def get(c: Context, moto: Any) -> dict[str, Any]:
    told = moto()  # its own error where there is none
    return copy.deepcopy(getattr(bucket(c), "worklab_lifecycle", told))
