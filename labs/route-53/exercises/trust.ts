// Exercises on what stands around the zone: signatures, logs, alarms, and the private zone.

import { exercise, failed, judge, passed, passedExcept } from '../../../lib/kit';
import { INSIDE } from '../demands';
import { LOGGED, SIGNED } from '../demands-beside';
import { see } from '../see';
import { solveWith } from '../solutions';

const NO_ZONE = {
  expected: 'a public hosted zone of this run',
  actual: 'no public zone carries the tag of the run or a name that begins with worklab-<run>',
  hint: 'the lab has made one: worklab-<run>.test',
};

export const signZone = exercise({
  id: 'sign-zone',
  rows: ['r53-9'],
  title: 'Sign the zone with DNSSEC',
  kind: 'provision',
  asks: ['dnssec domain security', 'dnssec', 'dnssec domain', 'dns security', 'bảo mật tên miền', 'ký số dns'],
  task: [
    'DNSSEC signing is on for the public zone, with an active key-signing key (letters, numbers and underscores only) that',
    'rests on the key `alias/worklab-<run>-dnssec` of KMS in us-east-1.',
  ].join(' '),
  restsOn: ['AWS::KMS::Key', 'AWS::Route53::KeySigningKey', 'AWS::Route53::DNSSEC', 'AWS::Route53::HostedZone'],
  observe: see.signedZones,
  check: (zones) => {
    const verdict = judge(zones, SIGNED, NO_ZONE);
    return verdict.status === 'passed'
      ? passedExcept('whether a parent zone vouches for the key: nobody delegates to a domain that is not registered')
      : verdict;
  },
  solve: solveWith((solutions) => solutions.signZone),
});

export const logQueries = exercise({
  id: 'log-queries',
  rows: ['r53-10'],
  title: 'Log DNS queries to CloudWatch Logs',
  kind: 'provision',
  asks: [
    'dns query cloudwatch log',
    'dns query log',
    'query logging',
    'monitor dns query',
    'dns query cloudwatch log metric',
    'giám sát truy vấn dns',
    'truy vấn dns',
  ],
  task: [
    'The queries of the public zone are logged to `worklab-<run>-dns-queries` in us-east-1, which keeps them for a day, and whose',
    'resource policy lets Route 53 write.',
  ].join(' '),
  restsOn: ['AWS::Logs::LogGroup', 'AWS::Logs::ResourcePolicy', 'AWS::Route53::HostedZone'],
  observe: see.loggedZones,
  check: (zones) => {
    const verdict = judge(zones, LOGGED, NO_ZONE);
    if (verdict.status !== 'passed' || zones.some(({ hasStreams }) => hasStreams)) return verdict;
    return passedExcept('a query in the log: none has arrived yet');
  },
  solve: solveWith((solutions) => solutions.logQueries),
});

export const hostPrivateZone = exercise({
  id: 'host-private-zone',
  rows: ['r53-a1'],
  title: 'Host a private zone',
  kind: 'provision',
  extra: true,
  asks: ['private hosted zone', 'private dns', 'hosted zone public private dns', 'vùng riêng', 'dns riêng'],
  task: [
    "The private zone `worklab-<run>.internal` answers the run's network (VPC) alone, and has a record, for example `db` with",
    'the address 10.44.10.10.',
  ].join(' '),
  restsOn: ['AWS::Route53::HostedZone', 'AWS::Route53::RecordSet'],
  observe: see.privateZones,
  check: (zones) => {
    const verdict = judge(zones, INSIDE, {
      expected: 'a private hosted zone of this run',
      actual: 'none carries its tag or name',
      hint: 'a zone is private when it is made with a network (VPC); that cannot be changed later',
    });
    return verdict.status === 'passed' ? passedExcept('an answer: only a machine of the network could ask') : verdict;
  },
  solve: solveWith((solutions) => solutions.hostPrivateZone),
});

export const watchDns = exercise({
  id: 'watch-dns',
  rows: ['r53-a3'],
  title: 'Put an alarm on a DNS metric',
  kind: 'provision',
  extra: true,
  asks: ['dns metric', 'route 53 metric', 'dns alarm', 'chỉ số dns'],
  task: [
    'An alarm in us-east-1 watches a metric of the namespace AWS/Route53: `HealthCheckStatus` of the health check, or `DNSQueries`',
    'of the public zone.',
  ].join(' '),
  restsOn: ['AWS::CloudWatch::Alarm'],
  observe: see.dnsAlarms,
  check: (alarms) => {
    if (alarms.some(({ watches }) => watches !== undefined)) return passed;
    return failed({
      expected: 'an alarm on a metric of AWS/Route53 for a zone or a health check of this run',
      actual:
        alarms.length === 0
          ? 'none in us-east-1'
          : `${alarms.map(({ name }) => name).join(', ')} watches none of the run`,
      hint: 'Route 53 sends its metrics to us-east-1 only, under the dimension HealthCheckId or HostedZoneId',
    });
  },
  solve: solveWith((solutions) => solutions.watchDns),
});
