// Exercises that need no agent: the configuration in Parameter Store, and a runbook of Automation.

import { exercise, failed, judge, passed, type Verdict } from '../../../lib/kit';
import { AUTOMATED } from '../demands';
import { HOSTS, HOSTS_VALUE, LOG_LEVEL, PASSWORD } from '../facts';
import type { Parameter } from '../observe/parameters';
import { see } from '../see';
import { solveWith } from '../solutions';

/** What each parameter has to be, in the order of the task. */
const WANTED = [
  { name: LOG_LEVEL, type: 'String', hint: 'a value that may be one of four words can say so: an allowed pattern' },
  { name: HOSTS, type: 'StringList', hint: 'several values in one, with commas between them' },
  {
    name: PASSWORD,
    type: 'SecureString',
    hint: 'CloudFormation cannot make one: the console, the CLI or the SDK can, with the key that AWS manages for Parameter Store',
  },
];

export const storeParameters = exercise({
  id: 'store-parameters',
  rows: ['ssm-6'],
  title: 'Keep configuration in Parameter Store',
  kind: 'provision',
  asks: [
    'parameter store configuration data',
    'parameter store',
    'configuration data',
    'securestring',
    'lưu trữ cấu hình',
    'dữ liệu cấu hình',
  ],
  task: [
    `Under \`/worklab-<run>/app/\` stand \`${LOG_LEVEL}\` (String, one of debug, info, warning, error, and a pattern that says so),`,
    `\`${HOSTS}\` (StringList, two of them at least) and \`${PASSWORD}\` (SecureString, any value of yours), all in the standard tier.`,
    'Keep the secret out of your shell history: `--value file://…`. The check never asks for its value.',
  ].join(' '),
  restsOn: ['AWS::SSM::Parameter'],
  observe: see.parameters,
  check: judgeParameters,
  solve: solveWith((solutions) => solutions.configure),
});

function judgeParameters(parameters: readonly Parameter[]): Verdict {
  const of = (name: string): Parameter | undefined => parameters.find((parameter) => parameter.name === name);
  const verdicts = [
    ...WANTED.map((wanted) => judgeType(wanted, of(wanted.name))),
    judgeLevel(of(LOG_LEVEL)),
    judgeHosts(of(HOSTS)),
    judgeTiers(parameters),
  ];
  return verdicts.find(({ status }) => status !== 'passed') ?? passed;
}

function judgeType({ name, type, hint }: (typeof WANTED)[number], found: Parameter | undefined): Verdict {
  if (found?.type === type) return passed;
  const expected = `${name}, a ${type}`;
  if (found === undefined) return failed({ expected, actual: `there is no ${name}`, hint });
  const other = 'the type of a parameter cannot be changed: delete it and put it again';
  return failed({ expected, actual: `${name} is a ${found.type}`, hint: other });
}

function judgeLevel(level: Parameter | undefined): Verdict {
  const isLevel = /^(debug|info|warning|error)$/.test(level?.value ?? '');
  if (isLevel && level?.pattern !== undefined) return passed;
  return failed({
    expected: `${LOG_LEVEL} with one of the four levels, and a pattern that allows no other`,
    actual: isLevel ? 'it has no pattern' : `it is "${level?.value}"`,
    hint: 'the allowed pattern is given together with the value, and holds for later values too',
  });
}

function judgeHosts(hosts: Parameter | undefined): Verdict {
  const values = (hosts?.value ?? '').split(',').filter((host) => host.trim() !== '');
  if (values.length >= 2) return passed;
  return failed({
    expected: `two values at least in ${HOSTS}`,
    actual: `it has ${values.length}`,
    hint: `with a comma between them, as in ${HOSTS_VALUE}`,
  });
}

function judgeTiers(parameters: readonly Parameter[]): Verdict {
  const dear = parameters.find(({ tier }) => tier === 'Advanced');
  if (dear === undefined) return passed;
  return failed({
    expected: 'the standard tier, which costs nothing',
    actual: `${dear.name} is in the advanced tier`,
    hint: 'it cannot be put back in place: delete it and put it again',
  });
}

export const automate = exercise({
  id: 'automate-restart',
  rows: ['ssm-9'],
  title: 'Write a runbook for Automation',
  kind: 'provision',
  asks: [
    'automation operational task',
    'systems manager automation',
    'automation runbook',
    'automation',
    'runbook',
    'tự động hóa vận hành',
    'tự động hóa tác vụ',
  ],
  task: [
    'A document `worklab-<run>-restart` of the type Automation stops a machine and starts it again (`aws:changeInstanceState`). It',
    'acts in the name of the role `worklab-<run>-automation`, which Systems Manager may take on and which may stop, start and look',
    'at instances, and nothing else. Start it on the machine, and see it succeed.',
  ].join(' '),
  restsOn: ['AWS::SSM::Document', 'AWS::IAM::Role'],
  observe: see.runbooks,
  check: (runbooks) =>
    judge(runbooks, AUTOMATED, {
      expected: 'a runbook of this run',
      actual: 'no document of the type Automation carries its name or its tag',
      hint: 'the type is given when a document is made, and cannot be changed',
    }),
  solve: solveWith((solutions) => solutions.automate),
});
