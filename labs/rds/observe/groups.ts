// What the run's databases are set up with: parameters, options, keys, certificates.

import { DescribeKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  DescribeCertificatesCommand,
  paginateDescribeDBParameters,
  paginateDescribeOptionGroups,
  RDSClient,
} from '@aws-sdk/client-rds';
import { type Aws, collect, items, type RunScope } from '../../../lib/kit';
import { type Database, databases } from './databases';

/** A database with what its groups say. */
export interface Tuned extends Database {
  readonly parameters: Readonly<Record<string, string>>;
  readonly options: readonly string[];
}

export async function tuned(aws: Aws, scope: RunScope): Promise<Tuned[]> {
  const found: Tuned[] = [];
  for (const database of await databases(aws, scope)) {
    found.push({
      ...database,
      parameters: await parametersOf(aws, database.parameterGroup?.name),
      options: await optionsOf(aws, database.optionGroup?.name),
    });
  }
  return found;
}

async function parametersOf(aws: Aws, name: string | undefined): Promise<Record<string, string>> {
  if (name === undefined) return {};
  const pages = paginateDescribeDBParameters({ client: aws.client(RDSClient) }, { DBParameterGroupName: name });
  // A group of hundreds of parameters: those that have a value.
  const all = await collect(items(pages, (page) => page.Parameters, { absentMeansEmpty: name.startsWith('default.') }));
  return Object.fromEntries(
    all.flatMap(({ ParameterName, ParameterValue }) =>
      ParameterName && ParameterValue !== undefined ? [[ParameterName, ParameterValue] as const] : [],
    ),
  );
}

/** RDS's own default groups have no options. */
async function optionsOf(aws: Aws, name: string | undefined): Promise<string[]> {
  if (name === undefined || name.startsWith('default:')) return [];
  const pages = paginateDescribeOptionGroups({ client: aws.client(RDSClient) }, { OptionGroupName: name });
  const groups = await collect(items(pages, (page) => page.OptionGroupsList));
  return groups.flatMap(({ Options = [] }) => Options.flatMap(({ OptionName }) => OptionName ?? []));
}

/** A database with what makes its encryption. */
export interface Encrypted extends Tuned {
  /** KMS's own word for the key: "Enabled" when it can be used. */
  readonly keyState?: string | undefined;
  readonly certificateValid: boolean;
}

export async function encrypted(aws: Aws, scope: RunScope): Promise<Encrypted[]> {
  const valid = await validCertificates(aws);
  const found: Encrypted[] = [];
  for (const database of await tuned(aws, scope)) {
    const certificateValid = database.certificate !== undefined && valid.has(database.certificate);
    found.push({ ...database, keyState: await keyState(aws, database.keyId), certificateValid });
  }
  return found;
}

async function keyState(aws: Aws, KeyId: string | undefined): Promise<string | undefined> {
  if (KeyId === undefined) return undefined;
  const { KeyMetadata } = await aws.client(KMSClient).send(new DescribeKeyCommand({ KeyId }));
  return KeyMetadata?.KeyState;
}

/** Names of the certificate authorities that are valid for a month more. */
async function validCertificates(aws: Aws): Promise<Set<string>> {
  const client = aws.client(RDSClient);
  const inAMonth = new Date(Date.now() + 30 * 24 * 3600 * 1000);
  const names = new Set<string>();
  let Marker: string | undefined;
  do {
    const page = await client.send(new DescribeCertificatesCommand({ Marker }));
    for (const { CertificateIdentifier, ValidTill } of page.Certificates ?? []) {
      if (CertificateIdentifier && ValidTill && ValidTill > inAMonth) names.add(CertificateIdentifier);
    }
    Marker = page.Marker;
  } while (Marker !== undefined);
  return names;
}
