// Exercises on what the organization forbids, and on what it lays down for tags and backups.

import { exercise, failed, passed, passedExcept, unknown, type Verdict } from '../../../lib/kit';
import type { Attached, Central, Fence, Path } from '../observe/policies';
import type { Level } from '../policies/evaluate';
import { problemsOf, scpOf } from '../policies/grammar';
import { backupPolicyProblems, tagPolicyProblems } from '../policies/management';
import { outcomeOf, type Trial, trials } from '../policies/trials';
import { see } from '../see';
import { solveWith } from '../solutions';
import { beforeAll } from '../standing';

const BECAUSE =
  'it attaches policies in an organization, so it wants the management account; in any other account it stays something to read, and nothing is ever attached to a root';

export const fenceWithScps = exercise({
  id: 'fence-with-scps',
  rows: ['org-3'],
  title: 'Fence accounts in with service control policies',
  kind: 'provision',
  asks: [
    'service control policy scp',
    'service control policy',
    'scp',
    'preventive control organizational unit',
    'permission boundary organizational unit',
    'chính sách kiểm soát dịch vụ',
  ],
  task: [
    'Service control policies of this run hang on `worklab-<run>-workloads`, and on no root. Whoever is in an account below cannot: do',
    'anything outside your region, us-east-1 and us-west-2 (global services aside); do anything as the root user; leave the',
    'organization; start an instance other than the nano, micro and small sizes of t3 and t4g. All else goes through as before.',
    'The check reads the policies on the way from the root to your units and tries these things on them.',
  ].join(' '),
  guard: { by: 'account', because: BECAUSE },
  observe: see.fence,
  check: (fence) => beforeAll(fence.organization) ?? beforeTrials(fence) ?? onTrial(fence),
  solve: solveWith((solutions) => solutions.fence),
});

/** What is wrong before anything is tried. */
function beforeTrials({ organization: { root, units }, own, paths, account }: Fence): Verdict | undefined {
  const mine = new Set(units.filter(({ ours }) => ours).map(({ id }) => id));
  const everywhere = own.find(({ targets }) => targets.some((id) => id === root?.id || id === account));
  const broken = own
    .map((policy) => ({ policy, problems: problemsOf(policy.content) }))
    .find((one) => one.problems.length > 0);
  if (!root?.types.includes('SERVICE_CONTROL_POLICY')) {
    return failed({
      expected: 'service control policies enabled in the root',
      actual: 'they are not',
      hint: 'a type of policy is enabled once, in the root, before one of it is attached',
    });
  }
  if (paths.length === 0 || !own.some(({ targets }) => targets.some((id) => mine.has(id)))) {
    return failed({
      expected: 'a policy of this run on a unit of this run',
      actual: own.length === 0 ? 'no SCP carries the run’s tag or name' : `${namesOf(own)}, on no unit of this run`,
      hint: 'a policy does nothing until it is attached to a target',
    });
  }
  if (everywhere !== undefined) {
    return failed({
      expected: 'policies on the run’s units alone',
      actual: `${everywhere.name} hangs on the root or on the management account`,
      hint: 'on the root it holds for every account of the organization; the management account no SCP binds at all',
    });
  }
  if (broken === undefined) return undefined;
  return failed({
    expected: 'policies that follow the grammar of SCPs',
    actual: `${broken.policy.name}: ${broken.problems.join('; ')}`,
    hint: 'effect, action, resource, condition; no principal',
  });
}

const namesOf = (policies: readonly Attached[]): string => policies.map(({ name }) => name).join(', ');

/** Every trial on every path; the first that comes out wrong is told. */
function onTrial({ organization: { region }, paths }: Fence): Verdict {
  for (const trial of trials(region)) {
    for (const path of paths) {
      const verdict = tried(trial, path);
      if (verdict.status !== 'passed') return verdict;
    }
  }
  return passedExcept('what an account below really gets as an answer');
}

