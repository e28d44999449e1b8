// Whether the run's public zones are signed, by which key-signing keys, and how the keys of KMS behind them are.

import { DescribeKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { GetDNSSECCommand, Route53Client } from '@aws-sdk/client-route-53';
import type { Aws, RunScope } from '../../../lib/kit';
import { HOME } from '../facts';
import { zoneIds } from './zones';

export interface SigningKey {
  readonly name: string;
  /** ACTIVE, INACTIVE, ACTION_NEEDED … */
  readonly status: string;
  readonly kmsArn: string;
  /** Enabled, Disabled, PendingDeletion …; undefined where the key is gone. */
  readonly keyState?: string | undefined;
}

export interface SignedZone {
  readonly name: string;
  /** SIGNING, NOT_SIGNING, ACTION_NEEDED … */
  readonly status: string;
  readonly message: string;
  readonly keys: readonly SigningKey[];
}

export async function signedZones(aws: Aws, scope: RunScope): Promise<readonly SignedZone[]> {
  const found: SignedZone[] = [];
  for (const { id, name, isPrivate } of await zoneIds(aws, scope)) {
    if (isPrivate) continue;
    const answer = await aws.client(Route53Client).send(new GetDNSSECCommand({ HostedZoneId: id }));
    const keys: SigningKey[] = [];
    for (const { Name = '', Status = '', KmsArn = '' } of answer.KeySigningKeys ?? []) {
      keys.push({ name: Name, status: Status, kmsArn: KmsArn, keyState: await keyState(aws, KmsArn) });
    }
    const { ServeSignature = '', StatusMessage = '' } = answer.Status ?? {};
    found.push({ name, status: ServeSignature, message: StatusMessage, keys });
  }
  return found;
}

async function keyState(aws: Aws, KeyId: string): Promise<string | undefined> {
  try {
    const { KeyMetadata } = await aws.client(KMSClient, HOME).send(new DescribeKeyCommand({ KeyId }));
    return KeyMetadata?.KeyState;
  } catch (error) {
    if (error instanceof Error && error.name === 'NotFoundException') return undefined;
    throw error;
  }
}
