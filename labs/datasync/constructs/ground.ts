// Two buckets, the role that DataSync reaches them with, and the log group that it may write to.

import { Aws } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnLogGroup, CfnResourcePolicy } from 'aws-cdk-lib/aws-logs';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { CLOSED_BUCKET } from '../../../lib/kit/stack';
import { NAMES } from '../facts';
import { accessPolicy, logPolicy, trustPolicy } from '../policies';

export interface GroundProps {
  readonly named: (thing: string) => string;
}

const PLACE = { partition: Aws.PARTITION, region: Aws.REGION, account: Aws.ACCOUNT_ID };

export class Ground extends Construct {
  readonly source: CfnBucket;
  readonly target: CfnBucket;
  readonly role: CfnRole;
  readonly logGroup: CfnLogGroup;
  /** Without the ":*" that CloudFormation's attribute has at its end, and which DataSync does not take. */
  readonly logGroupArn: string;
  readonly policy: CfnResourcePolicy;

  constructor(parent: Construct, id: string, { named }: GroundProps) {
    super(parent, id);
    this.source = this.bucket('SourceBucket', named(NAMES.source));
    this.target = this.bucket('TargetBucket', named(NAMES.target));
    this.role = new CfnRole(this, 'Role', {
      roleName: named(NAMES.role),
      description: 'What DataSync may do with the buckets of the DataSync lab',
      assumeRolePolicyDocument: trustPolicy(PLACE),
      policies: [{ policyName: 'buckets', policyDocument: accessPolicy([this.source.attrArn, this.target.attrArn]) }],
    });
    const logGroupName = named(NAMES.logGroup);
    this.logGroup = new CfnLogGroup(this, 'Log', { logGroupName, retentionInDays: 1 });
    this.logGroupArn = `arn:${Aws.PARTITION}:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:log-group:${logGroupName}`;
    this.policy = new CfnResourcePolicy(this, 'LogPolicy', {
      policyName: named(NAMES.policy),
      policyDocument: JSON.stringify(logPolicy(`${this.logGroupArn}:*`, PLACE)),
    });
  }

  private bucket(id: string, bucketName: string): CfnBucket {
    return new CfnBucket(this, id, {
      ...CLOSED_BUCKET,
      bucketName,
    });
  }
}
