// Identity providers of the run by name, issuer or tag. One that was there before, and that roles of the run trust, is not.

import {
  DeleteOpenIDConnectProviderCommand,
  DeleteSAMLProviderCommand,
  ListOpenIDConnectProvidersCommand,
  ListSAMLProvidersCommand,
} from '@aws-sdk/client-iam';
import { isMarked, items, onePage, type Sweeper, taggedArns, unlessGone } from '../../../lib/kit';
import { HOME } from '../facts';
import { GONE, iam } from './iam';

export const samlProviders: Sweeper = {
  kind: 'iam:saml-provider',
  // Where the tagging API shows what IAM has.
  regions: [HOME],
  after: ['iam:role'],

  async *list(aws, scope) {
    const { client } = iam(aws);
    const tagged = await taggedArns(aws, scope, 'iam');
    const answer = client.send(new ListSAMLProvidersCommand({}));
    for await (const { Arn: id } of items(onePage(answer), (page) => page.SAMLProviderList)) {
      if (id !== undefined && (scope.owned.has(id) || tagged.has(id) || isMarked(scope, { names: id.split('/') })))
        yield { kind: 'iam:saml-provider', id };
    }
  },

  remove: (aws, { id: SAMLProviderArn }) =>
    unlessGone(GONE, () => iam(aws).client.send(new DeleteSAMLProviderCommand({ SAMLProviderArn }))),
};

export const oidcProviders: Sweeper = {
  kind: 'iam:oidc-provider',
  regions: [HOME],
  after: ['iam:role'],

  async *list(aws, scope) {
    const { client } = iam(aws);
    const tagged = await taggedArns(aws, scope, 'iam');
    const answer = client.send(new ListOpenIDConnectProvidersCommand({}));
    for await (const { Arn: id } of items(onePage(answer), (page) => page.OpenIDConnectProviderList)) {
      if (id !== undefined && (scope.owned.has(id) || tagged.has(id) || isMarked(scope, { names: id.split('/') })))
        yield { kind: 'iam:oidc-provider', id };
    }
  },

  remove: (aws, { id: OpenIDConnectProviderArn }) =>
    unlessGone(GONE, () => iam(aws).client.send(new DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn }))),
};
