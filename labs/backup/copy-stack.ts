// The lab in the copy region: a vault that copies go to. It stands in both forms, since a vault alone is nothing to grade.

import { CfnBackupVault } from 'aws-cdk-lib/aws-backup';
import type { Construct } from 'constructs';
import { LabStack, type LabStackProps } from '../../lib/kit/stack';

export class CopyStack extends LabStack {
  constructor(parent: Construct, id: string, props: LabStackProps) {
    super(parent, id, props);
    new CfnBackupVault(this, 'Copies', { backupVaultName: this.named('copies') });
  }
}
