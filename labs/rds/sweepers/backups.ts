// Snapshots that somebody took, and automated backups that outlive their database: both are paid for by the gigabyte.

import {
  DeleteDBInstanceAutomatedBackupCommand,
  DeleteDBSnapshotCommand,
  paginateDescribeDBInstanceAutomatedBackups,
  paginateDescribeDBSnapshots,
  waitUntilDBSnapshotDeleted,
} from '@aws-sdk/client-rds';
import { isMarked, items, patience, type Sweeper, unlessGone } from '../../../lib/kit';
import { rds } from './databases';

export const snapshots: Sweeper = {
  kind: 'rds:snapshot',
  after: ['rds:db'],

  // Automated ones go with their database, and cannot be deleted otherwise.
  async *list(aws, scope) {
    const pages = paginateDescribeDBSnapshots(rds(aws), { SnapshotType: 'manual' });
    for await (const { DBSnapshotIdentifier: id, DBInstanceIdentifier: of = '', TagList: tags } of items(
      pages,
      (page) => page.DBSnapshots,
    )) {
      const isOfRun = isMarked(scope, { tags, names: [id, of] }) || scope.owned.has(of);
      if (id !== undefined && (isOfRun || scope.owned.has(id))) yield { kind: 'rds:snapshot', id };
    }
  },

  remove: (aws, { id: DBSnapshotIdentifier }) =>
    unlessGone(['DBSnapshotNotFound', 'DBSnapshotNotFoundFault'], async () => {
      const { client } = rds(aws);
      await client.send(new DeleteDBSnapshotCommand({ DBSnapshotIdentifier }));
      await waitUntilDBSnapshotDeleted({ client, ...patience(aws, 900) }, { DBSnapshotIdentifier });
    }),
};

export const automatedBackups: Sweeper = {
  kind: 'rds:auto-backup',
  after: ['rds:db'],

  // Those of a database that is there go with it.
  async *list(aws, scope) {
    const pages = paginateDescribeDBInstanceAutomatedBackups(rds(aws), {});
    for await (const { DBInstanceAutomatedBackupsArn: arn, DbiResourceId, Status, ...one } of items(
      pages,
      (page) => page.DBInstanceAutomatedBackups,
    )) {
      const id = arn ?? DbiResourceId;
      const { DBInstanceIdentifier: of = '', TagList: tags } = one;
      const isOfRun = isMarked(scope, { tags, names: [of] }) || scope.owned.has(of);
      if (id !== undefined && Status === 'retained' && isOfRun) yield { kind: 'rds:auto-backup', id };
    }
  },

  remove: (aws, { id }) =>
    unlessGone(['DBInstanceAutomatedBackupNotFound', 'DBInstanceAutomatedBackupNotFoundFault'], () => {
      const named = id.startsWith('arn:') ? { DBInstanceAutomatedBackupsArn: id } : { DbiResourceId: id };
      return rds(aws).client.send(new DeleteDBInstanceAutomatedBackupCommand(named));
    }),
};
