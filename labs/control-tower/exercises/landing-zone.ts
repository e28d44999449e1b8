// Exercises on a landing zone. In the sandbox there is none, and none is played: what can be told there is the manifest.

import { concept, exercise, failed, judge, unknown, type Verdict } from '../../../lib/kit';
import { GUARDED, REGISTERED, VENDED, ZONES } from '../demands';
import { manifestProblems } from '../manifest';
import type { Governed } from '../observe/landing-zone';
import { see } from '../see';
import { solveWith } from '../solutions';

const STAYS_READING = 'this account is not the management account of an organization: here the exercise stays reading';
const IN_AN_ORGANIZATION =
  'it wants the management account of an organization; in any other account it stays something to read';

export const readLandingZone = concept({
  id: 'read-landing-zone',
  rows: ['ct-1'],
  title: 'Understand what a landing zone is made of',
  asks: [
    'control tower architecture landing zone',
    'control tower architecture',
    'landing zone architecture component',
    'landing zone',
    'understand control tower',
    'kiến trúc control tower',
    'tìm hiểu control tower',
  ],
  task: [
    'A log archive account and an audit account, a trail of the organization, AWS Config, Identity Center, and controls on registered units:',
    'since version 4.0 most of it can be left out. Which of it does one account have by itself (see the other exercises), and what takes an',
    'organization? <https://docs.aws.amazon.com/controltower/latest/userguide/what-is-control-tower.html>',
  ].join(' '),
});

export const setUpLandingZone = exercise({
  id: 'set-up-landing-zone',
  rows: ['ct-2'],
  title: 'Plan a landing zone, and set it up',
  kind: 'action',
  asks: [
    'multi account aws environment control tower',
    'multi account environment',
    'set up control tower',
    'multi account',
    'môi trường nhiều tài khoản',
    'thiết lập control tower',
  ],
  task: [
    'The SSM parameter `/worklab-<run>/control-tower/manifest` holds the manifest of a landing zone of version 4.0: it governs your region, keeps',
    'logs in one account and the security roles and AWS Config in another (neither of them the management account), and says of access',
    'management and backup whether they are enabled. On AWS, and only with `--with set-up-landing-zone`, the landing zone is then set up.',
  ].join(' '),
  guard: {
    by: 'account',
    because: `a landing zone takes an hour, costs by what AWS Config records, fixes its home region for good and leaves accounts behind; ${IN_AN_ORGANIZATION}`,
  },
  observe: see.plan,
  check: ({ manifest, landingZones, management, ...place }) => {
    const problems = manifest === null ? [] : manifestProblems(manifest, place);
    if (manifest === null || problems.length > 0) {
      return failed({
        expected: 'a manifest of version 4.0 in the parameter of the run',
        actual: manifest === null ? 'there is no such parameter' : problems.join('; '),
        hint: 'its parts are governedRegions, centralizedLogging, config, securityRoles, accessManagement and backup',
      });
    }
    if (landingZones === null) {
      return unknown('not emulated: the manifest is in order; a landing zone takes an organization and about an hour');
    }
    if (!management) return unknown(STAYS_READING);
    return judge(landingZones, ZONES, {
      expected: 'a landing zone',
      actual: 'the organization has none',
      hint: 'it is made from the manifest, by CloudFormation or by the console',
    });
  },
  solve: solveWith((solutions) => solutions.manifest),
});

const ofUnits = (seen: Governed, judged: (units: Governed['units']) => Verdict): Verdict =>
  seen.management ? judged(seen.units) : unknown(STAYS_READING);

const NO_UNIT = {
  expected: 'a unit of this run under the root',
  actual: 'none carries its name',
  hint: 'a unit is made in Organizations, or as it is registered in Control Tower',
};

