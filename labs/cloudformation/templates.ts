// The templates of the lab, as files that a learner can deploy by hand. Synthesis and the solutions read the same ones.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const template = (name: string): string => readFileSync(join(__dirname, 'templates', name), 'utf8');
