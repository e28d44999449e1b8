// What is looked at in an account before anything is made: through real clients, against recorded answers.

import { join } from 'node:path';
import { DescribeAccountAttributesCommand, DescribeAddressesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { GetRoleCommand, IAMClient, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import { mockClient } from 'aws-sdk-client-mock';
import { forbidden, preflight, refuseConcerns } from '../../lib/guard/preflight';
import { discoverLabs } from '../../lib/registry/discover';
import { fakeAws } from '../support/fake-aws';

const ARN = 'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/Learner';
const iam = mockClient(IAMClient);
const looks = async (id: string) =>
  (await discoverLabs(join(__dirname, '..', '..', 'labs'))
    .get(id)
    ?.preflight?.()) ?? [];
afterEach(() => iam.reset());

describe('what an organization forbids', () => {
  const results = (...rows: readonly [string, string, boolean?][]) => ({
    EvaluationResults: rows.map(([EvalActionName, EvalDecision, AllowedByOrganizations]) => ({
      EvalActionName,
      EvalDecision: EvalDecision as 'allowed',
      ...(AllowedByOrganizations === undefined ? {} : { OrganizationsDecisionDetail: { AllowedByOrganizations } }),
    })),
    IsTruncated: false,
  });

  test('is refused by name, of the role behind the session, over all pages', async () => {
    iam.on(GetRoleCommand, { RoleName: 'Learner' }).resolves({ Role: { Arn: ARN } as never });
    iam
      .on(SimulatePrincipalPolicyCommand)
      .resolvesOnce({ ...results(['ec2:RunInstances', 'allowed', true]), IsTruncated: true, Marker: 'a' })
      .resolvesOnce(results(['rds:CreateDBInstance', 'implicitDeny', false], ['ec2:CreateVpc', 'explicitDeny', true]));

    const caller = 'arn:aws:sts::111122223333:assumed-role/Learner/me';
    const concerns = await preflight(fakeAws(), [
      forbidden(caller, ['ec2:RunInstances', 'rds:CreateDBInstance', 'ec2:CreateVpc']),
    ]);

    expect(iam.commandCalls(SimulatePrincipalPolicyCommand)[0]?.args[0].input).toMatchObject({ PolicySourceArn: ARN });
    expect(concerns).toMatchObject([
      { level: 'stop', what: 'a policy of the organization (SCP) denies rds:CreateDBInstance' },
      { level: 'stop', what: 'a policy of your own denies ec2:CreateVpc' },
    ]);
    expect(() => refuseConcerns(concerns)).toThrow(expect.objectContaining({ code: 'account/not-ready', exitCode: 4 }));
  });

  test('what cannot be told without the names of the resources is not held against anybody', async () => {
    iam.on(SimulatePrincipalPolicyCommand).resolves(results(['ec2:RunInstances', 'implicitDeny']));

    expect(await preflight(fakeAws(), [forbidden('arn:aws:iam::111122223333:user/me', ['ec2:RunInstances'])])).toEqual(
      [],
    );
  });

  test('a look that is not allowed is told, and stops nobody', async () => {
    iam.on(SimulatePrincipalPolicyCommand).rejects(Object.assign(new Error('no'), { name: 'AccessDenied' }));

    const concerns = await preflight(fakeAws(), [forbidden('arn:aws:iam::111122223333:user/me', ['ec2:RunInstances'])]);

    expect(concerns).toMatchObject([
      { level: 'note', what: 'what the organization forbids could not be looked at: no' },
    ]);
    expect(() => refuseConcerns(concerns)).not.toThrow();
  });
});

describe('what the labs look at', () => {
  const ec2 = mockClient(EC2Client);
  afterEach(() => ec2.reset());

  test.each([
    [4, 'no concern', []],
    [5, 'a stop', [{ level: 'stop', what: 'us-east-1 holds 5 Elastic IP addresses, and the account may have 5' }]],
  ])('%i addresses of 5 are %s', async (held, _what, expected) => {
    ec2.on(DescribeAddressesCommand).resolves({ Addresses: Array.from({ length: held }, () => ({})) });
    ec2.on(DescribeAccountAttributesCommand).resolves({
      AccountAttributes: [{ AttributeName: 'vpc-max-elastic-ips', AttributeValues: [{ AttributeValue: '5' }] }],
    });

    expect(await preflight(fakeAws(), await looks('ec2'))).toMatchObject(expected);
  });
});
