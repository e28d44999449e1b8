// Two empty file systems in one zone, with a mount target each; only who is in the same group reaches them.

import { Aws, type CfnResource, Fn } from 'aws-cdk-lib';
import { CfnSecurityGroup, CfnSecurityGroupEgress, CfnSecurityGroupIngress } from 'aws-cdk-lib/aws-ec2';
import { CfnFileSystem, CfnMountTarget } from 'aws-cdk-lib/aws-efs';
import { Construct } from 'constructs';
import { NAMES } from '../facts';

export interface FileSystemsProps {
  readonly named: (thing: string) => string;
  readonly vpcId: string;
  readonly subnetId: string;
}

const NFS_PORT = 2049;

export class FileSystems extends Construct {
  readonly from: CfnFileSystem;
  readonly to: CfnFileSystem;
  readonly targets: readonly CfnMountTarget[];
  /** The rules that let the group reach itself. */
  readonly group: readonly CfnResource[];
  readonly subnetArn: string;
  readonly groupArn: string;

  constructor(parent: Construct, id: string, { named, vpcId, subnetId }: FileSystemsProps) {
    super(parent, id);
    const group = new CfnSecurityGroup(this, 'Group', {
      groupName: named(NAMES.efsGroup),
      groupDescription: 'File systems of the DataSync lab, and what reaches them',
      vpcId,
    });
    const rule = { ipProtocol: 'tcp', fromPort: NFS_PORT, toPort: NFS_PORT, groupId: group.attrGroupId };
    this.group = [
      new CfnSecurityGroupIngress(this, 'NfsIn', { ...rule, sourceSecurityGroupId: group.attrGroupId }),
      new CfnSecurityGroupEgress(this, 'NfsOut', { ...rule, destinationSecurityGroupId: group.attrGroupId }),
    ];
    this.from = this.fileSystem('From', named(NAMES.fromEfs));
    this.to = this.fileSystem('To', named(NAMES.toEfs));
    this.targets = [this.from, this.to].map(
      ({ ref }, index) =>
        new CfnMountTarget(this, `Target${index}`, {
          fileSystemId: ref,
          subnetId,
          securityGroups: [group.attrGroupId],
        }),
    );
    const ec2 = `arn:${Aws.PARTITION}:ec2:${Aws.REGION}:${Aws.ACCOUNT_ID}`;
    this.subnetArn = Fn.join('', [`${ec2}:subnet/`, subnetId]);
    this.groupArn = Fn.join('', [`${ec2}:security-group/`, group.attrGroupId]);
  }

  private fileSystem(id: string, name: string): CfnFileSystem {
    return new CfnFileSystem(this, id, {
      encrypted: true,
      // A backup of the file system would stay in the account's vault when it is gone.
      backupPolicy: { status: 'DISABLED' },
      fileSystemTags: [{ key: 'Name', value: name }],
    });
  }
}
