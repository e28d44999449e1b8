// By which baseline the run's machines are judged, and what has them scanned.

import {
  DescribeInstancePatchStatesCommand,
  GetPatchBaselineCommand,
  GetPatchBaselineForPatchGroupCommand,
  type InstancePatchState,
  type PatchRule,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { type Aws, collect, items, onePage, type RunScope } from '../../../lib/kit';
import { OPERATING_SYSTEM, SCAN } from '../facts';
import { associations } from './associations';

export interface Rule {
  readonly classifications: readonly string[];
  readonly severities: readonly string[];
  /** Days after its release that a patch is approved; undefined where a date is set instead. */
  readonly days?: number | undefined;
}

export interface Baseline {
  readonly id: string;
  readonly name: string;
  readonly groups: readonly string[];
  readonly rules: readonly Rule[];
}

export interface Patching {
  readonly node: string;
  readonly group?: string | undefined;
  /** The one that is in force for the group; undefined where it is one that AWS provides. */
  readonly baseline?: Baseline | undefined;
  readonly scans: readonly {
    readonly operation: string;
    readonly schedule?: string | undefined;
    readonly status: string;
  }[];
  /** When its last scan ended, ISO 8601; undefined where none was reported. */
  readonly scanned?: string | undefined;
}

export async function patching(aws: Aws, scope: RunScope): Promise<Patching[]> {
  const found = await associations(aws, scope);
  const states = await patchStates(
    aws,
    found.nodes.map(({ id }) => id),
  );
  return Promise.all(
    found.nodes.map(async ({ id, patchGroup }) => ({
      node: id,
      group: patchGroup,
      baseline: patchGroup === undefined ? undefined : await baselineOf(aws, patchGroup),
      scans: found.associations
        .filter(({ node, document }) => node === id && document === SCAN)
        .map(({ parameters, schedule, status }) => ({
          operation: parameters.Operation?.[0] ?? '',
          schedule,
          status,
        })),
      scanned: states.find(({ InstanceId }) => InstanceId === id)?.OperationEndTime?.toISOString(),
    })),
  );
}

async function baselineOf(aws: Aws, PatchGroup: string): Promise<Baseline | undefined> {
  const client = aws.client(SSMClient);
  const inForce = await client.send(
    new GetPatchBaselineForPatchGroupCommand({ PatchGroup, OperatingSystem: OPERATING_SYSTEM }),
  );
  // AWS's own are named by ARN.
  if (inForce.BaselineId === undefined || inForce.BaselineId.startsWith('arn:')) return undefined;
  const shown = await client.send(new GetPatchBaselineCommand({ BaselineId: inForce.BaselineId }));
  return {
    id: inForce.BaselineId,
    name: shown.Name ?? '',
    groups: shown.PatchGroups ?? [],
    rules: (shown.ApprovalRules?.PatchRules ?? []).map(ruleOf),
  };
}

function ruleOf({ PatchFilterGroup, ApproveAfterDays }: PatchRule): Rule {
  const valuesOf = (key: string): string[] =>
    (PatchFilterGroup?.PatchFilters ?? []).filter(({ Key }) => Key === key).flatMap(({ Values = [] }) => Values);
  return { classifications: valuesOf('CLASSIFICATION'), severities: valuesOf('SEVERITY'), days: ApproveAfterDays };
}

/** Fifty machines at most are asked for at once, which a run has not. */
async function patchStates(aws: Aws, InstanceIds: string[]): Promise<InstancePatchState[]> {
  if (InstanceIds.length === 0) return [];
  const answer = aws.client(SSMClient).send(new DescribeInstancePatchStatesCommand({ InstanceIds, MaxResults: 100 }));
  return collect(items(onePage(answer), (page) => page.InstancePatchStates));
}
