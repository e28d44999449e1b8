// What the exercises ask of a database and what it is set up with. Read by the checks, and by the solutions, which leave
// alone what meets them. Pure.

import type { Demand } from '../../../lib/kit';
import { AUDIT, INSTANCE_CLASSES, MYSQL, NO_EXTENDED_SUPPORT, POSTGRES } from '../facts';
import type { Database } from '../observe/databases';
import type { Encrypted, Tuned } from '../observe/groups';
import type { Placed } from '../observe/network';

/** States in which a database answers. */
const ANSWERING = ['available', 'backing-up', 'storage-optimization'];

export const isMysql = ({ engine, source }: Database): boolean => engine === MYSQL.engine && source === undefined;
export const isPostgres = ({ engine }: Database): boolean => engine === POSTGRES.engine;
export const isReplica = ({ source }: Database): boolean => source !== undefined;

/** What the exercises on a database are about: not its replicas; the one beside it only where there is no other. */
export function graded<One extends Database>(databases: readonly One[]): One[] {
  const own = databases.filter((one) => !isReplica(one));
  const first = own.filter(({ beside }) => !beside);
  return first.length > 0 ? first : own;
}

export const AVAILABLE: Demand<Database> = {
  expected: 'a database that is available',
  met: ({ status }) => ANSWERING.includes(status),
  actual: ({ id, status }) => `${id} is ${status}`,
  hint: 'a new database is "creating" for some minutes, a Multi-AZ one for up to a quarter of an hour',
};

export const LAUNCHED: readonly Demand<Database>[] = [
  {
    expected: 'MySQL or PostgreSQL',
    met: ({ engine }) => engine === MYSQL.engine || engine === POSTGRES.engine,
    actual: ({ id, engine }) => `${id} runs ${engine}`,
    hint: 'the engine is chosen once: another engine is another database',
  },
  AVAILABLE,
  {
    expected: `a small class: ${INSTANCE_CLASSES.join(', ')}`,
    met: ({ instanceClass }) => INSTANCE_CLASSES.includes(instanceClass),
    actual: ({ id, instanceClass }) => `${id} is a ${instanceClass}`,
    hint: 'the class decides the price by the hour, and can be changed with a short interruption',
  },
  {
    expected: 'no enrolment in paid extended support',
    met: ({ lifecycle }) => lifecycle === NO_EXTENDED_SUPPORT,
    actual: ({ id, lifecycle }) => `the life cycle support of ${id} is "${lifecycle}"`,
    hint: 'it is chosen at the creation and cannot be changed: by default, a version too old is kept on, for money',
  },
  {
    expected: 'a database without a public address',
    met: ({ isPublic }) => !isPublic,
    actual: ({ id }) => `${id} is publicly accessible`,
    hint: 'public accessibility can be taken away without an interruption',
  },
  {
    expected: 'a master password that RDS makes and keeps in Secrets Manager',
    met: ({ managedPassword }) => managedPassword,
    actual: ({ id }) => `that of ${id} was given by somebody`,
    hint: 'the option is called "manage master user password"; a database can be turned over to it later',
  },
];

const isOn = (value: string | undefined): boolean => /^(1|on)$/i.test(value ?? '');

const IN_SYNC = (what: string, of: (one: Tuned) => { name: string; status: string } | undefined): Demand<Tuned> => ({
  expected: `${what} that the database has taken over`,
  met: (one) => of(one)?.status === 'in-sync',
  actual: (one) => `${of(one)?.name} is "${of(one)?.status}" on ${one.id}`,
  hint: 'a group that was given to a running database is read at its next restart: "pending-reboot" says so',
});

