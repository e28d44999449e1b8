// The text of an SCP → what Organizations would refuse in it, or what does not do what it seems to. Offline; pure.

/**
 * Characters of an SCP, white space included: 10,240 since 2026-05-15 (5,120 before), and ten of them on one root, OU or account.
 * <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html>, read 2026-11-22.
 */
export const SCP_LIMIT = 10_240;

export type OneOrMany<Value> = Value | readonly Value[];
export type Conditions = Readonly<Record<string, Readonly<Record<string, OneOrMany<string | number | boolean>>>>>;

export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: OneOrMany<string>;
  readonly NotAction?: OneOrMany<string>;
  readonly Resource?: OneOrMany<string>;
  readonly NotResource?: OneOrMany<string>;
  readonly Condition?: Conditions;
}

export interface Scp {
  readonly Version?: string;
  readonly Id?: string;
  readonly Statement: OneOrMany<Statement>;
}

export const many = <Value>(value: OneOrMany<Value> | undefined): readonly Value[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value as Value];

/** The problems of a text, in the order in which a reader meets them. Empty: Organizations takes it. */
export function problemsOf(text: string): readonly string[] {
  const long = text.length > SCP_LIMIT ? [`it has ${text.length} characters, ${SCP_LIMIT} are allowed`] : [];
  const said = parsed(text);
  if (said === undefined) return [...long, 'it is not JSON'];
  if (!isRecord(said)) return [...long, 'it is no JSON object'];
  const version =
    said.Version === '2012-10-17' ? [] : ['its Version is not "2012-10-17", so newer elements mean nothing'];
  const strange = Object.keys(said).filter((key) => !['Version', 'Id', 'Statement'].includes(key));
  const statements = many(said.Statement as OneOrMany<unknown> | undefined);
  return [
    ...long,
    ...version,
    ...strange.map((key) => `"${key}" is no element of a policy`),
    ...(statements.length === 0 ? ['it has no Statement'] : []),
    ...statements.flatMap((statement, index) =>
      statementProblems(statement).map((problem) => `statement ${index + 1}: ${problem}`),
    ),
  ];
}

/** Undefined where it is none. */
export function scpOf(text: string): Scp | undefined {
  return problemsOf(text).length === 0 ? (JSON.parse(text) as Scp) : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const ELEMENTS = ['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'];
const ACTION = /^(\*|[a-z0-9-]+:[A-Za-z0-9*?]+)$/;
const OPERATOR =
  /^(ForAnyValue:|ForAllValues:)?(String(Not)?(Equals|Like|EqualsIgnoreCase)|StringNotEqualsIgnoreCase|Arn(Not)?(Equals|Like)|Bool|Null|(Not)?IpAddress|Numeric(Not)?Equals|Numeric(Less|Greater)Than(Equals)?|Date(Not)?Equals|Date(Less|Greater)Than(Equals)?|BinaryEquals)(IfExists)?$/;

function statementProblems(statement: unknown): string[] {
  if (!isRecord(statement)) return ['it is no JSON object'];
  const { Effect, Action, NotAction, Resource, NotResource, Condition } = statement;
  return [
    ...Object.keys(statement)
      .filter((key) => !ELEMENTS.includes(key))
      .map(strangeElement),
    ...(Effect === 'Allow' || Effect === 'Deny' ? [] : ['its Effect is neither "Allow" nor "Deny"']),
    ...exactlyOne('Action', Action, NotAction),
    ...exactlyOne('Resource', Resource, NotResource),
    ...texts('Action', Action, NotAction).flatMap((action) =>
      ACTION.test(action) ? [] : [`"${action}" is no action: service, colon, name, the service in small letters`],
    ),
    ...texts('Resource', Resource, NotResource).flatMap((resource) =>
      resource === '*' || resource.startsWith('arn:') ? [] : [`"${resource}" is neither "*" nor an ARN`],
    ),
    ...conditionProblems(Condition),
  ];
}

const strangeElement = (key: string): string =>
  key === 'Principal' || key === 'NotPrincipal'
    ? `an SCP has no ${key}: it is about everybody in the accounts below; the condition aws:PrincipalArn tells them apart`
    : `"${key}" is no element of a statement`;

const exactlyOne = (name: string, one: unknown, other: unknown): string[] =>
  (one === undefined) === (other === undefined) ? [`it needs one of ${name} and Not${name}`] : [];

function texts(_name: string, ...values: readonly unknown[]): string[] {
  return values.flatMap((value) => many(value as OneOrMany<unknown> | undefined)).map(String);
}

function conditionProblems(condition: unknown): string[] {
  if (condition === undefined) return [];
  if (!isRecord(condition)) return ['its Condition is no JSON object'];
  return Object.entries(condition).flatMap(([operator, keys]) => [
    ...(OPERATOR.test(operator) ? [] : [`"${operator}" is no condition operator`]),
    ...(isRecord(keys) && Object.keys(keys).length > 0 ? [] : [`${operator} names no condition key`]),
  ]);
}
