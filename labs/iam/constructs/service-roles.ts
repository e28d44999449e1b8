// Roles that services take on: a machine's, with the profile that carries it, and a function's.

import { CfnInstanceProfile, CfnRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { trust } from '../documents';
import { BASIC_EXECUTION, SSM_CORE } from '../facts';

export interface ServiceRolesProps {
  readonly partition: string;
  readonly path: string;
  readonly boundary: string;
  readonly named: (thing: string) => string;
}

const ONE_HOUR = 3600;

export class ServiceRoles extends Construct {
  constructor(parent: Construct, id: string, { partition, path, boundary, named }: ServiceRolesProps) {
    super(parent, id);
    const role = (logicalId: string, thing: string, service: string, policy: string) =>
      new CfnRole(this, logicalId, {
        roleName: named(thing),
        path,
        permissionsBoundary: boundary,
        maxSessionDuration: ONE_HOUR,
        assumeRolePolicyDocument: trust({ Service: `${service}.amazonaws.com` }),
        managedPolicyArns: [`arn:${partition}:iam::aws:policy/${policy}`],
      });

    const server = role('Server', 'server', 'ec2', SSM_CORE);
    new CfnInstanceProfile(this, 'ServerProfile', {
      instanceProfileName: named('server'),
      path,
      roles: [server.ref],
    });
    role('Function', 'function', 'lambda', BASIC_EXECUTION);
  }
}
