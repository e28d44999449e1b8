// Demands on things of one kind → a verdict: passed when one of the things meets them all. Pure.

import { failed, passed, type Verdict } from '../core/verdict';

/** One thing that is asked of a thing, in the order in which a learner would see to it. */
export interface Demand<Thing> {
  readonly expected: string;
  readonly met: (thing: Thing) => boolean;
  /** What was found instead. */
  readonly actual: (thing: Thing) => string;
  readonly hint: string;
}

/** What to say when there is nothing to judge. */
export interface Nothing {
  readonly expected: string;
  readonly actual: string;
  readonly hint: string;
}

export const meets = <Thing>(thing: Thing, demands: readonly Demand<Thing>[]): boolean =>
  demands.every(({ met }) => met(thing));

/** Passed when one thing meets every demand; else the first unmet demand of the thing that comes nearest. */
export function judge<Thing>(things: readonly Thing[], demands: readonly Demand<Thing>[], nothing: Nothing): Verdict {
  let nearest: { thing: Thing; unmet: Demand<Thing>; place: number } | undefined;
  for (const thing of things) {
    const place = demands.findIndex(({ met }) => !met(thing));
    const unmet = demands[place];
    if (unmet === undefined) return passed;
    if (nearest === undefined || place > nearest.place) nearest = { thing, unmet, place };
  }
  if (nearest === undefined) return failed(nothing);
  const { thing, unmet } = nearest;
  return failed({ expected: unmet.expected, actual: unmet.actual(thing), hint: unmet.hint });
}
