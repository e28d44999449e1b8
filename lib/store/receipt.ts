// Receipts on the disk: beside the journal of their run, and wherever somebody keeps one.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf, WorklabError } from '../core/errors';
import type { Receipt } from '../core/receipt';
import { makePrivate, runDirectory } from './home';

/** Writes the receipt and its page, readable by their owner alone; returns where they are. */
export function keepReceipt(
  home: string,
  receipt: Receipt,
  page: string,
): { readonly json: string; readonly page: string } {
  const directory = makePrivate(runDirectory(home, receipt.where.run));
  const files = { json: join(directory, 'receipt.json'), page: join(directory, 'receipt.html') };
  writeFileSync(files.json, `${JSON.stringify(receipt, null, 2)}\n`, { mode: 0o600 });
  writeFileSync(files.page, page, { mode: 0o600 });
  return files;
}

/** Reads a receipt. Throws usage/invalid where the file is none. */
export function readReceipt(file: string): Receipt {
  try {
    const read = JSON.parse(readFileSync(file, 'utf8')) as Partial<Receipt>;
    if (read.receipt !== 1 || read.where === undefined || read.journal === undefined || !Array.isArray(read.owned)) {
      throw new Error('it is JSON, but no receipt of worklab');
    }
    return read as Receipt;
  } catch (cause) {
    throw new WorklabError('usage/invalid', {
      what: `no receipt can be read: ${messageOf(cause)}`,
      where: file,
      fix: 'give the receipt.json that worklab destroy wrote (its last line says where)',
      cause,
    });
  }
}
