// Exercises on launches: by which role, what came of them, and how an old version goes.

import { exercise, judge } from '../../../lib/kit';
import { LAUNCH_ROLES, NO_PORTFOLIO, RETIRED } from '../demands';
import { LAUNCHES, NO_LAUNCH } from '../launch-demands';
import { see } from '../see';
import { solveWith } from '../solutions';

export const constrainLaunch = exercise({
  id: 'constrain-launch',
  rows: ['sc-6'],
  title: 'Launch by a role instead of one’s own rights',
  kind: 'provision',
  asks: [
    'launch constraint template',
    'launch constraint resource governance',
    'launch constraint',
    'launch role',
    'ràng buộc khởi chạy',
  ],
  task: [
    'A launch constraint on the product in `worklab-<run>-portfolio` names the role `worklab-<run>-sc-launch`, which trusts',
    '`servicecatalog.amazonaws.com` and may make stacks whose names begin with `SC-` and the log groups and topics of that name, and no more.',
  ].join(' '),
  restsOn: ['AWS::ServiceCatalog::LaunchRoleConstraint'],
  observe: see.launching,
  check: (all) => judge(all, LAUNCH_ROLES, NO_PORTFOLIO),
  solve: solveWith((solutions) => solutions.launchRole),
});

export const provisionAndWatch = exercise({
  id: 'provision-and-watch',
  rows: ['sc-7'],
  title: 'Launch a product, update it, read its records',
  kind: 'action',
  asks: [
    'monitor provisioned product compliance',
    'monitor provisioned product stack resource',
    'provisioned product',
    'sản phẩm đã cung cấp',
  ],
  task: [
    'A provisioned product `worklab-<run>-orders` was launched from `v1` of the product, then updated to `v2`; it is available, and so is its',
    'stack `SC-<account>-pp-…`. Choose a cost centre among the TagOptions. Leave it standing: destroy terminates it.',
  ].join(' '),
  observe: see.launches,
  check: (launches) => judge(launches, LAUNCHES, NO_LAUNCH),
  solve: solveWith((solutions) => solutions.launch),
});

export const retireVersion = exercise({
  id: 'retire-version',
  rows: ['sc-a3'],
  title: 'Retire an old version of a product',
  kind: 'action',
  extra: true,
  asks: [
    'versioned product self service',
    'versioned product',
    'self service infrastructure provisioning',
    'self service practice',
    'phiên bản sản phẩm',
  ],
  task: 'The guidance of `v1` of the product in `worklab-<run>-portfolio` is DEPRECATED, and `v2` stays as it is.',
  observe: see.portfolios,
  check: (portfolios) => judge(portfolios, RETIRED, NO_PORTFOLIO),
  solve: solveWith((solutions) => solutions.retire),
});
