"""Everything of moto that is not its public API and that the engine relies on: one place, checked by one test.

test/emulator/test_moto_internals.py fails with a sentence for each entry that a new version of moto no longer has.
Declarations may use moto's model objects; what they touch is named in RELIED_ON as well.
"""
from __future__ import annotations

import contextlib
import functools
import importlib
import logging
import threading
from collections.abc import Iterator
from typing import Any

VERSION = "5.2.5"
log = logging.getLogger("emulator")
SERVICE_KEY = "worklab.service"  # in a WSGI environment: whose request it is, where that does not depend on its path

# (module, dotted name, what for)
RELIED_ON: tuple[tuple[str, str, str], ...] = (
    ("moto.moto_server.werkzeug_app", "DomainDispatcherApplication.get_application", "moto behind the layer"),
    ("moto.moto_server.werkzeug_app", "create_backend_app", "moto behind the layer"),
    ("moto.moto_server.werkzeug_app", "BackendRequest", "reading a request as moto does"),
    ("moto.moto_server.werkzeug_app", "MotoRequestHandler.make_environ", "S3 metadata names"),
    ("moto.core.utils", "convert_to_flask_response.__call__", "what a view calls, without Flask"),
    ("moto.core.routing", "get_service_router", "which operation a request is for"),
    ("moto.core.routing", "ServiceOperationRouter.match", "which operation a request is for"),
    ("moto.core.utils", "get_service_model", "botocore's models, loaded once for both"),
    ("moto.core.loaders", "create_loader", "botocore's paginators"),
    ("moto.core.utils", "create_loader", "botocore's folders are listed once"),
    ("moto.core.request", "determine_request_protocol", "the protocol of a request"),
    ("moto.core.responses", "BaseResponse.setup_class", "reading parameters, account and region"),
    ("moto.core.responses", "BaseResponse.parse_parameters", "reading parameters"),
    ("moto.core.responses", "BaseResponse.serialized", "writing an answer"),
    ("moto.core.responses", "BaseResponse.call_action", "operations that moto lacks raise NotImplementedError"),
    ("moto.core.responses", "ActionResult", "writing an answer"),
    ("moto.core.responses", "method_names_from_class", "remembered, so that an operation costs less"),
    ("moto.core.serialize", "AttributePicker.__call__", "what a member is called in an object is found out once"),
    ("moto.core.serialize", "AttributePicker.get_possible_keys", "what a member is called in an object is found out once"),
    ("moto.core.serialize", "AttributePickerContext", "what a member is called in an object is found out once"),
    ("moto.core.exceptions", "ServiceException", "writing an error"),
    ("moto.core.base_backend", "BackendDict._instances", "the backends in use: reset, state file, tags"),
    ("moto.core.common_models", "CloudFormationModel.create_from_cloudformation_json", "moto's own resource types"),
    ("moto.backends", "get_backend", "a backend by its name"),
    ("moto.cloudformation.models", "CloudFormationBackend.create_stack", "a stack set's stacks are ours"),
    ("moto.cloudformation.models", "CloudFormationBackend.delete_stack", "a stack set's stacks are ours"),
    ("moto.backends", "list_of_moto_modules", "which services moto has"),
    ("moto.backend_index", "backend_url_patterns", "which services moto has"),
    ("moto.resourcegroupstaggingapi.models", "iter_taggable_backends", "the tagging API sees the additions"),
    ("moto.core.resource_tagging", "TaggedResource", "the tagging API sees the additions"),
    # what declarations touch of moto's models
    ("moto.ec2.models", "ec2_backends", "instances, volumes, interfaces, addresses, groups as objects"),
    ("moto.ec2.models.core", "TaggedEC2Resource.get_tags", "a resource's tags are found by its id"),
    ("moto.ec2.utils", "EC2_PREFIX_TO_RESOURCE", "a resource's tags are found by its id"),
    ("moto.ec2.models", "EC2Backend.get_instance", "what RunInstances forgets is set on the instance"),
    ("moto.ec2.models", "EC2Backend._get_template_from_args", "what a launch template says"),
    ("moto.ec2.models", "EC2Backend.disassociate_address", "a terminated instance lets go of its address"),
    ("moto.ec2.models", "EC2Backend.get_security_group_from_id", "a group in use is not deleted"),
    ("moto.ec2.models.instances", "MetadataOptions", "a launch template's metadata options"),
    ("moto.ec2.models.instances", "Instance.add_block_device", "the root volume is always there"),
    ("moto.ec2.models.instances", "Instance.detach_eni", "a terminated instance has no interface"),
    ("moto.rds.models", "rds_backends", "databases, snapshots, groups and subscriptions as objects"),
    ("moto.rds.models", "RDSBackend.delete_db_instance", "a database goes when its time has come"),
    ("moto.rds.models", "DBInstance.update", "a restored database has no managed password"),
    ("moto.rds.models", "DBInstance.db_parameter_groups", "which group a database had before"),
    ("moto.rds.models", "Event", "events that moto does not write"),
    ("moto.ec2.models.instances", "InstancePlacement", "placement group and tenancy"),
    ("moto.ec2.models.instance_types", "INSTANCE_TYPES", "an instance type that does not fit its image is refused"),
    ("moto.ec2.utils", "parse_user_data", "a launch template version's user data"),
    ("moto.ec2.models.launch_templates", "LaunchTemplate.get_version", "a launch template version's source"),
    ("moto.ec2.models.amis", "Ami", "images of Amazon's that moto does not know"),
    ("moto.ec2.models.elastic_block_store", "Snapshot", "snapshots that another service has EC2 keep"),
    ("moto.ec2.models.elastic_block_store", "Volume", "snapshots that another service has EC2 keep"),
    ("moto.ssm.models", "ssm_backends", "public parameters that moto does not know"),
    ("moto.ssm.models", "Parameter", "public parameters that moto does not know"),
    ("moto.iam.models", "iam_backends", "AWS's managed policies, one by one"),
    ("moto.iam.models", "AWSManagedPolicy.from_data", "AWS's managed policies, one by one"),
    ("moto.iam.models", "mark_account_as_visited", "what the sandbox asks of itself is no use of a key"),
    ("moto.iam.aws_managed_policies", "aws_managed_policies_data", "AWS's managed policies, one by one"),
    ("moto.s3.models", "s3_backends", "a stack's bucket carries the tags aws:cloudformation:*"),
    ("moto.s3.models", "S3Backend.put_bucket_tagging", "a stack's bucket carries the tags aws:cloudformation:*"),
    ("moto.s3.models", "FakeBucket.get_permission", "a bucket's policy is judged with its conditions"),
    ("moto.iam.access_control", "PermissionResult", "a bucket's policy is judged with its conditions"),
    ("moto.kms.models", "kms_backends", "EBS's own key says that it is AWS's"),
    ("moto.backup.models", "backup_backends", "a backup plan and a report plan are changed in place"),
    ("moto.ce.models", "ce_backends", "cost categories as objects"),
    ("moto.organizations.models", "organizations_backends", "accounts, units and policies as objects"),
    ("moto.ram.models", "ram_backends", "shares as objects"),
    ("moto.ram.utils", "RAM_RESOURCE_TYPES", "what can be shared"),
    ("moto.route53.models", "route53_backends", "zones and health checks as objects"),
    ("moto.route53.models", "RecordSet", "records as objects"),
    ("moto.route53domains.models", "route53domains_backends", "domains as objects"),
    ("moto.route53domains.validators", "NameServer", "the name servers of a domain"),
    ("moto.route53resolver.models", "route53resolver_backends", "endpoints and rules as objects"),
)


