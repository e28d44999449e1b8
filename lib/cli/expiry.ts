// A run and its time → the schedules in its account that delete its stacks. On this laptop nothing costs, so nothing is made.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Session } from '../aws/session';
import { messageOf } from '../core/errors';
import type { RunBegun } from '../core/journal';
import { scopeOf } from '../core/run';
import { deletionWaves, type ExpiringStack, throughCloudFormation } from '../expiry/plan';
import { needsOf } from '../plan/order';
import { documentsOf } from '../plan/permissions';
import { openJournal } from '../store/journal';
import type { Context } from './context';

/**
 * Makes the schedules or moves them. A run whose account does not let them be made stands all the same, and says that it does
 * not end by itself: the journal and the learner are told why.
 */
export async function letExpire(
  context: Context,
  session: Session,
  { run, plan }: Pick<RunBegun, 'run' | 'plan'>,
  { stacks, expires }: { readonly stacks: readonly ExpiringStack[]; readonly expires: string },
): Promise<void> {
  if (session.target === 'local') return;
  const { scheduleExpiry } = require('../expiry/expiry') as typeof import('../expiry/expiry');
  const { openForActing } = require('../aws/door') as typeof import('../aws/door');
  const { append } = openJournal(context.home, run);
  const acting = (call: string): void => append({ event: 'acting', call, lab: '', exercise: 'expiry' });
  context.emit({
    stage: 'deploy',
    stack: `worklab-${run}`,
    status: 'SCHEDULING_EXPIRY',
    resource: '',
    type: '',
    done: 0,
  });
  const needs = (lab: string): readonly string[] => (context.labs.has(lab) ? needsOf(lab, context.labs) : []);
  const permissions = plan.labs.flatMap((id) => context.labs.get(id)?.permissions ?? []);
  try {
    const schedules = await scheduleExpiry({
      aws: openForActing(session, acting),
      scope: scopeOf(run),
      waves: deletionWaves(stacks, needs),
      expires: new Date(expires),
      documents: documentsOf(throughCloudFormation(permissions)),
      sleep: (milliseconds) => sleep(milliseconds),
    });
    append({ event: 'expiry', schedules });
  } catch (error) {
    append({ event: 'expiry', schedules: 0, reason: messageOf(error) });
    context.remark(
      `warning: the run will NOT end by itself, since its expiry could not be scheduled: ${messageOf(error)}\n` +
        `  fix: worklab destroy ${run} when you are done, or allow what "worklab plan --permissions" prints and worklab extend ${run} 4h`,
    );
  }
}
