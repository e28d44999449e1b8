// Parameters, and a runbook with its role.

import { randomBytes } from 'node:crypto';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  DeleteParameterCommand,
  InvalidAutomationExecutionParametersException,
  PutParameterCommand,
  type PutParameterCommandInput,
  SSMClient,
  StartAutomationExecutionCommand,
} from '@aws-sdk/client-ssm';
import { type Aws, meets, type RunScope, waitUntil } from '../../../lib/kit';
import { AUTOMATED } from '../demands';
import { restartRunbook } from '../documents';
import { HOSTS, HOSTS_VALUE, LOG_LEVEL, PASSWORD } from '../facts';
import { type Runbook, runbooks } from '../observe/automation';
import { type Parameter, parameters } from '../observe/parameters';
import { mayRestart, trustedBy } from '../policies';
import { document, onlineNode, tagsOf } from './ground';

const LEVELS = '^(debug|info|warning|error)$';

export async function configure(aws: Aws, scope: RunScope): Promise<void> {
  const seen = new Map((await parameters(aws, scope)).map((one) => [one.name, one]));
  const level = seen.get(LOG_LEVEL);
  if (level?.pattern === undefined || level.type !== 'String' || !new RegExp(LEVELS).test(level.value ?? '')) {
    await put(aws, scope, level, { Name: LOG_LEVEL, Type: 'String', Value: 'info', AllowedPattern: LEVELS });
  }
  const hosts = seen.get(HOSTS);
  if (hosts?.type !== 'StringList' || (hosts.value ?? '').split(',').length < 2) {
    await put(aws, scope, hosts, { Name: HOSTS, Type: 'StringList', Value: HOSTS_VALUE });
  }
  const password = seen.get(PASSWORD);
  if (password?.type !== 'SecureString') {
    // Known to nobody: it goes into the request, which is encrypted, and nowhere else.
    const Value = randomBytes(24).toString('base64url');
    await put(aws, scope, password, { Name: PASSWORD, Type: 'SecureString', Value });
  }
}

/** A type or a tier cannot be changed: what has another is deleted first. */
async function put(
  aws: Aws,
  scope: RunScope,
  there: Parameter | undefined,
  said: PutParameterCommandInput,
): Promise<void> {
  const client = aws.client(SSMClient);
  const Name = `/${scope.prefix}/app/${said.Name}`;
  const isOther = there !== undefined && (there.type !== said.Type || there.tier === 'Advanced');
  if (isOther) await client.send(new DeleteParameterCommand({ Name }));
  const again = there !== undefined && !isOther;
  await client.send(
    new PutParameterCommand({
      ...said,
      Name,
      Tier: 'Standard',
      ...(again ? { Overwrite: true } : { Tags: tagsOf(scope) }),
    }),
  );
}

export async function automate(aws: Aws, scope: RunScope): Promise<void> {
  const isFit = (one: Runbook): boolean => meets(one, AUTOMATED);
  const isDone = (one: Runbook): boolean => isFit(one) && one.executions.some(({ status }) => status === 'Success');
  const found = await runbooks(aws, scope);
  if (found.some(isDone)) return;
  const DocumentName = found.find(isFit)?.name ?? (await write(aws, scope));
  const node = await onlineNode(aws, scope);
  await start(aws, DocumentName, node.id);
  await waitUntil(aws, { for: `${DocumentName} to succeed`, seconds: 600 }, async () => {
    const now = (await runbooks(aws, scope)).find(({ name }) => name === DocumentName);
    const [newest] = now?.executions ?? [];
    if (newest !== undefined && ['Failed', 'TimedOut', 'Cancelled'].includes(newest.status)) {
      throw new Error(`${DocumentName} ended ${newest.status}: ${newest.failure ?? ''}`);
    }
    return newest?.status === 'Success';
  });
  // Its agent reports again after the restart; who comes next may count on it.
  await onlineNode(aws, scope);
}

async function write(aws: Aws, scope: RunScope): Promise<string> {
  const arn = await role(aws, scope);
  return document(aws, scope, { thing: 'restart', type: 'Automation', content: restartRunbook(arn) });
}

async function role(aws: Aws, scope: RunScope): Promise<string> {
  const client = aws.client(IAMClient);
  const RoleName = `${scope.prefix}-automation`;
  const trust = JSON.stringify(trustedBy('ssm.amazonaws.com'));
  try {
    await client.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust, Tags: tagsOf(scope) }));
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'EntityAlreadyExistsException') throw error;
    await client.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: trust }));
  }
  const instances = `arn:aws:ec2:${aws.region}:${aws.account}:instance/*`;
  const PolicyDocument = JSON.stringify(mayRestart(instances, scope.tag));
  await client.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'restart', PolicyDocument }));
  return `arn:aws:iam::${aws.account}:role/${RoleName}`;
}

/** A new role cannot be taken on for some seconds. */
async function start(aws: Aws, DocumentName: string, id: string): Promise<void> {
  await waitUntil(aws, { for: `the role of ${DocumentName} to be known`, seconds: 60 }, async () => {
    try {
      const Parameters = { InstanceId: [id] };
      await aws.client(SSMClient).send(new StartAutomationExecutionCommand({ DocumentName, Parameters }));
      return true;
    } catch (error) {
      if (error instanceof InvalidAutomationExecutionParametersException) return false;
      throw error;
    }
  });
}
