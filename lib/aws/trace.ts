// Which API calls one piece of work made, and whether an operation that worklab adds to the emulator answered any.

import { AsyncLocalStorage } from 'node:async_hooks';

/** The calls of one piece of work, in order, each "service:Operation". */
export interface Trace {
  readonly calls: string[];
  /** True once an answer carried the emulator plug-in's header. */
  emulated: boolean;
}

const current = new AsyncLocalStorage<Trace>();

/** Runs `work` and tells which calls it made. Nested and parallel traces do not mix. */
export async function traced<Result>(
  work: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly trace: Readonly<Trace> }> {
  const trace: Trace = { calls: [], emulated: false };
  return { result: await current.run(trace, work), trace };
}

/** The piece of work that is going on here; undefined outside any. */
export const currentTrace = (): Trace | undefined => current.getStore();

export const noteCall = (call: string): void => {
  current.getStore()?.calls.push(call);
};

export const noteEmulated = (): void => {
  const trace = current.getStore();
  if (trace) trace.emulated = true;
};
