// Exercises on what a catalogue offers: a portfolio, a product in versions, what its parameters may be.

import { concept, exercise, judge } from '../../../lib/kit';
import { NO_PORTFOLIO, PORTFOLIOS, VERSIONED } from '../demands';
import { see } from '../see';
import { solveWith } from '../solutions';

export const readCatalogue = concept({
  id: 'read-catalogue',
  rows: ['sc-1'],
  title: 'Know what a service catalogue is made of',
  asks: [
    'service catalog architecture benefit',
    'understand service catalog',
    'service catalog architecture',
    'service catalog concept',
    'service catalog standardized provisioning',
    'kiến trúc service catalog',
  ],
  task: [
    'A product is a template in versions; a portfolio holds products, lets principals in and binds launches by constraints; a launched product',
    'is a stack that Service Catalog keeps. Administrators write templates, end users launch them without rights to what they make.',
    '<https://docs.aws.amazon.com/servicecatalog/latest/adminguide/introduction.html>',
  ].join(' '),
});

export const createPortfolio = exercise({
  id: 'create-portfolio',
  rows: ['sc-2'],
  title: 'Offer a product in a portfolio',
  kind: 'provision',
  asks: ['create manage product portfolio', 'product portfolio', 'portfolio', 'danh mục sản phẩm'],
  task: [
    'A portfolio `worklab-<run>-portfolio` holds a product `worklab-<run>-logs` with an active version. The template of a version comes from a',
    'stack: `worklab-<run>-service-catalog-v1` is there to be taken (`ImportFromPhysicalId` with its ARN); or from an object in S3',
    '(`LoadTemplateFromURL`).',
  ].join(' '),
  restsOn: [
    'AWS::ServiceCatalog::Portfolio',
    'AWS::ServiceCatalog::CloudFormationProduct',
    'AWS::ServiceCatalog::PortfolioProductAssociation',
  ],
  observe: see.portfolios,
  check: (portfolios) => judge(portfolios, PORTFOLIOS, NO_PORTFOLIO),
  solve: solveWith((solutions) => solutions.portfolio),
});

export const versionAndConstrain = exercise({
  id: 'version-and-constrain',
  rows: ['sc-3'],
  title: 'Give a product two versions and bind its parameters',
  kind: 'provision',
  asks: [
    'configure provisioning artifact constraint',
    'provisioning artifact',
    'template constraint parameter validation',
    'template constraint',
    'ràng buộc mẫu',
  ],
  task: [
    'The product in `worklab-<run>-portfolio` has two versions, `v1` and `v2`, taken from the stacks `worklab-<run>-service-catalog-v1` and `-v2`.',
    'A template constraint asserts that `RetentionDays` is one of 1, 3 and 7.',
  ].join(' '),
  restsOn: ['AWS::ServiceCatalog::CloudFormationProduct', 'AWS::ServiceCatalog::LaunchTemplateConstraint'],
  observe: see.portfolios,
  check: (portfolios) => judge(portfolios, VERSIONED, NO_PORTFOLIO),
  solve: solveWith((solutions) => solutions.versions),
});
