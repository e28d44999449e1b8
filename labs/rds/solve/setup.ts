// Exercises on what a database is set up with → groups that it uses and has taken over, encryption.

import { EC2Client, RevokeSecurityGroupIngressCommand } from '@aws-sdk/client-ec2';
import { RDSClient, RebootDBInstanceCommand } from '@aws-sdk/client-rds';
import { type Aws, meets, NotHere, type RunScope } from '../../../lib/kit';
import { AVAILABLE, ENCRYPTED, PLACED, TUNED } from '../demands/setup';
import type { Database } from '../observe/databases';
import { encrypted, tuned } from '../observe/groups';
import { placed } from '../observe/network';
import { modify, mysql, until } from './database';
import { ground } from './ground';
import { optionGroup, parameterGroup, securityGroup, subnetGroup } from './groups';

export async function tune(aws: Aws, scope: RunScope): Promise<void> {
  const { id } = await mysql(aws, scope);
  if ((await tuned(aws, scope)).some((one) => one.id === id && meets(one, TUNED))) return;
  const DBParameterGroupName = await parameterGroup(aws, scope);
  const OptionGroupName = await optionGroup(aws, scope);
  const uses = ({ parameterGroup: parameters, optionGroup: options }: Database): boolean =>
    parameters?.name === DBParameterGroupName && options?.name === OptionGroupName && options.status === 'in-sync';
  await modify(aws, scope, id, { DBParameterGroupName, OptionGroupName }, 'in its groups', uses);
  await restartIfItWaits(aws, scope, id);
}

/** A parameter group that a running database was given is read at its next start. */
async function restartIfItWaits(aws: Aws, scope: RunScope, id: string): Promise<void> {
  const inSync = ({ parameterGroup: group }: Database): boolean => group?.status === 'in-sync';
  await until(aws, scope, id, 'told of its groups', ({ parameterGroup: group }) => group?.status !== 'applying');
  if ((await tuned(aws, scope)).some((one) => one.id === id && inSync(one))) return;
  await aws.client(RDSClient).send(new RebootDBInstanceCommand({ DBInstanceIdentifier: id }));
  await until(aws, scope, id, 'restarted', (database) => meets(database, [AVAILABLE]) && inSync(database));
}

export async function place(aws: Aws, scope: RunScope): Promise<void> {
  const { id } = await mysql(aws, scope);
  const own = (await placed(aws, scope)).find((one) => one.id === id);
  if (own === undefined || meets(own, PLACED)) return;
  const given = await ground(aws, scope);
  const group = await securityGroup(aws, scope, given);
  const client = aws.client(EC2Client);
  for (const { ranges, what } of own.openings.filter((one) => one.group === group && one.ranges.length > 0)) {
    const [IpProtocol = '-1', port] = what === 'all' ? ['-1'] : what.split(' ');
    const [FromPort, ToPort = FromPort] = (port ?? '').split('-').map(Number);
    for (const CidrIp of ranges) {
      const span = port === undefined ? {} : { FromPort, ToPort };
      const rule = { IpProtocol, ...span, IpRanges: [{ CidrIp }] };
      await client.send(new RevokeSecurityGroupIngressCommand({ GroupId: group, IpPermissions: [rule] }));
    }
  }
  const DBSubnetGroupName = await subnetGroup(aws, scope, given);
  const change = {
    VpcSecurityGroupIds: [group],
    ...(own.subnetGroup === DBSubnetGroupName ? {} : { DBSubnetGroupName }),
  };
  const uses = ({ securityGroups, subnetGroup: subnets }: Database): boolean =>
    subnets === DBSubnetGroupName && securityGroups.length === 1 && securityGroups[0] === group;
  await modify(aws, scope, id, change, 'in its place', uses);
}

export async function encrypt(aws: Aws, scope: RunScope): Promise<void> {
  await tune(aws, scope);
  const { id } = await mysql(aws, scope);
  const own = (await encrypted(aws, scope)).find((one) => one.id === id);
  if (own === undefined || meets(own, ENCRYPTED)) return;
  if (!own.encrypted) {
    throw new NotHere(
      `the storage of ${id} is not encrypted, and cannot become it: restore an encrypted copy of a snapshot`,
    );
  }
  await parameterGroup(aws, scope);
  await restartIfItWaits(aws, scope, id);
  const isRight = ({ certificate }: Database): boolean => certificate === 'rds-ca-rsa2048-g1';
  if (!own.certificateValid) {
    await modify(aws, scope, id, { CACertificateIdentifier: 'rds-ca-rsa2048-g1' }, 'newly certified', isRight);
  }
}
