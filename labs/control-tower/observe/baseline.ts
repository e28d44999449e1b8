// What the account does unless told otherwise: encryption, sharing, metadata, public buckets; and who looks for what is shared.

import { AccessAnalyzerClient, paginateListAnalyzers } from '@aws-sdk/client-accessanalyzer';
import {
  EC2Client,
  GetEbsEncryptionByDefaultCommand,
  GetInstanceMetadataDefaultsCommand,
  GetSnapshotBlockPublicAccessStateCommand,
} from '@aws-sdk/client-ec2';
import { GetPublicAccessBlockCommand, S3ControlClient } from '@aws-sdk/client-s3-control';
import { type Aws, items, MissingList } from '../../../lib/kit';

export interface Baseline {
  /** New volumes are encrypted. */
  readonly encrypted: boolean;
  /** "unblocked", "block-new-sharing" or "block-all-sharing". */
  readonly snapshots: string;
  /** What new instances ask for: "required", "optional", or "no-preference". */
  readonly tokens: string;
  /** Which of the four blocks of public access hold for all buckets; null where none was ever set. */
  readonly buckets: Readonly<Record<string, boolean>> | null;
  /** Active analyzers of external access. */
  readonly analyzers: readonly string[];
}

const said = <Value>(value: Value | undefined, what: string): Value => {
  if (value === undefined) throw new MissingList(`the answer lacks ${what}`);
  return value;
};

export const encryption = async (aws: Aws): Promise<boolean> => {
  const answer = await aws.client(EC2Client).send(new GetEbsEncryptionByDefaultCommand({}));
  return said(answer.EbsEncryptionByDefault, 'whether volumes are encrypted by default');
};

export const snapshotSharing = async (aws: Aws): Promise<string> =>
  said((await aws.client(EC2Client).send(new GetSnapshotBlockPublicAccessStateCommand({}))).State, 'the state');

export interface MetadataDefaults {
  readonly HttpTokens: string;
  readonly HttpEndpoint: string;
  readonly InstanceMetadataTags: string;
  readonly HttpTokensEnforced: string;
  /** -1: no preference. */
  readonly HttpPutResponseHopLimit: number;
}

const NO_PREFERENCE = 'no-preference';

export async function metadataDefaults(aws: Aws): Promise<MetadataDefaults> {
  const { AccountLevel } = await aws.client(EC2Client).send(new GetInstanceMetadataDefaultsCommand({}));
  const level = said(AccountLevel, 'the defaults of the account');
  return {
    HttpTokens: level.HttpTokens ?? NO_PREFERENCE,
    HttpEndpoint: level.HttpEndpoint ?? NO_PREFERENCE,
    InstanceMetadataTags: level.InstanceMetadataTags ?? NO_PREFERENCE,
    HttpTokensEnforced: level.HttpTokensEnforced ?? NO_PREFERENCE,
    HttpPutResponseHopLimit: level.HttpPutResponseHopLimit ?? -1,
  };
}

export async function publicBuckets(aws: Aws): Promise<Readonly<Record<string, boolean>> | null> {
  try {
    const answer = await aws.client(S3ControlClient).send(new GetPublicAccessBlockCommand({ AccountId: aws.account }));
    const { BlockPublicAcls, BlockPublicPolicy, IgnorePublicAcls, RestrictPublicBuckets } = said(
      answer.PublicAccessBlockConfiguration,
      'the configuration',
    );
    return {
      BlockPublicAcls: BlockPublicAcls ?? false,
      BlockPublicPolicy: BlockPublicPolicy ?? false,
      IgnorePublicAcls: IgnorePublicAcls ?? false,
      RestrictPublicBuckets: RestrictPublicBuckets ?? false,
    };
  } catch (error) {
    if (error instanceof Error && error.name === 'NoSuchPublicAccessBlockConfiguration') return null;
    throw error;
  }
}

/** Active ones of external access, whoever made them: an account may have but one. */
export async function externalAnalyzers(aws: Aws): Promise<string[]> {
  const found: string[] = [];
  const pages = paginateListAnalyzers({ client: aws.client(AccessAnalyzerClient) }, {});
  for await (const { name = '', type, status } of items(pages, (page) => page.analyzers)) {
    if ((type === 'ACCOUNT' || type === 'ORGANIZATION') && status === 'ACTIVE') found.push(name);
  }
  return found;
}

export async function baseline(aws: Aws): Promise<Baseline> {
  return {
    encrypted: await encryption(aws),
    snapshots: await snapshotSharing(aws),
    tokens: (await metadataDefaults(aws)).HttpTokens,
    buckets: await publicBuckets(aws),
    analyzers: await externalAnalyzers(aws),
  };
}
