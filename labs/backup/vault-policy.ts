// A vault's access policy → what it forbids to everybody. Pure.

type Words = string | readonly string[];

interface Statement {
  readonly Effect?: string;
  readonly Principal?: '*' | { readonly AWS?: Words };
  readonly Action?: Words;
  readonly Resource?: Words;
  readonly Condition?: unknown;
}

const list = (words: Words | undefined): readonly string[] =>
  words === undefined ? [] : typeof words === 'string' ? [words] : words;

/** A document that cannot be read has no statements: AWS Backup takes none such. */
export function statementsOf(policy: string | undefined): readonly Statement[] {
  try {
    const { Statement = [] } = JSON.parse(policy ?? '{}') as { Statement?: Statement | readonly Statement[] };
    return Array.isArray(Statement) ? Statement : [Statement as Statement];
  } catch {
    return [];
  }
}

/** Whether some statement denies the action to every principal. A condition may except some of them. */
export const isForbidden = (policy: string | undefined, action: string): boolean =>
  statementsOf(policy).some(
    ({ Effect, Principal, Action }) =>
      Effect === 'Deny' &&
      (Principal === '*' || (Principal !== undefined && list(Principal.AWS).includes('*'))) &&
      list(Action).some((pattern) => covers(pattern, action)),
  );

/** The accounts of an organization that may copy into the vault: the values of aws:PrincipalOrgID. */
export const copyingOrganizations = (policy: string | undefined): readonly string[] =>
  statementsOf(policy)
    .filter(
      ({ Effect, Action }) =>
        Effect === 'Allow' && list(Action).some((one) => covers(one, 'backup:CopyIntoBackupVault')),
    )
    .flatMap(({ Condition }) => JSON.stringify(Condition ?? {}).match(/\bo-[a-z0-9]{10,32}\b/g) ?? []);

/** Whether it lets copies in from anybody at all. */
export const isOpenToCopies = (policy: string | undefined): boolean =>
  statementsOf(policy).some(
    ({ Effect, Action, Condition }) =>
      Effect === 'Allow' &&
      Condition === undefined &&
      list(Action).some((one) => covers(one, 'backup:CopyIntoBackupVault')),
  );

const covers = (pattern: string, action: string): boolean =>
  pattern.endsWith('*')
    ? action.toLowerCase().startsWith(pattern.slice(0, -1).toLowerCase())
    : pattern.toLowerCase() === action.toLowerCase();
