// A parallel map with a bound: results in the order of the items, the first failure is the answer.

/** Visits every item, at most `limit` at a time. */
export async function mapAtMost<Item, Result>(
  limit: number,
  items: readonly Item[],
  visit: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results = new Array<Result>(items.length);
  const entries = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of entries) results[index] = await visit(item);
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return results;
}
