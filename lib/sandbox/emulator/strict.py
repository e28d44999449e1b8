"""A request that the service's model forbids -> the error that AWS gives. Where models are known to lag: a warning instead."""
from __future__ import annotations

import logging
import re
from functools import cache
from typing import Any

from .errors import Refused, fail
from .services import Service
from .validate import Problem, Shape, problems
from .wire import stray_names

log = logging.getLogger("emulator")

# Where the model is stricter than the service, or than moto: (service, operation, member, why), each a pattern for the whole.
# What matches is warned about in the log, as every value that an enumeration lacks is.
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")  # moto's ids, where AWS's look otherwise
TOLERATED: tuple[tuple[str, str, str, str], ...] = (
    ("sqs", "ReceiveMessage", r"(Message)?(System)?AttributeNames.*", "the service takes names that the model lacks"),
    ("route53", ".*", r".*Id", "ids may come with their path (/hostedzone/Z1), which the model's length forbids"),
    ("s3|s3control", ".*", r"(Expected)?(Source)?BucketOwner|AccountId", "not checked by the service on the emulator's account"),
    ("iam", ".*", r".*(Serial|ARN|Arn).*", "made-up ARNs of documentation are shorter than the model says"),
    (".*", ".*", r"(ClientToken|ClientRequestToken|IdempotencyToken)", "an SDK makes one when it is left out"),
)

# The codes of services whose validation is not their protocol's usual one: (invalid, missing).
CODES: dict[str, tuple[str, str]] = {
    "ec2": ("InvalidParameterValue", "MissingParameter"), "route53": ("InvalidInput", "InvalidInput"), "route53domains": ("InvalidInput", "InvalidInput"),
    "s3": ("InvalidArgument", "InvalidArgument"), "sns": ("InvalidParameter", "InvalidParameter"),
    "rds": ("InvalidParameterValue", "MissingParameter"), "sqs": ("InvalidParameterValue", "MissingParameter"),
    "cloudwatch": ("ValidationError", "ValidationError"), "ecs": ("ClientException", "ClientException"),
    "efs": ("BadRequest", "BadRequest"),
    # hashicorp/terraform-provider-aws 17502, aws/aws-sdk-js-v3 1215, cloud-custodian/cloud-custodian 6457: their models do not name it (Config's names another)
    **dict.fromkeys(("route53resolver", "secretsmanager", "config"), ("ValidationException", "ValidationException")),
    "organizations": ("InvalidInputException", "InvalidInputException"),  # its reasons: INVALID_PATTERN, MAX_LENGTH_EXCEEDED, INPUT_REQUIRED ...
}
MODELLED = ("ValidationException", "InvalidParameterValueException", "InvalidParameterException", "InvalidRequestException")


def refusal(service: Service | None, exchange: Any, request: Any, ours: bool) -> Refused | None:
    """What AWS would say of the request, or None. `ours`: the operation is an added one, which knows its enumerations."""
    operation = exchange.asked.operation
    shape = operation.input_shape
    if shape is None:
        return None
    strays = list(stray_names(shape, request, exchange.protocol)) if not exchange.asked.operation.has_streaming_input else []
    if strays:
        return stray_refused(service, operation, strays)
    found = [p for p in problems(shape, exchange.params) if counts(p, exchange, ours)]
    if not found:
        return None
    missing = all(p.kind == "missing" for p in found)
    if operation.service_model.service_name == "s3" and in_document(shape, found[0]):
        return fail("MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema")
    return fail(code_of(service, operation, missing), sentence(operation, found))


def stray_refused(service: Service | None, operation: Any, strays: list[str]) -> Refused:
    if operation.service_model.service_name == "ec2":
        return fail("UnknownParameter", f"The parameter {strays[0]} is not recognized")
    return fail(code_of(service, operation, False), f"Unknown parameter in input: {', '.join(sorted(set(strays)))}")


def counts(problem: Problem, exchange: Any, ours: bool) -> bool:
    operation = exchange.asked.operation
    name, top = operation.service_model.service_name, problem.path.split(".")[0]
    if problem.kind == "missing" and exchange.protocol in ("query", "ec2") and unsayable(operation.input_shape, problem.path):
        return False
    if problem.kind != "missing" and top in page_tokens(name, operation.name):
        return False  # moto's page tokens are longer than AWS's
    tolerated = problem.kind != "missing" and any(
        re.fullmatch(s, name) and re.fullmatch(o, operation.name) and re.fullmatch(m, problem.path) for s, o, m, _ in TOLERATED)
    made_by_moto = problem.kind == "invalid" and isinstance(problem.value, str) and bool(UUID.search(problem.value))
    if tolerated or (made_by_moto and not ours) or (problem.kind == "enum" and not ours):
        log.warning("%s:%s: %s at %s is not in the model (%s): let through",
                    name, operation.name, repr(problem.value)[:80], problem.path, problem.sentence[:120])
        return False
    return True


def unsayable(shape: Shape, path: str) -> bool:
    """The query protocols cannot say an empty list, map or structure: it is not sent at all."""
    for part in path.split("."):
        if part.isdigit() or part == "member":
            shape = getattr(shape, "member", shape) if part == "member" else shape
        elif shape.type_name == "structure" and part in shape.members:
            shape = shape.members[part]
    return shape.type_name in ("list", "map", "structure")


@cache
def page_tokens(service: str, operation: str) -> tuple[str, ...]:
    from .pages import paginator
    token = (paginator(service, operation) or {}).get("input_token", ())
    return (token,) if isinstance(token, str) else tuple(token)


def code_of(service: Service | None, operation: Any, missing: bool) -> str:
    declared = (service.missing or service.invalid if missing else service.invalid) if service else ""
    name = operation.service_model.service_name
    if declared:
        return declared
    if name in CODES:
        return CODES[name][1 if missing else 0]
    modelled = {e.name for e in operation.error_shapes}
    for code in MODELLED:
        if code in modelled:
            return code
    return "ValidationError" if operation.service_model.protocol == "query" else "ValidationException"


def in_document(shape: Any, problem: Problem) -> bool:
    """Is it inside the XML that S3 was sent, rather than in its address or headers?"""
    member, _, inside = problem.path.partition(".")
    return bool(inside) and member == shape.serialization.get("payload")


def sentence(operation: Any, found: list[Problem]) -> str:
    if operation.service_model.service_name == "ec2":
        first = found[0]
        if first.kind == "missing":
            return f"The request must contain the parameter {first.path.split('.')[-1]}"
        return f"Value ({first.value}) for parameter {first.path} is invalid. {first.sentence}"
    parts = [f"Value {'null' if p.value is None else said(p.value)} at '{p.path[:1].lower()}{p.path[1:]}' failed to satisfy "
             f"constraint: {p.sentence}" for p in found]
    return f"{len(parts)} validation error{'s' if len(parts) > 1 else ''} detected: {'; '.join(parts)}"


def said(value: Any) -> str:
    """As AWS quotes it; what is long is cut."""
    text = str(value)
    return f"'{text if len(text) <= 1000 else text[:1000] + '...'}'"
