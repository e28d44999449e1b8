// What the exercises ask of groups, users, keys and guardrails. Read by the checks, and by the solutions, which leave alone
// what already meets them. Pure.

import type { Demand } from '../../lib/kit';
import { KEY_DAYS, PASSWORDS } from './facts';
import type { Credentials } from './observe/account';
import type { Rotation } from './observe/history';
import type { ControlPolicy } from './observe/organization';
import type { Group, User } from './observe/people';
import type { Narrowed, Rights, SecondFactor } from './observe/rights';

const namesOf = (users: readonly User[]): string => users.map(({ name }) => name).join(', ');

export const PEOPLE: readonly Demand<Group>[] = [
  {
    expected: 'a group with two users of the run in it',
    met: ({ members }) => members.length >= 2,
    actual: ({ name, members }) => `${name} has ${members.length === 0 ? 'none' : namesOf(members)}`,
    hint: 'a user is made first and put into a group second: making it does neither',
  },
  {
    expected: 'users under a permissions boundary',
    met: ({ members }) => members.every(({ boundary }) => boundary !== undefined),
    actual: ({ members }) => `${namesOf(members.filter(({ boundary }) => boundary === undefined))} has none`,
    hint: "the run's own is named worklab-<run>-boundary; it is set on a user, not attached to it",
  },
  {
    expected: 'users that have their rights from the group alone',
    met: ({ members }) => members.every(({ policies }) => policies.length === 0),
    actual: ({ members }) =>
      members.flatMap(({ name, policies }) => policies.map((policy) => `${policy} is on ${name} itself`)).join(', '),
    hint: 'a policy on a user is forgotten when the person changes jobs: the group is the place for it',
  },
  {
    expected: 'users without a password for the console',
    met: ({ members }) => members.every(({ hasPassword }) => !hasPassword),
    actual: ({ members }) => `${namesOf(members.filter(({ hasPassword }) => hasPassword))} can log in to the console`,
    hint: 'nobody is meant to log in as these users: take the login profile away',
  },
];

type Member = NonNullable<Rights['member']>;

const tried = (
  expected: string,
  what: (member: Member) => string,
  allowed: boolean,
  question: string,
  hint: string,
): Demand<Rights> => ({
  expected,
  met: ({ member }) => member !== undefined && (what(member) === 'allowed') === allowed,
  actual: ({ group, member }) =>
    member === undefined
      ? `${group} has no user of the run to try it with`
      : `${member.name} ${question}: ${what(member)}`,
  hint,
});

export const RIGHTS: readonly Demand<Rights>[] = [
  {
    expected: 'a managed policy of your own on a group of the run',
    met: ({ managed }) => managed.length > 0,
    actual: ({ group }) => `${group} has none`,
    hint: "AWS's own policies are wide: make one of your own and attach it to the group",
  },
  {
    expected: 'no policy that allows every action, or every action of a service',
    met: ({ managed }) => managed.every(({ wild }) => wild.length === 0),
    actual: ({ managed }) => managed.flatMap(({ name, wild }) => wild.map((one) => `${name} allows ${one}`)).join(', '),
    hint: 'name the actions that the work needs; "s3:*" includes deleting the bucket',
  },
  {
    expected: 'an inline policy on the group',
    met: ({ inline }) => inline.length > 0,
    actual: ({ group }) => `${group} has none`,
    hint: 'an inline policy lives and goes with its group: good for what nobody else shall have',
  },
  tried(
    'a member that may read its own notes',
    ({ own }) => own,
    true,
    'reading a note of its own, over TLS and with MFA',
    'try it with the policy simulator: the boundary has to allow it as well, and the variable is called aws:username',
  ),
  tried(
    "a member that may not read somebody else's notes",
    ({ others }) => others,
    false,
    "reading somebody else's note",
    'the resource has to hold the name of the one who asks: there is a policy variable for it',
  ),
  tried(
    'a member that may not read without TLS',
    ({ plain }) => plain,
    false,
    'reading a note of its own without TLS',
    'the condition key is aws:SecureTransport',
  ),
  tried(
    'a member that may not make users',
    ({ beyond }) => beyond,
    false,
    'making a user',
    'neither the policies nor the boundary of a learner give rights over IAM',
  ),
  {
    expected: 'a member under a permissions boundary',
    met: ({ member }) => member?.bounded === true,
    actual: ({ member }) => `${member?.name} has none`,
    hint: 'the boundary holds whatever policy somebody attaches later',
  },
];

export const SECOND_FACTOR: readonly Demand<SecondFactor>[] = [
  {
    expected: 'a user of the run with an MFA device',
    met: ({ devices }) => devices.length > 0,
    actual: ({ user }) => `${user} has none`,
    hint: 'a virtual device is made, and then enabled for a user with two codes in a row',
  },
  {
    expected: 'a policy that denies what is done without a second factor',
    met: ({ without }) => without === 'explicitDeny',
    actual: ({ user, without }) => `${user} reading a note without MFA: ${without}`,
    hint: 'a Deny with a condition on aws:MultiFactorAuthPresent; a request with an access key does not have that key: mind IfExists',
  },
  {
    expected: 'enrolling a device left possible without one',
    met: ({ enrolling }) => enrolling !== 'explicitDeny',
    actual: ({ user }) => `${user} enabling a device without MFA: explicitDeny`,
    hint: 'who has no device yet can only get one without it: NotAction names what the Deny leaves alone',
  },
  {
    expected: 'nothing denied to who has a second factor',
    met: ({ withIt }) => withIt !== 'explicitDeny',
    actual: ({ user }) => `${user} reading a note with MFA: explicitDeny`,
    hint: 'the Deny shall hold while the second factor is missing, not always',
  },
];

