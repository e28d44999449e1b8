// A guarded vault, a plan that fills it night by night and week by week, and the selection of what is backed up.

import { Stack } from 'aws-cdk-lib';
import { CfnBackupPlan, CfnBackupSelection, CfnBackupVault } from 'aws-cdk-lib/aws-backup';
import { Construct } from 'constructs';
import { BACKUP_TAG, COPY_REGION, DAILY, EVENTS, FORBIDDEN, KEPT_DAYS, MOST_DAYS, TIME_ZONE, WEEKLY } from '../facts';

export interface ProtectionProps {
  readonly run: string;
  readonly named: (thing: string) => string;
  readonly roleArn: string;
  readonly topicArn: string;
}

const ONE_HOUR = 60;
const lifecycle = { deleteAfterDays: KEPT_DAYS };

export class Protection extends Construct {
  readonly vault: CfnBackupVault;

  constructor(parent: Construct, id: string, { run, named, roleArn, topicArn }: ProtectionProps) {
    super(parent, id);
    this.vault = new CfnBackupVault(this, 'Vault', {
      backupVaultName: named('vault'),
      accessPolicy: nobodyDeletes(),
      // Governance: without ChangeableForDays whoever may, can lift it. With it, the lock would be for good after three days.
      lockConfiguration: { minRetentionDays: KEPT_DAYS, maxRetentionDays: MOST_DAYS },
      notifications: { snsTopicArn: topicArn, backupVaultEvents: [...EVENTS] },
    });
    const plan = new CfnBackupPlan(this, 'Plan', {
      backupPlan: {
        backupPlanName: named('plan'),
        backupPlanRule: [
          { ...this.rule('daily', DAILY), copyActions: [{ destinationBackupVaultArn: this.copies(named), lifecycle }] },
          this.rule('weekly', WEEKLY),
        ],
      },
    });
    new CfnBackupSelection(this, 'Tagged', {
      backupPlanId: plan.attrBackupPlanId,
      backupSelection: {
        selectionName: named('tagged'),
        iamRoleArn: roleArn,
        listOfTags: [{ conditionType: 'STRINGEQUALS', conditionKey: BACKUP_TAG, conditionValue: run }],
      },
    });
  }

  private rule(ruleName: string, scheduleExpression: string): CfnBackupPlan.BackupRuleResourceTypeProperty {
    return {
      ruleName,
      targetBackupVault: this.vault.ref,
      scheduleExpression,
      scheduleExpressionTimezone: TIME_ZONE,
      startWindowMinutes: ONE_HOUR,
      completionWindowMinutes: 2 * ONE_HOUR,
      lifecycle,
    };
  }

  /** The vault of the lab's other stack, by its name: stacks of two regions share no exports. */
  private copies(named: (thing: string) => string): string {
    const { partition, account } = Stack.of(this);
    return `arn:${partition}:backup:${COPY_REGION}:${account}:backup-vault:${named('copies')}`;
  }
}

/** Binds everybody, administrators too, until somebody who may takes the policy away. */
const nobodyDeletes = (): object => ({
  Version: '2012-10-17',
  Statement: [{ Sid: 'NobodyDeletes', Effect: 'Deny', Principal: '*', Action: [...FORBIDDEN], Resource: '*' }],
});
