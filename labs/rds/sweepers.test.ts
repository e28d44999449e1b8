// Sweepers of databases and what is RDS's: what they take for the run's on every page, what they only point at, and how it goes.

import * as RDS from '@aws-sdk/client-rds';
import * as TAG from '@aws-sdk/client-resource-groups-tagging-api';
import { mockClient } from 'aws-sdk-client-mock';
import { owning } from '../../test/support/fake-aws';
import { sweeping } from '../../test/support/sweeping';
import { sweepers } from './sweepers';

const { found, idsOf, of, remove } = sweeping(sweepers);
const rds = mockClient(RDS.RDSClient);
const tagging = mockClient(TAG.ResourceGroupsTaggingAPIClient);
beforeEach(() => {
  rds.reset();
  tagging.reset();
});

const Tags = [{ Key: 'worklab:run', Value: 'abc123' }];
const OTHERS = [{ Key: 'worklab:run', Value: 'abc124' }];
const MORE = { Marker: 'more' };
const DURING = new Date('2026-11-22T10:30:00Z');
const BEFORE = new Date('2026-11-22T09:59:59Z');
const error = (name: string): Error => Object.assign(new Error(name), { name });
const sent = (): string[] => rds.calls().map((call) => call.args[0].constructor.name.replace('Command', ''));

describe('databases', () => {
  test('are the run’s by tag, name, source, subnet group or VPC, on the second page too', async () => {
    rds
      .on(RDS.DescribeDBInstancesCommand)
      .resolvesOnce({
        DBInstances: [
          { DBInstanceIdentifier: 'tagged', TagList: Tags },
          { DBInstanceIdentifier: 'other', TagList: OTHERS },
        ],
        ...MORE,
      })
      .resolvesOnce({
        DBInstances: [
          { DBInstanceIdentifier: 'worklab-abc123-mysql' },
          { DBInstanceIdentifier: 'replica', ReadReplicaSourceDBInstanceIdentifier: 'worklab-abc123-mysql' },
          { DBInstanceIdentifier: 'restored', DBSubnetGroup: { DBSubnetGroupName: 'worklab-abc123-isolated' } },
          { DBInstanceIdentifier: 'by-hand', DBSubnetGroup: { VpcId: 'vpc-1' } },
          { DBInstanceIdentifier: 'worklab-abc1234-mysql' },
        ],
      });
    const scope = owning('worklab-abc123-mysql', 'worklab-abc123-isolated', 'vpc-1');
    expect(await idsOf('rds:db', scope)).toEqual(['tagged', 'worklab-abc123-mysql', 'replica', 'restored', 'by-hand']);
  });

  test('made during the run and not marked are pointed at, never taken', async () => {
    rds.on(RDS.DescribeDBInstancesCommand).resolves({
      DBInstances: [
        { DBInstanceIdentifier: 'new', InstanceCreateTime: DURING },
        { DBInstanceIdentifier: 'old', InstanceCreateTime: BEFORE },
        { DBInstanceIdentifier: 'others', InstanceCreateTime: DURING, TagList: OTHERS },
      ],
    });
    expect(await found('rds:db')).toEqual([
      { kind: 'rds:db', id: 'new', why: expect.stringContaining('without its tag') },
    ]);
  });

  test('go without a snapshot and with their backups, replicas first, whatever protects them', async () => {
    const source = { DBInstanceIdentifier: 'a', DeletionProtection: true, ReadReplicaDBInstanceIdentifiers: ['b'] };
    const gone = error('DBInstanceNotFoundFault');
    rds
      .on(RDS.DescribeDBInstancesCommand, { DBInstanceIdentifier: 'a' })
      .resolvesOnce({ DBInstances: [source] })
      .rejects(gone);
    rds
      .on(RDS.DescribeDBInstancesCommand, { DBInstanceIdentifier: 'b' })
      .resolvesOnce({ DBInstances: [{ DBInstanceIdentifier: 'b' }] })
      .rejects(gone);

    await remove('rds:db', 'a');

    const deleted = rds.commandCalls(RDS.DeleteDBInstanceCommand).map((call) => call.args[0].input);
    expect(deleted).toEqual(
      ['b', 'a'].map((DBInstanceIdentifier) => ({
        DBInstanceIdentifier,
        SkipFinalSnapshot: true,
        DeleteAutomatedBackups: true,
      })),
    );
    expect(rds.commandCalls(RDS.ModifyDBInstanceCommand)[0]?.args[0].input).toMatchObject({
      DeletionProtection: false,
    });
    expect(sent().at(-1)).toBe('DescribeDBInstances');
  });

  test('that are on their way already are waited for', async () => {
    rds
      .on(RDS.DescribeDBInstancesCommand)
      .resolvesOnce({ DBInstances: [{ DBInstanceIdentifier: 'a', DBInstanceStatus: 'deleting' }] })
      .rejects(error('DBInstanceNotFoundFault'));
    await remove('rds:db', 'a');
    expect(rds.commandCalls(RDS.DeleteDBInstanceCommand)).toHaveLength(0);
  });

  test('in the middle of a change are asked again', async () => {
    rds
      .on(RDS.DescribeDBInstancesCommand)
      .resolvesOnce({ DBInstances: [{ DBInstanceIdentifier: 'a' }] })
      .resolvesOnce({ DBInstances: [{ DBInstanceIdentifier: 'a', DBInstanceStatus: 'modifying' }] })
      .rejects(error('DBInstanceNotFoundFault'));
    rds.on(RDS.DeleteDBInstanceCommand).rejectsOnce(error('InvalidDBInstanceStateFault')).resolves({});
    await remove('rds:db', 'a');
    expect(rds.commandCalls(RDS.DeleteDBInstanceCommand)).toHaveLength(2);
  });
});

