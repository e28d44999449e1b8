// What is asked of a product that was launched and looked after. Pure.

import type { Demand } from '../../lib/kit';
import type { Change, Launch } from './observe/launches';

export const NO_LAUNCH = {
  expected: 'a product of this run that was launched',
  actual: 'none is there',
  hint: 'provision-product; "No launch paths found" means that who launches is not let into the portfolio',
};

const told = ({ changes }: Launch): string =>
  changes.map(({ type, status, version, errors }) => [type, status, version, ...errors].join(' ')).join('; ') ||
  'nothing';

const done = ({ changes }: Launch, type: string): readonly Change[] =>
  changes.filter((change) => change.type === type && change.status === 'SUCCEEDED');

export const LAUNCHES: readonly Demand<Launch>[] = [
  {
    expected: 'a launch that succeeded',
    met: (launch) => done(launch, 'PROVISION_PRODUCT').length > 0,
    actual: (launch) => `${launch.name} is ${launch.status}; its records: ${told(launch)}`,
    hint: 'describe-record tells what CloudFormation said; a product in ERROR is terminated, then launched again',
  },
  {
    expected: 'an update to another version',
    met: (launch) => {
      const [first] = done(launch, 'PROVISION_PRODUCT');
      return done(launch, 'UPDATE_PROVISIONED_PRODUCT').some(({ version }) => version !== first?.version);
    },
    actual: (launch) => `its records: ${told(launch)}`,
    hint: 'update-provisioned-product with the other version’s provisioning artifact; a second launch is no update',
  },
  {
    expected: 'a product that is available',
    met: ({ status }) => status === 'AVAILABLE',
    actual: ({ name, status, message }) => `${name} is ${status} ${message}`.trim(),
    hint: 'TAINTED: it stands, and its last change failed; UNDER_CHANGE passes',
  },
  {
    expected: 'the stack behind it, as whole as the product says',
    met: ({ stack }) => /^(CREATE|UPDATE)_COMPLETE$/.test(stack),
    actual: ({ name, stack }) => `the stack of ${name} is ${stack === '' ? 'not there' : stack}`,
    hint: 'a stack that is changed or deleted past Service Catalog is no longer what the product says',
  },
];
