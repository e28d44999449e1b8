// Who did what to IAM: a trail with its bucket, and a rule that sends every change to a topic.

import { Stack } from 'aws-cdk-lib';
import { CfnTrail } from 'aws-cdk-lib/aws-cloudtrail';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnBucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { CfnTopic, CfnTopicPolicy } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { CLOSED_BUCKET } from '../../../lib/kit/stack';
import { policy } from '../documents';

export interface GroundProps {
  readonly named: (thing: string) => string;
}

/** What stands before anybody watches: a bucket that takes a trail's files, and a topic that takes a rule's messages. */
export class WatchGround extends Construct {
  readonly bucket: CfnBucket;
  readonly mayWrite: CfnBucketPolicy;
  readonly topic: CfnTopic;

  constructor(parent: Construct, id: string, { named }: GroundProps) {
    super(parent, id);
    const { partition, region, account } = Stack.of(this);
    this.bucket = new CfnBucket(this, 'Logs', {
      ...CLOSED_BUCKET,
      bucketName: named('trail'),
      lifecycleConfiguration: { rules: [{ id: 'forget', status: 'Enabled', expirationInDays: 7 }] },
    });
    const source = `arn:${partition}:cloudtrail:${region}:${account}:trail/${named('trail')}`;
    this.mayWrite = new CfnBucketPolicy(this, 'MayWrite', {
      bucket: this.bucket.ref,
      policyDocument: trailMayWrite(this.bucket.attrArn, account, source),
    });
    this.topic = new CfnTopic(this, 'Changes', { topicName: named('iam-changes') });
    new CfnTopicPolicy(this, 'MayPublish', {
      topics: [this.topic.ref],
      policyDocument: policy({
        Sid: 'TheRuleMayPublish',
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sns:Publish',
        Resource: this.topic.ref,
        Condition: {
          ArnEquals: { 'aws:SourceArn': `arn:${partition}:events:${region}:${account}:rule/${named('iam-changes')}` },
        },
      }),
    });
  }
}

/** As CloudTrail documents it; the trail is named, so that no other account's can write here. */
const trailMayWrite = (bucket: string, account: string, source: string) =>
  policy(
    {
      Sid: 'TheTrailMayLook',
      Effect: 'Allow',
      Principal: { Service: 'cloudtrail.amazonaws.com' },
      Action: 's3:GetBucketAcl',
      Resource: bucket,
      Condition: { StringEquals: { 'aws:SourceArn': source } },
    },
    {
      Sid: 'TheTrailMayWrite',
      Effect: 'Allow',
      Principal: { Service: 'cloudtrail.amazonaws.com' },
      Action: 's3:PutObject',
      Resource: `${bucket}/AWSLogs/${account}/*`,
      Condition: { StringEquals: { 'aws:SourceArn': source, 's3:x-amz-acl': 'bucket-owner-full-control' } },
    },
    {
      Sid: 'OnlyOverTls',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: [bucket, `${bucket}/*`],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  );

export interface WatchProps extends GroundProps {
  readonly ground: WatchGround;
}

export class Watch extends Construct {
  constructor(parent: Construct, id: string, { ground, named }: WatchProps) {
    super(parent, id);
    const trail = new CfnTrail(this, 'Trail', {
      trailName: named('trail'),
      s3BucketName: ground.bucket.ref,
      isLogging: true,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
    });
    trail.node.addDependency(ground.mayWrite);
    new CfnRule(this, 'Rule', {
      name: named('iam-changes'),
      description: 'Every change of users, groups, roles, policies and credentials',
      state: 'ENABLED',
      eventPattern: {
        source: ['aws.iam'],
        'detail-type': ['AWS API Call via CloudTrail'],
        detail: { eventSource: ['iam.amazonaws.com'] },
      },
      targets: [{ id: 'changes', arn: ground.topic.ref }],
    });
  }
}
