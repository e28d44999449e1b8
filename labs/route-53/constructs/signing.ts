// The key that signs the zone, which KMS keeps, and the zone's signing with it.

import { Stack } from 'aws-cdk-lib';
import { CfnAlias, CfnKey } from 'aws-cdk-lib/aws-kms';
import { CfnDNSSEC, CfnKeySigningKey } from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';
import { SIGNER, SIGNER_ACTIONS } from '../facts';

export interface SigningProps {
  readonly name: string;
  readonly keyName: string;
}

export class Signing extends Construct {
  private readonly key: CfnKey;
  private readonly keyName: string;

  constructor(parent: Construct, id: string, { name, keyName }: SigningProps) {
    super(parent, id);
    this.keyName = keyName;
    this.key = new CfnKey(this, 'Key', {
      description: 'Signs the public zone of the Route 53 lab',
      // The one kind that DNSSEC in Route 53 takes.
      keySpec: 'ECC_NIST_P256',
      keyUsage: 'SIGN_VERIFY',
      pendingWindowInDays: 7,
      keyPolicy: this.policy(),
    });
    new CfnAlias(this, 'Alias', { aliasName: `alias/${name}`, targetKeyId: this.key.ref });
  }

  /** Signs a zone: signing has to end before its key can go, so one depends on the other. */
  sign(zoneId: string): void {
    const signingKey = new CfnKeySigningKey(this, 'SigningKey', {
      hostedZoneId: zoneId,
      keyManagementServiceArn: this.key.attrArn,
      name: this.keyName,
      status: 'ACTIVE',
    });
    const signing = new CfnDNSSEC(this, 'Signing', { hostedZoneId: zoneId });
    signing.addResourceDependency(signingKey);
  }

  /** The account's administrators, and Route 53 on behalf of this account alone (no confused deputy). */
  private policy(): object {
    const { account, partition } = Stack.of(this);
    const Principal = { Service: SIGNER };
    return {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'Administer',
          Effect: 'Allow',
          Principal: { AWS: `arn:${partition}:iam::${account}:root` },
          Action: 'kms:*',
          Resource: '*',
        },
        {
          Sid: 'Sign',
          Effect: 'Allow',
          Principal,
          Action: [...SIGNER_ACTIONS],
          Resource: '*',
          Condition: {
            StringEquals: { 'aws:SourceAccount': account },
            ArnLike: { 'aws:SourceArn': `arn:${partition}:route53:::hostedzone/*` },
          },
        },
        {
          Sid: 'Grant',
          Effect: 'Allow',
          Principal,
          Action: 'kms:CreateGrant',
          Resource: '*',
          Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
        },
      ],
    };
  }
}
