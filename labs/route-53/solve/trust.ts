// Exercises around the zone → a signature, a query log, a private zone.

import { CloudWatchLogsClient, PutRetentionPolicyCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  ActivateKeySigningKeyCommand,
  AssociateVPCWithHostedZoneCommand,
  CreateHostedZoneCommand,
  CreateKeySigningKeyCommand,
  CreateQueryLoggingConfigCommand,
  EnableHostedZoneDNSSECCommand,
  Route53Client,
} from '@aws-sdk/client-route-53';
import { type Aws, meets, type RunScope, WorklabError } from '../../../lib/kit';
import { INSIDE } from '../demands';
import { LOGGED, SIGNED } from '../demands-beside';
import { ADDRESS, HOME, privateZone, signingKeyName } from '../facts';
import { loggedZones } from '../observe/logging';
import { privateZones, vpcsOfRun } from '../observe/private';
import { signedZones } from '../observe/signing';
import { bareId, quietZones } from '../observe/zones';
import { mark, publicZone, record, untilSpread, upsert } from './zone';

export async function signZone(aws: Aws, scope: RunScope): Promise<void> {
  const seen = await signedZones(aws, scope);
  if (seen.some((zone) => meets(zone, SIGNED))) return;
  const client = aws.client(Route53Client);
  const { id: HostedZoneId, name } = await publicZone(aws, scope);
  const keys = seen.find((zone) => zone.name === name)?.keys ?? [];
  const usable = keys.find(({ keyState }) => keyState === 'Enabled');
  if (usable === undefined) {
    const { ChangeInfo } = await client.send(
      new CreateKeySigningKeyCommand({
        CallerReference: `${scope.prefix}-${Date.now()}`,
        HostedZoneId,
        KeyManagementServiceArn: await keyArn(aws, scope),
        Name: signingKeyName(scope.prefix),
        Status: 'ACTIVE',
      }),
    );
    await untilSpread(aws, ChangeInfo?.Id);
  } else if (usable.status !== 'ACTIVE') {
    const command = new ActivateKeySigningKeyCommand({ HostedZoneId, Name: usable.name });
    await untilSpread(aws, (await client.send(command)).ChangeInfo?.Id);
  }
  if (seen.find((zone) => zone.name === name)?.status === 'SIGNING') return;
  const { ChangeInfo } = await client.send(new EnableHostedZoneDNSSECCommand({ HostedZoneId }));
  await untilSpread(aws, ChangeInfo?.Id);
}

async function keyArn(aws: Aws, { prefix }: RunScope): Promise<string> {
  const command = new DescribeKeyCommand({ KeyId: `alias/${prefix}-dnssec` });
  return (await aws.client(KMSClient, HOME).send(command)).KeyMetadata?.Arn ?? '';
}

export async function logQueries(aws: Aws, scope: RunScope): Promise<void> {
  const seen = await loggedZones(aws, scope);
  if (seen.some((zone) => meets(zone, LOGGED))) return;
  const { id, name } = await publicZone(aws, scope);
  const logGroupName = seen.find((zone) => zone.name === name)?.group ?? `${scope.prefix}-dns-queries`;
  if (seen.find((zone) => zone.name === name)?.group === undefined) {
    await aws.client(Route53Client).send(
      new CreateQueryLoggingConfigCommand({
        HostedZoneId: id,
        CloudWatchLogsLogGroupArn: `arn:aws:logs:${HOME}:${aws.account}:log-group:${logGroupName}`,
      }),
    );
  }
  const client = aws.client(CloudWatchLogsClient, HOME);
  await client.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 1 }));
}

export async function hostPrivateZone(aws: Aws, scope: RunScope): Promise<void> {
  const seen = await privateZones(aws, scope);
  if (seen.some((zone) => meets(zone, INSIDE))) return;
  const [VPCId] = await vpcsOfRun(aws, scope);
  if (VPCId === undefined) {
    throw new WorklabError('usage/invalid', {
      what: `run ${scope.run} has no network`,
      fix: 'deploy the lab again: a private zone needs a network that may ask it',
    });
  }
  const { id, name } = await privateZoneOf(aws, scope, { VPCId, VPCRegion: aws.region as 'us-east-1' });
  await upsert(aws, id, [record(`db.${name}`, 'A', ADDRESS.inside)]);
}

async function privateZoneOf(
  aws: Aws,
  scope: RunScope,
  VPC: { readonly VPCId: string; readonly VPCRegion: 'us-east-1' },
): Promise<{ readonly id: string; readonly name: string }> {
  const client = aws.client(Route53Client);
  const there = (await quietZones(aws, scope)).find(({ isPrivate }) => isPrivate);
  if (there !== undefined) {
    if (!there.vpcs.includes(VPC.VPCId)) {
      const command = new AssociateVPCWithHostedZoneCommand({ HostedZoneId: there.id, VPC });
      await untilSpread(aws, (await client.send(command)).ChangeInfo?.Id);
    }
    return there;
  }
  const Name = privateZone(scope.prefix);
  const CallerReference = `${scope.prefix}-${Date.now()}`;
  const { HostedZone, ChangeInfo } = await client.send(
    new CreateHostedZoneCommand({ Name, CallerReference, VPC, HostedZoneConfig: { PrivateZone: true } }),
  );
  const id = bareId(HostedZone?.Id ?? '');
  await mark(aws, scope, 'hostedzone', id, 'inside');
  await untilSpread(aws, ChangeInfo?.Id);
  return { id, name: `${Name}.` };
}
