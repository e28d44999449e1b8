// Whatever carries the run's tag, for kinds that no sweeper lists itself.

import { type Sweeper, taggedArns } from '../../kit';

/**
 * Whatever the Resource Groups Tagging API knows under the run's tag, kinds aside that a sweeper lists itself: the API
 * goes on naming a deleted resource for a while (a terminated instance for about an hour), its own service does not.
 */
export const taggedSweeper = (covered: ReadonlySet<string>): Sweeper => ({
  kind: 'tag:resource',

  async *list(aws, scope) {
    for (const id of await taggedArns(aws, scope)) {
      if (!covered.has(kindOfArn(id))) yield { kind: kindOfArn(id), id };
    }
  },

  remove: async (_aws, { id, kind }) => {
    throw new Error(`no lab of this run knows how to remove ${kind}: delete ${id} by hand, then worklab destroy again`);
  },
});

/** What the ARN is of, where services leave the type out of it. */
const UNSAID: Readonly<Record<string, string>> = { s3: 'bucket', sns: 'topic', sqs: 'queue' };

/** "arn:aws:ec2:us-east-1:1:volume/vol-1" → "ec2:volume"; "arn:aws:s3:::name" → "s3:bucket", since sweepers say it so. */
export function kindOfArn(arn: string): string {
  const [, , service = '', , , ...rest] = arn.split(':');
  const type = /^([a-z][A-Za-z0-9-]*)[:/]/.exec(rest.join(':'))?.[1] ?? UNSAID[service];
  return type === undefined ? service : `${service}:${type}`;
}
