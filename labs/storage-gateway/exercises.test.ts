// Whatever is changed behind worklab's back changes the verdict; and solving it again puts it right. In the sandbox.

import { CloudFormationClient, CreateStackCommand, waitUntilStackCreateComplete } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, DeleteDashboardsCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, DeleteLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { EC2Client, type EC2ClientConfig, StopInstancesCommand } from '@aws-sdk/client-ec2';
import { IAMClient, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  DeleteBucketLifecycleCommand,
  DeleteBucketPolicyCommand,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import * as SGW from '@aws-sdk/client-storage-gateway';
import { openForReading } from '../../lib/aws/door';
import { clientConfig, type Session } from '../../lib/aws/session';
import { solve } from '../../lib/solve/solve';
import { verify } from '../../lib/verify/verify';
import { SCOPE } from '../../test/support/fake-aws';
import { synthesizeLab } from '../../test/support/lab-templates';
import { INSTALL_TIMEOUT, sandboxForThisFile } from '../../test/support/sandbox';
import network from '../network/lab';
import { bucketName } from './facts';
import lab from './lab';
import { see } from './see';

jest.setTimeout(120_000);
const sandbox = sandboxForThisFile();
const ACCOUNT = '123456789012';

const session = (): Session => ({
  target: 'local',
  account: ACCOUNT,
  region: 'us-east-1',
  endpoint: sandbox().endpoint,
  credentials: async () => ({ accessKeyId: 'test', secretAccessKey: 'test' }),
});
const config = () => clientConfig(session()) as EC2ClientConfig;
const sgw = (): SGW.StorageGatewayClient => new SGW.StorageGatewayClient(config() as SGW.StorageGatewayClientConfig);
const eyes = () => openForReading(session());
const asked = (...ids: readonly string[]) =>
  lab.exercises
    .filter(({ id }) => ids.length === 0 || ids.includes(id))
    .map((exercise) => ({ lab: 'storage-gateway', exercise }));

async function verdictOf(id: string): Promise<string | undefined> {
  const world = { aws: eyes(), scope: SCOPE, notEmulated: new Map(), emit: () => {} };
  return (await verify(asked(id), world))[0]?.status;
}

const solved = (...ids: readonly string[]) =>
  solve(asked(...ids), {
    session: session(),
    scope: SCOPE,
    form: 'full',
    allowed: new Set(),
    emit: () => {},
    append: () => {},
  });

beforeAll(async () => {
  const client = new CloudFormationClient(config());
  const allowed = new Set(lab.exercises.map(({ id }) => id));
  for (const [id, one] of [
    ['network', network],
    ['storage-gateway', lab],
  ] as const) {
    const StackName = `${SCOPE.prefix}-${id}`;
    const { templates } = await synthesizeLab(id, one, 'full', { allowed });
    const Tags = [{ Key: SCOPE.tag.key, Value: SCOPE.tag.value }];
    const TemplateBody = JSON.stringify(templates[id]);
    await client.send(
      new CreateStackCommand({ StackName, TemplateBody, Tags, Capabilities: ['CAPABILITY_NAMED_IAM'] }),
    );
    await waitUntilStackCreateComplete({ client, minDelay: 1, maxDelay: 2, maxWaitTime: 60 }, { StackName });
  }
  const { skipped } = await solved();
  expect(skipped.filter(({ reason }) => !reason.startsWith('a concept'))).toEqual([]);
}, INSTALL_TIMEOUT);

const first = <Thing>([thing]: readonly Thing[]): Thing => {
  if (thing === undefined) throw new Error('there is none');
  return thing;
};
const bucket = bucketName(SCOPE.prefix, ACCOUNT);
const gatewayOf = async (type: string) => first((await see.tuned(eyes(), SCOPE)).filter((one) => one.type === type));

const CHANGES: Readonly<Record<string, { readonly fails: string; readonly change: () => Promise<unknown> }>> = {
  'the lifecycle rules deleted': {
    fails: 'integrate-with-s3',
    change: () => new S3Client(config() as S3ClientConfig).send(new DeleteBucketLifecycleCommand({ Bucket: bucket })),
  },
  'the bucket policy deleted': {
    fails: 'integrate-with-s3',
    change: () => new S3Client(config() as S3ClientConfig).send(new DeleteBucketPolicyCommand({ Bucket: bucket })),
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

test.each(Object.keys(CHANGES))('%s: passed, failed, then solved and passed', async (what) => {
  const { fails = '', change = async () => {} } = CHANGES[what] ?? {};
  const before = await verdictOf(fails);

  await change();
  const changed = await verdictOf(fails);
  const { skipped } = await solved(fails);

  expect([before, changed, skipped, await verdictOf(fails)]).toEqual(['passed', 'failed', [], 'passed']);
});

test('what is done already is left alone', async () => {
  const { solved: done } = await solved();
  expect(done.flatMap(({ did }) => did)).toEqual([]);
});
