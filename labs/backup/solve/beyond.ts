// Beyond the programme: a report that is delivered, a bucket under continuous backup, a vault that an organization may copy into.

import {
  BackupClient,
  CreateBackupPlanCommand,
  CreateBackupSelectionCommand,
  CreateReportPlanCommand,
  DescribeReportJobCommand,
  PutBackupVaultAccessPolicyCommand,
  StartReportJobCommand,
  UpdateGlobalSettingsCommand,
} from '@aws-sdk/client-backup';
import {
  type BucketLocationConstraint,
  CreateBucketCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { type Aws, meets, NotHere, type RunScope, unlessGone, waitUntil } from '../../../lib/kit';
import { keptContinuously } from '../demands-beyond';
import { COPY_REGION, DAILY, KEPT_DAYS, reportPlanName, reportWriter, TIME_ZONE } from '../facts';
import { continuity, reports, sharing } from '../observe/extras';
import { copyingOrganizations } from '../vault-policy';
import { isDone } from './restore';
import { vaultName } from './vault';

const A_REPORT = 900;
/** Seconds until a role that was just made may be named in a policy. */
const A_ROLE = 60;

export async function report(aws: Aws, scope: RunScope): Promise<void> {
  const known = await reports(aws, scope);
  if (known.some(({ jobs }) => jobs.some(({ state }) => state === 'COMPLETED'))) return;
  const Bucket = `${scope.prefix}-backup-reports-${aws.account}`;
  await createBucket(aws, scope, Bucket);
  const ReportPlanName = known[0]?.name ?? (await createReportPlan(aws, scope, Bucket));
  await letIn(aws, known[0]?.bucket ?? Bucket);
  const client = aws.client(BackupClient);
  const { ReportJobId = '' } = await client.send(new StartReportJobCommand({ ReportPlanName }));
  await waitUntil(aws, { for: `report job ${ReportJobId} to be completed`, seconds: A_REPORT }, async () => {
    const { ReportJob } = await client.send(new DescribeReportJobCommand({ ReportJobId }));
    return isDone(ReportJob?.Status, `report job ${ReportJobId}`, ReportJob?.StatusMessage);
  });
}

async function createBucket(aws: Aws, { tag }: RunScope, Bucket: string): Promise<void> {
  const client = aws.client(S3Client);
  // us-east-1 is where buckets are when nothing is said, and must not be said.
  const place = { LocationConstraint: aws.region as BucketLocationConstraint };
  const create = new CreateBucketCommand({
    Bucket,
    ...(aws.region === 'us-east-1' ? {} : { CreateBucketConfiguration: place }),
  });
  await unlessGone(['BucketAlreadyOwnedByYou'], () => client.send(create));
  const TagSet = [{ Key: tag.key, Value: tag.value }];
  await client.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));
}

async function createReportPlan(aws: Aws, { prefix, tag }: RunScope, S3BucketName: string): Promise<string> {
  const ReportPlanName = reportPlanName(prefix);
  const create = new CreateReportPlanCommand({
    ReportPlanName,
    ReportDeliveryChannel: { S3BucketName, Formats: ['CSV'] },
    ReportSetting: { ReportTemplate: 'BACKUP_JOB_REPORT' },
    ReportPlanTags: { [tag.key]: tag.value },
  });
  await aws.client(BackupClient).send(create);
  return ReportPlanName;
}

/** S3 refuses a principal that IAM does not show yet: the role is as young as the account's first report plan. */
async function letIn(aws: Aws, Bucket: string): Promise<void> {
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: reportWriter(aws.account) },
        Action: 's3:PutObject',
        Resource: `arn:aws:s3:::${Bucket}/*`,
        Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
      },
    ],
  });
  await waitUntil(aws, { for: 'the role that writes reports to be known to S3', seconds: A_ROLE }, async () => {
    let known = false;
    await unlessGone(['MalformedPolicy'], async () => {
      await aws.client(S3Client).send(new PutBucketPolicyCommand({ Bucket, Policy }));
      known = true;
    });
    return known;
  });
}

export async function continuous(aws: Aws, scope: RunScope): Promise<void> {
  const seen = await continuity(aws, scope);
  if (seen.plans.some((plan) => meets(plan, keptContinuously(seen.buckets)))) return;
  const bucket = seen.buckets.find(({ name }) => name.startsWith(`${scope.prefix}-documents`));
  if (bucket === undefined) throw new NotHere('the bucket of the lab is not there: deploy the lab again');
  const client = aws.client(BackupClient);
  const rule = {
    RuleName: 'continuous',
    TargetBackupVaultName: await vaultName(aws, scope),
    ScheduleExpression: DAILY,
    ScheduleExpressionTimezone: TIME_ZONE,
    EnableContinuousBackup: true,
    Lifecycle: { DeleteAfterDays: KEPT_DAYS },
  };
  const create = new CreateBackupPlanCommand({
    BackupPlan: { BackupPlanName: `${scope.prefix}-continuous`, Rules: [rule] },
    BackupPlanTags: { [scope.tag.key]: scope.tag.value },
  });
  const { BackupPlanId } = await client.send(create);
  const BackupSelection = {
    SelectionName: `${scope.prefix}-documents`,
    IamRoleArn: `arn:aws:iam::${aws.account}:role/${scope.prefix}-backup-s3`,
    Resources: [bucket.arn],
  };
  await client.send(new CreateBackupSelectionCommand({ BackupPlanId, BackupSelection }));
}

export async function share(aws: Aws, scope: RunScope): Promise<void> {
  const { organization, crossAccount, vaults } = await sharing(aws, scope);
  if (organization === undefined) throw new NotHere('the account is in no organization');
  if (!organization.managedHere) throw new NotHere("this is not the organization's management account");
  if (!crossAccount) {
    const update = new UpdateGlobalSettingsCommand({ GlobalSettings: { isCrossAccountBackupEnabled: 'true' } });
    await aws.client(BackupClient).send(update);
  }
  const [vault] = vaults;
  if (vault === undefined) throw new NotHere(`the run has no vault in ${COPY_REGION}: deploy the lab again`);
  if (vaults.some(({ policy }) => copyingOrganizations(policy).includes(organization.id))) return;
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: '*',
        Action: 'backup:CopyIntoBackupVault',
        Resource: '*',
        Condition: { StringEquals: { 'aws:PrincipalOrgID': organization.id } },
      },
    ],
  });
  const put = new PutBackupVaultAccessPolicyCommand({ BackupVaultName: vault.name, Policy });
  await aws.client(BackupClient, COPY_REGION).send(put);
}
