// Bucket and shares: what the checks say of plain things: done, and what a learner may have got wrong, with a hint that names it.

import type { Bucket, Integration } from './observe/integration';
import type { Role } from './observe/roles';
import type { FileGateways, Share } from './observe/shares';
import { check, failure, gateway } from './test-support/verdict';

// ---------------------------------------------------------------- integrate-with-s3

const bucket: Bucket = { name: 'worklab-abc123-files-1', isPrivate: true, tlsOnly: true, movesTo: ['GLACIER_IR'] };
const OBJECTS = 'arn:aws:s3:::worklab-abc123-files-1/*';
const role: Role = {
  name: 'worklab-abc123-gateway',
  arn: 'arn:aws:iam::1:role/worklab-abc123-gateway',
  trusted: true,
  guarded: true,
  grants: [
    { actions: ['s3:ListBucket'], resources: ['arn:aws:s3:::worklab-abc123-files-1'] },
    { actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], resources: [OBJECTS] },
  ],
};
const ready: Integration = {
  buckets: [bucket],
  roles: [role],
  endpoints: ['available'],
  logGroups: ['/worklab-abc123/storage-gateway'],
};

describe('integrate-with-s3', () => {
  test.each([
    ['as asked', ready],
    [
      'wildcards for actions',
      { ...ready, roles: [{ ...role, grants: [{ actions: ['s3:*'], resources: [OBJECTS, OBJECTS.slice(0, -2)] }] }] },
    ],
    [
      'a second bucket that lacks everything',
      { ...ready, buckets: [{ name: 'worklab-abc123-x', isPrivate: false, tlsOnly: false, movesTo: [] }, bucket] },
    ],
  ])('%s passes', (_what, seen) => {
    expect(check('integrate-with-s3', seen).status).toBe('passed');
  });

  test.each([
    ['no bucket', { ...ready, buckets: [] }, /no bucket/, /number of the account/],
    ['a public bucket', { ...ready, buckets: [{ ...bucket, isPrivate: false }] }, /does not block/, /four switches/],
    ['plain HTTP', { ...ready, buckets: [{ ...bucket, tlsOnly: false }] }, /no policy/, /SecureTransport/],
    ['no lifecycle', { ...ready, buckets: [{ ...bucket, movesTo: [] }] }, /no enabled rule/, /restore/],
    [
      'an archive that has to be restored',
      { ...ready, buckets: [{ ...bucket, movesTo: ['DEEP_ARCHIVE'] }] },
      /moves to DEEP_ARCHIVE/,
      /restore/,
    ],
    ['no role', { ...ready, roles: [] }, /no role/, /role that the share names/],
    [
      'a role for anybody’s gateway',
      { ...ready, roles: [{ ...role, guarded: false }] },
      /whoever has a gateway/,
      /confused deputy/,
    ],
    [
      'the bucket but not what is in it',
      { ...ready, roles: [{ ...role, grants: [{ actions: ['s3:*'], resources: [OBJECTS.slice(0, -2)] }] }] },
      /do not allow/,
      /ends in '\/\*'/,
    ],
    [
      'only to read',
      {
        ...ready,
        roles: [
          { ...role, grants: [{ actions: ['s3:Get*', 's3:List*'], resources: [OBJECTS, OBJECTS.slice(0, -2)] }] },
        ],
      },
      /do not allow/,
      /s3:GetObject/,
    ],
    [
      'every bucket',
      { ...ready, roles: [{ ...role, grants: [{ actions: ['s3:*'], resources: ['*'] }] }] },
      /every bucket/,
      /name the bucket/,
    ],
    ['no endpoint', { ...ready, endpoints: [] }, /there is none/, /free/],
    ['an endpoint that is going', { ...ready, endpoints: ['deleting'] }, /deleting/, /free/],
    ['no log group', { ...ready, logGroups: [] }, /none has a name/, /audit log/],
  ])('%s fails', (_what, seen, actual, hint) => {
    expect(check('integrate-with-s3', seen)).toMatchObject(failure(actual, hint));
  });
});

// ---------------------------------------------------------------- deploy-file-gateway

const nfs: Share = {
  arn: 'arn:nfs',
  protocol: 'NFS',
  status: 'AVAILABLE',
  gateway: 'arn:FILE_S3',
  bucket: 'worklab-abc123-files-1',
  role: role.arn,
  clients: ['10.44.0.0/16'],
};
const smb: Share = { ...nfs, arn: 'arn:smb', protocol: 'SMB', clients: [], authentication: 'GuestAccess' };
const files: FileGateways & { prefix: string } = {
  gateways: [gateway('FILE_S3')],
  shares: [nfs, smb],
  prefix: 'worklab-abc123',
};

describe('deploy-file-gateway', () => {
  test('both shares pass; what happens in them is not looked at', () => {
    expect(check('deploy-file-gateway', files)).toMatchObject({ status: 'passed', notLookedAt: [expect.any(String)] });
    const narrow = { ...files, shares: [{ ...nfs, clients: ['10.44.0.7', '10.44.1.0/24'] }, smb] };
    expect(check('deploy-file-gateway', narrow).status).toBe('passed');
  });

  test.each([
    ['an instance that nobody activated', { ...files, gateways: [], shares: [] }, /no gateway/, /activation key/],
    [
      'a gateway whose instance is off',
      { ...files, gateways: [gateway('FILE_S3', { state: 'OFFLINE', cacheBytes: 0 })] },
      /OFFLINE/,
      /instance is off/,
    ],
    [
      'a disk that nothing uses',
      { ...files, gateways: [gateway('FILE_S3', { cacheBytes: 0 })] },
      /none of its disks/,
      /allocated/,
    ],
    ['no share', { ...files, shares: [] }, /no share/, /one gateway may have both/],
    [
      'NFS for everybody',
      { ...files, shares: [{ ...nfs, clients: ['0.0.0.0/0'] }, smb] },
      /0\.0\.0\.0\/0/,
      /by default that is everybody/,
    ],
    ['NFS alone', { ...files, shares: [nfs] }, /NFS only/, /password/],
    [
      'a share that cannot reach its bucket',
      { ...files, shares: [{ ...nfs, status: 'UNAVAILABLE' }, smb] },
      /UNAVAILABLE/,
      /role/,
    ],
    [
      'somebody else’s bucket',
      { ...files, shares: [{ ...nfs, bucket: 'mine-of-old' }, smb] },
      /mine-of-old/,
      /one bucket/,
    ],
    ['a share of another gateway', { ...files, shares: [{ ...nfs, gateway: 'arn:other' }, smb] }, /SMB only/, /both/],
  ])('%s fails', (_what, seen, actual, hint) => {
    expect(check('deploy-file-gateway', seen)).toMatchObject(failure(actual, hint));
  });
});
