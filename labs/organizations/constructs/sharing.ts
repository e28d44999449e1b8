// A prefix list and the share that it is in, with nobody: whom to share it with is the learner's to say.

import { CfnPrefixList } from 'aws-cdk-lib/aws-ec2';
import { CfnResourceShare } from 'aws-cdk-lib/aws-ram';
import { Construct } from 'constructs';

export class Sharing extends Construct {
  constructor(parent: Construct, id: string, { name }: { readonly name: string }) {
    super(parent, id);
    const list = new CfnPrefixList(this, 'Networks', {
      prefixListName: name,
      addressFamily: 'IPv4',
      maxEntries: 5,
      entries: [{ cidr: '10.44.0.0/16', description: 'The network of the labs' }],
    });
    new CfnResourceShare(this, 'Share', { name, allowExternalPrincipals: false, resourceArns: [list.attrArn] });
  }
}