def version() -> str:
    from importlib.metadata import version as installed
    return installed("moto")


def missing() -> list[str]:
    """A sentence for each thing relied on that the installed moto does not have."""
    out = []
    for module, name, why in RELIED_ON:
        try:
            thing: Any = importlib.import_module(module)
            for part in name.split("."):
                thing = getattr(thing, part)
        except (ImportError, AttributeError) as error:
            out.append(f"moto {version()} has no {module}.{name} ({why}): {error}")
    return out


class Moto:
    """moto's own WSGI application; raises NotImplementedError for a service that moto does not have."""

    def __init__(self) -> None:
        from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
        self.dispatcher = DomainDispatcherApplication(create_backend_app)
        self.chosen: dict[str, Any] = {}  # service -> its application: finding it takes moto longer than most operations
        self.handlers: dict[str, Any] = {}  # service -> what its application calls for the path /

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        return self.application(environ)(environ, start_response)

    def application(self, environ: dict[str, Any]) -> Any:
        service = environ.get(SERVICE_KEY, "")
        found = self.chosen.get(service)
        if found is None:
            try:
                found = self.dispatcher.get_application(environ)
            except (AttributeError, ImportError, KeyError) as error:
                raise NotImplementedError("moto does not have the service") from error
            if service:
                self.chosen[service] = found
        return found

    def direct(self, environ: dict[str, Any]) -> tuple[int, dict[str, Any], Any]:
        """(status, headers, body) of a request to the path /, without Flask around it: half the time of an operation."""
        service = environ[SERVICE_KEY]
        if service not in self.handlers:
            app = self.application(environ)
            endpoint, _ = app.url_map.bind("localhost").match("/", "POST")
            self.handlers[service] = app.view_functions[endpoint].callback
        asked = request(environ)
        result = self.handlers[service](asked, asked.raw_url, dict(asked.headers))
        return result if len(result) == 3 else (200, {}, result)


