// The network's sweepers: what they take for the run's, on which page, and how it goes.

import * as EC2 from '@aws-sdk/client-ec2';
import { mockClient } from 'aws-sdk-client-mock';
import { owning } from '../../test/support/fake-aws';
import { sweeping } from '../../test/support/sweeping';
import { sweepers } from './sweepers';

const ec2 = mockClient(EC2.EC2Client);
beforeEach(() => {
  ec2.reset();
  ec2.on(EC2.DescribeVpcsCommand).resolves({ Vpcs: [{ VpcId: 'vpc-1', Tags: TAGS }, { VpcId: 'vpc-9' }] });
  ec2.on(EC2.DescribeInstancesCommand).resolves({ Reservations: [] });
});

const TAGS = [{ Key: 'worklab:run', Value: 'abc123' }];
const OTHERS = [{ Key: 'worklab:run', Value: 'abc124' }];
const MORE = { NextToken: 'more' };
const error = (name: string): Error => Object.assign(new Error(name), { name });

const { idsOf, remove } = sweeping(sweepers);
const sent = (): string[] => ec2.calls().map((call) => call.args[0].constructor.name);

describe('what is the run’s is found on the second page too: by its tag, its name, or the VPC it stands in', () => {
  const here = { VpcId: 'vpc-1' };
  const elsewhere = { VpcId: 'vpc-9' };

  test('VPCs', async () => {
    ec2
      .on(EC2.DescribeVpcsCommand)
      .resolves({ Vpcs: [{ VpcId: 'vpc-1', Tags: TAGS }] })
      .on(EC2.DescribeVpcsCommand, {})
      .resolves({ Vpcs: [{ VpcId: 'vpc-9', Tags: OTHERS }], ...MORE })
      .on(EC2.DescribeVpcsCommand, MORE)
      .resolves({ Vpcs: [{ VpcId: 'vpc-1', Tags: TAGS }, { VpcId: 'vpc-2' }] });
    expect(await idsOf('ec2:vpc', owning('vpc-2'))).toEqual(['vpc-1', 'vpc-2']);
  });

  test('subnets', async () => {
    ec2
      .on(EC2.DescribeSubnetsCommand)
      .resolvesOnce({
        Subnets: [
          { SubnetId: 's-9', ...elsewhere, Tags: OTHERS },
          { SubnetId: 's-1', ...here },
        ],
        ...MORE,
      })
      .resolvesOnce({
        Subnets: [
          { SubnetId: 's-2', ...elsewhere, Tags: TAGS },
          { SubnetId: 's-8', ...elsewhere },
        ],
      });
    expect(await idsOf('ec2:subnet')).toEqual(['s-1', 's-2']);
  });

  test('internet gateways, by what they are attached to', async () => {
    ec2
      .on(EC2.DescribeInternetGatewaysCommand)
      .resolvesOnce({ InternetGateways: [{ InternetGatewayId: 'igw-9', Attachments: [elsewhere] }], ...MORE })
      .resolvesOnce({
        InternetGateways: [
          { InternetGatewayId: 'igw-1', Attachments: [here] },
          { InternetGatewayId: 'igw-2', Tags: TAGS },
        ],
      });
    expect(await idsOf('ec2:internet-gateway')).toEqual(['igw-1', 'igw-2']);
  });

  test('route tables, the main one aside', async () => {
    ec2
      .on(EC2.DescribeRouteTablesCommand)
      .resolvesOnce({ RouteTables: [{ RouteTableId: 'rtb-0', ...here, Associations: [{ Main: true }] }], ...MORE })
      .resolvesOnce({ RouteTables: [{ RouteTableId: 'rtb-1', ...here, Associations: [{ Main: false }] }] });
    expect(await idsOf('ec2:route-table')).toEqual(['rtb-1']);
  });

  test('network ACLs, the default one aside', async () => {
    ec2
      .on(EC2.DescribeNetworkAclsCommand)
      .resolvesOnce({ NetworkAcls: [{ NetworkAclId: 'acl-0', ...here, IsDefault: true }], ...MORE })
      .resolvesOnce({ NetworkAcls: [{ NetworkAclId: 'acl-1', ...here, IsDefault: false }] });
    expect(await idsOf('ec2:network-acl')).toEqual(['acl-1']);
  });

  test('security groups, the default one aside', async () => {
    ec2
      .on(EC2.DescribeSecurityGroupsCommand)
      .resolvesOnce({ SecurityGroups: [{ GroupId: 'sg-0', GroupName: 'default', ...here }], ...MORE })
      .resolvesOnce({
        SecurityGroups: [
          { GroupId: 'sg-1', GroupName: 'mine', ...here },
          { GroupId: 'sg-2', GroupName: 'worklab-abc123-web', ...elsewhere },
          { GroupId: 'sg-3', GroupName: 'worklab-abc1234-web', ...elsewhere },
        ],
      });
    expect(await idsOf('ec2:security-group')).toEqual(['sg-1', 'sg-2']);
  });

  test('NAT gateways, deleted ones aside', async () => {
    ec2
      .on(EC2.DescribeNatGatewaysCommand)
      .resolvesOnce({ NatGateways: [{ NatGatewayId: 'nat-0', ...here, State: 'deleted' }], ...MORE })
      .resolvesOnce({ NatGateways: [{ NatGatewayId: 'nat-1', ...here, State: 'available' }] });
    expect(await idsOf('ec2:natgateway')).toEqual(['nat-1']);
  });

  test('VPC endpoints, deleted ones aside', async () => {
    ec2
      .on(EC2.DescribeVpcEndpointsCommand)
      .resolvesOnce({ VpcEndpoints: [{ VpcEndpointId: 'vpce-0', ...here, State: 'Deleted' }], ...MORE })
      .resolvesOnce({ VpcEndpoints: [{ VpcEndpointId: 'vpce-1', ...here, State: 'Available' }] });
    expect(await idsOf('ec2:vpc-endpoint')).toEqual(['vpce-1']);
  });

  test('network interfaces, those aside that a standing instance takes along', async () => {
    const attached = { InstanceId: 'i-1', DeleteOnTermination: true };
    ec2.on(EC2.DescribeInstancesCommand).resolves({
      Reservations: [
        {
          Instances: [
            { InstanceId: 'i-1', State: { Name: 'running' } },
            { InstanceId: 'i-2', State: { Name: 'terminated' } },
          ],
        },
      ],
    });
    ec2
      .on(EC2.DescribeNetworkInterfacesCommand)
      .resolvesOnce({ NetworkInterfaces: [{ NetworkInterfaceId: 'eni-0', ...here, Attachment: attached }], ...MORE })
      .resolvesOnce({
        NetworkInterfaces: [
          { NetworkInterfaceId: 'eni-1', ...here },
          { NetworkInterfaceId: 'eni-2', ...here, Attachment: { ...attached, DeleteOnTermination: false } },
          { NetworkInterfaceId: 'eni-3', ...here, Attachment: { ...attached, InstanceId: 'i-2' } },
          { NetworkInterfaceId: 'eni-9', ...elsewhere, TagSet: OTHERS },
        ],
      });
    expect(await idsOf('ec2:network-interface')).toEqual(['eni-1', 'eni-2', 'eni-3']);
  });
});

