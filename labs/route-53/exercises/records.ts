// Exercises on the public zone and how it answers: records, routing, failover, aliases.

import { exercise, failed, judge, passedExcept, type Verdict } from '../../../lib/kit';
import { FAILING_OVER, HOSTED, ROUTED, TYPED } from '../demands';
import { TO_AWS, TO_RECORD } from '../demands-beside';
import { ADDRESS } from '../facts';
import type { Zone } from '../observe/zones';
import { see } from '../see';
import { solveWith } from '../solutions';

const NO_ZONE = {
  expected: 'a public hosted zone of this run',
  actual: 'no public zone carries the tag of the run or a name that begins with worklab-<run>',
  hint: 'the lab has made one: worklab-<run>.test',
};

/** Only a question over the internet shows what the internet gets to see. */
export const NOT_ASKED = "what the zone's own name servers answer over the internet";

const asked = (zones: readonly Zone[], verdict: Verdict): Verdict => {
  const live = zones.some(({ answers }) => answers.some((answer) => answer.live !== undefined));
  return verdict.status === 'passed' && !live ? passedExcept(NOT_ASKED) : verdict;
};

const open = (zones: readonly Zone[]): readonly Zone[] => zones.filter(({ isPrivate }) => !isPrivate);

const IN_ZONE = ['AWS::Route53::HostedZone', 'AWS::Route53::RecordSet'];

export const hostRecords = exercise({
  id: 'host-records',
  rows: ['r53-3'],
  title: 'Host a zone and its records',
  kind: 'provision',
  asks: [
    'hosted zone record set',
    'hosted zone record',
    'hosted zone',
    'public hosted zone',
    'record set',
    'dns record',
    'vùng lưu trữ',
    'bản ghi dns',
    'tạo hosted zone',
  ],
  task: [
    `The public zone \`worklab-<run>.test\` answers \`app\` with the address ${ADDRESS.app} (A), leads \`www\` to`,
    '`app.worklab-<run>.test` (CNAME), and says at its own name that it sends no mail (TXT, `"v=spf1 -all"`).',
  ].join(' '),
  restsOn: IN_ZONE,
  observe: see.zones,
  check: (zones) => asked(open(zones), judge(open(zones), HOSTED, NO_ZONE)),
  solve: solveWith((solutions) => solutions.hostRecords),
});

export const serveRecordTypes = exercise({
  id: 'serve-record-types',
  rows: ['r53-a2'],
  title: 'Serve more types of records',
  kind: 'provision',
  extra: true,
  asks: ['dns record type', 'record type', 'various dns record type', 'loại bản ghi'],
  task: [
    'The public zone also has a record of the types AAAA (an IPv6 address), MX (who takes mail), SRV (where a service',
    'listens) and CAA (who may issue certificates).',
  ].join(' '),
  restsOn: IN_ZONE,
  observe: see.zones,
  check: (zones) => judge(open(zones), TYPED, NO_ZONE),
  solve: solveWith((solutions) => solutions.serveTypes),
});

export const routeByPolicy = exercise({
  id: 'route-by-policy',
  rows: ['r53-4'],
  title: 'Route by weight and by latency',
  kind: 'provision',
  asks: [
    'routing policy simple weighted latency',
    'routing policy',
    'weighted routing',
    'latency routing',
    'weighted latency routing',
    'simple weighted latency failover',
    'chính sách định tuyến',
    'định tuyến',
  ],
  task: [
    'Beside simple records, `shop.worklab-<run>.test` has two A records with the weights 90 and 10, and',
    '`near.worklab-<run>.test` two for the latency to us-east-1 and to eu-west-1.',
  ].join(' '),
  restsOn: IN_ZONE,
  observe: see.zones,
  check: (zones) => asked(open(zones), judge(open(zones), ROUTED, NO_ZONE)),
  solve: solveWith((solutions) => solutions.routeByPolicy),
});

export const failOver = exercise({
  id: 'fail-over',
  rows: ['r53-5'],
  title: 'Check health and fail over',
  kind: 'provision',
  asks: [
    'health check dns failover',
    'health check failover',
    'health check endpoint monitoring',
    'health check',
    'dns failover',
    'failover',
    'kiểm tra tình trạng',
    'chuyển đổi dự phòng',
  ],
  task: [
    'A health check watches the alarm `worklab-<run>-site-down` (us-east-1). `site.worklab-<run>.test` has a primary record',
    `with it (${ADDRESS.primary}), and a secondary one (${ADDRESS.secondary}). Try it: send the metric, or invert the check.`,
  ].join(' '),
  restsOn: ['AWS::Route53::HealthCheck', 'AWS::CloudWatch::Alarm', ...IN_ZONE],
  observe: see.failovers,
  check: (pairs) => {
    const verdict = judge(pairs, FAILING_OVER, {
      expected: 'a primary and a secondary record of one name',
      actual: 'no record of the public zone has the failover policy',
      hint: 'a health check alone changes no answer: a record has to name it',
    });
    const live = pairs.some(({ answer }) => answer?.live !== undefined);
    return verdict.status === 'passed' && !live ? passedExcept(NOT_ASKED) : verdict;
  },
  solve: solveWith((solutions) => solutions.failOver),
});

export const aliasToAws = exercise({
  id: 'alias-to-aws',
  rows: ['r53-6'],
  title: 'Lead a name to an AWS resource',
  kind: 'provision',
  asks: [
    'alias record aws resource',
    'alias record',
    'alias aws resource',
    'alias',
    'bản ghi alias',
    'bản ghi bí danh',
  ],
  task: [
    "The zone's own name, `worklab-<run>.test`, is an alias of the S3 website endpoint, behind which a bucket of just that name",
    'serves a website; `twin.worklab-<run>.test` is an alias of `app` in the same zone.',
  ].join(' '),
  restsOn: ['AWS::S3::Bucket', ...IN_ZONE],
  observe: see.aliases,
  check: (aliases) => {
    const nothing = {
      expected: 'an alias in the public zone',
      actual: 'no record of it is an alias',
      hint: 'an alias is no type of its own: it is an A or AAAA record with a target in place of a value',
    };
    const toAws = judge(
      aliases.some(({ kind }) => kind !== 'record') ? aliases.filter(({ kind }) => kind !== 'record') : aliases,
      TO_AWS,
      nothing,
    );
    if (toAws.status !== 'passed') return toAws;
    const toRecord = judge(aliases, TO_RECORD, nothing);
    if (toRecord.status === 'failed') return failed(toRecord);
    return passedExcept('the addresses that the name answers with, and whether a page comes back from there');
  },
  solve: solveWith((solutions) => solutions.aliasToAws),
});
