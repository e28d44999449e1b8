// Names between the run's network and another one: a way in, a way out, a rule that says what goes out, and a log of it all.

import { Stack } from 'aws-cdk-lib';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import {
  CfnResolverEndpoint,
  CfnResolverQueryLoggingConfig,
  CfnResolverQueryLoggingConfigAssociation,
  CfnResolverRule,
  CfnResolverRuleAssociation,
} from 'aws-cdk-lib/aws-route53resolver';
import { Construct } from 'constructs';
import { corporateDomain, LISTENS } from '../facts';

export interface HybridProps {
  readonly vpcId: string;
  readonly subnetIds: readonly [string, string];
  readonly securityGroupId: string;
  readonly prefix: string;
  readonly named: (thing: string) => string;
}

export class Hybrid extends Construct {
  constructor(
    parent: Construct,
    id: string,
    private readonly props: HybridProps,
  ) {
    super(parent, id);
    const { vpcId, prefix, named } = props;
    const inbound = this.endpoint('Inbound', 'INBOUND', [LISTENS.a, LISTENS.b]);
    const outbound = this.endpoint('Outbound', 'OUTBOUND', []);
    // The other network is played by the way in: what is forwarded comes back to this VPC's own resolver.
    const rule = new CfnResolverRule(this, 'Rule', {
      name: named('corp'),
      ruleType: 'FORWARD',
      domainName: corporateDomain(prefix),
      resolverEndpointId: outbound.ref,
      targetIps: [LISTENS.a, LISTENS.b].map((ip) => ({ ip, port: '53' })),
    });
    rule.addResourceDependency(inbound);
    new CfnResolverRuleAssociation(this, 'RuleAssociation', {
      name: named('corp'),
      resolverRuleId: rule.ref,
      vpcId,
    });
    this.log();
  }

  private endpoint(id: string, direction: string, ips: readonly string[]): CfnResolverEndpoint {
    return new CfnResolverEndpoint(this, id, {
      name: this.props.named(direction.toLowerCase()),
      direction,
      securityGroupIds: [this.props.securityGroupId],
      ipAddresses: this.props.subnetIds.map((subnetId, index) => {
        const ip = ips[index];
        return ip === undefined ? { subnetId } : { subnetId, ip };
      }),
    });
  }

  private log(): void {
    const { account, partition, region } = Stack.of(this);
    const name = this.props.named('resolver-queries');
    const group = new CfnLogGroup(this, 'Log', { logGroupName: name, retentionInDays: 1 });
    const config = new CfnResolverQueryLoggingConfig(this, 'Logging', {
      name,
      destinationArn: `arn:${partition}:logs:${region}:${account}:log-group:${group.ref}`,
    });
    new CfnResolverQueryLoggingConfigAssociation(this, 'LoggingAssociation', {
      resolverQueryLogConfigId: config.ref,
      resourceId: this.props.vpcId,
    });
  }
}
