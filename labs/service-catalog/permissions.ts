// What the Service Catalog lab has to be allowed. Portfolios and products get their ids from the service: only what is made of
// them has a name to go by.

import type { Permission } from '../../lib/kit';

const CATALOG = ['arn:aws:catalog:*:*:portfolio/*', 'arn:aws:catalog:*:*:product/*'];

export const permissions: readonly Permission[] = [
  {
    actions: [
      'servicecatalog:CreatePortfolio',
      'servicecatalog:CreateProduct',
      'servicecatalog:CreateTagOption',
      'servicecatalog:DeleteConstraint',
      'servicecatalog:DeleteTagOption',
      'servicecatalog:DescribeConstraint',
      'servicecatalog:DescribeProvisionedProduct',
      'servicecatalog:DescribeRecord',
      'servicecatalog:DescribeTagOption',
      'servicecatalog:ListPortfolios',
      'servicecatalog:ListRecordHistory',
      'servicecatalog:ListResourcesForTagOption',
      'servicecatalog:ListTagOptions',
      'servicecatalog:SearchProductsAsAdmin',
      'servicecatalog:SearchProvisionedProducts',
      'servicecatalog:TerminateProvisionedProduct',
      'servicecatalog:UpdateConstraint',
      'servicecatalog:UpdateProvisionedProduct',
    ],
    resources: ['*'],
  },
  {
    actions: [
      'servicecatalog:AssociatePrincipalWithPortfolio',
      'servicecatalog:AssociateProductWithPortfolio',
      'servicecatalog:AssociateTagOptionWithResource',
      'servicecatalog:CreateConstraint',
      'servicecatalog:CreatePortfolioShare',
      'servicecatalog:CreateProvisioningArtifact',
      'servicecatalog:DeletePortfolio',
      'servicecatalog:DeletePortfolioShare',
      'servicecatalog:DeleteProduct',
      'servicecatalog:DeleteProvisioningArtifact',
      'servicecatalog:DescribePortfolio',
      'servicecatalog:DescribePortfolioShares',
      'servicecatalog:DescribeProductAsAdmin',
      'servicecatalog:DescribeProvisioningArtifact',
      'servicecatalog:DisassociatePrincipalFromPortfolio',
      'servicecatalog:DisassociateProductFromPortfolio',
      'servicecatalog:DisassociateTagOptionFromResource',
      'servicecatalog:ListConstraintsForPortfolio',
      'servicecatalog:ListPortfoliosForProduct',
      'servicecatalog:ListPrincipalsForPortfolio',
      'servicecatalog:ListProvisioningArtifacts',
      'servicecatalog:ProvisionProduct',
      'servicecatalog:TagResource',
      'servicecatalog:UntagResource',
      'servicecatalog:UpdatePortfolio',
      'servicecatalog:UpdateProduct',
      'servicecatalog:UpdateProvisioningArtifact',
    ],
    resources: CATALOG,
  },
  // A version is the template of a stack of the run's; a launched product is a stack of its own.
  {
    actions: ['cloudformation:DescribeStacks', 'cloudformation:GetTemplate'],
    resources: ['arn:aws:cloudformation:*:*:stack/worklab-*/*', 'arn:aws:cloudformation:*:*:stack/SC-*/*'],
  },
  {
    actions: [
      'iam:AttachRolePolicy',
      'iam:CreateRole',
      'iam:DeleteRole',
      'iam:DeleteRolePolicy',
      'iam:DetachRolePolicy',
      'iam:GetRole',
      'iam:GetRolePolicy',
      'iam:ListAttachedRolePolicies',
      'iam:ListRolePolicies',
      'iam:PutRolePolicy',
      'iam:TagRole',
      'iam:UntagRole',
    ],
    resources: ['arn:aws:iam::*:role/worklab-*'],
  },
  {
    actions: ['iam:PassRole'],
    resources: ['arn:aws:iam::*:role/worklab-*'],
    conditions: { StringEquals: { 'iam:PassedToService': 'servicecatalog.amazonaws.com' } },
  },
  // Who calls may be a role with a path, and principals of a portfolio may be anybody's.
  {
    actions: [
      'iam:GetRole',
      'iam:ListAttachedGroupPolicies',
      'iam:ListAttachedRolePolicies',
      'iam:ListAttachedUserPolicies',
    ],
    resources: ['arn:aws:iam::*:group/*', 'arn:aws:iam::*:role/*', 'arn:aws:iam::*:user/*'],
  },
  {
    actions: [
      'sns:CreateTopic',
      'sns:DeleteTopic',
      'sns:GetTopicAttributes',
      'sns:ListTagsForResource',
      'sns:SetTopicAttributes',
      'sns:TagResource',
      'sns:UntagResource',
    ],
    resources: ['arn:aws:sns:*:*:worklab-*'],
  },
  {
    actions: [
      'logs:CreateLogGroup',
      'logs:DeleteLogGroup',
      'logs:ListTagsForResource',
      'logs:PutRetentionPolicy',
      'logs:TagResource',
      'logs:UntagResource',
    ],
    resources: ['arn:aws:logs:*:*:log-group:worklab-*'],
  },
  {
    actions: [
      'ssm:AddTagsToResource',
      'ssm:DeleteParameter',
      'ssm:GetParameters',
      'ssm:PutParameter',
      'ssm:RemoveTagsFromResource',
    ],
    resources: ['arn:aws:ssm:*:*:parameter/worklab-*'],
  },
  { actions: ['logs:DescribeLogGroups', 'ssm:DescribeParameters', 'sts:GetCallerIdentity'], resources: ['*'] },
];
