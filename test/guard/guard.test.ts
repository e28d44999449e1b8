import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { judgeAccount } from '../../lib/guard/guard';
import { allowAccount, allowedAccounts, removeAccount } from '../../lib/store/allowed-accounts';

const facts = {
  account: '111122223333',
  caller: 'arn:aws:iam::111122223333:user/learner',
  alias: 'my-sandbox',
  management: '999988887777',
  unknown: [],
};
const allowed = [{ account: '111122223333' }];
const intention = { regions: ['us-east-1'], touchesAccount: false };

test('an allowed sandbox account may be deployed to, with and without an alias', () => {
  expect(() => judgeAccount(facts, allowed, intention)).not.toThrow();
  expect(() => judgeAccount({ ...facts, alias: null }, allowed, intention)).not.toThrow();
});

test('an account that nobody allowed is refused, with the command that allows it', () => {
  expect(() => judgeAccount(facts, [], intention)).toThrow(
    expect.objectContaining({
      code: 'account/not-allowed',
      exitCode: 4,
      fix: expect.stringContaining('worklab account allow 111122223333'),
    }),
  );
});

test('the root user is refused, even in an allowed account', () => {
  expect(() => judgeAccount({ ...facts, caller: 'arn:aws:iam::111122223333:root' }, allowed, intention)).toThrow(
    'root user',
  );
});

test.each(['acme-prod', 'production', 'prd-1', 'live_eu', 'ACME.PROD'])(
  '%s reads like production, and is refused',
  (alias) => {
    expect(() => judgeAccount({ ...facts, alias }, allowed, intention)).toThrow('reads like production');
  },
);

test.each(['product-demo', 'reproduction', 'olive', 'delivery-sandbox'])(
  '%s does not read like production',
  (alias) => {
    expect(() => judgeAccount({ ...facts, alias }, allowed, intention)).not.toThrow();
  },
);

test('a management account is refused, unless an exercise that touches the account was asked for by id', () => {
  const manager = { ...facts, management: facts.account };

  expect(() => judgeAccount(manager, allowed, intention)).toThrow('management account');
  expect(() => judgeAccount(manager, allowed, { ...intention, touchesAccount: true })).not.toThrow();
});

test('the name that the account has in its organization counts as its alias does', () => {
  expect(() => judgeAccount({ ...facts, name: 'Web Production' }, allowed, intention)).toThrow('"Web Production"');
  expect(() => judgeAccount({ ...facts, name: 'Product trials' }, allowed, intention)).not.toThrow();
});

test('a region that was not allowed is refused, with the command that allows it; other stacks of a lab count', () => {
  const list = [{ account: '111122223333', regions: ['us-east-1'] }];

  expect(() => judgeAccount(facts, list, intention)).not.toThrow();
  expect(() => judgeAccount(facts, list, { ...intention, regions: ['us-east-1', 'us-west-2'] })).toThrow(
    expect.objectContaining({
      message: expect.stringContaining('not in us-west-2'),
      fix: expect.stringContaining('--regions us-east-1,us-west-2'),
    }),
  );
});

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

  test('remembers the regions, and keeps them when nothing else is said', () => {
    allowAccount(home, '111122223333', ['us-east-1']);
    allowAccount(home, '111122223333');
    expect(allowedAccounts(home)).toMatchObject([{ regions: ['us-east-1'] }]);

    allowAccount(home, '111122223333', ['eu-west-1']);
    expect(allowedAccounts(home)).toMatchObject([{ regions: ['eu-west-1'] }]);
  });

  test('a list that cannot be read allows nobody', () => {
    writeFileSync(join(home, 'accounts.json'), '{');

    expect(() => allowedAccounts(home)).toThrow(expect.objectContaining({ code: 'account/not-allowed' }));
  });
});
