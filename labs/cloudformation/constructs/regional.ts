// The two roles of a self-managed stack set and, deployed, the set itself: one setting, the same in two regions of the account.

import { CfnStackSet, Stack } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { elsewhere } from '../facts';
import { template } from '../templates';

export interface RegionalProps {
  readonly named: (thing: string) => string;
  readonly prefix: string;
  /** False: the roles alone, for whoever makes the set by hand. */
  readonly deployed: boolean;
}

export class Regional extends Construct {
  constructor(parent: Construct, id: string, { named, prefix, deployed }: RegionalProps) {
    super(parent, id);
    const executionRoleName = named('stackset-execution');
    const administration = this.administration(named('stackset-administration'), executionRoleName);
    const execution = this.execution(executionRoleName, administration.attrArn, prefix);
    if (!deployed) return;
    const { account, region } = Stack.of(this);
    new CfnStackSet(this, 'Set', {
      stackSetName: named('regional'),
      description: 'A setting that is the same in every region',
      permissionModel: 'SELF_MANAGED',
      administrationRoleArn: administration.attrArn,
      executionRoleName: execution.ref,
      templateBody: template('regional.yaml'),
      parameters: [{ parameterKey: 'Name', parameterValue: `/${prefix}/regional/greeting` }],
      stackInstancesGroup: [{ deploymentTargets: { accounts: [account] }, regions: [region, elsewhere(region)] }],
      operationPreferences: { failureToleranceCount: 0, maxConcurrentCount: 1 },
    });
  }

  /** What CloudFormation is in this account while it works on the set: somebody who may become the other role. */
  private administration(roleName: string, execution: string): CfnRole {
    const { partition } = Stack.of(this);
    return new CfnRole(this, 'Administration', {
      roleName,
      assumeRolePolicyDocument: trust({ Service: 'cloudformation.amazonaws.com' }),
      policies: [
        allowing('become-execution', {
          Action: 'sts:AssumeRole',
          Resource: `arn:${partition}:iam::*:role/${execution}`,
        }),
      ],
    });
  }

  /** What it is in a target account: whatever the set's stacks contain, and no more (User Guide, self-managed permissions, 2026-11-25). */
  private execution(roleName: string, administration: string, prefix: string): CfnRole {
    const { partition, account } = Stack.of(this);
    const stacks = `arn:${partition}:cloudformation:*:${account}:stack/StackSet-${prefix}-*`;
    const parameters = `arn:${partition}:ssm:*:${account}:parameter/${prefix}/*`;
    return new CfnRole(this, 'Execution', {
      roleName,
      assumeRolePolicyDocument: trust({ AWS: administration }),
      policies: [
        allowing(
          'stacks-of-the-set',
          { Action: 'cloudformation:*', Resource: stacks },
          // CloudFormation keeps the set's template in a bucket of its own, and hears of each stack through a topic of its own.
          { Action: ['s3:GetObject', 'sns:Publish', 'cloudformation:GetTemplateSummary'], Resource: '*' },
          { Action: PARAMETER_ACTIONS, Resource: parameters },
          { Action: 'ssm:DescribeParameters', Resource: '*' },
        ),
      ],
    });
  }
}

const PARAMETER_ACTIONS = [
  'ssm:AddTagsToResource',
  'ssm:DeleteParameter',
  'ssm:GetParameter',
  'ssm:GetParameters',
  'ssm:ListTagsForResource',
  'ssm:PutParameter',
  'ssm:RemoveTagsFromResource',
];

interface Allowed {
  readonly Action: string | readonly string[];
  readonly Resource: string;
}

const trust = (principal: object): object => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' }],
});

const allowing = (policyName: string, ...statements: readonly Allowed[]): CfnRole.PolicyProperty => ({
  policyName,
  policyDocument: { Version: '2012-10-17', Statement: statements.map((one) => ({ Effect: 'Allow', ...one })) },
});
