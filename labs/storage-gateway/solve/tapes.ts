// A tape gateway → a tape in its library, which is to be archived to the run's pool.

import { randomUUID } from 'node:crypto';
import { CreateTapePoolCommand, CreateTapesCommand, StorageGatewayClient } from '@aws-sdk/client-storage-gateway';
import { type Aws, meets, type RunScope, waitUntil } from '../../../lib/kit';
import { POOLS, tapesIn } from '../demands';
import { NAMES } from '../facts';
import { type Pool, pools, tapeGateways } from '../observe/tapes';
import { gateway } from './gateway';
import { runTag } from './ground';

/** Seconds until a new tape is in the library. */
const A_TAPE = 300;
/** Bytes: the smallest tape there is. */
const SMALLEST_TAPE = 100 * 1024 ** 3;

export async function tapeGateway(aws: Aws, scope: RunScope): Promise<void> {
  const pool = await poolOf(aws, scope);
  const { arn } = await gateway(aws, scope, 'tape');
  const isDone = async (): Promise<boolean> =>
    (await tapeGateways(aws, scope)).tapes.some((tape) => meets(tape, tapesIn([pool])));
  const known = (await tapeGateways(aws, scope)).tapes.some((tape) => tape.pool === pool.id);
  if (!known) {
    await aws.client(StorageGatewayClient).send(
      new CreateTapesCommand({
        GatewayARN: arn,
        TapeSizeInBytes: SMALLEST_TAPE,
        ClientToken: randomUUID(),
        NumTapesToCreate: 1,
        TapeBarcodePrefix: 'LAB',
        PoolId: pool.id,
        Tags: [runTag(scope)],
      }),
    );
  }
  await waitUntil(aws, { for: 'the tape to be available', seconds: A_TAPE }, isDone);
}

async function poolOf(aws: Aws, scope: RunScope): Promise<Pool> {
  const find = async (): Promise<Pool | undefined> => (await pools(aws, scope)).find((pool) => meets(pool, POOLS));
  const known = await find();
  if (known) return known;
  const pool = {
    PoolName: `${scope.prefix}-${NAMES.pool}`,
    StorageClass: 'GLACIER',
    RetentionLockType: 'NONE',
  } as const;
  await aws.client(StorageGatewayClient).send(new CreateTapePoolCommand({ ...pool, Tags: [runTag(scope)] }));
  const made = await find();
  if (made === undefined) throw new Error(`the pool ${pool.PoolName} is not there`);
  return made;
}
