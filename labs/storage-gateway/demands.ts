// What is asked of the things that were seen, in the order in which a learner sees to it. Pure.

import type { Demand } from '../../lib/kit';
import { ARCHIVE_CLASS, NETWORK_CIDR } from './facts';
import type { Disks } from './observe/gateways';
import type { Bucket } from './observe/integration';
import type { Role } from './observe/roles';
import type { Share } from './observe/shares';
import type { Pool, Tape, TapeGateway } from './observe/tapes';
import type { Snapshot, Volume } from './observe/volumes';
import { allows, reachesAll } from './policies';

// ---------------------------------------------------------------- from the premises to S3

export const BUCKETS: readonly Demand<Bucket>[] = [
  {
    expected: 'a bucket that blocks all public access',
    met: ({ isPrivate }) => isPrivate,
    actual: ({ name }) => `${name} does not block each kind of it`,
    hint: 'there are four switches: two for ACLs, two for policies',
  },
  {
    expected: 'a bucket policy that refuses requests without TLS',
    met: ({ tlsOnly }) => tlsOnly,
    actual: ({ name }) => `no policy of ${name} denies them`,
    hint: 'a Deny for everybody, on the condition that aws:SecureTransport is false',
  },
  {
    expected: `a lifecycle rule that moves objects to ${ARCHIVE_CLASS}`,
    met: ({ movesTo }) => movesTo.includes(ARCHIVE_CLASS),
    actual: ({ name, movesTo }) =>
      movesTo.length === 0 ? `no enabled rule of ${name} moves anything` : `${name} moves to ${movesTo.join(', ')}`,
    hint: 'a gateway reads a file when somebody opens it: from the other archive classes it could not, before a restore',
  },
];

/** Of a role, with the buckets that it may be for. */
export const rolesFor = (buckets: readonly Bucket[]): readonly Demand<Role>[] => {
  const works = ({ grants }: Role): boolean =>
    buckets.some(
      ({ name }) =>
        allows(grants, 's3:ListBucket', `arn:aws:s3:::${name}`) &&
        ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'].every((action) =>
          allows(grants, action, `arn:aws:s3:::${name}/file`),
        ),
    );
  return [
    {
      expected: 'a role that Storage Gateway may take on for one account only',
      met: ({ guarded }) => guarded,
      actual: ({ name }) => `whoever has a gateway may make the service take on ${name}`,
      hint: 'a service acts for all its customers: the condition aws:SourceAccount says for which one (the confused deputy)',
    },
    {
      expected: 'a role that may list the bucket, and read, write and delete what lies in it',
      met: works,
      actual: ({ name }) => `the inline policies of ${name} do not allow all of that on a bucket of the run`,
      hint: "s3:ListBucket is about the bucket, s3:GetObject about what lies in it: the second resource ends in '/*'",
    },
    {
      expected: 'a role that reaches this bucket and no other',
      met: ({ grants }) => !reachesAll(grants),
      actual: ({ name }) => `${name} reaches every bucket of the account`,
      hint: "name the bucket in the policy's resources",
    },
  ];
};

// ---------------------------------------------------------------- gateways

const RUNS: Demand<Disks> = {
  expected: 'a gateway that runs',
  met: ({ state }) => state === 'RUNNING',
  actual: ({ name, state }) => `${name} is ${state}`,
  hint: 'the gateway is registered, but its instance is off, or cannot reach the service: it needs a way out over HTTPS',
};

const HAS_CACHE: Demand<Disks> = {
  expected: 'a gateway with a cache',
  met: ({ cacheBytes }) => cacheBytes > 0,
  actual: ({ name }) => `${name} has none of its disks as a cache`,
  hint: 'a disk that is attached is not in use yet: it has to be allocated (150 GiB at least)',
};

const HAS_BUFFER: Demand<Disks> = {
  expected: 'a gateway with an upload buffer',
  met: ({ bufferBytes }) => bufferBytes > 0,
  actual: ({ name }) => `${name} has none of its disks as an upload buffer`,
  hint: 'what is written waits there until it is uploaded: it takes a disk of its own, beside the cache',
};

