// Exercises on watching and on limiting from above: CloudTrail, and the guardrails of an organization.

import { exercise, failed, judge, passed, unknown } from '../../../lib/kit';
import { GUARDRAIL } from '../demands';
import { see } from '../see';
import { solveWith } from '../solutions';

const LATE = 'CloudTrail shows no event of IAM yet: it is up to 15 minutes late';

export const watchIam = exercise({
  id: 'watch-iam',
  rows: ['iam-10'],
  title: 'Watch IAM with CloudTrail',
  kind: 'provision',
  asks: [
    'monitor iam access cloudtrail',
    'iam access cloudtrail',
    'monitor iam',
    'monitored iam activity cloudtrail',
    'iam activity cloudtrail',
    'cloudtrail',
    'giám sát iam',
    'giám sát truy cập',
  ],
  task: [
    'In us-east-1, where all of IAM’s events are told, the trail `worklab-<run>-trail` writes them to the bucket of that',
    'name, with validation of its files, and a rule of EventBridge sends the events of the source `aws.iam` to the topic',
    '`worklab-<run>-iam-changes`.',
  ].join(' '),
  restsOn: ['AWS::CloudTrail::Trail', 'AWS::S3::Bucket', 'AWS::S3::BucketPolicy', 'AWS::Events::Rule'],
  observe: see.watch,
  check: ({ trails, rules, seen }) => {
    const trail = judge(
      trails,
      [
        {
          expected: 'a trail that is logging',
          met: ({ logging }) => logging,
          actual: ({ name }) => `${name} is switched off`,
          hint: 'a trail made through the API does not log until it is told to',
        },
        {
          expected: 'a trail that gets the events of global services',
          met: ({ global }) => global,
          actual: ({ name }) => `${name} does not`,
          hint: 'IAM has no region of its own: the trail has to include global service events',
        },
        {
          expected: 'files whose change would be noticed',
          met: ({ validated }) => validated,
          actual: ({ name }) => `${name} does not validate its files`,
          hint: 'it is called log file validation',
        },
      ],
      {
        expected: 'a trail of this run in us-east-1',
        actual: 'no trail there has its name',
        hint: 'begin its name with worklab-<run>-',
      },
    );
    if (trail.status !== 'passed') return trail;
    const onIam = rules.filter(({ enabled, sources }) => enabled && sources.includes('aws.iam'));
    if (!onIam.some(({ targets }) => targets.length > 0)) {
      return failed({
        expected: 'an enabled rule of this run on the source aws.iam, with a target',
        actual: onIam.length > 0 ? `${onIam[0]?.name} has no target` : 'none in us-east-1',
        hint: 'a rule without a target matches and does nothing; in another region it never sees an event of IAM',
      });
    }
    return seen ? passed : unknown(LATE);
  },
  solve: solveWith((solutions) => solutions.watch),
});

export const writeServiceControlPolicy = exercise({
  id: 'write-service-control-policy',
  rows: ['iam-9'],
  title: 'Write a service control policy',
  kind: 'action',
  asks: ['service control policy scp', 'service control policy', 'scp', 'chính sách kiểm soát dịch vụ'],
  task: [
    'The service control policy `worklab-<run>-guardrail` denies leaving the organization and nothing else, and is attached to',
    'an organizational unit without accounts, `worklab-<run>-guarded`. Only the account that manages an organization can do',
    'this.',
  ].join(' '),
  guard: { by: 'account', because: 'it adds a unit and a policy to the organization that the account manages' },
  observe: see.guardrails,
  check: ({ without, policies }) =>
    judge(policies, GUARDRAIL, {
      expected: 'a service control policy of this run',
      actual:
        without === undefined
          ? 'the organization has none with its name'
          : `the account has ${without === 'a member only' ? 'an organization that another account manages' : without}`,
      hint: 'policies of this kind have to be switched on at the root of the organization first',
    }),
  solve: solveWith((solutions) => solutions.guardrail),
});
