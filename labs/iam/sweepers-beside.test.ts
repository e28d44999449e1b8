// Sweepers of what watches IAM and what limits it from above: what they take for the run's, and how it goes.

import * as CT from '@aws-sdk/client-cloudtrail';
import * as EB from '@aws-sdk/client-eventbridge';
import * as ORG from '@aws-sdk/client-organizations';
import * as S3 from '@aws-sdk/client-s3';
import * as SNS from '@aws-sdk/client-sns';
import * as SSM from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { sweeping } from '../../test/support/sweeping';
import { sweepers } from './sweepers';

const { idsOf, remove, of } = sweeping(sweepers);
const trail = mockClient(CT.CloudTrailClient);
const events = mockClient(EB.EventBridgeClient);
const sns = mockClient(SNS.SNSClient);
const ssm = mockClient(SSM.SSMClient);
const s3 = mockClient(S3.S3Client);
const organizations = mockClient(ORG.OrganizationsClient);
beforeEach(() => {
  for (const client of [trail, events, sns, ssm, s3, organizations]) client.reset();
});

describe('what watches', () => {
  test('trails and topics and rules, to the last page', async () => {
    trail.on(CT.DescribeTrailsCommand).resolves({ trailList: [{ Name: 'company' }, { Name: 'worklab-abc123-trail' }] });
    events
      .on(EB.ListRulesCommand)
      .resolvesOnce({ Rules: [{ Name: 'other' }], NextToken: 'more' })
      .resolves({ Rules: [{ Name: 'worklab-abc123-iam-changes' }] });
    sns
      .on(SNS.ListTopicsCommand)
      .resolvesOnce({ Topics: [{ TopicArn: 'arn:aws:sns:us-east-1:1:other' }], NextToken: 'more' })
      .resolves({ Topics: [{ TopicArn: 'arn:aws:sns:us-east-1:1:worklab-abc123-iam-changes' }] });
    expect(await idsOf('cloudtrail:trail')).toEqual(['worklab-abc123-trail']);
    expect(await idsOf('events:rule')).toEqual(['worklab-abc123-iam-changes']);
    expect(await idsOf('sns:topic')).toEqual(['arn:aws:sns:us-east-1:1:worklab-abc123-iam-changes']);
    for (const kind of ['cloudtrail:trail', 'events:rule', 'sns:topic', 's3:bucket'])
      expect(of(kind).regions).toEqual(['us-east-1']);
  });

  test('a rule loses its targets first, on every page of them', async () => {
    events
      .on(EB.ListTargetsByRuleCommand)
      .resolvesOnce({ Targets: [{ Id: 'a', Arn: 'arn' }], NextToken: 'more' })
      .resolves({ Targets: [{ Id: 'b', Arn: 'arn' }] });
    await remove('events:rule', 'r');
    expect(events.commandCalls(EB.RemoveTargetsCommand)[0]?.args[0].input.Ids).toEqual(['a', 'b']);
    expect(events.commandCalls(EB.DeleteRuleCommand)).toHaveLength(1);
  });

  test('a bucket is emptied to the last version and upload, after its trail', async () => {
    s3.on(S3.ListBucketsCommand)
      .resolvesOnce({ Buckets: [{ Name: 'other' }], ContinuationToken: 'more' })
      .resolves({ Buckets: [{ Name: 'worklab-abc123-trail' }] });
    expect(await idsOf('s3:bucket')).toEqual(['worklab-abc123-trail']);
    s3.on(S3.ListMultipartUploadsCommand)
      .resolvesOnce({ Uploads: [{ Key: 'u', UploadId: '1' }], IsTruncated: true })
      .resolves({});
    s3.on(S3.ListObjectVersionsCommand)
      .resolvesOnce({ Versions: [{ Key: 'a', VersionId: '1' }], DeleteMarkers: [{ Key: 'b', VersionId: '2' }] })
      .resolvesOnce({ Versions: [{ Key: 'c', VersionId: '3' }] })
      .resolves({});
    s3.on(S3.DeleteObjectsCommand).resolves({});
    await remove('s3:bucket', 'worklab-abc123-trail');
    expect(s3.commandCalls(S3.AbortMultipartUploadCommand)).toHaveLength(1);
    expect(s3.commandCalls(S3.DeleteObjectsCommand).map((call) => call.args[0].input.Delete?.Objects?.length)).toEqual([
      2, 1,
    ]);
    expect(s3.commandCalls(S3.DeleteBucketCommand)).toHaveLength(1);
    expect(of('s3:bucket').after).toEqual(['cloudtrail:trail']);
  });

  test('parameters are the run’s by name, and one that is gone is gone', async () => {
    ssm
      .on(SSM.DescribeParametersCommand)
      .resolvesOnce({ Parameters: [{ Name: '/other' }], NextToken: 'more' })
      .resolves({ Parameters: [{ Name: '/worklab-abc123/iam/external-id' }] });
    ssm.on(SSM.DeleteParameterCommand).rejects(Object.assign(new Error('gone'), { name: 'ParameterNotFound' }));
    expect(await idsOf('ssm:parameter')).toEqual(['/worklab-abc123/iam/external-id']);
    await expect(remove('ssm:parameter', '/worklab-abc123/iam/external-id')).resolves.toBeUndefined();
  });

  test('an object that will not go is told', async () => {
    s3.on(S3.ListMultipartUploadsCommand).resolves({});
    s3.on(S3.ListObjectVersionsCommand).resolves({ Versions: [{ Key: 'a', VersionId: '1' }] });
    s3.on(S3.DeleteObjectsCommand).resolves({ Errors: [{ Key: 'a', Message: 'Access Denied' }] });
    await expect(remove('s3:bucket', 'b')).rejects.toThrow('a in b: Access Denied');
  });
});

