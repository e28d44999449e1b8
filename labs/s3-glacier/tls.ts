// Bucket policies: does one deny everything that does not come over TLS? Pure.

interface Statement {
  readonly Effect?: unknown;
  readonly Principal?: unknown;
  readonly Action?: unknown;
  readonly Resource?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const listed = (value: unknown): unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]);

/** The statements of a policy; none of one that is no policy. */
export function statementsOf(policy: string | undefined): readonly Statement[] {
  if (policy === undefined) return [];
  const document: unknown = JSON.parse(policy);
  const statements = (document as { readonly Statement?: unknown } | null)?.Statement;
  return listed(statements) as Statement[];
}

/** True when a statement denies everybody every action on the bucket's objects without TLS. */
export const deniesPlain = (policy: string | undefined, bucket: string): boolean =>
  statementsOf(policy).some(
    (statement) =>
      statement.Effect === 'Deny' &&
      isEverybody(statement.Principal) &&
      listed(statement.Action).some((action) => action === '*' || String(action).toLowerCase() === 's3:*') &&
      coversObjects(statement.Resource, bucket) &&
      withoutTls(statement.Condition),
  );

const isEverybody = (principal: unknown): boolean =>
  principal === '*' || listed((principal as { readonly AWS?: unknown } | undefined)?.AWS).includes('*');

const coversObjects = (resource: unknown, bucket: string): boolean =>
  listed(resource).some((arn) => arn === '*' || new RegExp(`:s3:::(${bucket}/)?\\*$`).test(String(arn)));

const withoutTls = (condition: Statement['Condition']): boolean =>
  Object.entries(condition ?? {}).some(
    ([operator, keys]) =>
      operator === 'Bool' &&
      Object.entries(keys).some(
        ([key, value]) => key.toLowerCase() === 'aws:securetransport' && listed(value).map(String).includes('false'),
      ),
  );

/** The document of a statement that does. */
export const onlyOverTls = (partition: string, bucket: string): Statement & { readonly Sid: string } => ({
  Sid: 'OnlyOverTls',
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: [`arn:${partition}:s3:::${bucket}`, `arn:${partition}:s3:::${bucket}/*`],
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
});
