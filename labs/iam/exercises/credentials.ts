// Exercises on credentials: the password policy, access keys and their rotation, and who used what.

import { exercise, failed, judge, passed } from '../../../lib/kit';
import { keyDemands, PASSWORD, ROTATED } from '../demands';
import { KEY_DAYS, PASSWORDS } from '../facts';
import { see } from '../see';
import { solveWith } from '../solutions';

const NO_USER = {
  expected: 'a user of this run',
  actual: 'no user has its name or its path',
  hint: 'begin its name with worklab-<run>-, or use the path /worklab-<run>/',
};

export const setPasswordPolicyAndKeys = exercise({
  id: 'set-password-policy-and-keys',
  rows: ['iam-6'],
  title: 'Set the password policy, and make an access key',
  kind: 'action',
  asks: [
    'password policy access key',
    'password policy',
    'access key',
    'implemented password policy',
    'chính sách mật khẩu',
    'mật khẩu access key',
    'khóa truy cập',
  ],
  task: [
    `The account asks for passwords of at least ${PASSWORDS.MinimumPasswordLength} characters of all four kinds, remembers`,
    `${PASSWORDS.PasswordReusePrevention}, and lets users change their own (\`destroy\` puts back what was before). A user of`,
    `the run has one active access key, younger than ${KEY_DAYS} days; nobody needs to see its secret.`,
  ].join(' '),
  guard: {
    by: 'account',
    because: 'there is one password policy for the whole account; destroy puts it back as it was',
  },
  observe: see.credentials,
  check: ({ passwords, users, now }) => {
    const policy = judge(passwords === undefined ? [] : [passwords], PASSWORD, {
      expected: 'a password policy of the account’s own',
      actual: 'it has none, so that eight characters are enough',
      hint: 'it is a setting of the account, and the lab puts it back when it is destroyed',
    });
    return policy.status === 'passed' ? judge(users, keyDemands(now), NO_USER) : policy;
  },
  solve: solveWith((solutions) => solutions.credentials),
});

export const rotateAccessKey = exercise({
  id: 'rotate-access-key',
  rows: ['iam-a2'],
  title: 'Rotate an access key',
  kind: 'action',
  extra: true,
  asks: ['access key rotation', 'key rotation', 'rotate access key', 'xoay vòng khóa'],
  task: 'A user of the run got a second access key, and the first one was switched off or deleted: one active key is left.',
  observe: see.rotations,
  check: (rotations) => judge(rotations, ROTATED, NO_USER),
  solve: solveWith((solutions) => solutions.rotate),
});

export const reviewLastAccess = exercise({
  id: 'review-last-access',
  rows: ['iam-a4'],
  title: 'Review what was last used',
  kind: 'action',
  extra: true,
  asks: ['access advisor', 'last accessed', 'cloudtrail access advisor'],
  task: [
    'A report on which services were last used was generated for something of the run, and its job has completed. Which',
    'rights does nobody use?',
  ].join(' '),
  observe: see.reports,
  check: (arns) =>
    arns.length > 0
      ? passed
      : failed({
          expected: 'a report on last use, asked for something of the run',
          actual: 'CloudTrail shows no such request (it is up to 15 minutes late)',
          hint: 'the console calls it "last accessed"; the API generates service last accessed details',
        }),
  solve: solveWith((solutions) => solutions.report),
});