export const FILE_GATEWAYS: readonly Demand<Disks>[] = [RUNS, HAS_CACHE];
export const BUFFERED: readonly Demand<Disks>[] = [RUNS, HAS_CACHE, HAS_BUFFER];
export const STORED_GATEWAYS: readonly Demand<Disks>[] = [RUNS, HAS_BUFFER];

export const TAPE_GATEWAYS: readonly Demand<TapeGateway>[] = [
  ...BUFFERED,
  {
    expected: 'a library with drives and a medium changer',
    met: ({ devices }) => devices.includes('Tape Drive') && devices.includes('Medium Changer'),
    actual: ({ name, devices }) => `${name} shows ${devices.length === 0 ? 'no device' : devices.join(', ')}`,
    hint: 'the drive and changer types are chosen when the gateway is activated',
  },
];

// ---------------------------------------------------------------- shares, volumes, tapes

const AVAILABLE: Demand<Share> = {
  expected: 'a file share that is available',
  met: ({ status }) => status === 'AVAILABLE',
  actual: ({ protocol, status }) => `the ${protocol} share is ${status}`,
  hint: 'a share whose role cannot reach its bucket becomes unavailable',
};

const OF_THE_RUN = (prefix: string): Demand<Share> => ({
  expected: 'a file share of the bucket of the run',
  met: ({ bucket }) => bucket.startsWith(`${prefix}-`),
  actual: ({ protocol, bucket }) => `the ${protocol} share shows ${bucket}`,
  hint: 'a share shows one bucket, or a folder of one',
});

export const nfsShares = (prefix: string): readonly Demand<Share>[] => [
  OF_THE_RUN(prefix),
  AVAILABLE,
  {
    expected: `an NFS share for clients inside ${NETWORK_CIDR} only`,
    met: ({ clients }) => clients.length > 0 && clients.every((client) => client.startsWith('10.44.')),
    actual: ({ clients }) => `it may be mounted from ${clients.join(', ') || 'nowhere'}`,
    hint: 'NFS knows no password: who may mount a share is told by address alone, and by default that is everybody',
  },
];

export const smbShares = (prefix: string): readonly Demand<Share>[] => [OF_THE_RUN(prefix), AVAILABLE];

export const CACHED_VOLUMES: readonly Demand<Volume>[] = [
  {
    expected: 'a volume that is available',
    met: ({ status }) => status === 'AVAILABLE',
    actual: ({ id, status }) => `${id} is ${status}`,
    hint: 'a volume takes a moment to be made',
  },
  {
    expected: 'a volume whose initiators prove who they are (CHAP)',
    met: ({ chap }) => chap,
    actual: ({ id }) => `whoever reaches the target of ${id} may log in to it`,
    hint: 'CHAP credentials belong to a target and an initiator, not to a gateway',
  },
];

export const STORED_VOLUMES: readonly Demand<Volume>[] = CACHED_VOLUMES.slice(0, 1);

export const SNAPSHOTS: readonly Demand<Snapshot>[] = [
  {
    expected: 'a completed snapshot of the volume',
    met: ({ state }) => state === 'completed',
    actual: ({ id, state }) => `${id} is ${state}`,
    hint: 'a snapshot is completed when what the upload buffer holds has been uploaded',
  },
];

export const POOLS: readonly Demand<Pool>[] = [
  {
    expected: 'a tape pool without a compliance lock',
    met: ({ lock }) => lock !== 'COMPLIANCE',
    actual: ({ name }) => `${name} has one`,
    hint: 'a compliance lock keeps a tape, and its cost, until its day, whoever asks: not even the root user can delete it',
  },
];

/** Of a tape, with the pools of the run. */
export const tapesIn = (pools: readonly Pool[]): readonly Demand<Tape>[] => [
  {
    expected: 'a tape that is to be archived to the pool of the run',
    met: ({ pool }) => pools.some(({ id }) => id === pool),
    actual: ({ barcode, pool }) => `${barcode} goes to ${pool}`,
    hint: 'the pool of a tape is chosen when it is made, by the id at the end of its ARN; later it can be assigned another',
  },
  {
    expected: 'a tape that is available in the library',
    met: ({ status }) => status === 'AVAILABLE',
    actual: ({ barcode, status }) => `${barcode} is ${status}`,
    hint: 'an archived tape is on the shelf: it has to be retrieved before it can be read',
  },
];
