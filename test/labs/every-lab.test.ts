// About the collection: every folder of labs/ that holds a lab.ts keeps the contract.

import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { needsOf } from '../../lib/plan/order';
import { discoverLabs } from '../../lib/registry/discover';
import { synthesizeLab } from '../support/lab-templates';

const ROOT = join(__dirname, '..', '..');
const LABS = join(ROOT, 'labs');
const labs = discoverLabs(LABS);
const ids = [...labs.keys()];

test.each(ids)('%s has a test of its own, a page for people, and says what it leaves behind', async (id) => {
  expect(existsSync(join(LABS, id, `${id}.test.ts`))).toBe(true);
  const page = readFileSync(join(LABS, id, 'README.md'), 'utf8');
  expect(page).toMatch(/^# /);
  // A lab without a sweeper has to say that all it makes is of kinds that are swept for every lab.
  const sweepers = await labs.get(id)?.sweepers();
  expect(sweepers?.length || /swept for every lab/.test(page)).toBeTruthy();
});

test.each(ids)('the test of %s begins with the tests that every lab gets', (id) => {
  expect(readFileSync(join(LABS, id, `${id}.test.ts`), 'utf8')).toContain(`describeLab('${id}', lab`);
});

/** "npx cdk deploy ec2 …" of a page, continued lines included, as words. */
const deploysOf = (page: string): string[][] =>
  [...page.replaceAll(/\\\n\s*/g, ' ').matchAll(/npx cdk deploy (.*)/g)].map(([, words = '']) => words.split(/\s+/));

const saidAfter = (words: readonly string[], option: string): string[] =>
  words.flatMap((word, index) => (words[index - 1] === option ? [word] : []));

test('what the pages say to deploy with plain CDK has those stacks, exercises and parameters', async () => {
  const pages = [join(ROOT, 'README.md'), ...ids.map((id) => join(LABS, id, 'README.md'))];
  const commands = pages.flatMap((page) => deploysOf(readFileSync(page, 'utf8')));
  expect(commands.length).toBeGreaterThan(6);
  for (const [id = '', ...words] of commands) {
    const lab = labs.get(id);
    if (lab === undefined) throw new Error(`npx cdk deploy ${id}: no lab has a stack of that name`);
    const allowed = new Set(saidAfter(words, '-c').flatMap((word) => /^with=(.*)/.exec(word)?.[1]?.split(',') ?? []));
    for (const one of allowed) expect(lab.exercises.map((exercise) => exercise.id)).toContain(one);
    const { templates } = await synthesizeLab(id, lab, 'full', { run: 'sample', allowed });
    const parameters = Object.keys(templates[id]?.Parameters ?? {}).map((name) => `worklab-sample-${id}:${name}`);
    for (const given of saidAfter(words, '--parameters')) expect(parameters).toContain(given.split('=')[0]);
  }
});

test('no two labs answer to one service', () => {
  const services = [...labs.values()].flatMap((lab) => lab.services ?? [lab.title]);
  expect(services.filter((service, index) => services.indexOf(service) !== index)).toEqual([]);
});

test('what a lab needs is there, and no two labs need each other', () => {
  for (const id of ids) for (const need of needsOf(id, labs)) expect(ids).toContain(need);
});

test('each row of the specification is realised by one exercise alone', () => {
  const rows = [...labs.values()].flatMap((lab) => lab.exercises.flatMap((exercise) => exercise.rows));
  expect(rows.filter((row, index) => rows.indexOf(row) !== index)).toEqual([]);
});

test('reading the labs loads neither CDK nor an SDK client', () => {
  const script = `
    for (const id of ${JSON.stringify(ids)}) require('./labs/' + id + '/lab.ts');
    const heavy = Object.keys(require.cache).filter((file) => /node_modules.(aws-cdk-lib|@aws-sdk|@aws-cdk)./.test(file));
    process.stdout.write(JSON.stringify(heavy));
  `;
  const heavy = execFileSync(process.execPath, ['-r', 'tsx/cjs', '-e', script], { cwd: ROOT, encoding: 'utf8' });
  expect(JSON.parse(heavy)).toEqual([]);
});

test('no lab is imported, nor its folder named, in lib/', () => {
  const files = readdirSync(join(ROOT, 'lib'), { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const naming = files.filter((file) => {
    const text = readFileSync(join(ROOT, 'lib', file), 'utf8');
    return ids.some((id) => new RegExp(`labs/${id}\\b|(?:===|!==|case) '${id}'`).test(text));
  });
  expect(naming).toEqual([]);
});
