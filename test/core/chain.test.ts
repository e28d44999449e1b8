import { chainOf, followChain, linked } from '../../lib/core/chain';

const chained = (...events: readonly string[]): string[] => {
  const lines: string[] = [];
  for (const event of events) lines.push(linked(JSON.stringify({ event }), chainOf(lines.at(-1) ?? '')));
  return lines;
};

test('each line follows from all before it, and is still JSON', () => {
  const lines = chained('begun', 'owned', 'proved');

  expect(followChain(lines)).toEqual({ hashes: lines.map(chainOf) });
  expect(JSON.parse(lines[1] ?? '')).toMatchObject({ event: 'owned' });
});

test.each([
  ['a line that was changed', (lines: string[]) => lines.with(1, (lines[1] ?? '').replace('owned', 'moved')), 2],
  ['a line that is gone', (lines: string[]) => lines.toSpliced(1, 1), 2],
  ['lines that changed places', (lines: string[]) => [lines[0] ?? '', lines[2] ?? '', lines[1] ?? ''], 2],
  ['a line that was put in', (lines: string[]) => lines.toSpliced(1, 0, '{"event":"owned"}'), 2],
  ['a first line of another journal', (lines: string[]) => lines.with(0, linked('{"event":"other"}')), 2],
])('%s is seen', (_what, edit, brokenAt) => {
  expect(followChain(edit(chained('begun', 'owned', 'proved')))).toMatchObject({ brokenAt });
});

test('half a line, left by a process that was killed, breaks nothing; what follows hangs on the line before', () => {
  const [first = '', second = ''] = chained('begun', 'owned');

  expect(followChain([first, '{"at":"2026-11-22T10:00:00Z","event":"rem', second])).toEqual({
    hashes: [chainOf(first), chainOf(second)],
  });
});