describe('guardrails', () => {
  const managing = (MasterAccountId: string) =>
    organizations.on(ORG.DescribeOrganizationCommand).resolves({ Organization: { MasterAccountId } });

  test('are looked for where the account manages an organization', async () => {
    organizations
      .on(ORG.DescribeOrganizationCommand)
      .rejects(Object.assign(new Error('none'), { name: 'AWSOrganizationsNotInUseException' }));
    expect(await idsOf('organizations:policy')).toEqual([]);
    managing('999999999999');
    expect(await idsOf('organizations:ou')).toEqual([]);
    expect(organizations.commandCalls(ORG.ListPoliciesCommand)).toHaveLength(0);
  });

  test('are the run’s by name, on the second page and at any depth', async () => {
    managing('111111111111');
    organizations
      .on(ORG.ListPoliciesCommand)
      .resolvesOnce({ Policies: [{ Id: 'p-FullAWSAccess', Name: 'FullAWSAccess' }], NextToken: 'more' })
      .resolves({ Policies: [{ Id: 'p-1', Name: 'worklab-abc123-guardrail' }] });
    organizations.on(ORG.ListRootsCommand).resolves({ Roots: [{ Id: 'r-1' }] });
    organizations.on(ORG.ListOrganizationalUnitsForParentCommand).resolves({ OrganizationalUnits: [] });
    organizations
      .on(ORG.ListOrganizationalUnitsForParentCommand, { ParentId: 'r-1' })
      .resolvesOnce({ OrganizationalUnits: [{ Id: 'ou-9', Name: 'company' }], NextToken: 'more' })
      .resolves({ OrganizationalUnits: [{ Id: 'ou-1', Name: 'worklab-abc123-guarded' }] });
    organizations
      .on(ORG.ListOrganizationalUnitsForParentCommand, { ParentId: 'ou-1' })
      .resolves({ OrganizationalUnits: [{ Id: 'ou-2', Name: 'worklab-abc123-inner' }] });
    expect(await idsOf('organizations:policy')).toEqual(['p-1']);
    expect(await idsOf('organizations:ou')).toEqual(['ou-2', 'ou-1']);
  });

  test('a policy is detached before it is deleted, and goes before its unit', async () => {
    organizations.on(ORG.ListTargetsForPolicyCommand).resolves({ Targets: [{ TargetId: 'ou-1' }] });
    await remove('organizations:policy', 'p-1');
    expect(organizations.commandCalls(ORG.DetachPolicyCommand)).toHaveLength(1);
    expect(organizations.commandCalls(ORG.DeletePolicyCommand)).toHaveLength(1);
    await remove('organizations:ou', 'ou-1');
    expect(organizations.commandCalls(ORG.DeleteOrganizationalUnitCommand)).toHaveLength(1);
    expect(of('organizations:ou').after).toEqual(['organizations:policy']);
  });
});
