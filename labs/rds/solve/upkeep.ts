// Exercises on running a database → a standby that was tried once, a window, the newest minor version.

import { RDSClient, RebootDBInstanceCommand } from '@aws-sdk/client-rds';
import { type Aws, meets, type RunScope, waitUntil } from '../../../lib/kit';
import { AVAILABLE } from '../demands/setup';
import { failedOver, MAINTAINED, MULTI_AZ } from '../demands/upkeep';
import { MAINTENANCE_WINDOW } from '../facts';
import { databases } from '../observe/databases';
import { standbys, versioned } from '../observe/history';
import { modify, mysql, until } from './database';

/** Seconds. */
const A_FAILOVER = 900;

export async function standBy(aws: Aws, scope: RunScope): Promise<void> {
  const { id } = await mysql(aws, scope);
  await modify(aws, scope, id, { MultiAZ: true }, 'in two zones', (database) => meets(database, MULTI_AZ));
  const done = async (): Promise<boolean> =>
    (await standbys(aws, scope)).some((database) => database.id === id && failedOver(database));
  if (await done()) return;
  const command = new RebootDBInstanceCommand({ DBInstanceIdentifier: id, ForceFailover: true });
  await aws.client(RDSClient).send(command);
  await waitUntil(aws, { for: `RDS to tell of the failover of ${id}`, seconds: A_FAILOVER }, done);
  await until(aws, scope, id, 'available again', (database) => meets(database, [AVAILABLE]));
}

export async function maintain(aws: Aws, scope: RunScope): Promise<void> {
  const { id, replicas } = await mysql(aws, scope);
  const set = { PreferredMaintenanceWindow: MAINTENANCE_WINDOW, AutoMinorVersionUpgrade: true };
  await modify(
    aws,
    scope,
    id,
    set,
    'maintained',
    ({ maintenanceWindow, autoMinor }) => maintenanceWindow === MAINTENANCE_WINDOW && autoMinor,
  );
  const own = (await versioned(aws, scope)).find((database) => database.id === id);
  const newest = own?.newer.at(-1);
  if (own === undefined || newest === undefined || meets(own, MAINTAINED)) return;
  // A replica may be newer than its source, but not older.
  const known = new Set((await databases(aws, scope)).map((database) => database.id));
  for (const one of [...replicas.filter((replica) => known.has(replica)), id]) {
    await modify(
      aws,
      scope,
      one,
      { EngineVersion: newest },
      `upgraded to ${newest}`,
      ({ version }) => version === newest,
    );
  }
}
