// A runbook, and the role in whose name it acts: it may stop and start machines of this run, and nothing else.

import { Stack } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnDocument } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { restartRunbook } from '../documents';
import { mayRestart, trustedBy } from '../policies';

export interface RunbookProps {
  readonly named: (thing: string) => string;
  readonly tag: { readonly key: string; readonly value: string };
}

export class Runbook extends Construct {
  constructor(parent: Construct, id: string, { named, tag }: RunbookProps) {
    super(parent, id);
    const { partition, region, account } = Stack.of(this);
    const role = new CfnRole(this, 'Role', {
      roleName: named('automation'),
      description: 'Automation restarts the machine of the lab with it',
      assumeRolePolicyDocument: trustedBy('ssm.amazonaws.com'),
      policies: [
        {
          policyName: 'restart',
          policyDocument: mayRestart(`arn:${partition}:ec2:${region}:${account}:instance/*`, tag),
        },
      ],
    });
    new CfnDocument(this, 'Document', {
      name: named('restart'),
      documentType: 'Automation',
      documentFormat: 'JSON',
      content: restartRunbook(role.attrArn),
      updateMethod: 'NewVersion',
    });
  }
}
