// Exercises on the one bill: who is told of it, and how it is split up.

import { exercise, failed, judge, passedExcept, unknown, type Verdict } from '../../../lib/kit';
import { BUDGETS } from '../demands';
import type { Costs } from '../observe/costs';
import { see } from '../see';
import { solveWith } from '../solutions';

export const trackCosts = exercise({
  id: 'track-costs',
  rows: ['org-4'],
  title: 'Split the bill, and be told of it',
  kind: 'provision',
  asks: [
    'consolidated billing cost allocation',
    'consolidated billing',
    'cost allocation',
    'cost management optimization',
    'billing',
    'budget',
    'thanh toán hợp nhất',
    'phân bổ chi phí',
    'quản lý chi phí',
  ],
  task: [
    'A monthly cost budget `worklab-<run>-costs` of at most 10 dollars counts what carries the tag `worklab:run` with this run’s id, and',
    'tells the topic `worklab-<run>-costs` (which is there) before the limit is reached. A cost category `worklab-<run>-costs` sorts the',
    'bill by the same tag; only the account that pays can make one, so in a member account none is asked for.',
  ].join(' '),
  restsOn: ['AWS::Budgets::Budget', 'AWS::CE::CostCategory'],
  observe: see.costs,
  check: (costs) => {
    const budget = judge(costs.budgets, BUDGETS, {
      expected: 'a budget of this run',
      actual: 'none carries its name, or counts its tag',
      hint: 'the first two budgets of an account are free, and so is a budget without actions',
    });
    return budget.status === 'passed' ? sorted(costs) : budget;
  },
  solve: solveWith((solutions) => solutions.costs),
});

function sorted({ categories }: Costs): Verdict {
  const noFigures = passedExcept('any figure of the bill');
  if (categories === null || categories.some(({ byTag }) => byTag.length > 0)) return noFigures;
  const [first] = categories;
  return failed({
    expected: 'a cost category that sorts by the run’s tag',
    actual: first === undefined ? 'no cost category carries the run’s name' : `${first.name} has no rule on that tag`,
    hint: 'a rule gives a value to what matches an expression: a tag with its values, an account, a service',
  });
}

export const activateCostTag = exercise({
  id: 'activate-cost-tag',
  rows: ['org-a1'],
  title: 'Activate a tag for cost allocation',
  kind: 'action',
  extra: true,
  asks: ['cost allocation tag detailed billing', 'cost allocation tag', 'allocation tag', 'thẻ phân bổ chi phí'],
  task: [
    'The tag `worklab:run` is active as a cost allocation tag, so that bills and Cost Explorer can group by it. Billing knows a tag up to',
    '24 hours after something that carries it was first billed; until then nobody can activate it. destroy puts back what was.',
  ].join(' '),
  guard: { by: 'account', because: 'it changes how the bill of the account (or of its organization) is told apart' },
  observe: see.costTag,
  check: ({ standing, status }) => {
    if (standing === 'member') return unknown('only the account that pays can activate a tag: here it stays reading');
    if (status === null) {
      return unknown(
        'billing does not know the tag: it does up to 24 hours after something with it was billed, and a sandbox bills nothing',
      );
    }
    if (status === 'Active') return passedExcept('any figure of the bill');
    return failed({
      expected: 'the tag is active',
      actual: `the tag is ${status}`,
      hint: 'tags are activated one by one, in the account that pays',
    });
  },
  solve: solveWith((solutions) => solutions.costTag),
});
