import type { RecordedSetting } from '../../lib/core/journal';
import { recordSettings } from '../../lib/deploy/settings';
import type { AccountSetting, SettingValue } from '../../lib/kit';
import { proveSettings, restoreSettings } from '../../lib/teardown/settings';
import { fakeWorld } from '../support/fake-world';

const KIND = 'iam:account-password-policy';
const WAS = { MinimumPasswordLength: 8 };

/** A setting of a pretended account, which the caller can change. */
const settingOver = (account: { is: SettingValue }, more: Partial<AccountSetting> = {}): AccountSetting => ({
  kind: KIND,
  read: async () => account.is,
  restore: async (_aws, was) => {
    account.is = was;
  },
  ...more,
});

const worldWith = (known: AccountSetting[], sharedWith: () => string | undefined = () => undefined) => ({
  ...fakeWorld([]),
  settings: { recorded: [{ kind: KIND, region: 'us-east-1', was: WAS }] as RecordedSetting[], known, sharedWith },
});

test('a setting that the run changed is put back, and the proof compares', async () => {
  const account = { is: { MinimumPasswordLength: 14 } as SettingValue };
  const world = worldWith([settingOver(account)]);

  expect((await proveSettings(world)).proofs).toMatchObject([{ kind: KIND, status: 'found' }]);
  expect(await restoreSettings(world)).toEqual([]);

  expect(account.is).toEqual(WAS);
  expect((await proveSettings(world)).proofs).toMatchObject([{ kind: KIND, status: 'clean' }]);
  expect(world.journal.map(({ event }) => event)).toEqual(['restoring', 'restored']);
});

test('a setting that is as it was is left alone', async () => {
  const world = worldWith([settingOver({ is: WAS }, { restore: () => Promise.reject(new Error('touched')) })]);
  expect(await restoreSettings(world)).toEqual([]);
  expect(world.journal).toEqual([]);
});

test('what cannot be put back, read, or is known to nobody is never called clean', async () => {
  const refusing = settingOver({ is: null }, { restore: () => Promise.reject(new Error('AccessDenied')) });
  expect(await restoreSettings(worldWith([refusing]))).toEqual([{ id: KIND, reason: 'AccessDenied' }]);
  const unreadable = settingOver({ is: null }, { read: () => Promise.reject(new Error('Throttling')) });
  expect((await proveSettings(worldWith([unreadable]))).proofs).toMatchObject([
    { status: 'unknown', reason: 'Throttling' },
  ]);
  expect((await proveSettings(worldWith([]))).proofs).toMatchObject([{ status: 'unknown' }]);
});

test('a setting that another open run changed too is left to that run, and told', async () => {
  const account = { is: { MinimumPasswordLength: 14 } as SettingValue };
  const world = worldWith([settingOver(account)], () => 'other2');

  await restoreSettings(world);

  expect(account.is).not.toEqual(WAS);
  const { proofs, left } = await proveSettings(world);
  expect(proofs).toEqual([]);
  expect(left).toMatchObject([{ kind: KIND, why: expect.stringContaining('other2') }]);
});

describe('before a deployment', () => {
  const { aws } = fakeWorld([]);

  test('a setting is recorded as it is; as an open run found it, where one changed it already', async () => {
    const events: object[] = [];
    const settings = [settingOver({ is: { MinimumPasswordLength: 14 } }), settingOver({ is: 'on' }, { kind: 'a:b' })];
    await recordSettings({
      aws,
      settings,
      known: [{ kind: KIND, region: 'us-east-1', was: WAS }],
      append: (event) => void events.push(event),
    });
    expect(events).toEqual([
      { event: 'setting', kind: KIND, region: 'us-east-1', was: WAS },
      { event: 'setting', kind: 'a:b', region: 'us-east-1', was: 'on' },
    ]);
  });

  test('one that cannot be read stops the deployment', async () => {
    const unreadable = settingOver({ is: null }, { read: () => Promise.reject(new Error('AccessDenied')) });
    const recording = recordSettings({ aws, settings: [unreadable], known: [], append: () => {} });
    await expect(recording).rejects.toMatchObject({ code: 'account/unreadable-setting', exitCode: 4 });
  });
});
