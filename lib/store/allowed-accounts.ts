// The real accounts that may be deployed to: a list that a person keeps, one file in WORKLAB_HOME.

import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WorklabError } from '../core/errors';
import { makePrivate } from './home';

export interface AllowedAccount {
  /** Twelve digits. */
  readonly account: string;
  /** ISO 8601. */
  readonly since: string;
  /** Where it may be deployed to; anywhere when left out. */
  readonly regions?: readonly string[];
}

const fileIn = (home: string): string => join(home, 'accounts.json');

/** Every allowed account. A file that cannot be read allows nobody, and is said to be broken. */
export function allowedAccounts(home: string): readonly AllowedAccount[] {
  const file = fileIn(home);
  if (!existsSync(file)) return [];
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { readonly accounts: AllowedAccount[] }).accounts;
  } catch (cause) {
    throw new WorklabError('account/not-allowed', {
      what: 'the list of allowed accounts cannot be read',
      where: file,
      fix: 'mend or delete the file, then worklab account allow ID',
      cause,
    });
  }
}

/** Adds an account; of one that is there already the regions change, if some are given. */
export function allowAccount(home: string, account: string, regions?: readonly string[], now = new Date()): void {
  const known = allowedAccounts(home);
  const before = known.find((one) => one.account === account);
  if (before !== undefined && regions === undefined) return;
  const others = known.filter((one) => one.account !== account);
  const since = before?.since ?? now.toISOString();
  write(home, [...others, { account, since, ...(regions === undefined ? {} : { regions }) }]);
}

/** Takes an account off the list. False if it was not on it. */
export function removeAccount(home: string, account: string): boolean {
  const known = allowedAccounts(home);
  const rest = known.filter((one) => one.account !== account);
  if (rest.length < known.length) write(home, rest);
  return rest.length < known.length;
}

function write(home: string, accounts: readonly AllowedAccount[]): void {
  const file = fileIn(makePrivate(home));
  writeFileSync(`${file}.${process.pid}`, `${JSON.stringify({ accounts }, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.${process.pid}`, file);
}
