// The run's database → its client program, through a tunnel that Session Manager opens over an instance of the run.

import { createServer } from 'node:net';
import { EC2Client, type Instance, paginateDescribeInstances } from '@aws-sdk/client-ec2';
import { type DBInstance, DescribeDBInstancesCommand, RDSClient } from '@aws-sdk/client-rds';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { DescribeInstanceInformationCommand, SSMClient } from '@aws-sdk/client-ssm';
import { type Aws, type Connection, collect, isMarked, items, type RunScope, WorklabError } from '../../lib/kit';
import { POSTGRES } from './facts';
import { databases } from './observe/databases';
import { placed } from './observe/network';

export async function connect(aws: Aws, scope: RunScope): Promise<Connection> {
  const database = await theDatabase(aws, scope);
  const hop = await theHop(aws, scope, database.id);
  const localPort = await freePort();
  const login = await loginOf(aws, database.shown);
  const isPostgres = database.engine === POSTGRES.engine;
  const { Address: host = '', Port: port = 0 } = database.shown.Endpoint ?? {};
  const to = JSON.stringify({ host: [host], portNumber: [`${port}`], localPortNumber: [`${localPort}`] });
  return {
    program: isPostgres ? 'psql' : 'mysql',
    args: isPostgres ? psqlArguments(localPort, login.username) : mysqlArguments(localPort, login.username),
    // In the environment of the client alone: arguments can be read by everybody on the machine.
    env: { [isPostgres ? 'PGPASSWORD' : 'MYSQL_PWD']: login.password },
    tunnel: {
      program: 'aws',
      args: [
        ...['ssm', 'start-session', '--region', aws.region, '--target', hop],
        ...['--document-name', 'AWS-StartPortForwardingSessionToRemoteHost', '--parameters', to],
      ],
      port: localPort,
    },
    note: `${database.id} through ${hop}, as ${login.username}; leave with ${isPostgres ? '\\q' : 'exit'}`,
  };
}

const mysqlArguments = (port: number, user: string): string[] => [
  ...['--host=127.0.0.1', `--port=${port}`, `--user=${user}`],
  '--ssl-mode=REQUIRED',
];

const psqlArguments = (port: number, user: string): string[] => [
  `host=127.0.0.1 port=${port} user=${user} dbname=postgres sslmode=require`,
];

const refused = (what: string, fix: string): WorklabError => new WorklabError('usage/invalid', { what, fix });

async function theDatabase(aws: Aws, scope: RunScope) {
  const found = (await databases(aws, scope)).filter(({ status, source }) => status === 'available' && !source);
  const chosen = found.find(({ engine }) => engine !== POSTGRES.engine) ?? found[0];
  if (chosen === undefined) {
    throw refused('no database of this run is available', 'worklab check rds says what is missing');
  }
  const describe = new DescribeDBInstancesCommand({ DBInstanceIdentifier: chosen.id });
  const [shown] = (await aws.client(RDSClient).send(describe)).DBInstances ?? [];
  if (shown === undefined) throw refused(`${chosen.id} is gone`, 'worklab check rds says what is missing');
  return { id: chosen.id, engine: chosen.engine, shown };
}

/** An instance of the run that Systems Manager reaches, and that the database's security group lets in. */
async function theHop(aws: Aws, scope: RunScope, database: string): Promise<string> {
  const running = await instancesOf(aws, scope);
  const [first] = running;
  if (first === undefined) {
    throw refused(
      'the database has no public address, and no instance of this run is running that could lead to it',
      'deploy lab ec2 in the same run (--only ec2,rds), or launch an instance in the network of the run',
    );
  }
  const allowed = new Set(
    (await placed(aws, scope))
      .filter(({ id }) => id === database)
      .flatMap(({ openings }) => openings.flatMap((one) => one.fromGroups)),
  );
  const inside = running.filter(({ SecurityGroups = [] }) =>
    SecurityGroups.some(({ GroupId = '' }) => allowed.has(GroupId)),
  );
  if (inside.length === 0) {
    const groups = [...(first.SecurityGroups ?? []).flatMap(({ GroupId }) => GroupId ?? []), ...allowed].join(' ');
    throw refused(
      `the security group of the database lets ${first.InstanceId} not in`,
      `make it one of the clients: aws ec2 modify-instance-attribute --instance-id ${first.InstanceId} --groups ${groups}`,
    );
  }
  const reached = await reachedBySystemsManager(aws, inside);
  if (reached === undefined) {
    throw refused(
      `Systems Manager does not reach ${inside[0]?.InstanceId}`,
      'it needs an instance profile with AmazonSSMManagedInstanceCore, a way to the internet, and some minutes',
    );
  }
  return reached;
}

async function instancesOf(aws: Aws, scope: RunScope): Promise<Instance[]> {
  const pages = paginateDescribeInstances({ client: aws.client(EC2Client) }, {});
  const reservations = await collect(items(pages, (page) => page.Reservations));
  return reservations
    .flatMap(({ Instances = [] }) => Instances)
    .filter(({ State, Tags }) => State?.Name === 'running' && isMarked(scope, { tags: Tags }));
}

async function reachedBySystemsManager(aws: Aws, instances: readonly Instance[]): Promise<string | undefined> {
  const Values = instances.flatMap(({ InstanceId }) => InstanceId ?? []);
  const command = new DescribeInstanceInformationCommand({ Filters: [{ Key: 'InstanceIds', Values }] });
  const { InstanceInformationList = [] } = await aws.client(SSMClient).send(command);
  return InstanceInformationList.find(({ PingStatus }) => PingStatus === 'Online')?.InstanceId;
}

/** What RDS keeps in Secrets Manager. It is held in memory, and goes to the client program and nowhere else. */
async function loginOf(aws: Aws, { MasterUserSecret, DBInstanceIdentifier }: DBInstance) {
  const SecretId = MasterUserSecret?.SecretArn;
  if (SecretId === undefined) {
    throw refused(
      `RDS does not manage the master password of ${DBInstanceIdentifier}`,
      'turn it over to RDS, or use your own client with the password that you gave it',
    );
  }
  const { SecretString = '{}' } = await aws.client(SecretsManagerClient).send(new GetSecretValueCommand({ SecretId }));
  const { username, password } = JSON.parse(SecretString) as { readonly username?: string; readonly password?: string };
  if (username === undefined || password === undefined) throw new Error('the secret holds no user name or no password');
  return { username, password };
}

/** A port of this machine that nobody listens on: a password must not reach another program. */
const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