function tried(trial: Trial, { unit, levels }: Path): Verdict {
  const known = levels.map(({ policies }) => policies.map(({ name, content }) => ({ name, policy: scpOf(content) })));
  const strange = known.flat().find(({ policy }) => policy === undefined);
  if (strange !== undefined) return unknown(`the policy ${strange.name} on the way to ${unit} cannot be read`);
  const outcome = outcomeOf(known as readonly Level[], trial);
  if (outcome.outcome === 'unknown') return unknown(`${trial.what}: ${outcome.because} is not looked into here`);
  if (outcome.outcome === trial.should) return passed;
  const by = outcome.outcome === 'denied' ? ` by ${outcome.by ?? 'the lack of an Allow on one level'}` : '';
  return failed({
    expected: `${trial.what}: ${trial.should} in ${unit}`,
    actual: `${outcome.outcome}${by}`,
    hint: trial.hint,
  });
}

export const setCentralPolicies = exercise({
  id: 'set-central-policies',
  rows: ['org-6'],
  title: 'Lay down tags and backups for many accounts',
  kind: 'action',
  asks: [
    'centralized security compliance policy',
    'centralized security policy compliance control',
    'security compliance policy',
    'compliance policy',
    'tag policy',
    'backup policy',
    'chính sách bảo mật tập trung',
    'chính sách tập trung',
  ],
  task: [
    'In the root, tag policies and backup policies are enabled. On `worklab-<run>-workloads` hangs a tag policy `worklab-<run>-tags` that',
    'lays down how `CostCenter` is spelled and which values it has, and a backup policy `worklab-<run>-backups` with a daily plan, its',
    'vault, and the tag by which it selects. CloudFormation cannot enable a type of policy: this one is an act in both forms.',
  ].join(' '),
  guard: { by: 'account', because: BECAUSE },
  observe: see.central,
  check: (central) => beforeAll(central.organization) ?? laidDown(central),
  solve: solveWith((solutions) => solutions.central),
});

function laidDown({ organization, tagPolicies, backupPolicies }: Central): Verdict {
  const kinds = [
    { type: 'TAG_POLICY', what: 'a tag policy', policies: tagPolicies, problems: tagPolicyProblems },
    { type: 'BACKUP_POLICY', what: 'a backup policy', policies: backupPolicies, problems: backupPolicyProblems },
  ];
  const mine = new Set(organization.units.filter(({ ours }) => ours).map(({ id }) => id));
  for (const { type, what, policies, problems } of kinds) {
    const wrong =
      notEnabled(organization, type) ?? notAttached(what, policies, mine) ?? notWritten(what, policies, mine, problems);
    if (wrong !== undefined) return wrong;
  }
  return passedExcept('what the policies come to in an account below');
}

const notEnabled = ({ root }: Central['organization'], type: string): Verdict | undefined =>
  root?.types.includes(type)
    ? undefined
    : failed({
        expected: `${type} enabled in the root`,
        actual: `enabled: ${root?.types.join(', ') || 'none'}`,
        hint: 'each type of policy is enabled in the root, once, before one of it can be attached',
      });

const on = (units: ReadonlySet<string>, policies: readonly Attached[]): Attached[] =>
  policies.filter(({ targets }) => targets.some((id) => units.has(id)));

const notAttached = (what: string, policies: readonly Attached[], units: ReadonlySet<string>): Verdict | undefined =>
  on(units, policies).length > 0
    ? undefined
    : failed({
        expected: `${what} of this run on a unit of this run`,
        actual:
          policies.length === 0 ? 'none carries the run’s tag or name' : `${namesOf(policies)}, on no unit of this run`,
        hint: 'making a policy and attaching it are two steps',
      });

function notWritten(
  what: string,
  policies: readonly Attached[],
  units: ReadonlySet<string>,
  problemsIn: (text: string) => readonly string[],
): Verdict | undefined {
  const read = on(units, policies).map(({ name, content }) => ({ name, problems: problemsIn(content) }));
  const [worst] = read.filter(({ problems }) => problems.length > 0);
  if (worst === undefined || read.some(({ problems }) => problems.length === 0)) return undefined;
  return failed({
    expected: `${what} that does what it is for`,
    actual: `${worst.name}: ${worst.problems.join('; ')}`,
    hint: 'a value is set by an operator, {"@@assign": …}, so that units below can add to it',
  });
}
