// Scores the parser against the labelled worklogs of ../shared/corpus, where that folder is. Run by `npm run corpus`.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Manifest } from '../../lib/core/manifest';
import { parseWorklog } from '../../lib/worklog/parse';

const CORPUS = join(__dirname, '../../../shared/corpus');

/** What the scorer wants to know of a manifest. */
function prediction({ week, language, days }: Manifest): object {
  return {
    week,
    language,
    lab_ids: [...new Set(days.flatMap((day) => day.labIds))],
    days: days.map(({ day, start, end, services, sections }) => {
      const exercises = sections.reduce((sum, section) => sum + section.exercises.length, 0);
      return { day, start, end, services, exercises };
    }),
  };
}

/** Runs the scorer; further arguments (`--list`) are handed on to it. The exit code is the scorer's. */
function main(args: readonly string[]): number {
  if (!existsSync(join(CORPUS, 'score.py'))) {
    process.stderr.write('the corpus is not here (../shared/corpus): nothing was scored\n');
    return 0;
  }
  const predictions: Record<string, object> = {};
  for (const file of readdirSync(CORPUS).filter((name) => /^(?:D\d|seed).*\.md$/.test(name))) {
    predictions[file] = prediction(parseWorklog(readFileSync(join(CORPUS, file), 'utf8'), { file, labs: new Map() }));
  }
  const directory = mkdtempSync(join(tmpdir(), 'worklab-corpus-'));
  try {
    const file = join(directory, 'predictions.json');
    writeFileSync(file, JSON.stringify(predictions));
    const python = process.platform === 'win32' ? 'python' : 'python3';
    const { status } = spawnSync(python, [join(CORPUS, 'score.py'), join(CORPUS, 'labels.json'), file, ...args], {
      stdio: 'inherit',
    });
    return status ?? 1;
  } finally {
    rmSync(directory, { recursive: true });
  }
}

process.exitCode = main(process.argv.slice(2));
