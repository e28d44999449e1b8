// What shares and tapes need, at no cost; and, where it was asked for by name, the instances that the appliances run on.

import { Aws, CfnParameter } from 'aws-cdk-lib';
import { CfnTapePool } from 'aws-cdk-lib/aws-storagegateway';
import type { Construct } from 'constructs';
import { LabStack, type LabStackProps } from '../../lib/kit/stack';
import { Ground } from './constructs/ground';
import { Host } from './constructs/host';
import { Integration } from './constructs/integration';
import { APPLIANCES, bucketName, HOST_TYPE, HOST_TYPES, type Kind, logGroupName, NAMES } from './facts';

const OCTET = '(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])';
/** One address and no more: /32 or /128. A wider range cannot be asked for. */
const ONE_ADDRESS = `^(${OCTET}([.]${OCTET}){3}/32|[0-9a-fA-F:]{2,39}/128)$`;
/** An address that is nobody's (RFC 5737): by default nobody can ask a gateway for its key. */
const NOBODYS_ADDRESS = '192.0.2.1/32';

export class StorageGatewayStack extends LabStack {
  constructor(parent: Construct, id: string, props: LabStackProps) {
    super(parent, id, props);
    const { group } = new Ground(this, 'Ground', {
      vpcId: this.published('network', 'vpc-id', 'AWS::EC2::VPC::Id'),
      callerCidr: this.callerCidr(),
      groupName: this.named(NAMES.group),
    });
    if (this.form === 'starter') return;

    new Integration(this, 'Integration', {
      account: Aws.ACCOUNT_ID,
      bucketName: bucketName(this.run.prefix, Aws.ACCOUNT_ID),
      roleName: this.named(NAMES.role),
      logGroupName: logGroupName(this.run.prefix),
    });
    new CfnTapePool(this, 'TapePool', {
      poolName: this.named(NAMES.pool),
      storageClass: 'GLACIER',
      // A compliance lock keeps a tape until its day, whoever asks.
      retentionLockType: 'NONE',
    });
    this.hosts(props.allowed, group.attrGroupId);
  }

  /** One for each gateway that was let in. */
  private hosts(allowed: ReadonlySet<string>, securityGroupId: string): void {
    const wanted = (Object.keys(APPLIANCES) as Kind[]).filter((kind) => allowed.has(APPLIANCES[kind].exercise));
    if (wanted.length === 0) return;
    const instanceType = new CfnParameter(this, 'HostType', {
      description: 'The appliance asks for four processors and 16 GiB of memory',
      default: HOST_TYPE,
      allowedValues: [...HOST_TYPES],
    }).valueAsString;
    const subnetId = this.published('network', 'public-subnet-a-id', 'AWS::EC2::Subnet::Id');
    for (const kind of wanted) {
      new Host(this, `${kind.charAt(0).toUpperCase()}${kind.slice(1)}Host`, {
        appliance: APPLIANCES[kind],
        instanceType,
        subnetId,
        securityGroupId,
        name: this.named(`${kind}-host`),
      });
    }
  }

  private callerCidr(): string {
    return new CfnParameter(this, 'CallerCidr', {
      description: 'The one address that may ask a gateway for its activation key, as /32 or /128',
      default: NOBODYS_ADDRESS,
      allowedPattern: ONE_ADDRESS,
      constraintDescription: 'must be one address: a.b.c.d/32 or an IPv6 address with /128',
    }).valueAsString;
  }
}
