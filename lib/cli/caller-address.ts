// The caller's own public address, as a CIDR of that one address. Never looked up for a run on the laptop.

import { messageOf, WorklabError } from '../core/errors';
import type { Target } from '../core/run';
import { parseOwnAddress } from './options';

/** AWS's own service that answers with the caller's address (https://checkip.amazonaws.com, 2026-11-22). */
const WHO_AM_I = 'https://checkip.amazonaws.com';
/** From the range reserved for documentation (RFC 5737): it can be nobody's. */
const LOCAL = '192.0.2.1/32';
const PATIENCE = 10_000;

/** --my-ip if given, else looked up on AWS and made up on local. */
export async function callerCidr(target: Target, myIp: string | undefined): Promise<string> {
  if (myIp !== undefined) return parseOwnAddress(myIp);
  if (target === 'local') return LOCAL;
  try {
    const answer = await fetch(WHO_AM_I, { signal: AbortSignal.timeout(PATIENCE) });
    return parseOwnAddress((await answer.text()).trim());
  } catch (cause) {
    throw new WorklabError('usage/invalid', {
      what: `your public address could not be looked up at ${WHO_AM_I}: ${messageOf(cause)}`,
      fix: 'give it with --my-ip, for example --my-ip 203.0.113.7',
      cause,
    });
  }
}
