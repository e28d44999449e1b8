// An instance's address → the URL of its own web server.

import type { Aws } from './aws';

/** An emulated instance listens nowhere: what the emulator plays of it stands under a path of its own. */
export const hostUrl = ({ endpoint }: Pick<Aws, 'endpoint'>, address: string): URL =>
  new URL(endpoint === undefined ? `http://${address}/` : `/_worklab/hosts/${address}/`, endpoint);
