// The groups that a database is set up with → there, under the run's names, made if they are not.

import { AuthorizeSecurityGroupIngressCommand, CreateSecurityGroupCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  CreateDBParameterGroupCommand,
  CreateDBSubnetGroupCommand,
  CreateOptionGroupCommand,
  ModifyDBParameterGroupCommand,
  ModifyOptionGroupCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import { type Aws, type RunScope, unlessGone } from '../../../lib/kit';
import { AUDIT, MYSQL, PARAMETERS } from '../facts';
import { type Ground, groupNamed, tags } from './ground';

/** "There already" is what we want. The SDK names these errors with and without "Fault". */
const unlessThere = (code: string, act: () => Promise<unknown>): Promise<void> =>
  unlessGone([code, `${code}Fault`], act);

export async function subnetGroup(aws: Aws, scope: RunScope, { subnetIds }: Ground): Promise<string> {
  const DBSubnetGroupName = `${scope.prefix}-isolated`;
  const create = new CreateDBSubnetGroupCommand({
    DBSubnetGroupName,
    DBSubnetGroupDescription: 'Subnets of the run without a way to the internet',
    SubnetIds: [...subnetIds],
    Tags: tags(scope),
  });
  await unlessThere('DBSubnetGroupAlreadyExists', () => aws.client(RDSClient).send(create));
  return DBSubnetGroupName;
}

export async function securityGroup(
  aws: Aws,
  scope: RunScope,
  { vpcId, clientsId }: Ground,
  port: number = MYSQL.port,
): Promise<string> {
  const GroupName = `${scope.prefix}-${port === MYSQL.port ? 'database' : 'postgres'}`;
  const client = aws.client(EC2Client);
  const known = await groupNamed(aws, GroupName);
  const create = new CreateSecurityGroupCommand({
    GroupName,
    Description: 'A database of the RDS lab, open to its clients alone',
    VpcId: vpcId,
    TagSpecifications: [{ ResourceType: 'security-group', Tags: tags(scope) }],
  });
  const GroupId = known ?? (await client.send(create)).GroupId ?? '';
  const rule = { IpProtocol: 'tcp', FromPort: port, ToPort: port, UserIdGroupPairs: [{ GroupId: clientsId }] };
  await unlessGone(['InvalidPermission.Duplicate'], () =>
    client.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [rule] })),
  );
  return GroupId;
}

export async function parameterGroup(aws: Aws, scope: RunScope): Promise<string> {
  const DBParameterGroupName = `${scope.prefix}-mysql`;
  const client = aws.client(RDSClient);
  const create = new CreateDBParameterGroupCommand({
    DBParameterGroupName,
    DBParameterGroupFamily: MYSQL.family,
    Description: 'Connections by TLS alone, and slow queries written down',
    Tags: tags(scope),
  });
  await unlessThere('DBParameterGroupAlreadyExists', () => client.send(create));
  const Parameters = Object.entries(PARAMETERS).map(([ParameterName, ParameterValue]) => ({
    ParameterName,
    ParameterValue,
    ApplyMethod: 'immediate' as const,
  }));
  await client.send(new ModifyDBParameterGroupCommand({ DBParameterGroupName, Parameters }));
  return DBParameterGroupName;
}

export async function optionGroup(aws: Aws, scope: RunScope): Promise<string> {
  const OptionGroupName = `${scope.prefix}-mysql`;
  const client = aws.client(RDSClient);
  const create = new CreateOptionGroupCommand({
    OptionGroupName,
    EngineName: MYSQL.engine,
    MajorEngineVersion: MYSQL.major,
    OptionGroupDescription: 'Logins and queries written down',
    Tags: tags(scope),
  });
  await unlessThere('OptionGroupAlreadyExists', () => client.send(create));
  const settings = [{ Name: 'SERVER_AUDIT_EVENTS', Value: 'CONNECT,QUERY_DDL,QUERY_DCL' }];
  await client.send(
    new ModifyOptionGroupCommand({
      OptionGroupName,
      OptionsToInclude: [{ OptionName: AUDIT, OptionSettings: settings }],
      ApplyImmediately: true,
    }),
  );
  return OptionGroupName;
}
