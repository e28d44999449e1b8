// What each check says of a mistake: plain objects in, the hint that names it out.

import { verdictsOf } from '../../test/support/verdicts';
import { exercises } from './exercises';

const { check, says } = verdictsOf(exercises);

const NOW = '2026-11-22T12:00:00.000Z';
const KEY = { id: 'AKIA1', active: true, created: '2026-11-01T00:00:00.000Z' };
const USER = {
  name: 'dev1',
  arn: 'arn:user',
  boundary: 'arn:b',
  policies: [],
  hasPassword: false,
  keys: [],
  devices: [],
};
const GROUP = { name: 'devs', members: [USER, { ...USER, name: 'dev2' }], attached: [], inline: [] };

describe('manage-users-and-groups', () => {
  const change = (more: object) => [{ ...GROUP, members: [USER, { ...USER, name: 'dev2', ...more }] }];

  test.each<[string, object[], RegExp]>([
    ['no group', [], /no group has its name/],
    ['one user', [{ ...GROUP, members: [USER] }], /devs has dev1 \| a user is made first/],
    ['no boundary', change({ boundary: undefined }), /dev2 has none \| .*boundary/],
    ['a policy on the user', change({ policies: ['ReadOnly'] }), /ReadOnly is on dev2 itself/],
    ['a password', change({ hasPassword: true }), /dev2 can log in to the console/],
  ])('%s', (_, groups, told) => {
    expect(says('manage-users-and-groups', groups)).toMatch(told);
  });

  test('two users in a group', () => {
    expect(check('manage-users-and-groups', [GROUP]).status).toBe('passed');
  });
});

