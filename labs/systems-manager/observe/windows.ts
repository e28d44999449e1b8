// The run's maintenance windows: when they open, what they aim at, and what they do then.

import {
  GetMaintenanceWindowCommand,
  GetMaintenanceWindowTaskCommand,
  paginateDescribeMaintenanceWindows,
  paginateDescribeMaintenanceWindowTargets,
  paginateDescribeMaintenanceWindowTasks,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { type Aws, collect, isMarked, items, type RunScope } from '../../../lib/kit';
import { aimsAt, nodes, targetsOf } from './nodes';

export interface Task {
  readonly document: string;
  readonly type: string;
  readonly operation?: string | undefined;
  /** Does it run on a machine of the run? */
  readonly reaches: boolean;
}

export interface MaintenanceWindow {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly schedule: string;
  /** Hours. */
  readonly duration: number;
  readonly cutoff: number;
  /** Ids of its targets that name a machine of the run. */
  readonly targets: readonly string[];
  readonly tasks: readonly Task[];
}

export async function windows(aws: Aws, scope: RunScope): Promise<MaintenanceWindow[]> {
  const client = aws.client(SSMClient);
  const every = await collect(
    items(paginateDescribeMaintenanceWindows({ client }, {}), (page) => page.WindowIdentities),
  );
  const own = every.filter(({ Name }) => isMarked(scope, { names: [Name] }));
  return Promise.all(own.map(({ WindowId = '' }) => windowOf(aws, scope, WindowId)));
}

async function windowOf(aws: Aws, scope: RunScope, WindowId: string): Promise<MaintenanceWindow> {
  const client = aws.client(SSMClient);
  const found = await nodes(aws, scope);
  const shown = await client.send(new GetMaintenanceWindowCommand({ WindowId }));
  const registered = await collect(
    items(paginateDescribeMaintenanceWindowTargets({ client }, { WindowId }), (page) => page.Targets),
  );
  const targets = registered
    .filter(({ Targets }) => found.some((node) => aimsAt(targetsOf(Targets), node)))
    .map(({ WindowTargetId = '' }) => WindowTargetId);
  const listed = await collect(
    items(paginateDescribeMaintenanceWindowTasks({ client }, { WindowId }), (page) => page.Tasks),
  );
  const tasks = await Promise.all(
    listed.map(async ({ WindowTaskId }): Promise<Task> => {
      const task = await client.send(new GetMaintenanceWindowTaskCommand({ WindowId, WindowTaskId }));
      const aims = targetsOf(task.Targets);
      return {
        document: task.TaskArn ?? '',
        type: task.TaskType ?? '',
        operation: task.TaskInvocationParameters?.RunCommand?.Parameters?.Operation?.[0],
        reaches:
          aims.some(({ key, values }) => key === 'WindowTargetIds' && values.some((id) => targets.includes(id))) ||
          found.some((node) => aimsAt(aims, node)),
      };
    }),
  );
  return {
    id: WindowId,
    name: shown.Name ?? '',
    enabled: shown.Enabled ?? false,
    schedule: shown.Schedule ?? '',
    duration: shown.Duration ?? 0,
    cutoff: shown.Cutoff ?? 0,
    targets,
    tasks,
  };
}
