import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Match } from 'aws-cdk-lib/assertions';
import { exerciseFor } from '../../lib/plan/match';
import { describeLab } from '../../test/support/describe-lab';
import { exercises } from './exercises';
import lab from './lab';
import { template as file } from './templates';

const template = describeLab('cloudformation', lab);

describe('the ground that the exercises stand on, in both forms', () => {
  test.each(['full', 'starter'] as const)('%s: a closed bucket for templates', async (form) => {
    (await template(form)).hasResourceProperties('AWS::S3::Bucket', {
      BucketName: 'worklab-abc123-templates',
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true },
    });
  });

  test.each(['full', 'starter'] as const)('%s: an alarm that stays as somebody sets it', async (form) => {
    (await template(form)).hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'worklab-abc123-brake',
      TreatMissingData: 'ignore',
      AlarmActions: Match.absent(),
    });
  });

  test.each(['full', 'starter'] as const)('%s: the roles of a stack set, one for the other', async (form) => {
    const built = await template(form);
    const [administration] = Object.keys(
      built.findResources('AWS::IAM::Role', { Properties: { RoleName: 'worklab-abc123-stackset-administration' } }),
    );
    built.hasResourceProperties('AWS::IAM::Role', {
      RoleName: 'worklab-abc123-stackset-execution',
      AssumeRolePolicyDocument: {
        Statement: [{ Principal: { AWS: { 'Fn::GetAtt': [administration, 'Arn'] } }, Action: 'sts:AssumeRole' }],
      },
    });
    built.hasResourceProperties('AWS::IAM::Role', {
      RoleName: 'worklab-abc123-stackset-administration',
      Policies: [{ PolicyDocument: { Statement: [{ Action: 'sts:AssumeRole' }] } }],
    });
  });

  test('the execution role makes parameters of the run and nothing else', async () => {
    const roles = (await template('full')).findResources('AWS::IAM::Role', {
      Properties: { RoleName: 'worklab-abc123-stackset-execution' },
    });
    const text = JSON.stringify(roles);
    expect(text).toContain(':parameter/worklab-abc123/*');
    expect(text).toContain(':stack/StackSet-worklab-abc123-*');
    expect(text.match(/"Resource":"\*"/g)).toHaveLength(2);
  });
});

describe('what the full form solves', () => {
  test('a stack that asks and tells', async () => {
    const full = await template('full');
    const parameters = Object.values(full.toJSON().Parameters as Record<string, Record<string, unknown>>);
    expect(parameters).toContainEqual(expect.objectContaining({ AllowedValues: ['dev', 'test', 'prod'] }));
    expect(parameters).toContainEqual(expect.objectContaining({ NoEcho: true, Default: 'none' }));
    full.hasOutput('*', { Export: { Name: 'worklab-abc123-orders-queue-arn' } });
  });

  test('a stack set in two regions of the account', async () => {
    (await template('full')).hasResourceProperties('AWS::CloudFormation::StackSet', {
      PermissionModel: 'SELF_MANAGED',
      StackInstancesGroup: [{ Regions: ['us-east-1', 'us-west-2'] }],
      TemplateBody: file('regional.yaml'),
    });
  });

  test('neither is in the starter form', async () => {
    const starter = await template('starter');
    starter.resourceCountIs('AWS::CloudFormation::StackSet', 0);
    starter.resourceCountIs('AWS::SQS::Queue', 0);
    expect(starter.toJSON().Outputs).toBeUndefined();
  });
});

test('each template is named in a task, or in one that is', () => {
  const files = readdirSync(join(__dirname, 'templates'));
  const tasks = exercises.map(({ task }) => task).join('\n');
  expect(files.filter((name) => !tasks.includes(name))).toEqual([]);
  expect(files.every((name) => file(name).length < 51_200)).toBe(true);
});

test('eight exercises are graded, one is read; the two extras are in no total', () => {
  const counted = exercises.filter(({ extra }) => !extra);
  expect(counted.filter(({ kind }) => kind !== 'concept').flatMap(({ rows }) => rows)).toEqual(
    [2, 3, 4, 5, 6, 7, 8, 9].map((row) => `cfn-${row}`),
  );
  expect(exercises).toHaveLength(11);
});

test.each([
  ['Concepts of CloudFormation', 'cfn-1'],
  ['Create a CloudFormation stack from a JSON template', 'cfn-2'],
  ['Stack outputs', 'cfn-3'],
  ['Parameters of a stack, and its outputs', 'cfn-3'],
  ['Nested stacks', 'cfn-4'],
  ['StackSets in several regions', 'cfn-5'],
  ['Detect drift: drift detection', 'cfn-6'],
  ['Change sets', 'cfn-7'],
  ['Automatic rollback triggers', 'cfn-8'],
  ['Troubleshoot a stack failure', 'cfn-9'],
  ['Cross-stack references', 'cfn-a1'],
  ['CloudFormation and Service Catalog', 'cfn-a2'],
  ['Phát hiện drift', 'cfn-6'],
  ['Drink a coffee', undefined],
])('%s asks for %s', (bullet, row) => {
  expect(exerciseFor(bullet, exercises)?.rows[0]).toBe(row);
});
