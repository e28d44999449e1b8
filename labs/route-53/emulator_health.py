"""Health checks: on alarms (which watch the alarm's metric), on other checks, on endpoints that nothing here can reach."""
from __future__ import annotations

import copy
import datetime
import operator
from typing import Any

from emulator.context import Context, make_uuid, now
from emulator.errors import fail
from emulator.kinds import Kind
from emulator.services import service
from emulator.state import Record

route53 = service("route53", regional=False)
ENDPOINTS = ("HTTP", "HTTPS", "HTTP_STR_MATCH", "HTTPS_STR_MATCH", "TCP")
CONFIGURED = ("EvaluationPeriods", "Threshold", "ComparisonOperator", "Period", "MetricName", "Namespace", "Statistic", "Dimensions")
BREACHES = {"GreaterThanOrEqualToThreshold": operator.ge, "GreaterThanThreshold": operator.gt, "LessThanThreshold": operator.lt,
            "LessThanOrEqualToThreshold": operator.le}


def missing(id_: Any) -> Exception:
    return fail("NoSuchHealthCheck", f"A health check with id {id_} does not exist.", 404)


def one(c: Context) -> Record:
    found = c.records("HealthCheck").get(c.params["HealthCheckId"])
    if found is None:
        raise missing(c.params["HealthCheckId"])
    return found


# ---------------------------------------------------------------- making, changing


def fits(c: Context, record: Record) -> None:
    config = record["HealthCheckConfig"]
    kind = config["Type"]
    if kind in ENDPOINTS and not (config.get("IPAddress") or config.get("FullyQualifiedDomainName")):
        raise fail("InvalidInput", "Invalid parameter : An IPAddress or a FullyQualifiedDomainName is required.")
    if kind == "TCP" and not config.get("Port"):
        raise fail("InvalidInput", "Invalid parameter : Port is required for TCP health checks.")
    if kind.endswith("STR_MATCH") and not config.get("SearchString"):
        raise fail("InvalidInput", "Invalid parameter : SearchString is required for string matching health checks.")
    if kind in ENDPOINTS:
        for name, value in {"RequestInterval": 30, "FailureThreshold": 3, "MeasureLatency": False, "EnableSNI": kind.startswith("HTTPS")}.items():
            config.setdefault(name, value)
        if kind != "TCP":
            config.setdefault("Port", 443 if kind.startswith("HTTPS") else 80)
    if kind == "CALCULATED":
        for child in config.get("ChildHealthChecks") or []:
            if child not in c.records("HealthCheck"):
                raise fail("InvalidInput", f"Invalid parameter : ChildHealthCheck {child} does not exist.")
        config.setdefault("HealthThreshold", len(config.get("ChildHealthChecks") or []))
    if kind == "CLOUDWATCH_METRIC":
        watched(c, record)
    config.setdefault("Inverted", False)
    config.setdefault("Disabled", False)


def watched(c: Context, record: Record) -> None:
    """The alarm's settings as they are now: a later change of the alarm is not seen until the check is updated."""
    named = record["HealthCheckConfig"].get("AlarmIdentifier")
    if not named:
        raise fail("InvalidInput", "Invalid parameter : AlarmIdentifier is required for CloudWatch metric health checks.")
    there = Context("cloudwatch", None, {}, c.account, named["Region"])
    alarms = there.call("cloudwatch", "DescribeAlarms", AlarmNames=[named["Name"]]).get("MetricAlarms") or []
    if not alarms:
        raise fail("InvalidInput", f"The specified CloudWatch alarm {named['Name']} in {named['Region']} was not found.")
    record["HealthCheckConfig"].setdefault("InsufficientDataHealthStatus", "LastKnownStatus")
    record["CloudWatchAlarmConfiguration"] = {"Dimensions": [], **{k: alarms[0][k] for k in CONFIGURED if k in alarms[0]}}


class HealthChecks(Kind):
    """The same caller reference with the same configuration is the same check; with another it is an error."""

    def do_create(self, c: Context) -> dict[str, Any]:
        for before in c.find("HealthCheck", CallerReference=c.params["CallerReference"]):
            if before["__request"] == c.params:
                return self.result(c, before)
            raise fail("HealthCheckAlreadyExists", "A health check with the same caller reference and other settings exists already.", 409)
        record: Record = {"CallerReference": c.params["CallerReference"], "HealthCheckConfig": copy.deepcopy(c.params["HealthCheckConfig"])}
        fits(c, record)
        return self.result(c, self.keep(c, record))


def marked(c: Context, record: Record) -> str:
    return f"https://route53.amazonaws.com/2013-04-01/healthcheck/{record['Id']}"


HealthChecks(route53, "HealthCheck", key="Id", create="CreateHealthCheck", tags="",
             made={"Id": make_uuid, "HealthCheckVersion": 1, "Location": marked})


@route53.op("GetHealthCheck")
def get(c: Context) -> dict[str, Any]:
    return {"HealthCheck": shown(one(c))}


def shown(record: Record) -> dict[str, Any]:
    return {k: record[k] for k in ("Id", "CallerReference", "HealthCheckConfig", "HealthCheckVersion", "CloudWatchAlarmConfiguration") if k in record}


