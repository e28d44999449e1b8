// What the exercises ask of plans, vaults, jobs and copies. Read by the checks, and by the solutions, which leave alone what
// already meets them. Pure.

import type { Demand } from '../../lib/kit';
import { COPY_REGION, EVENTS, FORBIDDEN, MAKES_BACKUPS, MOST_DAYS } from './facts';
import type { Plan, Rule } from './observe/plans';
import type { Vault } from './observe/vaults';
import { rhythmOf } from './schedules';
import { isForbidden } from './vault-policy';

const isShort = (days: number | undefined): boolean => days !== undefined && days >= 1 && days <= MOST_DAYS;
const kept = ({ name, keptDays }: Pick<Rule, 'name' | 'keptDays'>): string =>
  `"${name}" keeps them ${keptDays === undefined ? 'for ever' : `${keptDays} days`}`;
const ruleNames = ({ rules }: Plan): string => rules.map(({ name }) => `"${name}"`).join(', ') || 'none';

/** `vaults` are the run's, by name. */
export const planned = (vaults: ReadonlySet<string>): readonly Demand<Plan>[] => [
  {
    expected: "a plan whose rules put backups into the lab's own vault",
    met: ({ rules }) => rules.length > 0 && rules.every(({ vault }) => vaults.has(vault)),
    actual: ({ name, rules }) => `the rules of ${name} use ${rules.map(({ vault }) => vault).join(', ') || 'no vault'}`,
    hint: 'a plan is a list of rules, and each rule names the vault that its backups go to',
  },
  {
    expected: `backups that are deleted after 1 to ${MOST_DAYS} days`,
    met: ({ rules }) => rules.every(({ keptDays }) => isShort(keptDays)),
    actual: ({ rules }) => kept(rules.find(({ keptDays }) => !isShort(keptDays)) ?? { name: '' }),
    hint: "a rule's lifecycle says when its backups are deleted; without one they stay, and cost, for ever",
  },
  {
    expected: 'a selection that chooses the volume by its tag',
    met: ({ selections }) => selections.some(({ byTag, chosen }) => byTag && chosen.length > 0),
    actual: ({ name, selections }) =>
      selections.length === 0
        ? `${name} selects nothing`
        : `the selections of ${name} (${selections.map((one) => one.name).join(', ')}) choose none of the lab's volumes by a tag`,
    hint: "keys and values of tags are matched exactly: compare them with the volume's",
  },
  {
    expected: 'a role that AWS Backup may assume, and that may make backups',
    met: ({ selections }) => selections.some(({ role, chosen }) => chosen.length > 0 && canBackUp(role)),
    actual: ({ selections }) => {
      const role = selections.find(({ chosen }) => chosen.length > 0)?.role;
      return role?.trusted
        ? `${role.name} has no policy for backups`
        : `${role?.name} does not trust backup.amazonaws.com`;
    },
    hint: 'AWS Backup acts with a role of yours: one of its policies says who may take it on, the others what it then may do',
  },
  {
    expected: 'EBS among the resource types that AWS Backup protects in this region',
    met: ({ ebsOptedIn }) => ebsOptedIn,
    actual: () => 'the account has EBS switched off in the settings of AWS Backup',
    hint: 'a selection by tag passes over types that are not opted in, without a word: look at the settings of the region',
  },
];

/** A policy of its own may say it in other words: it is not read. */
const canBackUp = ({ trusted, policies }: Plan['selections'][number]['role']): boolean =>
  trusted && policies.some((policy) => policy.endsWith(MAKES_BACKUPS) || !policy.startsWith('arn:aws:iam::aws:'));

