// The solutions of the exercises, by name: what a learner would do, through the SDK. Each leaves alone what is done already.

import { connectAgent, sendShare } from './solve/agent';
import { copyBuckets, monitor, throttle, verify } from './solve/buckets';
import { copyFileSystems } from './solve/file-systems';

export const solutions = { copyBuckets, verify, throttle, monitor, copyFileSystems, connectAgent, sendShare };
