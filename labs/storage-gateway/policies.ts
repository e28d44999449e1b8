// What a policy says: statements, what they allow, what they refuse. Pure.

export interface Statement {
  readonly Effect?: string;
  readonly Action?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Principal?: string | Readonly<Record<string, string | readonly string[]>>;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface Grant {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

export const listed = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value;

/** IAM sends policies URL-encoded, S3 as they are. */
export function statementsOf(document = '{}'): Statement[] {
  const text = document.startsWith('%') ? decodeURIComponent(document) : document;
  const { Statement: said = [] } = JSON.parse(text) as { Statement?: Statement | Statement[] };
  return [said].flat();
}

/** A policy of a bucket that denies whatever comes without TLS. */
export const refusesPlainHttp = (policy: string): boolean =>
  statementsOf(policy).some(
    ({ Effect, Condition = {} }) =>
      Effect === 'Deny' &&
      Object.values(Condition)
        .flatMap((keys) => Object.entries(keys))
        .some(([key, value]) => key.toLowerCase() === 'aws:securetransport' && String(value) === 'false'),
  );

/** "s3:Get*" covers "s3:GetObject"; "arn:aws:s3:::files/*" covers what lies in the bucket. */
function covers(pattern: string, text: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'i').test(text);
}

export const allows = (grants: readonly Grant[], action: string, resource: string): boolean =>
  grants.some(
    ({ actions, resources }) =>
      actions.some((pattern) => covers(pattern, action)) && resources.some((pattern) => covers(pattern, resource)),
  );

/** Reaches further than to buckets that it names. */
export const reachesAll = (grants: readonly Grant[]): boolean =>
  grants.some(({ resources }) => resources.some((resource) => /^(?:\*|arn:[^:]*:s3:::\*.*)$/.test(resource)));
