// A resource policy → whether it lets a service do something. As much of IAM's language as such a policy needs. Pure.

interface Statement {
  readonly Effect?: string;
  readonly Principal?: string | { readonly Service?: string | readonly string[] };
  readonly Action?: string | readonly string[];
  readonly Resource?: string | readonly string[];
}

/** True when the statements that allow cover every action on the resource, and none denies one. Conditions are not weighed. */
export function lets(document: string, service: string, actions: readonly string[], resource: string): boolean {
  const statements = parsed(document).filter((one) => isAbout(one, service, resource));
  const covers = (effect: string, action: string): boolean =>
    statements.some(({ Effect, Action }) => Effect === effect && many(Action).some((pattern) => fits(pattern, action)));
  return actions.every((action) => covers('Allow', action) && !covers('Deny', action));
}

function parsed(document: string): readonly Statement[] {
  try {
    return many((JSON.parse(document) as { Statement?: Statement | readonly Statement[] }).Statement);
  } catch {
    return [];
  }
}

function isAbout({ Principal, Resource }: Statement, service: string, resource: string): boolean {
  const services = typeof Principal === 'object' ? many(Principal.Service) : [];
  return (Principal === '*' || services.includes(service)) && many(Resource).some((pattern) => fits(pattern, resource));
}

const many = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as readonly T[]) : [value as T];

/** IAM's wildcards: * and ?. */
function fits(pattern: string, text: string): boolean {
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${escaped}$`, 'i').test(text);
}
