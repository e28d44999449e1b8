// The way in: a tunnel over an instance of the run, and the password where nobody sees it; or what is missing, said clearly.

import * as EC2 from '@aws-sdk/client-ec2';
import * as RDS from '@aws-sdk/client-rds';
import * as Secrets from '@aws-sdk/client-secrets-manager';
import * as SSM from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { fakeAws, SCOPE } from '../../test/support/fake-aws';
import { connect } from './connect';

const rds = mockClient(RDS.RDSClient);
const ec2 = mockClient(EC2.EC2Client);
const ssm = mockClient(SSM.SSMClient);
const secrets = mockClient(Secrets.SecretsManagerClient);

const Tags = [{ Key: 'worklab:run', Value: 'abc123' }];
const DATABASE: RDS.DBInstance = {
  DBInstanceIdentifier: 'worklab-abc123-mysql',
  DBInstanceStatus: 'available',
  Engine: 'mysql',
  Endpoint: { Address: 'db.example', Port: 3306 },
  MasterUserSecret: { SecretArn: 'secret' },
  VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-db' }],
};
const machine = (group: string): EC2.Instance => ({
  InstanceId: 'i-1',
  State: { Name: 'running' },
  Tags,
  SecurityGroups: [{ GroupId: group }],
});

function world({ database = DATABASE, machines = [machine('sg-clients')], ping = 'Online' as SSM.PingStatus }) {
  rds.on(RDS.DescribeDBInstancesCommand).resolves({ DBInstances: [database] });
  rds.on(RDS.DescribeDBSubnetGroupsCommand).resolves({ DBSubnetGroups: [] });
  ec2.on(EC2.DescribeRouteTablesCommand).resolves({ RouteTables: [] });
  const rule = { IpProtocol: 'tcp', FromPort: 3306, ToPort: 3306, UserIdGroupPairs: [{ GroupId: 'sg-clients' }] };
  ec2.on(EC2.DescribeSecurityGroupsCommand).resolves({ SecurityGroups: [{ GroupId: 'sg-db', IpPermissions: [rule] }] });
  ec2.on(EC2.DescribeInstancesCommand).resolves({ Reservations: [{ Instances: machines }] });
  ssm
    .on(SSM.DescribeInstanceInformationCommand)
    .resolves({ InstanceInformationList: [{ InstanceId: 'i-1', PingStatus: ping }] });
  const SecretString = JSON.stringify({ username: 'learner', password: 'not for anybody' });
  secrets.on(Secrets.GetSecretValueCommand).resolves({ SecretString });
  return connect(fakeAws(), SCOPE);
}
beforeEach(() => {
  for (const mock of [rds, ec2, ssm, secrets]) mock.reset();
});

test('mysql goes through Session Manager, with TLS, and its password in its environment alone', async () => {
  const { env, tunnel, ...shown } = await world({});

  expect(shown).toMatchObject({
    program: 'mysql',
    args: expect.arrayContaining(['--ssl-mode=REQUIRED', '--user=learner']),
  });
  expect(shown.args).toContain(`--port=${tunnel?.port}`);
  expect(env).toEqual({ MYSQL_PWD: 'not for anybody' });
  expect(tunnel).toMatchObject({
    program: 'aws',
    args: expect.arrayContaining(['AWS-StartPortForwardingSessionToRemoteHost', 'i-1']),
  });
  const [parameters = ''] = tunnel?.args.slice(-1) ?? [];
  expect(JSON.parse(parameters)).toEqual({
    host: ['db.example'],
    portNumber: ['3306'],
    localPortNumber: [`${tunnel?.port}`],
  });
  expect(JSON.stringify([shown, tunnel])).not.toContain('not for anybody');
});

test('PostgreSQL is reached by psql', async () => {
  const { program, args, env } = await world({ database: { ...DATABASE, Engine: 'postgres' } });
  expect({ program, args }).toEqual({ program: 'psql', args: [expect.stringContaining('sslmode=require')] });
  expect(env).toEqual({ PGPASSWORD: 'not for anybody' });
});

test.each([
  ['no database', { database: { ...DATABASE, DBInstanceStatus: 'creating' } }, /no database of this run is available/],
  ['no instance to go through', { machines: [] }, /no instance of this run is running/],
  ['an instance that is not among the clients', { machines: [machine('sg-ssh')] }, /lets i-1 not in/],
  ['an instance that Systems Manager does not reach', { ping: 'ConnectionLost' as const }, /does not reach i-1/],
  [
    'a password of somebody’s own',
    { database: { ...DATABASE, MasterUserSecret: undefined } },
    /does not manage the master password/,
  ],
])('%s is said clearly', async (_, wrong, what) => {
  await expect(world(wrong as never)).rejects.toThrow(what);
});

test('the way to let an instance in is told, with the groups that it has', async () => {
  await expect(world({ machines: [machine('sg-ssh')] })).rejects.toMatchObject({
    fix: expect.stringContaining('--instance-id i-1 --groups sg-ssh sg-clients'),
  });
});
