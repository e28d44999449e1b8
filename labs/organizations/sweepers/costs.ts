// Budgets and cost categories. Each look at cost categories is a request to Cost Explorer: a cent.

import { BudgetsClient, DeleteBudgetCommand, paginateDescribeBudgets } from '@aws-sdk/client-budgets';
import {
  CostExplorerClient,
  DeleteCostCategoryDefinitionCommand,
  paginateListCostCategoryDefinitions,
} from '@aws-sdk/client-cost-explorer';
import { isMarked, items, type Sweeper, unlessGone } from '../../../lib/kit';
import { membership } from '../observe/organization';

export const budgets: Sweeper = {
  kind: 'budgets:budget',

  async *list(aws, scope) {
    const pages = paginateDescribeBudgets({ client: aws.client(BudgetsClient) }, { AccountId: aws.account });
    for await (const { BudgetName: id } of items(pages, (page) => page.Budgets)) {
      if (id !== undefined && (isMarked(scope, { names: [id] }) || scope.owned.has(id)))
        yield { kind: 'budgets:budget', id };
    }
  },

  remove: (aws, { id: BudgetName }) =>
    unlessGone(['NotFoundException'], () =>
      aws.client(BudgetsClient).send(new DeleteBudgetCommand({ AccountId: aws.account, BudgetName })),
    ),
};

/** A member account has none: they are the payer's. */
export const costCategories: Sweeper = {
  kind: 'ce:costcategory',

  async *list(aws, scope) {
    if ((await membership(aws)).standing === 'member') return;
    const pages = paginateListCostCategoryDefinitions({ client: aws.client(CostExplorerClient) }, {});
    for await (const { CostCategoryArn: id, Name } of items(pages, (page) => page.CostCategoryReferences)) {
      const ours = isMarked(scope, { names: [Name] });
      if (id !== undefined && (ours || scope.owned.has(id))) yield { kind: 'ce:costcategory', id };
    }
  },

  remove: (aws, { id: CostCategoryArn }) =>
    unlessGone(['ResourceNotFoundException'], () =>
      aws.client(CostExplorerClient).send(new DeleteCostCategoryDefinitionCommand({ CostCategoryArn })),
    ),
};
