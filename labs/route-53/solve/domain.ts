// The exercise on domains → a domain, in the sandbox, where it costs nothing. On AWS worklab buys none.

import {
  type ContactDetail,
  DisableDomainAutoRenewCommand,
  RegisterDomainCommand,
  Route53DomainsClient,
  UpdateTagsForDomainCommand,
} from '@aws-sdk/client-route-53-domains';
import { type Aws, meets, NotHere, type RunScope } from '../../../lib/kit';
import { REGISTERED } from '../demands-beside';
import { HOME } from '../facts';
import { domains } from '../observe/domains';

/** A person that the sandbox makes do with: nobody of that name, at an address of documentation. */
const NOBODY: ContactDetail = {
  FirstName: 'Sandbox',
  LastName: 'Learner',
  ContactType: 'PERSON',
  AddressLine1: '1 Example Street',
  City: 'Example',
  CountryCode: 'VN',
  ZipCode: '100000',
  PhoneNumber: '+84.200000000',
  Email: 'learner@example.com',
};

export async function registerDomain(aws: Aws, scope: RunScope): Promise<void> {
  const seen = await domains(aws, scope);
  if (seen.some((domain) => meets(domain, REGISTERED))) return;
  const client = aws.client(Route53DomainsClient, HOME);
  const [own] = seen;
  if (own?.autoRenew === true) {
    await client.send(new DisableDomainAutoRenewCommand({ DomainName: own.name }));
    return;
  }
  if (own !== undefined) throw new NotHere(`what is left to do for ${own.name} is for its owner to decide`);
  if (aws.target === 'aws') throw new NotHere('a domain costs money that does not come back: only a person buys one');
  const DomainName = `${scope.prefix}.click`;
  await client.send(
    new RegisterDomainCommand({
      DomainName,
      DurationInYears: 1,
      AutoRenew: false,
      AdminContact: NOBODY,
      RegistrantContact: NOBODY,
      TechContact: NOBODY,
      PrivacyProtectAdminContact: true,
      PrivacyProtectRegistrantContact: true,
      PrivacyProtectTechContact: true,
    }),
  );
  const TagsToUpdate = [{ Key: scope.tag.key, Value: scope.tag.value }];
  await client.send(new UpdateTagsForDomainCommand({ DomainName, TagsToUpdate }));
}
