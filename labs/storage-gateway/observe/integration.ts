// What a file share needs of the cloud: the run's bucket, role, endpoint and log group.

import { CloudWatchLogsClient, paginateDescribeLogGroups } from '@aws-sdk/client-cloudwatch-logs';
import { EC2Client, paginateDescribeVpcEndpoints, paginateDescribeVpcs } from '@aws-sdk/client-ec2';
import {
  GetBucketLifecycleConfigurationCommand,
  GetBucketPolicyCommand,
  GetPublicAccessBlockCommand,
  paginateListBuckets,
  S3Client,
} from '@aws-sdk/client-s3';
import { type Aws, collect, isMarked, items, type RunScope, unlessGone } from '../../../lib/kit';
import { refusesPlainHttp } from '../policies';
import { type Role, roles } from './roles';

export interface Bucket {
  readonly name: string;
  /** All four kinds of public access are blocked. */
  readonly isPrivate: boolean;
  /** A policy refuses requests without TLS. */
  readonly tlsOnly: boolean;
  /** Storage classes that enabled lifecycle rules move objects to. */
  readonly movesTo: readonly string[];
}

export interface Integration {
  readonly buckets: readonly Bucket[];
  readonly roles: readonly Role[];
  /** States of the S3 gateway endpoints in the run's network. */
  readonly endpoints: readonly string[];
  readonly logGroups: readonly string[];
}

export async function integration(aws: Aws, scope: RunScope): Promise<Integration> {
  const [buckets, ownRoles, endpoints, logGroups] = await Promise.all([
    bucketsOf(aws, scope),
    roles(aws, scope),
    endpointsOf(aws, scope),
    logGroupsOf(aws, scope),
  ]);
  return { buckets, roles: ownRoles, endpoints, logGroups };
}

async function bucketsOf(aws: Aws, scope: RunScope): Promise<Bucket[]> {
  const client = aws.client(S3Client);
  const all = await collect(items(paginateListBuckets({ client }, {}), (page) => page.Buckets));
  const names = all.flatMap(({ Name }) => Name ?? []).filter((name) => isMarked(scope, { names: [name] }));
  return Promise.all(names.map((name) => bucketOf(client, name)));
}

async function bucketOf(client: S3Client, name: string): Promise<Bucket> {
  const Bucket = name;
  let block: Readonly<Record<string, boolean | undefined>> = {};
  await unlessGone(['NoSuchPublicAccessBlockConfiguration'], async () => {
    const answer = await client.send(new GetPublicAccessBlockCommand({ Bucket }));
    block = { ...answer.PublicAccessBlockConfiguration };
  });
  let policy = '{}';
  await unlessGone(['NoSuchBucketPolicy'], async () => {
    policy = (await client.send(new GetBucketPolicyCommand({ Bucket }))).Policy ?? '{}';
  });
  let movesTo: string[] = [];
  await unlessGone(['NoSuchLifecycleConfiguration'], async () => {
    const { Rules = [] } = await client.send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
    movesTo = Rules.filter(({ Status }) => Status === 'Enabled').flatMap(({ Transitions = [] }) =>
      Transitions.flatMap(({ StorageClass }) => StorageClass ?? []),
    );
  });
  const blocked = ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'];
  return { name, isPrivate: blocked.every((kind) => block[kind] === true), tlsOnly: refusesPlainHttp(policy), movesTo };
}

/** The run's network, and the endpoints through which S3 is reached from it without a detour. */
async function endpointsOf(aws: Aws, scope: RunScope): Promise<string[]> {
  const client = aws.client(EC2Client);
  const vpcs = await collect(items(paginateDescribeVpcs({ client }, {}), (page) => page.Vpcs));
  const own = new Set(vpcs.filter(({ Tags }) => isMarked(scope, { tags: Tags })).map(({ VpcId }) => VpcId));
  const all = await collect(items(paginateDescribeVpcEndpoints({ client }, {}), (page) => page.VpcEndpoints));
  return all
    .filter(({ VpcId, ServiceName = '' }) => own.has(VpcId) && ServiceName.endsWith('.s3'))
    .map(({ State = 'unknown' }) => State.toLowerCase());
}

async function logGroupsOf(aws: Aws, scope: RunScope): Promise<string[]> {
  const pages = paginateDescribeLogGroups({ client: aws.client(CloudWatchLogsClient) }, {});
  const all = await collect(items(pages, (page) => page.logGroups));
  return all.flatMap(({ logGroupName }) => logGroupName ?? []).filter((name) => isMarked(scope, { names: [name] }));
}
