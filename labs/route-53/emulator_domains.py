"""Registered domains and resolver endpoints: what moto's has no operation for, or shows as done before it is."""
from __future__ import annotations

import datetime
from typing import Any

from emulator.context import Context, make_uuid, now
from emulator.services import service

domains = service("route53domains")
resolver = service("route53resolver")
PLUGGING_IN = 1.0  # seconds until an endpoint has its interfaces; two to four minutes on AWS


# ---------------------------------------------------------------- domains


def domain(c: Context) -> Any:
    """moto's domain; its own error, where there is none."""
    from moto.route53domains.models import route53domains_backends
    c.call("route53domains", "GetDomainDetail", DomainName=c.params["DomainName"])
    return route53domains_backends[c.account][c.partition].get_domain(c.params["DomainName"])


@domains.around_moto("RegisterDomain")
def register(c: Context, moto: Any) -> dict[str, Any]:
    """moto takes a year for less than a year by the time that it looks, and so sells two at least."""
    years = int(c.params["DurationInYears"])
    answer: dict[str, Any] = moto(DurationInYears=max(years, 2))
    domain(c).expiration_date = now() + datetime.timedelta(days=365 * years)
    delegate(c)
    return answer


def delegate(c: Context) -> None:
    """The zone that comes with a registration, made as Route 53 makes zones; the domain names its name servers."""
    from moto.route53.models import route53_backends
    name, zones = c.params["DomainName"], route53_backends[c.account][c.partition].zones
    for id_ in [i for i, z in zones.items() if z.name == name]:
        del zones[id_]
    made = c.call("route53", "CreateHostedZone", Name=name, CallerReference=f"RISWorkflow-RD:{make_uuid()}",
                  HostedZoneConfig={"Comment": "HostedZone created by Route53 Registrar", "PrivateZone": False})
    from moto.route53domains.validators import NameServer
    domain(c).nameservers = [NameServer(n, []) for n in made["DelegationSet"]["NameServers"]]


def renewal(c: Context, on: bool) -> dict[str, Any]:
    domain(c).auto_renew = on
    return {}


@domains.op("EnableDomainAutoRenew")
def renew(c: Context) -> dict[str, Any]:
    return renewal(c, True)


@domains.op("DisableDomainAutoRenew")
def renew_no_more(c: Context) -> dict[str, Any]:
    return renewal(c, False)


def tags(c: Context) -> dict[str, str]:
    name = domain(c).domain_name
    record = c.records("Tags").setdefault(name, {"DomainName": name, "Tags": {}})
    held: dict[str, str] = record["Tags"]
    return held


@domains.op("ListTagsForDomain")
def list_tags(c: Context) -> dict[str, Any]:
    return {"TagList": [{"Key": k, "Value": v} for k, v in tags(c).items()]}


@domains.op("UpdateTagsForDomain")
def update_tags(c: Context) -> dict[str, Any]:
    tags(c).update({t["Key"]: t.get("Value", "") for t in c.params.get("TagsToUpdate") or []})
    return {}


@domains.op("DeleteTagsForDomain")
def delete_tags(c: Context) -> dict[str, Any]:
    for key in c.params["TagsToDelete"]:
        tags(c).pop(key, None)
    return {}


@domains.after_moto("DeleteDomain")
def its_tags_too(c: Context, answer: dict[str, Any]) -> None:
    c.records("Tags").pop(c.params["DomainName"], None)


# ---------------------------------------------------------------- tags of query logging configurations, which moto does not find


def tagger(c: Context) -> Any:
    """moto's tags of the region, where the request is about a query logging configuration that is there; None otherwise."""
    from moto.route53resolver.models import route53resolver_backends
    held = route53resolver_backends[c.account][c.region]
    return held.tagger if any(q.arn == c.params["ResourceArn"] for q in held.resolver_query_log_configs.values()) else None


@resolver.around_moto("TagResource")
def tag(c: Context, moto: Any) -> dict[str, Any]:
    held = tagger(c)
    if held is None:
        return moto()  # type: ignore[no-any-return]
    held.tag_resource(c.params["ResourceArn"], c.params["Tags"])
    return {}


@resolver.around_moto("UntagResource")
def untag(c: Context, moto: Any) -> dict[str, Any]:
    held = tagger(c)
    if held is None:
        return moto()  # type: ignore[no-any-return]
    held.untag_resource_using_names(c.params["ResourceArn"], c.params["TagKeys"])
    return {}


@resolver.around_moto("ListTagsForResource")
def list_resolver_tags(c: Context, moto: Any) -> dict[str, Any]:
    held = tagger(c)
    if held is None:
        return moto()  # type: ignore[no-any-return]
    return {"Tags": held.list_tags_for_resource(c.params["ResourceArn"])["Tags"]}


# ---------------------------------------------------------------- endpoints


@resolver.after_moto("CreateResolverEndpoint", "GetResolverEndpoint", "UpdateResolverEndpoint")
def one_is_coming(c: Context, answer: dict[str, Any]) -> None:
    coming(answer["ResolverEndpoint"])


@resolver.after_moto("ListResolverEndpoints")
def some_are_coming(c: Context, answer: dict[str, Any]) -> None:
    for endpoint in answer.get("ResolverEndpoints", []):
        coming(endpoint)


def coming(endpoint: dict[str, Any]) -> None:
    since = datetime.datetime.fromisoformat(endpoint["CreationTime"])
    if (datetime.datetime.now(datetime.timezone.utc) - since).total_seconds() < PLUGGING_IN:
        endpoint.update(Status="CREATING", StatusMessage="Creating the Resolver Endpoint")


@resolver.around_moto("CreateResolverRule")
def on_the_port_of_dns(c: Context, moto: Any) -> dict[str, Any]:
    """A target without a port is asked on 53."""
    targets = c.params.get("TargetIps")
    return moto(TargetIps=[{"Port": 53, **t} for t in targets]) if targets else moto()  # type: ignore[no-any-return]
