// The solutions of the exercises, by name: what a learner would do, through the SDK. Each leaves alone what is done already.

import { archive, tier } from './solve/lifecycle';
import { lock, proveLock } from './solve/lock';
import { protect } from './solve/protect';
import { retrieve } from './solve/retrieve';

export const solutions = { archive, tier, lock, proveLock, protect, retrieve };
