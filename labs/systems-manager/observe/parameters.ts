// The run's configuration in Parameter Store. A secret's value is never asked for: it stays encrypted in the answer and is left there.

import { paginateDescribeParameters, paginateGetParametersByPath, SSMClient } from '@aws-sdk/client-ssm';
import { type Aws, collect, items, type RunScope } from '../../../lib/kit';

export interface Parameter {
  /** Its last part. */
  readonly name: string;
  readonly type: string;
  /** Of String and StringList. */
  readonly value?: string | undefined;
  readonly key?: string | undefined;
  readonly tier?: string | undefined;
  readonly pattern?: string | undefined;
}

export async function parameters(aws: Aws, { prefix }: RunScope): Promise<Parameter[]> {
  const client = aws.client(SSMClient);
  const Path = `/${prefix}/app`;
  const about = await collect(
    items(
      paginateDescribeParameters(
        { client },
        { ParameterFilters: [{ Key: 'Path', Option: 'Recursive', Values: [Path] }] },
      ),
      (page) => page.Parameters,
    ),
  );
  const values = await collect(
    items(
      paginateGetParametersByPath({ client }, { Path, Recursive: true, WithDecryption: false }),
      (page) => page.Parameters,
    ),
  );
  const said = new Map(values.map(({ Name, Value }) => [Name, Value]));
  return about.map(({ Name = '', Type = 'String', KeyId, Tier, AllowedPattern }) => ({
    name: Name.slice(Path.length + 1),
    type: Type,
    value: Type === 'SecureString' ? undefined : said.get(Name),
    key: KeyId,
    tier: Tier,
    pattern: AllowedPattern || undefined,
  }));
}
