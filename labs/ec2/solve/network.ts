// Exercises on the way to the machine → rules, an ACL, an address; and the question who logged in.

import {
  AllocateAddressCommand,
  AssociateAddressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateNetworkAclCommand,
  CreateNetworkAclEntryCommand,
  DescribeAddressesCommand,
  EC2Client,
  paginateDescribeNetworkAcls,
  paginateDescribeSecurityGroupRules,
  ReleaseAddressCommand,
  ReplaceNetworkAclAssociationCommand,
  RevokeSecurityGroupIngressCommand,
  type SecurityGroupRule,
} from '@aws-sdk/client-ec2';
import { SendCommandCommand, SSMClient } from '@aws-sdk/client-ssm';
import { type Aws, items, meets, NotHere, type RunScope, waitUntil } from '../../../lib/kit';
import { ADDRESSES } from '../demands';
import { loginQuestion } from '../facts';
import { addresses } from '../observe/belongings';
import { logins } from '../observe/logins';
import { traffic as look } from '../observe/traffic';
import { judgeAcl, judgeGroups, ONE_ADDRESS } from '../traffic-rules';
import { type Ground, ground, markedAs, published } from './ground';
import { launch } from './machine';

const TCP = '6';

export async function traffic(aws: Aws, scope: RunScope): Promise<void> {
  const { groups, acl } = await look(aws, scope);
  const wide = groups.filter(({ sshFrom }) => sshFrom.some((source) => !ONE_ADDRESS.test(source)));
  for (const { id } of wide) await closeToStrangers(aws, id);
  if (judgeGroups((await look(aws, scope)).groups).status !== 'passed') await openToCaller(aws, scope);
  if (judgeAcl(acl).status !== 'passed') await putAclInFront(aws, scope);
}

async function closeToStrangers(aws: Aws, GroupId: string): Promise<void> {
  const client = aws.client(EC2Client);
  const pages = paginateDescribeSecurityGroupRules({ client }, { Filters: [{ Name: 'group-id', Values: [GroupId] }] });
  const strangers: string[] = [];
  for await (const rule of items(pages, (page) => page.SecurityGroupRules)) {
    if (coversSsh(rule) && !ONE_ADDRESS.test(rule.CidrIpv4 ?? rule.CidrIpv6 ?? ''))
      strangers.push(rule.SecurityGroupRuleId ?? '');
  }
  if (strangers.length === 0) return;
  await client.send(new RevokeSecurityGroupIngressCommand({ GroupId, SecurityGroupRuleIds: strangers }));
}

const coversSsh = ({ IsEgress, IpProtocol, FromPort = 0, ToPort = 65535 }: SecurityGroupRule): boolean =>
  IsEgress !== true && (IpProtocol === '-1' || (IpProtocol === 'tcp' && FromPort <= 22 && ToPort >= 22));

async function openToCaller(aws: Aws, scope: RunScope): Promise<void> {
  const { groupId: GroupId } = await ground(aws, scope);
  const caller = await published(aws, scope, 'caller-cidr');
  const ranges = caller.includes(':') ? { Ipv6Ranges: [{ CidrIpv6: caller }] } : { IpRanges: [{ CidrIp: caller }] };
  await aws.client(EC2Client).send(
    new AuthorizeSecurityGroupIngressCommand({
      GroupId,
      IpPermissions: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, ...ranges }],
      TagSpecifications: markedAs(scope, 'ssh', 'security-group-rule'),
    }),
  );
}

/** The ephemeral ports carry the answers: an ACL remembers no connection. */
const RULES = [
  { RuleNumber: 90, Egress: false, RuleAction: 'deny', From: 3389, To: 3389 },
  { RuleNumber: 100, Egress: false, RuleAction: 'allow', From: 22, To: 22 },
  { RuleNumber: 110, Egress: false, RuleAction: 'allow', From: 1024, To: 65535 },
  { RuleNumber: 100, Egress: true, RuleAction: 'allow', From: 80, To: 80 },
  { RuleNumber: 110, Egress: true, RuleAction: 'allow', From: 443, To: 443 },
  { RuleNumber: 120, Egress: true, RuleAction: 'allow', From: 1024, To: 65535 },
] as const;

