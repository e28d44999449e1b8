// The guard before a real account is touched: its number is typed by a person, or given with --yes --account.

import type { Session } from '../aws/session';
import { WorklabError } from '../core/errors';
import { allowedAccounts } from '../store/allowed-accounts';
import type { Context } from './context';

export interface Consent {
  readonly yes?: boolean;
  readonly account?: string;
}

/** Refuses an account that must not be deployed to: root, production by its name, or not on the list. */
export async function guardAccount(context: Context, session: Session): Promise<void> {
  if (session.target === 'local') return;
  const { inspectAccount, judgeAccount } = require('../guard/guard') as typeof import('../guard/guard');
  const facts = await inspectAccount(session);
  for (const unknown of facts.unknown) context.remark(`warning: ${unknown}`);
  judgeAccount(facts, new Set(allowedAccounts(context.home).map(({ account }) => account)));
}

/** Goes on only with consent to change this account. Nothing is asked on local. */
export async function confirmAccount(context: Context, session: Session, act: string, consent: Consent): Promise<void> {
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
  const answer = await context.io.ask(`${act} in account ${account} (${region}). Type the account number to go on: `);
  if (answer !== account) throw new WorklabError('interrupted', { what: 'declined', fix: 'nothing was changed' });
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