describe('write-policies', () => {
  const member = {
    name: 'dev1',
    bounded: true,
    own: 'allowed',
    others: 'implicitDeny',
    plain: 'implicitDeny',
    beyond: 'implicitDeny',
  };
  const good = { group: 'devs', managed: [{ name: 'notes', wild: [] }], inline: ['own'], member };

  test.each<[string, object, RegExp]>([
    ['nothing attached', { managed: [] }, /devs has none \| .*make one of your own/],
    ['s3:*', { managed: [{ name: 'notes', wild: ['s3:*'] }] }, /notes allows s3:\*/],
    ['nothing inline', { inline: [] }, /inline policy lives and goes/],
    ['nobody in it', { member: undefined }, /no user of the run to try it with/],
    ['not enough', { member: { ...member, own: 'implicitDeny' } }, /aws:username/],
    ['too much', { member: { ...member, others: 'allowed' } }, /somebody else's note: allowed \| .*variable/],
    ['without TLS', { member: { ...member, plain: 'allowed' } }, /aws:SecureTransport/],
    ['rights over IAM', { member: { ...member, beyond: 'allowed' } }, /making a user: allowed/],
    ['no boundary', { member: { ...member, bounded: false } }, /boundary holds whatever policy/],
  ])('%s', (_, mistake, told) => {
    expect(says('write-policies', [{ ...good, ...mistake }])).toMatch(told);
  });

  test('one’s own notes and no more', () => {
    expect(check('write-policies', [good]).status).toBe('passed');
  });
});

describe('set-up-mfa', () => {
  const good = { user: 'dev1', devices: ['arn:mfa'], without: 'explicitDeny', withIt: 'allowed', enrolling: 'allowed' };

  test.each<[string, object, RegExp]>([
    ['no device', { devices: [] }, /dev1 has none \| .*two codes in a row/],
    ['nothing denied', { without: 'allowed' }, /mind IfExists/],
    ['merely not allowed', { without: 'implicitDeny' }, /without MFA: implicitDeny/],
    ['locked out', { enrolling: 'explicitDeny' }, /who has no device yet/],
    ['denied always', { withIt: 'explicitDeny' }, /while the second factor is missing/],
  ])('%s', (_, mistake, told) => {
    expect(says('set-up-mfa', [{ ...good, ...mistake }])).toMatch(told);
  });

  test('a device and a Deny', () => {
    expect(check('set-up-mfa', [good]).status).toBe('passed');
    expect(check('set-up-mfa', [{ ...good, withIt: 'implicitDeny' }]).status).toBe('passed');
  });
});

describe('set-password-policy-and-keys', () => {
  const passwords = {
    MinimumPasswordLength: 14,
    RequireUppercaseCharacters: true,
    RequireLowercaseCharacters: true,
    RequireNumbers: true,
    RequireSymbols: true,
    PasswordReusePrevention: 24,
    AllowUsersToChangePassword: true,
  };
  const users = [{ ...USER, keys: [KEY] }];
  const good = { passwords, users, now: NOW };

  test.each<[string, object, RegExp]>([
    ['no policy', { passwords: undefined }, /it has none/],
    ['short', { passwords: { ...passwords, MinimumPasswordLength: 8 } }, /8 are enough/],
    ['no symbols', { passwords: { ...passwords, RequireSymbols: false } }, /name all of them at once/],
    ['taken again', { passwords: { ...passwords, PasswordReusePrevention: undefined } }, /reuse prevention/],
    ['others only', { passwords: { ...passwords, AllowUsersToChangePassword: false } }, /they may not/],
    ['no user', { users: [] }, /no user has its name/],
    ['no key', { users: [USER] }, /dev1 has none/],
    ['an inactive key', { users: [{ ...USER, keys: [{ ...KEY, active: false }] }] }, /inactive ones only/],
    ['two keys', { users: [{ ...USER, keys: [KEY, KEY] }] }, /dev1 has 2 \| .*rotation/],
    [
      'an old key',
      { users: [{ ...USER, keys: [{ ...KEY, created: '2026-08-01T00:00:00.000Z' }] }] },
      /does not expire/,
    ],
  ])('%s', (_, mistake, told) => {
    expect(says('set-password-policy-and-keys', { ...good, ...mistake })).toMatch(told);
  });

  test('both', () => {
    expect(check('set-password-policy-and-keys', good).status).toBe('passed');
  });

  test('a rotation leaves one active key, and an older one inactive or deleted', () => {
    const old = { ...KEY, id: 'AKIA0', active: false, created: '2026-10-01T00:00:00.000Z' };
    const rotation = (keys: object[], deleted = false) => [{ user: { ...USER, keys }, deleted }];
    expect(says('rotate-access-key', rotation([KEY]))).toMatch(/only ever had the one key/);
    expect(says('rotate-access-key', rotation([KEY, { ...old, active: true }]))).toMatch(/dev1 has 2/);
    expect(says('rotate-access-key', rotation([KEY, { ...old, created: '2026-11-20T00:00:00.000Z' }]))).toMatch(
      /only ever/,
    );
    expect(check('rotate-access-key', rotation([KEY, old])).status).toBe('passed');
    expect(check('rotate-access-key', rotation([KEY], true)).status).toBe('passed');
  });
});

describe('write-service-control-policy', () => {
  const good = { name: 'guardrail', targets: ['ORGANIZATIONAL_UNIT'], leaving: 'explicitDeny', reading: 'allowed' };

  test.each<[string, object, RegExp]>([
    ['attached to nothing', { targets: [] }, /attached to nothing/],
    ['on every account', { targets: ['ROOT'] }, /every account/],
    ['denies nothing', { leaving: 'allowed' }, /has to say Deny/],
    ['denies everything', { reading: 'explicitDeny' }, /deny the one action/],
  ])('%s', (_, mistake, told) => {
    expect(says('write-service-control-policy', { policies: [{ ...good, ...mistake }] })).toMatch(told);
  });

  test('no organization, and one that another account manages', () => {
    expect(says('write-service-control-policy', { without: 'no organization', policies: [] })).toMatch(
      /no organization/,
    );
    expect(says('write-service-control-policy', { without: 'a member only', policies: [] })).toMatch(
      /another account manages/,
    );
    expect(says('write-service-control-policy', { policies: [] })).toMatch(/none with its name/);
    expect(check('write-service-control-policy', { policies: [good] }).status).toBe('passed');
  });
});

describe('watch-iam', () => {
  const trail = { name: 't', logging: true, global: true, validated: true };
  const rule = { name: 'r', enabled: true, sources: ['aws.iam'], targets: ['arn:topic'] };
  const good = { trails: [trail], rules: [rule], seen: true };

  test.each<[string, object, RegExp]>([
    ['no trail', { trails: [] }, /no trail there has its name/],
    ['switched off', { trails: [{ ...trail, logging: false }] }, /does not log until it is told to/],
    ['of one region', { trails: [{ ...trail, global: false }] }, /global service events/],
    ['without validation', { trails: [{ ...trail, validated: false }] }, /log file validation/],
    ['no rule', { rules: [] }, /none in us-east-1/],
    ['a rule on something else', { rules: [{ ...rule, sources: ['aws.ec2'] }] }, /none in us-east-1/],
    ['a rule without a target', { rules: [{ ...rule, targets: [] }] }, /r has no target/],
    ['a rule that is off', { rules: [{ ...rule, enabled: false }] }, /none in us-east-1/],
  ])('%s', (_, mistake, told) => {
    expect(says('watch-iam', { ...good, ...mistake })).toMatch(told);
  });

  test('is unknown until CloudTrail shows an event', () => {
    expect(check('watch-iam', good).status).toBe('passed');
    expect(check('watch-iam', { ...good, seen: false })).toEqual({
      status: 'unknown',
      reason: expect.stringContaining('15 minutes late'),
    });
  });
});

test('a narrowed policy allows reading, and neither writing nor deleting', () => {
  const good = {
    name: 'reader',
    version: 2,
    wild: [],
    reads: 'allowed',
    writes: 'implicitDeny',
    deletes: 'implicitDeny',
  };
  expect(check('prove-least-privilege', [good]).status).toBe('passed');
  expect(says('prove-least-privilege', [])).toMatch(/none has its name/);
  expect(says('prove-least-privilege', [{ ...good, version: 1 }])).toMatch(/still at version 1/);
  expect(says('prove-least-privilege', [{ ...good, reads: 'implicitDeny' }])).toMatch(/enough for the work/);
  expect(says('prove-least-privilege', [{ ...good, writes: 'allowed' }])).toMatch(/writing allowed/);
  expect(says('prove-least-privilege', [{ ...good, wild: ['s3:*'] }])).toMatch(/s3:\*/);
});

test('a report on last use was asked for something of the run', () => {
  expect(says('review-last-access', [])).toMatch(/no such request/);
  expect(check('review-last-access', ['arn:policy']).status).toBe('passed');
});