@route53.op("ListHealthChecks")
def listed(c: Context) -> dict[str, Any]:
    every, size = list(c.records("HealthCheck").values()), min(int(c.params.get("MaxItems") or 100), 1000)
    marker = c.params.get("Marker")
    if marker and not any(r["Id"] == marker for r in every):
        raise fail("InvalidInput", f"The marker {marker} is not a health check.")
    start = next((i for i, r in enumerate(every) if r["Id"] == marker), 0)
    rest = every[start + size:]
    out = {"HealthChecks": [shown(r) for r in every[start:start + size]], "Marker": marker or "", "IsTruncated": bool(rest), "MaxItems": str(size)}
    return {**out, "NextMarker": rest[0]["Id"]} if rest else out


RENEWED = ("IPAddress", "Port", "ResourcePath", "FullyQualifiedDomainName", "SearchString", "FailureThreshold", "Inverted", "Disabled", "HealthThreshold",
           "ChildHealthChecks", "EnableSNI", "Regions", "AlarmIdentifier", "InsufficientDataHealthStatus")


@route53.op("UpdateHealthCheck")
def update(c: Context) -> dict[str, Any]:
    record = one(c)
    if c.params.get("HealthCheckVersion") not in (None, record["HealthCheckVersion"]):
        raise fail("HealthCheckVersionMismatch", f"The health check has version {record['HealthCheckVersion']} by now.", 409)
    changed = copy.deepcopy(record)
    config = changed["HealthCheckConfig"]
    for name in c.params.get("ResetElements") or []:
        config.pop({"ChildHealthChecks": name, "FullyQualifiedDomainName": name, "Regions": name, "ResourcePath": name}[name], None)
    config.update({k: c.params[k] for k in RENEWED if k in c.params})
    fits(c, changed)
    record.update(changed, HealthCheckVersion=record["HealthCheckVersion"] + 1)
    return {"HealthCheck": shown(record)}


@route53.op("DeleteHealthCheck")
def delete(c: Context) -> None:
    del c.records("HealthCheck")[one(c)["Id"]]
    from moto.route53.models import route53_backends
    route53_backends[c.account][c.partition].resource_tags.pop(c.params["HealthCheckId"], None)


@route53.before_moto("ChangeTagsForResource", "ListTagsForResource")
def known(c: Context) -> None:
    if c.params["ResourceType"] == "healthcheck" and c.params["ResourceId"] not in c.records("HealthCheck"):
        raise missing(c.params["ResourceId"])


# ---------------------------------------------------------------- how they are


@route53.op("GetHealthCheckStatus")
def status(c: Context) -> dict[str, Any]:
    """What the checkers report. The sandbox asks itself about any kind; a client about endpoints only, which nothing here reaches."""
    record = one(c)
    kind = record["HealthCheckConfig"]["Type"]
    if not c.within and kind == "CALCULATED":
        raise fail("InvalidInput", "The status of a calculated health check cannot be asked for.")
    if not c.within or kind in ENDPOINTS and not record["HealthCheckConfig"]["Disabled"]:
        raise NotImplementedError("what a health checker sees: the sandbox has no checkers")
    said = "Success" if healthy(c, record) else "Failure"
    return {"HealthCheckObservations": [{"Region": "us-east-1", "IPAddress": "192.0.2.1", "StatusReport": {"Status": said, "CheckedTime": now()}}]}


def healthy(c: Context, record: Record) -> bool:
    config = record["HealthCheckConfig"]
    well = config["Disabled"] or (calculated(c, config) if config["Type"] == "CALCULATED" else data_is_fine(c, record))
    return bool(well) != bool(config["Inverted"])


def calculated(c: Context, config: dict[str, Any]) -> bool:
    children = [c.records("HealthCheck").get(i) for i in config.get("ChildHealthChecks") or []]
    return sum(1 for child in children if child is None or healthy(c, child)) >= config["HealthThreshold"]


def data_is_fine(c: Context, record: Record) -> bool:
    """By the alarm's metric, not by the alarm's state: SetAlarmState does not move a health check (Developer Guide, 2026-11-22)."""
    config, alarm = record["HealthCheckConfig"], record["CloudWatchAlarmConfiguration"]
    there = Context("cloudwatch", None, {}, c.account, config["AlarmIdentifier"]["Region"])
    period, periods = int(alarm["Period"]), int(alarm["EvaluationPeriods"])
    points = there.call("cloudwatch", "GetMetricStatistics", Namespace=alarm["Namespace"], MetricName=alarm["MetricName"], Dimensions=alarm["Dimensions"],
                        StartTime=now() - datetime.timedelta(seconds=period * (periods + 1)), EndTime=now() + datetime.timedelta(seconds=1), Period=period,
                        Statistics=[alarm["Statistic"]]).get("Datapoints") or []
    latest = [p[alarm["Statistic"]] for p in sorted(points, key=lambda p: p["Timestamp"])][-periods:]
    if len(latest) < periods:
        return {"Healthy": True, "Unhealthy": False}.get(config["InsufficientDataHealthStatus"], record.get("LastKnown", True))
    record["LastKnown"] = not all(BREACHES[alarm["ComparisonOperator"]](v, alarm["Threshold"]) for v in latest)
    return bool(record["LastKnown"])
