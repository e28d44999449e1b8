// What tells the run's costs apart and warns of them: budgets, their notifications, cost categories. No figures of any bill.

import {
  BudgetsClient,
  type Budget as Described,
  paginateDescribeBudgets,
  paginateDescribeNotificationsForBudget,
} from '@aws-sdk/client-budgets';
import {
  CostExplorerClient,
  DescribeCostCategoryDefinitionCommand,
  paginateListCostAllocationTags,
  paginateListCostCategoryDefinitions,
} from '@aws-sdk/client-cost-explorer';
import { type Aws, collect, isMarked, items, type RunScope } from '../../../lib/kit';
import { membership, type Standing } from './organization';

export interface Budget {
  readonly name: string;
  readonly type: string;
  readonly unit: string;
  /** US dollars; null where the budget plans several limits or another currency. */
  readonly limit: number | null;
  /** The filter names the run's tag and value. */
  readonly ofRun: boolean;
  /** Percent of the limit at which somebody is told. */
  readonly warnsAt: readonly number[];
}

export interface CostCategory {
  readonly name: string;
  /** Values that a rule with the run's tag gives. */
  readonly byTag: readonly string[];
}

export interface Costs {
  readonly standing: Standing;
  readonly budgets: readonly Budget[];
  /** Null in a member account: categories are the payer's. */
  readonly categories: readonly CostCategory[] | null;
}

export async function costs(aws: Aws, scope: RunScope): Promise<Costs> {
  const { standing } = await membership(aws);
  return {
    standing,
    budgets: await budgets(aws, scope),
    categories: standing === 'member' ? null : await categories(aws, scope),
  };
}

async function budgets(aws: Aws, scope: RunScope): Promise<Budget[]> {
  const client = aws.client(BudgetsClient);
  const AccountId = aws.account;
  const found: Budget[] = [];
  const pages = paginateDescribeBudgets({ client }, { AccountId, ShowFilterExpression: true });
  for await (const budget of items(pages, (page) => page.Budgets)) {
    const { BudgetName = '', BudgetType = '', TimeUnit = '' } = budget;
    const ofRun = filtersOn(budget, scope);
    if (!ofRun && !isMarked(scope, { names: [BudgetName] })) continue;
    const told = paginateDescribeNotificationsForBudget({ client }, { AccountId, BudgetName });
    const notifications = await collect(items(told, (page) => page.Notifications));
    found.push({
      name: BudgetName,
      type: BudgetType,
      unit: TimeUnit,
      limit: dollarsOf(budget),
      ofRun,
      warnsAt: notifications
        .filter(({ ThresholdType = 'PERCENTAGE' }) => ThresholdType === 'PERCENTAGE')
        .flatMap(({ Threshold }) => Threshold ?? []),
    });
  }
  return found;
}

const dollarsOf = ({ BudgetLimit }: Described): number | null =>
  BudgetLimit?.Unit === 'USD' ? Number(BudgetLimit.Amount) : null;

/** The older CostFilters say "user:key$value", the newer FilterExpression names key and values. */
function filtersOn({ CostFilters, FilterExpression }: Described, { tag }: RunScope): boolean {
  const old = CostFilters?.TagKeyValue?.includes(`user:${tag.key}$${tag.value}`) ?? false;
  return old || namesTag(FilterExpression, tag);
}

/** Looks through And, Or and the rest for the tag with its value. A Not is about everything else. */
function namesTag(expression: unknown, tag: RunScope['tag']): boolean {
  if (Array.isArray(expression)) return expression.some((one) => namesTag(one, tag));
  if (typeof expression !== 'object' || expression === null) return false;
  const { Tags, Not: _not, ...rest } = expression as { Tags?: { Key?: string; Values?: string[] }; Not?: unknown };
  const keys = [tag.key, `user:${tag.key}`];
  if (Tags?.Key !== undefined && keys.includes(Tags.Key) && Tags.Values?.includes(tag.value)) return true;
  return Object.values(rest).some((one) => namesTag(one, tag));
}

async function categories(aws: Aws, scope: RunScope): Promise<CostCategory[]> {
  const client = aws.client(CostExplorerClient);
  const found: CostCategory[] = [];
  const pages = paginateListCostCategoryDefinitions({ client }, {});
  for await (const { Name: name = '', CostCategoryArn } of items(pages, (page) => page.CostCategoryReferences)) {
    if (!isMarked(scope, { names: [name] })) continue;
    const described = await client.send(new DescribeCostCategoryDefinitionCommand({ CostCategoryArn }));
    const rules = described.CostCategory?.Rules ?? [];
    const byTag = rules.filter(({ Rule }) => namesTag(Rule, scope.tag)).flatMap(({ Value }) => Value ?? []);
    found.push({ name, byTag });
  }
  return found;
}

export interface CostTag {
  readonly standing: Standing;
  /** "Active" or "Inactive"; null where billing does not know the tag. */
  readonly status: string | null;
}

export async function costTag(aws: Aws, { tag }: Pick<RunScope, 'tag'>): Promise<CostTag> {
  const { standing } = await membership(aws);
  if (standing === 'member') return { standing, status: null };
  const client = aws.client(CostExplorerClient);
  const pages = paginateListCostAllocationTags({ client }, { TagKeys: [tag.key] });
  const [found] = await collect(items(pages, (page) => page.CostAllocationTags));
  return { standing, status: found?.Status ?? null };
}

/** The ARN of the cost category of that name. */
export async function categoryArn(aws: Aws, name: string): Promise<string | undefined> {
  const pages = paginateListCostCategoryDefinitions({ client: aws.client(CostExplorerClient) }, {});
  const found = await collect(items(pages, (page) => page.CostCategoryReferences));
  return found.find(({ Name }) => Name === name)?.CostCategoryArn;
}
