// The order in which jest takes up test files: what takes minutes first, so that nobody waits for it alone at the end.

const Sequencer = require('@jest/test-sequencer').default;

/** Longest first; the rest stays in jest's own order (by what it remembers, else by size). */
const LONG = ['emulator/pytest', 'chaos/chaos', 'e2e/life', 'e2e/week'];

const rank = ({ path }) => {
  const found = LONG.findIndex((name) => path.endsWith(`${name}.test.ts`));
  return found < 0 ? LONG.length : found;
};

module.exports = class LongestFirst extends Sequencer {
  async sort(tests) {
    return [...(await super.sort(tests))].sort((one, other) => rank(one) - rank(other));
  }
};
