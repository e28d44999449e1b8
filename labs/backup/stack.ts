// The lab in the run's region: what is to be backed up; in the full form also the vault and its plan. And in the copy region: a vault.

import { CfnBackupVault } from 'aws-cdk-lib/aws-backup';
import type { Construct } from 'constructs';
import { LabStack, type LabStackProps } from '../../lib/kit/stack';
import { Archive, Continuous } from './constructs/continuous';
import { Ground } from './constructs/ground';
import { Protection } from './constructs/protection';

export class BackupStack extends LabStack {
  constructor(parent: Construct, id: string, props: LabStackProps) {
    super(parent, id, props);
    const { run } = this.run;
    const named = (thing: string): string => this.named(thing);
    const { role, topic } = new Ground(this, 'Ground', { run, named });
    const archive = new Archive(this, 'Archive', named);
    if (this.form === 'starter') return;
    const { vault } = new Protection(this, 'Protection', { run, named, roleArn: role.attrArn, topicArn: topic.ref });
    new Continuous(this, 'Continuous', { named, vault: vault.ref, archive });
  }
}

/** A vault that copies go to. It stands in both forms, since a vault alone is nothing to grade. */
export class CopyStack extends LabStack {
  constructor(parent: Construct, id: string, props: LabStackProps) {
    super(parent, id, props);
    new CfnBackupVault(this, 'Copies', { backupVaultName: this.named('copies') });
  }
}
