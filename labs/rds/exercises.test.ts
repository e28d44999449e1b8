// Whatever is changed behind worklab's back changes the verdict; and solving it again puts it right. In the sandbox.

import { CloudFormationClient, CreateStackCommand, waitUntilStackCreateComplete } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, type CloudWatchClientConfig, DeleteAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { AuthorizeSecurityGroupIngressCommand, EC2Client, type EC2ClientConfig } from '@aws-sdk/client-ec2';
import * as RDS from '@aws-sdk/client-rds';
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
const config = () => clientConfig(session()) as RDS.RDSClientConfig;
const rds = (): RDS.RDSClient => new RDS.RDSClient(config());
const asked = (...ids: readonly string[]) =>
  lab.exercises
    .filter(({ id, extra }) => (ids.length === 0 ? extra !== true : ids.includes(id)))
    .map((exercise) => ({ lab: 'rds', exercise }));

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
    ['rds', lab],
  ] as const) {
    const StackName = `${SCOPE.prefix}-${id}`;
    const { templates } = await synthesizeLab(id, one, 'full');
    const Tags = [{ Key: SCOPE.tag.key, Value: SCOPE.tag.value }];
    const TemplateBody = JSON.stringify(templates[id]);
    await client.send(new CreateStackCommand({ StackName, TemplateBody, Tags }));
    await waitUntilStackCreateComplete({ client, minDelay: 1, maxDelay: 2, maxWaitTime: 60 }, { StackName });
  }
  await solved();
}, INSTALL_TIMEOUT);

const DBInstanceIdentifier = `${SCOPE.prefix}-mysql`;
const shown = async (id = DBInstanceIdentifier): Promise<RDS.DBInstance> =>
  (await rds().send(new RDS.DescribeDBInstancesCommand({ DBInstanceIdentifier: id }))).DBInstances?.[0] ?? {};

/** Changes the database at once, and waits until it is changed. */
async function modify(change: Partial<RDS.ModifyDBInstanceCommandInput>): Promise<void> {
  await rds().send(new RDS.ModifyDBInstanceCommand({ ...change, DBInstanceIdentifier, ApplyImmediately: true }));
  const isDone = async () => {
    const { DBInstanceStatus, PendingModifiedValues = {} } = await shown();
    return DBInstanceStatus === 'available' && Object.keys(PendingModifiedValues).length === 0;
  };
  while (!(await isDone())) await new Promise((resolve) => setTimeout(resolve, 100));
}

interface Change {
  readonly fails: string;
  readonly change: () => Promise<unknown>;
  /** Takes away what the change left beside what was solved. */
  readonly after?: () => Promise<unknown>;
}

const PROMOTED = `${DBInstanceIdentifier}-replica`;
const CHANGES: Readonly<Record<string, Change>> = {
  'the database made public': { fails: 'launch-database', change: () => modify({ PubliclyAccessible: true }) },
  'the standby given up': { fails: 'stand-by-in-another-zone', change: () => modify({ MultiAZ: false }) },
  'another window': {
    fails: 'maintain-and-upgrade',
    change: () => modify({ PreferredMaintenanceWindow: 'wed:06:00-wed:07:00' }),
  },
  'a log that is exported no more': {
    fails: 'watch-database',
    change: () => modify({ CloudwatchLogsExportConfiguration: { DisableLogTypes: ['audit'] } }),
  },
  'the default parameter group': {
    fails: 'tune-groups',
    change: () => modify({ DBParameterGroupName: 'default.mysql8.4' }),
  },
  'logins without TLS': {
    fails: 'encrypt-database',
    change: () => {
      const parameter = {
        ParameterName: 'require_secure_transport',
        ParameterValue: '0',
        ApplyMethod: 'immediate',
      } as const;
      const DBParameterGroupName = `${SCOPE.prefix}-mysql`;
      return rds().send(new RDS.ModifyDBParameterGroupCommand({ DBParameterGroupName, Parameters: [parameter] }));
    },
  },
  'the port opened to the world': {
    fails: 'place-database',
    change: async () => {
      const GroupId = (await shown()).VpcSecurityGroups?.[0]?.VpcSecurityGroupId;
      const everybody = { IpProtocol: 'tcp', FromPort: 3306, ToPort: 3306, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
      const client = new EC2Client(clientConfig(session()) as EC2ClientConfig);
      return client.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [everybody] }));
    },
  },
  'the snapshot deleted': {
    fails: 'back-up-and-restore',
    change: () => rds().send(new RDS.DeleteDBSnapshotCommand({ DBSnapshotIdentifier: `${SCOPE.prefix}-snapshot` })),
  },
  'the replica promoted': {
    fails: 'add-read-replica',
    change: () => rds().send(new RDS.PromoteReadReplicaCommand({ DBInstanceIdentifier: PROMOTED })),
    after: async () => {
      await rds().send(new RDS.DeleteDBInstanceCommand({ DBInstanceIdentifier: PROMOTED, SkipFinalSnapshot: true }));
      const wait = { client: rds(), minDelay: 1, maxDelay: 1, maxWaitTime: 30 };
      await RDS.waitUntilDBInstanceDeleted(wait, { DBInstanceIdentifier: PROMOTED });
    },
  },
  'an alarm deleted': {
    fails: 'watch-database',
    change: () => {
      const client = new CloudWatchClient(clientConfig(session()) as CloudWatchClientConfig);
      return client.send(new DeleteAlarmsCommand({ AlarmNames: [`${SCOPE.prefix}-database-cpu-high`] }));
    },
  },
  'the subscription turned off': {
    fails: 'watch-database',
    change: () => {
      const off = { SubscriptionName: `${SCOPE.prefix}-database`, Enabled: false };
      return rds().send(new RDS.ModifyEventSubscriptionCommand(off));
    },
  },
};

test.each(Object.keys(CHANGES))('%s: passed, failed, then solved and passed', async (what) => {
  const { fails = '', change = async () => {}, after = async () => {} } = CHANGES[what] ?? {};
  const before = await verdictOf(fails);

  await change();
  const changed = await verdictOf(fails);
  const { skipped } = await solved(fails);
  const again = await verdictOf(fails);
  await after();

  expect([before, changed, skipped, again]).toEqual(['passed', 'failed', [], 'passed']);
});

test('what waits for the maintenance window is seen to wait', async () => {
  await rds().send(new RDS.ModifyDBInstanceCommand({ DBInstanceIdentifier, MultiAZ: false }));
  const seen = await see.databases(openForReading(session()), SCOPE);
  expect(seen.find(({ id }) => id === DBInstanceIdentifier)).toMatchObject({
    multiAz: true,
    waiting: { MultiAZ: false },
  });
  await modify({ MultiAZ: true });
});
