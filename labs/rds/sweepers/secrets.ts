// Secrets and keys of the run. Both go in their own time: what is on its way is listed with its date, and costs nothing.

import {
  DescribeKeyCommand,
  KMSClient,
  paginateListAliases,
  paginateListKeys,
  paginateListResourceTags,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import { DeleteSecretCommand, paginateListSecrets, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type Aws, collect, isMarked, items, type Sweeper, type SweepScope, unlessGone } from '../../../lib/kit';
import { nameOf, standing } from './databases';

/** The tag by which RDS marks a secret that it manages: its value is the database's ARN. */
const OF_DATABASE = 'aws:rds:primaryDBInstanceArn';

export const secrets: Sweeper = {
  kind: 'secretsmanager:secret',
  // RDS deletes a secret that it manages together with the database, and lets nobody else do it: it is no one's to list before.
  after: ['rds:db'],

  async *list(aws, scope) {
    const there = await standing(aws);
    const pages = paginateListSecrets({ client: aws.client(SecretsManagerClient) }, { IncludePlannedDeletion: true });
    for await (const { ARN: id, Name, Tags: tags, DeletedDate } of items(pages, (page) => page.SecretList)) {
      const database = nameOf(tags?.find(({ Key }) => Key === OF_DATABASE)?.Value ?? '');
      const isOfRun = isMarked(scope, { tags, names: [Name, database] }) || scope.owned.has(database);
      if (id === undefined || !isOfRun || there.has(database)) continue;
      if (DeletedDate === undefined) yield { kind: 'secretsmanager:secret', id };
      else
        yield {
          kind: 'secretsmanager:secret',
          id,
          why: `deleted on ${day(DeletedDate)}, gone after its recovery window`,
        };
    }
  },

  remove: (aws, { id: SecretId }) =>
    unlessGone(['ResourceNotFoundException'], () =>
      aws.client(SecretsManagerClient).send(new DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true })),
    ),
};

const day = (date: Date): string => date.toISOString().slice(0, 10);

/** The lab makes none, since RDS has a key of its own; a learner may. */
export const keys: Sweeper = {
  kind: 'kms:key',
  // Whatever is encrypted with it would be lost with it, and could not be deleted properly.
  after: ['rds:db', 'rds:snapshot', 'rds:auto-backup', 'secretsmanager:secret'],

  async *list(aws, scope) {
    const client = aws.client(KMSClient);
    const aliases = await collect(items(paginateListAliases({ client }, {}), (page) => page.Aliases));
    for await (const { KeyId: id = '' } of items(paginateListKeys({ client }, {}), (page) => page.Keys)) {
      const names = aliases.flatMap(({ TargetKeyId, AliasName }) =>
        TargetKeyId === id ? (AliasName?.replace(/^alias\//, '') ?? []) : [],
      );
      if (names.some((name) => name.startsWith('aws/'))) continue;
      const { KeyMetadata } = await client.send(new DescribeKeyCommand({ KeyId: id }));
      if (KeyMetadata?.KeyManager !== 'CUSTOMER' || !(await isOfRun(aws, scope, id, names))) continue;
      if (KeyMetadata.KeyState !== 'PendingDeletion') yield { kind: 'kms:key', id };
      else yield { kind: 'kms:key', id, why: `will be deleted on ${day(KeyMetadata.DeletionDate ?? new Date(0))}` };
    }
  },

  remove: (aws, { id: KeyId }) =>
    unlessGone(['NotFoundException', 'KMSInvalidStateException'], () =>
      aws.client(KMSClient).send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 })),
    ),
};

async function isOfRun(aws: Aws, scope: SweepScope, KeyId: string, names: readonly string[]): Promise<boolean> {
  if (isMarked(scope, { names }) || scope.owned.has(KeyId)) return true;
  const pages = paginateListResourceTags({ client: aws.client(KMSClient) }, { KeyId });
  // KMS's own words for a tag are TagKey and TagValue.
  const tags = await collect(items(pages, (page) => page.Tags));
  return isMarked(scope, { tags: tags.map(({ TagKey, TagValue }) => ({ Key: TagKey, Value: TagValue })) });
}
