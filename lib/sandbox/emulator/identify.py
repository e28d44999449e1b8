"""A request -> the service and operation that it is for, by botocore's models."""
from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Any

from werkzeug.exceptions import HTTPException

from . import moto_internals as moto

CREDENTIAL = re.compile(r"Credential=[^/]+/\d+/([^/]+)/([^/]+)/aws4_request")

# Signing names that are not (only) the name of the one service that signs with it. A test compares with botocore's models.
SIGNED_BY: dict[str, tuple[str, ...]] = {
    "IoTSecuredTunneling": ("iotsecuretunneling",), "access-analyzer": ("accessanalyzer",), "airflow": ("mwaa",),
    "aoss": ("opensearchserverless",), "apigateway": ("apigateway", "apigatewayv2"), "appconfig": ("appconfig", "appconfigdata"),
    "aps": ("amp",), "bedrock": ("bedrock", "bedrock-agent", "bedrock-runtime", "bedrock-agent-runtime"),
    "bedrock-agentcore": ("bedrock-agentcore", "bedrock-agentcore-control"), "cloudcontrolapi": ("cloudcontrol",),
    "cloudhsm": ("cloudhsmv2", "cloudhsm"), "cloudsearch": ("cloudsearch", "cloudsearchdomain"), "devops-agent": ("devops-agent",),
    "dynamodb": ("dynamodb", "dynamodbstreams"), "elasticfilesystem": ("efs",), "elasticloadbalancing": ("elbv2", "elb"),
    "elasticmapreduce": ("emr",), "es": ("opensearch", "es"), "events": ("events",), "execute-api": ("apigatewaymanagementapi",),
    "forecast": ("forecast", "forecastquery"), "geo": ("location",), "greengrass": ("greengrassv2", "greengrass"),
    "iam": ("iam",), "iotdata": ("iot-data",), "ivs": ("ivs", "ivs-realtime"), "kinesisanalytics": ("kinesisanalyticsv2", "kinesisanalytics"),
    "kinesisvideo": ("kinesisvideo", "kinesis-video-archived-media"), "lambda": ("lambda",), "launchwizard": ("launch-wizard",),
    "lex": ("lexv2-models", "lex-models"), "mediastore": ("mediastore", "mediastore-data"), "mobiletargeting": ("pinpoint",),
    "monitoring": ("cloudwatch",), "personalize": ("personalize", "personalize-events", "personalize-runtime"),
    "profile": ("customer-profiles",), "rds": ("rds", "neptune", "docdb"), "resiliencehub": ("resiliencehub", "resiliencehubv2"),
    "s3": ("s3", "s3control"), "sagemaker": ("sagemaker", "sagemaker-runtime", "sagemaker-metrics"),
    "servicecatalog": ("servicecatalog", "servicecatalog-appregistry"), "servicequotas": ("service-quotas",),
    "ses": ("ses", "sesv2"), "sso": ("sso-admin",), "states": ("stepfunctions",), "tagging": ("resourcegroupstaggingapi",),
    "timestream": ("timestream-write", "timestream-query"), "wisdom": ("qconnect", "wisdom"),
    "payment-cryptography": ("payment-cryptography", "payment-cryptography-data"), "aidevops": ("devops-agent",),
}


@dataclass(frozen=True)
class Asked:
    """What a signed request asks: `operation` is botocore's model of it, `uri` the parameters read from its path."""

    service: str
    operation: Any
    uri: dict[str, Any]
    region: str

    @property
    def name(self) -> str:
        return f"{self.service}:{self.operation.name}"


@functools.cache
def known_services() -> frozenset[str]:
    return frozenset(moto.loader().list_available_services("service-2"))


def scope(authorization: str) -> tuple[str, str] | None:
    """(region, signing name) of an Authorization header, or None where nothing was signed with version 4."""
    found = CREDENTIAL.search(authorization)
    return (found[1], found[2]) if found else None


def candidates(signing: str) -> tuple[str, ...]:
    return tuple(s for s in SIGNED_BY.get(signing, (signing,)) if s in known_services())


def identify(request: Any) -> Asked | None:
    """The operation, or None: not signed, or no operation of the services that sign so matches."""
    signed = scope(request.headers.get("Authorization", ""))
    if signed is None:
        return None
    region, signing = signed
    told_in_full(request, candidates(signing))
    for service in candidates(signing):
        if not speaks(service, request):
            continue
        try:
            operation, uri = moto.router(service).match(request)
        except (HTTPException, NotImplementedError):
            continue
        return Asked(service, operation, dict(uri), region)
    return None


def told_in_full(request: Any, services: tuple[str, ...]) -> None:
    """The JavaScript SDK names the target without the namespace that botocore's models have of it; AWS takes either."""
    prefix, _, operation = request.headers.get("X-Amz-Target", "").rpartition(".")
    for service in services if prefix else ():
        full = str(moto.service_model(service).metadata.get("targetPrefix", ""))
        if full.endswith(f".{prefix}"):
            request.environ["HTTP_X_AMZ_TARGET"] = f"{full}.{operation}"


def speaks(service: str, request: Any) -> bool:
    """Whether the request can be for the service at all: several sign with one name."""
    model = moto.service_model(service)
    target = request.headers.get("X-Amz-Target")
    if target and not target.startswith(f"{model.metadata.get('targetPrefix')}."):
        return False
    if "query" in model.metadata.get("protocols", [model.protocol]) and not target:
        return request.values.get("Version") in (None, model.api_version)
    return service != "s3" or not request.path.startswith("/v20180820/")
