// A Multi-AZ MySQL database with its groups, replica, alarms; the starter form has only what the learner builds it on.

import { CfnParameter } from 'aws-cdk-lib';
import { CfnSecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { LabStack, type LabStackProps } from '../../lib/kit/stack';
import { Databases } from './constructs/databases';
import { Firewall, Groups } from './constructs/groups';
import { Notices, Watch } from './constructs/watch';
import { INSTANCE_CLASS, INSTANCE_CLASSES, MYSQL, POSTGRES } from './facts';

export class RdsStack extends LabStack {
  constructor(parent: Construct, id: string, props: LabStackProps) {
    super(parent, id, props);
    const named = (thing: string): string => this.named(thing);
    const vpcId = this.published('network', 'vpc-id', 'AWS::EC2::VPC::Id');
    const clients = new CfnSecurityGroup(this, 'Clients', {
      groupName: this.named('database-clients'),
      groupDescription: 'Who is in this group may talk to the databases of the RDS lab',
      vpcId,
    });
    const notices = new Notices(this, 'Notices', this.named('database'));
    if (this.form === 'starter') return;

    const subnetIds = ['a', 'b'].map((zone) => this.published('network', `isolated-subnet-${zone}-id`));
    const groups = new Groups(this, 'Groups', { subnetIds, named });
    const { group } = new Firewall(this, 'Firewall', {
      vpcId,
      clientsId: clients.attrGroupId,
      port: MYSQL.port,
      name: this.named('database'),
    });
    const databases = new Databases(this, 'Databases', {
      named,
      instanceClass: this.instanceClass(),
      subnetGroup: groups.subnets.ref,
    });
    const database = databases.mysql({
      version: this.version(),
      parameterGroup: groups.parameters.ref,
      optionGroup: groups.options.ref,
      securityGroupId: group.attrGroupId,
    });
    new Watch(this, 'Watch', { database: database.ref, topicArn: notices.topic.ref, named });
    if (!props.allowed.has('look-inside')) return;

    const beside = new Firewall(this, 'PostgresFirewall', {
      vpcId,
      clientsId: clients.attrGroupId,
      port: POSTGRES.port,
      name: this.named('postgres'),
    });
    databases.postgres(beside.group.attrGroupId);
  }

  /** worklab asks RDS and gives the last minor version but one, so that there is one to upgrade to. */
  private version(): string {
    return new CfnParameter(this, 'EngineVersion', {
      description: 'Minor version of MySQL',
      default: MYSQL.version,
      allowedPattern: '^8[.]4[.][0-9]+$',
      constraintDescription: 'must be a minor version of 8.4: 8.0 is in paid extended support',
    }).valueAsString;
  }

  private instanceClass(): string {
    return new CfnParameter(this, 'InstanceClass', {
      description: 'Class of every database of the lab',
      default: INSTANCE_CLASS,
      allowedValues: [...INSTANCE_CLASSES],
    }).valueAsString;
  }
}
