// Residue and its proofs. A proof is clean, found or unknown; a run is proven only if every proof is clean.

/** One thing that a run left behind, or may have. */
export interface Residue {
  /** "service:resource-type" as in an ARN, for example "ec2:volume". */
  readonly kind: string;
  /** What the service calls it: an id, a name, or an ARN where the service wants one. */
  readonly id: string;
  /** What it lives in, where the service cannot delete it without. */
  readonly parent?: string;
  /** Set when it cannot be told to be the run's: it is listed under `left`, and never deleted. */
  readonly why?: string;
}

/** API calls by "service:Operation"; each page of a list is one. */
export type Calls = Readonly<Record<string, number>>;

/** Where was looked, and by which calls. */
interface Look {
  readonly kind: string;
  readonly region: string;
  readonly calls: Calls;
}

/** What one more look at one kind in one region found. */
export type Proof = Look &
  (
    | { readonly status: 'clean'; readonly lookedAt: string }
    | { readonly status: 'found'; readonly lookedAt: string; readonly ids: readonly string[] }
    | { readonly status: 'unknown'; readonly reason: string }
  );

/** Counts calls. */
export function countCalls(calls: Iterable<string>): Calls {
  const counts: Record<string, number> = {};
  for (const call of calls) counts[call] = (counts[call] ?? 0) + 1;
  return counts;
}

/** Several counts as one. */
export function sumCalls(all: readonly Calls[]): Calls {
  const sum: Record<string, number> = {};
  for (const [call, times] of all.flatMap(Object.entries<number>)) sum[call] = (sum[call] ?? 0) + times;
  return sum;
}

/** How many calls a count counts. */
export const totalOf = (calls: Calls): number => Object.values(calls).reduce((sum, times) => sum + times, 0);

/** No proofs prove nothing. */
export const isProven = (proofs: readonly Proof[]): boolean =>
  proofs.length > 0 && proofs.every((proof) => proof.status === 'clean');
