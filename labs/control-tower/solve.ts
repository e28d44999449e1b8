// The solutions of the exercises, by name: what a learner would do, through the SDK. Each leaves alone what is done already.

import { baseline } from './solve/baseline';
import { dashboard, logs } from './solve/logs';
import { manifest } from './solve/manifest';

export const solutions = { manifest, logs, baseline, dashboard };
