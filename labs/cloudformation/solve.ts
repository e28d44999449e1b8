// The solutions of the exercises, by name: what a learner would do, through the SDK. Each leaves alone what is done already.

import { createStacks, nest, parameters, share } from './solve/build';
import { drift } from './solve/drift';
import { guard } from './solve/guard';
import { preview } from './solve/preview';
import { spread } from './solve/spread';
import { troubleshoot } from './solve/troubleshoot';

export const solutions = { createStacks, parameters, nest, spread, drift, preview, guard, troubleshoot, share };
