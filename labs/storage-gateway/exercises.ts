// The exercises, in the order in which they are done: the bucket comes before the share, a gateway before its limits.

import type { Exercise } from '../../lib/kit';
import { compareTypes, integrateWithS3, planForLoss, tuneGateway, watchGateway } from './exercises/cloud';
import { deployFileGateway, deployTapeGateway, deployVolumeGateway, storeVolumeLocally } from './exercises/gateways';

export const exercises: readonly Exercise[] = [
  compareTypes,
  integrateWithS3,
  deployFileGateway,
  deployVolumeGateway,
  deployTapeGateway,
  tuneGateway,
  storeVolumeLocally,
  watchGateway,
  planForLoss,
];
