// Databases of the run, replicas before their sources; and deployments that hold two of them.

import {
  type DBInstance,
  DeleteBlueGreenDeploymentCommand,
  DeleteDBInstanceCommand,
  DescribeDBInstancesCommand,
  ModifyDBInstanceCommand,
  paginateDescribeBlueGreenDeployments,
  paginateDescribeDBInstances,
  RDSClient,
  waitUntilDBInstanceDeleted,
} from '@aws-sdk/client-rds';
import {
  type Aws,
  isMarked,
  items,
  lastOf,
  patience,
  type Sweeper,
  type SweepScope,
  unlessGone,
  waitUntil,
} from '../../../lib/kit';

export const GONE = ['DBInstanceNotFound', 'DBInstanceNotFoundFault'];
/** Seconds. */
const A_DELETION = 2700;

export const rds = (aws: Aws): { readonly client: RDSClient } => ({ client: aws.client(RDSClient) });

export const databases: Sweeper = {
  kind: 'rds:db',
  after: ['rds:deployment'],

  async *list(aws, scope) {
    for await (const database of items(paginateDescribeDBInstances(rds(aws), {}), (page) => page.DBInstances)) {
      const { DBInstanceIdentifier: id } = database;
      if (id === undefined) continue;
      if (isOfRun(database, scope)) yield { kind: 'rds:db', id };
      else if (isInDoubt(database, scope)) {
        yield { kind: 'rds:db', id, why: 'made during the run, outside its network and without its tag' };
      }
    }
  },

  remove: (aws, { id }) => removeDatabase(aws, id),
};

/** Names of the databases that stand: their secrets go with them, and their logs go on. */
export async function standing(aws: Aws): Promise<Set<string>> {
  const names = new Set<string>();
  const pages = paginateDescribeDBInstances(rds(aws), {});
  for await (const { DBInstanceIdentifier: id } of items(pages, (page) => page.DBInstances)) if (id) names.add(id);
  return names;
}

/** By its marks, or since it is a copy of one of the run's, or stands in its network. */
const isOfRun = (database: DBInstance, { owned, ...scope }: SweepScope): boolean =>
  isMarked(scope, { tags: database.TagList, names: [database.DBInstanceIdentifier] }) ||
  [
    database.DBInstanceIdentifier,
    database.DBInstanceArn,
    database.ReadReplicaSourceDBInstanceIdentifier,
    database.DBSubnetGroup?.DBSubnetGroupName,
    database.DBSubnetGroup?.VpcId,
  ].some((id) => id !== undefined && owned.has(id));

const isInDoubt = ({ TagList = [], InstanceCreateTime }: DBInstance, { tag, since }: SweepScope): boolean =>
  !TagList.some(({ Key }) => Key === tag.key) &&
  InstanceCreateTime !== undefined &&
  InstanceCreateTime >= new Date(since);

/** A source that went first would leave its replica behind as a database of its own. */
async function removeDatabase(aws: Aws, id: string): Promise<void> {
  await unlessGone(GONE, async () => {
    const { client } = rds(aws);
    const describe = new DescribeDBInstancesCommand({ DBInstanceIdentifier: id });
    const [database] = (await client.send(describe)).DBInstances ?? [];
    if (database === undefined) return;
    for (const replica of database.ReadReplicaDBInstanceIdentifiers ?? []) await removeDatabase(aws, lastOf(replica));
    if (database.DBInstanceStatus !== 'deleting') await deleteUnprotected(aws, database);
    await waitUntilDBInstanceDeleted({ client, ...patience(aws, A_DELETION) }, { DBInstanceIdentifier: id });
  });
}

async function deleteUnprotected(aws: Aws, { DBInstanceIdentifier, DeletionProtection }: DBInstance): Promise<void> {
  const { client } = rds(aws);
  if (DeletionProtection === true) {
    const unprotect = { DBInstanceIdentifier, DeletionProtection: false, ApplyImmediately: true };
    await client.send(new ModifyDBInstanceCommand(unprotect));
  }
  const remove = new DeleteDBInstanceCommand({
    DBInstanceIdentifier,
    SkipFinalSnapshot: true,
    DeleteAutomatedBackups: true,
  });
  // "InvalidDBInstanceState": somebody else is at it, the stack for one; or a change is under way, and is waited for.
  const wait = { for: `database ${DBInstanceIdentifier} to let itself be deleted`, seconds: A_DELETION };
  await waitUntil(aws, wait, async () => {
    let accepted = true;
    await unlessGone(['InvalidDBInstanceState', 'InvalidDBInstanceStateFault'], async () => {
      accepted = false;
      await client.send(remove);
      accepted = true;
    });
    return accepted || (await isOnItsWay(aws, DBInstanceIdentifier));
  });
}

async function isOnItsWay(aws: Aws, DBInstanceIdentifier: string | undefined): Promise<boolean> {
  const { DBInstances = [] } = await rds(aws).client.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier }));
  return DBInstances[0]?.DBInstanceStatus === 'deleting';
}

/** The lab makes none; a learner who upgrades without an interruption does, and it is a second database, green beside blue. */
export const blueGreenDeployments: Sweeper = {
  kind: 'rds:deployment',

  async *list(aws, scope) {
    const pages = paginateDescribeBlueGreenDeployments(rds(aws), {});
    for await (const one of items(pages, (page) => page.BlueGreenDeployments)) {
      const { BlueGreenDeploymentIdentifier: id, BlueGreenDeploymentName: name, Source = '', TagList: tags } = one;
      const isOfRun = isMarked(scope, { tags, names: [name, lastOf(Source)] }) || scope.owned.has(lastOf(Source));
      if (id !== undefined && isOfRun) yield { kind: 'rds:deployment', id };
    }
  },

  // With its target, the green database: a deployment that has switched over has none any more, and refuses the word.
  remove: (aws, { id: BlueGreenDeploymentIdentifier }) =>
    unlessGone(['BlueGreenDeploymentNotFoundFault'], async () => {
      const { client } = rds(aws);
      const switched = 'InvalidParameterCombination';
      try {
        await client.send(new DeleteBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier, DeleteTarget: true }));
      } catch (error) {
        if (!(error instanceof Error) || error.name !== switched) throw error;
        await client.send(new DeleteBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier }));
      }
    }),
};
