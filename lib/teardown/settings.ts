// What the journal says of the account's settings → the settings as they were, and one proof for each.

import { isDeepStrictEqual } from 'node:util';
import { traced } from '../aws/trace';
import { messageOf } from '../core/errors';
import type { RecordedSetting } from '../core/journal';
import { mapAtMost } from '../core/map-at-most';
import type { ComparedSetting } from '../core/receipt';
import { countCalls, type Proof } from '../core/residue';
import type { AccountSetting, Aws, SettingValue } from '../kit';
import { inRegion } from '../kit/aws';
import type { Left, Refusal } from './outcome';
import type { World } from './world';

const AT_ONCE = 4;

/** A proof whose calls are not counted yet. */
type Uncounted = Proof extends infer One ? (One extends Proof ? Omit<One, 'calls'> : never) : never;

interface Compared {
  readonly proof: Uncounted;
  readonly is?: SettingValue;
}

type Looking = Pick<World, 'aws' | 'settings' | 'now'>;

/** Puts back what differs. What AWS refuses is told by the proof that follows. */
export async function restoreSettings(world: World): Promise<Refusal[]> {
  const refused: Refusal[] = [];
  await mapAtMost(AT_ONCE, world.settings.recorded, async (recorded) => {
    const { kind, region, was } = recorded;
    const setting = settingOf(world, recorded);
    if (setting === undefined || world.settings.sharedWith(recorded) !== undefined) return;
    const aws = inRegion(world.aws, region);
    try {
      if (isDeepStrictEqual(await setting.read(aws), was)) return;
      world.append({ event: 'restoring', kind, region });
      world.emit({ stage: 'destroy', step: 'restoring', kind, region });
      await setting.restore(aws, was);
      world.append({ event: 'restored', kind, region });
    } catch (error) {
      refused.push({ id: kind, reason: messageOf(error) });
    }
  });
  return refused;
}

/** Reads each setting once more and compares. One that another run holds is told, and left to it. */
export async function proveSettings(world: Looking): Promise<{
  readonly proofs: Proof[];
  readonly left: Left[];
  readonly compared: ComparedSetting[];
}> {
  const left: Left[] = [];
  const compared: ComparedSetting[] = [];
  const proofs = await mapAtMost(AT_ONCE, world.settings.recorded, async (recorded): Promise<Proof[]> => {
    const { kind, region } = recorded;
    const other = world.settings.sharedWith(recorded);
    if (other !== undefined) {
      left.push({ kind, id: region, why: `run ${other} changed it as well, and puts it back when it is destroyed` });
      return [];
    }
    const { result, trace } = await traced(() => proofOf(world, recorded));
    const { proof, is } = result;
    compared.push({ ...recorded, ...(is === undefined ? {} : { is }) });
    return [{ ...proof, calls: countCalls(trace.calls) }];
  });
  return { proofs: proofs.flat(), left, compared };
}

async function proofOf(world: Looking, recorded: RecordedSetting): Promise<Compared> {
  const { kind, region, was } = recorded;
  const setting = settingOf(world, recorded);
  const unknown = (reason: string): Compared => ({ proof: { kind, region, status: 'unknown', reason } });
  if (setting === undefined) return unknown('no lab knows this setting any more');
  try {
    const is: SettingValue = await setting.read(inRegion(world.aws as Aws, region));
    const lookedAt = world.now().toISOString();
    return isDeepStrictEqual(is, was)
      ? { proof: { kind, region, status: 'clean', lookedAt }, is }
      : { proof: { kind, region, status: 'found', lookedAt, ids: ['it is not as it was before the run'] }, is };
  } catch (error) {
    return unknown(messageOf(error));
  }
}

const settingOf = ({ settings }: Pick<World, 'settings'>, { kind }: RecordedSetting): AccountSetting | undefined =>
  settings.known.find((one) => one.kind === kind);
