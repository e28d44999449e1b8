import * as RDS from '@aws-sdk/client-rds';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { mockClient } from 'aws-sdk-client-mock';
import { describeLab } from '../../test/support/describe-lab';
import { fakeAws } from '../../test/support/fake-aws';
import { synthesizeLab } from '../../test/support/lab-templates';
import { NO_EXTENDED_SUPPORT, PARAMETERS } from './facts';
import lab from './lab';

const template = describeLab('rds', lab);

const databasesOf = (one: Template): Record<string, unknown>[] =>
  Object.values(one.findResources('AWS::RDS::DBInstance')).map(({ Properties }) => Properties);

describe('the database', () => {
  test('is a Multi-AZ MySQL on the smallest class, that goes without a trace', async () => {
    (await template('full')).hasResource('AWS::RDS::DBInstance', {
      DeletionPolicy: 'Delete',
      Properties: {
        Engine: 'mysql',
        EngineVersion: { Ref: 'EngineVersion' },
        DBInstanceClass: { Ref: 'InstanceClass' },
        MultiAZ: true,
        PubliclyAccessible: false,
        DeletionProtection: false,
        DeleteAutomatedBackups: true,
        EngineLifecycleSupport: NO_EXTENDED_SUPPORT,
      },
    });
    (await template('full')).hasParameter('InstanceClass', { Default: 'db.t4g.micro' });
  });

  test('stands in a subnet group of the isolated subnets of the run', async () => {
    const full = await template('full');
    full.hasResourceProperties('AWS::RDS::DBSubnetGroup', {
      SubnetIds: [{ Ref: 'networkisolatedsubnetaid' }, { Ref: 'networkisolatedsubnetbid' }],
    });
    full.hasParameter('networkisolatedsubnetaid', { Default: '/worklab-abc123/network/isolated-subnet-a-id' });
  });

  test('has a password that RDS makes, and none in the template', async () => {
    const full = await template('full');
    full.hasResourceProperties('AWS::RDS::DBInstance', { Engine: 'mysql', ManageMasterUserPassword: true });
    expect(JSON.stringify(full.toJSON())).not.toMatch(/MasterUserPassword":(?!true)|MasterUserSecret|resolve:/);
    expect(full.toJSON().Outputs).toBeUndefined();
  });

  test('is encrypted, and lets in nobody without TLS', async () => {
    const full = await template('full');
    full.hasResourceProperties('AWS::RDS::DBInstance', { Engine: 'mysql', StorageEncrypted: true });
    full.hasResourceProperties('AWS::RDS::DBParameterGroup', { Family: 'mysql8.4', Parameters: PARAMETERS });
  });

  test('is backed up, audited, maintained on Sundays', async () => {
    (await template('full')).hasResourceProperties('AWS::RDS::DBInstance', {
      Engine: 'mysql',
      BackupRetentionPeriod: 1,
      EnableCloudwatchLogsExports: ['audit', 'error', 'slowquery'],
      PreferredMaintenanceWindow: 'sun:05:00-sun:06:00',
      AutoMinorVersionUpgrade: true,
    });
    (await template('full')).hasResourceProperties('AWS::RDS::OptionGroup', {
      OptionConfigurations: [Match.objectLike({ OptionName: 'MARIADB_AUDIT_PLUGIN' })],
    });
  });

  test('has a replica of the same class, which brings no subnet group of its own', async () => {
    const replicas = databasesOf(await template('full')).filter((one) => one.SourceDBInstanceIdentifier !== undefined);
    expect(replicas).toEqual([
      expect.objectContaining({ DBInstanceClass: { Ref: 'InstanceClass' }, PubliclyAccessible: false }),
    ]);
    expect(Object.keys(replicas[0] ?? {})).not.toEqual(expect.arrayContaining(['DBSubnetGroupName']));
  });

  test('is open on 3306 to one security group, and to no address', async () => {
    const rules = Object.values((await template('full')).findResources('AWS::EC2::SecurityGroup')).flatMap(
      ({ Properties }) => Properties.SecurityGroupIngress ?? [],
    );
    expect(rules).toEqual([
      expect.objectContaining({
        FromPort: 3306,
        ToPort: 3306,
        SourceSecurityGroupId: { 'Fn::GetAtt': ['Clients', 'GroupId'] },
      }),
    ]);
    expect(JSON.stringify(rules)).not.toContain('Cidr');
  });

  test('is watched: three alarms, failovers and backups go to the topic, which RDS may write to', async () => {
    const full = await template('full');
    full.resourceCountIs('AWS::CloudWatch::Alarm', 3);
    full.hasResourceProperties('AWS::RDS::EventSubscription', {
      EventCategories: ['backup', 'failover'],
      Enabled: true,
    });
    full.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: { Statement: [Match.objectLike({ Action: 'sns:Publish', Condition: Match.anyValue() })] },
    });
  });
});

