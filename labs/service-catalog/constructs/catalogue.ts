// A portfolio with its product, who is let in, what binds a launch, and the tags that it offers.

import { CfnCondition, Fn } from 'aws-cdk-lib';
import {
  CfnPortfolioPrincipalAssociation,
  CfnTagOption,
  CfnTagOptionAssociation,
  type IProduct,
  Portfolio,
  type TemplateRule,
} from 'aws-cdk-lib/aws-servicecatalog';
import { Construct } from 'constructs';
import { COST_CENTRES, NOBODY, RETENTION } from '../facts';
import type { Ground } from './ground';

interface CatalogueProps {
  readonly named: (thing: string) => string;
  readonly costCentre: string;
  readonly product: IProduct;
  readonly ground: Ground;
  /** An ARN; NOBODY lets nobody in. */
  readonly launcher: string;
}

export class Catalogue extends Construct {
  constructor(parent: Construct, id: string, { named, costCentre, product, ground, launcher }: CatalogueProps) {
    super(parent, id);
    const portfolio = new Portfolio(this, 'Portfolio', {
      displayName: named('portfolio'),
      providerName: named('platform'),
      description: 'What teams may launch by themselves',
    });
    portfolio.addProduct(product);
    portfolio.setLaunchRole(product, ground.launchRole, {
      description: 'By the launch role, not by the rights of who launches',
    });
    portfolio.constrainCloudFormationParameters(product, {
      description: 'Short retention alone',
      rule: {
        ruleName: 'ShortRetention',
        assertions: [
          {
            assert: Fn.conditionContains([...RETENTION.allowed], Fn.ref(RETENTION.parameter)),
            description: `${RETENTION.parameter} is one of ${RETENTION.allowed.join(', ')}`,
          },
        ],
      } satisfies TemplateRule,
    });
    portfolio.constrainTagUpdates(product, { description: 'Tags may be changed on what stands' });
    portfolio.notifyOnStackEvents(product, ground.topic, { description: 'Every event of a launch is told' });
    // CDK's own TagOptions are named in the template by a hash of the key, which has the run in it.
    for (const value of COST_CENTRES) {
      const option = new CfnTagOption(this, `CostCentre-${value}`, { key: costCentre, value });
      new CfnTagOptionAssociation(this, `Offers-${value}`, {
        resourceId: portfolio.portfolioId,
        tagOptionId: option.ref,
      });
    }
    portfolio.giveAccessToRole(ground.endUsers);
    new CfnPortfolioPrincipalAssociation(this, 'Launcher', {
      portfolioId: portfolio.portfolioId,
      principalArn: launcher,
      principalType: 'IAM',
    }).cfnOptions.condition = new CfnCondition(this, 'HasLauncher', {
      expression: Fn.conditionNot(Fn.conditionEquals(launcher, NOBODY)),
    });
  }
}
