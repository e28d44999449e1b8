// What a proof costs among ten thousand things of others: its calls, its time, its memory, beside those of an empty account.

import { startEmulator } from '../support/emulator';
import { makeStrangers } from '../support/strangers';
import { measure } from './measure';

const STRANGERS = Number(process.env.BENCH_STRANGERS ?? 10_000);

/** Deploys one small lab into an emulator of its own, proves it standing, and again among the strangers. */
export async function benchProof({ root, home, week }: { root: string; home: string; week: string }): Promise<void> {
  const { allDeclarations } = await import('../support/sandbox');
  const emulator = await startEmulator({ declarations: allDeclarations() });
  const environment = { WORKLAB_HOME: home };
  const run = (...words: string[]) => measure({ words: ['bin/worklab.js', ...words, '--json'], environment }, root);
  try {
    await run('deploy', week, '--only', 'ec2', '--endpoint-url', emulator.endpoint);
    const alone = await run('destroy', '--yes');
    await run('deploy', week, '--only', 'ec2', '--endpoint-url', emulator.endpoint);
    await makeStrangers(emulator.endpoint, STRANGERS);
    const among = await run('destroy', '--yes');
    for (const [name, { seconds, peak, out }] of Object.entries({ alone, [`among ${STRANGERS}`]: among })) {
      const { calls, proven } = JSON.parse(out) as { calls: Record<string, number>; proven: boolean };
      const proof = Object.values(calls).reduce((sum, times) => sum + times, 0);
      process.stdout.write(
        `destroy and proof ${name}: ${proof} calls of the proof, ${seconds.toFixed(2)} s, peak ${Math.round(peak)} MiB, proven ${proven}\n`,
      );
    }
  } finally {
    await emulator.stop();
  }
}
