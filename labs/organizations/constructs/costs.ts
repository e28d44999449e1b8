// A topic that is told; a budget that tells it, and a cost category. Both go by the run's tag.

import { CfnCondition, Fn, Stack } from 'aws-cdk-lib';
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { CfnCostCategory } from 'aws-cdk-lib/aws-ce';
import { CfnTopic, CfnTopicPolicy } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

export interface CostWatchProps {
  readonly name: string;
  readonly tag: { readonly key: string; readonly value: string };
}

/** Four fifths of the limit. */
const WARN_AT = 80;

export class CostWatch extends Construct {
  private readonly topic: CfnTopic;

  constructor(
    parent: Construct,
    id: string,
    private readonly props: CostWatchProps,
  ) {
    super(parent, id);
    const { account, partition } = Stack.of(this);
    this.topic = new CfnTopic(this, 'Topic', { topicName: props.name });
    // Budgets may publish for this account alone: https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-sns-policy.html
    new CfnTopicPolicy(this, 'TopicPolicy', {
      topics: [this.topic.ref],
      policyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'budgets.amazonaws.com' },
            Action: 'SNS:Publish',
            Resource: this.topic.ref,
            Condition: {
              StringEquals: { 'aws:SourceAccount': account },
              ArnLike: { 'aws:SourceArn': `arn:${partition}:budgets::${account}:*` },
            },
          },
        ],
      },
    });
  }

  /** `pays`: "yes" where the account pays its own bill, known at deployment. */
  watch(pays: string): void {
    const { name, tag } = this.props;
    new CfnBudget(this, 'Budget', {
      budget: {
        budgetName: name,
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount: 5, unit: 'USD' },
        costFilters: { TagKeyValue: [`user:${tag.key}$${tag.value}`] },
      },
      notificationsWithSubscribers: [
        {
          notification: {
            notificationType: 'ACTUAL',
            comparisonOperator: 'GREATER_THAN',
            threshold: WARN_AT,
            thresholdType: 'PERCENTAGE',
          },
          subscribers: [{ subscriptionType: 'SNS', address: this.topic.ref }],
        },
      ],
    });
    const category = new CfnCostCategory(this, 'Category', {
      name,
      ruleVersion: 'CostCategoryExpression.v1',
      rules: JSON.stringify([
        { Type: 'REGULAR', Value: 'practice', Rule: { Tags: { Key: tag.key, Values: [tag.value] } } },
      ]),
      defaultValue: 'everything else',
    });
    category.cfnOptions.condition = new CfnCondition(this, 'Pays', { expression: Fn.conditionEquals(pays, 'yes') });
  }
}
