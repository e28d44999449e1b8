// The outline of a task cell → what was practised in it, with the evidence each exercise rests on.

import type { Evidence } from '../core/manifest';
import { announces, type Item } from './outline';
import { type Reading, readLine } from './readings';
import { labIdOf } from './references';

/** Something that was practised. */
export interface Practised {
  readonly text: string;
  readonly line: number;
  readonly evidence: Evidence;
  /** Services it works with: its own, and those of the heading it stands under. */
  readonly services: readonly string[];
  /** Services that it names itself. */
  readonly own: readonly string[];
  /** It works with a tool beside AWS. */
  readonly tool: boolean;
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
  /** The heading is something to plan. */
  readonly design: boolean;
}

/** What was practised, in reading order. `isDay` is false where the outline is a whole file. */
export function practisedIn(outline: readonly Item[], isDay: boolean): Practised[] {
  const row = new RowReader(outline, isDay);
  row.walk(outline, { evidence: null, group: null, heading: [], reading: false, design: false });
  return row.found;
}

/** Reads the outline of one row. Every line is read once. */
class RowReader {
  readonly found: Practised[] = [];
  private readonly readings = new Map<Item, Reading>();
  /** The row has a practice block: then what stands outside it is theory or says the same again. */
  private readonly hasBlock: boolean;
  /** Every service that the row names. */
  private readonly named: ReadonlySet<string>;

  constructor(
    outline: readonly Item[],
    private readonly isDay: boolean,
  ) {
    this.readAll(outline);
    const readings = [...this.readings.values()];
    this.named = new Set(readings.flatMap((reading) => reading.named));
    this.hasBlock = isDay && readings.some((reading) => reading.kind === 'marker' || reading.kind === 'label');
  }

  private readAll(items: readonly Item[]): void {
    for (const item of items) {
      this.readings.set(item, readLine(item.line));
      this.readAll(item.children);
    }
  }

  private readingOf(item: Item): Reading {
    return this.readings.get(item) ?? readLine(item.line);
  }

  walk(items: readonly Item[], context: Context): void {
    for (let index = 0; index < items.length; index++) {
      const item = items[index];
      if (item === undefined) continue;
      const reading = this.readingOf(item);
      if (context.evidence !== null) this.inBlock(item, reading, context, context.evidence);
      else if (reading.kind === 'marker' && item.children.length === 0) {
        const following = this.following(items, index + 1);
        this.walk(following, block(item, reading, context, 'marker'));
        index += following.length;
      } else this.alone(item, reading, context);
    }
  }

  /** Inside a practice block every leaf is an exercise, and a line with lines under it is a group. */
  private inBlock(item: Item, reading: Reading, context: Context, evidence: 'marker' | 'label'): void {
    if (item.children.length === 0) this.add(item, reading, context, evidence);
    else if (!reading.learns) this.walk(item.children, block(item, reading, context, evidence));
  }

  /** Lines beside a childless marker belong to it until something else is announced or learnt. */
  private following(items: readonly Item[], from: number): Item[] {
    let end = from;
    while (end < items.length && this.goesOn(items[end])) end++;
    return items.slice(from, end);
  }

  private goesOn(item: Item | undefined): boolean {
    if (item === undefined || isHeading(item)) return false;
    const { kind, learns } = this.readingOf(item);
    return kind !== 'marker' && kind !== 'label' && !learns;
  }

  /** A line outside practice blocks. */
  private alone(item: Item, reading: Reading, context: Context): void {
    const { kind } = reading;
    if ((kind === 'marker' || kind === 'label') && item.children.length > 0) {
      this.walk(item.children, block(item, reading, context, kind));
      return;
    }
    const before = this.found.length;
    const evidence = this.evidenceOf(item, reading, context);
    const isStep = evidence !== null && item.children.length > 0 && !announces(item.line);
    if (isStep) this.add(item, reading, context, evidence);
    const heading = reading.about.length > 0 ? reading.about : context.heading;
    this.walk(item.children, { ...context, heading, reading: kind === 'reading', design: reading.designs });
    if (evidence !== null && this.found.length === before) this.add(item, reading, context, evidence);
  }

  /** What a line outside practice blocks rests on; null if it is no exercise. */
  private evidenceOf(item: Item, reading: Reading, context: Context): Evidence | null {
    const { kind } = reading;
    if (kind === 'label' || kind === 'inline') return this.isOtherWork(reading, context) ? null : kind;
    if (kind === 'doing') return this.isCloudWork(reading, context) ? 'verb' : null;
    return kind === 'plain' && this.isDay && linksToLab(item) ? 'lab-link' : null;
  }

  /** A verb alone proves nothing: it must act on AWS, or on a tool that worklogs practise beside it. */
  private isCloudWork(reading: Reading, context: Context): boolean {
    if (context.design || this.hasBlock || (context.reading && reading.gerund)) return false;
    if (reading.app === 'code' && !reading.tool && context.heading.length === 0) return false;
    const named = reading.worked.length > 0 || reading.tool || reading.aws || context.heading.length > 0;
    return named || (reading.app === null && this.inherited(context).length > 0);
  }

  /** Practice of something else than AWS: an application's own code, in a row that names no service. */
  private isOtherWork({ app, tool }: Reading, { heading }: Context): boolean {
    return app !== null && !tool && heading.length === 0 && this.named.size === 0;
  }

  /** What a line without a name is about: its heading, the step before it, or the row's only service. */
  private inherited({ heading }: Context): readonly string[] {
    if (heading.length > 0) return heading;
    if (!this.isDay) return [];
    const before = this.found.at(-1)?.services ?? [];
    return before.length > 0 || this.named.size !== 1 ? before : [...this.named];
  }

  private add({ line }: Item, reading: Reading, context: Context, evidence: Evidence): void {
    const own = this.ownServices(reading, context);
    const heading = context.reading && own.length > 0 ? [] : context.heading;
    const named = [...new Set([...heading, ...own])];
    const services = named.length > 0 || reading.tool ? named : this.inherited(context);
    this.found.push({
      text: line.text,
      line: line.line,
      evidence,
      services,
      own,
      tool: reading.tool,
      group: context.group,
    });
  }
  /** What a line itself works with. Under a heading, brackets hold options and common nouns are the heading's. */
  private ownServices(reading: Reading, context: Context): string[] {
    if (reading.kind === 'reading' || (reading.bracketed && context.heading.length > 0)) return [];
    const worked = context.evidence !== null && reading.kind === 'plain' ? reading.about : reading.worked;
    const common = context.heading.length > 0 ? [] : reading.common.filter((service) => this.named.has(service));
    return [...new Set([...worked, ...common])];
  }
}

function block(item: Item, reading: Reading, context: Context, evidence: 'marker' | 'label'): Context {
  const services = reading.about.length > 0 ? reading.about : context.heading;
  const heading = reading.kind === 'marker' ? null : item.line.text.replace(/\s*:\s*$/, '');
  return {
    evidence,
    group: { heading, line: item.line.line, services: reading.about },
    heading: services,
    reading: false,
    design: false,
  };
}

/** A topic that links to a lab was done there: the weakest evidence. */
const linksToLab = ({ line, children }: Item): boolean =>
  children.length === 0 && line.links.some(({ url }) => labIdOf(url) !== null);

const isHeading = ({ line, children }: Item): boolean => children.length > 0 && line.bold >= line.text.length - 1;
