// Exercises beyond one zone: reading, domains, traffic policies, and names between networks.

import { concept, exercise, judge, passedExcept } from '../../../lib/kit';
import { HYBRID, REGISTERED, STEERED } from '../demands-beside';
import { see } from '../see';
import { solveWith } from '../solutions';

export const understandDns = concept({
  id: 'understand-dns',
  rows: ['r53-1'],
  title: 'Understand DNS and Route 53',
  asks: [
    'dns concept feature',
    'dns concept',
    'route 53 dns',
    'route 53 feature',
    'dns fundamental route 53 feature',
    'understand dns route 53',
    'route 53 dns concept feature',
    'khái niệm dns',
    'tính năng route 53',
  ],
  task: [
    'Read <https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/Welcome.html>. Then ask a name server yourself:',
    '`aws route53 test-dns-answer` shows what a zone answers, and `dig +trace` who is asked on the way. What is the difference',
    'between a registrar, a name server and a resolver, and which of the three is Route 53?',
  ].join(' '),
});

export const registerDomain = exercise({
  id: 'register-domain',
  rows: ['r53-2'],
  title: 'Register a domain and manage it',
  kind: 'action',
  guard: {
    by: 'cost',
    because:
      'a domain is paid for by the year, $3 and more, and the money does not come back; worklab never buys one on AWS',
  },
  asks: [
    'register manage domain name',
    'register domain name',
    'register domain',
    'domain registration',
    'domain name',
    'registered managed domain name',
    'đăng ký tên miền',
    'quản lý tên miền',
  ],
  task: [
    'Looking is free: `aws route53domains check-domain-availability` and `list-prices` (us-east-1) say what a name would cost, from',
    'about $3 to hundreds of dollars a year, not refunded. Whoever buys one all the same (or has one, tagged `worklab:run=<run>`)',
    'switches its automatic renewal off, hides its contacts, and has a public zone of this account answer for it.',
  ].join(' '),
  observe: see.domains,
  check: (domains) =>
    judge(domains, REGISTERED, {
      expected: 'a registered domain with the name or the tag of this run',
      actual: 'the account has none',
      hint: 'the sandbox sells domains for nothing: worklab-<run>.click, for example',
    }),
  solve: solveWith((solutions) => solutions.registerDomain),
});

export const steerTraffic = exercise({
  id: 'steer-traffic',
  rows: ['r53-7'],
  title: 'Write a traffic policy',
  kind: 'action',
  asks: [
    'traffic flow advanced routing',
    'traffic flow complex routing configuration',
    'traffic flow',
    'traffic policy',
    'advanced routing',
    'luồng lưu lượng',
  ],
  task: [
    'The traffic policy `worklab-<run>-share` has two versions: the first sends 90 of 100 questions to one address, the second 50.',
    'The policy is free. A record that follows it costs $50 a month, so the lab makes none.',
  ].join(' '),
  observe: see.trafficPolicies,
  check: (policies) => {
    const verdict = judge(policies, STEERED, {
      expected: 'a traffic policy whose name begins with worklab-<run>-',
      actual: 'the account has none',
      hint: 'a traffic policy has no tags: its name says whose it is',
    });
    if (verdict.status !== 'passed' || policies.some(({ records }) => records.length > 0)) return verdict;
    return passedExcept('an answer by the policy: no record follows it, since one costs $50 a month');
  },
  solve: solveWith((solutions) => solutions.steerTraffic),
});

export const forwardHybridDns = exercise({
  id: 'forward-hybrid-dns',
  rows: ['r53-8'],
  title: 'Resolve names between networks',
  kind: 'provision',
  guard: { by: 'cost', because: 'two endpoints with two addresses each cost $0.50 an hour' },
  asks: [
    'route 53 resolver hybrid dns',
    'resolver hybrid dns',
    'route 53 resolver hybrid cloud dns',
    'route 53 resolver',
    'hybrid dns',
    'resolver',
    'resolver endpoint',
    'dns lai',
  ],
  task: [
    "In the run's network an inbound and an outbound endpoint (`worklab-<run>-inbound`, `-outbound`) have an address in each of the",
    'two isolated subnets, with the security group `worklab-<run>-resolver`. The rule `worklab-<run>-corp` forwards',
    '`corp.worklab-<run>.internal` through the outbound one, and is associated with the network, whose queries are logged',
    '(`worklab-<run>-resolver-queries`).',
  ].join(' '),
  observe: see.hybrid,
  check: (seen) => {
    const found = seen.endpoints.length + seen.rules.length > 0 ? [seen] : [];
    const verdict = judge(found, HYBRID, {
      expected: 'resolver endpoints of this run',
      actual: 'none carries its tag or name',
      hint: 'the resolver is a service of its own (route53resolver), and regional',
    });
    return verdict.status === 'passed'
      ? passedExcept('a question on its way: only a machine of the network could ask')
      : verdict;
  },
  solve: solveWith((solutions) => solutions.forwardHybridDns),
});
