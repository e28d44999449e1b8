// The solutions of the exercises, by name: what a learner would do, through the SDK. Each leaves alone what is done already.

import { integrate } from './solve/cloud';
import { tune, watch } from './solve/line';
import { fileGateway } from './solve/shares';
import { tapeGateway } from './solve/tapes';
import { storedGateway, volumeGateway } from './solve/volumes';

export const solutions = { integrate, fileGateway, volumeGateway, tapeGateway, tune, storedGateway, watch };
