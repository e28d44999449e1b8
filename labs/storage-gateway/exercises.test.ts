// Whatever is changed behind worklab's back changes the verdict; and solving it again puts it right. In the sandbox.

import { CloudWatchClient, DeleteDashboardsCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, DeleteLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { EC2Client, StopInstancesCommand } from '@aws-sdk/client-ec2';
import { IAMClient, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import { DeleteBucketLifecycleCommand, DeleteBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import * as SGW from '@aws-sdk/client-storage-gateway';
import { ACCOUNT } from '../../test/support/client-config';
import { SCOPE } from '../../test/support/fake-aws';
import { type Change, labInSandbox, testChanges } from '../../test/support/lab-in-sandbox';
import { bucketName } from './facts';
import lab from './lab';
import { see } from './see';

const standing = labInSandbox('storage-gateway', lab);
const { config, eyes } = standing;
const sgw = () => new SGW.StorageGatewayClient(config());

const first = <Thing>([thing]: readonly Thing[]): Thing => {
  if (thing === undefined) throw new Error('there is none');
  return thing;
};
const bucket = bucketName(SCOPE.prefix, ACCOUNT);
const gatewayOf = async (type: string) => first((await see.tuned(eyes(), SCOPE)).filter((one) => one.type === type));

const CHANGES: Readonly<Record<string, Change>> = {
  'the lifecycle rules deleted': {
    fails: 'integrate-with-s3',
    change: () => new S3Client(config()).send(new DeleteBucketLifecycleCommand({ Bucket: bucket })),
  },
  'the bucket policy deleted': {
    fails: 'integrate-with-s3',
    change: () => new S3Client(config()).send(new DeleteBucketPolicyCommand({ Bucket: bucket })),
  },
  'a role for anybody’s gateway': {
    fails: 'integrate-with-s3',
    change: () => {
      const Statement = [
        { Effect: 'Allow', Principal: { Service: 'storagegateway.amazonaws.com' }, Action: 'sts:AssumeRole' },
      ];
      const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
      const RoleName = `${SCOPE.prefix}-gateway`;
      return new IAMClient(config()).send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument }));
    },
  },
  'the log group deleted': {
    fails: 'integrate-with-s3',
    change: () =>
      new CloudWatchLogsClient(config()).send(
        new DeleteLogGroupCommand({ logGroupName: `/${SCOPE.prefix}/storage-gateway` }),
      ),
  },
  'an NFS share for everybody': {
    fails: 'deploy-file-gateway',
    change: async () => {
      const { shares } = await see.fileGateways(eyes(), SCOPE);
      const FileShareARN = shares.find(({ protocol }) => protocol === 'NFS')?.arn;
      return sgw().send(new SGW.UpdateNFSFileShareCommand({ FileShareARN, ClientList: ['0.0.0.0/0'] }));
    },
  },
  'the SMB share deleted': {
    fails: 'deploy-file-gateway',
    change: async () => {
      const { shares } = await see.fileGateways(eyes(), SCOPE);
      const FileShareARN = shares.find(({ protocol }) => protocol === 'SMB')?.arn;
      return sgw().send(new SGW.DeleteFileShareCommand({ FileShareARN, ForceDelete: true }));
    },
  },
  'the host stopped': {
    fails: 'deploy-file-gateway',
    change: async () => {
      const { instance = '' } = await gatewayOf('FILE_S3');
      return new EC2Client(config()).send(new StopInstancesCommand({ InstanceIds: [instance] }));
    },
  },
  'the credentials of a volume deleted': {
    fails: 'deploy-volume-gateway',
    change: async () => {
      const { volumes } = await see.volumeGateways(eyes(), SCOPE);
      const TargetARN = first(volumes.filter(({ mode }) => mode === 'cached')).target;
      const { ChapCredentials = [] } = await sgw().send(new SGW.DescribeChapCredentialsCommand({ TargetARN }));
      const { InitiatorName } = first(ChapCredentials);
      return sgw().send(new SGW.DeleteChapCredentialsCommand({ TargetARN, InitiatorName }));
    },
  },
  'the stored volume deleted': {
    fails: 'store-volume-locally',
    change: async () => {
      const { volumes } = await see.volumeGateways(eyes(), SCOPE);
      const { arn } = first(volumes.filter(({ mode }) => mode === 'stored'));
      return sgw().send(new SGW.DeleteVolumeCommand({ VolumeARN: arn }));
    },
  },
  'the tape deleted': {
    fails: 'deploy-tape-gateway',
    change: async () => {
      const { arn, gateway } = first((await see.tapeGateways(eyes(), SCOPE)).tapes);
      return sgw().send(new SGW.DeleteTapeCommand({ TapeARN: arn, GatewayARN: gateway }));
    },
  },
  'the schedule emptied': {
    fails: 'tune-gateway',
    change: async () => {
      const { arn } = first((await see.tuned(eyes(), SCOPE)).filter(({ scheduled }) => scheduled.length > 0));
      const none = { GatewayARN: arn, BandwidthRateLimitIntervals: [] };
      return sgw().send(new SGW.UpdateBandwidthRateLimitScheduleCommand(none));
    },
  },
  'the dashboard deleted': {
    fails: 'watch-gateway',
    change: () =>
      new CloudWatchClient(config()).send(
        new DeleteDashboardsCommand({ DashboardNames: [`${SCOPE.prefix}-gateways`] }),
      ),
  },
};

testChanges(standing, CHANGES);

test('what is done already is left alone', async () => {
  const { solved: done } = await standing.solved();
  expect(done.flatMap(({ did }) => did)).toEqual([]);
});
