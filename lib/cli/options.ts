// Words of the command line → values, or usage errors that say what would have been right.

import { isIP } from 'node:net';
import { WorklabError } from '../core/errors';
import { nearest } from '../core/nearest';
import type { Labs } from '../registry/discover';

const HOUR = 3_600_000;
const UNITS: Readonly<Record<string, number>> = { m: HOUR / 60, h: HOUR, d: 24 * HOUR };
const LONGEST = 7 * 24 * HOUR;

/** "4h", "90m", "1d" → milliseconds. */
export function parseDuration(text: string, option: string): number {
  const [, amount = '', unit = ''] = /^(\d{1,4})([mhd])$/.exec(text) ?? [];
  const milliseconds = Number(amount) * (UNITS[unit] ?? 0);
  if (milliseconds > 0 && milliseconds <= LONGEST) return milliseconds;
  throw new WorklabError('usage/invalid', {
    what: `${option} "${text}" is no duration between 1m and 7d`,
    fix: `write a number and m, h or d, for example ${option === 'extend' ? 'worklab extend 2h' : `${option} 4h`}`,
  });
}

/** The ids of --with, as given. */
export const parseWith = (text: string | undefined): string[] => text?.split(',').map((id) => id.trim()) ?? [];

/** One address, alone or as /32 or /128 → CIDR of that one address. A wider range cannot be asked for. */
export function parseOwnAddress(text: string): string {
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  const whole = family === 4 ? '32' : '128';
  if (family !== 0 && rest.length === 0 && (bits ?? whole) === whole) return `${address}/${whole}`;
  throw new WorklabError('usage/invalid', {
    what: `--my-ip "${text}" is not one address`,
    fix: 'give your own public address, for example --my-ip 203.0.113.7; SSH is never opened to a range',
  });
}

/** A port number that a program may listen on. */
export function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new WorklabError('usage/invalid', {
    what: `--port "${text}" is no port`,
    fix: 'give a number from 1 to 65535, or leave --port out for a free one',
  });
}

/** "ec2,rds" → lab ids, each of which exists. */
export function parseLabs(text: string, labs: Labs): ReadonlySet<string> {
  const ids = text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
  for (const id of ids) {
    if (!labs.has(id)) throw unknownLab(id, labs);
  }
  return new Set(ids);
}

/** The error for a word that is no lab, with the nearest that is. */
export function unknownLab(id: string, labs: Labs): WorklabError {
  const near = nearest(id, labs.keys());
  return new WorklabError('usage/unknown-lab', {
    what: `there is no lab "${printable(id)}"`,
    fix: near === undefined ? `worklab labs lists them: ${[...labs.keys()].join(', ')}` : `did you mean "${near}"?`,
  });
}

/** Text that came from outside, fit for a line on a terminal. */
export const printable = (text: string): string => text.replace(/\p{Cc}/gu, '?').slice(0, 80);
