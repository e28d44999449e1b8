// SCPs along a path from the root to an OU, and an attempt → whether it gets through. What Organizations does, offline; pure.

import { type Conditions, many, type Scp, type Statement } from './grammar';

/** One request as a policy sees it. */
export interface Attempt {
  readonly action: string;
  readonly resource: string;
  /** Condition keys and their values. A key that is not here is absent from the request. */
  readonly context: Readonly<Record<string, string>>;
}

/** The policies attached to one root, OU or account. */
export type Level = readonly { readonly name: string; readonly policy: Scp }[];

export type Outcome =
  | { readonly outcome: 'allowed' }
  /** `by` names the policy; null where no policy of a level allows it. */
  | { readonly outcome: 'denied'; readonly by: string | null }
  /** A condition that is not modelled here stands in the way. */
  | { readonly outcome: 'unknown'; readonly because: string };

class NotModelled extends Error {}

/**
 * A Deny anywhere on the path wins. Otherwise every level has to allow it: an SCP allows no more than the level above it, and a
 * level without a matching Allow denies everything.
 */
export function decide(path: readonly Level[], attempt: Attempt): Outcome {
  try {
    const denying = path.flat().find(({ policy }) => hits(policy, 'Deny', attempt));
    if (denying !== undefined) return { outcome: 'denied', by: denying.name };
    const allowing = path.every((level) => level.some(({ policy }) => hits(policy, 'Allow', attempt)));
    return allowing ? { outcome: 'allowed' } : { outcome: 'denied', by: null };
  } catch (error) {
    if (error instanceof NotModelled) return { outcome: 'unknown', because: error.message };
    throw error;
  }
}

const hits = ({ Statement: statements }: Scp, effect: 'Allow' | 'Deny', attempt: Attempt): boolean =>
  many(statements).some((statement) => statement.Effect === effect && matches(statement, attempt));

function matches({ Action, NotAction, Resource, NotResource, Condition }: Statement, attempt: Attempt): boolean {
  const action = named(Action, NotAction, attempt.action, true);
  return action && named(Resource, NotResource, attempt.resource, false) && met(Condition ?? {}, attempt.context);
}

function named(
  wanted: Statement['Action'],
  unwanted: Statement['Action'],
  value: string,
  ignoreCase: boolean,
): boolean {
  const like = (pattern: string): boolean => isLike(pattern, value, ignoreCase);
  return wanted === undefined ? !many(unwanted).some(like) : many(wanted).some(like);
}

/** `*` is any text, `?` any character; there is no other wildcard. */
export function isLike(pattern: string, value: string, ignoreCase = false): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '[^]*')
    .replace(/\?/g, '[^]');
  return new RegExp(`^${source}$`, ignoreCase ? 'i' : '').test(value);
}

const met = (conditions: Conditions, context: Attempt['context']): boolean =>
  Object.entries(conditions).every(([operator, keys]) =>
    Object.entries(keys).every(([key, values]) =>
      holds(operator, contextValue(context, key), many(values).map(String)),
    ),
  );

const contextValue = (context: Attempt['context'], key: string): string | undefined =>
  Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];

type Comparison = (pattern: string, value: string) => boolean;
const equal: Comparison = (pattern, value) => pattern === value;
const like: Comparison = (pattern, value) => isLike(pattern, value);
const number =
  (compare: (value: number, limit: number) => boolean): Comparison =>
  (pattern, value) =>
    compare(Number(value), Number(pattern));

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  StringEquals: equal,
  StringEqualsIgnoreCase: (pattern, value) => pattern.toLowerCase() === value.toLowerCase(),
  StringLike: like,
  ArnEquals: like,
  ArnLike: like,
  Bool: (pattern, value) => pattern.toLowerCase() === value.toLowerCase(),
  NumericEquals: number((value, limit) => value === limit),
  NumericLessThan: number((value, limit) => value < limit),
  NumericLessThanEquals: number((value, limit) => value <= limit),
  NumericGreaterThan: number((value, limit) => value > limit),
  NumericGreaterThanEquals: number((value, limit) => value >= limit),
};

/** An absent key fails an operator, meets a negated one, and meets …IfExists and ForAllValues: as in IAM. */
function holds(operator: string, value: string | undefined, patterns: readonly string[]): boolean {
  if (operator === 'Null') return patterns.some((pattern) => (pattern === 'true') === (value === undefined));
  const [, quantifier, name = ''] = /^(ForAnyValue:|ForAllValues:)?(.+?)(?:IfExists)?$/.exec(operator) ?? [];
  const negated = /^(String|Arn|Numeric)Not/.test(name);
  const compare = COMPARISONS[name.replace(/^(String|Arn|Numeric)Not/, '$1')];
  if (compare === undefined) throw new NotModelled(`the condition operator ${operator}`);
  if (value === undefined) {
    if (quantifier !== undefined) return quantifier === 'ForAllValues:';
    return negated || operator.endsWith('IfExists');
  }
  if (patterns.some((pattern) => pattern.includes('${'))) throw new NotModelled('a policy variable');
  const one = patterns.some((pattern) => compare(pattern, value));
  return negated ? !one : one;
}
