import { Match } from 'aws-cdk-lib/assertions';
import { describeLab } from '../../test/support/describe-lab';
import { synthesizeLab, type TemplateJson } from '../../test/support/lab-templates';
import lab from './lab';

const template = describeLab('route-53', lab);

const typesOf = async (form: 'full' | 'starter', stack?: string) =>
  new Set(
    Object.values((await template(form, stack)).toJSON().Resources as Record<string, { Type: string }>).map(
      ({ Type }) => Type,
    ),
  );

describe('the public zone', () => {
  test('stands in Virginia, under a domain that nobody can have, unless the reader names another', async () => {
    expect(lab.stacks.map(({ region }) => region)).toEqual(['us-east-1', undefined]);
    expect((await template('full')).findParameters('Domain').Domain).toMatchObject({ Default: 'test' });
    (await template('full')).hasResourceProperties('AWS::Route53::HostedZone', {
      Name: { 'Fn::Join': ['.', ['worklab-abc123', { Ref: 'Domain' }]] },
    });
  });

  test('has records by weight, by latency and by health', async () => {
    const full = await template('full');
    for (const [SetIdentifier, more] of [
      ['stable', { Weight: 90 }],
      ['canary', { Weight: 10 }],
      ['virginia', { Region: 'us-east-1' }],
      ['ireland', { Region: 'eu-west-1' }],
      ['primary', { Failover: 'PRIMARY', HealthCheckId: { Ref: Match.stringLikeRegexp('^HealthCheck') } }],
      ['secondary', { Failover: 'SECONDARY', HealthCheckId: Match.absent() }],
    ] as const) {
      full.hasResourceProperties('AWS::Route53::RecordSet', { SetIdentifier, ...more });
    }
  });

  test('leads its own name to a website that is not public', async () => {
    const full = await template('full');
    full.hasResourceProperties('AWS::Route53::RecordSet', {
      AliasTarget: { HostedZoneId: 'Z3AQBSTGFJSTF', DNSName: 's3-website-us-east-1.amazonaws.com' },
    });
    full.hasResourceProperties('AWS::S3::Bucket', {
      WebsiteConfiguration: { IndexDocument: 'index.html' },
      PublicAccessBlockConfiguration: { BlockPublicPolicy: true, RestrictPublicBuckets: true },
    });
  });

  test('is signed by a key that Route 53 may use for this account alone', async () => {
    const full = await template('full');
    full.hasResourceProperties('AWS::KMS::Key', {
      KeySpec: 'ECC_NIST_P256',
      KeyUsage: 'SIGN_VERIFY',
      PendingWindowInDays: 7,
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Sid: 'Sign',
            Principal: { Service: 'dnssec-route53.amazonaws.com' },
            Action: ['kms:DescribeKey', 'kms:GetPublicKey', 'kms:Sign'],
            Condition: Match.objectLike({ StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } }),
          }),
        ]),
      },
    });
    full.hasResource('AWS::Route53::DNSSEC', { DependsOn: [Match.stringLikeRegexp('SigningKey')] });
  });

  test('logs its queries for a day, once Route 53 may write', async () => {
    const full = await template('full');
    full.hasResourceProperties('AWS::Logs::LogGroup', {
      LogGroupName: 'worklab-abc123-dns-queries',
      RetentionInDays: 1,
    });
    full.hasResource('AWS::Route53::HostedZone', {
      DependsOn: [Match.stringLikeRegexp('QueryLogPolicy')],
      Properties: { QueryLoggingConfig: { CloudWatchLogsLogGroupArn: Match.anyValue() } },
    });
  });

  test('in the starter form is empty; its key and its log group are there', async () => {
    expect(await typesOf('starter')).toEqual(
      new Set([
        'AWS::KMS::Alias',
        'AWS::KMS::Key',
        'AWS::Logs::LogGroup',
        'AWS::Logs::ResourcePolicy',
        'AWS::Route53::HostedZone',
      ]),
    );
  });
});

describe('inside the network', () => {
  test("a private zone answers the run's network; without leave there is no endpoint that costs", async () => {
    (await template('full', 'route-53-private')).hasResourceProperties('AWS::Route53::HostedZone', {
      Name: 'worklab-abc123.internal',
      VPCs: [{ VPCId: { Ref: 'networkvpcid' }, VPCRegion: 'us-east-1' }],
    });
    expect([...(await typesOf('full', 'route-53-private'))].filter((type) => /Resolver/.test(type))).toEqual([]);
    expect(await typesOf('starter', 'route-53-private')).toEqual(new Set(['AWS::EC2::SecurityGroup']));
  });

  test('with leave two endpoints, a rule and a log stand in it', async () => {
    const { templates } = await synthesizeLab('route-53', lab, 'full', { allowed: new Set(['forward-hybrid-dns']) });
    const types = Object.values((templates['route-53-private'] as TemplateJson).Resources).map(({ Type }) => Type);
    expect(types.filter((type) => type.startsWith('AWS::Route53Resolver::')).sort()).toEqual([
      'AWS::Route53Resolver::ResolverEndpoint',
      'AWS::Route53Resolver::ResolverEndpoint',
      'AWS::Route53Resolver::ResolverQueryLoggingConfig',
      'AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation',
      'AWS::Route53Resolver::ResolverRule',
      'AWS::Route53Resolver::ResolverRuleAssociation',
    ]);
  });
});

test('nothing lets it buy a domain', () => {
  const actions = (lab.permissions ?? []).flatMap((permission) => permission.actions);
  expect(actions.filter((action) => /^route53domains:(?!Get|List|DisableDomainAutoRenew)/.test(action))).toEqual([]);
});
