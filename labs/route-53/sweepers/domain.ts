// The domains of the run, which go on being paid for.

import {
  DisableDomainAutoRenewCommand,
  GetDomainDetailCommand,
  Route53DomainsClient,
} from '@aws-sdk/client-route-53-domains';
import type { Sweeper } from '../../../lib/kit';
import { HOME } from '../facts';
import { domainNames } from '../observe/domains';

/**
 * A domain is its buyer's until its time is over, and no deletion brings the money back: it is told, and left. What a run can
 * leave behind is the renewal.
 */
export const domains: Sweeper = {
  kind: 'route53domains:domain',
  regions: [HOME],

  async *list(aws, scope) {
    for (const DomainName of await domainNames(aws, scope)) {
      const detail = await aws.client(Route53DomainsClient, HOME).send(new GetDomainDetailCommand({ DomainName }));
      if (detail.AutoRenew === true) yield { kind: 'route53domains:domain', id: DomainName };
      else
        yield {
          kind: 'route53domains:domain',
          id: DomainName,
          why: `paid for until ${day(detail.ExpirationDate)}; it does not renew`,
        };
    }
  },

  remove: async (aws, { id: DomainName }) => {
    await aws.client(Route53DomainsClient, HOME).send(new DisableDomainAutoRenewCommand({ DomainName }));
  },
};

const day = (date: Date | undefined): string => date?.toISOString().slice(0, 10) ?? 'a day that Route 53 does not tell';
