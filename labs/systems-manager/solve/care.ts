// The patch baseline, the maintenance window, and compliance after a drift.

import { CreateTagsCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  CreateMaintenanceWindowCommand,
  CreatePatchBaselineCommand,
  type PatchRuleGroup,
  PutComplianceItemsCommand,
  RegisterPatchBaselineForPatchGroupCommand,
  RegisterTargetWithMaintenanceWindowCommand,
  RegisterTaskWithMaintenanceWindowCommand,
  SendCommandCommand,
  SSMClient,
  StartAssociationsOnceCommand,
  UpdateMaintenanceWindowCommand,
  UpdatePatchBaselineCommand,
  waitUntilCommandExecuted,
} from '@aws-sdk/client-ssm';
import { type Aws, meets, patience, type RunScope, waitUntil } from '../../../lib/kit';
import { WATCHED } from '../demands';
import { PATCHED, WINDOWED } from '../demands-care';
import { driftType, OPERATING_SYSTEM, PATCH_GROUP_TAG, SCAN, STATE_FILE } from '../facts';
import { associations } from '../observe/associations';
import { compliance } from '../observe/compliance';
import { type Patching, patching } from '../observe/patching';
import { windows } from '../observe/windows';
import { scan, state } from './associate';
import { onlineNode, tagsOf } from './ground';
import { newestRun } from './runs';

const RULES: PatchRuleGroup = {
  PatchRules: [
    {
      ApproveAfterDays: 0,
      ComplianceLevel: 'HIGH',
      PatchFilterGroup: {
        PatchFilters: [
          { Key: 'CLASSIFICATION', Values: ['Security'] },
          { Key: 'SEVERITY', Values: ['Critical', 'Important'] },
        ],
      },
    },
  ],
};

export async function patch(aws: Aws, scope: RunScope): Promise<void> {
  const node = await onlineNode(aws, scope);
  const look = async (): Promise<Patching | undefined> =>
    (await patching(aws, scope)).find((one) => one.node === node.id);
  const seen = await look();
  if (seen !== undefined && meets(seen, PATCHED)) return;
  const group = seen?.group ?? scope.prefix;
  if (seen?.group === undefined) {
    const Tags = [{ Key: PATCH_GROUP_TAG, Value: group }];
    await aws.client(EC2Client).send(new CreateTagsCommand({ Resources: [node.id], Tags }));
  }
  await baseline(aws, scope, group, seen);
  const scans = seen?.scans.some(({ operation, schedule }) => operation === 'Scan' && schedule !== undefined) ?? false;
  if (!scans) await scan(aws, scope, node.id);
}

async function baseline(aws: Aws, scope: RunScope, PatchGroup: string, seen: Patching | undefined): Promise<void> {
  const client = aws.client(SSMClient);
  const own = seen?.baseline?.groups.includes(PatchGroup) ? seen.baseline : undefined;
  if (own !== undefined) {
    await client.send(new UpdatePatchBaselineCommand({ BaselineId: own.id, ApprovalRules: RULES }));
    return;
  }
  const { BaselineId } = await client.send(
    new CreatePatchBaselineCommand({
      Name: `${scope.prefix}-baseline`,
      OperatingSystem: OPERATING_SYSTEM,
      ApprovalRules: RULES,
      Tags: tagsOf(scope),
    }),
  );
  await client.send(new RegisterPatchBaselineForPatchGroupCommand({ BaselineId, PatchGroup }));
}

export async function window(aws: Aws, scope: RunScope): Promise<void> {
  const node = await onlineNode(aws, scope);
  const found = await windows(aws, scope);
  if (found.some((one) => meets(one, WINDOWED))) return;
  const client = aws.client(SSMClient);
  const Schedule = 'cron(0 4 ? * SUN *)';
  const [there] = found;
  let WindowId = there?.id;
  if (WindowId === undefined) {
    const made = await client.send(
      new CreateMaintenanceWindowCommand({
        Name: `${scope.prefix}-window`,
        Schedule,
        Duration: 2,
        Cutoff: 1,
        AllowUnassociatedTargets: false,
        Tags: tagsOf(scope),
      }),
    );
    WindowId = made.WindowId;
  } else {
    await client.send(new UpdateMaintenanceWindowCommand({ WindowId, Enabled: true, Schedule }));
  }
  const Targets = [{ Key: 'InstanceIds', Values: [node.id] }];
  const target =
    there?.targets[0] ??
    (
      await client.send(
        new RegisterTargetWithMaintenanceWindowCommand({
          WindowId,
          ResourceType: 'INSTANCE',
          Targets,
          Name: `${scope.prefix}-target`,
        }),
      )
    ).WindowTargetId;
  await client.send(
    new RegisterTaskWithMaintenanceWindowCommand({
      WindowId,
      Name: `${scope.prefix}-scan`,
      TaskType: 'RUN_COMMAND',
      TaskArn: SCAN,
      Targets: [{ Key: 'WindowTargetIds', Values: [target ?? ''] }],
      MaxConcurrency: '1',
      MaxErrors: '1',
      TaskInvocationParameters: { RunCommand: { Parameters: { Operation: ['Scan'] }, TimeoutSeconds: 600 } },
    }),
  );
}

/** Breaks the state, says so, has it put right, and says that too. */
export async function comply(aws: Aws, scope: RunScope): Promise<void> {
  await state(aws, scope);
  const node = await onlineNode(aws, scope);
  if ((await compliance(aws, scope)).some((one) => meets(one, WATCHED))) return;
  const client = aws.client(SSMClient);
  const { Command } = await client.send(
    new SendCommandCommand({
      InstanceIds: [node.id],
      DocumentName: 'AWS-RunShellScript',
      Comment: `${scope.prefix}: drift`,
      Parameters: { commands: [`rm -f ${STATE_FILE}`] },
    }),
  );
  const sent = { CommandId: Command?.CommandId, InstanceId: node.id };
  await waitUntilCommandExecuted({ client, ...patience(aws, 180) }, sent);
  await put(aws, scope, node.id, 'NON_COMPLIANT');
  const own = (await associations(aws, scope)).associations.find(({ node: id, isOwn }) => id === node.id && isOwn);
  const AssociationId = own?.id ?? '';
  const before = await newestRun(aws, AssociationId);
  await client.send(new StartAssociationsOnceCommand({ AssociationIds: [AssociationId] }));
  await waitUntil(aws, { for: 'the association to run once more', seconds: 300 }, async () => {
    const newest = await newestRun(aws, AssociationId);
    return newest !== undefined && newest.id !== before?.id && newest.status === 'Success';
  });
  await put(aws, scope, node.id, 'COMPLIANT');
  await waitUntil(aws, { for: 'the compliance of the machine to be listed', seconds: 120 }, async () =>
    (await compliance(aws, scope)).some((one) => meets(one, WATCHED)),
  );
}

async function put(aws: Aws, { run }: RunScope, id: string, Status: 'COMPLIANT' | 'NON_COMPLIANT'): Promise<void> {
  await aws.client(SSMClient).send(
    new PutComplianceItemsCommand({
      ResourceId: id,
      ResourceType: 'ManagedInstance',
      ComplianceType: driftType(run),
      ExecutionSummary: { ExecutionTime: new Date() },
      Items: [{ Id: 'message-of-the-day', Title: STATE_FILE, Severity: 'MEDIUM', Status }],
    }),
  );
}