def request(environ: dict[str, Any]) -> Any:
    from moto.moto_server.werkzeug_app import BackendRequest
    return BackendRequest(environ)


def service_model(service: str) -> Any:
    from moto.core.utils import get_service_model
    return get_service_model(service)


def router(service: str) -> Any:
    from moto.core.routing import get_service_router
    return get_service_router(service)


_LOADER: list[Any] = []


def loader() -> Any:
    if not _LOADER:
        from moto.core.loaders import create_loader
        _LOADER.append(create_loader())
    return _LOADER[0]


def request_protocol(model: Any, content_type: str | None) -> str:
    from moto.core.request import determine_request_protocol
    return str(determine_request_protocol(model, content_type))


def who(request: Any) -> tuple[str, str]:
    """(account, access key) of a request that moto has not read yet."""
    from moto.core.responses import BaseResponse
    asking = BaseResponse()
    asking.headers, asking.querystring = request.headers, {}
    return asking.get_current_account(), asking.get_access_key()


def tagged_resource(arn: str, tags: dict[str, str], kind: str) -> Any:
    from moto.core.resource_tagging import TaggedResource
    return TaggedResource(arn=arn, tags=tags, resource_type=kind)


def add_taggable(ours: Any) -> None:
    """Makes the tagging API ask `ours(account, region)` before moto's own backends."""
    from moto.resourcegroupstaggingapi import models
    own = models.iter_taggable_backends

    def every(account_id: str, region_name: str) -> Any:
        yield ours(account_id, region_name)
        yield from own(account_id, region_name)
    models.iter_taggable_backends = every


def tag_bucket(account: str, partition: str, bucket: str, tags: dict[str, str]) -> None:
    """PutBucketTagging refuses tags that begin with aws:, which CloudFormation's own do."""
    from moto.s3.models import s3_backends
    s3_backends[account][partition].put_bucket_tagging(bucket, tags)


def in_use(service: str, account: str, region: str) -> Any:
    """moto's backend of the service there, or None where nobody has asked for it yet."""
    from moto.core.base_backend import BackendDict
    held = next((h for h in BackendDict._instances if h.service_name == service), None)
    return held[account].get(region) if held is not None and account in held else None


def judge_buckets(judge: Any) -> None:
    """`judge(policy, action, resource, account, partition)` says allowed, explicitDeny or implicitDeny."""
    from moto.iam.access_control import PermissionResult
    from moto.s3.models import FakeBucket
    results = {"allowed": PermissionResult.PERMITTED, "explicitDeny": PermissionResult.DENIED}

    def get_permission(bucket: Any, action: str, resource: str) -> Any:
        if bucket.policy is None:
            return PermissionResult.NEUTRAL
        said = judge(bucket.policy.decode(), action, resource, bucket.account_id, bucket.partition)
        return results.get(said, PermissionResult.NEUTRAL)
    FakeBucket.get_permission = get_permission


