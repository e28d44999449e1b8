// The sweeper of what stands beside the gateways: snapshots.

import * as EC2 from '@aws-sdk/client-ec2';
import { mockClient } from 'aws-sdk-client-mock';
import { owning } from '../../test/support/fake-aws';
import { sweeping } from '../../test/support/sweeping';
import { sweepers } from './sweepers';

const { idsOf, remove } = sweeping(sweepers);
const ec2 = mockClient(EC2.EC2Client);
beforeEach(() => ec2.reset());

const Tags = [{ Key: 'worklab:run', Value: 'abc123' }];
const MORE = { NextToken: 'more' };
const GATEWAY = 'arn:aws:storagegateway:us-east-1:1:gateway/sgw-12AB34CD';
const gone = (name: string): Error => Object.assign(new Error('gone'), { name });

test('snapshots are the run’s by tag, description or volume, whatever the case of its id, on the second page too', async () => {
  const volume = `${GATEWAY}/volume/vol-0A1B2C3D`;
  ec2
    .on(EC2.DescribeSnapshotsCommand)
    .resolvesOnce({
      Snapshots: [
        { SnapshotId: 'snap-1', Tags },
        { SnapshotId: 'snap-9', VolumeId: 'vol-9' },
      ],
      ...MORE,
    })
    .resolvesOnce({
      Snapshots: [
        { SnapshotId: 'snap-2', VolumeId: 'vol-0a1b2c3d' },
        { SnapshotId: 'snap-3', Description: 'worklab-abc123-cached' },
        { SnapshotId: 'snap-4', VolumeId: 'vol-ffffffff', Description: 'of sgw-12ab34cd, daily' },
        { SnapshotId: 'snap-8', VolumeId: 'vol-0a1b2c3d4' },
      ],
    });
  expect(await idsOf('ec2:snapshot', owning(GATEWAY, volume))).toEqual(['snap-1', 'snap-2', 'snap-3', 'snap-4']);
  ec2.on(EC2.DeleteSnapshotCommand).rejects(gone('InvalidSnapshot.NotFound'));
  await remove('ec2:snapshot', 'snap-1');
});
