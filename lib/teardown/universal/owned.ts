// Ids of the run → all that others may call them.

import type { SweepScope } from '../../kit';

/** An owned "arn:…:gateway/sgw-1" is "sgw-1" to the alarm that watches it and in the log group that it writes to. */
export const knownAs = ({ owned }: SweepScope): ReadonlySet<string> =>
  new Set([...owned].flatMap((id) => [id, /^arn:.*\/([^/]+)$/.exec(id)?.[1] ?? id]));
