// Facts that the stacks make and the checks look for, said once. Plain data, so that reading it loads nothing.

/** Route 53 answers in one region, and takes the keys, log groups and alarms of that region alone. */
export const HOME = 'us-east-1';

/** Reserved for tests (RFC 6761): nobody can register a name under it, so nobody's name is taken. */
export const DOMAIN = 'test';

/** Addresses of documentation (RFC 5737, RFC 3849): nobody is there. */
export const ADDRESS = {
  app: '192.0.2.10',
  stable: '192.0.2.20',
  canary: '192.0.2.21',
  virginia: '192.0.2.30',
  ireland: '192.0.2.31',
  primary: '192.0.2.40',
  secondary: '198.51.100.40',
  app6: '2001:db8::10',
  inside: '10.44.10.10',
} as const;

export const SPF = '"v=spf1 -all"';
export const NO_MAIL = '0 .';
export const CERTIFICATES = '0 issue "amazon.com"';
export const sipAt = (zone: string): string => `10 60 5060 app.${zone}`;

/** S3's website endpoint in Virginia and its hosted zone (https://docs.aws.amazon.com/general/latest/gr/s3.html, 2026-11-22). */
export const WEBSITE = { dnsName: 's3-website-us-east-1.amazonaws.com', hostedZoneId: 'Z3AQBSTGFJSTF' } as const;

/** What an alarm of the lab watches: nobody sends it, so that the site counts as up until somebody does. */
export const SITE_DOWN = { namespace: 'worklab', metric: 'SiteDown' } as const;

/** Where the inbound endpoint listens, in the isolated subnets of the run's network. */
export const LISTENS = { a: '10.44.10.53', b: '10.44.11.53' } as const;
export const NETWORK_CIDR = '10.44.0.0/16';

/** The service that signs zones, and what a key's policy has to let it do. */
export const SIGNER = 'dnssec-route53.amazonaws.com';
export const SIGNER_ACTIONS = ['kms:DescribeKey', 'kms:GetPublicKey', 'kms:Sign'] as const;
export const QUERY_LOGGER = 'route53.amazonaws.com';
export const LOGGER_ACTIONS = ['logs:CreateLogStream', 'logs:PutLogEvents'] as const;

/** Key-signing keys take letters, numbers and underscores. */
export const signingKeyName = (prefix: string): string => prefix.replaceAll('-', '_');

/** Names of the run's zones: the public one of the stack, and the private one. */
export const publicZone = (prefix: string, domain: string = DOMAIN): string => `${prefix}.${domain}`;
export const privateZone = (prefix: string): string => `${prefix}.internal`;

/** A network of elsewhere, whose names the resolver forwards. */
export const corporateDomain = (prefix: string): string => `corp.${prefix}.internal`;

/** A traffic policy that sends 90 of 100 questions to one address, or as many as is said. */
export const trafficDocument = (stable: number): string =>
  JSON.stringify({
    AWSPolicyFormatVersion: '2015-10-01',
    RecordType: 'A',
    StartRule: 'share',
    Endpoints: {
      stable: { Type: 'value', Value: ADDRESS.stable },
      canary: { Type: 'value', Value: ADDRESS.canary },
    },
    Rules: {
      share: {
        RuleType: 'weighted',
        Items: [
          { EndpointReference: 'stable', Weight: String(stable) },
          { EndpointReference: 'canary', Weight: String(100 - stable) },
        ],
      },
    },
  });
