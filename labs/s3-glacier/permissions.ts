// What the Glacier lab has to be allowed: buckets under the runs' names and what is in them; never compliance mode.

import type { Permission } from '../../lib/kit';

const BUCKETS = ['arn:aws:s3:::worklab-*'];
const OBJECTS = ['arn:aws:s3:::worklab-*/*'];

export const permissions: readonly Permission[] = [
  { actions: ['s3:GetBucketTagging', 's3:ListAllMyBuckets'], resources: ['*'] },
  {
    actions: [
      's3:CreateBucket',
      's3:DeleteBucket',
      's3:DeleteBucketPolicy',
      's3:GetBucketLocation',
      's3:GetBucketObjectLockConfiguration',
      's3:GetBucketPolicy',
      's3:GetBucketPublicAccessBlock',
      's3:GetBucketVersioning',
      's3:GetEncryptionConfiguration',
      's3:GetIntelligentTieringConfiguration',
      's3:GetLifecycleConfiguration',
      's3:ListBucket',
      's3:ListBucketMultipartUploads',
      's3:ListBucketVersions',
      's3:PutBucketObjectLockConfiguration',
      's3:PutBucketOwnershipControls',
      's3:PutBucketPolicy',
      's3:PutBucketPublicAccessBlock',
      's3:PutBucketTagging',
      's3:PutBucketVersioning',
      's3:PutEncryptionConfiguration',
      's3:PutIntelligentTieringConfiguration',
      's3:PutLifecycleConfiguration',
    ],
    resources: BUCKETS,
  },
  {
    actions: [
      's3:AbortMultipartUpload',
      's3:BypassGovernanceRetention',
      's3:DeleteObject',
      's3:DeleteObjectVersion',
      's3:GetObject',
      's3:GetObjectLegalHold',
      's3:GetObjectRetention',
      's3:GetObjectVersion',
      's3:PutObject',
      's3:PutObjectLegalHold',
      's3:RestoreObject',
    ],
    resources: OBJECTS,
  },
  {
    actions: ['s3:PutObjectRetention'],
    resources: OBJECTS,
    conditions: {
      StringEquals: { 's3:object-lock-mode': 'GOVERNANCE' },
      NumericLessThanEquals: { 's3:object-lock-remaining-retention-days': '1' },
    },
  },
];
