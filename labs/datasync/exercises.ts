// What the learner does in this lab, in the order in which one thing stands on another.

import type { Exercise } from '../../lib/kit';
import { connectAgent, sendShare } from './exercises/agents';
import { chooseWay, understand } from './exercises/read';
import { copyBuckets, copyFileSystems, monitorExecutions, throttle, verify } from './exercises/tasks';

export const exercises: readonly Exercise[] = [
  understand,
  copyBuckets,
  verify,
  throttle,
  monitorExecutions,
  connectAgent,
  copyFileSystems,
  sendShare,
  chooseWay,
];
