// Labs → IAM policies: what whoever runs these labs has to be allowed, in documents that IAM takes. Pure.

import type { Permission } from '../kit';

/** One policy document, as IAM reads it. */
export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Statement[];
}

interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Permission['conditions'];
}

/** Characters of a managed policy, white space not counted (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html, 2026-11-23). */
const LONGEST = 6144;
/** What stands around the statements, and a comma between two. */
const FRAME = JSON.stringify({ Version: '2012-10-17', Statement: [] }).length;

/** What worklab itself does, whatever the lab: its stacks, the values they hand on, and the last look by tag. */
const OWN: readonly Permission[] = [
  {
    actions: [
      'cloudformation:CreateChangeSet',
      'cloudformation:DeleteChangeSet',
      'cloudformation:DeleteStack',
      'cloudformation:DescribeChangeSet',
      'cloudformation:DescribeStackEvents',
      'cloudformation:ExecuteChangeSet',
      'cloudformation:GetTemplate',
      'cloudformation:ListStackResources',
      'cloudformation:UpdateTerminationProtection',
    ],
    resources: ['arn:aws:cloudformation:*:*:stack/worklab-*'],
  },
  {
    actions: [
      'cloudformation:DescribeStacks',
      'cloudformation:ListStackSets',
      'cloudtrail:ListTrails',
      'cloudtrail:LookupEvents',
      'cloudwatch:DescribeAlarms',
      'cloudwatch:ListDashboards',
      'events:ListRules',
      'iam:ListAccountAliases',
      'iam:ListInstanceProfiles',
      'iam:ListPolicies',
      'iam:ListRoles',
      'iam:SimulatePrincipalPolicy',
      'kms:ListAliases',
      'logs:DescribeLogGroups',
      'organizations:DescribeOrganization',
      's3:ListAllMyBuckets',
      'scheduler:ListScheduleGroups',
      'sns:ListTopics',
      'ssm:DescribeParameters',
      'sts:GetCallerIdentity',
      'tag:GetResources',
    ],
    resources: ['*'],
  },
  {
    actions: [
      'scheduler:CreateScheduleGroup',
      'scheduler:CreateSchedule',
      'scheduler:UpdateSchedule',
      'scheduler:DeleteScheduleGroup',
      'scheduler:DeleteSchedule',
      'scheduler:TagResource',
    ],
    resources: ['arn:aws:scheduler:*:*:schedule-group/worklab-*', 'arn:aws:scheduler:*:*:schedule/worklab-*'],
  },
  {
    actions: [
      'iam:AttachRolePolicy',
      'iam:CreatePolicy',
      'iam:CreateRole',
      'iam:DeletePolicy',
      'iam:DeletePolicyVersion',
      'iam:DeleteRole',
      'iam:DeleteRolePolicy',
      'iam:DetachRolePolicy',
      'iam:GetPolicy',
      'iam:ListAttachedRolePolicies',
      'iam:ListEntitiesForPolicy',
      'iam:ListInstanceProfilesForRole',
      'iam:ListPolicyVersions',
      'iam:ListRolePolicies',
      'iam:PutRolePolicy',
      'iam:TagPolicy',
      'iam:TagRole',
    ],
    resources: ['arn:aws:iam::*:policy/worklab-*-expiry-*', 'arn:aws:iam::*:role/worklab-*-expiry'],
  },
  {
    actions: ['iam:PassRole'],
    resources: ['arn:aws:iam::*:role/worklab-*-expiry'],
    conditions: { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
  },
  {
    actions: [
      'ssm:AddTagsToResource',
      'ssm:DeleteParameter',
      'ssm:GetParameters',
      'ssm:PutParameter',
      'ssm:RemoveTagsFromResource',
    ],
    resources: ['arn:aws:ssm:*:*:parameter/worklab-*'],
  },
];

/** Every action that these labs name, without those that a wildcard stands for. */
export const actionsOf = (labs: readonly { readonly permissions?: readonly Permission[] }[]): string[] => [
  ...new Set(
    [...OWN, ...labs.flatMap(({ permissions = [] }) => permissions)]
      .flatMap(({ actions }) => actions)
      .filter((action) => !action.includes('*')),
  ),
];

/**
 * The policies for these labs, each within IAM's limit for a managed policy. Statements with the same resources and
 * conditions are one; what does not fit goes into the next document.
 */
export const policiesFor = (labs: readonly { readonly permissions?: readonly Permission[] }[]): PolicyDocument[] =>
  documentsOf([...OWN, ...labs.flatMap(({ permissions = [] }) => permissions)]);

/** These permissions and no others, as policies. */
export function documentsOf(permissions: readonly Permission[]): PolicyDocument[] {
  const statements = merged(permissions).flatMap(cut);
  const documents: Statement[][] = [];
  let room = 0;
  for (const [index, one] of statements.entries()) {
    const statement = { Sid: `Worklab${index + 1}`, ...one };
    const length = JSON.stringify(statement).length + 1;
    if (documents.length === 0 || length > room) {
      documents.push([]);
      room = LONGEST - FRAME;
    }
    documents.at(-1)?.push(statement);
    room -= length;
  }
  return documents.map((Statement) => ({ Version: '2012-10-17', Statement }));
}

type Unnamed = Omit<Statement, 'Sid'>;

function merged(permissions: readonly Permission[]): Unnamed[] {
  const groups = new Map<string, { readonly actions: Set<string>; readonly sample: Permission }>();
  for (const permission of permissions) {
    const key = JSON.stringify([sorted(permission.resources), permission.conditions ?? null]);
    const group = groups.get(key) ?? { actions: new Set<string>(), sample: permission };
    for (const action of permission.actions) group.actions.add(action);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ actions, sample: { resources, conditions } }) => ({
    Effect: 'Allow',
    Action: sorted(actions),
    Resource: sorted(resources),
    ...(conditions === undefined ? {} : { Condition: conditions }),
  }));
}

const sorted = (words: Iterable<string>): string[] => [...words].sort((a, b) => a.localeCompare(b, 'en'));

/** A statement that fills more than half a document is cut in two, so that documents fill up. */
function cut(statement: Unnamed): Unnamed[] {
  if (JSON.stringify(statement).length < LONGEST / 2 || statement.Action.length < 2) return [statement];
  const middle = Math.ceil(statement.Action.length / 2);
  const half = (actions: readonly string[]): Unnamed[] => cut({ ...statement, Action: actions });
  return [...half(statement.Action.slice(0, middle)), ...half(statement.Action.slice(middle))];
}
