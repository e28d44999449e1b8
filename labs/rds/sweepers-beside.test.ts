// Sweepers of what stands beside the databases: secrets and keys that go in their own time, alarms, logs, the topic.

import * as CW from '@aws-sdk/client-cloudwatch';
import * as Logs from '@aws-sdk/client-cloudwatch-logs';
import * as KMS from '@aws-sdk/client-kms';
import * as RDS from '@aws-sdk/client-rds';
import * as Secrets from '@aws-sdk/client-secrets-manager';
import * as SNS from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { owning } from '../../test/support/fake-aws';
import { sweeping } from '../../test/support/sweeping';
import { sweepers } from './sweepers';

const { found, idsOf, of, remove } = sweeping(sweepers);
const cloudwatch = mockClient(CW.CloudWatchClient);
const logs = mockClient(Logs.CloudWatchLogsClient);
const kms = mockClient(KMS.KMSClient);
const secrets = mockClient(Secrets.SecretsManagerClient);
const sns = mockClient(SNS.SNSClient);
const rds = mockClient(RDS.RDSClient);
beforeEach(() => {
  for (const mock of [cloudwatch, logs, kms, secrets, sns, rds]) mock.reset();
  rds.on(RDS.DescribeDBInstancesCommand).resolves({ DBInstances: [] });
});

const Tags = [{ Key: 'worklab:run', Value: 'abc123' }];
const DURING = new Date('2026-11-22T10:30:00Z');
const BEFORE = new Date('2026-11-22T09:59:59Z');
const error = (name: string): Error => Object.assign(new Error(name), { name });

describe('secrets', () => {
  const managed = (ARN: string, database: string) => ({
    ARN,
    Name: `rds!db-${ARN}`,
    Tags: [{ Key: 'aws:rds:primaryDBInstanceArn', Value: `arn:aws:rds:us-east-1:1:db:${database}` }],
  });

  test('are the run’s by tag, name or database, on the second page too; those on their way are told with their day', async () => {
    secrets
      .on(Secrets.ListSecretsCommand)
      .resolvesOnce({ SecretList: [{ ARN: '1', Tags }, managed('2', 'worklab-abc123-mysql')], NextToken: 'more' })
      .resolvesOnce({
        SecretList: [
          { ARN: '3', Name: 'worklab-abc123-login' },
          managed('9', 'other'),
          { ARN: '4', Tags, DeletedDate: new Date('2026-11-22T10:00:00Z') },
        ],
      });
    expect(await found('secretsmanager:secret')).toEqual([
      ...['1', '2', '3'].map((id) => ({ kind: 'secretsmanager:secret', id })),
      { kind: 'secretsmanager:secret', id: '4', why: expect.stringContaining('2026-11-22') },
    ]);
    expect(secrets.commandCalls(Secrets.ListSecretsCommand)[0]?.args[0].input).toMatchObject({
      IncludePlannedDeletion: true,
    });
  });

  test('of a database that stands go with it, as do its logs', async () => {
    rds
      .on(RDS.DescribeDBInstancesCommand)
      .resolvesOnce({ DBInstances: [{ DBInstanceIdentifier: 'x' }], Marker: 'more' })
      .resolves({ DBInstances: [{ DBInstanceIdentifier: 'worklab-abc123-mysql' }] });
    secrets.on(Secrets.ListSecretsCommand).resolves({ SecretList: [managed('2', 'worklab-abc123-mysql')] });
    expect(await found('secretsmanager:secret')).toEqual([]);
    const logGroups = [{ logGroupName: '/aws/rds/instance/worklab-abc123-mysql/error' }];
    logs.on(Logs.DescribeLogGroupsCommand).resolves({ logGroups });
    expect(await found('logs:log-group')).toEqual([]);
  });

  test('go at once, after the databases', async () => {
    await remove('secretsmanager:secret', '1');
    expect(secrets.commandCalls(Secrets.DeleteSecretCommand)[0]?.args[0].input).toMatchObject({
      ForceDeleteWithoutRecovery: true,
    });
    expect(of('secretsmanager:secret').after).toContain('rds:db');
  });
});

describe('keys', () => {
  const customers = { KeyManager: 'CUSTOMER' as const, KeyState: 'Enabled' as const };

  test('are the run’s by alias or tag, on the second page too; RDS’s own is nobody’s', async () => {
    kms.on(KMS.ListAliasesCommand).resolvesOnce({
      Aliases: [{ AliasName: 'alias/aws/rds', TargetKeyId: 'k-0' }],
      Truncated: true,
      NextMarker: 'more',
    });
    kms
      .on(KMS.ListAliasesCommand, { Marker: 'more' })
      .resolves({ Aliases: [{ AliasName: 'alias/worklab-abc123-db', TargetKeyId: 'k-2' }] });
    kms
      .on(KMS.ListKeysCommand)
      .resolvesOnce({ Keys: [{ KeyId: 'k-0' }, { KeyId: 'k-1' }], Truncated: true, NextMarker: 'more' });
    kms.on(KMS.ListKeysCommand, { Marker: 'more' }).resolves({ Keys: [{ KeyId: 'k-2' }, { KeyId: 'k-9' }] });
    kms.on(KMS.DescribeKeyCommand).resolves({ KeyMetadata: { KeyId: '', ...customers } });
    kms.on(KMS.ListResourceTagsCommand).resolves({ Tags: [] });
    kms
      .on(KMS.ListResourceTagsCommand, { KeyId: 'k-1' })
      .resolves({ Tags: [{ TagKey: 'worklab:run', TagValue: 'abc123' }] });
    expect(await idsOf('kms:key')).toEqual(['k-1', 'k-2']);
  });

  test('on their way count as gone, and are told with their day', async () => {
    const DeletionDate = new Date('2026-11-29T10:00:00Z');
    kms
      .on(KMS.ListAliasesCommand)
      .resolves({ Aliases: [{ AliasName: 'alias/worklab-abc123-db', TargetKeyId: 'k-1' }] });
    kms.on(KMS.ListKeysCommand).resolves({ Keys: [{ KeyId: 'k-1' }] });
    const KeyMetadata = { KeyId: 'k-1', ...customers, KeyState: 'PendingDeletion' as const, DeletionDate };
    kms.on(KMS.DescribeKeyCommand).resolves({ KeyMetadata });
    expect(await found('kms:key')).toEqual([{ kind: 'kms:key', id: 'k-1', why: 'will be deleted on 2026-11-29' }]);
  });

  test('go in the shortest time there is, last of all', async () => {
    await remove('kms:key', 'k-1');
    expect(kms.commandCalls(KMS.ScheduleKeyDeletionCommand)[0]?.args[0].input).toEqual({
      KeyId: 'k-1',
      PendingWindowInDays: 7,
    });
    expect(of('kms:key').after).toEqual(expect.arrayContaining(['rds:db', 'rds:snapshot']));
  });
});

