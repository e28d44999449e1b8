// The file shares of the run's gateways.

import {
  DescribeNFSFileSharesCommand,
  DescribeSMBFileSharesCommand,
  type FileShareInfo,
  paginateListFileShares,
  StorageGatewayClient,
} from '@aws-sdk/client-storage-gateway';
import { type Aws, collect, items, type RunScope } from '../../../lib/kit';
import { withoutEcho } from '../pages';
import { type Disks, withDisks } from './gateways';

export interface Share {
  readonly arn: string;
  readonly protocol: 'NFS' | 'SMB';
  /** Storage Gateway's own word: CREATING, AVAILABLE, UNAVAILABLE … */
  readonly status: string;
  readonly gateway: string;
  readonly bucket: string;
  readonly role: string;
  /** Who may mount it (NFS): addresses or blocks. */
  readonly clients: readonly string[];
  /** GuestAccess or ActiveDirectory (SMB). */
  readonly authentication?: string | undefined;
}

export interface FileGateways {
  readonly gateways: readonly Disks[];
  readonly shares: readonly Share[];
}

export async function fileGateways(aws: Aws, scope: RunScope): Promise<FileGateways> {
  const gateways = (await withDisks(aws, scope)).filter(({ type }) => type === 'FILE_S3');
  const shares = await Promise.all(gateways.map(({ arn }) => sharesOf(aws, arn)));
  return { gateways, shares: shares.flat() };
}

async function sharesOf(aws: Aws, GatewayARN: string): Promise<Share[]> {
  const client = aws.client(StorageGatewayClient);
  // Marker repeats what was asked for, NextMarker leads on.
  const pages = withoutEcho(paginateListFileShares({ client }, { GatewayARN }));
  const listed = await collect(items(pages, (page) => page.FileShareInfoList));
  const arns = (type: 'NFS' | 'SMB'): string[] =>
    listed
      .filter(({ FileShareType }) => FileShareType === type)
      .flatMap(({ FileShareARN }: FileShareInfo) => FileShareARN ?? []);
  return [
    ...(await described(arns('NFS'), (some) => nfs(client, some))),
    ...(await described(arns('SMB'), (some) => smb(client, some))),
  ];
}

/** Ten at a time: more a request does not take (API reference, DescribeNFSFileShares, 2026-11-22). */
async function described(arns: readonly string[], ask: (some: string[]) => Promise<Share[]>): Promise<Share[]> {
  const found: Share[] = [];
  for (let start = 0; start < arns.length; start += 10) found.push(...(await ask(arns.slice(start, start + 10))));
  return found;
}

interface Described {
  readonly FileShareARN?: string | undefined;
  readonly FileShareStatus?: string | undefined;
  readonly GatewayARN?: string | undefined;
  readonly LocationARN?: string | undefined;
  readonly Role?: string | undefined;
}

const plain = (share: Described, protocol: Share['protocol'], clients: readonly string[]): Share => ({
  arn: share.FileShareARN ?? '',
  protocol,
  status: share.FileShareStatus ?? 'unknown',
  gateway: share.GatewayARN ?? '',
  bucket: (share.LocationARN ?? '').replace(/^arn:[^:]*:s3:::/, '').split('/')[0] ?? '',
  role: share.Role ?? '',
  clients,
});

async function nfs(client: StorageGatewayClient, FileShareARNList: string[]): Promise<Share[]> {
  const { NFSFileShareInfoList = [] } = await client.send(new DescribeNFSFileSharesCommand({ FileShareARNList }));
  return NFSFileShareInfoList.map((share) => plain(share, 'NFS', share.ClientList ?? []));
}

async function smb(client: StorageGatewayClient, FileShareARNList: string[]): Promise<Share[]> {
  const { SMBFileShareInfoList = [] } = await client.send(new DescribeSMBFileSharesCommand({ FileShareARNList }));
  return SMBFileShareInfoList.map((share) => ({ ...plain(share, 'SMB', []), authentication: share.Authentication }));
}
