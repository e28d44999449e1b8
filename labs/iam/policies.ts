// Policy documents as IAM gives them → statements in one shape. Pure.

/** One condition of a statement. */
export interface Condition {
  /** "StringEquals", "StringLikeIfExists", "ForAnyValue:StringLike" … */
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

export interface Statement {
  readonly allows: boolean;
  readonly actions: readonly string[];
  /** True where the statement names what it is not about. */
  readonly inverted: boolean;
  /** By kind: "AWS", "Service", "Federated"; everybody is { AWS: ["*"] }. */
  readonly principals: Readonly<Record<string, readonly string[]>>;
  readonly conditions: readonly Condition[];
}

interface Written {
  readonly Effect?: string;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Principal?: string | Readonly<Record<string, string | readonly string[]>>;
  readonly NotPrincipal?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const many = (value: unknown): string[] =>
  value === undefined ? [] : (Array.isArray(value) ? value : [value]).map(String);

/** A document comes quoted for URLs, except where a service forgets to. What cannot be read has no statements. */
export function statementsOf(document: string | undefined): Statement[] {
  try {
    const text = document?.trimStart().startsWith('{') ? document : decodeURIComponent(document ?? '');
    const { Statement = [] } = JSON.parse(text) as { Statement?: Written | Written[] };
    return (Array.isArray(Statement) ? Statement : [Statement]).map(statementOf);
  } catch {
    return [];
  }
}

const statementOf = ({ Effect, Action, NotAction, Principal, NotPrincipal, Condition = {} }: Written): Statement => ({
  allows: Effect === 'Allow',
  actions: many(Action ?? NotAction),
  inverted: NotAction !== undefined,
  principals: NotPrincipal === undefined ? principalsOf(Principal) : { AWS: ['*'] },
  conditions: Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => ({ operator, key, values: many(values) })),
  ),
});

const principalsOf = (principal: Written['Principal']): Statement['principals'] =>
  typeof principal === 'string'
    ? { AWS: [principal] }
    : Object.fromEntries(Object.entries(principal ?? {}).map(([kind, named]) => [kind, many(named)]));

/** Everybody that the allowing statements name, of every kind. */
export const trusted = (statements: readonly Statement[]): { readonly kind: string; readonly name: string }[] =>
  statements
    .filter(({ allows }) => allows)
    .flatMap(({ principals }) =>
      Object.entries(principals).flatMap(([kind, names]) => names.map((name) => ({ kind, name }))),
    );

/** The values that a statement pins a key to: exact, all of them without a wildcard; undefined where it does not. */
export function pinned({ conditions }: Statement, key: string): readonly string[] | undefined {
  const found = conditions.find(
    (one) =>
      one.key.toLowerCase() === key.toLowerCase() &&
      /^(StringEquals|StringLike|ForAllValues:StringEquals)$/.test(one.operator),
  );
  if (found === undefined || found.operator.startsWith('ForAllValues')) return undefined;
  const wild = found.operator === 'StringLike' && found.values.some((value) => /[*?]/.test(value));
  return wild ? undefined : found.values;
}

/** Actions that allow everything, or everything of a service. */
export const wildActions = (statements: readonly Statement[]): string[] =>
  statements.flatMap(({ allows, inverted, actions }) =>
    allows ? (inverted ? ['NotAction'] : actions.filter((action) => /^([a-z0-9-]+:)?\*$/i.test(action))) : [],
  );
