// Is this the run's? By its tag, or by its name: the two marks that everything of a run carries.

import type { RunScope } from '../core/run';

/** What most services show of a thing. Services that give tags as a map: Object.entries, or ask by name alone. */
export interface Marks {
  readonly tags?: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined;
  readonly names?: readonly (string | undefined)[];
}

/**
 * True when a thing carries the run's tag, or when its Name tag or one of `names` is the run's: "worklab-<run>",
 * "worklab-<run>-…" or "/worklab-<run>/…".
 */
export function isMarked(scope: Pick<RunScope, 'prefix' | 'tag'>, { tags = [], names = [] }: Marks): boolean {
  const tagged = tags.some(({ Key, Value }) => Key === scope.tag.key && Value === scope.tag.value);
  const named = [...names, tags.find(({ Key }) => Key === 'Name')?.Value];
  return tagged || named.some((name) => name !== undefined && isNamed(scope, name));
}

// The character after the run's id must end it: "worklab-abc123x" is another's.
const isNamed = ({ prefix }: Pick<RunScope, 'prefix'>, name: string): boolean =>
  [prefix, `/${prefix}`].some((start) => name.startsWith(start) && !/[a-z0-9]/i.test(name.charAt(start.length)));
