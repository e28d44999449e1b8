// Who may do the exercises on an organization: its management account; the sandbox, where there is none yet. Pure.

import { failed, unknown, type Verdict } from '../../lib/kit';
import type { Organization } from './observe/organization';

export const NOT_MANAGEMENT =
  'this account is not the management account of an organization with all features: here the exercise stays reading';

/** Why the exercise cannot be judged, or undefined where it can. */
export function beforeAll({ standing, features, target }: Organization): Verdict | undefined {
  if (standing === 'management' && features === 'ALL') return undefined;
  if (target === 'aws') return unknown(NOT_MANAGEMENT);
  return failed({
    expected: 'an organization with all features, of which this account is the management account',
    actual: { none: 'no organization', member: 'a member account', management: `an organization with ${features}` }[
      standing
    ],
    hint: 'who creates an organization is its management account; consolidated billing alone has no policies',
  });
}
