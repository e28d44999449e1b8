// Whatever is changed behind worklab's back changes the verdict; and solving it again puts it right. In the sandbox.

import { CloudWatchClient, DeleteAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { AuthorizeSecurityGroupIngressCommand, EC2Client } from '@aws-sdk/client-ec2';
import * as RDS from '@aws-sdk/client-rds';
import { SCOPE } from '../../test/support/fake-aws';
import { type Change, labInSandbox, testChanges } from '../../test/support/lab-in-sandbox';
import lab from './lab';
import { see } from './see';

const standing = labInSandbox('rds', lab);
const { config, eyes } = standing;
const rds = () => new RDS.RDSClient(config());

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
      const client = new EC2Client(config());
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
      const client = new CloudWatchClient(config());
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

testChanges(standing, CHANGES);

test('what waits for the maintenance window is seen to wait', async () => {
  await rds().send(new RDS.ModifyDBInstanceCommand({ DBInstanceIdentifier, MultiAZ: false }));
  const seen = await see.databases(eyes(), SCOPE);
  expect(seen.find(({ id }) => id === DBInstanceIdentifier)).toMatchObject({
    multiAz: true,
    waiting: { MultiAZ: false },
  });
  await modify({ MultiAZ: true });
});
