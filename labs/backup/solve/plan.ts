// A plan with its rules and its selection: made, or changed where it lacks something.

import {
  BackupClient,
  type BackupPlanInput,
  type BackupRuleInput,
  CreateBackupPlanCommand,
  CreateBackupSelectionCommand,
  GetBackupPlanCommand,
  UpdateBackupPlanCommand,
  UpdateRegionSettingsCommand,
} from '@aws-sdk/client-backup';
import { type Aws, meets, type RunScope } from '../../../lib/kit';
import { planned, SCHEDULED } from '../demands';
import { BACKUP_TAG, DAILY, KEPT_DAYS, TIME_ZONE, WEEKLY } from '../facts';
import { type Plan, plans } from '../observe/plans';
import { vaults } from '../observe/vaults';
import { type Rhythm, rhythmOf } from '../schedules';
import { vaultName } from './vault';

const ONE_HOUR = 60;

export const roleArn = (aws: Aws, { prefix }: RunScope): string => `arn:aws:iam::${aws.account}:role/${prefix}-backup`;

export async function plan(aws: Aws, scope: RunScope): Promise<void> {
  const vault = await vaultName(aws, scope);
  const known = new Set((await vaults(aws, scope)).map(({ name }) => name));
  const own = await plans(aws, scope);
  if (own.some((one) => meets(one, planned(known)))) return;
  const client = aws.client(BackupClient);
  const first = ordinary(own);
  const BackupPlanId = first?.id ?? (await createPlan(aws, scope, vault));
  if (first !== undefined) await rewrite(aws, first, (rules) => repaired(rules, vault, known));
  if (!first?.selections.some(({ byTag, chosen }) => byTag && chosen.length > 0)) {
    const BackupSelection = {
      SelectionName: `${scope.prefix}-tagged`,
      IamRoleArn: roleArn(aws, scope),
      ListOfTags: [{ ConditionType: 'STRINGEQUALS' as const, ConditionKey: BACKUP_TAG, ConditionValue: scope.run }],
    };
    await client.send(new CreateBackupSelectionCommand({ BackupPlanId, BackupSelection }));
  }
  const [now] = await plans(aws, scope);
  if (now?.ebsOptedIn === false) {
    await client.send(new UpdateRegionSettingsCommand({ ResourceTypeOptInPreference: { EBS: true } }));
  }
}

async function createPlan(aws: Aws, { prefix, tag }: RunScope, vault: string): Promise<string> {
  const create = new CreateBackupPlanCommand({
    BackupPlan: { BackupPlanName: `${prefix}-plan`, Rules: [rule('daily', DAILY, vault)] },
    BackupPlanTags: { [tag.key]: tag.value },
  });
  const { BackupPlanId = '' } = await aws.client(BackupClient).send(create);
  return BackupPlanId;
}

/** The plan to work on: that of a bucket under continuous backup is left alone. */
export const ordinary = (own: readonly Plan[]): Plan | undefined =>
  own.find(({ rules }) => !rules.some(({ continuous }) => continuous));

const rule = (RuleName: string, ScheduleExpression: string, TargetBackupVaultName: string): BackupRuleInput => ({
  RuleName,
  TargetBackupVaultName,
  ScheduleExpression,
  ScheduleExpressionTimezone: TIME_ZONE,
  StartWindowMinutes: ONE_HOUR,
  CompletionWindowMinutes: 2 * ONE_HOUR,
  Lifecycle: { DeleteAfterDays: KEPT_DAYS },
});

const repaired = (rules: readonly BackupRuleInput[], vault: string, known: ReadonlySet<string>): BackupRuleInput[] =>
  rules.length === 0
    ? [rule('daily', DAILY, vault)]
    : rules.map((one) => ({
        ...one,
        TargetBackupVaultName: known.has(one.TargetBackupVaultName ?? '') ? one.TargetBackupVaultName : vault,
        Lifecycle: { DeleteAfterDays: KEPT_DAYS },
      }));

/** Replaces the plan's rules by what `change` makes of them: AWS Backup takes a plan only as a whole. */
export async function rewrite(
  aws: Aws,
  { id: BackupPlanId }: Plan,
  change: (rules: readonly BackupRuleInput[]) => readonly BackupRuleInput[],
): Promise<void> {
  const client = aws.client(BackupClient);
  const { BackupPlan: before } = await client.send(new GetBackupPlanCommand({ BackupPlanId }));
  const rules = (before?.Rules ?? []).map(({ RuleId, ...rest }): BackupRuleInput => rest);
  const BackupPlan: BackupPlanInput = {
    BackupPlanName: before?.BackupPlanName,
    Rules: [...change(rules)],
    AdvancedBackupSettings: before?.AdvancedBackupSettings,
  };
  await client.send(new UpdateBackupPlanCommand({ BackupPlanId, BackupPlan }));
}

export async function schedule(aws: Aws, scope: RunScope): Promise<void> {
  await plan(aws, scope);
  const own = await plans(aws, scope);
  const first = ordinary(own);
  if (first === undefined || own.some((one) => meets(one, SCHEDULED))) return;
  const vault = await vaultName(aws, scope);
  await rewrite(aws, first, (rules) => {
    const lacks = (rhythm: Rhythm): boolean =>
      !rules.some(({ ScheduleExpression = '' }) => rhythmOf(ScheduleExpression) === rhythm);
    return [
      ...rules,
      ...(lacks('daily') ? [rule('every-day', DAILY, vault)] : []),
      ...(lacks('weekly') ? [rule('weekly', WEEKLY, vault)] : []),
    ];
  });
}
