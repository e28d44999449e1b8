import { Match } from 'aws-cdk-lib/assertions';
import { describeLab } from '../../test/support/describe-lab';
import lab from './lab';

const template = describeLab('network', lab);

test('one VPC of 65,536 addresses with names for its machines', async () => {
  (await template('full')).hasResourceProperties('AWS::EC2::VPC', {
    CidrBlock: '10.44.0.0/16',
    EnableDnsHostnames: true,
    EnableDnsSupport: true,
  });
});

test.each([
  ['10.44.0.0/24', 0, 'worklab-abc123-public-a'],
  ['10.44.1.0/24', 1, 'worklab-abc123-public-b'],
  ['10.44.10.0/24', 0, 'worklab-abc123-isolated-a'],
  ['10.44.11.0/24', 1, 'worklab-abc123-isolated-b'],
])('subnet %s stands in zone %i and gives no public address by itself', async (CidrBlock, zone, name) => {
  (await template('full')).hasResourceProperties('AWS::EC2::Subnet', {
    CidrBlock,
    MapPublicIpOnLaunch: false,
    AvailabilityZone: { 'Fn::Select': [zone, { 'Fn::GetAZs': '' }] },
    Tags: [{ Key: 'Name', Value: name }],
  });
});

test('the public tier leads to the internet, the isolated tier does not', async () => {
  const full = await template('full');

  full.resourceCountIs('AWS::EC2::Route', 1);
  full.hasResourceProperties('AWS::EC2::Route', {
    RouteTableId: { Ref: 'PublicRoutes' },
    DestinationCidrBlock: '0.0.0.0/0',
    GatewayId: { Ref: 'InternetGateway' },
  });
  full.hasResource('AWS::EC2::Route', { DependsOn: ['InternetGatewayAttachment'] });
  for (const letter of ['A', 'B']) {
    full.hasResourceProperties('AWS::EC2::SubnetRouteTableAssociation', {
      SubnetId: { Ref: `IsolatedSubnet${letter}` },
      RouteTableId: { Ref: 'IsolatedRoutes' },
    });
    full.hasResourceProperties('AWS::EC2::SubnetRouteTableAssociation', {
      SubnetId: { Ref: `PublicSubnet${letter}` },
      RouteTableId: { Ref: 'PublicRoutes' },
    });
  }
});

test('both tiers reach S3 through a gateway endpoint, which is free', async () => {
  (await template('full')).hasResourceProperties('AWS::EC2::VPCEndpoint', {
    VpcEndpointType: 'Gateway',
    ServiceName: 'com.amazonaws.us-east-1.s3',
    RouteTableIds: [{ Ref: 'PublicRoutes' }, { Ref: 'IsolatedRoutes' }],
  });
});

test('nothing in it costs by the hour', async () => {
  const full = await template('full');

  for (const type of ['AWS::EC2::NatGateway', 'AWS::EC2::EIP', 'AWS::EC2::Instance']) full.resourceCountIs(type, 0);
  full.resourceCountIs('AWS::EC2::VPCEndpoint', 1);
  expect(lab.costs).toEqual([]);
});

test.each([
  'vpc-id',
  'internet-gateway-id',
  'zone-a',
  'zone-b',
  'public-route-table-id',
  'isolated-route-table-id',
  'public-subnet-a-id',
  'public-subnet-b-id',
  'isolated-subnet-a-id',
  'isolated-subnet-b-id',
])('publishes %s under the name of the run', async (key) => {
  (await template('full')).hasResourceProperties('AWS::SSM::Parameter', {
    Name: `/worklab-abc123/network/${key}`,
    Type: 'String',
    Value: Match.anyValue(),
  });
});

test('both forms are the same: there is nothing to learn in it', async () => {
  expect((await template('starter')).toJSON()).toEqual((await template('full')).toJSON());
});
