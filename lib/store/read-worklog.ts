// A path → the text of a worklog, or a clear error; a folder → the worklogs in it.

import type { Dirent } from 'node:fs';
import { readdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';

import { type ErrorCode, messageOf, WorklabError } from '../core/errors';

/** Larger files are no worklogs; they are refused before they are read. */
export const MOST_BYTES = 50 * 1024 * 1024;

/**
 * The text of one file: UTF-8, or UTF-16 with a byte order mark.
 * Throws worklog/not-found, /is-a-directory, /too-large, /not-text or /unreadable.
 */
export async function readWorklog(path: string): Promise<string> {
  return decode(path, await readBytes(path));
}

async function readBytes(path: string): Promise<Buffer> {
  try {
    const handle = await open(path, 'r');
    try {
      const { size } = await handle.stat();
      if (size > MOST_BYTES) throw tooLarge(path, size);
      return await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw error instanceof WorklabError ? error : unreadable(path, error);
  }
}

function tooLarge(path: string, size: number): WorklabError {
  return new WorklabError('worklog/too-large', {
    what: `"${path}" has ${Math.ceil(size / 1024 / 1024)} MB, a worklog at most ${MOST_BYTES / 1024 / 1024} MB`,
    fix: 'pass the Markdown file of one week',
  });
}

const CAUSES: Readonly<Record<string, readonly [ErrorCode, string, string]>> = {
  ENOENT: ['worklog/not-found', 'does not exist', 'check the path, or pass the folder that holds your worklogs'],
  ENOTDIR: ['worklog/not-found', 'does not exist', 'check the path, or pass the folder that holds your worklogs'],
  EISDIR: ['worklog/is-a-directory', 'is a directory', 'pass one Markdown file of it'],
};

function unreadable(path: string, error: unknown): WorklabError {
  const systemCode = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const [code, what, fix] = CAUSES[systemCode] ?? [
    'worklog/unreadable',
    `cannot be read: ${messageOf(error)}`,
    'check that you may read it',
  ];
  return new WorklabError(code, { what: `"${path}" ${what}`, fix, cause: error });
}

function decode(path: string, bytes: Buffer): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff)
    return new TextDecoder('utf-16le').decode(Buffer.from(bytes.subarray(0, bytes.length & ~1)).swap16());
  if (bytes.includes(0)) throw notText(path, 'it has NUL bytes');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw notText(path, 'it is not UTF-8', error);
  }
}

function notText(path: string, why: string, cause?: unknown): WorklabError {
  return new WorklabError('worklog/not-text', {
    what: `"${path}" is no text: ${why}`,
    fix: 'pass a Markdown file saved as UTF-8',
    cause,
  });
}

/** The *.md files under a folder, sorted by path; node_modules and folders that begin with a dot are left out. */
export function worklogFilesIn(directory: string): string[] {
  const files: string[] = [];
  const open = [directory];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    for (const entry of entriesOf(folder)) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules') open.push(path);
      else if (!entry.isDirectory() && entry.name.toLowerCase().endsWith('.md')) files.push(path);
    }
  }
  return files.sort((a, b) => (a < b ? -1 : 1));
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    throw unreadable(folder, error);
  }
}
