// Exercises on what stands beside the machine: its monitoring, its placement; and what there is to read.

import { concept, exercise, failed, judge, passed } from '../../../lib/kit';
import { SPREAD } from '../demands';
import { see } from '../see';
import { solveWith } from '../solutions';

export const watchInstance = exercise({
  id: 'watch-instance',
  rows: ['ec2-10'],
  title: 'Watch an instance with CloudWatch',
  kind: 'provision',
  asks: [
    'monitor ec2 instance cloudwatch',
    'monitor ec2 instance',
    'monitor instance',
    'cloudwatch alarm',
    'cloudwatch metric',
    'cloudwatch',
    'giám sát instance',
    'giám sát ec2',
  ],
  task: [
    'Two alarms watch the instance: `worklab-<run>-cpu-high` its CPU utilization, `worklab-<run>-status-check-failed` its',
    'status check. The dashboard `worklab-<run>-machine` shows it.',
  ].join(' '),
  restsOn: ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::Dashboard', 'AWS::EC2::Instance'],
  observe: see.watch,
  check: ({ machines, alarms, dashboards }) => {
    const watched = (metric: RegExp) => alarms.some((alarm) => metric.test(alarm.metric));
    const missing = [
      ...(watched(/^CPUUtilization$/) ? [] : ['no alarm on its CPUUtilization']),
      ...(watched(/^StatusCheckFailed/) ? [] : ['no alarm on its status check']),
      ...(dashboards.some(({ shows }) => shows.length > 0) ? [] : ['no dashboard of the run that shows it']),
    ];
    if (machines.length > 0 && missing.length === 0) return passed;
    return failed({
      expected: 'an alarm on the CPU of the instance, one on its status check, and a dashboard that shows it',
      actual: machines.length === 0 ? 'no instance of the run' : missing.join(', '),
      hint: 'an alarm watches a metric under its dimensions: namespace AWS/EC2, dimension InstanceId',
    });
  },
  solve: solveWith((solutions) => solutions.watch),
});

export const spreadInstances = exercise({
  id: 'spread-instances',
  rows: ['ec2-a2'],
  title: 'Make a placement group that spreads instances',
  kind: 'provision',
  extra: true,
  asks: ['placement group', 'placement group tenancy', 'tenancy', 'nhóm vị trí'],
  task: [
    'A placement group `worklab-<run>-spread` with the strategy "spread" is available. Dedicated tenancy is for reading only:',
    'it costs $2 an hour for the region, whatever runs on it.',
  ].join(' '),
  restsOn: ['AWS::EC2::PlacementGroup'],
  observe: see.placementGroups,
  check: (groups) =>
    judge(groups, SPREAD, {
      expected: 'a placement group of this run',
      actual: 'none carries its tag or name',
      hint: 'a group costs nothing and needs no instance in it',
    }),
  solve: solveWith((solutions) => solutions.spread),
});

export const compareTypes = concept({
  id: 'compare-instance-types',
  rows: ['ec2-1'],
  title: 'Understand instance types and families',
  asks: ['instance type family', 'instance type', 'instance family', 'loại instance', 'họ instance'],
  task: [
    'A type is named family, generation, features, size: in `t4g.nano`, T bursts, 4 is the fourth generation, g is an Arm',
    'processor. Look at what there is with `aws ec2 describe-instance-types`, and read',
    '<https://docs.aws.amazon.com/ec2/latest/instancetypes/>. Which would you take for a build server, a cache, a small website?',
  ].join(' '),
});

export const cutCostAndRisk = concept({
  id: 'cut-cost-and-risk',
  rows: ['ec2-a3'],
  title: 'Know what makes EC2 cheaper and safer',
  extra: true,
  asks: ['cost optimization security', 'cost optimization', 'best practice', 'tối ưu chi phí', 'tối ưu hóa chi phí'],
  task: [
    'Cheaper: Spot for what may be interrupted, Savings Plans for what always runs, Arm processors, Compute Optimizer, and',
    'nothing left running. Safer: IMDSv2, encryption by default, no port 22 open to the world, Session Manager instead of SSH.',
    '<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-best-practices.html>',
  ].join(' '),
});
