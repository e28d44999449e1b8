// The run's backup plans: their rules, and what their selections choose of the run's volumes.

import {
  BackupClient,
  type BackupRule,
  type BackupSelection,
  DescribeRegionSettingsCommand,
  GetBackupPlanCommand,
  GetBackupSelectionCommand,
  paginateListBackupPlans,
  paginateListBackupSelections,
} from '@aws-sdk/client-backup';
import { type Aws, collect, items, type RunScope } from '../../../lib/kit';
import { isOfRun } from './marks';
import { type Role, roleOf } from './roles';
import { type Volume, volumes } from './volumes';

export interface Copy {
  readonly vaultArn: string;
  readonly keptDays?: number | undefined;
}

export interface Rule {
  readonly name: string;
  readonly vault: string;
  readonly schedule: string;
  readonly timeZone: string;
  readonly keptDays?: number | undefined;
  readonly coldAfterDays?: number | undefined;
  readonly continuous: boolean;
  readonly copies: readonly Copy[];
}

export interface Selection {
  readonly name: string;
  readonly role: Role;
  /** Whether tags decide, rather than a list of resources. */
  readonly byTag: boolean;
  readonly resources: readonly string[];
  /** The run's volumes that it chooses. */
  readonly chosen: readonly string[];
}

export interface Plan {
  readonly id: string;
  readonly name: string;
  readonly rules: readonly Rule[];
  readonly selections: readonly Selection[];
  /** Whether the account lets AWS Backup select EBS volumes in this region. */
  readonly ebsOptedIn: boolean;
}

export async function plans(aws: Aws, scope: RunScope): Promise<Plan[]> {
  const client = aws.client(BackupClient);
  const own = await volumes(aws, scope);
  const { ResourceTypeOptInPreference = {} } = await client.send(new DescribeRegionSettingsCommand({}));
  const found: Plan[] = [];
  for await (const plan of items(paginateListBackupPlans({ client }, {}), (page) => page.BackupPlansList)) {
    const { BackupPlanId: id = '', BackupPlanArn: arn = '', BackupPlanName: name = '' } = plan;
    if (!(await isOfRun(aws, scope, { name, arn }))) continue;
    const { BackupPlan } = await client.send(new GetBackupPlanCommand({ BackupPlanId: id }));
    found.push({
      id,
      name,
      rules: (BackupPlan?.Rules ?? []).map(ruleOf),
      selections: await selectionsOf(aws, id, own),
      ebsOptedIn: ResourceTypeOptInPreference.EBS === true,
    });
  }
  return found;
}

const ruleOf = (rule: BackupRule): Rule => ({
  name: rule.RuleName ?? '',
  vault: rule.TargetBackupVaultName ?? '',
  schedule: rule.ScheduleExpression ?? '',
  timeZone: rule.ScheduleExpressionTimezone ?? 'Etc/UTC',
  keptDays: rule.Lifecycle?.DeleteAfterDays,
  coldAfterDays: rule.Lifecycle?.MoveToColdStorageAfterDays,
  continuous: rule.EnableContinuousBackup ?? false,
  copies: (rule.CopyActions ?? []).map(({ DestinationBackupVaultArn = '', Lifecycle }) => ({
    vaultArn: DestinationBackupVaultArn,
    keptDays: Lifecycle?.DeleteAfterDays,
  })),
});

async function selectionsOf(aws: Aws, BackupPlanId: string, own: readonly Volume[]): Promise<Selection[]> {
  const client = aws.client(BackupClient);
  const pages = paginateListBackupSelections({ client }, { BackupPlanId });
  const listed = await collect(items(pages, (page) => page.BackupSelectionsList));
  return Promise.all(
    listed.map(async ({ SelectionId }) => {
      const { BackupSelection } = await client.send(new GetBackupSelectionCommand({ BackupPlanId, SelectionId }));
      const selection: Partial<BackupSelection> = BackupSelection ?? {};
      return {
        name: selection.SelectionName ?? '',
        role: await roleOf(aws, selection.IamRoleArn ?? ''),
        byTag: tagConditions(selection).length > 0,
        resources: selection.Resources ?? [],
        chosen: own.filter((volume) => chooses(selection, volume)).map(({ id }) => id),
      };
    }),
  );
}

interface TagCondition {
  readonly key: string;
  readonly value: string;
}

/** Either form: ListOfTags, of which one has to hold, or Conditions, all of which have to. */
const tagConditions = ({ ListOfTags = [], Conditions }: Partial<BackupSelection>): TagCondition[] => [
  ...ListOfTags.map(({ ConditionKey = '', ConditionValue = '' }) => ({ key: ConditionKey, value: ConditionValue })),
  ...equalities(Conditions),
];

const equalities = (conditions: BackupSelection['Conditions']): TagCondition[] =>
  (conditions?.StringEquals ?? []).map(({ ConditionKey = '', ConditionValue = '' }) => ({
    key: ConditionKey.replace(/^aws:ResourceTag\//, ''),
    value: ConditionValue,
  }));

/** Patterns of NotResources and of the other string conditions are not asked for, and not judged. */
function chooses(selection: Partial<BackupSelection>, { arn, tags }: Volume): boolean {
  const { Resources = [], ListOfTags = [], Conditions } = selection;
  const carries = ({ key, value }: TagCondition): boolean => tags[key] === value;
  const listed = Resources.some((resource) => resource === arn || resource === '*' || covers(resource, arn));
  const tagged = tagConditions({ ListOfTags }).some(carries);
  const among = ListOfTags.length === 0 ? listed || Resources.length === 0 : tagged || listed;
  return among && equalities(Conditions).every(carries);
}

/** A resource may end in a star: "arn:aws:ec2:*:*:volume/*". */
const covers = (pattern: string, arn: string): boolean =>
  pattern.includes('*') &&
  new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replace(/[.+?^$()|[\]{}\\]/g, '\\$&'))
      .join('.*')}$`,
  ).test(arn);
