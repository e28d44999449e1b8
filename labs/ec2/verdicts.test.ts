// Whatever is changed behind worklab's back changes the verdict; and solving it again puts it right. In the sandbox.

import { CloudFormationClient, CreateStackCommand, waitUntilStackCreateComplete } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, DeleteAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import * as EC2 from '@aws-sdk/client-ec2';
import { openForReading } from '../../lib/aws/door';
import { clientConfig, type Session } from '../../lib/aws/session';
import { solve } from '../../lib/solve/solve';
import { verify } from '../../lib/verify/verify';
import { SCOPE } from '../../test/support/fake-aws';
import { synthesizeLab } from '../../test/support/lab-templates';
import { INSTALL_TIMEOUT, sandboxForThisFile } from '../../test/support/sandbox';
import network from '../network/lab';
import lab from './lab';
import { see } from './see';

jest.setTimeout(120_000);
const sandbox = sandboxForThisFile();

const session = (): Session => ({
  target: 'local',
  account: '123456789012',
  region: 'us-east-1',
  endpoint: sandbox().endpoint,
  credentials: async () => ({ accessKeyId: 'test', secretAccessKey: 'test' }),
});
const config = () => clientConfig(session()) as EC2.EC2ClientConfig;
const ec2 = (): EC2.EC2Client => new EC2.EC2Client(config());
const asked = (...ids: readonly string[]) =>
  lab.exercises.filter(({ id }) => ids.length === 0 || ids.includes(id)).map((exercise) => ({ lab: 'ec2', exercise }));

async function verdictOf(id: string): Promise<string | undefined> {
  const world = { aws: openForReading(session()), scope: SCOPE, notEmulated: new Map(), emit: () => {} };
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
  for (const [id, one] of [
    ['network', network],
    ['ec2', lab],
  ] as const) {
    const StackName = `${SCOPE.prefix}-${id}`;
    const { templates } = await synthesizeLab(id, one, 'full');
    const Tags = [{ Key: SCOPE.tag.key, Value: SCOPE.tag.value }];
    const TemplateBody = JSON.stringify(templates[id]);
    await client.send(
      new CreateStackCommand({ StackName, TemplateBody, Tags, Capabilities: ['CAPABILITY_NAMED_IAM'] }),
    );
    await waitUntilStackCreateComplete({ client, minDelay: 1, maxDelay: 2, maxWaitTime: 60 }, { StackName });
  }
  await solved();
}, INSTALL_TIMEOUT);

const machine = async () => (await see.machines(openForReading(session()), SCOPE))[0] ?? fail('no machine');
const fail = (what: string): never => {
  throw new Error(what);
};

const CHANGES: Readonly<Record<string, { readonly fails: string; readonly change: () => Promise<unknown> }>> = {
  'port 22 opened to the world': {
    fails: 'restrict-traffic',
    change: async () => {
      const GroupId = (await machine()).groups[0];
      const everybody = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
      return ec2().send(new EC2.AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [everybody] }));
    },
  },
  'the machine stopped': {
    fails: 'launch-instance',
    change: async () => ec2().send(new EC2.StopInstancesCommand({ InstanceIds: [(await machine()).id] })),
  },
  'a shutdown that terminates': {
    fails: 'manage-instance',
    change: async () => {
      const attribute = { Attribute: 'instanceInitiatedShutdownBehavior', Value: 'terminate' } as const;
      const InstanceId = (await machine()).id;
      return ec2().send(new EC2.ModifyInstanceAttributeCommand({ InstanceId, ...attribute }));
    },
  },
  'metadata without a token': {
    fails: 'bootstrap-instance',
    change: async () => {
      const InstanceId = (await machine()).id;
      return ec2().send(new EC2.ModifyInstanceMetadataOptionsCommand({ InstanceId, HttpTokens: 'optional' }));
    },
  },
  'the key pair deleted': {
    fails: 'set-up-key-pair',
    change: async () => ec2().send(new EC2.DeleteKeyPairCommand({ KeyName: (await machine()).keyName })),
  },
  'the address taken away': {
    fails: 'give-static-address',
    change: async () => {
      const { Addresses = [] } = await ec2().send(new EC2.DescribeAddressesCommand({}));
      return ec2().send(new EC2.DisassociateAddressCommand({ AssociationId: Addresses[0]?.AssociationId }));
    },
  },
  'the volume detached': {
    fails: 'attach-volume',
    change: async () => {
      const volumes = await see.dataVolumes(openForReading(session()), SCOPE);
      const VolumeId = volumes.find(({ attachment }) => attachment)?.id;
      return ec2().send(new EC2.DetachVolumeCommand({ VolumeId }));
    },
  },
  'the snapshot deleted': {
    fails: 'snapshot-volume',
    change: async () => {
      const { snapshots } = await see.storage(openForReading(session()), SCOPE);
      for (const { id: SnapshotId } of snapshots.filter(({ ofImage }) => !ofImage)) {
        await ec2().send(new EC2.DeleteSnapshotCommand({ SnapshotId }));
      }
    },
  },
  'the image made public': {
    fails: 'create-image',
    change: async () => {
      const ImageId = (await see.images(openForReading(session()), SCOPE))[0]?.id;
      const LaunchPermission = { Add: [{ Group: 'all' as const }] };
      return ec2().send(new EC2.ModifyImageAttributeCommand({ ImageId, LaunchPermission }));
    },
  },
  'an alarm deleted': {
    fails: 'watch-instance',
    change: () =>
      new CloudWatchClient(config()).send(new DeleteAlarmsCommand({ AlarmNames: [`${SCOPE.prefix}-cpu-high`] })),
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
