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

/** What one more look at one kind in one region found. */
export type Proof =
  | { readonly kind: string; readonly region: string; readonly status: 'clean'; readonly lookedAt: string }
  | {
      readonly kind: string;
      readonly region: string;
      readonly status: 'found';
      readonly lookedAt: string;
      readonly ids: readonly string[];
    }
  | { readonly kind: string; readonly region: string; readonly status: 'unknown'; readonly reason: string };

/** No proofs prove nothing. */
export const isProven = (proofs: readonly Proof[]): boolean =>
  proofs.length > 0 && proofs.every((proof) => proof.status === 'clean');
