// What the fence has to keep out and what it has to let through, as attempts; and the verdict of a path on them. Pure.

import { type Attempt, decide, type Level, type Outcome } from './evaluate';

/** One thing that somebody in an account of the OU tries. Several attempts where AWS asks about several resources. */
export interface Trial {
  readonly what: string;
  readonly should: 'denied' | 'allowed';
  readonly attempts: readonly Attempt[];
  /** What is usually wrong where it comes out otherwise. */
  readonly hint: string;
}

/** The regions that the labs use, whatever the run's own is. */
export const regionsOf = (own: string): readonly string[] => [...new Set([own, 'us-east-1', 'us-west-2'])];

/** Types that a learner may start: the small Arm and Intel ones that the labs and the free tier use. */
export const SMALL_TYPES = ['t3.nano', 't3.micro', 't3.small', 't4g.nano', 't4g.micro', 't4g.small'];

const ACCOUNT = '111122223333';
const ROLE = `arn:aws:iam::${ACCOUNT}:role/developer`;
const ROOT = `arn:aws:iam::${ACCOUNT}:root`;
const ABROAD = 'eu-north-1';
const ELSEWHERE = 'ap-south-1';

const attempt = (
  action: string,
  region: string,
  { resource = '*', principal = ROLE, ...more }: Readonly<Record<string, string>> = {},
): Attempt => ({
  action,
  resource,
  context: {
    'aws:RequestedRegion': region,
    'aws:PrincipalArn': principal,
    'aws:PrincipalAccount': ACCOUNT,
    'aws:PrincipalType': principal === ROOT ? 'Account' : 'AssumedRole',
    'aws:PrincipalIsAWSService': 'false',
    'aws:ViaAWSService': 'false',
    ...more,
  },
});

/** EC2 asks about the instance, whose type it tells, and about the image, of which there is no type to tell. */
const launch = (region: string, type: string): Attempt[] => [
  attempt('ec2:RunInstances', region, {
    resource: `arn:aws:ec2:${region}:${ACCOUNT}:instance/*`,
    'ec2:InstanceType': type,
  }),
  attempt('ec2:RunInstances', region, { resource: `arn:aws:ec2:${region}::image/ami-0abcdef1234567890` }),
];

export function trials(own: string): readonly Trial[] {
  const abroad = own === ABROAD ? ELSEWHERE : ABROAD;
  return [
    {
      what: 'creating a queue in a region of the labs',
      should: 'allowed',
      attempts: regionsOf(own).map((region) => attempt('sqs:CreateQueue', region)),
      hint: 'every level from the root down has to allow: leave FullAWSAccess attached, and deny what is too much',
    },
    {
      what: `creating a queue in ${abroad}`,
      should: 'denied',
      attempts: [attempt('sqs:CreateQueue', abroad)],
      hint: 'a region fence denies everything (by NotAction) where aws:RequestedRegion is not one of yours',
    },
    {
      what: 'listing the roles of the account, whose requests go to us-east-1 wherever one is',
      should: 'allowed',
      attempts: [attempt('iam:ListRoles', 'us-east-1'), attempt('organizations:DescribeOrganization', 'us-east-1')],
      hint: 'IAM, Organizations, Route 53, Support and other global services have one region: name them in NotAction',
    },
    {
      what: 'creating a bucket as the root user of the account',
      should: 'denied',
      attempts: [attempt('s3:CreateBucket', own, { principal: ROOT })],
      hint: 'the root user of a member account is told by aws:PrincipalArn like arn:aws:iam::*:root',
    },
    {
      what: 'creating a bucket as a role of the account',
      should: 'allowed',
      attempts: [attempt('s3:CreateBucket', own)],
      hint: 'deny the root user alone: the condition is missing, or matches every principal',
    },
    {
      what: 'leaving the organization',
      should: 'denied',
      attempts: [attempt('organizations:LeaveOrganization', 'us-east-1')],
      hint: 'the action is organizations:LeaveOrganization',
    },
    {
      what: 'starting an m7i.24xlarge',
      should: 'denied',
      attempts: launch(own, 'm7i.24xlarge'),
      hint: 'deny ec2:RunInstances where ec2:InstanceType is none of the small types',
    },
    {
      what: 'starting a t3.micro',
      should: 'allowed',
      attempts: launch(own, 't3.micro'),
      hint:
        'EC2 also asks about the image, the subnet and the disk, which have no type: a negated condition on an absent key is met, ' +
        'so deny on arn:aws:ec2:*:*:instance/* alone',
    },
  ];
}

/** One attempt that is denied denies it all. */
export function outcomeOf(path: readonly Level[], { attempts }: Trial): Outcome {
  const outcomes = attempts.map((one) => decide(path, one));
  return (
    outcomes.find(({ outcome }) => outcome === 'denied') ??
    outcomes.find(({ outcome }) => outcome === 'unknown') ?? { outcome: 'allowed' }
  );
}
