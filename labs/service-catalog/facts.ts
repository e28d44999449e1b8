// Facts of the lab that its stacks, checks and solutions share.

/** What the product's parameter may be: the template constraint says so, the product's own default is one of them. */
export const RETENTION = { parameter: 'RetentionDays', allowed: ['1', '3', '7'] } as const;

export const VERSIONS = ['v1', 'v2'] as const;
export type Version = (typeof VERSIONS)[number];

/** The stack that a version is taken from. */
export const patternOf = (prefix: string, version: Version): string => `${prefix}-service-catalog-${version}`;

/** The key carries the run's name: a TagOption has neither a name nor tags, and its key and value are unique in a region. */
export const costCentre = (prefix: string): string => `${prefix}-cost-centre`;
export const COST_CENTRES = ['platform', 'research'] as const;

/** The assertions of the template constraint. */
export const RULES = {
  ShortRetention: {
    Assertions: [
      {
        Assert: { 'Fn::Contains': [RETENTION.allowed, { Ref: RETENTION.parameter }] },
        AssertDescription: `${RETENTION.parameter} is one of ${RETENTION.allowed.join(', ')}`,
      },
    ],
  },
};

/** What AWS lets an end user do: browse, launch, update and terminate. */
export const END_USER_POLICY = 'AWSServiceCatalogEndUserFullAccess';

/** Stands for nobody where a template wants the ARN of a user or role. */
export const NOBODY = 'arn:aws:iam::000000000000:user/nobody';
