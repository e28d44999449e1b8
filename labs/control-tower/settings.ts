// The account's defaults: read before the first stack, put back by destroy.

import {
  DisableEbsEncryptionByDefaultCommand,
  DisableSnapshotBlockPublicAccessCommand,
  EC2Client,
  EnableEbsEncryptionByDefaultCommand,
  EnableSnapshotBlockPublicAccessCommand,
  ModifyInstanceMetadataDefaultsCommand,
  type SnapshotBlockPublicAccessState,
} from '@aws-sdk/client-ec2';
import {
  DeletePublicAccessBlockCommand,
  PutPublicAccessBlockCommand,
  S3ControlClient,
} from '@aws-sdk/client-s3-control';
import type { AccountSetting, Aws } from '../../lib/kit';
import { encryption, metadataDefaults, publicBuckets, snapshotSharing } from './observe/baseline';

const ec2 = (aws: Aws): EC2Client => aws.client(EC2Client);

const ebsEncryption: AccountSetting = {
  kind: 'ec2:ebs-encryption-by-default',
  read: encryption,
  restore: async (aws, was) => {
    if (was === true) await ec2(aws).send(new EnableEbsEncryptionByDefaultCommand({}));
    else await ec2(aws).send(new DisableEbsEncryptionByDefaultCommand({}));
  },
};

const snapshots: AccountSetting = {
  kind: 'ec2:snapshot-block-public-access',
  read: snapshotSharing,
  restore: async (aws, was) => {
    const State = String(was) as SnapshotBlockPublicAccessState;
    if (State === 'unblocked') await ec2(aws).send(new DisableSnapshotBlockPublicAccessCommand({}));
    else await ec2(aws).send(new EnableSnapshotBlockPublicAccessCommand({ State }));
  },
};

/** What was never set is read as no preference, and put back as that. */
const metadata: AccountSetting = {
  kind: 'ec2:instance-metadata-defaults',
  read: async (aws) => ({ ...(await metadataDefaults(aws)) }),
  restore: async (aws, was) => {
    await ec2(aws).send(new ModifyInstanceMetadataDefaultsCommand(was as object));
  },
};

const buckets: AccountSetting = {
  kind: 's3:account-public-access-block',
  read: publicBuckets,
  restore: async (aws, was) => {
    const AccountId = aws.account;
    const client = aws.client(S3ControlClient);
    if (was === null) await client.send(new DeletePublicAccessBlockCommand({ AccountId }));
    else {
      const PublicAccessBlockConfiguration = was as Readonly<Record<string, boolean>>;
      await client.send(new PutPublicAccessBlockCommand({ AccountId, PublicAccessBlockConfiguration }));
    }
  },
};

export const settings: readonly AccountSetting[] = [ebsEncryption, snapshots, metadata, buckets];