export const registerUnits = exercise({
  id: 'register-units',
  rows: ['ct-3'],
  title: 'Register units, so that they are governed',
  kind: 'action',
  asks: [
    'organizational unit account structure',
    'organizational unit hierarchical account structure',
    'organizational unit ou',
    'account structure',
    'organizational unit',
    'cấu trúc tài khoản',
  ],
  task: [
    'Under the root stands a unit `worklab-<run>-governed`, and AWSControlTowerBaseline is enabled on it. A unit that was made in Organizations',
    'alone is not governed.',
  ].join(' '),
  guard: { by: 'account', because: `it registers a unit with a landing zone; ${IN_AN_ORGANIZATION}` },
  observe: see.governed,
  check: (seen) => ofUnits(seen, (units) => judge(units, REGISTERED, NO_UNIT)),
});

export const enableGuardrails = exercise({
  id: 'enable-guardrails',
  rows: ['ct-4'],
  title: 'Enable controls that prevent and that detect',
  kind: 'action',
  asks: [
    'guardrail preventive detective control',
    'preventive guardrail',
    'detective guardrail',
    'guardrail',
    'preventive control',
    'detective control',
    'kiểm soát ngăn ngừa phát hiện',
  ],
  task: [
    'On the registered unit `worklab-<run>-governed` at least two controls are enabled: one that prevents, and one that detects. Their ids are in',
    'the Control Catalog. What a preventive control comes to is an SCP: the lab of Organizations has you write one.',
  ].join(' '),
  guard: {
    by: 'account',
    because: `controls bind every account of the unit, and detective ones cost by what AWS Config records; ${IN_AN_ORGANIZATION}`,
  },
  observe: see.governed,
  check: (seen) => ofUnits(seen, (units) => judge(units, GUARDED, NO_UNIT)),
});

export const vendAccount = exercise({
  id: 'vend-account',
  rows: ['ct-5'],
  title: 'Have Account Factory make an account',
  kind: 'action',
  asks: [
    'account factory automated account provisioning',
    'account factory',
    'automated account creation',
    'automated account provisioning',
    'account provisioning',
    'tạo tài khoản tự động',
  ],
  task: [
    'A provisioned product `worklab-<run>-account` of AWS Control Tower Account Factory is available. worklab makes no account, and closes none: an',
    'account wants an e-mail address of its own, and a closed one is suspended for 90 days.',
  ].join(' '),
  guard: {
    by: 'account',
    because: `an account cannot be deleted, only closed, and is then suspended for 90 days; ${IN_AN_ORGANIZATION}`,
  },
  observe: see.vended,
  check: ({ target, management, accounts }) => {
    if (target === 'local') return unknown('not emulated: Account Factory is a product of a landing zone');
    if (!management) return unknown(STAYS_READING);
    return judge(accounts, VENDED, {
      expected: 'a provisioned product of this run',
      actual: 'none carries its name',
      hint: 'whoever provisions it needs access to the portfolio of Account Factory first',
    });
  },
});

export const connectIdentity = concept({
  id: 'connect-identity',
  rows: ['ct-a2'],
  title: 'Know how Control Tower, Organizations and Identity Center fit together',
  extra: true,
  asks: ['integration organization sso', 'organization sso', 'sso', 'identity center'],
  task: [
    'Identity Center has one instance for the organization; permission sets become roles in accounts when they are assigned. Control Tower makes',
    'groups and permission sets of its own where access management is enabled in the manifest.',
    '<https://docs.aws.amazon.com/controltower/latest/userguide/sso.html>',
  ].join(' '),
});

export const governAccounts = concept({
  id: 'govern-accounts',
  rows: ['ct-a3'],
  title: 'Know the life of an account under governance',
  extra: true,
  asks: ['account lifecycle management governance', 'account lifecycle', 'vòng đời tài khoản', 'best practice'],
  task: [
    'Created or enrolled, updated when the landing zone is, moved between registered units, unmanaged, closed: suspended for 90 days, and at most a',
    'tenth of the members in 30 days. <https://docs.aws.amazon.com/controltower/latest/userguide/account-factory.html>',
  ].join(' '),
});
