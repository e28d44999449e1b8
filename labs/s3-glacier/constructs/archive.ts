// The archive: a bucket with versions; managed, what is in it moves to colder classes and is reached over TLS alone.

import { CfnBucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { CLOSED_BUCKET } from '../../../lib/kit/stack';
import { LOGS, MOVES, SHARED, TIERS } from '../facts';

export interface ArchiveProps {
  readonly name: string;
  /** False: the bucket alone, for whoever sets the rest up by hand. */
  readonly managed: boolean;
}

const NONCURRENT_DAYS = 30;

export class Archive extends Construct {
  constructor(parent: Construct, id: string, { name, managed }: ArchiveProps) {
    super(parent, id);
    const bucket = new CfnBucket(this, 'Bucket', {
      ...CLOSED_BUCKET,
      bucketName: name,
      versioningConfiguration: { status: 'Enabled' },
      ...(managed ? { lifecycleConfiguration: lifecycle(), intelligentTieringConfigurations: tiering() } : {}),
    });
    if (managed) onlyOverTls(this, bucket);
  }
}

const lifecycle = (): CfnBucket.LifecycleConfigurationProperty => ({
  // Small objects cost more to move and to keep in an archive than they save.
  transitionDefaultMinimumObjectSize: 'all_storage_classes_128K',
  rules: [
    {
      id: 'archive-logs',
      status: 'Enabled',
      prefix: LOGS,
      transitions: MOVES.map(({ to, days }) => ({ storageClass: to, transitionInDays: days })),
      noncurrentVersionTransitions: [{ storageClass: 'GLACIER', transitionInDays: NONCURRENT_DAYS }],
    },
    {
      id: 'tier-shared',
      status: 'Enabled',
      prefix: SHARED,
      transitions: [{ storageClass: 'INTELLIGENT_TIERING', transitionInDays: 0 }],
    },
    { id: 'abort-uploads', status: 'Enabled', abortIncompleteMultipartUpload: { daysAfterInitiation: 1 } },
  ],
});

const tiering = (): CfnBucket.IntelligentTieringConfigurationProperty[] => [
  {
    id: 'archive-shared',
    status: 'Enabled',
    prefix: SHARED,
    tierings: TIERS.map(({ tier, days }) => ({ accessTier: tier, days })),
  },
];

function onlyOverTls(parent: Construct, bucket: CfnBucket): void {
  new CfnBucketPolicy(parent, 'OnlyOverTls', {
    bucket: bucket.ref,
    policyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'OnlyOverTls',
          Effect: 'Deny',
          Principal: '*',
          Action: 's3:*',
          Resource: [bucket.attrArn, `${bucket.attrArn}/*`],
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
      ],
    },
  });
}
