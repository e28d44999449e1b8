// What the region has to have room for: one more VPC.

import { EC2Client, paginateDescribeVpcs } from '@aws-sdk/client-ec2';
import { collect, items, type Preflight } from '../../lib/kit';

/** The default of a region (https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html, 2026-11-25). */
const DEFAULT_QUOTA = 5;

/** Whether the quota was raised is known to Service Quotas alone, so that a full region is told, not refused. */
export const preflight: readonly Preflight[] = [
  {
    what: 'the VPCs of the region',
    look: async (aws) => {
      const vpcs = await collect(
        items(paginateDescribeVpcs({ client: aws.client(EC2Client) }, {}), (page) => page.Vpcs),
      );
      if (vpcs.length < DEFAULT_QUOTA) return [];
      return [
        {
          level: 'note',
          what: `${aws.region} holds ${vpcs.length} VPCs, and an account may have ${DEFAULT_QUOTA} unless its quota was raised`,
          fix: 'where it was not, delete a VPC or choose another --region',
        },
      ];
    },
  },
];
