// The records of the public zone: plain ones, and sets that share a name by weight, by latency, by health.

import { Fn } from 'aws-cdk-lib';
import { CfnRecordSet, type CfnRecordSetProps } from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';
import { ADDRESS, CERTIFICATES, NO_MAIL, SPF, sipAt, WEBSITE } from '../facts';

export interface RecordsProps {
  readonly zoneId: string;
  readonly zoneName: string;
  /** Says whether the primary of the failover pair is well. */
  readonly healthCheckId: string;
}

const MINUTE = '60';

export class Records extends Construct {
  constructor(
    parent: Construct,
    id: string,
    private readonly props: RecordsProps,
  ) {
    super(parent, id);
    const { zoneName, healthCheckId } = props;
    const app = this.record('App', 'app', { type: 'A', resourceRecords: [ADDRESS.app] });
    this.record('Www', 'www', { type: 'CNAME', resourceRecords: [this.under('app')] });
    this.record('Spf', '', { type: 'TXT', resourceRecords: [SPF] });
    this.record('App6', 'app', { type: 'AAAA', resourceRecords: [ADDRESS.app6] });
    this.record('NoMail', '', { type: 'MX', resourceRecords: [NO_MAIL] });
    this.record('Certificates', '', { type: 'CAA', resourceRecords: [CERTIFICATES] });
    this.record('Sip', '_sip._tcp', { type: 'SRV', resourceRecords: [sipAt(zoneName)] });

    this.address('Stable', 'shop', ADDRESS.stable, { setIdentifier: 'stable', weight: 90 });
    this.address('Canary', 'shop', ADDRESS.canary, { setIdentifier: 'canary', weight: 10 });
    this.address('Virginia', 'near', ADDRESS.virginia, { setIdentifier: 'virginia', region: 'us-east-1' });
    this.address('Ireland', 'near', ADDRESS.ireland, { setIdentifier: 'ireland', region: 'eu-west-1' });
    const primary = { setIdentifier: 'primary', failover: 'PRIMARY', healthCheckId };
    this.address('Primary', 'site', ADDRESS.primary, primary);
    this.address('Secondary', 'site', ADDRESS.secondary, { setIdentifier: 'secondary', failover: 'SECONDARY' });

    // An alias costs nothing to ask, and may stand at the zone's own name, where a CNAME may not.
    this.alias('Website', '', { ...WEBSITE });
    // cfn-lint takes a plain reference to a zone for one to the zone of an AWS service (E1041).
    const hostedZoneId = Fn.sub(`\${Zone}`, { Zone: props.zoneId });
    this.alias('Twin', 'twin', { hostedZoneId, dnsName: this.under('app') }).addResourceDependency(app);
  }

  private under(label: string): string {
    return label === '' ? this.props.zoneName : Fn.join('.', [label, this.props.zoneName]);
  }

  private record(id: string, label: string, rest: Pick<CfnRecordSetProps, 'type' | 'resourceRecords'>): CfnRecordSet {
    return new CfnRecordSet(this, id, {
      hostedZoneId: this.props.zoneId,
      name: this.under(label),
      ttl: MINUTE,
      ...rest,
    });
  }

  private address(id: string, label: string, value: string, routing: Partial<CfnRecordSetProps>): void {
    new CfnRecordSet(this, id, {
      hostedZoneId: this.props.zoneId,
      name: this.under(label),
      type: 'A',
      ttl: MINUTE,
      resourceRecords: [value],
      ...routing,
    });
  }

  private alias(
    id: string,
    label: string,
    target: { readonly hostedZoneId: string; readonly dnsName: string },
  ): CfnRecordSet {
    return new CfnRecordSet(this, id, {
      hostedZoneId: this.props.zoneId,
      name: this.under(label),
      type: 'A',
      aliasTarget: { ...target, evaluateTargetHealth: false },
    });
  }
}
