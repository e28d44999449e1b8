// Exercises on people: users and groups, what they may do, their second factor, and the concepts behind it all.

import { concept, exercise, judge } from '../../../lib/kit';
import { NARROWED, PEOPLE, RIGHTS, SECOND_FACTOR } from '../demands';
import { see } from '../see';
import { solveWith } from '../solutions';

export const understandIam = concept({
  id: 'understand-iam',
  rows: ['iam-1'],
  title: 'Understand the parts of IAM',
  asks: [
    'iam concept component',
    'iam concept',
    'understand part iam',
    'iam component',
    'khái niệm iam',
    'thành phần iam',
  ],
  task: [
    'Users, groups and roles are who asks; policies say what they may. A request is denied unless a policy allows it, and a',
    'Deny anywhere wins; a boundary and an organization only take away. Read',
    '<https://docs.aws.amazon.com/IAM/latest/UserGuide/introduction.html>. Which would you give a program on a machine of',
    'AWS: a user with a key, or a role?',
  ].join(' '),
});

const NO_GROUP = {
  expected: 'a group of this run',
  actual: 'no group has its name or its path',
  hint: 'names are the account’s: begin yours with worklab-<run>-, or use the path /worklab-<run>/',
};

const NO_USER = { ...NO_GROUP, expected: 'a user of this run', actual: 'no user has its name or its path' };

export const manageUsersAndGroups = exercise({
  id: 'manage-users-and-groups',
  rows: ['iam-2'],
  title: 'Manage users and groups',
  kind: 'provision',
  asks: [
    'create manage iam user group',
    'iam user group',
    'user group',
    'created managed iam user group',
    'người dùng nhóm',
    'user và group',
  ],
  task: [
    'The group `worklab-<run>-devs` has the users `worklab-<run>-dev1` and `worklab-<run>-dev2` in it, all under the path',
    '`/worklab-<run>/`. Both users stand under the permissions boundary `worklab-<run>-boundary`, have no policies of their',
    'own and no password.',
  ].join(' '),
  restsOn: ['AWS::IAM::User', 'AWS::IAM::Group', 'AWS::IAM::UserToGroupAddition'],
  observe: see.groups,
  check: (groups) => judge(groups, PEOPLE, NO_GROUP),
  solve: solveWith((solutions) => solutions.people),
});

export const writePolicies = exercise({
  id: 'write-policies',
  rows: ['iam-3'],
  title: 'Write policies that allow what is needed',
  kind: 'provision',
  asks: [
    'configure iam policy permission',
    'iam policy permission',
    'iam policy',
    'policy json document',
    'configured iam policy json document',
    'chính sách quyền',
    'chính sách iam',
  ],
  task: [
    'The managed policy `worklab-<run>-notes` on the group lets each member read and write',
    '`s3://worklab-<run>-notes/<user name>/`, over TLS only, and nothing of anybody else’s; an inline policy on the group',
    'lets them see to their own devices. No policy allows all actions of a service. The bucket need not be there: IAM’s',
    'policy simulator is asked.',
  ].join(' '),
  restsOn: ['AWS::IAM::ManagedPolicy', 'AWS::IAM::Group'],
  observe: see.rights,
  check: (rights) => judge(rights, RIGHTS, NO_GROUP),
  solve: solveWith((solutions) => solutions.policies),
});

export const setUpMfa = exercise({
  id: 'set-up-mfa',
  rows: ['iam-5'],
  title: 'Set up a second factor',
  kind: 'action',
  asks: [
    'multi factor authentication mfa',
    'multi-factor authentication mfa',
    'multi-factor authentication',
    'mfa',
    'xác thực đa yếu tố',
  ],
  task: [
    'A user of the run has a virtual MFA device that is enabled. A policy of its group denies everything that is done without',
    'a second factor, except what it takes to enrol one.',
  ].join(' '),
  restsOn: ['AWS::IAM::ManagedPolicy', 'AWS::IAM::User'],
  observe: see.secondFactors,
  check: (factors) => judge(factors, SECOND_FACTOR, NO_USER),
  solve: solveWith((solutions) => solutions.mfa),
});

export const proveLeastPrivilege = exercise({
  id: 'prove-least-privilege',
  rows: ['iam-a3'],
  title: 'Take a policy down to least privilege',
  kind: 'action',
  extra: true,
  asks: [
    'least privilege fine-grained permission',
    'least privilege',
    'principle least privilege',
    'đặc quyền tối thiểu',
  ],
  task: [
    'A managed policy of the run, for example `worklab-<run>-reader`, was made too wide and then narrowed: its default',
    'version is a later one, and lets the members read their own notes, but neither write nor delete them.',
  ].join(' '),
  observe: see.narrowed,
  check: (policies) =>
    judge(policies, NARROWED, {
      expected: 'a managed policy of this run',
      actual: 'none has its name or its path',
      hint: 'a new version of a policy replaces the old one everywhere at once',
    }),
  solve: solveWith((solutions) => solutions.narrow),
});
