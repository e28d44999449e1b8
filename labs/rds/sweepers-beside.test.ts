// Sweepers of what stands beside the databases: secrets, which go in their own time, and logs that are nobody's own.

import * as Logs from '@aws-sdk/client-cloudwatch-logs';
import * as RDS from '@aws-sdk/client-rds';
import * as Secrets from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { sweeping } from '../../test/support/sweeping';
import { sweepers } from './sweepers';

const { found, of, remove } = sweeping(sweepers);
const logs = mockClient(Logs.CloudWatchLogsClient);
const secrets = mockClient(Secrets.SecretsManagerClient);
const rds = mockClient(RDS.RDSClient);
beforeEach(() => {
  for (const mock of [logs, secrets, rds]) mock.reset();
  rds.on(RDS.DescribeDBInstancesCommand).resolves({ DBInstances: [] });
});

const Tags = [{ Key: 'worklab:run', Value: 'abc123' }];
const DURING = new Date('2026-11-22T10:30:00Z');
const BEFORE = new Date('2026-11-22T09:59:59Z');

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

  test('of a database that stands go with it', async () => {
    rds
      .on(RDS.DescribeDBInstancesCommand)
      .resolvesOnce({ DBInstances: [{ DBInstanceIdentifier: 'x' }], Marker: 'more' })
      .resolves({ DBInstances: [{ DBInstanceIdentifier: 'worklab-abc123-mysql' }] });
    secrets.on(Secrets.ListSecretsCommand).resolves({ SecretList: [managed('2', 'worklab-abc123-mysql')] });
    expect(await found('secretsmanager:secret')).toEqual([]);
  });

  test('go at once, after the databases', async () => {
    await remove('secretsmanager:secret', '1');
    expect(secrets.commandCalls(Secrets.DeleteSecretCommand)[0]?.args[0].input).toMatchObject({
      ForceDeleteWithoutRecovery: true,
    });
    expect(of('secretsmanager:secret').after).toContain('rds:db');
  });
});

test('the log group of the databases of all is pointed at where the run may have made it, on the second page too', async () => {
  const groups = (at: Date) => ({ logGroups: [{ logGroupName: 'RDSOSMetrics', creationTime: at.getTime() }] });
  logs
    .on(Logs.DescribeLogGroupsCommand)
    .resolvesOnce({ logGroups: [{ logGroupName: 'RDSOSMetrics-of-another' }], nextToken: 'more' })
    .resolvesOnce(groups(DURING));
  expect(await found('logs:log-group')).toEqual([
    { kind: 'logs:log-group', id: 'RDSOSMetrics', why: expect.stringContaining('every database') },
  ]);
  logs.on(Logs.DescribeLogGroupsCommand).resolves(groups(BEFORE));
  expect(await found('logs:log-group')).toEqual([]);
});
