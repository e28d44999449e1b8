// Exercises on what a gateway is for: the bucket behind it, the line in between, what watches it; and what there is to read.

import { concept, exercise, failed, judge, meets, passed, passedExcept } from '../../../lib/kit';
import { BUCKETS, rolesFor } from '../demands';
import { ARCHIVE_CLASS } from '../facts';
import { see } from '../see';
import { solveWith } from '../solutions';

export const integrateWithS3 = exercise({
  id: 'integrate-with-s3',
  rows: ['sgw-6'],
  title: 'Prepare S3 for what comes from the premises',
  kind: 'provision',
  asks: [
    'on premise s3 integration',
    'on premise s3',
    'on premises s3 integration',
    's3 integration',
    'integration s3 glacier',
    'tích hợp on premise s3',
    'tích hợp s3',
  ],
  task: [
    'A private bucket whose name begins with `worklab-<run>-files` refuses requests without TLS, and moves what lies in it to',
    `${ARCHIVE_CLASS}. Storage Gateway may take on a role \`worklab-<run>-gateway\`, on behalf of this account alone, which reaches this`,
    'bucket and no other. The network has a gateway endpoint for S3, and a log group `/worklab-<run>/storage-gateway` waits for what',
    'the shares have to tell.',
  ].join(' '),
  restsOn: ['AWS::S3::Bucket', 'AWS::S3::BucketPolicy', 'AWS::IAM::Role', 'AWS::Logs::LogGroup'],
  observe: see.integration,
  check: ({ buckets, roles, endpoints, logGroups }) => {
    const bucket = judge(buckets, BUCKETS, {
      expected: 'a bucket of the run',
      actual: 'no bucket has a name that begins with that of the run',
      hint: 'the name of a bucket is one for the world: put the number of the account into it',
    });
    if (bucket.status !== 'passed') return bucket;
    const sound = buckets.filter((one) => meets(one, BUCKETS));
    const role = judge(roles, rolesFor(sound), {
      expected: 'a role of the run that Storage Gateway may take on',
      actual: 'no role of the run trusts storagegateway.amazonaws.com',
      hint: 'the gateway itself has no rights: its service takes on the role that the share names',
    });
    if (role.status !== 'passed') return role;
    if (!endpoints.includes('available')) {
      return failed({
        expected: 'a gateway endpoint for S3 in the network of the run',
        actual: endpoints.length === 0 ? 'there is none' : `it is ${endpoints.join(', ')}`,
        hint: 'it is free, and keeps what goes to S3 off the internet',
      });
    }
    if (logGroups.length > 0) return passedExcept('a file that comes from the premises');
    return failed({
      expected: 'a log group of the run',
      actual: 'none has a name that begins with that of the run',
      hint: 'a share writes its audit log only where it is told to, and the group has to be there before',
    });
  },
  solve: solveWith((solutions) => solutions.integrate),
});

export const tuneGateway = exercise({
  id: 'tune-gateway',
  rows: ['sgw-5'],
  title: 'Give a gateway a cache and limit its bandwidth',
  kind: 'action',
  guard: {
    by: 'cost',
    because: 'it needs a gateway that runs: about $0.22 an hour, where none stands already',
  },
  asks: [
    'caching bandwidth optimization',
    'caching bandwidth',
    'bandwidth optimization',
    'bandwidth throttling network optimization',
    'bandwidth throttling',
    'bandwidth',
    'local caching low latency access',
    'local caching',
    'caching',
    'cache',
    'tối ưu băng thông',
    'băng thông',
  ],
  task: [
    'A gateway of the run has a cache, and its uploads are limited: by a schedule (on weekdays from 8 to 18 o’clock, say), or, for a',
    'volume or tape gateway, at all hours.',
  ].join(' '),
  observe: see.tuned,
  check: (gateways) =>
    judge(
      gateways,
      [
        {
          expected: 'a gateway that runs',
          met: ({ state }) => state === 'RUNNING',
          actual: ({ name, state }) => `${name} is ${state}`,
          hint: 'a gateway that is off can be told nothing',
        },
        {
          expected: 'a gateway with a cache',
          met: ({ cacheBytes }) => cacheBytes > 0,
          actual: ({ name }) => `${name} has none`,
          hint: 'a disk that is attached is not in use yet: it has to be allocated',
        },
        {
          expected: 'a limit on what it uploads',
          met: ({ scheduled, limit }) => scheduled.length > 0 || limit !== undefined,
          actual: ({ name }) => `${name} uploads as fast as the line lets it`,
          hint: 'a limit on downloads does not slow uploads; a file gateway knows the schedule only, others both',
        },
      ],
      {
        expected: 'a gateway of the run',
        actual: 'there is none',
        hint: 'which of the three it is does not matter',
      },
    ),
  solve: solveWith((solutions) => solutions.tune),
});

