// Exercises on stacks that stand: drift, previews, guards, and a deployment that fails.

import { exercise, judge } from '../../../lib/kit';
import { judgeDrift } from '../drift-verdict';
import { ROOT_CAUSE, TEMPLATES } from '../facts';
import { GUARDED, PREVIEWED, REPAIRED } from '../operations-demands';
import { see } from '../see';
import { solveWith } from '../solutions';

export const detectDrift = exercise({
  id: 'detect-drift',
  rows: ['cfn-6'],
  title: 'Find drift, and remediate it',
  kind: 'action',
  asks: [
    'drift detection remediation',
    'detect drift remediate',
    'drift detection manual configuration change',
    'drift detection',
    'stack drift',
    'drift remediation',
    'phát hiện drift',
  ],
  task: [
    'Deploy a stack, change one of its resources past CloudFormation (the parameter of settings.yaml with',
    '`aws ssm put-parameter --overwrite`), and detect: DRIFTED. Remediate it, and detect again: IN_SYNC. A drift-aware change set',
    '(`--deployment-mode REVERT_DRIFT`) brings the resource back; a template that says what the resource is does as well. Ask',
    `for the result of each detection by its id: only so is the first one still known. Template: ${TEMPLATES}/settings.yaml.`,
  ].join('\n'),
  observe: see.drifts,
  check: judgeDrift,
  solve: solveWith((solutions) => solutions.drift),
});

export const previewChanges = exercise({
  id: 'preview-changes',
  rows: ['cfn-7'],
  title: 'Preview an update, then carry it out',
  kind: 'action',
  asks: [
    'change set preview update',
    'change set safe preview stack update',
    'change set',
    'preview stack update',
    'changeset',
  ],
  task: [
    'Change a stack of yours by a change set: make one of type UPDATE, read which resources it would change and whether it would',
    'replace one, execute it. The stack stays as the change set made it: the next update by other means hides this one.',
    `${TEMPLATES}/settings.yaml has a parameter to change.`,
  ].join('\n'),
  observe: see.previews,
  check: (previews) =>
    judge(previews, PREVIEWED, {
      expected: 'a stack of yours that a change set updated',
      actual: 'none of your stacks has a change set, or was made by one',
      hint: 'create-change-set takes what update-stack does, and changes nothing until it is executed',
    }),
  solve: solveWith((solutions) => solutions.preview),
});

export const guardUpdates = exercise({
  id: 'guard-updates',
  rows: ['cfn-8'],
  title: 'Guard a stack against a bad update',
  kind: 'action',
  asks: [
    'rollback configuration policy',
    'rollback configuration automatic rollback trigger',
    'rollback configuration',
    'rollback trigger',
    'stack policy',
    'termination protection',
    'cấu hình rollback',
  ],
  task: [
    'A stack of yours that rolls back on the alarm `worklab-<run>-brake`, watched for a minute after the last resource; with a',
    'policy that denies Update:Replace and Update:Delete; protected from deletion. Then see it work: update the stack, set the',
    'alarm to ALARM while CloudFormation still watches (`aws cloudwatch set-alarm-state`), wait for UPDATE_ROLLBACK_COMPLETE, and',
    `set the alarm back to OK. ${TEMPLATES}/settings.yaml will do. In the sandbox a minute of watching lasts two seconds: ask for ten of them or more.`,
  ].join('\n'),
  restsOn: ['AWS::CloudWatch::Alarm'],
  observe: see.guarded,
  check: (stacks) =>
    judge(stacks, GUARDED, {
      expected: 'a stack of yours with a rollback trigger',
      actual: 'you have deployed no stack',
      hint: 'the rollback configuration is given with create-stack or update-stack, and names the ARN of an alarm',
    }),
  solve: solveWith((solutions) => solutions.guard),
});

export const troubleshootFailure = exercise({
  id: 'troubleshoot-failure',
  rows: ['cfn-9'],
  title: 'Read a failed deployment, and repair it',
  kind: 'action',
  asks: [
    'monitor stack event troubleshoot failure',
    'stack event troubleshoot provisioning failure',
    'stack event',
    'troubleshoot stack failure',
    'troubleshoot cloudformation',
    'stack failure',
    'gỡ lỗi stack',
  ],
  task: [
    `${TEMPLATES}/broken.yaml does not deploy. Deploy it as it is, as \`worklab-<run>-repaired\`, and read its events: which`,
    'resource failed first, and why? Repair the template so that all of its resources come to be, and deploy it under the same',
    `name, tagged \`${ROOT_CAUSE}\` with the logical id of the resource that was the cause.`,
  ].join('\n'),
  observe: see.failures,
  check: (failures) =>
    judge(failures, REPAIRED, {
      expected: 'a deployment of yours that failed, and was repaired',
      actual: 'none of your stacks has failed',
      hint: 'deploy the template before you repair it: the events are what this is about',
    }),
  solve: solveWith((solutions) => solutions.troubleshoot),
});
