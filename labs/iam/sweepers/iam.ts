// What the sweepers of IAM share: its client, what it calls gone, and whose a thing is.

import { IAMClient } from '@aws-sdk/client-iam';
import { type Aws, isMarked, type SweepScope } from '../../../lib/kit';

export const GONE = ['NoSuchEntityException', 'NoSuchEntity'];

export const iam = (aws: Aws): { readonly client: IAMClient } => ({ client: aws.client(IAMClient) });

/** By name or path, since IAM's lists carry no tags; or because the run is known to own it. */
export const isOurs = (
  scope: SweepScope,
  id: string | undefined,
  ...names: readonly (string | undefined)[]
): id is string => id !== undefined && (isMarked(scope, { names: [id, ...names] }) || scope.owned.has(id));
