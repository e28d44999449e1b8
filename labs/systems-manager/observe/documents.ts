// The run's own documents, with what they say.

import { type DocumentIdentifier, GetDocumentCommand, paginateListDocuments, SSMClient } from '@aws-sdk/client-ssm';
import { type Aws, collect, isMarked, items, type RunScope } from '../../../lib/kit';

export interface Document {
  readonly name: string;
  /** Systems Manager's own word: Command, Session, Automation … */
  readonly type: string;
  readonly status: string;
  /** undefined where it is not JSON: YAML is as good, and is not read here. */
  readonly content?: Readonly<Record<string, unknown>> | undefined;
}

export async function documents(aws: Aws, scope: RunScope, type: string): Promise<Document[]> {
  const found = await identifiers(aws, type);
  const own = found.filter(({ Name, Tags }) => isMarked(scope, { tags: Tags, names: [Name] }));
  return Promise.all(own.map(({ Name = '' }) => read(aws, Name)));
}

async function identifiers(aws: Aws, type: string): Promise<DocumentIdentifier[]> {
  const Filters = [
    { Key: 'Owner', Values: ['Self'] },
    { Key: 'DocumentType', Values: [type] },
  ];
  const pages = paginateListDocuments({ client: aws.client(SSMClient) }, { Filters });
  return collect(items(pages, (page) => page.DocumentIdentifiers));
}

async function read(aws: Aws, Name: string): Promise<Document> {
  const {
    DocumentType = '',
    Status,
    Content = '',
  } = await aws.client(SSMClient).send(new GetDocumentCommand({ Name }));
  return { name: Name, type: DocumentType, status: Status ?? 'unknown', content: parsed(Content) };
}

function parsed(content: string): Document['content'] {
  try {
    return JSON.parse(content) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
