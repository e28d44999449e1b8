// Waiting for what has no waiter in the SDK: asks again until it is so, or until the time is up.

import type { Aws } from './aws';

/** Milliseconds between two looks: an emulator answers at once, AWS throttles. */
const PAUSE = { local: 100, aws: 3000 } as const;

interface Wait {
  /** What is waited for, for the error: "volume vol-1 to be detached". */
  readonly for: string;
  readonly seconds: number;
}

/** Returns when `isSo` says so. Throws an error that names what was waited for after `seconds`. */
export async function waitUntil(aws: Aws, wait: Wait, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + wait.seconds * 1000;
  while (!(await isSo())) {
    if (Date.now() >= deadline) throw new Error(`waited ${wait.seconds} s for ${wait.for}`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE[aws.target]));
  }
}

/** Settings of the SDK's waiters, whose own first pause of 15 seconds an emulator does not need. Seconds. */
export const patience = (aws: Aws, seconds: number): { maxWaitTime: number; minDelay: number; maxDelay: number } => ({
  maxWaitTime: seconds,
  minDelay: aws.target === 'local' ? 1 : 3,
  maxDelay: 15,
});
