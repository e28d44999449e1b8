// What the exercises ask of machines, sessions, associations, runbooks and compliance. Read by the checks and by the solutions. Pure.

import type { Demand } from '../../lib/kit';
import { STATE_FILE } from './facts';
import type { Association } from './observe/associations';
import type { Runbook } from './observe/automation';
import type { Compliance } from './observe/compliance';
import type { Node } from './observe/nodes';
import type { Setup } from './observe/sessions';
import type { Telling } from './observe/telling';

export const listed = (values: readonly string[]): string => (values.length === 0 ? 'none' : values.join(', '));

export const REACHABLE: readonly Demand<Node>[] = [
  {
    expected: 'a running machine',
    met: ({ state }) => state === 'running',
    actual: ({ id, state }) => `${id} is ${state}`,
    hint: 'an agent reports only from a machine that runs',
  },
  {
    expected: 'an instance profile, whose role the agent reports with',
    met: ({ profile }) => profile !== undefined,
    actual: ({ id }) => `${id} has none`,
    hint: 'the lab has made one; it can be given to a running instance, whose agent notices it after a reboot at the latest',
  },
  {
    expected: 'a machine whose agent is online',
    met: ({ ping }) => ping === 'Online',
    actual: ({ id, ping }) => `${id} is ${ping ?? 'unknown to Systems Manager'}`,
    hint: 'one to two minutes after the start; then look at the policy of the role, the address and the way out of the subnet',
  },
  {
    expected: 'no port that is open to anybody',
    met: ({ open }) => open.length === 0,
    actual: ({ id, open }) => `the security groups of ${id} open ${listed(open)}`,
    hint: 'the agent calls out and nobody calls in: no rule for incoming traffic is needed, not even for port 22',
  },
];

export const RECORDED: readonly Demand<Setup>[] = [
  {
    expected: 'a session document in JSON',
    met: ({ readable }) => readable,
    actual: ({ name }) => `${name} is not JSON`,
    hint: 'give its format as JSON',
  },
  {
    expected: 'sessions that are recorded in a log group or a bucket',
    met: ({ logs }) => logs !== undefined,
    actual: ({ name }) => `${name} names neither`,
    hint: 'one of the inputs of the document; the role of the machine has to be allowed to write there',
  },
  {
    expected: 'sessions that are closed when nobody types',
    met: ({ idle }) => idle !== undefined && Number(idle) >= 1 && Number(idle) <= 60,
    actual: ({ name, idle }) => `${name} says ${idle ?? 'nothing'} about idle minutes`,
    hint: 'another of the inputs: 1 to 60 minutes',
  },
];

