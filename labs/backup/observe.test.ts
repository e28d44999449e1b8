// What the observation makes of AWS's answers about plans: which volumes a selection chooses, and whose a plan is.

import * as Backup from '@aws-sdk/client-backup';
import * as EC2 from '@aws-sdk/client-ec2';
import * as IAM from '@aws-sdk/client-iam';
import { mockClient } from 'aws-sdk-client-mock';
import { fakeAws, SCOPE } from '../../test/support/fake-aws';
import { recovery } from './observe/jobs';
import { plans } from './observe/plans';

const backup = mockClient(Backup.BackupClient);
const ec2 = mockClient(EC2.EC2Client);
const iam = mockClient(IAM.IAMClient);
const TRUST = encodeURIComponent('{"Statement":[{"Principal":{"Service":"backup.amazonaws.com"}}]}');
const ARN = 'arn:aws:ec2:us-east-1:111111111111:volume/vol-1';

beforeEach(() => {
  for (const mock of [backup, ec2, iam]) mock.reset();
  const Tags = [
    { Key: 'worklab:run', Value: 'abc123' },
    { Key: 'worklab:backup', Value: 'abc123' },
  ];
  ec2.on(EC2.DescribeVolumesCommand).resolves({ Volumes: [{ VolumeId: 'vol-1', Tags }, { VolumeId: 'vol-9' }] });
  iam.on(IAM.GetRoleCommand).resolves({
    Role: { RoleName: 'r', Path: '/', RoleId: 'i', Arn: 'a', CreateDate: new Date(), AssumeRolePolicyDocument: TRUST },
  });
  iam.on(IAM.ListAttachedRolePoliciesCommand).resolves({ AttachedPolicies: [{ PolicyArn: 'p' }] });
  iam.on(IAM.ListRolePoliciesCommand).resolves({ PolicyNames: [] });
  backup.on(Backup.DescribeRegionSettingsCommand).resolves({ ResourceTypeOptInPreference: { EBS: true } });
  backup.on(Backup.ListTagsCommand).resolves({ Tags: {} });
  backup.on(Backup.GetBackupPlanCommand).resolves({ BackupPlan: { BackupPlanName: 'p', Rules: [] } });
  backup.on(Backup.ListBackupPlansCommand).resolves({
    BackupPlansList: [
      { BackupPlanId: '1', BackupPlanName: 'worklab-abc123-plan', BackupPlanArn: 'arn:1' },
      { BackupPlanId: '2', BackupPlanName: 'another', BackupPlanArn: 'arn:2' },
    ],
  });
  backup.on(Backup.ListBackupSelectionsCommand).resolves({ BackupSelectionsList: [{ SelectionId: 's' }] });
});

const chosenBy = async (selection: Partial<Backup.BackupSelection>): Promise<readonly string[] | undefined> => {
  backup
    .on(Backup.GetBackupSelectionCommand)
    .resolves({ BackupSelection: { SelectionName: 's', IamRoleArn: 'arn:aws:iam::1:role/r', ...selection } });
  const found = await plans(fakeAws(), SCOPE);
  expect(found.map(({ id }) => id)).toEqual(['1']);
  expect(found[0]?.selections[0]?.role).toEqual({ name: 'r', trusted: true, policies: ['p'] });
  return found[0]?.selections[0]?.chosen;
};
const tagged = (ConditionKey: string, ConditionValue: string) => [
  { ConditionType: 'STRINGEQUALS' as const, ConditionKey, ConditionValue },
];

test.each<[string, Partial<Backup.BackupSelection>, readonly string[]]>([
  ['a tag that it carries', { ListOfTags: tagged('worklab:backup', 'abc123') }, ['vol-1']],
  ['another value', { ListOfTags: tagged('worklab:backup', 'daily') }, []],
  ['another case', { ListOfTags: tagged('Worklab:Backup', 'abc123') }, []],
  ['one of two tags', { ListOfTags: [...tagged('a', 'b'), ...tagged('worklab:backup', 'abc123')] }, ['vol-1']],
  ['its ARN', { Resources: [ARN] }, ['vol-1']],
  ['a pattern', { Resources: ['arn:aws:ec2:*:*:volume/*'] }, ['vol-1']],
  ['a pattern of instances', { Resources: ['arn:aws:ec2:*:*:instance/*'] }, []],
  [
    'a condition among all resources',
    {
      Resources: ['*'],
      Conditions: { StringEquals: [{ ConditionKey: 'aws:ResourceTag/worklab:backup', ConditionValue: 'abc123' }] },
    },
    ['vol-1'],
  ],
  [
    'a condition that does not hold',
    { Resources: ['*'], Conditions: { StringEquals: [{ ConditionKey: 'aws:ResourceTag/a', ConditionValue: 'b' }] } },
    [],
  ],
])('a selection by %s', async (_, selection, expected) => {
  expect(await chosenBy(selection)).toEqual(expected);
});

test('a role that is not there trusts nobody', async () => {
  iam.on(IAM.GetRoleCommand).rejects(Object.assign(new Error('gone'), { name: 'NoSuchEntityException' }));
  backup.on(Backup.GetBackupSelectionCommand).resolves({
    BackupSelection: { SelectionName: 's', IamRoleArn: 'arn:aws:iam::1:role/r' },
  });
  const [found] = await plans(fakeAws(), SCOPE);
  expect(found?.selections[0]?.role).toEqual({ name: 'r', trusted: false, policies: [] });
});

test('a restored volume is found by its job, and seen as it is now', async () => {
  const BackupVaultArn = 'arn:aws:backup:us-east-1:1:backup-vault:worklab-abc123-vault';
  backup.on(Backup.ListBackupVaultsCommand).resolves({
    BackupVaultList: [{ BackupVaultName: 'worklab-abc123-vault', BackupVaultArn }],
  });
  backup.on(Backup.GetBackupVaultAccessPolicyCommand).resolves({});
  backup.on(Backup.GetBackupVaultNotificationsCommand).resolves({});
  backup.on(Backup.ListBackupJobsCommand).resolves({ BackupJobs: [{ BackupJobId: 'b', BackupVaultName: 'Default' }] });
  const CreatedResourceArn = ARN.replace('vol-1', 'vol-9');
  backup.on(Backup.ListRestoreJobsCommand).resolves({
    RestoreJobs: [
      { RestoreJobId: 'r', Status: 'COMPLETED', BackupVaultArn, CreatedResourceArn },
      { RestoreJobId: 'q', Status: 'COMPLETED', BackupVaultArn: `${BackupVaultArn}s`, CreatedResourceArn: ARN },
    ],
  });
  const { backups, restores } = await recovery(fakeAws(), SCOPE);
  expect(backups).toEqual([]);
  expect(restores.map(({ id, volume }) => [id, volume?.id])).toEqual([['r', 'vol-9']]);
});
