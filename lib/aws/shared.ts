// One answer for everyone who asks the same within one look: what stands in the account is read once, not once for each asker.

import { AsyncLocalStorage } from 'node:async_hooks';
import { currentTrace, noteCall, noteEmulated, type Trace, traced } from './trace';

interface Answer {
  readonly heard: Promise<{ readonly outcome: PromiseSettledResult<unknown>; readonly trace: Readonly<Trace> }>;
  readonly askers: WeakSet<Trace>;
}

const look = new AsyncLocalStorage<Map<string, Answer>>();

/** Runs `work`: pieces of it, each traced, that ask the same share the answer, its error included. For work that only reads. */
export const shared = <Result>(work: () => Promise<Result>): Promise<Result> => look.run(new Map(), work);

/** The answer to `question` within the look; the call counts for whoever made it. A piece of work that asks the same a second time wants to know it anew. */
export async function askShared<Result>(question: string, ask: () => Promise<Result>): Promise<Result> {
  const known = look.getStore();
  const asker = currentTrace();
  if (known === undefined || asker === undefined) return ask();
  const told = known.get(question);
  const isNew = told === undefined || told.askers.has(asker);
  const answer = isNew ? { heard: hear(ask), askers: new WeakSet<Trace>() } : told;
  known.set(question, answer);
  answer.askers.add(asker);
  const { outcome, trace } = await answer.heard;
  if (isNew) trace.calls.forEach(noteCall);
  if (trace.emulated) noteEmulated();
  if (outcome.status === 'rejected') throw outcome.reason;
  return outcome.value as Result;
}

async function hear(ask: () => Promise<unknown>): Answer['heard'] {
  const { result, trace } = await traced(() => Promise.allSettled([ask()]));
  return { outcome: result[0], trace };
}
