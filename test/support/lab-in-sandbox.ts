// A lab that stands, all of it solved, in a sandbox of the test file's own; and what is changed behind worklab's back.

import { CloudFormationClient, CreateStackCommand, waitUntilStackCreateComplete } from '@aws-sdk/client-cloudformation';
import network from '../../labs/network/lab';
import { openForReading } from '../../lib/aws/door';
import type { Aws, Lab } from '../../lib/kit';
import { solve } from '../../lib/solve/solve';
import { verify } from '../../lib/verify/verify';
import { clientConfig, sessionAt } from './client-config';
import { SCOPE } from './fake-aws';
import { synthesizeLab } from './lab-templates';
import { INSTALL_TIMEOUT, sandboxForThisFile } from './sandbox';

export interface LabInSandbox {
  /** Of a client of the test's own. */
  readonly config: () => ReturnType<typeof clientConfig>;
  readonly eyes: () => Aws;
  /** Solves these exercises of the lab, by default all. */
  readonly solved: (...ids: readonly string[]) => ReturnType<typeof solve>;
  /** "passed", "failed" or "unknown". */
  readonly verdictOf: (id: string) => Promise<string | undefined>;
}

/** What a learner might do, and the exercise that has to notice. */
export interface Change {
  readonly fails: string;
  readonly change: () => Promise<unknown>;
  /** Takes away what the change left beside what was solved. */
  readonly after?: () => Promise<unknown>;
}

/** Deploys the network and the lab, in full and with every guarded exercise, and solves it, before the file's tests. */
export function labInSandbox(id: string, lab: Lab): LabInSandbox {
  jest.setTimeout(120_000);
  const sandbox = sandboxForThisFile();
  const config = () => clientConfig(sandbox().endpoint);
  const session = () => sessionAt(sandbox().endpoint);
  const eyes = () => openForReading(session());
  const allowed = new Set(lab.exercises.map((exercise) => exercise.id));
  const asked = (ids: readonly string[]) =>
    lab.exercises
      .filter((exercise) => ids.length === 0 || ids.includes(exercise.id))
      .map((exercise) => ({ lab: id, exercise }));
  const silent = { emit: () => {}, append: () => {} };
  const standing: LabInSandbox = {
    config,
    eyes,
    solved: (...ids) => solve(asked(ids), { session: session(), scope: SCOPE, form: 'full', allowed, ...silent }),
    verdictOf: async (one) => {
      const world = { aws: eyes(), scope: SCOPE, notEmulated: new Map(), emit: () => {} };
      return (await verify(asked([one]), world))[0]?.status;
    },
  };
  beforeAll(async () => {
    const client = new CloudFormationClient(config());
    await deployed(client, 'network', network, allowed);
    await deployed(client, id, lab, allowed);
    const { skipped } = await standing.solved();
    expect(skipped.filter(({ reason }) => !/^(?:a concept|not emulated)/.test(reason))).toEqual([]);
  }, INSTALL_TIMEOUT);
  return standing;
}

async function deployed(client: CloudFormationClient, id: string, lab: Lab, allowed: ReadonlySet<string>) {
  const StackName = `${SCOPE.prefix}-${id}`;
  const { templates } = await synthesizeLab(id, lab, 'full', { allowed });
  const Tags = [{ Key: SCOPE.tag.key, Value: SCOPE.tag.value }];
  const TemplateBody = JSON.stringify(templates[id]);
  await client.send(new CreateStackCommand({ StackName, TemplateBody, Tags, Capabilities: ['CAPABILITY_NAMED_IAM'] }));
  await waitUntilStackCreateComplete({ client, minDelay: 1, maxDelay: 2, maxWaitTime: 60 }, { StackName });
}

/** A test for each: the check passes, fails after the change, and passes again when worklab has solved it. */
export function testChanges({ verdictOf, solved }: LabInSandbox, changes: Readonly<Record<string, Change>>): void {
  test.each(Object.entries(changes))('%s: passed, failed, then solved and passed', async (_, one) => {
    const before = await verdictOf(one.fails);

    await one.change();
    const changed = await verdictOf(one.fails);
    const { skipped } = await solved(one.fails);
    const again = await verdictOf(one.fails);
    await one.after?.();

    expect([before, changed, skipped, again]).toEqual(['passed', 'failed', [], 'passed']);
  });
}