describe('removal', () => {
  test.each([
    ['ec2:vpc', EC2.DeleteVpcCommand, 'InvalidVpcID.NotFound'],
    ['ec2:subnet', EC2.DeleteSubnetCommand, 'InvalidSubnetID.NotFound'],
    ['ec2:internet-gateway', EC2.DescribeInternetGatewaysCommand, 'InvalidInternetGatewayID.NotFound'],
    ['ec2:natgateway', EC2.DeleteNatGatewayCommand, 'NatGatewayNotFound'],
    ['ec2:route-table', EC2.DescribeRouteTablesCommand, 'InvalidRouteTableID.NotFound'],
    ['ec2:network-acl', EC2.DescribeNetworkAclsCommand, 'InvalidNetworkAclID.NotFound'],
    ['ec2:security-group', EC2.DeleteSecurityGroupCommand, 'InvalidGroup.NotFound'],
    ['ec2:network-interface', EC2.DescribeNetworkInterfacesCommand, 'InvalidNetworkInterfaceID.NotFound'],
  ] as const)('of an %s that is gone succeeds, and one that is refused fails', async (kind, Command, notFound) => {
    ec2.on(EC2.DescribeSecurityGroupsCommand).resolves({ SecurityGroups: [] });
    ec2
      .on(Command as typeof EC2.DeleteVpcCommand)
      .rejectsOnce(error(notFound))
      .rejectsOnce(error('DependencyViolation'));
    await expect(remove(kind, 'x-1')).resolves.toBeUndefined();
    await expect(remove(kind, 'x-1')).rejects.toThrow('DependencyViolation');
  });

  test('of a gateway detaches it first', async () => {
    ec2.on(EC2.DescribeInternetGatewaysCommand).resolves({ InternetGateways: [{ Attachments: [{ VpcId: 'vpc-1' }] }] });
    await remove('ec2:internet-gateway', 'igw-1');
    expect(sent().slice(-2)).toEqual(['DetachInternetGatewayCommand', 'DeleteInternetGatewayCommand']);
  });

  test('of an ACL gives its subnets back to the default one', async () => {
    ec2
      .on(EC2.DescribeNetworkAclsCommand)
      .resolvesOnce({ NetworkAcls: [{ VpcId: 'vpc-1', Associations: [{ NetworkAclAssociationId: 'aclassoc-1' }] }] })
      .resolvesOnce({ NetworkAcls: [{ NetworkAclId: 'acl-0' }] });
    await remove('ec2:network-acl', 'acl-1');
    const [replaced] = ec2.commandCalls(EC2.ReplaceNetworkAclAssociationCommand);
    expect(replaced?.args[0].input).toEqual({ AssociationId: 'aclassoc-1', NetworkAclId: 'acl-0' });
  });

  test('of a security group takes it out of the rules of others first', async () => {
    const naming = {
      IpProtocol: 'tcp',
      FromPort: 80,
      ToPort: 80,
      UserIdGroupPairs: [{ GroupId: 'sg-1', UserId: '1' }, { GroupId: 'sg-3' }],
    };
    ec2.on(EC2.DescribeSecurityGroupsCommand).resolves({
      SecurityGroups: [{ GroupId: 'sg-1' }, { GroupId: 'sg-2', IpPermissions: [naming], IpPermissionsEgress: [] }],
    });
    await remove('ec2:security-group', 'sg-1');
    const [revoked] = ec2.commandCalls(EC2.RevokeSecurityGroupIngressCommand);
    expect(revoked?.args[0].input).toEqual({
      GroupId: 'sg-2',
      IpPermissions: [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 80, UserIdGroupPairs: [{ GroupId: 'sg-1' }] }],
    });
    expect(sent().at(-1)).toBe('DeleteSecurityGroupCommand');
  });

  test('of an endpoint that answers 200 and refuses is a failure', async () => {
    const refusal = (Code: string) => ({ Unsuccessful: [{ ResourceId: 'vpce-1', Error: { Code, Message: 'no' } }] });
    ec2
      .on(EC2.DeleteVpcEndpointsCommand)
      .resolvesOnce(refusal('OperationNotPermitted'))
      .resolvesOnce(refusal('InvalidVpcEndpoint.NotFound'));
    ec2.on(EC2.DescribeVpcEndpointsCommand).rejects(error('InvalidVpcEndpointId.NotFound'));
    await expect(remove('ec2:vpc-endpoint', 'vpce-1')).rejects.toThrow('OperationNotPermitted');
    await expect(remove('ec2:vpc-endpoint', 'vpce-1')).resolves.toBeUndefined();
  });

  test('of an interface that a service made waits for it to leave with the service', async () => {
    ec2
      .on(EC2.DescribeNetworkInterfacesCommand)
      .resolvesOnce({ NetworkInterfaces: [{ NetworkInterfaceId: 'eni-1', RequesterManaged: true }] })
      .resolvesOnce({ NetworkInterfaces: [{ NetworkInterfaceId: 'eni-1' }] })
      .resolvesOnce({ NetworkInterfaces: [] });
    await remove('ec2:network-interface', 'eni-1');
    expect(sent()).not.toContain('DeleteNetworkInterfaceCommand');
  });

  test('of a second interface of an instance detaches it first', async () => {
    const Attachment = { AttachmentId: 'eni-attach-1', DeviceIndex: 1 };
    ec2
      .on(EC2.DescribeNetworkInterfacesCommand)
      .resolvesOnce({ NetworkInterfaces: [{ NetworkInterfaceId: 'eni-2', Attachment }] })
      .resolvesOnce({ NetworkInterfaces: [{ NetworkInterfaceId: 'eni-2' }] });
    await remove('ec2:network-interface', 'eni-2');
    expect(sent()).toEqual(expect.arrayContaining(['DetachNetworkInterfaceCommand', 'DeleteNetworkInterfaceCommand']));
  });
});
