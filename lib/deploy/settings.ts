// Settings of the account that the run's labs change → the journal, before anything is deployed.

import { messageOf, WorklabError } from '../core/errors';
import type { JournalEvent, RecordedSetting } from '../core/journal';
import { mapAtMost } from '../core/map-at-most';
import type { AccountSetting, Aws } from '../kit';
import { inRegion } from '../kit/aws';

const READS_AT_ONCE = 6;

export interface Recording {
  readonly aws: Aws;
  readonly settings: readonly AccountSetting[];
  /** What other open runs of this account found before them: what they changed since is not how the account was. */
  readonly known: readonly RecordedSetting[];
  readonly append: (event: JournalEvent) => void;
}

/** Throws account/unreadable-setting where one cannot be read: what is not known cannot be put back. */
export async function recordSettings({ aws, settings, known, append }: Recording): Promise<void> {
  const places = settings.flatMap((setting) =>
    (setting.regions ?? [aws.region]).map((region) => ({ setting, region })),
  );
  await mapAtMost(READS_AT_ONCE, places, async ({ setting: { kind, read }, region }) => {
    const before = known.find((one) => one.kind === kind && one.region === region);
    const was = before === undefined ? await readOrRefuse(kind, () => read(inRegion(aws, region))) : before.was;
    append({ event: 'setting', kind, region, was });
  });
}

async function readOrRefuse<Value>(kind: string, read: () => Promise<Value>): Promise<Value> {
  try {
    return await read();
  } catch (error) {
    throw new WorklabError('account/unreadable-setting', {
      what: `the account's setting ${kind} cannot be read: ${messageOf(error)}`,
      fix: 'a lab of this worklog changes it, and what is not known cannot be put back: allow the read, or leave the lab out with --only',
      cause: error,
    });
  }
}
