// A budget, a cost category, and the tag that both go by.

import { BudgetsClient, CreateBudgetCommand, DeleteBudgetCommand } from '@aws-sdk/client-budgets';
import {
  CostExplorerClient,
  CreateCostCategoryDefinitionCommand,
  UpdateCostAllocationTagsStatusCommand,
  UpdateCostCategoryDefinitionCommand,
} from '@aws-sdk/client-cost-explorer';
import { type Aws, meets, NotHere, type RunScope } from '../../../lib/kit';
import { BUDGETS } from '../demands';
import { categoryArn, costs as look, costTag as lookAtTag } from '../observe/costs';

const VERSION = 'CostCategoryExpression.v1';

export async function costs(aws: Aws, scope: RunScope): Promise<void> {
  const { budgets, categories } = await look(aws, scope);
  if (!budgets.some((budget) => meets(budget, BUDGETS)))
    await putBudget(
      aws,
      scope,
      budgets.map(({ name }) => name),
    );
  if (categories !== null && !categories.some(({ byTag }) => byTag.length > 0)) await putCategory(aws, scope);
}

/** One of the same name is made anew: a budget says more than UpdateBudget changes (its notifications). */
async function putBudget(aws: Aws, { prefix, tag }: RunScope, names: readonly string[]): Promise<void> {
  const client = aws.client(BudgetsClient);
  const AccountId = aws.account;
  const BudgetName = `${prefix}-costs`;
  if (names.includes(BudgetName)) await client.send(new DeleteBudgetCommand({ AccountId, BudgetName }));
  await client.send(
    new CreateBudgetCommand({
      AccountId,
      Budget: {
        BudgetName,
        BudgetType: 'COST',
        TimeUnit: 'MONTHLY',
        BudgetLimit: { Amount: '5', Unit: 'USD' },
        CostFilters: { TagKeyValue: [`user:${tag.key}$${tag.value}`] },
      },
      NotificationsWithSubscribers: [
        {
          Notification: {
            NotificationType: 'ACTUAL',
            ComparisonOperator: 'GREATER_THAN',
            Threshold: 80,
            ThresholdType: 'PERCENTAGE',
          },
          Subscribers: [
            { SubscriptionType: 'SNS', Address: `arn:aws:sns:${aws.region}:${aws.account}:${prefix}-costs` },
          ],
        },
      ],
      ResourceTags: [{ Key: tag.key, Value: tag.value }],
    }),
  );
}

async function putCategory(aws: Aws, { prefix, tag }: RunScope): Promise<void> {
  const client = aws.client(CostExplorerClient);
  const Name = `${prefix}-costs`;
  const RuleVersion = VERSION;
  const Rules = [
    { Type: 'REGULAR' as const, Value: 'practice', Rule: { Tags: { Key: tag.key, Values: [tag.value] } } },
  ];
  const CostCategoryArn = await categoryArn(aws, Name);
  if (CostCategoryArn !== undefined) {
    await client.send(new UpdateCostCategoryDefinitionCommand({ CostCategoryArn, RuleVersion, Rules }));
    return;
  }
  const ResourceTags = [{ Key: tag.key, Value: tag.value }];
  await client.send(
    new CreateCostCategoryDefinitionCommand({
      Name,
      RuleVersion,
      Rules,
      DefaultValue: 'everything else',
      ResourceTags,
    }),
  );
}

export async function costTag(aws: Aws, scope: RunScope): Promise<void> {
  const { standing, status } = await lookAtTag(aws, scope);
  if (standing === 'member') throw new NotHere('only the account that pays can activate a tag');
  if (status === null)
    throw new NotHere('billing does not know the tag yet: it does up to 24 hours after a bill with it');
  if (status === 'Active') return;
  await aws.client(CostExplorerClient).send(
    new UpdateCostAllocationTagsStatusCommand({
      CostAllocationTagsStatus: [{ TagKey: scope.tag.key, Status: 'Active' }],
    }),
  );
}
