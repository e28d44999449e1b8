// Identity providers of the run by name, issuer or tag. One that was there before, and that roles of the run trust, is not.

import {
  DeleteOpenIDConnectProviderCommand,
  DeleteSAMLProviderCommand,
  ListOpenIDConnectProvidersCommand,
  ListSAMLProvidersCommand,
  paginateListOpenIDConnectProviderTags,
  paginateListSAMLProviderTags,
} from '@aws-sdk/client-iam';
import { collect, isMarked, items, onePage, type Sweeper, unlessGone } from '../../../lib/kit';
import { GONE, iam } from './iam';

export const samlProviders: Sweeper = {
  kind: 'iam:saml-provider',
  after: ['iam:role'],

  async *list(aws, scope) {
    const { client } = iam(aws);
    const answer = client.send(new ListSAMLProvidersCommand({}));
    for await (const { Arn: id } of items(onePage(answer), (page) => page.SAMLProviderList)) {
      if (id === undefined) continue;
      const pages = paginateListSAMLProviderTags({ client }, { SAMLProviderArn: id });
      const tags = await collect(items(pages, (page) => page.Tags));
      if (scope.owned.has(id) || isMarked(scope, { tags, names: id.split('/') }))
        yield { kind: 'iam:saml-provider', id };
    }
  },

  remove: (aws, { id: SAMLProviderArn }) =>
    unlessGone(GONE, () => iam(aws).client.send(new DeleteSAMLProviderCommand({ SAMLProviderArn }))),
};

export const oidcProviders: Sweeper = {
  kind: 'iam:oidc-provider',
  after: ['iam:role'],

  async *list(aws, scope) {
    const { client } = iam(aws);
    const answer = client.send(new ListOpenIDConnectProvidersCommand({}));
    for await (const { Arn: id } of items(onePage(answer), (page) => page.OpenIDConnectProviderList)) {
      if (id === undefined) continue;
      const pages = paginateListOpenIDConnectProviderTags({ client }, { OpenIDConnectProviderArn: id });
      const tags = await collect(items(pages, (page) => page.Tags));
      if (scope.owned.has(id) || isMarked(scope, { tags, names: id.split('/') }))
        yield { kind: 'iam:oidc-provider', id };
    }
  },

  remove: (aws, { id: OpenIDConnectProviderArn }) =>
    unlessGone(GONE, () => iam(aws).client.send(new DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn }))),
};
