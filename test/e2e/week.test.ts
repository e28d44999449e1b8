// The whole week in the sandbox: every lab deployed, graded, solved, graded, destroyed, proven, and looked for by others.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/cli';
import { differences, type Life, liveThrough, WEEK } from '../week/life';
import { weekTable } from '../week/table';

jest.setTimeout(600_000);

let life: Life;
beforeAll(async () => {
  life = await liveThrough(WEEK);
});

const named = (status: string): string[] =>
  life.checked.json.findings
    .filter((finding) => finding.status === status)
    .map(({ lab, exercise, reason = '' }) => `${lab}/${exercise} ${reason}`.trim());

test('every stack stands, and nothing that a template names was skipped', () => {
  expect(life.deployed.code).toBe(0);
  expect(life.deployed.json.stacks.filter(({ status }) => status !== 'CREATE_COMPLETE')).toEqual([]);
  expect(life.deployed.json.stacks.flatMap(({ notEmulated }) => notEmulated)).toEqual([]);
});

test('what is not passed is named with its reason, and nothing failed', () => {
  expect(life.solved.json.skipped.filter(({ error }) => error)).toEqual([]);
  expect(named('failed')).toEqual([]);
  expect(named('unknown').map((one) => one.split(' ')[0])).toEqual(NOT_EMULATED);
  for (const unknown of named('unknown')) expect(unknown).toMatch(/^\S+ not emulated: ./);
  const kinds = life.plan.sections.flatMap(({ exercises }) => exercises.map(({ kind }) => kind));
  const reading = kinds.filter((kind) => kind === 'concept').length;
  expect(life.checked.json.totals).toMatchObject({ reading, passed: kinds.length - reading - NOT_EMULATED.length });
});

/** What only a landing zone, an operating system or a network could show. */
const NOT_EMULATED = [
  'control-tower/set-up-landing-zone',
  'control-tower/register-units',
  'control-tower/enable-guardrails',
  'control-tower/vend-account',
  'ec2/connect-over-ssh',
];

test('every bullet of a lab has its exercise', () => {
  expect(life.plan.sections.filter(({ lab }) => lab !== null).flatMap(({ unmatched }) => unmatched)).toEqual([]);
});

test('proven clean by worklab, and by a look that asks every listing of the models', () => {
  expect(life.destroyed).toMatchObject({ code: 0, json: { proven: true } });
  expect(differences(life.before, life.after).filter((one) => !STAYS.some(({ what }) => what.test(one)))).toEqual([]);
});

/** What AWS itself leaves, as documented. */
const STAYS = [
  {
    what: /^rds DescribeDB\w*ParameterGroups .*"default\./,
    why: 'a default group is made by RDS at its first use, and cannot be deleted',
  },
  { what: /^rds DescribeOptionGroups .*"default:/, why: 'the same' },
  { what: /^route53domains /, why: 'a domain that was paid for stays until it runs out; it is told under left' },
  { what: /^resourcegroupstaggingapi .*:kms:/, why: 'a key waits seven days for its deletion; it is told under left' },
] as const;

test('the table of labs/README.md is this week’s', () => {
  const page = readFileSync(join(ROOT, 'labs', 'README.md'), 'utf8');

  expect(page).toContain(weekTable(life.plan, life.checked.json.findings));
});
