// What is known of a real account → may it be deployed to? Pure. What could not be looked at speaks against nobody, and is said.

import { WorklabError } from '../core/errors';

/** What is known of an account before anything in it is touched. */
export interface AccountFacts {
  readonly account: string;
  /** ARN of the caller. */
  readonly caller: string;
  /** The account's alias, null where it has none. */
  readonly alias: string | null;
  /** The account's name in its organization, where it may be read. */
  readonly name?: string;
  /** The management account of its organization, null where it is in none. */
  readonly management: string | null;
  /** What could not be looked at, and why. */
  readonly unknown: readonly string[];
}

/** What is about to be done. */
export interface Intention {
  /** Every region that would be deployed to. */
  readonly regions: readonly string[];
  /** Whether an exercise that touches the account itself was asked for by id. */
  readonly touchesAccount: boolean;
}

/** An account that a person put on the list. */
export interface Allowed {
  readonly account: string;
  readonly regions?: readonly string[];
}

/** "prod", "production", "prd", "live" as a word. */
const PRODUCTION = /(?:^|[-_.\s])(?:prod|production|prd|live)(?:$|[-_.\s0-9])/i;

/** Throws account/not-allowed where the account must not be deployed to. */
export function judgeAccount(facts: AccountFacts, list: readonly Allowed[], intention: Intention): void {
  const { account, caller, alias, name } = facts;
  if (/:root$/.test(caller)) {
    throw refused(
      `these are the credentials of the root user of account ${account}`,
      'log in as a user or role of the account: the root user is for its owner, not for practice',
    );
  }
  const speaking = [alias, name].find((said) => said && PRODUCTION.test(said));
  if (speaking) {
    throw refused(
      `account ${account} calls itself "${speaking}", which reads like production`,
      'use a sandbox account, and nothing that anybody depends on',
    );
  }
  refuseManagement(facts, intention);
  refuseUnlisted(facts, list, intention);
}

function refuseManagement({ account, management }: AccountFacts, { touchesAccount }: Intention): void {
  if (management !== account || touchesAccount) return;
  throw refused(
    `account ${account} is the management account of an organization: what is done in it can touch every account`,
    'use a member account; exercises that need the management account are asked for by id: --with ID',
  );
}

function refuseUnlisted({ account, alias }: AccountFacts, list: readonly Allowed[], { regions }: Intention): void {
  const entry = list.find((one) => one.account === account);
  if (entry === undefined) {
    throw refused(
      `account ${account}${alias === null ? '' : ` (${alias})`} is not on your list of accounts to practise in`,
      `if it is a sandbox that may be emptied: worklab account allow ${account}`,
    );
  }
  const beyond = regions.filter((region) => entry.regions !== undefined && !entry.regions.includes(region));
  if (beyond.length === 0) return;
  throw refused(
    `account ${account} may be deployed to in ${entry.regions?.join(', ')} only, not in ${beyond.join(', ')}`,
    `choose another --region, or worklab account allow ${account} --regions ${[...(entry.regions ?? []), ...beyond].join(',')}`,
  );
}

const refused = (what: string, fix: string): WorklabError => new WorklabError('account/not-allowed', { what, fix });
