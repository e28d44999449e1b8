"""What moto's own CloudFormation classes get wrong: what they leave behind, and which take the stack's tags."""
from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..context import Context

Delete = Callable[[Context, str, Any], None]

# Types of moto's that read their tags from a property: the stack's tags are added to it.
TAGGED: dict[str, str] = {
    "AWS::SQS::Queue": "Tags", "AWS::DynamoDB::Table": "Tags", "AWS::RDS::DBInstance": "Tags",
    "AWS::RDS::DBSubnetGroup": "Tags", "AWS::RDS::DBParameterGroup": "Tags", "AWS::EFS::FileSystem": "FileSystemTags",
    "AWS::ECR::Repository": "Tags", "AWS::Kinesis::Stream": "Tags", "AWS::Lambda::Function": "Tags",
}

# Types of moto's that lose their tags: they are given by the service's own operation.
Tagging = Callable[[Context, str, dict[str, str]], None]
TAGGED_AFTER: dict[str, Tagging] = {
    "AWS::SNS::Topic": lambda c, i, tags: plain(c, "sns", "TagResource", ResourceArn=i, Tags=pairs(tags)),
    "AWS::Logs::LogGroup": lambda c, i, tags: plain(c, "logs", "TagLogGroup", logGroupName=i, tags=tags),
    **{f"AWS::EC2::{kind}": lambda c, i, tags: plain(c, "ec2", "CreateTags", Resources=[i], Tags=pairs(tags))
       for kind in ("FlowLog", "NatGateway", "NetworkInterface", "TransitGateway", "VPCPeeringConnection", "VPNGateway")},
}

# Types that moto's classes do not delete, or delete without what the operation takes along.
DELETES: dict[str, Delete] = {
    "AWS::Logs::LogGroup": lambda c, i, m: plain(c, "logs", "DeleteLogGroup", logGroupName=i),
    "AWS::Route53::HostedZone": lambda c, i, m: plain(c, "route53", "DeleteHostedZone", Id=i),
    "AWS::Route53::HealthCheck": lambda c, i, m: plain(c, "route53", "DeleteHealthCheck", HealthCheckId=i),
    "AWS::EC2::NatGateway": lambda c, i, m: plain(c, "ec2", "DeleteNatGateway", NatGatewayId=i),
    "AWS::EC2::NetworkInterface": lambda c, i, m: plain(c, "ec2", "DeleteNetworkInterface", NetworkInterfaceId=i),
    "AWS::EC2::FlowLog": lambda c, i, m: plain(c, "ec2", "DeleteFlowLogs", FlowLogIds=[i]),
    "AWS::EC2::TransitGateway": lambda c, i, m: plain(c, "ec2", "DeleteTransitGateway", TransitGatewayId=i),
    "AWS::EC2::VPCPeeringConnection": lambda c, i, m: plain(c, "ec2", "DeleteVpcPeeringConnection", VpcPeeringConnectionId=i),
    "AWS::EC2::VPNGateway": lambda c, i, m: plain(c, "ec2", "DeleteVpnGateway", VpnGatewayId=i),
    "AWS::ECS::Cluster": lambda c, i, m: plain(c, "ecs", "DeleteCluster", cluster=i),
    "AWS::ECS::Service": lambda c, i, m: plain(c, "ecs", "DeleteService", service=i, cluster=m.cluster_arn, force=True),
    "AWS::ECS::TaskDefinition": lambda c, i, m: plain(c, "ecs", "DeregisterTaskDefinition", taskDefinition=i),
    "AWS::ElasticLoadBalancingV2::Listener": lambda c, i, m: plain(c, "elbv2", "DeleteListener", ListenerArn=i),
    "AWS::ElasticLoadBalancingV2::ListenerRule": lambda c, i, m: plain(c, "elbv2", "DeleteRule", RuleArn=i),
    "AWS::ElasticLoadBalancingV2::TargetGroup": lambda c, i, m: plain(c, "elbv2", "DeleteTargetGroup", TargetGroupArn=i),
    "AWS::ApiGateway::RestApi": lambda c, i, m: plain(c, "apigateway", "DeleteRestApi", restApiId=i),
    "AWS::Redshift::Cluster": lambda c, i, m: plain(c, "redshift", "DeleteCluster", ClusterIdentifier=i, SkipFinalClusterSnapshot=True),
    "AWS::Redshift::ClusterParameterGroup": lambda c, i, m: plain(c, "redshift", "DeleteClusterParameterGroup", ParameterGroupName=i),
    "AWS::Redshift::ClusterSubnetGroup": lambda c, i, m: plain(c, "redshift", "DeleteClusterSubnetGroup", ClusterSubnetGroupName=i),
    "AWS::DataPipeline::Pipeline": lambda c, i, m: plain(c, "datapipeline", "DeletePipeline", pipelineId=i),
    "AWS::Batch::JobQueue": lambda c, i, m: plain(c, "batch", "DeleteJobQueue", jobQueue=i),
    "AWS::Batch::ComputeEnvironment": lambda c, i, m: plain(c, "batch", "DeleteComputeEnvironment", computeEnvironment=i),
    "AWS::Batch::JobDefinition": lambda c, i, m: plain(c, "batch", "DeregisterJobDefinition", jobDefinition=i),
    "AWS::Lambda::LayerVersion": lambda c, i, m: plain(c, "lambda", "DeleteLayerVersion", LayerName=i.rsplit(":", 1)[0], VersionNumber=int(i.rsplit(":", 1)[1])),
}

# Types that are gone with the resource they belong to, which the same stack deletes after them.
WITH_PARENT = {
    "AWS::ApiGateway::Deployment", "AWS::ApiGateway::Method", "AWS::ApiGateway::Resource", "AWS::AutoScaling::ScheduledAction",
    "AWS::EMR::InstanceGroupConfig", "AWS::Lambda::Permission", "AWS::Lambda::Version", "AWS::Route53::RecordSetGroup",
    "AWS::EC2::SpotFleet",
}


def pairs(tags: dict[str, str]) -> list[dict[str, str]]:
    return [{"Key": k, "Value": v} for k, v in tags.items()]


def plain(context: Context, service: str, operation: str, **params: Any) -> None:
    context.call(service, operation, **params)
