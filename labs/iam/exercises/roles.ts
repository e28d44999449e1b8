// Exercises on roles: for services, for another account, for identities from elsewhere.

import { exercise, judge } from '../../../lib/kit';
import { CROSS_ACCOUNT, FEDERATED, FOR_EC2, FOR_LAMBDA, oidcRoles, samlRoles, trustsAccounts } from '../role-demands';
import { see } from '../see';
import { solveWith } from '../solutions';

const NO_ROLE = {
  expected: 'a role of this run',
  actual: 'no role has its name or its path',
  hint: 'begin its name with worklab-<run>-, or use the path /worklab-<run>/',
};

export const createServiceRoles = exercise({
  id: 'create-service-roles',
  rows: ['iam-4', 'iam-a1'],
  title: 'Create roles for services',
  kind: 'provision',
  asks: [
    'iam role aws service',
    'role aws service',
    'service role',
    'iam role ec2 lambda other aws service',
    'role lambda',
    'iam role',
    'vai trò dịch vụ',
    'role cho dịch vụ',
  ],
  task: [
    'The role `worklab-<run>-server` can be taken on by EC2 alone, has `AmazonSSMManagedInstanceCore`, and is in an instance',
    'profile. The role `worklab-<run>-function` can be taken on by Lambda alone and has `AWSLambdaBasicExecutionRole`. Both',
    'stand under the permissions boundary `worklab-<run>-boundary`.',
  ].join(' '),
  restsOn: ['AWS::IAM::Role', 'AWS::IAM::InstanceProfile'],
  observe: see.roles,
  check: (roles) => {
    const server = judge(roles, FOR_EC2, NO_ROLE);
    return server.status === 'passed' ? judge(roles, FOR_LAMBDA, NO_ROLE) : server;
  },
  solve: solveWith((solutions) => solutions.serviceRoles),
});

export const trustAnotherAccount = exercise({
  id: 'trust-another-account',
  rows: ['iam-7'],
  title: 'Let another account in through a role',
  kind: 'provision',
  asks: [
    'cross-account access role',
    'cross-account access',
    'cross account access',
    'access another account role',
    'trust policy',
    'cross-account access iam role trust policy',
    'truy cập chéo tài khoản',
    'liên tài khoản',
  ],
  task: [
    'The role `worklab-<run>-auditor` can be taken on by users and roles of one account (your own will do), who have to say',
    'the external id of the SSM parameter `/worklab-<run>/iam/external-id`. Its sessions last an hour at most, and it stands',
    'under the permissions boundary.',
  ].join(' '),
  restsOn: ['AWS::IAM::Role'],
  observe: see.roles,
  check: (roles) =>
    judge(roles.filter(trustsAccounts), CROSS_ACCOUNT, {
      ...NO_ROLE,
      expected: 'a role that an account is trusted with',
      actual: 'no role of the run trusts an account',
    }),
  solve: solveWith((solutions) => solutions.auditor),
});

export const federateIdentities = exercise({
  id: 'federate-identities',
  rows: ['iam-8'],
  title: 'Let identities from elsewhere in',
  kind: 'provision',
  asks: [
    'iam identity federation',
    'identity federation',
    'federation saml oidc',
    'identity federation saml oidc',
    'saml',
    'oidc',
    'liên kết danh tính',
  ],
  task: [
    'A SAML provider and an OpenID Connect provider (GitHub’s, for example) are in the account, and a role of the run trusts',
    'each: with the exact audience and the exact subject as conditions, and without any permissions. An account has one',
    'provider for an issuer: where GitHub’s is there already, use it, or the issuer',
    '`token.actions.githubusercontent.com/worklab-<run>`.',
  ].join(' '),
  restsOn: ['AWS::IAM::SAMLProvider', 'AWS::IAM::OIDCProvider', 'AWS::IAM::Role'],
  observe: see.federation,
  check: (found) => {
    const oidc = judge(oidcRoles(found), FEDERATED, {
      expected: 'a role of the run that trusts an OpenID Connect provider of the account',
      actual: 'there is none',
      hint: 'the principal of its trust policy is { "Federated": the ARN of the provider }',
    });
    if (oidc.status !== 'passed') return oidc;
    return judge(samlRoles(found), FEDERATED, {
      expected: 'a role of the run that trusts a SAML provider of the account',
      actual: 'there is none',
      hint: 'the provider is made of the metadata of your identity provider',
    });
  },
  solve: solveWith((solutions) => solutions.federation),
});
