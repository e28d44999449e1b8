// Exercises on templates and what is built from them: stacks, nested stacks, stack sets.

import { concept, exercise, judge, type Verdict } from '../../../lib/kit';
import { ASKS_AND_TELLS, DEPLOYED, IN_SEVERAL_PLACES, NESTED_STACKS } from '../demands';
import { NESTED, TEMPLATES } from '../facts';
import type { Deployed } from '../observe/templates';
import { see } from '../see';
import { solveWith } from '../solutions';
import { template } from '../templates';

const NAMES = 'Stacks of yours are named `worklab-<run>-…` and tagged `worklab:run=<run>`: so `destroy` finds them.';

export const understandTemplates = concept({
  id: 'understand-templates',
  rows: ['cfn-1'],
  title: 'Concepts and templates of CloudFormation',
  asks: [
    'cloudformation concept template',
    'understand cloudformation template',
    'cloudformation concept',
    'cloudformation template structure',
    'infrastructure as code best practice',
    'cloudformation best practice',
    'version control template',
    'khái niệm cloudformation',
  ],
  task: [
    'Read https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/Welcome.html and say in your own words: what are a',
    'template, a stack and a resource; which sections does a template have, and which one alone is required; how does',
    'CloudFormation know in which order to make things; what does it do when one of them fails? A template is code: keep it',
    `under version control, lint it before it is deployed (\`cfn-lint\`), and try it on those in ${TEMPLATES}.`,
  ].join('\n'),
});

export const createStacks = exercise({
  id: 'create-stacks',
  rows: ['cfn-2'],
  title: 'Create stacks from templates in YAML and in JSON',
  kind: 'action',
  asks: [
    'create cloudformation stack yaml json template',
    'cloudformation stack yaml json',
    'create cloudformation stack',
    'create stack template',
    'cloudformation stack yaml',
    'cloudformation stack json',
    'cloudformation stack resource provisioning',
    'tạo stack',
    'tạo cloudformation stack',
  ],
  task: [
    'Deploy two stacks of your own, one from a template in YAML and one from a template in JSON, each with two resources or more.',
    `${TEMPLATES}/messaging.yaml is one to begin with, and messaging.json says the same; change them as you like. ${NAMES}`,
    '',
    ...template('messaging.yaml').trimEnd().split('\n'),
  ].join('\n'),
  observe: see.deployed,
  check: judgeFormats,
  solve: solveWith((solutions) => solutions.createStacks),
});

function judgeFormats(stacks: readonly Deployed[]): Verdict {
  for (const format of ['YAML', 'JSON'] as const) {
    const others = stacks.filter((stack) => stack.format !== format).map(({ name }) => name);
    const verdict = judge(
      stacks.filter((stack) => stack.format === format),
      DEPLOYED,
      {
        expected: `a stack of yours whose template is in ${format}`,
        actual: others.length === 0 ? 'you have deployed no stack' : `${others.join(', ')}: another format`,
        hint: 'create-stack takes the template’s text, whichever of the two it is written in; CloudFormation keeps it as it was',
      },
    );
    if (verdict.status !== 'passed') return verdict;
  }
  return { status: 'passed' };
}

export const parametersAndOutputs = exercise({
  id: 'parameters-and-outputs',
  rows: ['cfn-3'],
  title: 'Ask by parameters, tell by outputs',
  kind: 'provision',
  asks: [
    'stack parameter output',
    'stack parameter',
    'stack output',
    'template parameter',
    'cloudformation parameter',
    'cloudformation output',
    'tham số stack',
  ],
  task: [
    'A stack whose template asks and tells: one parameter takes some values alone, one is never shown (NoEcho), and one output',
    `is exported under a name that begins with \`worklab-<run>-\`. ${TEMPLATES}/parameters.yaml is one to begin with. ${NAMES}`,
  ].join('\n'),
  observe: see.interfaces,
  check: (stacks) =>
    judge(stacks, ASKS_AND_TELLS, {
      expected: 'a stack of yours with parameters and outputs',
      actual: 'you have deployed no stack',
      hint: 'Parameters and Outputs are sections of a template, beside Resources',
    }),
  solve: solveWith((solutions) => solutions.parameters),
});

export const nestStacks = exercise({
  id: 'nest-stacks',
  rows: ['cfn-4'],
  title: 'Build a stack of stacks',
  kind: 'action',
  asks: ['nested stack modular infrastructure', 'nested stack', 'modular infrastructure', 'stack lồng nhau'],
  task: [
    'One parent with two nested stacks: what one child makes known (an output) is given to the other as a parameter, or told by',
    `the parent. ${TEMPLATES}/parent.yaml does so with messaging.yaml and registry.yaml. CloudFormation fetches the children’s`,
    `templates from S3: put them into \`worklab-<run>-templates\` under \`${NESTED}/\` first. ${NAMES}`,
  ].join('\n'),
  observe: see.families,
  check: (families) =>
    judge(families, NESTED_STACKS, {
      expected: 'a stack of yours with nested stacks',
      actual: 'none of your stacks has any',
      hint: 'a resource of type AWS::CloudFormation::Stack is one; its TemplateURL is an https:// address in S3',
    }),
  solve: solveWith((solutions) => solutions.nest),
});

export const spreadStacks = exercise({
  id: 'spread-stacks',
  rows: ['cfn-5'],
  title: 'One template in several regions',
  kind: 'provision',
  asks: [
    'stackset multi account region deployment',
    'stackset multi region',
    'stackset multi account',
    'stackset',
    'stack set',
  ],
  task: [
    'A stack set of yours, `worklab-<run>-…`, with current instances in two regions of this account, the run’s own and us-west-2',
    '(us-east-1 where the run is in us-west-2). Permissions are self-managed: `worklab-<run>-stackset-administration` and',
    `\`worklab-<run>-stackset-execution\` are there, and allow parameters under \`/worklab-<run>/\` alone, as`,
    `${TEMPLATES}/regional.yaml makes one. Delete instances before their set, and both before the roles.`,
  ].join('\n'),
  restsOn: ['AWS::CloudFormation::StackSet', 'AWS::IAM::Role'],
  observe: see.stackSets,
  check: (sets) =>
    judge(sets, IN_SEVERAL_PLACES, {
      expected: 'a stack set of this run',
      actual: 'there is none',
      hint: 'create-stack-set takes a template and two roles; nothing is deployed until instances are asked for',
    }),
  solve: solveWith((solutions) => solutions.spread),
});
