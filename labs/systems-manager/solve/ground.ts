// What the solutions stand on: a machine that is online, documents and roles that say what they should.

import {
  AssociateIamInstanceProfileCommand,
  EC2Client,
  RebootInstancesCommand,
  StartInstancesCommand,
} from '@aws-sdk/client-ec2';
import {
  CreateDocumentCommand,
  DescribeDocumentCommand,
  type DocumentType,
  GetDocumentCommand,
  InvalidDocument,
  SSMClient,
  UpdateDocumentCommand,
  UpdateDocumentDefaultVersionCommand,
} from '@aws-sdk/client-ssm';
import { type Aws, type RunScope, WorklabError, waitUntil } from '../../../lib/kit';
import { type Node, nodes } from '../observe/nodes';

/** Seconds: an agent that found no credentials tries again within five minutes, or at the next boot. */
const A_REPORT = 600;

/** The lab's machine, online: started, given its profile, waited for. */
export async function onlineNode(aws: Aws, scope: RunScope): Promise<Node> {
  const node = await theNode(aws, scope);
  if (node.ping === 'Online') return node;
  const client = aws.client(EC2Client);
  if (node.state === 'stopped') await client.send(new StartInstancesCommand({ InstanceIds: [node.id] }));
  if (node.profile === undefined) {
    const IamInstanceProfile = { Name: `${scope.prefix}-managed` };
    await client.send(new AssociateIamInstanceProfileCommand({ InstanceId: node.id, IamInstanceProfile }));
    if (node.state === 'running') await client.send(new RebootInstancesCommand({ InstanceIds: [node.id] }));
  }
  let seen: Node | undefined;
  await waitUntil(aws, { for: `${node.id} to be online in Systems Manager`, seconds: A_REPORT }, async () => {
    seen = (await nodes(aws, scope)).find(({ id, ping }) => id === node.id && ping === 'Online');
    return seen !== undefined;
  });
  return seen ?? node;
}

async function theNode(aws: Aws, scope: RunScope): Promise<Node> {
  const found = await nodes(aws, scope);
  const name = `${scope.prefix}-managed`;
  const node = found.find(({ tags }) => tags.Name === name) ?? found[0];
  if (node !== undefined) return node;
  throw new WorklabError('usage/invalid', {
    what: `the machine of run ${scope.run} is not there`,
    fix: 'deploy the lab again: the exercises stand on it',
  });
}

export const tagsOf = ({ tag }: RunScope): { Key: string; Value: string }[] => [{ Key: tag.key, Value: tag.value }];

/** A document of the run with this content, its default version: made, or changed where there is one of the name. */
export async function document(
  aws: Aws,
  scope: RunScope,
  { thing, type, content }: { readonly thing: string; readonly type: DocumentType; readonly content: object },
): Promise<string> {
  const client = aws.client(SSMClient);
  const Name = `${scope.prefix}-${thing}`;
  const Content = JSON.stringify(content);
  const there = await contentOf(client, Name);
  if (there === Content) return Name;
  if (there !== undefined) {
    const changed = { Name, Content, DocumentFormat: 'JSON', DocumentVersion: '$LATEST' } as const;
    const { DocumentDescription } = await client.send(new UpdateDocumentCommand(changed));
    const DocumentVersion = DocumentDescription?.DocumentVersion;
    await client.send(new UpdateDocumentDefaultVersionCommand({ Name, DocumentVersion }));
  } else {
    const Tags = tagsOf(scope);
    await client.send(new CreateDocumentCommand({ Name, Content, DocumentType: type, DocumentFormat: 'JSON', Tags }));
  }
  await waitUntil(aws, { for: `the document ${Name} to be active`, seconds: 60 }, async () => {
    const { Document } = await client.send(new DescribeDocumentCommand({ Name }));
    return Document?.Status === 'Active';
  });
  return Name;
}

/** What a document says, its spaces left out; undefined where there is none of the name. */
async function contentOf(client: SSMClient, Name: string): Promise<string | undefined> {
  try {
    const { Content = '' } = await client.send(new GetDocumentCommand({ Name }));
    return compact(Content);
  } catch (error) {
    if (error instanceof InvalidDocument) return undefined;
    throw error;
  }
}

function compact(content: string): string {
  try {
    return JSON.stringify(JSON.parse(content));
  } catch {
    return content;
  }
}
