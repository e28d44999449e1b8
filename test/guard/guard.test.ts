import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { judgeAccount } from '../../lib/guard/guard';
import { allowAccount, allowedAccounts, removeAccount } from '../../lib/store/allowed-accounts';

const facts = {
  account: '111122223333',
  caller: 'arn:aws:iam::111122223333:user/learner',
  alias: 'my-sandbox',
  unknown: [],
};
const allowed = new Set(['111122223333']);

test('an allowed sandbox account may be deployed to, with and without an alias', () => {
  expect(() => judgeAccount(facts, allowed)).not.toThrow();
  expect(() => judgeAccount({ ...facts, alias: null }, allowed)).not.toThrow();
});

test('an account that nobody allowed is refused, with the command that allows it', () => {
  expect(() => judgeAccount(facts, new Set())).toThrow(
    expect.objectContaining({
      code: 'account/not-allowed',
      exitCode: 4,
      fix: expect.stringContaining('worklab account allow 111122223333'),
    }),
  );
});

test('the root user is refused, even in an allowed account', () => {
  expect(() => judgeAccount({ ...facts, caller: 'arn:aws:iam::111122223333:root' }, allowed)).toThrow('root user');
});

test.each(['acme-prod', 'production', 'prd-1', 'live_eu', 'ACME.PROD'])(
  '%s reads like production, and is refused',
  (alias) => {
    expect(() => judgeAccount({ ...facts, alias }, allowed)).toThrow('reads like production');
  },
);

test.each(['product-demo', 'reproduction', 'olive', 'delivery-sandbox'])(
  '%s does not read like production',
  (alias) => {
    expect(() => judgeAccount({ ...facts, alias }, allowed)).not.toThrow();
  },
);

describe('the list of accounts', () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'worklab-accounts-'));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  test('keeps what was allowed until it is removed', () => {
    allowAccount(home, '111122223333');
    allowAccount(home, '111122223333');

    expect(allowedAccounts(home)).toHaveLength(1);
    expect([removeAccount(home, '111122223333'), removeAccount(home, '111122223333')]).toEqual([true, false]);
    expect(allowedAccounts(home)).toEqual([]);
  });

  test('a list that cannot be read allows nobody', () => {
    writeFileSync(join(home, 'accounts.json'), '{');

    expect(() => allowedAccounts(home)).toThrow(expect.objectContaining({ code: 'account/not-allowed' }));
  });
});
