import { Match, type Template } from 'aws-cdk-lib/assertions';
import { describeLab } from '../../test/support/describe-lab';
import { INSTANCE_TYPES, MARKER_SCRIPT } from './facts';
import lab from './lab';

const template = describeLab('ec2', lab);

const parameterOf = (one: Template, name: string) => one.findParameters(name)[name] ?? {};

describe('the machine', () => {
  test('is a small Arm machine with an encrypted root volume that goes with it', async () => {
    (await template('full')).hasResourceProperties('AWS::EC2::Instance', {
      InstanceType: { Ref: 'InstanceType' },
      ImageId: { Ref: 'Image' },
      InstanceInitiatedShutdownBehavior: 'stop',
      CreditSpecification: { CPUCredits: 'standard' },
      Monitoring: false,
      PropagateTagsToVolumeOnCreation: true,
      BlockDeviceMappings: [
        {
          DeviceName: '/dev/xvda',
          Ebs: { VolumeType: 'gp3', VolumeSize: 8, Encrypted: true, DeleteOnTermination: true },
        },
      ],
    });
  });

  test('gives its metadata only to who has a token, tags included', async () => {
    (await template('full')).hasResourceProperties('AWS::EC2::Instance', {
      MetadataOptions: { HttpEndpoint: 'enabled', HttpTokens: 'required', InstanceMetadataTags: 'enabled' },
    });
  });

  test('writes a marker at its first boot', async () => {
    (await template('full')).hasResourceProperties('AWS::EC2::Instance', {
      UserData: { 'Fn::Base64': MARKER_SCRIPT },
    });
    expect(MARKER_SCRIPT).toMatch(/^#!\/bin\/bash\n[\s\S]*> \/var\/lib\/worklab\/ready\n$/);
  });

  test('runs the newest Amazon Linux 2023 for Arm, as the public parameter names it', async () => {
    expect(parameterOf(await template('full'), 'Image')).toMatchObject({
      Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>',
      Default: '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64',
    });
    expect(parameterOf(await template('full'), 'InstanceType')).toMatchObject({
      Default: 't4g.nano',
      AllowedValues: INSTANCE_TYPES,
    });
  });

  test('can be managed by Systems Manager, and nothing else', async () => {
    const full = await template('full');

    full.hasResourceProperties('AWS::IAM::Role', {
      RoleName: 'worklab-abc123-ec2',
      Policies: Match.absent(),
      ManagedPolicyArns: [
        { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/AmazonSSMManagedInstanceCore']] },
      ],
    });
    full.hasResourceProperties('AWS::EC2::Instance', { IamInstanceProfile: { Ref: 'Profile' } });
  });

  test('has one public address', async () => {
    const full = await template('full');

    full.resourceCountIs('AWS::EC2::EIP', 1);
    full.hasResourceProperties('AWS::EC2::EIP', {
      Domain: 'vpc',
      InstanceId: { Ref: Match.stringLikeRegexp('^Machine') },
    });
    full.hasResourceProperties('AWS::EC2::Subnet', { MapPublicIpOnLaunch: false });
  });

  test('has an encrypted data volume in its own zone, attached as /dev/sdf', async () => {
    const full = await template('full');

    full.hasResourceProperties('AWS::EC2::Volume', {
      VolumeType: 'gp3',
      Size: 1,
      Encrypted: true,
      AvailabilityZone: { 'Fn::GetAtt': [Match.stringLikeRegexp('^GroundSubnet'), 'AvailabilityZone'] },
    });
    full.hasResourceProperties('AWS::EC2::VolumeAttachment', { Device: '/dev/sdf' });
  });

  test('is watched: its processor, its host, and a dashboard', async () => {
    const full = await template('full');
    const Dimensions = [{ Name: 'InstanceId', Value: { Ref: Match.stringLikeRegexp('^MachineInstance') } }];

    full.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'CPUUtilization', Dimensions });
    full.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'StatusCheckFailed_System',
      Dimensions,
      AlarmActions: [{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':automate:us-east-1:ec2:recover']] }],
    });
    full.hasResourceProperties('AWS::CloudWatch::Dashboard', { DashboardName: 'worklab-abc123-machine' });
    full.hasResourceProperties('AWS::EC2::PlacementGroup', { Strategy: 'spread' });
  });
});

