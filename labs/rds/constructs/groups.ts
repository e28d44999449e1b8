// What a database is set up with: subnets to stand in, parameters, options; and who may talk to it.

import { CfnSecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { CfnDBParameterGroup, CfnDBSubnetGroup, CfnOptionGroup } from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import { AUDIT, MYSQL, PARAMETERS } from '../facts';

export interface GroupsProps {
  readonly subnetIds: readonly string[];
  readonly named: (thing: string) => string;
}

export class Groups extends Construct {
  readonly subnets: CfnDBSubnetGroup;
  readonly parameters: CfnDBParameterGroup;
  readonly options: CfnOptionGroup;

  constructor(parent: Construct, id: string, { subnetIds, named }: GroupsProps) {
    super(parent, id);
    this.subnets = new CfnDBSubnetGroup(this, 'Subnets', {
      dbSubnetGroupName: named('isolated'),
      dbSubnetGroupDescription: 'Subnets of the run without a way to the internet',
      subnetIds: [...subnetIds],
    });
    this.parameters = new CfnDBParameterGroup(this, 'Parameters', {
      dbParameterGroupName: named('mysql'),
      description: 'Connections by TLS alone, and slow queries written down',
      family: MYSQL.family,
      parameters: PARAMETERS,
    });
    this.options = new CfnOptionGroup(this, 'Options', {
      optionGroupName: named('mysql'),
      optionGroupDescription: 'Logins and queries written down',
      engineName: MYSQL.engine,
      majorEngineVersion: MYSQL.major,
      optionConfigurations: [
        { optionName: AUDIT, optionSettings: [{ name: 'SERVER_AUDIT_EVENTS', value: 'CONNECT,QUERY_DDL,QUERY_DCL' }] },
      ],
    });
  }
}

export interface FirewallProps {
  readonly vpcId: string;
  readonly clientsId: string;
  readonly port: number;
  readonly name: string;
}

/** One port, open to the members of one group: no address range is named. */
export class Firewall extends Construct {
  readonly group: CfnSecurityGroup;

  constructor(parent: Construct, id: string, { vpcId, clientsId, port, name }: FirewallProps) {
    super(parent, id);
    this.group = new CfnSecurityGroup(this, 'Group', {
      groupName: name,
      groupDescription: 'A database of the RDS lab, open to its clients alone',
      vpcId,
      securityGroupIngress: [
        {
          ipProtocol: 'tcp',
          fromPort: port,
          toPort: port,
          sourceSecurityGroupId: clientsId,
          description: 'Clients of the database',
        },
      ],
    });
  }
}
