// The one door to AWS. Labs receive it; lib/aws opens it.

import type { Target } from '../core/run';

/** Clients of one run: its region, endpoint, credentials and retries are already set. */
export interface Aws {
  readonly region: string;
  readonly account: string;
  readonly target: Target;
  /** Where an emulator listens; undefined on AWS. */
  readonly endpoint?: string | undefined;
  /** A client of the given class, made once per class and region. */
  client<C>(type: new (config: never) => C, region?: string): C;
}

/** The same door, turned to another region. */
export const inRegion = (aws: Aws, region: string): Aws =>
  region === aws.region ? aws : { ...aws, region, client: (type, elsewhere = region) => aws.client(type, elsewhere) };
