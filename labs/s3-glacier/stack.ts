// Two buckets: one whose contents move to the archive classes, one whose versions nobody deletes for a day.

import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { CLOSED_BUCKET, LabStack, type LabStackProps } from '../../lib/kit/stack';
import { Archive } from './constructs/archive';
import { LOCK_DAYS } from './facts';

export class GlacierStack extends LabStack {
  constructor(parent: Construct, id: string, props: LabStackProps) {
    super(parent, id, props);
    new Archive(this, 'Archive', { name: this.named('archive'), managed: this.form === 'full' });
    if (this.form === 'full') this.lockedBucket();
  }

  /** Governance mode: whoever has the permission can lift it, so that the bucket can go. */
  private lockedBucket(): void {
    new CfnBucket(this, 'Locked', {
      ...CLOSED_BUCKET,
      bucketName: this.named('locked'),
      versioningConfiguration: { status: 'Enabled' },
      objectLockEnabled: true,
      objectLockConfiguration: {
        objectLockEnabled: 'Enabled',
        rule: { defaultRetention: { mode: 'GOVERNANCE', days: LOCK_DAYS } },
      },
    });
  }
}
