// The outline of a task cell → what was practised in it, with the evidence each exercise rests on.

import type { Evidence } from '../core/manifest';
import type { Item } from './outline';
import { type Reading, readLine } from './readings';

/** Something that was practised. */
export interface Practised {
  readonly text: string;
  readonly line: number;
  readonly evidence: Evidence;
  /** Services it works with: its own, and those of the heading it stands under. */
  readonly services: readonly string[];
  /** Services that it names itself. */
  readonly own: readonly string[];
  /** The practice block or group that it stands in; null for a lone line. */
  readonly group: Group | null;
}

/** Exercises that stand under one heading or marker. */
export interface Group {
  readonly heading: string | null;
  readonly line: number;
  readonly services: readonly string[];
}

interface Context {
  readonly evidence: 'marker' | 'label' | null;
  readonly group: Group | null;
  /** Services of the nearest heading that names any. */
  readonly heading: readonly string[];
  /** The heading is something to learn. */
  readonly reading: boolean;
}

/** What was practised, in reading order. */
export function practisedIn(outline: readonly Item[]): Practised[] {
  const found: Practised[] = [];
  walk(outline, { evidence: null, group: null, heading: [], reading: false }, found);
  return found;
}

function walk(items: readonly Item[], context: Context, found: Practised[]): void {
  for (let index = 0; index < items.length; index++) {
    const item = items[index];
    if (item === undefined) continue;
    const reading = readLine(item.line);
    if (context.evidence !== null) inBlock(item, reading, context, found);
    else if (reading.kind === 'marker' && item.children.length === 0) {
      const following = takeFollowing(items, index + 1);
      walk(following, block(item, reading, context, 'marker'), found);
      index += following.length;
    } else alone(item, reading, context, found);
  }
}

/** Inside a practice block every leaf is an exercise, and a line with lines under it is a group. */
function inBlock(item: Item, reading: Reading, context: Context, found: Practised[]): void {
  if (item.children.length === 0) add(item, reading, context, context.evidence ?? 'marker', found);
  else walk(item.children, { ...block(item, reading, context, context.evidence ?? 'marker') }, found);
}

function block(item: Item, reading: Reading, context: Context, evidence: 'marker' | 'label'): Context {
  const services = reading.named.length > 0 ? reading.named : context.heading;
  const heading = reading.kind === 'marker' ? null : item.line.text.replace(/\s*:\s*$/, '');
  return {
    evidence,
    group: { heading, line: item.line.line, services: reading.named },
    heading: services,
    reading: false,
  };
}

/** Lines beside a childless marker belong to it until something else is announced or read. */
function takeFollowing(items: readonly Item[], from: number): Item[] {
  const taken: Item[] = [];
  for (const item of items.slice(from)) {
    const { kind } = readLine(item.line);
    if (kind === 'marker' || kind === 'label' || kind === 'reading' || isHeading(item)) break;
    taken.push(item);
  }
  return taken;
}

const isHeading = ({ line, children }: Item): boolean => children.length > 0 && line.bold >= line.text.length - 1;

/** A line outside practice blocks. */
function alone(item: Item, reading: Reading, context: Context, found: Practised[]): void {
  const { children } = item;
  const announces = reading.kind === 'marker' || reading.kind === 'label';
  if (announces && children.length > 0) {
    walk(children, block(item, reading, context, reading.kind === 'marker' ? 'marker' : 'label'), found);
    return;
  }
  if (reading.kind === 'label') {
    add(item, reading, context, 'label', found);
    return;
  }
  const before = found.length;
  const heading = reading.named.length > 0 ? reading.named : context.heading;
  walk(children, { ...context, heading, reading: reading.kind === 'reading' }, found);
  if (found.length > before) return;
  if (reading.kind === 'inline') add(item, reading, context, 'inline', found);
  else if (reading.kind === 'doing' && isCloudWork(reading, context)) add(item, reading, context, 'verb', found);
}

/** A verb alone proves nothing: it must act on AWS or on a tool that worklogs practise beside it. */
function isCloudWork(reading: Reading, context: Context): boolean {
  if (reading.app) return false;
  return reading.worked.length > 0 || reading.tool || context.heading.length > 0;
}

function add(item: Item, reading: Reading, context: Context, evidence: Evidence, found: Practised[]): void {
  const own = reading.kind === 'reading' ? [] : reading.worked;
  const services = context.reading && own.length > 0 ? own : [...new Set([...context.heading, ...own])];
  found.push({ text: item.line.text, line: item.line.line, evidence, services, own, group: context.group });
}
