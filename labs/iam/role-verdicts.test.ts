// What the checks say of mistakes in roles: plain objects in, the hint that names the mistake out.

import { verdictsOf } from '../../test/support/verdicts';
import { exercises } from './exercises';
import type { Federation, Role } from './observe/roles';
import { statementsOf } from './policies';

const { check, says } = verdictsOf(exercises);

const trusting = (Principal: unknown, Condition?: unknown, Action = 'sts:AssumeRole') =>
  statementsOf(JSON.stringify({ Statement: [{ Effect: 'Allow', Principal, Action, Condition }] }));
const ROLE: Role = {
  name: 'r',
  boundary: 'arn:b',
  longestSession: 3600,
  trust: [],
  attached: [],
  inline: [],
  profiles: [],
};

describe('create-service-roles', () => {
  const aws = (name: string) => `arn:aws:iam::aws:policy/${name}`;
  const server: Role = {
    ...ROLE,
    trust: trusting({ Service: 'ec2.amazonaws.com' }),
    attached: [aws('AmazonSSMManagedInstanceCore')],
    profiles: ['p'],
  };
  const lambda: Role = {
    ...ROLE,
    trust: trusting({ Service: 'lambda.amazonaws.com' }),
    attached: [aws('service-role/AWSLambdaBasicExecutionRole')],
  };

  test.each<[string, Partial<Role>, RegExp]>([
    ['trusts nobody', { trust: [] }, /does not trust ec2/],
    [
      'trusts two',
      { trust: trusting({ Service: ['ec2.amazonaws.com', 'lambda.amazonaws.com'] }) },
      /one role for one service/,
    ],
    ['may nothing', { attached: [] }, /has none \| it is one of the policies that AWS keeps/],
    ['may everything', { attached: [...server.attached, aws('AdministratorAccess')] }, /whoever breaks into it/],
    ['no boundary', { boundary: undefined }, /boundary/],
    ['no profile', { profiles: [] }, /is in none \| .*profile carries the role/],
  ])('%s', (_, mistake, told) => {
    expect(says('create-service-roles', [{ ...server, ...mistake }, lambda])).toMatch(told);
  });

  test('both are asked for', () => {
    expect(says('create-service-roles', [server])).toMatch(/does not trust lambda/);
    expect(says('create-service-roles', [])).toMatch(/no role has its name/);
    expect(check('create-service-roles', [server, lambda]).status).toBe('passed');
  });
});

describe('trust-another-account', () => {
  const root = { AWS: 'arn:aws:iam::111122223333:root' };
  const said = { StringEquals: { 'sts:ExternalId': 'word' } };
  const good: Role = { ...ROLE, trust: trusting(root, said) };

  test.each<[string, Partial<Role>, RegExp]>([
    ['nobody', { trust: [] }, /no role of the run trusts an account/],
    ['everybody', { trust: trusting('*', said) }, /anybody with an AWS account/],
    ['everybody, in a list', { trust: trusting({ AWS: ['*'] }, said) }, /anybody with an AWS account/],
    ['two accounts', { trust: trusting({ AWS: ['111122223333', '444455556666'] }, said) }, /one role for one partner/],
    ['no word', { trust: trusting(root) }, /without one/],
    [
      'a word if any',
      { trust: trusting(root, { StringEqualsIfExists: { 'sts:ExternalId': 'word' } }) },
      /IfExists would let in/,
    ],
    ['any word', { trust: trusting(root, { StringLike: { 'sts:ExternalId': '*' } }) }, /a part of it/],
    ['a second door', { trust: [...good.trust, ...trusting(root)] }, /one role for one partner/],
    ['all day', { longestSession: 43200 }, /43200 s/],
    [
      'for administrators',
      { attached: ['arn:aws:iam::aws:policy/AdministratorAccess'] },
      /administrators|breaks into it/,
    ],
    ['no boundary', { boundary: undefined }, /boundary/],
  ])('%s', (_, mistake, told) => {
    expect(says('trust-another-account', [{ ...good, ...mistake }])).toMatch(told);
  });

  test('one account with its word, by number too', () => {
    expect(check('trust-another-account', [good]).status).toBe('passed');
    expect(check('trust-another-account', [{ ...good, trust: trusting({ AWS: '111122223333' }, said) }]).status).toBe(
      'passed',
    );
  });
});

describe('federate-identities', () => {
  const OIDC = 'arn:aws:iam::1:oidc-provider/id.example.com';
  const SAML = 'arn:aws:iam::1:saml-provider/idp';
  const subject = { 'id.example.com:sub': 'repo:a/b:ref:refs/heads/main' };
  const audience = { 'id.example.com:aud': 'sts.amazonaws.com' };
  const workflow = (Condition: unknown, more: Partial<Role> = {}): Role => ({
    ...ROLE,
    name: 'workflow',
    trust: trusting({ Federated: OIDC }, Condition, 'sts:AssumeRoleWithWebIdentity'),
    ...more,
  });
  const person = (StringEquals: unknown): Role => ({
    ...ROLE,
    name: 'person',
    trust: trusting({ Federated: SAML }, { StringEquals }, 'sts:AssumeRoleWithSAML'),
  });
  const exact = workflow({ StringEquals: { ...audience, ...subject } });
  const someone = person({ 'SAML:aud': 'https://signin.aws.amazon.com/saml', 'SAML:sub': 'nobody' });
  const found = (roles: readonly Role[], more: Partial<Federation> = {}): Federation => ({
    roles,
    saml: [SAML],
    oidc: [{ arn: OIDC, issuer: 'id.example.com', audiences: ['sts.amazonaws.com'] }],
    ...more,
  });

  test.each<[string, Federation, RegExp]>([
    ['no role', found([someone]), /OpenID Connect|there is none/],
    ['no provider', found([exact, someone], { oidc: [] }), /there is none/],
    ['no subject', found([workflow({ StringEquals: audience }), someone]), /no condition on id.example.com:sub/],
    [
      'a wildcard',
      found([workflow({ StringEquals: audience, StringLike: { 'id.example.com:sub': 'repo:a/*' } }), someone]),
      /a wildcard/,
    ],
    [
      'a subject if any',
      found([workflow({ StringEquals: audience, StringEqualsIfExists: subject }), someone]),
      /no condition on id.example.com:sub/,
    ],
    ['no audience', found([workflow({ StringEquals: subject }), someone]), /made for somebody else/],
    [
      'an audience that the provider does not know',
      found([exact, someone], { oidc: [{ arn: OIDC, issuer: 'id.example.com', audiences: [] }] }),
      /its provider does not know it/,
    ],
    [
      'rights',
      found([workflow({ StringEquals: { ...audience, ...subject } }, { inline: ['all'] }), someone]),
      /about the door/,
    ],
    ['no SAML', found([exact]), /metadata of your identity provider/],
    [
      'everybody of the SAML provider',
      found([exact, person({ 'SAML:aud': 'https://signin.aws.amazon.com/saml' })]),
      /SAML:sub/,
    ],
  ])('%s', (_, observed, told) => {
    expect(says('federate-identities', observed)).toMatch(told);
  });

  test('both doors, and nothing behind them', () => {
    expect(check('federate-identities', found([exact, someone])).status).toBe('passed');
  });
});
