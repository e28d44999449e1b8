// Environment → a Python that can carry the sandbox, or an error that names what to install.

import { WorklabError } from '../core/errors';
import { parseFields } from './fields';
import { runProgram } from './run-program';

/** A Python that was asked and can do it. */
export interface Python {
  readonly executable: string;
  /** [3, 11] */
  readonly version: readonly [number, number];
  /** What the installed packages depend on: "cpython-3.11-linux-x86_64". */
  readonly tag: string;
  /** Whether every pinned package is known to have a wheel for it. */
  readonly wheels: boolean;
}

interface Options {
  readonly environment?: NodeJS.ProcessEnv;
  readonly platform?: NodeJS.Platform;
}

const OLDEST = 10;
/** The newest 3.x for which every pinned package has a wheel. A newer Python is taken only where there is no other. */
const NEWEST = 14;

/** Ends in JSON on Python 3.4 and later; anything else is no Python for us. `ensurepip` is what Debian packs apart. */
const PROBE = `
import importlib.util, json, platform, sys
print(json.dumps({
    "executable": sys.executable,
    "version": list(sys.version_info[:2]),
    "tag": "-".join([sys.implementation.name, "%d.%d" % sys.version_info[:2], sys.platform, platform.machine()]),
    "cpython": sys.implementation.name == "cpython",
    "venv": all(importlib.util.find_spec(name) is not None for name in ("venv", "ensurepip")),
}))`;

interface Answer {
  readonly executable: string;
  readonly version: readonly [number, number];
  readonly tag: string;
  readonly cpython: boolean;
  readonly venv: boolean;
}

/** Finds Python 3.10 or newer: WORKLAB_PYTHON alone where it is set, else what is on the PATH. */
export async function findPython({
  environment = process.env,
  platform = process.platform,
}: Options = {}): Promise<Python> {
  const wanted = environment.WORKLAB_PYTHON;
  const heard: Answer[] = [];
  for (const command of wanted ? [[wanted]] : candidates(platform)) {
    const answer = await ask(command, environment);
    if (answer === undefined) continue;
    if (isGood(answer) && answer.version[1] <= NEWEST) return { ...answer, wheels: true };
    heard.push(answer);
  }
  const newer = heard.find(isGood);
  if (newer !== undefined) return { ...newer, wheels: false };
  throw new WorklabError('sandbox/no-python', { what: whatIsWrong(heard, wanted), fix: whatToInstall(platform) });
}

function candidates(platform: NodeJS.Platform): string[][] {
  const numbered = Array.from({ length: NEWEST - OLDEST + 1 }, (_, index) => `3.${NEWEST - index}`);
  if (platform !== 'win32') return [['python3'], ['python'], ...numbered.map((version) => [`python${version}`])];
  return [['python3'], ['python'], ['py', '-3'], ...numbered.map((version) => ['py', `-${version}`])];
}

async function ask([file = '', ...args]: string[], environment: NodeJS.ProcessEnv): Promise<Answer | undefined> {
  const { ok, out } = await runProgram(file, [...args, '-I', '-c', PROBE], { environment, timeout: 20_000 });
  // What ran may be no Python: Windows has a program of that name that opens a shop.
  if (!ok) return undefined;
  return parseFields<Answer>(out, {
    executable: ['string'],
    version: ['numbers'],
    tag: ['string'],
    cpython: ['boolean'],
    venv: ['boolean'],
  });
}

const isNewEnough = ({ version: [major, minor] }: Answer): boolean => major === 3 && minor >= OLDEST;

const isGood = (answer: Answer): boolean => isNewEnough(answer) && answer.cpython && answer.venv;

function whatIsWrong(heard: readonly Answer[], wanted: string | undefined): string {
  const [one] = [...heard.filter(isNewEnough), ...heard];
  const whose = wanted ? `WORKLAB_PYTHON "${wanted}"` : 'the Python on the PATH';
  if (one === undefined)
    return wanted ? `${whose} is no Python 3` : 'no Python is on the PATH, and the sandbox runs on it';
  if (!isNewEnough(one)) return `${whose} is ${one.version.join('.')}, and the sandbox needs 3.10 or newer`;
  if (!one.cpython) return `${whose} is not CPython (${one.tag})`;
  return `${whose} (${one.version.join('.')}) cannot make virtual environments: its venv or ensurepip module is missing`;
}

const INSTALL: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'brew install python, or the installer from python.org',
  win32: 'winget install Python.Python.3.13, then open a new terminal',
  linux:
    'Debian, Ubuntu: sudo apt install python3 python3-venv; Fedora: sudo dnf install python3; Arch: sudo pacman -S python; Alpine: sudo apk add python3',
};

const whatToInstall = (platform: NodeJS.Platform): string =>
  `install Python 3.10 or newer (${INSTALL[platform] ?? INSTALL.linux}), or set WORKLAB_PYTHON to the path of one`;
