// Pages, asked for one by one where the SDK has no paginator; and the same pages, to the end: a list that is cut, goes round
// or never ends is an error, never an end.

/** Thrown when the pages of a list do not lead to its end: what lies behind the last page read is not known. */
export class EndlessList extends Error {}

/** 2,000 pages of AWS's usual 100 to 1,000 items: more than a sandbox account holds of anything. */
const MOST_PAGES = 2000;

/** What leads to the next page: NextToken, nextToken, NextMarker, NextKeyMarker, NextRecordName, … */
const LEADS_ON = /^next(?:\w*(?:token|marker)|record|hostedzone|dnsname|key)/i;

/** Every page. Throws for a token that comes back, a cut page whose successor is not named, a last page that names one. */
export async function* toTheEnd<Page>(pages: AsyncIterable<Page>): AsyncGenerator<Page> {
  const seen = new Set<string>();
  let onward: string | undefined;
  for await (const page of pages) {
    yield page;
    onward = successorOf(page as Readonly<Record<string, unknown>>);
    if (onward === undefined) continue;
    if (seen.has(onward)) throw new EndlessList('the list names a page as its next one that was read before');
    seen.add(onward);
    if (seen.size >= MOST_PAGES) throw new EndlessList(`the list does not end: ${MOST_PAGES} pages were read`);
  }
  if (onward !== undefined) throw new EndlessList('the list goes on after the last page that was read');
}

/** Pages of an operation without a paginator: asks with the last page, and stops after one that names no successor. */
export async function* pagesOf<Page extends object>(
  ask: (last: Page | undefined) => Promise<Page>,
): AsyncGenerator<Page> {
  for (let last: Page | undefined; ; ) {
    last = await ask(last);
    yield last;
    if (successorOf(last as Readonly<Record<string, unknown>>) === undefined) return;
  }
}

/** What names the page after this one, undefined where it is the last. */
function successorOf(page: Readonly<Record<string, unknown>>): string | undefined {
  const named = Object.entries(page).filter(([key, value]) => LEADS_ON.test(key) && isToken(value));
  // IAM and RDS call it Marker; elsewhere Marker repeats what was asked for, and the answer says that it is the last.
  if (page.IsTruncated !== false && isToken(page.Marker)) named.push(['Marker', page.Marker]);
  if (named.length > 0) return JSON.stringify(named);
  if (page.IsTruncated === true) throw new EndlessList('the list is said to be cut, and its next page is not named');
  return undefined;
}

const isToken = (value: unknown): boolean => typeof value === 'string' && value !== '';
