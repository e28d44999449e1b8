// What stands before the catalogue: who may launch, by which role, and who is told.

import { ArnFormat, Stack } from 'aws-cdk-lib';
import { AccountRootPrincipal, ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnTopic, type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { END_USER_POLICY } from '../facts';

export class Ground extends Construct {
  readonly endUsers: Role;
  readonly launchRole: Role;
  readonly topic: ITopic;

  constructor(parent: Construct, id: string, { named }: { readonly named: (thing: string) => string }) {
    super(parent, id);
    const topic = new CfnTopic(this, 'Launches', { topicName: named('launches') });
    this.topic = Topic.fromTopicArn(this, 'Topic', topic.ref);
    this.endUsers = new Role(this, 'EndUsers', {
      roleName: named('sc-end-users'),
      description: 'Who may launch products, and nothing else',
      assumedBy: new AccountRootPrincipal(),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName(END_USER_POLICY)],
    });
    this.launchRole = new Role(this, 'LaunchRole', {
      roleName: named('sc-launch'),
      description: 'What Service Catalog makes the stacks of products with',
      assumedBy: new ServicePrincipal('servicecatalog.amazonaws.com'),
    });
    for (const statement of launchStatements(Stack.of(this), topic.ref)) this.launchRole.addToPolicy(statement);
  }
}

/** https://docs.aws.amazon.com/servicecatalog/latest/adminguide/constraints-launch.html, read 2026-11-25; and what the product is made of. */
const launchStatements = (stack: Stack, topic: string): PolicyStatement[] => [
  new PolicyStatement({
    actions: [
      'cloudformation:CreateStack',
      'cloudformation:DeleteStack',
      'cloudformation:DescribeStackEvents',
      'cloudformation:DescribeStacks',
      'cloudformation:SetStackPolicy',
      'cloudformation:UpdateStack',
    ],
    resources: [stack.formatArn({ service: 'cloudformation', resource: 'stack', resourceName: 'SC-*' })],
  }),
  new PolicyStatement({
    actions: ['cloudformation:GetTemplateSummary', 'cloudformation:ValidateTemplate'],
    resources: ['*'],
  }),
  new PolicyStatement({
    actions: ['s3:GetObject'],
    resources: ['*'],
    conditions: { StringEquals: { 's3:ExistingObjectTag/servicecatalog:provisioning': 'true' } },
  }),
  new PolicyStatement({
    actions: [
      'logs:CreateLogGroup',
      'logs:DeleteLogGroup',
      'logs:DeleteRetentionPolicy',
      'logs:ListTagsForResource',
      'logs:PutRetentionPolicy',
      'logs:TagResource',
      'logs:UntagResource',
    ],
    resources: [
      stack.formatArn({
        service: 'logs',
        resource: 'log-group',
        resourceName: 'SC-*',
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      }),
    ],
  }),
  // CloudFormation looks for the group among all.
  new PolicyStatement({ actions: ['logs:DescribeLogGroups'], resources: ['*'] }),
  new PolicyStatement({
    actions: [
      'sns:CreateTopic',
      'sns:DeleteTopic',
      'sns:GetTopicAttributes',
      'sns:ListSubscriptionsByTopic',
      'sns:ListTagsForResource',
      'sns:SetTopicAttributes',
      'sns:TagResource',
      'sns:UntagResource',
    ],
    resources: [stack.formatArn({ service: 'sns', resource: 'SC-*' })],
  }),
  // CloudFormation tells the topic of the notification constraint by the rights of who makes the stack.
  new PolicyStatement({ actions: ['sns:Publish'], resources: [topic] }),
];
