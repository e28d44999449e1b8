// Extras: what one stack lends another, and where CloudFormation stands behind another service.

import { concept, exercise, judge } from '../../../lib/kit';
import { TEMPLATES } from '../facts';
import { IMPORTED } from '../operations-demands';
import { see } from '../see';
import { solveWith } from '../solutions';

export const importExports = exercise({
  id: 'import-exports',
  rows: ['cfn-a1'],
  title: 'Refer to another stack’s output',
  kind: 'action',
  extra: true,
  asks: [
    'stack output cross stack reference',
    'cross stack reference',
    'import value export',
    'fn importvalue',
    'stack export',
  ],
  task: [
    'Two stacks of yours: one exports an output, the other imports it. Try to delete the first one while the second stands:',
    `CloudFormation refuses. ${TEMPLATES}/producer.yaml and consumer.yaml are a pair.`,
  ].join('\n'),
  observe: see.shared,
  check: (exports) =>
    judge(exports, IMPORTED, {
      expected: 'a stack of yours that exports an output',
      actual: 'none of your stacks exports any',
      hint: 'an output with an Export has a name that is unique in the region',
    }),
  solve: solveWith((solutions) => solutions.share),
});

export const integrateCatalog = concept({
  id: 'integrate-catalog',
  rows: ['cfn-a2'],
  title: 'CloudFormation behind Service Catalog',
  extra: true,
  asks: ['cloudformation integration service catalog', 'cloudformation service catalog'],
  task: [
    'A product of Service Catalog is a CloudFormation template with a version; whoever launches it gets a stack named `SC-…`, made',
    'with the rights of a launch role. The lab of Service Catalog has the exercises.',
  ].join('\n'),
});
