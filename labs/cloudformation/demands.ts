// What the exercises ask of templates, stacks of stacks, and stack sets. Read by the checks and by the solutions. Pure.

import type { Demand } from '../../lib/kit';
import type { Family, StackSet } from './observe/families';
import type { Deployed, Interface } from './observe/templates';

/** A stack that stands as it was asked to, or as it was before somebody asked for more. */
export const isComplete = (status: string): boolean => /^(CREATE|UPDATE|IMPORT|UPDATE_ROLLBACK)_COMPLETE$/.test(status);

const READS = 'its events, newest first, say which resource failed and why';

const stands = <Thing extends { readonly name: string; readonly status: string }>(hint = READS): Demand<Thing> => ({
  expected: 'a stack that was deployed to its end',
  met: ({ status }) => isComplete(status),
  actual: ({ name, status }) => `${name} is ${status}`,
  hint,
});

export const DEPLOYED: readonly Demand<Deployed>[] = [
  stands('a stack in ROLLBACK_COMPLETE holds nothing and can only be deleted; its events say what went wrong'),
  {
    expected: 'at least two resources in it',
    met: ({ resources }) => resources >= 2,
    actual: ({ name, resources }) => `${name} holds ${resources}`,
    hint: 'each entry under Resources becomes one; what a false condition leaves out does not',
  },
];

export const ASKS_AND_TELLS: readonly Demand<Interface>[] = [
  {
    expected: 'parameters, so that one template serves several stacks',
    met: ({ parameters }) => parameters.length > 0,
    actual: ({ name }) => `the template of ${name} has none`,
    hint: 'a section of the template beside Resources; Ref reads them',
  },
  {
    expected: 'a parameter that takes one of some values alone',
    met: ({ parameters }) => parameters.some(({ limited }) => limited),
    actual: ({ name }) => `each parameter of ${name} takes any value`,
    hint: 'a list of allowed values is checked before anything is made',
  },
  {
    expected: 'a parameter whose value is never shown',
    met: ({ parameters }) => parameters.some(({ hidden }) => hidden),
    actual: ({ name, parameters }) => `${name} shows ${parameters.map((one) => one.name).join(', ')}`,
    hint: 'one attribute of a parameter makes describe-stacks answer with asterisks; it keeps nothing secret in the resources themselves',
  },
  {
    expected: 'an output that other stacks can import',
    met: ({ exports }) => exports.length > 0,
    actual: ({ name, outputs }) =>
      outputs.length === 0 ? `${name} has no outputs` : `${name} exports none of ${outputs.join(', ')}`,
    hint: 'an output has a value; with an export it has a name as well, once in a region',
  },
  stands(),
];

const told = ({ children }: Family): string[] => children.flatMap(({ parameters }) => Object.values(parameters));

export const NESTED_STACKS: readonly Demand<Family>[] = [
  {
    expected: 'two nested stacks in one parent',
    met: ({ children }) => children.length >= 2,
    actual: ({ name, children }) => `${name} has ${children.length}`,
    hint: 'a nested stack is a resource of its parent, with the address of a template; a stack deployed by itself is none',
  },
  {
    expected: 'nested stacks that were deployed to their end',
    met: ({ children }) => children.every(({ status }) => isComplete(status)),
    actual: ({ children }) => {
      const open = children.filter(({ status }) => !isComplete(status));
      return open.map(({ name, status }) => `${name} is ${status}`).join(', ');
    },
    hint: 'what failed in a child is in the events of the child, not of the parent',
  },
  {
    expected: 'a child that is given parameters by its parent',
    met: ({ children }) => children.some(({ parameters }) => Object.keys(parameters).length > 0),
    actual: ({ name }) => `no child of ${name} is given any`,
    hint: 'Parameters is a property of the nested stack in the template of its parent',
  },
  {
    expected: 'an output of one child passed on: to its sibling, or up to an output of the parent',
    met: (family) =>
      family.children.some(({ outputs }) =>
        outputs.some(
          ({ value }) => told(family).includes(value) || family.outputs.some((output) => output.value === value),
        ),
      ),
    actual: ({ name }) => `what the children of ${name} make known goes nowhere`,
    hint: 'the parent reads an output of a child as an attribute of it, Outputs.<key>',
  },
  stands(),
];

const placeOf = ({ account, region }: StackSet['instances'][number]): string => `${account} in ${region}`;

export const IN_SEVERAL_PLACES: readonly Demand<StackSet>[] = [
  {
    expected: 'stack instances',
    met: ({ instances }) => instances.length > 0,
    actual: ({ name }) => `${name} has none`,
    hint: 'a stack set is a template and its roles; instances are asked for by themselves, with accounts and regions',
  },
  {
    expected: 'instances in at least two regions or accounts',
    met: ({ instances }) => new Set(instances.map(placeOf)).size >= 2,
    actual: ({ name, instances }) => `${name}: ${instances.map(placeOf).join(', ')}`,
    hint: 'one operation takes several regions; the run’s account is a target as good as any',
  },
  {
    expected: 'every instance current',
    met: ({ instances }) => instances.every(({ status }) => status === 'CURRENT'),
    actual: ({ instances }) => {
      const behind = instances.filter(({ status }) => status !== 'CURRENT');
      return behind.map((one) => `${placeOf(one)} is ${one.status}${one.reason && `: ${one.reason}`}`).join('; ');
    },
    hint: 'the results of the operation name the role or the resource that was in the way; the execution role has to trust the administration role',
  },
  {
    expected: 'a last operation that succeeded',
    met: ({ operations }) => operations[0]?.status === 'SUCCEEDED',
    actual: ({ name, operations }) =>
      `the last operation on ${name}, ${operations[0]?.action}, is ${operations[0]?.status}`,
    hint: 'an operation goes through regions in order, and stops where more fail than are tolerated',
  },
];
