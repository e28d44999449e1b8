// The CDK toolkit's messages → our progress events. Questions get their default answer: worklab has asked already.

import type { IIoHost, StackActivity } from '@aws-cdk/toolkit-lib';
import type { Emit } from '../core/progress';

/** The toolkit's code for one event of a stack (its message registry, version 1.40). */
const STACK_ACTIVITY = 'CDK_TOOLKIT_I5502';

/** A host that reports each resource's event, and collects the reasons of failures in order. */
export const progressHost = (emit: Emit, failures: string[]): IIoHost => ({
  notify: async ({ code, data }) => {
    if (code === STACK_ACTIVITY) report(data as StackActivity, emit, failures);
  },
  requestResponse: async (message) => message.defaultResponse,
});

function report({ event, progress }: StackActivity, emit: Emit, failures: string[]): void {
  const {
    StackName = '',
    LogicalResourceId = '',
    ResourceType = '',
    ResourceStatus = '',
    ResourceStatusReason,
  } = event;
  if (ResourceStatus.endsWith('_FAILED')) {
    failures.push(`${StackName}: ${LogicalResourceId} (${ResourceType}): ${ResourceStatusReason ?? ResourceStatus}`);
  }
  emit({
    stage: 'deploy',
    stack: StackName,
    status: ResourceStatus,
    resource: LogicalResourceId,
    type: ResourceType,
    ...(ResourceStatusReason === undefined ? {} : { reason: ResourceStatusReason }),
    done: progress.completed,
    ...(progress.total === undefined ? {} : { total: progress.total }),
  });
}