class Within(threading.local):
    """How deep this thread is in what the sandbox asks of itself."""

    depth = 0


WITHIN = Within()


@functools.cache
def mind_within() -> None:
    """From now on moto marks a key as used for requests alone, not for what the sandbox asks of itself."""
    from moto.iam import models
    marked = models.mark_account_as_visited

    def mark(**use: Any) -> None:
        if not WITHIN.depth:
            marked(**use)
    models.mark_account_as_visited = mark


@contextlib.contextmanager
def unused_key() -> Iterator[None]:
    """What the sandbox asks of itself in a caller's name is no use of the caller's access key."""
    mind_within()
    WITHIN.depth += 1
    try:
        yield
    finally:
        WITHIN.depth -= 1


def tags_by_id() -> None:
    """EC2's tags of one resource, found by its id: moto matches a pattern against every tag of the region, for every resource it tells."""
    from moto.ec2.models.core import TaggedEC2Resource
    from moto.ec2.utils import EC2_PREFIX_TO_RESOURCE, get_prefix

    def get_tags(resource: Any) -> list[dict[str, str]]:
        tags = resource.ec2_backend.tags.get(resource.id) if resource.id else None
        if not tags:
            return []
        kind = EC2_PREFIX_TO_RESOURCE.get(get_prefix(resource.id), "")
        return [{"resource_id": resource.id, "key": key, "value": value, "resource_type": kind} for key, value in tags.items()]
    TaggedEC2Resource.get_tags = get_tags


def cloudformation_class(name: str) -> Any:
    """moto's class for a CloudFormation type, among those imported so far."""
    from moto.core.common_models import CloudFormationModel

    def every(model: Any) -> Any:
        for below in model.__subclasses__():
            yield below
            yield from every(below)
    return next((m for m in every(CloudFormationModel) if m.cloudformation_type() == name), None)


def resource_name(kind: str, stack: str, logical: str) -> str:
    """A physical name by moto's rules (its classes rely on their lengths)."""
    import random
    import string
    suffix = "".join(random.choices(string.digits + string.ascii_uppercase, k=12))
    if kind.startswith("AWS::ElasticLoadBalancingV2::"):
        return f"{stack}-{logical}"[:19].rstrip("-") + f"-{suffix}"
    if kind == "AWS::S3::Bucket":
        return f"{stack[:63 - len(logical) - 14]}-{logical}-{suffix}".lower()
    if kind == "AWS::IAM::Policy":
        return f"{stack[:5]}-{logical[:4]}-{suffix}"
    return f"{stack}-{logical}-{suffix}"


def kept(can: Any) -> list[tuple[str, str, dict[str, Any], dict[str, Any]]]:
    """[(module, name of its BackendDict, backends by account and region, its own attributes)] of every service in use.

    `can` raises for what cannot be written: then the service is left out, and the log says so.
    """
    from moto.core.base_backend import BackendDict
    own = {"backend", "service_name", "_id", "_use_boto3_regions", "_additional_regions"}
    out = []
    for held in list(BackendDict._instances):
        module = importlib.import_module(held.backend.__module__)
        name = next((n for n, v in vars(module).items() if v is held), "")
        if not name or held.service_name in NOT_KEPT:
            continue
        backends = {account: dict(regions.items()) for account, regions in held.items()}
        extra = {k: v for k, v in vars(held).items() if k not in own}
        try:
            can((backends, extra))
        except Exception as error:
            log.warning("the state of %s is not kept: %s", held.service_name, error)
            continue
        out.append((held.backend.__module__, name, backends, extra))
    return out


NOT_KEPT = ("moto_api",)  # moto's own switches


def restore(kept: list[tuple[str, str, dict[str, Any], dict[str, Any]]]) -> None:
    for module, name, backends, extra in kept:
        held = getattr(importlib.import_module(module), name)
        vars(held).update(extra)
        for account, regions in backends.items():
            there = held[account]
            for region, backend in regions.items():
                dict.__setitem__(there, region, backend)
