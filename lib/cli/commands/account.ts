// worklab account allow|list|remove: which real accounts may be deployed to.

import { WorklabError } from '../../core/errors';
import { allowAccount, allowedAccounts, removeAccount } from '../../store/allowed-accounts';
import type { Context } from '../context';
import { printable } from '../options';
import { columns } from '../print';

export async function accountAllow(
  context: Context,
  account: string,
  { regions }: { readonly regions?: string },
): Promise<number> {
  allowAccount(context.home, accountNumber(account), regions?.split(',').map(regionName));
  return accountList(context);
}

export async function accountRemove(context: Context, account: string): Promise<number> {
  if (!removeAccount(context.home, accountNumber(account))) {
    throw new WorklabError('usage/invalid', {
      what: `account ${account} is not on the list`,
      fix: 'worklab account list shows it',
    });
  }
  return accountList(context);
}

export async function accountList(context: Context): Promise<number> {
  const accounts = allowedAccounts(context.home);
  context.result({ accounts }, () =>
    accounts.length === 0
      ? 'No real account may be deployed to: worklab account allow ID adds one.\n'
      : columns(
          accounts.map(({ account, since, regions }) => [
            account,
            `since ${since.slice(0, 10)}`,
            regions === undefined ? 'any region' : regions.join(', '),
          ]),
        ),
  );
  return 0;
}

function regionName(text: string): string {
  const region = text.trim();
  if (/^[a-z]{2}(?:-[a-z]+)+-\d$/.test(region)) return region;
  throw new WorklabError('usage/invalid', {
    what: `"${printable(region)}" is no region`,
    fix: 'regions are written like us-east-1, several with commas between',
  });
}

function accountNumber(text: string): string {
  if (/^\d{12}$/.test(text)) return text;
  throw new WorklabError('usage/invalid', {
    what: `"${printable(text)}" is no account number`,
    fix: 'twelve digits, without dashes; aws sts get-caller-identity shows yours',
  });
}