describe('blue/green deployments', () => {
  test('are the run’s by tag, name or source, and go before the databases', async () => {
    rds
      .on(RDS.DescribeBlueGreenDeploymentsCommand)
      .resolvesOnce({ BlueGreenDeployments: [{ BlueGreenDeploymentIdentifier: 'bgd-1', TagList: Tags }], ...MORE })
      .resolvesOnce({
        BlueGreenDeployments: [
          { BlueGreenDeploymentIdentifier: 'bgd-2', Source: 'arn:aws:rds:us-east-1:1:db:worklab-abc123-mysql' },
          { BlueGreenDeploymentIdentifier: 'bgd-9', Source: 'arn:aws:rds:us-east-1:1:db:other' },
        ],
      });
    expect(await idsOf('rds:deployment')).toEqual(['bgd-1', 'bgd-2']);
    expect(of('rds:db').after).toContain('rds:deployment');
  });

  test('take the green database along, unless they have switched over', async () => {
    rds.on(RDS.DeleteBlueGreenDeploymentCommand, { DeleteTarget: true }).rejects(error('InvalidParameterCombination'));
    rds.on(RDS.DeleteBlueGreenDeploymentCommand).resolves({});
    rds.on(RDS.DeleteBlueGreenDeploymentCommand, { DeleteTarget: true }).rejects(error('InvalidParameterCombination'));
    await remove('rds:deployment', 'bgd-1');
    const asked = rds.commandCalls(RDS.DeleteBlueGreenDeploymentCommand).map((call) => call.args[0].input.DeleteTarget);
    expect(asked).toEqual([true, undefined]);
  });
});

describe('backups', () => {
  test('manual snapshots are the run’s by tag, name or database, on the second page too; automated ones go by themselves', async () => {
    rds
      .on(RDS.DescribeDBSnapshotsCommand)
      .resolvesOnce({
        DBSnapshots: [{ DBSnapshotIdentifier: 'tagged', TagList: Tags }, { DBSnapshotIdentifier: 'x' }],
        ...MORE,
      })
      .resolvesOnce({
        DBSnapshots: [
          { DBSnapshotIdentifier: 'worklab-abc123-snapshot' },
          { DBSnapshotIdentifier: 'of-it', DBInstanceIdentifier: 'worklab-abc123-mysql' },
        ],
      });
    expect(await idsOf('rds:snapshot')).toEqual(['tagged', 'worklab-abc123-snapshot', 'of-it']);
    expect(rds.commandCalls(RDS.DescribeDBSnapshotsCommand)[0]?.args[0].input).toMatchObject({
      SnapshotType: 'manual',
    });
  });

  test('a snapshot that is gone is gone; one that is there is waited for', async () => {
    rds.on(RDS.DeleteDBSnapshotCommand).rejectsOnce(error('DBSnapshotNotFoundFault')).resolves({});
    rds.on(RDS.DescribeDBSnapshotsCommand).rejects(error('DBSnapshotNotFoundFault'));
    await remove('rds:snapshot', 's');
    expect(sent()).toEqual(['DeleteDBSnapshot']);
    await remove('rds:snapshot', 's');
    expect(sent()).toContain('DescribeDBSnapshots');
  });

  test('automated backups are taken when their database is gone, on the second page too', async () => {
    const backup = (DBInstanceIdentifier: string, Status: string) => ({
      DBInstanceIdentifier,
      Status,
      DBInstanceAutomatedBackupsArn: `arn:aws:rds:us-east-1:1:auto-backup:ab-${DBInstanceIdentifier}`,
    });
    rds
      .on(RDS.DescribeDBInstanceAutomatedBackupsCommand)
      .resolvesOnce({
        DBInstanceAutomatedBackups: [backup('worklab-abc123-a', 'retained'), backup('x', 'retained')],
        ...MORE,
      })
      .resolvesOnce({
        DBInstanceAutomatedBackups: [backup('worklab-abc123-b', 'active'), backup('worklab-abc123-c', 'retained')],
      });
    const arns = ['a', 'c'].map((name) => `arn:aws:rds:us-east-1:1:auto-backup:ab-worklab-abc123-${name}`);
    expect(await idsOf('rds:auto-backup')).toEqual(arns);
    await remove('rds:auto-backup', arns[0] ?? '');
    expect(rds.commandCalls(RDS.DeleteDBInstanceAutomatedBackupCommand)[0]?.args[0].input).toEqual({
      DBInstanceAutomatedBackupsArn: arns[0],
    });
  });
});