export const SCHEDULED: readonly Demand<Plan>[] = [
  {
    expected: 'a rule that runs once a day',
    met: ({ rules }) => rules.some(({ schedule }) => rhythmOf(schedule) === 'daily'),
    actual: (plan) => `the rules of ${plan.name} (${ruleNames(plan)}) run ${schedulesOf(plan)}`,
    hint: 'six fields: minutes, hours, day of month, month, day of week, year; of the two kinds of day one is always "?"',
  },
  {
    expected: 'another rule that runs once a week',
    met: ({ rules }) => rules.some(({ schedule }) => rhythmOf(schedule) === 'weekly'),
    actual: (plan) => `the rules of ${plan.name} (${ruleNames(plan)}) run ${schedulesOf(plan)}`,
    hint: 'the fifth field of a cron expression is the day of the week, SUN to SAT or 1 to 7',
  },
];

const schedulesOf = ({ rules }: Plan): string => rules.map(({ schedule }) => schedule).join(', ') || 'never';

export const GUARDED: readonly Demand<Vault>[] = [
  ...FORBIDDEN.map(
    (action): Demand<Vault> => ({
      expected: `an access policy that denies ${action} to everybody`,
      met: ({ policy }) => isForbidden(policy, action),
      actual: ({ name, policy }) =>
        policy === undefined ? `${name} has no access policy` : `the access policy of ${name} does not`,
      hint: 'a Deny binds administrators too; for "everybody" the principal is "*"',
    }),
  ),
  {
    expected: `a lock that keeps backups from 1 to ${MOST_DAYS} days`,
    met: ({ lock }) => lock !== undefined && (lock.minDays ?? 0) >= 1 && isShort(lock.maxDays),
    actual: ({ name, lock }) =>
      lock === undefined
        ? `${name} is not locked`
        : `that of ${name} is for at least ${lock.minDays ?? 0} days, at most ${lock.maxDays ?? 'any number of'} days`,
    hint: 'a lock has a smallest and a largest retention; a job whose lifecycle is outside of them fails',
  },
  {
    expected: 'a governance lock, which can be lifted again',
    met: ({ lock }) => lock?.finalFrom === undefined,
    actual: ({ name, lock }) =>
      `${name} has a compliance lock: from ${lock?.finalFrom} on nobody can lift it, not even AWS`,
    hint: 'delete the lock before that day; it is the number of days of grace that makes a lock one of compliance',
  },
  {
    expected: `notifications of ${EVENTS.join(' and ')}`,
    met: ({ tells }) => EVENTS.every((event) => tells?.events.includes(event)),
    actual: ({ name, tells }) => (tells ? `${name} tells of ${tells.events.join(', ')}` : `${name} tells nobody`),
    hint: "a vault publishes to one SNS topic, whose own policy has to let AWS Backup: the lab's topic does",
  },
];

/** `vaults` are ARNs of the run's vaults in the copy region. */
export const copying = (vaults: ReadonlySet<string>): readonly Demand<Plan>[] => [
  {
    expected: 'a rule that copies its backups',
    met: ({ rules }) => rules.some(({ copies }) => copies.length > 0),
    actual: ({ name }) => `no rule of ${name} has a copy action`,
    hint: 'copy actions belong to a rule of the plan; each names the ARN of a vault',
  },
  {
    expected: `copies into a vault of the lab in ${COPY_REGION}`,
    met: ({ rules }) => rules.some(({ copies }) => copies.some(({ vaultArn }) => vaults.has(vaultArn))),
    actual: ({ rules }) =>
      `they go to ${rules.flatMap(({ copies }) => copies.map(({ vaultArn }) => vaultArn)).join(', ')}`,
    hint: "the region is the fourth part of an ARN, and a backup beside its original does not outlive the region's bad day",
  },
  {
    expected: `copies that are deleted after 1 to ${MOST_DAYS} days`,
    met: ({ rules }) =>
      rules.some(({ copies }) => copies.some(({ vaultArn, keptDays }) => vaults.has(vaultArn) && isShort(keptDays))),
    actual: ({ rules }) => {
      const copy = rules.flatMap(({ copies }) => copies).find(({ vaultArn }) => vaults.has(vaultArn));
      return `they are kept ${copy?.keptDays === undefined ? 'for ever' : `${copy.keptDays} days`}`;
    },
    hint: 'a copy has a lifecycle of its own: that of its original does not go with it',
  },
];
