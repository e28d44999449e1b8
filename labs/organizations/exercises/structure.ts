// Exercises on the shape of the organization: its units; what there is to read about it.

import { concept, exercise, judge } from '../../../lib/kit';
import { BRANCHES, type Branch } from '../demands';
import type { Organization } from '../observe/organization';
import { see } from '../see';
import { solveWith } from '../solutions';
import { beforeAll } from '../standing';

export const readHierarchy = concept({
  id: 'read-hierarchy',
  rows: ['org-1'],
  title: 'Understand how an organization is built',
  asks: [
    'organization architecture hierarchy',
    'organization architecture',
    'organization hierarchy',
    'organization concept',
    'understand organization',
    'kiến trúc organization',
    'tìm hiểu organization',
  ],
  task: [
    'One root, under it units up to five deep, in them accounts; the management account pays for all and is bound by no policy of',
    'the organization. `aws organizations describe-organization` tells which account that is. Read',
    '<https://docs.aws.amazon.com/organizations/latest/userguide/orgs_introduction.html>: what would you put into a unit of its',
    'own, and why is an account a harder border than a VPC?',
  ].join(' '),
});

/** The run's units that stand directly under the root, with what is below them. */
export const branchesOf = ({ root, units }: Organization): Branch[] =>
  units
    .filter(({ ours }) => ours)
    .map(({ id, name, parent }) => ({
      id,
      name,
      underRoot: parent === root?.id,
      children: units.filter((unit) => unit.parent === id).map((unit) => unit.name),
    }));

export const buildHierarchy = exercise({
  id: 'build-hierarchy',
  rows: ['org-2'],
  title: 'Build a tree of organizational units',
  kind: 'provision',
  asks: [
    'create manage organizational structure',
    'organizational structure',
    'create manage organization',
    'create organization',
    'organizational unit',
    'ou',
    'multiple account',
    'cấu trúc tổ chức',
    'tạo organization',
    'đơn vị tổ chức',
  ],
  task: [
    'Under the root stands the unit `worklab-<run>-workloads`, and in it the units `prod` and `dev`. Tag the first with',
    '`worklab:run`. In the sandbox there is no organization yet: create one with all features, and tag its root the same way, so',
    'that destroy knows that it is yours. No account is made, moved or closed.',
  ].join(' '),
  guard: {
    by: 'account',
    because:
      'it changes an organization, so it wants the management account; in any other account it stays something to read, and no organization is made on AWS',
  },
  observe: see.organization,
  check: (organization) =>
    beforeAll(organization) ??
    judge(branchesOf(organization), BRANCHES, {
      expected: 'a unit of this run under the root',
      actual: `${organization.units.length} units, none of them with the run’s tag or name`,
      hint: 'a unit is created under a parent: the id of the root is what list-roots tells',
    }),
  solve: solveWith((solutions) => solutions.hierarchy),
});
