// Facts that the stack makes and the checks look for, said once. Plain data, so that reading it loads nothing.

import type { RunScope } from '../../lib/kit';

/** IAM is one for all regions; CloudTrail and EventBridge tell of it in us-east-1 alone. */
export const HOME = 'us-east-1';

/** The path of everything of a run: its name in it, so that it is told apart by path as well as by name. */
export const pathOf = ({ prefix }: Pick<RunScope, 'prefix'>): string => `/${prefix}/`;

/** The bucket that the policies speak of. It need not be there: the simulator asks policies, not S3. */
export const notesOf = ({ prefix }: Pick<RunScope, 'prefix'>): string => `arn:aws:s3:::${prefix}-notes`;

/** The audience of a role that GitHub's workflows take on, and of one that a SAML provider's users do. */
export const OIDC_AUDIENCE = 'sts.amazonaws.com';
export const SAML_AUDIENCE = 'https://signin.aws.amazon.com/saml';

/**
 * GitHub's issuer with a run's name behind it, as GitHub gives one to an enterprise of its own
 * (https://docs.github.com/en/enterprise-cloud@latest/actions/reference/openid-connect-reference, 2026-11-22): an account has
 * one provider for an issuer, and the plain one may be somebody's.
 */
export const GITHUB = 'token.actions.githubusercontent.com';
export const issuerOf = ({ prefix }: Pick<RunScope, 'prefix'>): string => `${GITHUB}/${prefix}`;

/** Nobody's workflow: a name on GitHub has no two hyphens in a row. */
export const NOBODYS_WORKFLOW = 'repo:nobody--here/nothing:ref:refs/heads/main';

/** IAM takes GitHub's certificate by its own list of authorities; this is what GitHub published before it did. */
export const THUMBPRINT = '6938fd4d98bab03faadb97b34396831e3780aea1';

/** AWS's policies for a machine under Systems Manager and for a function that writes its log. */
export const SSM_CORE = 'AmazonSSMManagedInstanceCore';
export const BASIC_EXECUTION = 'service-role/AWSLambdaBasicExecutionRole';

/** What the account's password policy has to ask for. */
export const PASSWORDS = { MinimumPasswordLength: 14, PasswordReusePrevention: 24 } as const;

/** Days after which an access key is old. */
export const KEY_DAYS = 90;

/** What enrolling a device needs, and so what a policy that asks for MFA must leave alone. */
export const ENROLLING = [
  'iam:CreateVirtualMFADevice',
  'iam:EnableMFADevice',
  'iam:ListMFADevices',
  'iam:ListVirtualMFADevices',
  'iam:ResyncMFADevice',
] as const;
