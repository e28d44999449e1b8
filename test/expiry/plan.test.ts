// When what is deleted, and by whose right.

import { scopeOf } from '../../lib/core/run';
import { deletionWaves, planExpiry, throughCloudFormation } from '../../lib/expiry/plan';

const scope = scopeOf('abcde2');
const stack = (lab: string, region = 'us-east-1') => ({ name: `worklab-abcde2-${lab}`, lab, region });
const needs = (lab: string): string[] => (lab === 'network' ? [] : ['network']);

test('what nothing stands on goes first, what others stand on half an hour later, the right to do so last', () => {
  const waves = deletionWaves([stack('network'), stack('ec2'), stack('backup', 'us-west-2')], needs);
  const schedules = planExpiry(scope, waves, {
    expires: new Date('2026-11-25T12:00:00Z'),
    policyArns: ['arn:p1'],
    home: 'us-east-1',
  });

  expect(
    schedules.map(({ at, region, target, input }) => [
      at.toISOString().slice(11, 16),
      region,
      target.split('aws-sdk:')[1],
      input,
    ]),
  ).toEqual([
    ['12:00', 'us-east-1', 'cloudformation:deleteStack', { StackName: 'worklab-abcde2-ec2' }],
    ['12:00', 'us-west-2', 'cloudformation:deleteStack', { StackName: 'worklab-abcde2-backup' }],
    ['12:30', 'us-east-1', 'cloudformation:deleteStack', { StackName: 'worklab-abcde2-network' }],
    ['13:00', 'us-east-1', 'iam:detachRolePolicy', { RoleName: 'worklab-abcde2-expiry', PolicyArn: 'arn:p1' }],
    ['13:30', 'us-east-1', 'iam:deleteRolePolicy', { RoleName: 'worklab-abcde2-expiry', PolicyName: 'stacks' }],
  ]);
  expect(new Set(schedules.map(({ name }) => name)).size).toBe(5);
});

test('labs that need each other are an error, not an endless loop', () => {
  expect(() => deletionWaves([stack('a'), stack('b')], (lab) => [lab === 'a' ? 'b' : 'a'])).toThrow('circle');
});

test('the role may delete, while CloudFormation asks, and make nothing', () => {
  expect(
    throughCloudFormation([
      { actions: ['ec2:RunInstances', 'ec2:TerminateInstances', 'ec2:Describe*'], resources: ['*'] },
      { actions: ['iam:PassRole'], resources: ['*'] },
      { actions: ['rds:DeleteDBInstance'], resources: ['x'], conditions: { StringEquals: { a: 'b' } } },
    ]),
  ).toEqual([
    {
      actions: ['ec2:TerminateInstances', 'ec2:Describe*'],
      resources: ['*'],
      conditions: { 'ForAnyValue:StringEquals': { 'aws:CalledVia': ['cloudformation.amazonaws.com'] } },
    },
    {
      actions: ['rds:DeleteDBInstance'],
      resources: ['x'],
      conditions: {
        StringEquals: { a: 'b' },
        'ForAnyValue:StringEquals': { 'aws:CalledVia': ['cloudformation.amazonaws.com'] },
      },
    },
  ]);
});