test('PostgreSQL, the one with Performance Insights, stands only where it is let in', async () => {
  expect(databasesOf(await template('full')).filter(({ Engine }) => Engine === 'postgres')).toEqual([]);
  const { templates } = await synthesizeLab('rds', lab, 'full', { allowed: new Set(['look-inside']) });
  const found = databasesOf(Template.fromJSON({ ...templates.rds })).filter(({ Engine }) => Engine === 'postgres');
  expect(found).toEqual([
    expect.objectContaining({
      EnablePerformanceInsights: true,
      PerformanceInsightsRetentionPeriod: 7,
      MultiAZ: false,
      EngineLifecycleSupport: NO_EXTENDED_SUPPORT,
      StorageEncrypted: true,
    }),
  ]);
});

test('the starter form has the group of the clients and the topic, and no database', async () => {
  const types = Object.values((await template('starter')).toJSON().Resources as Record<string, { Type: string }>);
  expect(types.map(({ Type }) => Type).sort()).toEqual([
    'AWS::EC2::SecurityGroup',
    'AWS::SNS::Topic',
    'AWS::SNS::TopicPolicy',
  ]);
});

describe('the version that is deployed', () => {
  const rds = mockClient(RDS.RDSClient);
  const given = () =>
    lab.parameters?.({
      aws: async () => fakeAws(),
      callerCidr: async () => '192.0.2.1/32',
      sshKey: async () => ({ publicKey: '', privateKeyFile: '' }),
    });
  const version = (EngineVersion: string, ...minors: readonly string[]) => ({
    EngineVersion,
    Status: 'available',
    ValidUpgradeTarget: minors.map((minor) => ({ EngineVersion: minor, IsMajorVersionUpgrade: false })),
  });
  const until = (LifecycleSupportEndDate: Date) => ({
    DBMajorEngineVersions: [
      {
        SupportedEngineLifecycles: [
          {
            LifecycleSupportName: 'open-source-rds-standard-support' as const,
            LifecycleSupportStartDate: new Date(0),
            LifecycleSupportEndDate,
          },
        ],
      },
    ],
  });
  beforeEach(() => {
    rds.reset();
    rds.on(RDS.DescribeDBMajorEngineVersionsCommand).resolves(until(new Date(Date.now() + 1e9)));
  });

  test('is the last but one that RDS offers, by number and on the second page too', async () => {
    rds
      .on(RDS.DescribeDBEngineVersionsCommand)
      .resolvesOnce({ DBEngineVersions: [version('8.4.9', '8.4.10', '8.4.11')], Marker: 'more' })
      .resolvesOnce({ DBEngineVersions: [version('8.4.10', '8.4.11'), version('8.4.11')] });
    expect(await given()).toEqual({ EngineVersion: '8.4.10' });
  });

  test('is left to the template where RDS offers one alone', async () => {
    rds.on(RDS.DescribeDBEngineVersionsCommand).resolves({ DBEngineVersions: [version('8.4.11')] });
    expect(await given()).toEqual({});
  });

  test('is none past its standard support', async () => {
    rds.on(RDS.DescribeDBMajorEngineVersionsCommand).resolves(until(new Date('2020-01-01')));
    await expect(given()).rejects.toThrow(/standard support of MySQL 8.4 ended on 2020-01-01/);
  });
});
