import { Match } from 'aws-cdk-lib/assertions';
import { describeLab } from '../../test/support/describe-lab';
import { COPY_REGION } from './facts';
import lab from './lab';

const template = describeLab('backup', lab);

describe('the vault', () => {
  test('is locked for governance: nothing in the lab can make a lock final', async () => {
    const full = await template('full');
    full.hasResourceProperties('AWS::Backup::BackupVault', {
      BackupVaultName: 'worklab-abc123-vault',
      LockConfiguration: { MinRetentionDays: 1, MaxRetentionDays: 7, ChangeableForDays: Match.absent() },
    });
    expect(JSON.stringify([full.toJSON(), (await template('full', 'backup-copy')).toJSON()])).not.toContain(
      'ChangeableForDays',
    );
  });

  test('forbids everybody to delete, and tells a topic that lets AWS Backup of this account publish', async () => {
    const full = await template('full');
    full.hasResourceProperties('AWS::Backup::BackupVault', {
      AccessPolicy: {
        Statement: [
          Match.objectLike({
            Effect: 'Deny',
            Principal: '*',
            Action: ['backup:DeleteRecoveryPoint', 'backup:UpdateRecoveryPointLifecycle'],
          }),
        ],
      },
      Notifications: { BackupVaultEvents: ['BACKUP_JOB_FAILED', 'RESTORE_JOB_COMPLETED'] },
    });
    full.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: [
          Match.objectLike({
            Principal: { Service: 'backup.amazonaws.com' },
            Action: 'sns:Publish',
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          }),
        ],
      },
    });
  });
});

describe('the plan', () => {
  test('keeps every backup and every copy one day, within the lock', async () => {
    (await template('full')).hasResourceProperties('AWS::Backup::BackupPlan', {
      BackupPlan: {
        BackupPlanRule: [
          Match.objectLike({ RuleName: 'daily', Lifecycle: { DeleteAfterDays: 1 }, StartWindowMinutes: 60 }),
          Match.objectLike({ RuleName: 'weekly', Lifecycle: { DeleteAfterDays: 1 }, CopyActions: Match.absent() }),
        ],
      },
    });
  });

  test('copies into the vault of the other stack, which stands in the copy region', async () => {
    const text = JSON.stringify((await template('full')).toJSON());
    expect(text).toContain(`:backup:${COPY_REGION}:`);
    expect(text).toContain(':backup-vault:worklab-abc123-copies');
    expect(lab.stacks.map(({ id, region }) => [id, region])).toEqual([
      [undefined, undefined],
      ['copy', COPY_REGION],
    ]);
    for (const form of ['full', 'starter'] as const) {
      (await template(form, 'backup-copy')).hasResourceProperties('AWS::Backup::BackupVault', {
        BackupVaultName: 'worklab-abc123-copies',
      });
    }
  });

  test("selects by the run's own tag, which the volume carries", async () => {
    const full = await template('full');
    full.hasResourceProperties('AWS::Backup::BackupSelection', {
      BackupSelection: {
        ListOfTags: [{ ConditionType: 'STRINGEQUALS', ConditionKey: 'worklab:backup', ConditionValue: 'abc123' }],
      },
    });
    full.hasResourceProperties('AWS::EC2::Volume', {
      Encrypted: true,
      Size: 1,
      Tags: Match.arrayWith([{ Key: 'worklab:backup', Value: 'abc123' }]),
    });
  });
});

describe('the bucket', () => {
  test('keeps versions, is open to nobody, and is backed up continuously with a role of its own', async () => {
    const full = await template('full');
    full.hasResourceProperties('AWS::S3::Bucket', {
      VersioningConfiguration: { Status: 'Enabled' },
      PublicAccessBlockConfiguration: { RestrictPublicBuckets: true, BlockPublicPolicy: true },
    });
    full.hasResourceProperties('AWS::Backup::BackupPlan', {
      BackupPlan: {
        BackupPlanName: 'worklab-abc123-continuous',
        BackupPlanRule: [Match.objectLike({ EnableContinuousBackup: true, Lifecycle: { DeleteAfterDays: 1 } })],
      },
    });
  });
});

test('the starter form leaves vault, plan and selection to the learner', async () => {
  const starter = await template('starter');
  for (const type of ['AWS::Backup::BackupVault', 'AWS::Backup::BackupPlan', 'AWS::Backup::BackupSelection']) {
    starter.resourceCountIs(type, 0);
  }
  starter.resourceCountIs('AWS::EC2::Volume', 1);
});

test('the role may make and restore backups, and nothing else', async () => {
  const named = { Properties: { RoleName: 'worklab-abc123-backup' } };
  const [role] = Object.values((await template('full')).findResources('AWS::IAM::Role', named));
  const policies = JSON.stringify(role?.Properties.ManagedPolicyArns);
  expect(policies).toContain('AWSBackupServiceRolePolicyForBackup');
  expect(policies).toContain('AWSBackupServiceRolePolicyForRestores');
  expect(role?.Properties.ManagedPolicyArns).toHaveLength(2);
  expect(role?.Properties.Policies).toBeUndefined();
});
