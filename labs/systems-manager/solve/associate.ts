// Associations with the machine: its state, its inventory, its scan.

import {
  type AssociationComplianceSeverity,
  CreateAssociationCommand,
  SSMClient,
  UpdateAssociationCommand,
} from '@aws-sdk/client-ssm';
import { type Aws, meets, type RunScope, waitUntil } from '../../../lib/kit';
import { KEPT } from '../demands';
import { GATHERED } from '../demands-care';
import { STATE } from '../documents';
import { GATHER, SCAN } from '../facts';
import { associations } from '../observe/associations';
import { inventory as inventories } from '../observe/inventory';
import { document, onlineNode, tagsOf } from './ground';

interface Wanted {
  readonly thing: string;
  readonly document: string;
  readonly schedule: string;
  readonly parameters?: Readonly<Record<string, string[]>>;
}

/** Seconds: State Manager takes a minute to begin, an inventory up to five. */
const A_RUN = 420;

/** An association of the document with the machine: one that is there is changed, since a machine takes some of them once only. */
async function associate(aws: Aws, scope: RunScope, id: string, wanted: Wanted): Promise<void> {
  const client = aws.client(SSMClient);
  const said = {
    AssociationName: `${scope.prefix}-${wanted.thing}`,
    Targets: [{ Key: 'InstanceIds', Values: [id] }],
    ScheduleExpression: wanted.schedule,
    ComplianceSeverity: 'MEDIUM' as AssociationComplianceSeverity,
    Parameters: wanted.parameters,
  };
  const there = (await associations(aws, scope)).associations.find(
    ({ node, document: name }) => node === id && name === wanted.document,
  );
  if (there === undefined) {
    await client.send(new CreateAssociationCommand({ Name: wanted.document, ...said, Tags: tagsOf(scope) }));
  } else {
    await client.send(new UpdateAssociationCommand({ AssociationId: there.id, Name: wanted.document, ...said }));
  }
}

export async function state(aws: Aws, scope: RunScope): Promise<void> {
  const node = await onlineNode(aws, scope);
  const isDone = async () => (await associations(aws, scope)).associations.some((one) => meets(one, KEPT));
  if (await isDone()) return;
  const own = (await associations(aws, scope)).associations.some(
    ({ isOwn, schedule, severity }) => isOwn && schedule !== undefined && severity !== 'UNSPECIFIED',
  );
  if (!own) {
    const name = await document(aws, scope, { thing: 'state', type: 'Command', content: STATE });
    await associate(aws, scope, node.id, { thing: 'state', document: name, schedule: 'rate(30 minutes)' });
  }
  await waitUntil(aws, { for: 'the association to have run', seconds: A_RUN }, isDone);
}

export async function inventory(aws: Aws, scope: RunScope): Promise<void> {
  const node = await onlineNode(aws, scope);
  const isDone = async () => (await inventories(aws, scope)).some((one) => meets(one, GATHERED));
  if (await isDone()) return;
  const set = (await inventories(aws, scope)).some(({ gathering }) =>
    gathering.some(({ schedule }) => schedule !== undefined),
  );
  if (!set) {
    const parameters = { applications: ['Enabled'], networkConfig: ['Enabled'] };
    await associate(aws, scope, node.id, {
      thing: 'inventory',
      document: GATHER,
      schedule: 'rate(30 minutes)',
      parameters,
    });
  }
  await waitUntil(aws, { for: 'the inventory to be gathered', seconds: A_RUN }, isDone);
}

export async function scan(aws: Aws, scope: RunScope, id: string): Promise<void> {
  const parameters = { Operation: ['Scan'] };
  await associate(aws, scope, id, { thing: 'patch-scan', document: SCAN, schedule: 'rate(1 day)', parameters });
}
