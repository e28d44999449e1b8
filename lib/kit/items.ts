// Pages → items. Every list goes through here, so none can stop at the first page or take a missing list for an empty one.

import { messageOf } from '../core/errors';
import { toTheEnd } from './pages';

/** Thrown when an answer lacks the list that it should carry: what was not said is not "nothing". */
export class MissingList extends Error {}

/**
 * All items of all pages. A page without the list is an error, since the SDK gives `undefined` for an empty body;
 * `absentMeansEmpty` is for services documented to leave an empty list out (S3's object listings). Pages that do not lead to an
 * end are an error too (EndlessList).
 */
export async function* items<Page, Item>(
  pages: AsyncIterable<Page>,
  pick: (page: Page) => readonly Item[] | undefined,
  { absentMeansEmpty = false } = {},
): AsyncGenerator<Item> {
  for await (const page of toTheEnd(pages)) {
    const list = pick(page);
    if (list === undefined && !absentMeansEmpty) throw new MissingList('the answer lacks the list it should carry');
    yield* list ?? [];
  }
}

/** The answer of an operation that has no pages, as one page. */
export async function* onePage<Page>(answer: Promise<Page>): AsyncGenerator<Page> {
  yield await answer;
}

/** All items in one array. */
export async function collect<Item>(source: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of source) all.push(item);
  return all;
}

/** Runs a removal; an error whose name is one of `gone` means that it was gone already. */
export async function unlessGone(gone: readonly string[], act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    if (!gone.includes(name)) throw error instanceof Error ? error : new Error(messageOf(error));
  }
}
