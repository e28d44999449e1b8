// The text of a tag or backup policy → what is wrong with it. Offline; pure.
// Grammar: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_tag-policies-syntax.html> and
// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_backup_syntax.html>, read 2026-11-22.

/** Characters of a tag or backup policy. */
export const MANAGEMENT_LIMIT = 10_000;

type Tree = Readonly<Record<string, unknown>>;
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);
const OPERATORS = ['@@assign', '@@append', '@@remove', '@@operators_allowed_for_child_policies'];

function bodyOf(text: string, top: string): { readonly body: Tree; readonly problems: readonly string[] } {
  const long =
    text.length > MANAGEMENT_LIMIT ? [`it has ${text.length} characters, ${MANAGEMENT_LIMIT} are allowed`] : [];
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch {
    return { body: {}, problems: [...long, 'it is not JSON'] };
  }
  const body = isTree(said) ? said[top] : undefined;
  if (!isTree(body)) return { body: {}, problems: [...long, `it has no "${top}" at its top`] };
  return { body, problems: long };
}

/** What an operator gives: `{"@@assign": value}`. A bare value is the usual mistake. */
const assigned = (value: unknown): unknown => (isTree(value) ? (value['@@assign'] ?? value['@@append']) : undefined);

const isSet = (value: unknown): boolean => {
  const given = assigned(value);
  return (typeof given === 'string' && given !== '') || (Array.isArray(given) && given.length > 0);
};

const entries = (value: unknown): [string, Tree][] =>
  isTree(value)
    ? Object.entries(value).filter(
        (entry): entry is [string, Tree] => !OPERATORS.includes(entry[0]) && isTree(entry[1]),
      )
    : [];

export function tagPolicyProblems(text: string): readonly string[] {
  const { body, problems } = bodyOf(text, 'tags');
  if (problems.length > 0) return problems;
  const tags = entries(body);
  if (tags.length === 0) return ['it is about no tag'];
  return tags.flatMap(([name, tag]) => {
    const key = assigned(tag.tag_key);
    return [
      ...(typeof key === 'string' ? [] : [`${name}: its tag_key is not set by "@@assign"`]),
      ...(typeof key === 'string' && key.toLowerCase() !== name.toLowerCase()
        ? [`${name}: the tag_key "${key}" is another word; the two differ in capitals alone`]
        : []),
      ...(tag.tag_value === undefined || isSet(tag.tag_value)
        ? []
        : [`${name}: its tag_value is not set by "@@assign"`]),
      ...(tag.enforced_for === undefined || isSet(tag.enforced_for)
        ? []
        : [`${name}: its enforced_for is not set by "@@assign"`]),
    ];
  });
}

export function backupPolicyProblems(text: string): readonly string[] {
  const { body, problems } = bodyOf(text, 'plans');
  if (problems.length > 0) return problems;
  const plans = entries(body);
  if (plans.length === 0) return ['it has no plan'];
  return plans.flatMap(([name, plan]) => [
    ...(isSet(plan.regions) ? [] : [`${name}: its regions are not set by "@@assign"`]),
    ...(entries(plan.rules).length > 0 ? [] : [`${name}: it has no rule`]),
    ...entries(plan.rules).flatMap(([rule, { target_backup_vault_name: vault }]) =>
      isSet(vault) ? [] : [`${name}, rule ${rule}: its target_backup_vault_name is not set by "@@assign"`],
    ),
    ...selectionProblems(name, plan.selections),
  ]);
}

function selectionProblems(name: string, selections: unknown): string[] {
  const byTag = isTree(selections) ? entries(selections.tags) : [];
  const byResource = isTree(selections) ? entries(selections.resources) : [];
  if (byTag.length + byResource.length === 0) return [`${name}: it selects nothing to back up`];
  return byTag.flatMap(([selection, { iam_role_arn: role, tag_key: key, tag_value: value }]) =>
    [role, key, value].every(isSet)
      ? []
      : [`${name}, selection ${selection}: it needs iam_role_arn, tag_key and tag_value`],
  );
}