describe('beside the database', () => {
  test('alarms: by name, database or tag, on the second page too', async () => {
    const watching = [{ Name: 'DBInstanceIdentifier', Value: 'by-hand' }];
    cloudwatch
      .on(CW.DescribeAlarmsCommand)
      .resolvesOnce({
        MetricAlarms: [{ AlarmName: 'worklab-abc123-database-cpu-high' }, { AlarmName: 'x' }],
        NextToken: 'more',
      })
      .resolvesOnce({
        MetricAlarms: [
          { AlarmName: 'y', Dimensions: watching },
          { AlarmName: 'z', AlarmArn: 'z' },
        ],
      });
    cloudwatch.on(CW.ListTagsForResourceCommand).resolves({ Tags: [] });
    cloudwatch.on(CW.ListTagsForResourceCommand, { ResourceARN: 'z' }).resolves({ Tags });
    expect(await idsOf('cloudwatch:alarm', owning('by-hand'))).toEqual(['worklab-abc123-database-cpu-high', 'y', 'z']);
    cloudwatch.on(CW.DeleteAlarmsCommand).rejects(error('ResourceNotFound'));
    await remove('cloudwatch:alarm', 'y');
  });

  test('dashboards: by name, on the second page too', async () => {
    cloudwatch
      .on(CW.ListDashboardsCommand)
      .resolvesOnce({ DashboardEntries: [{ DashboardName: 'x' }], NextToken: 'more' })
      .resolvesOnce({ DashboardEntries: [{ DashboardName: 'worklab-abc123-database' }] });
    expect(await idsOf('cloudwatch:dashboard')).toEqual(['worklab-abc123-database']);
    cloudwatch.on(CW.DeleteDashboardsCommand).rejects(error('DashboardNotFoundError'));
    await remove('cloudwatch:dashboard', 'worklab-abc123-database');
  });

  test('log groups: by database, on the second page too; the one of all databases is pointed at', async () => {
    logs
      .on(Logs.DescribeLogGroupsCommand)
      .resolvesOnce({
        logGroups: [{ logGroupName: '/aws/rds/instance/worklab-abc123-mysql/error' }],
        nextToken: 'more',
      })
      .resolvesOnce({
        logGroups: [
          { logGroupName: '/aws/rds/instance/other/error' },
          { logGroupName: '/aws/rds/instance/by-hand/postgresql' },
          { logGroupName: 'RDSOSMetrics', creationTime: DURING.getTime() },
        ],
      });
    expect(await found('logs:log-group', owning('by-hand'))).toEqual([
      { kind: 'logs:log-group', id: '/aws/rds/instance/worklab-abc123-mysql/error' },
      { kind: 'logs:log-group', id: '/aws/rds/instance/by-hand/postgresql' },
      { kind: 'logs:log-group', id: 'RDSOSMetrics', why: expect.stringContaining('every database') },
    ]);
    logs
      .on(Logs.DescribeLogGroupsCommand)
      .resolves({ logGroups: [{ logGroupName: 'RDSOSMetrics', creationTime: BEFORE.getTime() }] });
    expect(await found('logs:log-group')).toEqual([]);
    expect(of('logs:log-group').after).toContain('rds:db');
    logs.on(Logs.DeleteLogGroupCommand).rejects(error('ResourceNotFoundException'));
    await remove('logs:log-group', 'x');
  });

  test('topics: by name or tag, on the second page too', async () => {
    const topic = (name: string) => ({ TopicArn: `arn:aws:sns:us-east-1:1:${name}` });
    sns
      .on(SNS.ListTopicsCommand)
      .resolvesOnce({ Topics: [topic('worklab-abc123-database'), topic('x')], NextToken: 'more' })
      .resolvesOnce({ Topics: [topic('tagged')] });
    sns.on(SNS.ListTagsForResourceCommand).resolves({ Tags: [] });
    sns.on(SNS.ListTagsForResourceCommand, { ResourceArn: topic('tagged').TopicArn }).resolves({ Tags });
    expect(await idsOf('sns:topic')).toEqual([topic('worklab-abc123-database').TopicArn, topic('tagged').TopicArn]);
    sns.on(SNS.DeleteTopicCommand).rejects(error('NotFoundException'));
    await remove('sns:topic', 'x');
  });
});