export const TUNED: readonly Demand<Tuned>[] = [
  {
    expected: 'a parameter group of your own',
    met: ({ parameterGroup }) => parameterGroup !== undefined && !parameterGroup.name.startsWith('default.'),
    actual: ({ id, parameterGroup }) => `${id} uses ${parameterGroup?.name ?? 'none'}`,
    hint: 'the default group cannot be changed: make one of the family mysql8.4, and give it to the database',
  },
  {
    expected: 'slow_query_log on, long_query_time 1 or less, log_output FILE',
    met: ({ parameters }) =>
      isOn(parameters.slow_query_log) &&
      Number(parameters.long_query_time ?? 'none') <= 1 &&
      /\bFILE\b/.test(parameters.log_output ?? ''),
    actual: ({ parameterGroup, parameters: { slow_query_log, long_query_time, log_output } }) =>
      `${parameterGroup?.name}: slow_query_log ${slow_query_log ?? 'not set'}, long_query_time ${long_query_time ?? 'not set'}, log_output ${log_output ?? 'not set'}`,
    hint: 'long_query_time counts in seconds, and by default ten; a log in a TABLE is not exported',
  },
  IN_SYNC('a parameter group', ({ parameterGroup }) => parameterGroup),
  {
    expected: `an option group with ${AUDIT}`,
    met: ({ options }) => options.includes(AUDIT),
    actual: ({ id, optionGroup, options }) =>
      `${id} uses ${optionGroup?.name ?? 'none'}, with ${options.join(', ') || 'no option'}`,
    hint: 'an option group is for one engine and one major version; options are added to it after it is made',
  },
  IN_SYNC('an option group', ({ optionGroup }) => optionGroup),
];

const forcesTls = ({ engine, parameters }: Tuned): boolean =>
  isOn(engine === POSTGRES.engine ? parameters['rds.force_ssl'] : parameters.require_secure_transport);

export const ENCRYPTED: readonly Demand<Encrypted>[] = [
  {
    expected: 'encrypted storage',
    met: ({ encrypted }) => encrypted,
    actual: ({ id }) => `the storage of ${id} is not encrypted`,
    hint: 'it cannot be turned on later: copy a snapshot with encryption, and restore that',
  },
  {
    expected: 'a KMS key that is enabled',
    met: ({ keyState }) => keyState === 'Enabled',
    actual: ({ id, keyState }) => `the key of ${id} is ${keyState ?? 'not said'}`,
    hint: 'a database whose key is disabled or about to be deleted stops, and its snapshots are lost with the key',
  },
  {
    expected: 'connections by TLS alone: require_secure_transport 1, or rds.force_ssl 1 on PostgreSQL',
    met: forcesTls,
    actual: ({ id, parameterGroup }) => `${parameterGroup?.name ?? 'no parameter group'} of ${id} does not ask for it`,
    hint: 'it is a parameter, so it needs a parameter group of your own',
  },
  IN_SYNC('the parameter', ({ parameterGroup }) => parameterGroup) as Demand<Encrypted>,
  {
    expected: 'a certificate authority that is valid for a month more',
    met: ({ certificateValid }) => certificateValid,
    actual: ({ id, certificate }) => `${id} has its certificate from ${certificate ?? 'nobody'}`,
    hint: 'the authorities that RDS offers, and until when, can be listed; the change is a modification of the database',
  },
];

const wide = ({ openings }: Placed) => openings.find(({ ranges }) => ranges.length > 0);
const otherPort = ({ openings, engine }: Placed) =>
  openings.find(({ port }) => port !== (engine === POSTGRES.engine ? POSTGRES.port : MYSQL.port));

export const PLACED: readonly Demand<Placed>[] = [
  {
    expected: 'a subnet group over two zones or more',
    met: ({ zones }) => zones.length >= 2,
    actual: ({ id, zones }) => `that of ${id} has ${zones.join(', ') || 'none'}`,
    hint: 'also a database in one zone needs a group over two, so that it can become Multi-AZ',
  },
  {
    expected: 'subnets without a route to the internet',
    met: ({ publicSubnets }) => publicSubnets.length === 0,
    actual: ({ subnetGroup, publicSubnets }) => `${subnetGroup} holds ${publicSubnets.join(', ')}, which has one`,
    hint: 'the isolated subnets of the run are 10.44.10.0/24 and 10.44.11.0/24',
  },
  {
    expected: 'no address range in the rules of its security groups',
    met: (one) => wide(one) === undefined,
    actual: (one) => `${wide(one)?.group} lets in ${wide(one)?.ranges.join(', ')} (${wide(one)?.what})`,
    hint: 'a rule can name a security group instead of addresses: then its members may come in, wherever they stand',
  },
  {
    expected: 'the port of the engine and no other',
    met: (one) => otherPort(one) === undefined,
    actual: (one) => `${otherPort(one)?.group} opens ${otherPort(one)?.what}`,
    hint: 'MySQL listens on 3306, PostgreSQL on 5432',
  },
  {
    expected: 'a rule that lets a security group in',
    met: ({ openings }) => openings.some(({ fromGroups }) => fromGroups.length > 0),
    actual: ({ id }) => `nobody can come in to ${id}`,
    hint: 'the lab has made a group for the clients: its name ends with -database-clients',
  },
];
