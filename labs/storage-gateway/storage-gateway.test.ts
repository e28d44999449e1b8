import { Match, Template } from 'aws-cdk-lib/assertions';
import { describeLab } from '../../test/support/describe-lab';
import { synthesizeLab } from '../../test/support/lab-templates';
import { APPLIANCES, HOST_TYPES, SERVED } from './facts';
import lab from './lab';

const template = describeLab('storage-gateway', lab);

const GUARDED = lab.exercises.filter(({ guard }) => guard !== undefined).map(({ id }) => id);

async function letIn(...ids: readonly string[]): Promise<Template> {
  const { templates } = await synthesizeLab('storage-gateway', lab, 'full', { allowed: new Set(ids) });
  return Template.fromJSON({ ...templates['storage-gateway'] });
}

const typesOf = (one: Template): string[] =>
  Object.values(one.toJSON().Resources as Record<string, { Type: string }>).map(({ Type }) => Type);

describe('what stands at no cost', () => {
  test('a private, encrypted, versioned bucket whose name is the account’s', async () => {
    (await template('full')).hasResourceProperties('AWS::S3::Bucket', {
      BucketName: { 'Fn::Join': ['', ['worklab-abc123-files-', { Ref: 'AWS::AccountId' }]] },
      VersioningConfiguration: { Status: 'Enabled' },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
    });
  });

  test('what lies in it moves to the archive that answers at once; old versions and halves of uploads go', async () => {
    (await template('full')).hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: {
        Rules: [
          {
            Status: 'Enabled',
            Prefix: '',
            Transitions: [{ StorageClass: 'GLACIER_IR', TransitionInDays: 30 }],
            NoncurrentVersionExpiration: { NoncurrentDays: 7 },
            AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
          },
        ],
      },
    });
  });

  test('a request without TLS is denied', async () => {
    (await template('full')).hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Deny',
            Principal: '*',
            Action: 's3:*',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
        ],
      },
    });
  });

  test('the role is taken on by the service for this account alone, and reaches this bucket alone', async () => {
    const bucket = { 'Fn::GetAtt': [Match.stringLikeRegexp('^IntegrationBucket'), 'Arn'] };
    (await template('full')).hasResourceProperties('AWS::IAM::Role', {
      RoleName: 'worklab-abc123-gateway',
      ManagedPolicyArns: Match.absent(),
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Principal: { Service: 'storagegateway.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          },
        ],
      },
      Policies: [
        {
          PolicyDocument: {
            Statement: [
              { Effect: 'Allow', Resource: bucket },
              { Effect: 'Allow', Resource: { 'Fn::Join': ['', [bucket, '/*']] } },
            ],
          },
        },
      ],
    });
  });

  test('a pool for tapes without a lock, and a log group that forgets', async () => {
    const full = await template('full');
    full.hasResourceProperties('AWS::StorageGateway::TapePool', {
      PoolName: 'worklab-abc123-tapes',
      StorageClass: 'GLACIER',
      RetentionLockType: 'NONE',
    });
    full.hasResourceProperties('AWS::Logs::LogGroup', {
      LogGroupName: '/worklab-abc123/storage-gateway',
      RetentionInDays: 7,
    });
  });

  test('no instance, unless an exercise is let in by name', async () => {
    (await template('full')).resourceCountIs('AWS::EC2::Instance', 0);
    (await letIn('tune-gateway', 'watch-gateway')).resourceCountIs('AWS::EC2::Instance', 0);
  });
});

describe('who may reach a gateway', () => {
  test('port 80 is open to one address, for the activation', async () => {
    const condition = Match.stringLikeRegexp('CallerIsIpv4');
    (await template('starter')).hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      FromPort: 80,
      ToPort: 80,
      CidrIp: { 'Fn::If': [condition, { Ref: 'CallerCidr' }, { Ref: 'AWS::NoValue' }] },
      CidrIpv6: { 'Fn::If': [condition, { Ref: 'AWS::NoValue' }, { Ref: 'CallerCidr' }] },
    });
  });

  test.each(SERVED)('%s (%s %i) is open to the network', async (_what, IpProtocol, port) => {
    (await template('starter')).hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      IpProtocol,
      FromPort: port,
      ToPort: port,
      CidrIp: '10.44.0.0/16',
    });
  });

  test('nothing else is open', async () => {
    (await template('full')).resourceCountIs('AWS::EC2::SecurityGroupIngress', SERVED.length + 1);
    (await template('full')).hasResourceProperties('AWS::EC2::SecurityGroup', { SecurityGroupIngress: Match.absent() });
  });

  test.each(['0.0.0.0/0', '203.0.113.0/24', '203.0.113.7', '::/0', ''])('%j cannot be asked for', async (cidr) => {
    const { CallerCidr } = (await template('full')).toJSON().Parameters;
    expect(new RegExp(CallerCidr.AllowedPattern).test(cidr)).toBe(false);
    expect(CallerCidr.Default).toMatch(new RegExp(CallerCidr.AllowedPattern));
  });
});

describe('the appliances', () => {
  test.each(Object.entries(APPLIANCES))(
    '%s: an instance of its public image with its disks',
    async (kind, { gatewayType, disks, exercise }) => {
      const one = await letIn(exercise);
      one.resourceCountIs('AWS::EC2::Instance', 1);
      one.hasParameter('*', {
        Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>',
        Default: `/aws/service/storagegateway/ami/${gatewayType}/latest`,
      });
      one.hasResourceProperties('AWS::EC2::Instance', {
        InstanceType: { Ref: 'HostType' },
        Tags: Match.arrayWith([{ Key: 'Name', Value: `worklab-abc123-${kind}-host` }]),
        NetworkInterfaces: [
          { DeviceIndex: '0', AssociatePublicIpAddress: true, SubnetId: { Ref: 'networkpublicsubnetaid' } },
        ],
        BlockDeviceMappings: ['/dev/xvda', ...disks].map((DeviceName) => ({
          DeviceName,
          Ebs: {
            VolumeType: 'gp3',
            VolumeSize: DeviceName === '/dev/xvda' ? 80 : 150,
            Encrypted: true,
            DeleteOnTermination: true,
          },
        })),
      });
      expect(one.toJSON().Parameters.HostType).toMatchObject({ Default: 'm5.xlarge', AllowedValues: HOST_TYPES });
    },
  );

  test('all of them fit into one template', async () => {
    const all = await letIn(...GUARDED);
    all.resourceCountIs('AWS::EC2::Instance', 4);
    expect(JSON.stringify(all.toJSON()).length).toBeLessThan(51_200);
  });

  test('the starter form launches none, whatever is let in', async () => {
    const { templates } = await synthesizeLab('storage-gateway', lab, 'starter', { allowed: new Set(GUARDED) });
    expect(new Set(typesOf(Template.fromJSON({ ...templates['storage-gateway'] })))).toEqual(
      new Set(['AWS::EC2::SecurityGroup', 'AWS::EC2::SecurityGroupIngress']),
    );
  });

  test('each exercise that needs one is guarded by what it costs', () => {
    const rows = lab.exercises.filter(({ guard }) => guard?.by === 'cost').flatMap((exercise) => exercise.rows);
    expect(rows).toEqual(['sgw-2', 'sgw-3', 'sgw-4', 'sgw-5', 'sgw-a1', 'sgw-a2']);
  });
});