/** rate(...) or cron(...): an association without either runs once. */
export const onSchedule = (schedule: string | undefined): boolean => /^(rate|cron)\(/.test(schedule ?? '');

export const KEPT: readonly Demand<Association>[] = [
  {
    expected: 'an association of a document of your own',
    met: ({ isOwn }) => isOwn,
    actual: ({ document }) => `only ${document} is associated with the machine`,
    hint: `write a Command document that puts ${STATE_FILE} right, and associate that one`,
  },
  {
    expected: 'a schedule, so that what drifts is put right again',
    met: ({ schedule }) => onSchedule(schedule),
    actual: ({ name, document, schedule }) => `${name || document} has ${schedule ?? 'none: it ran once'}`,
    hint: 'a rate of 30 minutes is the shortest; a date with at() is no schedule',
  },
  {
    expected: 'a severity for the reports on compliance',
    met: ({ severity }) => severity !== 'UNSPECIFIED',
    actual: ({ name, document }) => `${name || document} leaves it open`,
    hint: 'CRITICAL, HIGH, MEDIUM or LOW: what a failure of it would mean',
  },
  {
    expected: 'a run that succeeded',
    met: ({ status }) => status === 'Success',
    actual: ({ name, document, status, online }) =>
      `${name || document} is ${status}${online ? '' : ', and the machine is not online'}`,
    hint: 'it runs once when it is made, as soon as the machine is online; a failed run says why in its execution history',
  },
];

export const AUTOMATED: readonly Demand<Runbook>[] = [
  {
    expected: 'a runbook in JSON',
    met: ({ readable }) => readable,
    actual: ({ name }) => `${name} is not JSON`,
    hint: 'give its format as JSON',
  },
  {
    expected: 'steps that act on AWS',
    met: ({ actions }) => actions.some((action) => /^aws:(changeInstanceState|executeAwsApi)$/.test(action)),
    actual: ({ name, actions }) => `${name} has ${listed(actions)}`,
    hint: 'aws:changeInstanceState stops and starts machines; a runbook of scripts is a command',
  },
  {
    expected: 'a role in whose name it acts',
    met: ({ role }) => role?.exists === true,
    actual: ({ name, role }) => (role === undefined ? `${name} names none` : `the role ${role.name} is not there`),
    hint: 'assumeRole of the document, or a parameter with the ARN as its default; without, it acts with the rights of whoever starts it',
  },
  {
    expected: 'a role that Systems Manager may take on',
    met: ({ role }) => role?.trusted === true,
    actual: ({ role }) => `the role ${role?.name} trusts others`,
    hint: 'ssm.amazonaws.com has to be the principal of its trust policy; ec2.amazonaws.com is for machines',
  },
  {
    expected: 'a role with the rights that the steps need, and no more',
    met: ({ role }) => tooMuch(role).length === 0,
    actual: ({ role }) => `the role ${role?.name} has ${listed(tooMuch(role))}`,
    hint: 'stopping, starting and looking at instances is three actions',
  },
  {
    expected: 'executions that do not fail',
    met: ({ executions }) => !['Failed', 'TimedOut'].includes(executions[0]?.status ?? ''),
    actual: ({ name, executions }) =>
      `the last one of ${name} is ${executions[0]?.status}: ${executions[0]?.failure ?? ''}`,
    hint: 'the step that failed names the action that was not allowed, or the thing that was not there',
  },
  {
    expected: 'an execution that succeeded',
    met: ({ executions }) => executions.some(({ status }) => status === 'Success'),
    actual: ({ name, executions }) =>
      executions.length === 0 ? `${name} was never started` : `the last one of ${name} is ${executions[0]?.status}`,
    hint: 'start it with the id of the machine as its parameter; it takes as long as the machine takes to stop and to start',
  },
];

/** What lets a runbook do more than its steps do: managed policies that allow nearly all, and actions that end in a star. */
const tooMuch = (role: Runbook['role']): readonly string[] => [
  ...(role?.policies ?? []).filter((name) => /Administrator|PowerUser|FullAccess/.test(name)),
  ...(role?.actions ?? []).filter((action) => /^(\*|[a-z0-9-]+:\*)$/i.test(action)),
];

export const WATCHED: readonly Demand<Compliance>[] = [
  {
    expected: "State Manager's word on your association with the machine",
    met: ({ state }) => state !== undefined,
    actual: ({ node }) => `there is none about ${node}`,
    hint: 'compliance of the type Association follows from the first run of an association of a document of your own',
  },
  {
    expected: 'a machine that complies with it',
    met: ({ state }) => state === 'COMPLIANT',
    actual: ({ node, state }) => `${node} is ${state}`,
    hint: 'run the association once more, without waiting for its schedule, and look at its history',
  },
  {
    expected: 'an item of your own about drift',
    met: ({ drift }) => drift.length > 0,
    actual: ({ node, type }) => `there is none of the type ${type} about ${node}`,
    hint: 'put compliance items with a custom type: the type begins with Custom:, and no hyphen is allowed in it',
  },
  {
    expected: 'no drift left: every item of yours COMPLIANT',
    met: ({ drift }) => drift.every(({ status }) => status === 'COMPLIANT'),
    actual: ({ drift }) => listed(drift.map(({ title, status }) => `${title} is ${status}`)),
    hint: 'put the machine right, then put the items again: a put replaces all that was said under the type',
  },
];

export const TOLD: readonly Demand<Telling>[] = [
  {
    expected: 'a rule that is enabled',
    met: ({ enabled }) => enabled,
    actual: ({ name }) => `${name} is disabled`,
    hint: 'a disabled rule matches nothing',
  },
  {
    expected: 'a rule on what Systems Manager does',
    met: ({ sources, kinds }) => sources.includes('aws.ssm') && kinds.some((kind) => /Command/.test(kind)),
    actual: ({ name, sources, kinds }) => `${name} matches ${listed([...sources, ...kinds])}`,
    hint: 'the source is aws.ssm, the detail-type "EC2 Command Status-change Notification"',
  },
  {
    expected: 'somewhere to send it',
    met: ({ targets }) => targets.length > 0,
    actual: ({ name }) => `${name} has no target`,
    hint: 'a topic of SNS, whose policy has to let events.amazonaws.com publish',
  },
];
