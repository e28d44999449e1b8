// The solutions of the exercises, by name: what a learner would do, through the SDK. Each leaves alone what is done already.

import { command, sessions, tell } from './solve/access';
import { inventory, state } from './solve/associate';
import { comply, patch, window } from './solve/care';
import { automate, configure } from './solve/operate';

export const solutions = { sessions, command, tell, patch, state, configure, inventory, window, comply, automate };
