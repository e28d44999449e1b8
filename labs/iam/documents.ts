// The policies of the lab, as documents. The stack deploys them, and the solutions give a learner's policies the same words.

import { ENROLLING } from './facts';

/** One policy as IAM takes it. */
export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Readonly<Record<string, unknown>>[];
}

export const policy = (...Statement: PolicyDocument['Statement']): PolicyDocument => ({
  Version: '2012-10-17',
  Statement,
});

/** Where a policy's resources stand: values of CloudFormation in a template, words in a solution. */
export interface Place {
  readonly prefix: string;
  readonly partition: string;
  readonly account: string;
}

const user = '$' + '{aws:username}';

const ownUser = ({ partition, account, prefix }: Place): string =>
  `arn:${partition}:iam::${account}:user/${prefix}/${user}`;
const devices = ({ partition, account }: Place): string => `arn:${partition}:iam::${account}:mfa/*`;

/**
 * The most that anybody of the lab can do, whatever policies they get: notes, a function's log, a machine's messages to
 * Systems Manager, and their own password and devices. Nothing here makes users, roles, policies or keys.
 */
export const boundary = (place: Place): PolicyDocument =>
  policy(
    {
      Sid: 'Notes',
      Effect: 'Allow',
      Action: ['s3:GetObject', 's3:PutObject', 's3:ListBucket'],
      Resource: [
        `arn:${place.partition}:s3:::${place.prefix}-notes`,
        `arn:${place.partition}:s3:::${place.prefix}-notes/*`,
      ],
    },
    {
      Sid: 'LogsOfFunctions',
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: `arn:${place.partition}:logs:*:${place.account}:log-group:/aws/lambda/${place.prefix}-*`,
    },
    {
      Sid: 'MachinesUnderSystemsManager',
      Effect: 'Allow',
      Action: ['ssm:UpdateInstanceInformation', 'ssmmessages:*', 'ec2messages:*'],
      Resource: '*',
    },
    {
      Sid: 'OwnPasswordAndDevices',
      Effect: 'Allow',
      Action: ['iam:ChangePassword', 'iam:GetUser', ...ENROLLING],
      Resource: [ownUser(place), devices(place)],
    },
  );

/** Notes of one's own: read and written over TLS, listed under one's own name. */
export const notes = ({ partition, prefix }: Place): PolicyDocument =>
  policy(
    {
      Sid: 'OwnNotes',
      Effect: 'Allow',
      Action: ['s3:GetObject', 's3:PutObject'],
      Resource: `arn:${partition}:s3:::${prefix}-notes/${user}/*`,
      Condition: { Bool: { 'aws:SecureTransport': 'true' } },
    },
    {
      Sid: 'ListOwnNotes',
      Effect: 'Allow',
      Action: 's3:ListBucket',
      Resource: `arn:${partition}:s3:::${prefix}-notes`,
      Condition: { StringLike: { 's3:prefix': `${user}/*` }, Bool: { 'aws:SecureTransport': 'true' } },
    },
  );

/** Everybody sees to their own password and MFA device. */
export const ownDevices = (place: Place): PolicyDocument =>
  policy({
    Sid: 'OwnPasswordAndDevices',
    Effect: 'Allow',
    Action: ['iam:ChangePassword', 'iam:GetUser', ...ENROLLING],
    Resource: [ownUser(place), devices(place)],
  });

/** Without a second factor nothing but getting one. "IfExists": a request with an access key says nothing of MFA at all. */
export const forceMfa = (): PolicyDocument =>
  policy({
    Sid: 'NothingWithoutMfa',
    Effect: 'Deny',
    NotAction: ['iam:ChangePassword', 'iam:GetUser', ...ENROLLING, 'sts:GetSessionToken'],
    Resource: '*',
    Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
  });

export type Conditions = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Who may take a role on, how, and under which conditions. */
export const trust = (
  Principal: Readonly<Record<string, string>>,
  Action = 'sts:AssumeRole',
  Condition?: Conditions,
): PolicyDocument => policy({ Effect: 'Allow', Principal, Action, ...(Condition === undefined ? {} : { Condition }) });

/** Trust in another account: the shared word, and no passer-by of that account but its users and roles. */
export const auditorTrust = (account: string, externalId: string, partition = 'aws'): PolicyDocument =>
  trust({ AWS: `arn:${partition}:iam::${account}:root` }, 'sts:AssumeRole', {
    StringEquals: { 'sts:ExternalId': externalId },
    ArnLike: { 'aws:PrincipalArn': `arn:${partition}:iam::${account}:*` },
  });

/** What the auditor may see: who there is. Held back further by the boundary, like everybody of the lab. */
export const audit = ({ partition, prefix }: Place): PolicyDocument =>
  policy({
    Sid: 'ListNotes',
    Effect: 'Allow',
    Action: 's3:ListBucket',
    Resource: `arn:${partition}:s3:::${prefix}-notes`,
  });

/** An organization's guardrail: its accounts stay in it. */
export const guardrail = (): PolicyDocument =>
  policy({ Sid: 'StayInTheOrganization', Effect: 'Deny', Action: 'organizations:LeaveOrganization', Resource: '*' });