describe('who may come in', () => {
  const CONDITION = Match.stringLikeRegexp('CallerIsIpv4');
  const CALLER = { Ref: 'CallerCidr' };

  test('port 22 is open to one address, under the name that its kind wants', async () => {
    const full = await template('full');

    full.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      FromPort: 22,
      ToPort: 22,
      IpProtocol: 'tcp',
      CidrIp: { 'Fn::If': [CONDITION, CALLER, { Ref: 'AWS::NoValue' }] },
      CidrIpv6: { 'Fn::If': [CONDITION, { Ref: 'AWS::NoValue' }, CALLER] },
    });
    full.resourceCountIs('AWS::EC2::SecurityGroupIngress', 1);
    full.hasResourceProperties('AWS::EC2::SecurityGroup', { SecurityGroupIngress: Match.absent() });
  });

  test.each(['203.0.113.7/32', '0.0.0.0/32', '2001:db8::7/128'])('%s can be asked for', async (cidr) => {
    expect(cidr).toMatch(new RegExp(String(parameterOf(await template('full'), 'CallerCidr').AllowedPattern)));
  });

  test.each([
    '0.0.0.0/0',
    '203.0.113.0/24',
    '203.0.113.7',
    '203.0.113.7/31',
    '203.0.113.256/32',
    '::/0',
    '2001:db8::/64',
    '2001:db8::7/32',
    '203.0.113.7/32,0.0.0.0/0',
    '203.0.113.7/32\n0.0.0.0/0',
    '',
  ])('%j cannot be asked for', async (cidr) => {
    const pattern = new RegExp(String(parameterOf(await template('full'), 'CallerCidr').AllowedPattern));
    expect(pattern.test(cidr)).toBe(false);
  });

  test('deployed by hand without parameters, nobody can log in', async () => {
    const { CallerCidr, PublicKey } = (await template('full')).toJSON().Parameters;
    expect(CallerCidr.Default).toBe('192.0.2.1/32');
    expect(PublicKey.Default).toMatch(new RegExp(PublicKey.AllowedPattern));
  });

  test.each([
    [90, false, 'deny', 3389, 3389],
    [110, false, 'allow', 1024, 65535],
    [100, true, 'allow', 80, 80],
    [110, true, 'allow', 443, 443],
    [120, true, 'allow', 1024, 65535],
  ])('rule %i (outbound: %s) of the network ACL is to %s %i-%i', async (RuleNumber, Egress, RuleAction, From, To) => {
    (await template('full')).hasResourceProperties('AWS::EC2::NetworkAclEntry', {
      RuleNumber,
      Egress,
      RuleAction,
      Protocol: 6,
      PortRange: { From, To },
    });
  });

  test('the network ACL lets SSH in from the same address', async () => {
    (await template('full')).hasResourceProperties('AWS::EC2::NetworkAclEntry', {
      RuleNumber: 100,
      Egress: false,
      RuleAction: 'allow',
      PortRange: { From: 22, To: 22 },
      CidrBlock: { 'Fn::If': [CONDITION, CALLER, '10.44.0.0/16'] },
      Ipv6CidrBlock: Match.absent(),
    });
  });

  test("the network ACL stands in front of the lab's subnet alone", async () => {
    const full = await template('full');

    full.resourceCountIs('AWS::EC2::SubnetNetworkAclAssociation', 1);
    full.hasResourceProperties('AWS::EC2::Subnet', { CidrBlock: '10.44.64.0/24', VpcId: { Ref: 'networkvpcid' } });
    expect(parameterOf(full, 'networkvpcid')).toEqual({
      Type: 'AWS::SSM::Parameter::Value<AWS::EC2::VPC::Id>',
      Default: '/worklab-abc123/network/vpc-id',
    });
  });
});

describe('the starter form', () => {
  test('has the ground, and nothing of what the learner is to build', async () => {
    const types = Object.values((await template('starter')).toJSON().Resources as Record<string, { Type: string }>).map(
      ({ Type }) => Type,
    );
    expect(new Set(types)).toEqual(
      new Set([
        'AWS::EC2::Route',
        'AWS::EC2::RouteTable',
        'AWS::EC2::SecurityGroup',
        'AWS::EC2::Subnet',
        'AWS::EC2::SubnetRouteTableAssociation',
        'AWS::IAM::InstanceProfile',
        'AWS::IAM::Role',
        'AWS::SSM::Parameter',
      ]),
    );
  });

  test.each(['caller-cidr', 'public-key'])('publishes %s for who builds by hand', async (key) => {
    (await template('starter')).hasResourceProperties('AWS::SSM::Parameter', { Name: `/worklab-abc123/ec2/${key}` });
  });
});
