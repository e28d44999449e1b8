// A fresh virtual environment → one with the pinned packages in it, each checked against its hash.

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { WorklabError } from '../core/errors';
import { ENGINE, interpreterOf } from './paths';
import type { OnProgress } from './progress';
import { lastLines, type Ran, runProgram } from './run-program';

interface Options {
  /** A file in which every package has a version and its hashes. */
  readonly requirements: string;
  /** Take wheels only: nothing is built, no code of a package runs while it is installed. */
  readonly wheelsOnly: boolean;
  readonly environment: NodeJS.ProcessEnv;
  readonly onProgress: OnProgress;
}

/** Settings of pip that uv does not read: with one of them, only pip finds the packages where the user wants them from. */
const PIP_ONLY = /(?:^|\.)(?:index-url|extra-index-url|no-index|trusted-host|client-cert|proxy)='/m;

/** Settings that would send the packages elsewhere than into the environment. */
const ELSEWHERE =
  /^(?:PIP_(?:TARGET|PREFIX|ROOT|USER|PYTHON|REQUIRE_VIRTUALENV)|UV_(?:TARGET|PREFIX|PYTHON|SYSTEM_PYTHON)|PYTHON\w+|VIRTUAL_ENV)$/;

/**
 * Installs into the environment at `folder`. uv took 9 s of work (its own installation included) where pip took 28 s on
 * two cores; it is left out where it cannot be had or would not find the user's own index, and pip has the last word.
 */
export async function installPackages(folder: string, options: Options): Promise<void> {
  const environment = Object.fromEntries(Object.entries(options.environment).filter(([name]) => !ELSEWHERE.test(name)));
  if (await installWithUv(folder, { ...options, environment })) return;
  options.onProgress({ step: 'packages', text: 'installing the emulator with pip (about half a minute)' });
  const ran = await pip(folder, environment, ['--require-hashes', ...common(options)]);
  if (!ran.ok) throw failed(ran);
}

const common = ({ requirements, wheelsOnly }: Pick<Options, 'requirements' | 'wheelsOnly'>): string[] => [
  // Everything is in the file, so nothing has to be worked out.
  '--no-deps',
  ...(wheelsOnly ? ['--only-binary', ':all:'] : []),
  '-r',
  requirements,
];

function pip(folder: string, environment: NodeJS.ProcessEnv, args: readonly string[]): Promise<Ran> {
  // Not compiled: a third of the time, for modules of which a start loads a tenth.
  const quiet = [
    '--quiet',
    '--no-input',
    '--no-user',
    '--no-compile',
    '--progress-bar',
    'off',
    '--disable-pip-version-check',
  ];
  return runProgram(interpreterOf(folder), ['-m', 'pip', 'install', ...quiet, ...args], { environment });
}

async function installWithUv(folder: string, options: Options): Promise<boolean> {
  const { environment, onProgress } = options;
  const python = interpreterOf(folder);
  const config = await runProgram(python, ['-m', 'pip', 'config', 'list'], { environment });
  if (!config.ok || PIP_ONLY.test(config.out)) return false;
  onProgress({ step: 'installer', text: 'fetching the installer (uv)' });
  const installer = join(folder, 'installer');
  try {
    const uv = { requirements: join(ENGINE, 'requirements-uv.txt'), wheelsOnly: true };
    const to = ['--target', installer, '--retries', '1', '--require-hashes'];
    if (!(await pip(folder, environment, [...to, ...common(uv)])).ok) return false;
    onProgress({ step: 'packages', text: 'installing the emulator (moto and what it needs, about 120 MB)' });
    const args = ['pip', 'install', '--no-progress', '--python', python, '--require-hashes', ...common(options)];
    // Its cache goes where the packages go: they are linked from it, and it leaves with the installer.
    const own = { PYTHONPATH: installer, UV_CACHE_DIR: join(installer, 'cache'), UV_PYTHON_DOWNLOADS: 'never' };
    const ran = await runProgram(python, ['-m', 'uv', ...args], {
      environment: { ...environment, ...own },
      directory: folder,
    });
    return ran.ok;
  } finally {
    await rm(installer, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

const failed = ({ said }: Ran): WorklabError =>
  new WorklabError('sandbox/install-failed', {
    what: `pip could not install the packages of the sandbox:${lastLines(said)}`,
    fix: "check the connection to the Python package index (pip's own settings and proxies are used), then run this again",
  });
