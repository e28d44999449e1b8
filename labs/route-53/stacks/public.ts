// The public zone with all that answers, watches, signs and logs. In Virginia, since Route 53 takes no key or log group of elsewhere.

import { CfnParameter, Fn } from 'aws-cdk-lib';
import { CfnHostedZone } from 'aws-cdk-lib/aws-route53';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { CLOSED_BUCKET, LabStack, type LabStackProps } from '../../../lib/kit/stack';
import { Health } from '../constructs/health';
import { QueryLog } from '../constructs/logging';
import { Records } from '../constructs/records';
import { Signing } from '../constructs/signing';
import { DOMAIN, signingKeyName } from '../facts';

export class PublicDnsStack extends LabStack {
  constructor(parent: Construct, id: string, props: LabStackProps) {
    super(parent, id, props);
    const zoneName = Fn.join('.', [this.run.prefix, this.domain()]);
    const log = new QueryLog(this, 'QueryLog', { name: this.named('dns-queries') });
    const signing = new Signing(this, 'Dnssec', {
      name: this.named('dnssec'),
      keyName: signingKeyName(this.run.prefix),
    });
    const zone = new CfnHostedZone(this, 'Zone', {
      name: zoneName,
      hostedZoneConfig: { comment: 'The public zone of the Route 53 lab; nothing delegates to it' },
      ...(this.form === 'starter' ? {} : { queryLoggingConfig: { cloudWatchLogsLogGroupArn: log.groupArn } }),
    });
    if (this.form === 'starter') return;

    // Route 53 tries to write into the log group while it makes the configuration.
    zone.addResourceDependency(log.policy);
    const health = new Health(this, 'Health', { run: this.run.run, named: (thing) => this.named(thing) });
    this.website(zoneName);
    new Records(this, 'Records', {
      zoneId: zone.ref,
      zoneName,
      healthCheckId: health.check.ref,
    });
    signing.sign(zone.ref);
  }

  /** A domain that cannot exist by default; whoever owns one may put the zone under it, and delegate to it. */
  private domain(): string {
    return new CfnParameter(this, 'Domain', {
      description: 'The domain under which the zone stands: a domain of yours, or one that nobody can have',
      default: DOMAIN,
      allowedPattern: '^[a-z0-9-]{1,63}([.][a-z0-9-]{1,63})*$',
      constraintDescription: 'must be a domain name in lower case, without the last dot',
    }).valueAsString;
  }

  /** Named like the record that leads to it, or S3 would not know which bucket was asked for. Empty, and not public. */
  private website(name: string): void {
    new CfnBucket(this, 'Website', {
      bucketName: name,
      websiteConfiguration: { indexDocument: 'index.html' },
      publicAccessBlockConfiguration: CLOSED_BUCKET.publicAccessBlockConfiguration,
    });
  }
}
