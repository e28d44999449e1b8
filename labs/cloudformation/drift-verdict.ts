// What is known of the drift of the learner's stacks → what is said of it. Pure.

import { failed, passed, unknown, type Verdict } from '../../lib/kit';
import type { Drift } from './observe/drift';

const EXPECTED = 'a stack that was found DRIFTED, remediated, and then found IN_SYNC';

/** Was it found drifted before it was found in sync? */
export const wasRemediated = ({ now, reverted, detections }: Drift): boolean => {
  const drifted = detections.findIndex(({ result }) => result === 'DRIFTED');
  const seen = drifted >= 0 && detections.slice(drifted).some(({ result }) => result === 'IN_SYNC');
  return now === 'IN_SYNC' && (reverted || seen);
};

export function judgeDrift(drifts: readonly Drift[]): Verdict {
  if (drifts.some(wasRemediated)) return passed;
  const adrift = drifts.find(({ now }) => now === 'DRIFTED');
  if (adrift !== undefined) {
    return failed({
      expected: EXPECTED,
      actual: `${adrift.stack} is DRIFTED`,
      hint: 'bring the resource back to its template, or the template to the resource; then detect once more',
    });
  }
  const inSync = drifts.filter(({ now }) => now === 'IN_SYNC');
  const untold = inSync.find(({ detections }) => detections.length === 0);
  if (untold !== undefined) {
    return unknown(
      `${untold.stack} is in sync; what earlier detections found is told by CloudTrail, up to fifteen minutes late: check again`,
    );
  }
  if (inSync.length > 0) {
    return failed({
      expected: EXPECTED,
      actual: `every detection on ${inSync.map(({ stack }) => stack).join(', ')} found IN_SYNC`,
      hint: 'change a property that the template sets, through the resource’s own service, and detect while it differs',
    });
  }
  const again = drifts.find(({ detections }) => detections.length > 0);
  return failed({
    expected: EXPECTED,
    actual: again === undefined ? 'drift was detected on no stack of yours' : `${again.stack} was changed since`,
    hint: 'a detection is an operation of its own: it is started, and its result is asked for',
  });
}
