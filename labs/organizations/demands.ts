// What is asked of units, budgets and shares, in the order in which a learner would see to it. Pure.

import type { Demand } from '../../lib/kit';
import type { Budget } from './observe/costs';
import type { Share } from './observe/sharing';

export interface Branch {
  readonly id: string;
  readonly name: string;
  readonly underRoot: boolean;
  readonly children: readonly string[];
}

const hasChild = ({ children }: Branch, word: RegExp): boolean => children.some((name) => word.test(name));
const below = ({ name, children }: Branch): string =>
  children.length === 0 ? `${name} has no unit below it` : `${name} has ${children.join(', ')}`;

export const BRANCHES: readonly Demand<Branch>[] = [
  {
    expected: 'a unit directly under the root',
    met: ({ underRoot }) => underRoot,
    actual: ({ name }) => `${name} stands below another unit`,
    hint: 'its parent should be the root (r-…), not a unit (ou-…)',
  },
  {
    expected: 'a unit for production in it',
    met: (branch) => hasChild(branch, /(^|-)prod/i),
    actual: below,
    hint: 'the parent of "prod" is the first unit: policies of that one hold for both below it',
  },
  {
    expected: 'a unit for development in it',
    met: (branch) => hasChild(branch, /(^|-)dev/i),
    actual: below,
    hint: 'the parent of "dev" is the first unit too: a unit beside it inherits nothing from it',
  },
];

/** A run costs cents; a budget of more would warn of nothing. */
const MOST_DOLLARS = 10;

export const BUDGETS: readonly Demand<Budget>[] = [
  {
    expected: 'a budget of costs',
    met: ({ type }) => type === 'COST',
    actual: ({ name, type }) => `${name} is of the type ${type}`,
    hint: 'usage, reservations and savings plans have budgets of their own types',
  },
  {
    expected: 'a budget by the month',
    met: ({ unit }) => unit === 'MONTHLY',
    actual: ({ name, unit }) => `${name} is ${unit}`,
    hint: 'the time unit of a bill is the month',
  },
  {
    expected: `a limit of at most ${MOST_DOLLARS} dollars`,
    met: ({ limit }) => limit !== null && limit > 0 && limit <= MOST_DOLLARS,
    actual: ({ name, limit }) =>
      limit === null ? `${name} has no limit in US dollars` : `${name} allows ${limit} dollars`,
    hint: 'a limit far above what is spent never warns anybody',
  },
  {
    expected: 'a budget that counts what carries the run’s tag',
    met: ({ ofRun }) => ofRun,
    actual: ({ name }) => `${name} does not filter on the tag worklab:run with the run’s id`,
    hint: 'as a cost filter a tag is written user:<key>$<value>',
  },
  {
    expected: 'somebody is told before the limit is reached',
    met: ({ warnsAt }) => warnsAt.some((percent) => percent > 0 && percent < 100),
    actual: ({ name, warnsAt }) =>
      warnsAt.length === 0 ? `${name} tells nobody` : `${name} tells at ${warnsAt.join(', ')} %`,
    hint: 'a notification is a threshold in percent and a subscriber: an SNS topic or an address',
  },
];

export const SHARES: readonly Demand<Share>[] = [
  {
    expected: 'a share that is active',
    met: ({ status }) => status === 'ACTIVE',
    actual: ({ name, status }) => `${name} is ${status}`,
    hint: 'a share is "pending" for some seconds',
  },
  {
    expected: 'a share with a prefix list in it',
    met: ({ resources }) =>
      resources.some(({ type, arn }) => /prefixlist/i.test(type) || arn.includes(':prefix-list/')),
    actual: ({ name, resources }) =>
      resources.length === 0
        ? `${name} shares nothing`
        : `${name} shares ${resources.map(({ arn }) => arn).join(', ')}`,
    hint: 'what is shared is named by its ARN; the list itself stays in its account',
  },
  {
    expected: 'a share that accounts outside the organization cannot be let into',
    met: ({ external }) => !external,
    actual: ({ name }) => `${name} allows external principals`,
    hint: 'external principals are allowed unless one says otherwise',
  },
];