async function putAclInFront(aws: Aws, scope: RunScope): Promise<void> {
  const client = aws.client(EC2Client);
  const place = await ground(aws, scope);
  const TagSpecifications = markedAs(scope, 'ec2', 'network-acl');
  const { NetworkAcl } = await client.send(new CreateNetworkAclCommand({ VpcId: place.vpcId, TagSpecifications }));
  const NetworkAclId = NetworkAcl?.NetworkAclId;
  for (const { From, To, ...rule } of RULES) {
    const entry = { ...rule, NetworkAclId, Protocol: TCP, CidrBlock: '0.0.0.0/0', PortRange: { From, To } };
    await client.send(new CreateNetworkAclEntryCommand(entry));
  }
  const AssociationId = await associationOf(client, place);
  await client.send(new ReplaceNetworkAclAssociationCommand({ AssociationId, NetworkAclId }));
}

async function associationOf(client: EC2Client, { subnetId }: Ground): Promise<string | undefined> {
  for await (const { Associations = [] } of items(
    paginateDescribeNetworkAcls({ client }, {}),
    (page) => page.NetworkAcls,
  )) {
    const here = Associations.find(({ SubnetId }) => SubnetId === subnetId);
    if (here) return here.NetworkAclAssociationId;
  }
  return undefined;
}

export async function address(aws: Aws, scope: RunScope): Promise<void> {
  const client = aws.client(EC2Client);
  const { id: InstanceId } = await launch(aws, scope);
  const known = await addresses(aws, scope);
  const idle = known.filter(({ machine }) => machine === undefined).map(({ ip }) => ip);
  if (!known.some((one) => meets(one, ADDRESSES))) {
    const AllocationId = (await allocationOf(client, idle.shift())) ?? (await allocate(client, scope));
    await client.send(new AssociateAddressCommand({ AllocationId, InstanceId }));
  }
  for (const ip of idle) await client.send(new ReleaseAddressCommand({ AllocationId: await allocationOf(client, ip) }));
}

async function allocationOf(client: EC2Client, ip: string | undefined): Promise<string | undefined> {
  if (ip === undefined) return undefined;
  const { Addresses = [] } = await client.send(new DescribeAddressesCommand({ PublicIps: [ip] }));
  return Addresses[0]?.AllocationId;
}

async function allocate(client: EC2Client, scope: RunScope): Promise<string | undefined> {
  const TagSpecifications = markedAs(scope, 'address', 'elastic-ip');
  return (await client.send(new AllocateAddressCommand({ Domain: 'vpc', TagSpecifications }))).AllocationId;
}

/**
 * Asks the machine who logged in; the login itself is for a person. Run Command keeps the question and the answer for
 * 30 days, and neither can be deleted (https://docs.aws.amazon.com/systems-manager/latest/userguide/run-command.html).
 */
export async function askForLogins(aws: Aws, scope: RunScope): Promise<void> {
  if (aws.target === 'local') throw new NotHere('not emulated: instances have no operating system that could be asked');
  const { answer } = await logins(aws, scope);
  if (answer !== undefined && answer.lines.length > 0) return;
  const { id } = await launch(aws, scope);
  await aws.client(SSMClient).send(
    new SendCommandCommand({
      InstanceIds: [id],
      DocumentName: 'AWS-RunShellScript',
      Comment: loginQuestion(scope.prefix),
      TimeoutSeconds: 60,
      Parameters: {
        commands: [
          "journalctl --unit sshd --no-pager --quiet --output short-iso | grep 'Accepted publickey for' | tail -n 5 || true",
        ],
      },
    }),
  );
  await waitUntil(aws, { for: `${id} to answer through Run Command`, seconds: 90 }, async () => {
    const { answer: newest } = await logins(aws, scope);
    return newest !== undefined && newest.asked > (answer?.asked ?? '');
  });
}
