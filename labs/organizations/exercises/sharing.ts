// Exercises on what crosses the border of an account: a share, an invitation, a delegation.

import { concept, exercise, judge, passedExcept } from '../../../lib/kit';
import { SHARES } from '../demands';
import { see } from '../see';
import { solveWith } from '../solutions';

export const shareResources = exercise({
  id: 'share-resources',
  rows: ['org-5'],
  title: 'Share a resource with other accounts',
  kind: 'provision',
  asks: [
    'cross account resource sharing',
    'resource sharing',
    'resource share',
    'resource access manager',
    'aws ram',
    'chia sẻ tài nguyên',
  ],
  task: [
    'A resource share `worklab-<run>-networks` holds a managed prefix list `worklab-<run>-networks` with one entry (10.44.0.0/16), and lets no',
    'account outside your organization in. With whom it is shared is left open: a share without a principal is free and reaches nobody.',
  ].join(' '),
  restsOn: ['AWS::RAM::ResourceShare', 'AWS::EC2::PrefixList'],
  observe: see.shares,
  check: (shares) => {
    const verdict = judge(shares, SHARES, {
      expected: 'a resource share of this run',
      actual: 'none carries its tag or name',
      hint: 'a share is a name, what is in it, and for whom; each can be added later',
    });
    return verdict.status === 'passed' ? passedExcept('whether another account sees what is shared') : verdict;
  },
  solve: solveWith((solutions) => solutions.sharing),
});

export const inviteAccounts = concept({
  id: 'invite-accounts',
  rows: ['org-a2'],
  title: 'Know how an account joins, moves and leaves',
  extra: true,
  asks: ['invitation account migration', 'invitation', 'account migration', 'invite account', 'mời tài khoản'],
  task: [
    'An invitation is a handshake: the management account sends it, the other account accepts within 15 days or it expires. Joining ends the',
    'free plan of an account and moves its bill; leaving needs a payment method of its own, and a created account may leave after seven days.',
    'worklab neither sends nor accepts one. <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_invites.html>',
  ].join(' '),
});

export const governOrganization = concept({
  id: 'govern-organization',
  rows: ['org-a3'],
  title: 'Know how organizations are governed',
  extra: true,
  asks: [
    'integration control tower sso',
    'organizational account governance',
    'account governance',
    'delegated administrator',
    'best practice',
    'quản trị tài khoản',
  ],
  task: [
    'Run no workloads in the management account; delegate a service (`register-delegated-administrator`) to a member account that looks after it;',
    'manage the root users of member accounts centrally; log in through Identity Center; keep a break-glass role that no policy shuts out.',
    '<https://docs.aws.amazon.com/organizations/latest/userguide/orgs_best-practices.html>',
  ].join(' '),
});
