// What the region has to have room for: one more Elastic IP address.

import { DescribeAccountAttributesCommand, DescribeAddressesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { collect, items, onePage, type Preflight } from '../../lib/kit';

export const preflight: readonly Preflight[] = [
  {
    what: 'the Elastic IP addresses of the region',
    look: async (aws) => {
      const client = aws.client(EC2Client);
      const addresses = await collect(
        items(onePage(client.send(new DescribeAddressesCommand({}))), (page) => page.Addresses),
      );
      const { AccountAttributes = [] } = await client.send(
        new DescribeAccountAttributesCommand({ AttributeNames: ['vpc-max-elastic-ips' as never] }),
      );
      const quota = Number(AccountAttributes[0]?.AttributeValues?.[0]?.AttributeValue);
      if (Number.isNaN(quota)) throw new Error('the answer does not say how many there may be');
      if (addresses.length < quota) return [];
      return [
        {
          level: 'stop',
          what: `${aws.region} holds ${addresses.length} Elastic IP addresses, and the account may have ${quota}`,
          fix: 'release one that is not used, or choose another --region',
        },
      ];
    },
  },
];
