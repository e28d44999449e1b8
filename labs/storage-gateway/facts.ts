// Facts that the stack makes and the checks look for, said once. Plain data, so that reading it loads nothing.

/** The gateways of the lab, each on an instance of its own. */
export type Kind = 'file' | 'volume' | 'tape' | 'stored';

export interface Appliance {
  /** As ActivateGateway calls it, and the public parameters of its images. */
  readonly gatewayType: string;
  /** Device names of its disks: the first for the cache, the next for the upload buffer; a stored volume takes its own. */
  readonly disks: readonly string[];
  /** The exercise that brings it. */
  readonly exercise: string;
}

export const APPLIANCES: Readonly<Record<Kind, Appliance>> = {
  file: { gatewayType: 'FILE_S3', disks: ['/dev/sdc'], exercise: 'deploy-file-gateway' },
  volume: { gatewayType: 'CACHED', disks: ['/dev/sdc', '/dev/sdd'], exercise: 'deploy-volume-gateway' },
  tape: { gatewayType: 'VTL', disks: ['/dev/sdc', '/dev/sdd'], exercise: 'deploy-tape-gateway' },
  stored: { gatewayType: 'STORED', disks: ['/dev/sdc', '/dev/sdd'], exercise: 'store-volume-locally' },
};

/** A public parameter that AWS keeps up to date (Storage Gateway user guide, 2026-11-22). */
export const imageParameter = (gatewayType: string): string => `/aws/service/storagegateway/ami/${gatewayType}/latest`;

/** 16 GiB of memory is what the appliance asks for (Storage Gateway user guide, "Requirements", 2026-11-22). */
export const HOST_TYPE = 'm5.xlarge';
export const HOST_TYPES: readonly string[] = [HOST_TYPE, 't3.xlarge', 'm5.2xlarge'];

/** GiB. Cache and upload buffer are 150 GiB at least, the root volume 80. */
export const DISK_SIZE = 150;
export const ROOT_SIZE = 80;
export const ROOT_DEVICE = '/dev/xvda';

/** The address block of the run's network: who may use the shares and the volumes. */
export const NETWORK_CIDR = '10.44.0.0/16';

/** Protocols of the network: NFS with its port mapper and mount daemon, SMB, iSCSI. Port 80 is for the activation. */
export const SERVED: readonly (readonly [what: string, protocol: 'tcp' | 'udp', port: number])[] = [
  ['Nfs', 'tcp', 2049],
  ['NfsUdp', 'udp', 2049],
  ['PortMapper', 'tcp', 111],
  ['PortMapperUdp', 'udp', 111],
  ['Mount', 'tcp', 20048],
  ['MountUdp', 'udp', 20048],
  ['Smb', 'tcp', 445],
  ['Iscsi', 'tcp', 3260],
];

/** What the role of a share does with its bucket (S3 File Gateway user guide, "Granting access to an S3 bucket", 2026-11-22). */
export const BUCKET_ACTIONS: readonly string[] = [
  's3:GetAccelerateConfiguration',
  's3:GetBucketLocation',
  's3:GetBucketVersioning',
  's3:ListBucket',
  's3:ListBucketMultipartUploads',
  's3:ListBucketVersions',
];
export const OBJECT_ACTIONS: readonly string[] = [
  's3:AbortMultipartUpload',
  's3:DeleteObject',
  's3:DeleteObjectVersion',
  's3:GetObject',
  's3:GetObjectAcl',
  's3:GetObjectVersion',
  's3:ListMultipartUploadParts',
  's3:PutObject',
  's3:PutObjectAcl',
];

/** Days until what lies in the bucket moves to the archive that answers at once. */
export const ARCHIVE_AFTER = 30;
export const ARCHIVE_CLASS = 'GLACIER_IR';

/** Names of what the share needs, behind the run's prefix. */
export const NAMES = { bucket: 'files', role: 'gateway', pool: 'tapes', group: 'gateway' } as const;

export const logGroupName = (prefix: string): string => `/${prefix}/storage-gateway`;

/** The bucket's name is one for the world, so the account's number is in it. */
export const bucketName = (prefix: string, account: string): string => `${prefix}-${NAMES.bucket}-${account}`;

/** Who may take on the role: the service, on behalf of this account alone. */
export const trustPolicy = (account: string) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: 'storagegateway.amazonaws.com' },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'aws:SourceAccount': account } },
    },
  ],
});

export const accessPolicy = (bucketArn: string, objectsArn: string) => ({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: BUCKET_ACTIONS, Resource: bucketArn },
    { Effect: 'Allow', Action: OBJECT_ACTIONS, Resource: objectsArn },
  ],
});

/** No request without TLS. */
export const tlsPolicy = (bucketArn: string, objectsArn: string) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: [bucketArn, objectsArn],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ],
});
