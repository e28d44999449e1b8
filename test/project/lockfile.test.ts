// The lockfile serves every platform: npm leaves a platform's binary out where a registry lacked it, and `npm ci` then refuses.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/cli';

interface Lockfile {
  readonly packages: Readonly<
    Record<string, { readonly resolved?: string; readonly optionalDependencies?: Readonly<Record<string, string>> }>
  >;
}

const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as Lockfile;

test('every optional dependency of every package is in it', () => {
  const names = Object.values(packages).flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies));
  const missing = names.filter((name) => !Object.keys(packages).some((path) => path.endsWith(`node_modules/${name}`)));

  expect(names.length).toBeGreaterThan(0);
  expect(missing).toEqual([]);
});

test('no registry is named in it', () => {
  expect(Object.values(packages).filter(({ resolved }) => resolved !== undefined)).toEqual([]);
});