type Passwords = NonNullable<Credentials['passwords']>;

export const PASSWORD: readonly Demand<Passwords>[] = [
  {
    expected: `passwords of ${PASSWORDS.MinimumPasswordLength} characters at least`,
    met: ({ MinimumPasswordLength = 0 }) => MinimumPasswordLength >= PASSWORDS.MinimumPasswordLength,
    actual: ({ MinimumPasswordLength }) => `${MinimumPasswordLength} are enough`,
    hint: "AWS's own default is eight",
  },
  {
    expected: 'upper case, lower case, digits and symbols',
    met: (one) =>
      [one.RequireUppercaseCharacters, one.RequireLowercaseCharacters, one.RequireNumbers, one.RequireSymbols].every(
        Boolean,
      ),
    actual: () => 'not all four are asked for',
    hint: 'an update sets what it does not name back to its default: name all of them at once',
  },
  {
    expected: `the last ${PASSWORDS.PasswordReusePrevention} passwords not taken again`,
    met: ({ PasswordReusePrevention = 0 }) => PasswordReusePrevention >= PASSWORDS.PasswordReusePrevention,
    actual: ({ PasswordReusePrevention }) => `${PasswordReusePrevention ?? 'none'} remembered`,
    hint: 'it is called password reuse prevention',
  },
  {
    expected: 'users that may change their own password',
    met: ({ AllowUsersToChangePassword }) => AllowUsersToChangePassword === true,
    actual: () => 'they may not',
    hint: 'else somebody else knows every password',
  },
];

const active = ({ keys }: User) => keys.filter((key) => key.active);
const ageInDays = (created: string, now: string): number => (Date.parse(now) - Date.parse(created)) / 86_400_000;

export const keyDemands = (now: string): readonly Demand<User>[] => [
  {
    expected: 'a user of the run with an active access key',
    met: (user) => active(user).length > 0,
    actual: ({ name, keys }) => `${name} has ${keys.length === 0 ? 'none' : 'inactive ones only'}`,
    hint: 'a program outside AWS signs its requests with one; inside AWS it takes on a role instead',
  },
  {
    expected: 'one active key, no more',
    met: (user) => active(user).length === 1,
    actual: (user) => `${user.name} has ${active(user).length}`,
    hint: 'two are there for the time of a rotation only',
  },
  {
    expected: `a key younger than ${KEY_DAYS} days`,
    met: (user) => active(user).every(({ created }) => ageInDays(created, now) < KEY_DAYS),
    actual: ({ name }) => `that of ${name} is older`,
    hint: 'a key does not expire: somebody has to change it',
  },
];

export const ROTATED: readonly Demand<Rotation>[] = [
  {
    expected: 'a user with one active access key',
    met: ({ user }) => active(user).length === 1,
    actual: ({ user }) => `${user.name} has ${active(user).length}`,
    hint: 'the new key is made before the old one is switched off; afterwards one is left',
  },
  {
    expected: 'an older key that is inactive or deleted',
    met: ({ user, deleted }) =>
      deleted || user.keys.some((old) => !old.active && active(user).some(({ created }) => created >= old.created)),
    actual: ({ user }) =>
      `${user.name} has only ever had the one key, as far as CloudTrail shows (it is up to 15 minutes late)`,
    hint: 'switch the old one off first: if something breaks it can be switched on again; then delete it',
  },
];

export const NARROWED: readonly Demand<Narrowed>[] = [
  {
    expected: 'a managed policy of the run whose default version is a later one',
    met: ({ version }) => version > 1,
    actual: ({ name, version }) => `${name} is still at version ${version}`,
    hint: 'a managed policy keeps five versions, and one of them is the default',
  },
  {
    expected: 'a policy that by itself allows reading a note of one’s own',
    met: ({ reads }) => reads === 'allowed',
    actual: ({ name, reads }) => `${name}: ${reads}`,
    hint: 'least privilege is enough for the work, not less',
  },
  {
    expected: 'a policy that allows neither writing nor deleting it',
    met: ({ writes, deletes }) => writes !== 'allowed' && deletes !== 'allowed',
    actual: ({ name, writes, deletes }) => `${name}: writing ${writes}, deleting ${deletes}`,
    hint: 'for a reader: take away what reading does not need',
  },
  {
    expected: 'no wildcard for all actions of a service',
    met: ({ wild }) => wild.length === 0,
    actual: ({ name, wild }) => `${name} allows ${wild.join(', ')}`,
    hint: 'name the actions',
  },
];

export const GUARDRAIL: readonly Demand<ControlPolicy>[] = [
  {
    expected: 'a service control policy that is attached',
    met: ({ targets }) => targets.length > 0,
    actual: ({ name }) => `${name} is attached to nothing`,
    hint: 'a policy does nothing until it is attached to a unit or an account',
  },
  {
    expected: 'one that is not attached to the root',
    met: ({ targets }) => !targets.includes('ROOT'),
    actual: ({ name }) => `${name} is attached to the root, and so to every account`,
    hint: 'try a guardrail on a unit without accounts first',
  },
  {
    expected: 'leaving the organization denied',
    met: ({ leaving }) => leaving === 'explicitDeny',
    actual: ({ name, leaving }) =>
      `under ${name}, where everything else is allowed, organizations:LeaveOrganization: ${leaving}`,
    hint: 'service control policies grant nothing; this one has to say Deny',
  },
  {
    expected: 'the rest left alone',
    met: ({ reading }) => reading === 'allowed',
    actual: ({ name, reading }) => `under ${name} s3:GetObject: ${reading}`,
    hint: 'deny the one action, not all of them',
  },
];
