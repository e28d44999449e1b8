// Secrets of the run. They go in their own time: one that is on its way is listed with its date, and costs nothing.

import { DeleteSecretCommand, paginateListSecrets, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { isMarked, items, lastOf, type Sweeper, unlessGone } from '../../../lib/kit';
import { standing } from './databases';

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
      const database = lastOf(tags?.find(({ Key }) => Key === OF_DATABASE)?.Value ?? '');
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
