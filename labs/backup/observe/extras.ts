// What the exercises beyond the programme look at: report plans and their jobs, buckets, and what an organization lets out.

import {
  BackupClient,
  DescribeGlobalSettingsCommand,
  paginateListReportJobs,
  paginateListReportPlans,
} from '@aws-sdk/client-backup';
import { DescribeOrganizationCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { type Aws, collect, items, type RunScope, unlessGone } from '../../../lib/kit';
import { COPY_REGION } from '../facts';
import { type Bucket, buckets } from './buckets';
import { isOfRun } from './marks';
import { type Plan, plans } from './plans';
import { type Vault, vaults } from './vaults';

export interface ReportPlan {
  readonly name: string;
  readonly template: string;
  readonly formats: readonly string[];
  readonly bucket: string;
  readonly jobs: readonly { readonly state: string; readonly why?: string | undefined }[];
}

export async function reports(aws: Aws, scope: RunScope): Promise<ReportPlan[]> {
  const client = aws.client(BackupClient);
  const found: ReportPlan[] = [];
  for await (const plan of items(paginateListReportPlans({ client }, {}), (page) => page.ReportPlans)) {
    const { ReportPlanName: name = '', ReportPlanArn: arn = '', ReportSetting, ReportDeliveryChannel } = plan;
    if (!(await isOfRun(aws, scope, { name, arn }))) continue;
    const jobs = await collect(
      items(paginateListReportJobs({ client }, { ByReportPlanName: name }), (page) => page.ReportJobs),
    );
    found.push({
      name,
      template: ReportSetting?.ReportTemplate ?? 'unknown',
      formats: ReportDeliveryChannel?.Formats ?? ['CSV'],
      bucket: ReportDeliveryChannel?.S3BucketName ?? '',
      jobs: jobs.map(({ Status = 'unknown', StatusMessage }) => ({ state: Status, why: StatusMessage })),
    });
  }
  return found;
}

export interface Continuity {
  readonly plans: readonly Plan[];
  readonly buckets: readonly Bucket[];
}

export const continuity = async (aws: Aws, scope: RunScope): Promise<Continuity> => ({
  plans: await plans(aws, scope),
  buckets: await buckets(aws, scope),
});

export interface Sharing {
  /** Undefined where the account is in no organization. */
  readonly organization?: { readonly id: string; readonly managedHere: boolean } | undefined;
  readonly crossAccount: boolean;
  /** The run's vaults in the copy region. */
  readonly vaults: readonly Vault[];
}

export async function sharing(aws: Aws, scope: RunScope): Promise<Sharing> {
  let organization: Sharing['organization'];
  await unlessGone(['AWSOrganizationsNotInUseException'], async () => {
    const { Organization } = await aws.client(OrganizationsClient).send(new DescribeOrganizationCommand({}));
    organization = { id: Organization?.Id ?? '', managedHere: Organization?.MasterAccountId === aws.account };
  });
  const there: Aws = { ...aws, region: COPY_REGION, client: (type, region = COPY_REGION) => aws.client(type, region) };
  return {
    organization,
    crossAccount: organization !== undefined && (await isCrossAccount(aws)),
    vaults: await vaults(there, scope),
  };
}

async function isCrossAccount(aws: Aws): Promise<boolean> {
  const { GlobalSettings } = await aws.client(BackupClient).send(new DescribeGlobalSettingsCommand({}));
  return GlobalSettings?.isCrossAccountBackupEnabled === 'true';
}
