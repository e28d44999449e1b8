// What the exercises ask of roles: whom they trust, under which conditions, and what they may do. Pure.

import type { Demand } from '../../lib/kit';
import { BASIC_EXECUTION, OIDC_AUDIENCE, SAML_AUDIENCE, SSM_CORE } from './facts';
import type { Federation, Role } from './observe/roles';
import { pinned, type Statement, trusted } from './policies';

const BOUNDED: Demand<Role> = {
  expected: 'a role under a permissions boundary',
  met: ({ boundary }) => boundary !== undefined,
  actual: ({ name }) => `${name} has none`,
  hint: "the run's own is named worklab-<run>-boundary",
};

const NOT_WIDE: Demand<Role> = {
  expected: 'no policy for administrators on it',
  met: ({ attached }) => !attached.some((arn) => /\/(AdministratorAccess|PowerUserAccess|IAMFullAccess)$/.test(arn)),
  actual: ({ name, attached }) => `${name} has ${attached.map((arn) => arn.split('/').pop()).join(', ')}`,
  hint: 'what runs on the machine has every right of its role: so has whoever breaks into it',
};

const forService = (service: string, policy: string): readonly Demand<Role>[] => [
  {
    expected: `a role that ${service} can take on`,
    met: ({ trust }) =>
      trusted(trust).some(({ kind, name }) => kind === 'Service' && name === `${service}.amazonaws.com`),
    actual: ({ name }) => `${name} does not trust ${service}.amazonaws.com`,
    hint: "whom a role trusts is its trust policy; a service's principal ends in .amazonaws.com",
  },
  {
    expected: 'and nobody else',
    met: ({ trust }) => trusted(trust).length === 1,
    actual: ({ name, trust }) =>
      `${name} trusts ${trusted(trust)
        .map((one) => one.name)
        .join(', ')}`,
    hint: 'one role for one service: its rights are what that service needs',
  },
  {
    expected: `the policy ${policy.split('/').pop()} attached`,
    met: ({ attached }) => attached.some((arn) => arn.endsWith(`:iam::aws:policy/${policy}`)),
    actual: ({ name, attached }) => `${name} has ${attached.map((arn) => arn.split('/').pop()).join(', ') || 'none'}`,
    hint: 'it is one of the policies that AWS keeps',
  },
  NOT_WIDE,
  BOUNDED,
];

export const FOR_EC2: readonly Demand<Role>[] = [
  ...forService('ec2', SSM_CORE),
  {
    expected: 'an instance profile with the role in it',
    met: ({ profiles }) => profiles.length > 0,
    actual: ({ name }) => `${name} is in none`,
    hint: 'a machine is given a profile, and the profile carries the role; the console makes one without saying so',
  },
];

export const FOR_LAMBDA: readonly Demand<Role>[] = forService('lambda', BASIC_EXECUTION);

// ------------------------------------------------------------------ another account

const ACCOUNT = /^(\d{12}|arn:aws[a-z-]*:iam::\d{12}:(root|user\/.+|role\/.+))$/;
const accountsOf = ({ trust }: Role): string[] =>
  trusted(trust).flatMap(({ kind, name }) => (kind === 'AWS' ? [name] : []));
const allowing = ({ trust }: Role): readonly Statement[] => trust.filter(({ allows }) => allows);

export const trustsAccounts = (role: Role): boolean => accountsOf(role).length > 0;

export const CROSS_ACCOUNT: readonly Demand<Role>[] = [
  {
    expected: 'a role that one account is trusted with, by its number',
    met: (role) => accountsOf(role).every((name) => ACCOUNT.test(name)),
    actual: (role) => `${role.name} trusts ${accountsOf(role).join(', ')}`,
    hint: 'with "*" as its principal, anybody with an AWS account may take it on',
  },
  {
    expected: 'one account, and nobody else',
    met: ({ trust }) => trusted(trust).length === 1,
    actual: ({ name, trust }) =>
      `${name} trusts ${trusted(trust)
        .map((one) => one.name)
        .join(', ')}`,
    hint: 'one role for one partner: so one of them can be turned away',
  },
  {
    expected: 'an external id that has to be said',
    met: (role) => allowing(role).every((statement) => pinned(statement, 'sts:ExternalId') !== undefined),
    actual: ({ name }) => `${name} can be taken on without one, or with a part of it`,
    hint: 'the condition key is sts:ExternalId, the operator StringEquals: IfExists would let in who says none',
  },
  {
    expected: 'sessions of an hour at most',
    met: ({ longestSession }) => longestSession <= 3600,
    actual: ({ name, longestSession }) => `those of ${name} may last ${longestSession} s`,
    hint: 'it is the maximum session duration of the role',
  },
  NOT_WIDE,
  BOUNDED,
];

// ------------------------------------------------------------------ identity providers

/** A role that trusts an identity provider of the account. */
export interface FederatedRole {
  readonly role: Role;
  readonly provider: string;
  /** How the provider's condition keys begin: "SAML", or the issuer. */
  readonly keys: string;
  /** What the audience has to be. */
  readonly audience: string;
  /** Does the provider know that audience? SAML's is AWS's own. */
  readonly known: boolean;
}

const federated = (role: Role): string[] =>
  trusted(role.trust).flatMap(({ kind, name }) => (kind === 'Federated' ? [name] : []));

export const samlRoles = ({ roles, saml }: Federation): FederatedRole[] =>
  roles.flatMap((role) =>
    federated(role)
      .filter((arn) => saml.includes(arn))
      .map((provider) => ({ role, provider, keys: 'SAML', audience: SAML_AUDIENCE, known: true })),
  );

export const oidcRoles = ({ roles, oidc }: Federation): FederatedRole[] =>
  roles.flatMap((role) =>
    oidc
      .filter(({ arn }) => federated(role).includes(arn))
      .map(({ arn, issuer, audiences }) => ({
        role,
        provider: arn,
        keys: issuer,
        audience: OIDC_AUDIENCE,
        known: audiences.includes(OIDC_AUDIENCE),
      })),
  );

const pins = (one: FederatedRole, claim: string): readonly (readonly string[] | undefined)[] =>
  allowing(one.role).map((statement) => pinned(statement, `${one.keys}:${claim}`));

export const FEDERATED: readonly Demand<FederatedRole>[] = [
  {
    expected: 'nobody trusted but the one provider',
    met: ({ role }) => trusted(role.trust).length === 1,
    actual: ({ role }) =>
      `${role.name} trusts ${trusted(role.trust)
        .map((one) => one.name)
        .join(', ')}`,
    hint: 'one role for one way in',
  },
  {
    expected: 'the exact audience',
    met: (one) => one.known && pins(one, 'aud').every((values) => values?.join() === one.audience),
    actual: ({ role, keys, audience }) =>
      `${role.name} does not ask that ${keys}:aud be ${audience}, or its provider does not know it`,
    hint: 'a token that was made for somebody else must not open this door',
  },
  {
    expected: 'the exact subject',
    met: (one) => pins(one, 'sub').every((values) => values !== undefined && values.length > 0),
    actual: ({ role, keys }) => `${role.name} has no condition on ${keys}:sub, or one with a wildcard`,
    hint: "without it every repository, or every person, of the provider may come in: StringEquals, and no '*'",
  },
  {
    expected: 'a role that may do nothing',
    met: ({ role }) => role.attached.length === 0 && role.inline.length === 0,
    actual: ({ role }) => `${role.name} has ${[...role.attached, ...role.inline].join(', ')}`,
    hint: 'this exercise is about the door, not about what lies behind it',
  },
];
