// The guard before a real account is touched: it is judged, looked at, and named by a person or with --yes --account.

import type { Session } from '../aws/session';
import { WorklabError } from '../core/errors';
import { type Intention, judgeAccount } from '../guard/guard';
import { actionsOf } from '../plan/permissions';
import { allowedAccounts } from '../store/allowed-accounts';
import type { Context } from './context';

export interface Consent {
  readonly yes?: boolean;
  readonly account?: string;
}

/** What is about to be deployed. */
export interface Intended {
  readonly labs: readonly string[];
  /** Guarded exercises that were asked for by id. */
  readonly allowed: ReadonlySet<string>;
}

/**
 * Refuses an account that must not be deployed to (root, production by its name, a management account, not on the list), and
 * one where the deployment would fail. Returns the account's alias.
 */
export async function guardAccount(context: Context, session: Session, intended: Intended): Promise<string | null> {
  if (session.target === 'local') return null;
  const { inspectAccount } = require('../guard/inspect') as typeof import('../guard/inspect');
  const facts = await inspectAccount(session);
  for (const unknown of facts.unknown) context.remark(`warning: ${unknown}`);
  judgeAccount(facts, allowedAccounts(context.home), intentionOf(context, session, intended));
  await lookAhead(context, session, facts.caller, intended);
  return facts.alias;
}

function intentionOf({ labs }: Context, { region }: Session, intended: Intended): Intention {
  const stacks = intended.labs.flatMap((id) => labs.get(id)?.stacks ?? []);
  const exercises = [...labs.values()].flatMap((lab) => lab.exercises);
  return {
    regions: [...new Set([region, ...stacks.flatMap((stack) => stack.region ?? [])])],
    touchesAccount: exercises.some(({ id, guard }) => guard?.by === 'account' && intended.allowed.has(id)),
  };
}

async function lookAhead(context: Context, session: Session, caller: string, { labs }: Intended): Promise<void> {
  const { forbidden, preflight, refuseConcerns } = require('../guard/preflight') as typeof import('../guard/preflight');
  const { openForReading } = require('../aws/door') as typeof import('../aws/door');
  const chosen = labs.flatMap((id) => context.labs.get(id) ?? []);
  const actions = actionsOf(chosen);
  const own = (await Promise.all(chosen.map((lab) => lab.preflight?.() ?? []))).flat();
  const concerns = await preflight(openForReading(session), [forbidden(caller, actions), ...own]);
  for (const { what, fix } of concerns.filter(({ level }) => level === 'note')) context.remark(`note: ${what}: ${fix}`);
  refuseConcerns(concerns);
}

/** Goes on only with consent to change this account. Nothing is asked on local. */
export async function confirmAccount(
  context: Context,
  session: Session,
  act: string,
  { alias = null, ...consent }: Consent & { readonly alias?: string | null },
): Promise<void> {
  if (session.target === 'local') return;
  const { account, region } = session;
  if (consent.account !== undefined && consent.account !== account) {
    throw new WorklabError('account/not-allowed', {
      what: `--account ${consent.account} was given, and the credentials are of account ${account}`,
      fix: 'log in to the account that is meant, or correct --account',
    });
  }
  if (consent.yes && consent.account === account) return;
  if (!context.io.canAsk) {
    throw new WorklabError('usage/not-a-terminal', {
      what: `${act} in account ${account} needs consent, and nobody is here to ask`,
      fix: `add --yes --account ${account}`,
    });
  }
  const word = alias === null ? 'the account number' : `the account's alias, ${alias},`;
  const answer = await context.io.ask(`${act} in account ${account} (${region}). Type ${word} to go on: `);
  if (answer !== (alias ?? account))
    throw new WorklabError('interrupted', { what: 'declined', fix: 'nothing was changed' });
}

/** Yes or no; no is the default, and the answer where nobody can be asked unless --yes was given. */
export async function confirm(context: Context, question: string, yes: boolean | undefined): Promise<void> {
  if (yes) return;
  if (!context.io.canAsk) {
    throw new WorklabError('usage/not-a-terminal', {
      what: `${question} needs consent, and nobody is here to ask`,
      fix: 'add --yes',
    });
  }
  const answer = await context.io.ask(`${question}? [y/N] `);
  if (!/^y(?:es)?$/i.test(answer))
    throw new WorklabError('interrupted', { what: 'declined', fix: 'nothing was changed' });
}
