// What a run can leave behind in its network, and what others can put there and so hold it.

import type { Sweeper } from '../../lib/kit';
import { networkInterfaces, vpcEndpoints } from './sweepers/interface';
import { disks, instances } from './sweepers/machine';
import { networkAcls, routeTables, securityGroups, subnets } from './sweepers/subnet';
import { internetGateways, natGateways, vpcs } from './sweepers/vpc';

export const sweepers: readonly Sweeper[] = [
  instances,
  disks,
  natGateways,
  vpcEndpoints,
  networkInterfaces,
  securityGroups,
  subnets,
  networkAcls,
  routeTables,
  internetGateways,
  vpcs,
];
