// What the exercises ask of operations: previews, guards against a bad update, failures that were read, imports. Pure.

import type { Demand } from '../../lib/kit';
import { isComplete } from './demands';
import { ROOT_CAUSE } from './facts';
import type { Preview } from './observe/changes';
import type { Failure } from './observe/failures';
import type { Guarded } from './observe/guards';
import type { Shared } from './observe/imports';

export const PREVIEWED: readonly Demand<Preview>[] = [
  {
    expected: 'a change set that holds changes',
    met: ({ status }) => status !== 'FAILED',
    actual: ({ stack, reason }) => `the one of ${stack} is FAILED: ${reason}`,
    hint: 'a change set that would change nothing ends so: alter a parameter, a tag or a property',
  },
  {
    expected: 'a change set that was carried out',
    met: ({ execution }) => execution === 'EXECUTE_COMPLETE',
    actual: ({ stack, execution }) => `the one of ${stack} is ${execution}`,
    hint: 'read the changes it lists, above all Replacement; then execute it, and the stack is updated',
  },
  {
    expected: 'a change of what the template or its parameters say',
    met: ({ revertsDrift }) => !revertsDrift,
    actual: ({ stack }) => `the one of ${stack} brings back what had drifted`,
    hint: 'a drift-aware change set is for another exercise: here the stack is to become something new',
  },
  {
    expected: 'an update of a stack that stood before',
    met: ({ stackStatus }) => stackStatus === 'UPDATE_COMPLETE',
    actual: ({ stack, stackStatus }) => `${stack} is ${stackStatus}`,
    hint: 'a change set of type CREATE shows nothing but additions: preview a change of a stack that is there',
  },
];

/** Does a stack policy forbid that something is replaced or deleted by an update? */
export function deniesReplacement(policy: string | undefined): boolean {
  const statements = statementsOf(policy);
  return statements.some(
    ({ Effect, Action }) =>
      Effect === 'Deny' && [Action].flat().some((one) => /^(\*|Update:(\*|Replace|Delete))$/i.test(String(one))),
  );
}

interface Statement {
  readonly Effect?: string;
  readonly Action?: string | readonly string[];
}

function statementsOf(policy: string | undefined): readonly Statement[] {
  try {
    const { Statement = [] } = JSON.parse(policy ?? '{}') as { readonly Statement?: Statement | readonly Statement[] };
    return [Statement].flat() as readonly Statement[];
  } catch {
    return [];
  }
}

export const GUARDED: readonly Demand<Guarded>[] = [
  {
    expected: 'a stack with a rollback trigger',
    met: ({ triggers }) => triggers > 0,
    actual: ({ stack }) => `${stack} rolls back on no alarm`,
    hint: 'the rollback configuration is given with create-stack or update-stack, and names the ARN of an alarm',
  },
  {
    expected: 'triggers that are there',
    met: ({ alarms, triggers }) => alarms === triggers,
    actual: ({ stack, alarms, triggers }) => `${alarms} of the ${triggers} alarms of ${stack} exist`,
    hint: 'an operation whose trigger is missing fails and is rolled back',
  },
  {
    expected: 'a time of at least a minute for which the triggers are watched after an update',
    met: ({ monitoredMinutes }) => monitoredMinutes >= 1,
    actual: ({ stack, monitoredMinutes }) => `${stack} watches for ${monitoredMinutes} minutes`,
    hint: 'an application rarely fails before the last resource is changed: the rollback configuration takes minutes',
  },
  {
    expected: 'a stack policy that denies that something is replaced or deleted',
    met: ({ policy }) => deniesReplacement(policy),
    actual: ({ stack, policy }) => `${policy === undefined ? 'no policy' : 'the policy'} of ${stack} does`,
    hint: 'its actions are called Update:Replace and Update:Delete; what no statement allows is denied once there is a policy',
  },
  {
    expected: 'protection from deletion',
    met: (one) => one.protected,
    actual: ({ stack }) => `${stack} can be deleted by one call`,
    hint: 'termination protection is a switch of the stack, not of its template',
  },
  {
    expected: 'an update that was rolled back on a trigger',
    met: ({ rolledBack }) => rolledBack,
    actual: ({ stack }) => `no update of ${stack} was, without a resource that failed`,
    hint: 'update the stack, and set the alarm to ALARM while it is still watched; set it back to OK afterwards',
  },
];

export const REPAIRED: readonly Demand<Failure>[] = [
  {
    expected: 'a stack under the name of the one that failed',
    met: ({ standing }) => standing !== undefined,
    actual: ({ name, cause }) => `${name} failed at ${cause.logicalId}, and nothing stands under that name`,
    hint: 'the template says what was wanted: repair it and deploy it again, under the same name',
  },
  {
    expected: 'one that was deployed to its end',
    met: ({ standing }) => isComplete(standing?.status ?? ''),
    actual: ({ name, standing }) => `${name} is ${standing?.status}`,
    hint: 'what was rolled back while it was created can only be deleted; what failed with its rollback disabled can be updated',
  },
  {
    expected: 'the resource that failed, repaired rather than left out',
    met: ({ cause, standing }) => standing?.complete.includes(cause.logicalId) ?? false,
    actual: ({ name, cause }) => `${name} has no ${cause.logicalId}`,
    hint: 'the reason in its event names the value that the service refused, and often the range that it takes',
  },
  {
    expected: `the stack’s tag ${ROOT_CAUSE}, with the logical id of what failed first`,
    met: ({ cause, standing }) => standing?.rootCause === cause.logicalId,
    actual: ({ name, standing }) =>
      standing?.rootCause === undefined ? `${name} has no such tag` : `${name} names ${standing.rootCause}`,
    hint: 'events are listed newest first, and what was cancelled or rolled back is a consequence: look for the first failure',
  },
];

export const IMPORTED: readonly Demand<Shared>[] = [
  {
    expected: 'another stack that imports it',
    met: ({ importers, exporter }) => importers.some((name) => name !== exporter),
    actual: ({ name }) => `nobody imports ${name}`,
    hint: 'Fn::ImportValue takes the name of an export of the same region; the parameter that names it can be part of it',
  },
];
