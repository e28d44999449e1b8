// Exercises on what a landing zone sets up that one account can have by itself: its logs, its defaults, a page to look at.

import { exercise, failed, judge, passed, passedExcept } from '../../../lib/kit';
import { BASELINE, TRAILS } from '../demands';
import { see } from '../see';
import { solveWith } from '../solutions';

export const centralizeLogs = exercise({
  id: 'centralize-logs',
  rows: ['ct-6'],
  title: 'Keep the account’s events, and be told of the worrying ones',
  kind: 'provision',
  asks: [
    'centralized logging monitoring',
    'centralize logging monitoring',
    'centralized logging cloudtrail config',
    'centralized logging',
    'cloudtrail',
    'ghi log tập trung',
    'giám sát tập trung',
  ],
  task: [
    'The trail `worklab-<run>-events` of all regions, with global services and log file validation, is logging: into the bucket',
    '`worklab-<run>-log-archive-<account>` and, with the role `worklab-<run>-trail`, into the log group `worklab-<run>-events` (all three are',
    'there). A metric filter of that group counts what the root user does, or logins without a second factor, and an alarm watches it.',
  ].join(' '),
  restsOn: ['AWS::CloudTrail::Trail', 'AWS::Logs::MetricFilter', 'AWS::CloudWatch::Alarm', 'AWS::S3::Bucket'],
  observe: see.logging,
  check: ({ trails }) => {
    const verdict = judge(trails, TRAILS, {
      expected: 'a trail of this run',
      actual: 'none carries its name',
      hint: 'the bucket’s policy lets a trail of that name write, and no other',
    });
    return verdict.status === 'passed' ? passedExcept('what arrives in the bucket and in the log group') : verdict;
  },
  solve: solveWith((solutions) => solutions.logs),
});

export const setBaseline = exercise({
  id: 'set-baseline',
  rows: ['ct-7'],
  title: 'Give the account safe defaults',
  kind: 'action',
  asks: [
    'baseline security configuration',
    'security baseline',
    'baseline configuration',
    'security configuration',
    'cấu hình bảo mật cơ bản',
    'cấu hình bảo mật',
  ],
  task: [
    'In this account and region new EBS volumes are encrypted, no snapshot can be shared with everybody, new instances ask for a token for their',
    'metadata, no bucket can be public, and an analyzer of the type ACCOUNT looks for what is shared outside. The four are settings of the',
    'account: worklab has noted how they were and puts them back at destroy.',
  ].join(' '),
  observe: see.baseline,
  check: (baseline) =>
    judge([baseline], BASELINE, { expected: 'defaults of the account', actual: 'none', hint: 'look at each service' }),
  solve: solveWith((solutions) => solutions.baseline),
});

export const showDashboard = exercise({
  id: 'show-dashboard',
  rows: ['ct-a1'],
  title: 'Put what is watched on a page',
  kind: 'provision',
  extra: true,
  asks: ['dashboard compliance security monitoring', 'dashboard', 'bảng điều khiển'],
  task: 'The dashboard `worklab-<run>-events` shows the metric that the filter of the log group counts.',
  restsOn: ['AWS::CloudWatch::Dashboard'],
  observe: see.logging,
  check: ({ dashboards }) => {
    if (dashboards.some(({ shows }) => shows.length > 0)) return passed;
    return failed({
      expected: 'a dashboard of this run that shows what the filter counts',
      actual: dashboards.length === 0 ? 'none carries its name' : `${dashboards[0]?.name} shows something else`,
      hint: 'three dashboards of an account are free',
    });
  },
  solve: solveWith((solutions) => solutions.dashboard),
});
