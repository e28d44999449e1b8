// The landing zone itself, and the four roles that Control Tower works with. There only where both of its accounts are named.
// Roles: <https://docs.aws.amazon.com/controltower/latest/userguide/lz-api-prereques.html>, read 2026-11-22.

import { CfnCondition, type CfnResource, Fn, Stack } from 'aws-cdk-lib';
import { CfnLandingZone } from 'aws-cdk-lib/aws-controltower';
import { CfnRole, type CfnRoleProps } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { LANDING_ZONE_VERSION, manifestFor } from '../manifest';

export interface LandingZoneProps {
  /** Account ids, known at deployment; NOBODY where there is none. */
  readonly logArchive: string;
  readonly audit: string;
}

/** No account: a parameter has to have a default. */
export const NOBODY = '000000000000';

export class LandingZone extends Construct {
  private readonly isWanted: CfnCondition;

  constructor(parent: Construct, id: string, { logArchive, audit }: LandingZoneProps) {
    super(parent, id);
    const { partition, region } = Stack.of(this);
    this.isWanted = new CfnCondition(this, 'IsWanted', {
      expression: Fn.conditionAnd(
        Fn.conditionNot(Fn.conditionEquals(logArchive, NOBODY)),
        Fn.conditionNot(Fn.conditionEquals(audit, NOBODY)),
      ),
    });
    const managed = (name: string): string[] => [`arn:${partition}:iam::aws:policy/service-role/${name}`];
    const roles = [
      this.role('AWSControlTowerAdmin', 'controltower', {
        managedPolicyArns: managed('AWSControlTowerServiceRolePolicy'),
        policies: [inline(['ec2:DescribeAvailabilityZones'], '*')],
      }),
      this.role('AWSControlTowerCloudTrailRole', 'cloudtrail', {
        policies: [
          inline(
            ['logs:CreateLogStream', 'logs:PutLogEvents'],
            `arn:${partition}:logs:*:*:log-group:aws-controltower/CloudTrailLogs:*`,
          ),
        ],
      }),
      this.role('AWSControlTowerStackSetRole', 'cloudformation', {
        policies: [inline(['sts:AssumeRole'], `arn:${partition}:iam::*:role/AWSControlTowerExecution`)],
      }),
      this.role('AWSControlTowerConfigAggregatorRoleForOrganizations', 'config', {
        managedPolicyArns: managed('AWSConfigRoleForOrganizations'),
      }),
    ];
    const zone = this.wanted(
      new CfnLandingZone(this, 'Zone', {
        version: LANDING_ZONE_VERSION,
        manifest: manifestFor([region], { logArchive, audit }),
      }),
    );
    for (const role of roles) zone.addResourceDependency(role);
  }

  /** Control Tower looks for these names, under this path. */
  private role(roleName: string, service: string, policies: Partial<CfnRoleProps>): CfnRole {
    return this.wanted(
      new CfnRole(this, roleName, {
        roleName,
        path: '/service-role/',
        assumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Principal: { Service: `${service}.amazonaws.com` }, Action: 'sts:AssumeRole' },
          ],
        },
        ...policies,
      }),
    );
  }

  private wanted<Resource extends CfnResource>(resource: Resource): Resource {
    resource.cfnOptions.condition = this.isWanted;
    return resource;
  }
}

const inline = (actions: readonly string[], resource: string) => ({
  policyName: 'work',
  policyDocument: {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: actions, Resource: resource }],
  },
});
