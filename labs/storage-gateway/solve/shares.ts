// A file gateway → its two shares of the run's bucket.

import { randomBytes } from 'node:crypto';
import {
  CreateNFSFileShareCommand,
  CreateSMBFileShareCommand,
  SetSMBGuestPasswordCommand,
  StorageGatewayClient,
  UpdateNFSFileShareCommand,
} from '@aws-sdk/client-storage-gateway';
import { type Aws, meets, type RunScope, waitUntil } from '../../../lib/kit';
import { BUCKETS, nfsShares, rolesFor, smbShares } from '../demands';
import { NETWORK_CIDR } from '../facts';
import { integration } from '../observe/integration';
import { fileGateways, type Share } from '../observe/shares';
import { integrate } from './cloud';
import { gateway } from './gateway';
import { runTag } from './ground';

/** Seconds until a new share can be mounted. */
const A_SHARE = 300;

export async function fileGateway(aws: Aws, scope: RunScope): Promise<void> {
  const { bucket, role } = await behind(aws, scope);
  const { arn } = await gateway(aws, scope, 'file');
  const client = aws.client(StorageGatewayClient);
  const common = {
    GatewayARN: arn,
    Role: role,
    LocationARN: `arn:aws:s3:::${bucket}`,
    Tags: [runTag(scope)],
  };
  const known = await sharesOf(aws, scope, arn);
  const nfs = known.find(({ protocol }) => protocol === 'NFS');
  if (nfs === undefined) {
    const share = { ...common, ClientToken: `${scope.prefix}-nfs-${randomBytes(4).toString('hex')}` };
    await client.send(
      new CreateNFSFileShareCommand({ ...share, FileShareName: `${scope.prefix}-nfs`, ClientList: [NETWORK_CIDR] }),
    );
  } else if (!nfs.clients.every((one) => one.startsWith('10.44.'))) {
    await client.send(new UpdateNFSFileShareCommand({ FileShareARN: nfs.arn, ClientList: [NETWORK_CIDR] }));
  }
  if (!known.some(({ protocol }) => protocol === 'SMB')) {
    // A guest's password that nobody keeps: whoever wants to mount the share sets one.
    const Password = randomBytes(12).toString('base64url');
    await client.send(new SetSMBGuestPasswordCommand({ GatewayARN: arn, Password }));
    const share = { ...common, ClientToken: `${scope.prefix}-smb-${randomBytes(4).toString('hex')}` };
    await client.send(
      new CreateSMBFileShareCommand({ ...share, FileShareName: `${scope.prefix}-smb`, Authentication: 'GuestAccess' }),
    );
  }
  await waitUntil(aws, { for: 'the file shares to be available', seconds: A_SHARE }, async () => {
    const shares = await sharesOf(aws, scope, arn);
    return (
      shares.some((one) => one.protocol === 'NFS' && meets(one, nfsShares(scope.prefix))) &&
      shares.some((one) => one.protocol === 'SMB' && meets(one, smbShares(scope.prefix)))
    );
  });
}

const sharesOf = async (aws: Aws, scope: RunScope, arn: string): Promise<Share[]> =>
  (await fileGateways(aws, scope)).shares.filter(({ gateway: of }) => of === arn);

/** The bucket and the role that the shares name, made first where they are missing. */
async function behind(aws: Aws, scope: RunScope): Promise<{ readonly bucket: string; readonly role: string }> {
  await integrate(aws, scope);
  const { buckets, roles } = await integration(aws, scope);
  const bucket = buckets.find((one) => meets(one, BUCKETS));
  const role = bucket && roles.find((one) => meets(one, rolesFor([bucket])));
  if (bucket === undefined || role === undefined) throw new Error('the bucket of the run or its role is not there');
  return { bucket: bucket.name, role: role.arn };
}