export const watchGateway = exercise({
  id: 'watch-gateway',
  rows: ['sgw-a2'],
  title: 'Watch a gateway with CloudWatch',
  kind: 'action',
  extra: true,
  guard: {
    by: 'cost',
    because: 'it needs a gateway that runs: about $0.22 an hour, where none stands already',
  },
  asks: [
    'gateway monitoring cloudwatch metric',
    'monitor gateway cloudwatch',
    'gateway monitoring',
    'cloudwatch metric',
    'giám sát gateway',
  ],
  task: [
    'An alarm `worklab-<run>-cache-dirty` watches the metric CachePercentDirty of a gateway of the run, and stays quiet while there is',
    'no data. The dashboard `worklab-<run>-gateways` shows metrics of Storage Gateway.',
  ].join(' '),
  observe: see.watch,
  check: ({ gateways, alarms, dashboards }) => {
    const verdict = judge(
      alarms.filter(({ metric }) => metric === 'CachePercentDirty'),
      [
        {
          expected: 'an alarm that missing data does not set off',
          met: ({ missingData }) => missingData === 'notBreaching',
          actual: ({ name, missingData }) => `${name} treats it as ${missingData}`,
          hint: 'a gateway sends nothing while it is off: that is not a full cache',
        },
      ],
      {
        expected: 'an alarm on CachePercentDirty of a gateway of the run',
        actual: gateways.length === 0 ? 'there is no gateway' : 'there is none',
        hint: 'namespace AWS/StorageGateway, with both dimensions: GatewayId and GatewayName',
      },
    );
    if (verdict.status !== 'passed') return verdict;
    if (dashboards.length > 0) return passed;
    return failed({
      expected: 'a dashboard of the run with metrics of Storage Gateway',
      actual: 'there is none',
      hint: 'how much waits in the cache and how much is uploaded belong side by side',
    });
  },
  solve: solveWith((solutions) => solutions.watch),
});

export const compareTypes = concept({
  id: 'compare-gateway-types',
  rows: ['sgw-1'],
  title: 'Know the types of gateways',
  asks: [
    'storage gateway type file volume tape',
    'gateway type file volume tape',
    'storage gateway type',
    'gateway type',
    'storage gateway concept hybrid cloud storage',
    'storage gateway concept',
    'loại storage gateway',
    'loại gateway',
  ],
  task: [
    'An S3 File Gateway shows a bucket as NFS or SMB shares. A Volume Gateway gives iSCSI disks: cached volumes lie in the cloud, stored',
    'ones on the premises with copies in the cloud. A Tape Gateway looks like a tape library to backup software. (FSx File Gateway has',
    'taken no new customers since October 2024.) Each is an appliance near the data, which caches and uploads. Read',
    '<https://docs.aws.amazon.com/storagegateway/>: which one for a file server, a database’s disk, a shelf of old tapes?',
  ].join(' '),
});

export const planForLoss = concept({
  id: 'plan-for-loss-and-cost',
  rows: ['sgw-a3'],
  title: 'Know what a lost gateway costs, and what a standing one does',
  extra: true,
  asks: [
    'disaster recovery strategy storage gateway',
    'disaster recovery',
    'cost optimization hybrid storage',
    'best practice migration',
    'on premise cloud storage migration',
    'khôi phục sau thảm họa',
    'tối ưu chi phí',
  ],
  task: [
    'What had not been uploaded when a gateway was lost is lost; the rest is in S3, in snapshots, in tapes. Volumes come back from',
    'recovery points, tapes on another gateway. A gateway costs what its instance and disks cost, what is stored, and a cent for each',
    'GB that is written (at most $125 a month and gateway).',
    '<https://docs.aws.amazon.com/storagegateway/latest/vgw/recover-data-from-gateway.html>',
  ].join(' '),
});
