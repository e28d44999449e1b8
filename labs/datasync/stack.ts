// What tasks stand on: buckets, file systems, a role, a place for logs; in the full form the tasks; by name an agent's machine.

import { CfnParameter } from 'aws-cdk-lib';
import { CfnLocationEFS, CfnLocationS3, CfnTask } from 'aws-cdk-lib/aws-datasync';
import type { Construct } from 'constructs';
import { LabStack, type LabStackProps } from '../../lib/kit/stack';
import { AgentHost } from './constructs/agent-host';
import { FileSystems } from './constructs/file-systems';
import { Ground } from './constructs/ground';
import { BYTES_PER_SECOND, CONNECT_AGENT, COPY, NAMES, REPORTS, WEEKLY } from './facts';

const OCTET = '(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])';
/** One address and no more: /32 or /128. A wider range cannot be asked for. */
const ONE_ADDRESS = `^(${OCTET}([.]${OCTET}){3}/32|[0-9a-fA-F:]{2,39}/128)$`;
/** An address that is nobody's (RFC 5737): by default nobody can ask an agent for its key. */
const NOBODYS_ADDRESS = '192.0.2.1/32';

export class DataSyncStack extends LabStack {
  constructor(parent: Construct, id: string, props: LabStackProps) {
    super(parent, id, props);
    const named = (thing: string): string => this.named(thing);
    const vpcId = this.published('network', 'vpc-id', 'AWS::EC2::VPC::Id');
    const ground = new Ground(this, 'Ground', { named });
    const systems = new FileSystems(this, 'FileSystems', {
      named,
      vpcId,
      subnetId: this.published('network', 'isolated-subnet-a-id', 'AWS::EC2::Subnet::Id'),
    });
    new AgentHost(this, 'Agent', {
      named,
      vpcId,
      callerCidr: this.callerCidr(),
      ...(this.form === 'full' && props.allowed.has(CONNECT_AGENT)
        ? { machineIn: this.published('network', 'public-subnet-a-id', 'AWS::EC2::Subnet::Id') }
        : {}),
    });
    if (this.form === 'starter') return;
    this.copyBuckets(ground);
    this.copyFiles(systems);
  }

  private copyBuckets({ source, target, role, logGroup, logGroupArn, policy }: Ground): void {
    const config = { bucketAccessRoleArn: role.attrArn };
    const from = new CfnLocationS3(this, 'Source', { s3BucketArn: source.attrArn, s3Config: config });
    const to = new CfnLocationS3(this, 'Target', { s3BucketArn: target.attrArn, s3Config: config, subdirectory: COPY });
    const task = new CfnTask(this, 'CopyBuckets', {
      name: this.named(NAMES.buckets),
      sourceLocationArn: from.ref,
      destinationLocationArn: to.ref,
      cloudWatchLogGroupArn: logGroupArn,
      options: { verifyMode: 'POINT_IN_TIME_CONSISTENT', bytesPerSecond: BYTES_PER_SECOND, logLevel: 'TRANSFER' },
      schedule: { scheduleExpression: WEEKLY, status: 'DISABLED' },
      taskReportConfig: {
        destination: { s3: { s3BucketArn: target.attrArn, bucketAccessRoleArn: role.attrArn, subdirectory: REPORTS } },
        outputType: 'STANDARD',
        reportLevel: 'SUCCESSES_AND_ERRORS',
      },
    });
    task.addResourceDependency(logGroup);
    task.addResourceDependency(policy);
  }

  private copyFiles({ from, to, group, subnetArn, groupArn, targets }: FileSystems): void {
    const location = (id: string, fileSystemArn: string): CfnLocationEFS => {
      const made = new CfnLocationEFS(this, id, {
        efsFilesystemArn: fileSystemArn,
        ec2Config: { subnetArn, securityGroupArns: [groupArn] },
        inTransitEncryption: 'TLS1_2',
      });
      // DataSync looks for the mount target when the location is made, and comes through the group's rules.
      for (const one of [...targets, ...group]) made.addResourceDependency(one);
      return made;
    };
    new CfnTask(this, 'CopyFiles', {
      name: this.named(NAMES.files),
      sourceLocationArn: location('FromEfs', from.attrArn).ref,
      destinationLocationArn: location('ToEfs', to.attrArn).ref,
      options: { verifyMode: 'ONLY_FILES_TRANSFERRED' },
    });
  }

  private callerCidr(): string {
    return new CfnParameter(this, 'CallerCidr', {
      description: 'The one address that may ask an agent for its activation key, as /32 or /128',
      default: NOBODYS_ADDRESS,
      allowedPattern: ONE_ADDRESS,
      constraintDescription: 'must be one address: a.b.c.d/32 or an IPv6 address with /128',
    }).valueAsString;
  }
}