describe('groups and subscriptions', () => {
  const arn = (rest: string): string => `arn:aws:rds:us-east-1:1:${rest}`;
  beforeEach(() => {
    const tagged = ['pg', 'og', 'subgrp', 'es'].map((type) => ({ ResourceARN: arn(`${type}:tagged`) }));
    tagging.on(TAG.GetResourcesCommand).resolves({ ResourceTagMappingList: tagged });
  });
  const NAMES = ['tagged', 'other', 'worklab-abc123-mine'] as const;

  test('parameter groups: by name or tag, on the second page too, never a default one', async () => {
    const [tagged, other, mine] = NAMES.map((name) => ({
      DBParameterGroupName: name,
      DBParameterGroupArn: arn(`pg:${name}`),
    }));
    rds
      .on(RDS.DescribeDBParameterGroupsCommand)
      .resolvesOnce({ DBParameterGroups: [tagged ?? {}, { DBParameterGroupName: 'default.mysql8.4' }], ...MORE })
      .resolvesOnce({ DBParameterGroups: [other ?? {}, mine ?? {}] });
    expect(await idsOf('rds:pg')).toEqual(['tagged', 'worklab-abc123-mine']);
    rds.on(RDS.DeleteDBParameterGroupCommand).rejects(error('DBParameterGroupNotFoundFault'));
    await remove('rds:pg', 'tagged');
  });

  test('option groups: by name or tag, on the second page too, after the snapshots that need them', async () => {
    const [tagged, other, mine] = NAMES.map((name) => ({ OptionGroupName: name, OptionGroupArn: arn(`og:${name}`) }));
    rds
      .on(RDS.DescribeOptionGroupsCommand)
      .resolvesOnce({ OptionGroupsList: [tagged ?? {}, { OptionGroupName: 'default:mysql-8-4' }], ...MORE })
      .resolvesOnce({ OptionGroupsList: [other ?? {}, mine ?? {}] });
    expect(await idsOf('rds:og')).toEqual(['tagged', 'worklab-abc123-mine']);
    expect(of('rds:og').after).toEqual(expect.arrayContaining(['rds:db', 'rds:snapshot']));
    rds.on(RDS.DeleteOptionGroupCommand).rejects(error('OptionGroupNotFoundFault'));
    await remove('rds:og', 'tagged');
  });

  test('subnet groups: by name, tag or VPC, on the second page too', async () => {
    const [tagged, other, mine] = NAMES.map((name) => ({
      DBSubnetGroupName: name,
      DBSubnetGroupArn: arn(`subgrp:${name}`),
    }));
    rds
      .on(RDS.DescribeDBSubnetGroupsCommand)
      .resolvesOnce({ DBSubnetGroups: [tagged ?? {}, other ?? {}], ...MORE })
      .resolvesOnce({ DBSubnetGroups: [mine ?? {}, { DBSubnetGroupName: 'inside', VpcId: 'vpc-1' }] });
    expect(await idsOf('rds:subgrp', owning('vpc-1'))).toEqual(['tagged', 'worklab-abc123-mine', 'inside']);
    rds.on(RDS.DeleteDBSubnetGroupCommand).rejects(error('DBSubnetGroupNotFoundFault'));
    await remove('rds:subgrp', 'tagged');
  });

  test('event subscriptions: by name, tag or topic, on the second page too', async () => {
    const [tagged, other, mine] = NAMES.map((name) => ({
      CustSubscriptionId: name,
      EventSubscriptionArn: arn(`es:${name}`),
    }));
    rds
      .on(RDS.DescribeEventSubscriptionsCommand)
      .resolvesOnce({ EventSubscriptionsList: [tagged ?? {}, other ?? {}], ...MORE })
      .resolvesOnce({ EventSubscriptionsList: [mine ?? {}, { CustSubscriptionId: 'to-it', SnsTopicArn: 'topic' }] });
    expect(await idsOf('rds:es', owning('topic'))).toEqual(['tagged', 'worklab-abc123-mine', 'to-it']);
    rds.on(RDS.DeleteEventSubscriptionCommand).rejects(error('SubscriptionNotFoundFault'));
    await remove('rds:es', 'tagged');
  });

  test('tags that may not be asked for are an error', async () => {
    tagging.on(TAG.GetResourcesCommand).rejects(error('AccessDenied'));
    rds
      .on(RDS.DescribeOptionGroupsCommand)
      .resolves({ OptionGroupsList: [{ OptionGroupName: 'x', OptionGroupArn: 'arn' }] });
    await expect(found('rds:og')).rejects.toThrow('AccessDenied');
  });
});
