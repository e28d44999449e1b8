// Exercises on who is let in, what launches are tagged with, who is told, and with whom a portfolio is shared.

import { exercise, judge } from '../../../lib/kit';
import { ACCESS, NO_PORTFOLIO, NOTIFIED, SHARED, TAGGED } from '../demands';
import { see } from '../see';
import { solveWith } from '../solutions';

export const grantAccess = exercise({
  id: 'grant-access',
  rows: ['sc-4'],
  title: 'Let end users into a portfolio',
  kind: 'provision',
  asks: [
    'user access permission',
    'user access permission portfolio sharing',
    'portfolio access',
    'quyền truy cập người dùng',
  ],
  task: [
    'The role `worklab-<run>-sc-end-users` is let into `worklab-<run>-portfolio` as a principal, and has the managed policy',
    '`AWSServiceCatalogEndUserFullAccess`. Whoever launches has to be let in: let yourself in as well.',
  ].join(' '),
  restsOn: ['AWS::ServiceCatalog::PortfolioPrincipalAssociation'],
  observe: see.access,
  check: (all) => judge(all, ACCESS, NO_PORTFOLIO),
  solve: solveWith((solutions) => solutions.access),
});

export const tagWithOptions = exercise({
  id: 'tag-with-options',
  rows: ['sc-5'],
  title: 'Offer tags with TagOptions',
  kind: 'provision',
  asks: ['tagoption resource tagging', 'tagoption automated resource tagging', 'tagoption', 'tag option'],
  task: [
    'The portfolio offers two values of one key: TagOptions `worklab-<run>-cost-centre` with `platform` and `research`, both associated with',
    '`worklab-<run>-portfolio`. A tag update constraint on its product allows tags to be changed afterwards.',
  ].join(' '),
  restsOn: [
    'AWS::ServiceCatalog::TagOption',
    'AWS::ServiceCatalog::TagOptionAssociation',
    'AWS::ServiceCatalog::ResourceUpdateConstraint',
  ],
  observe: see.portfolios,
  check: (portfolios) => judge(portfolios, TAGGED, NO_PORTFOLIO),
  solve: solveWith((solutions) => solutions.tagOptions),
});

export const notifyOfLaunches = exercise({
  id: 'notify-of-launches',
  rows: ['sc-a1'],
  title: 'Have launches told to a topic',
  kind: 'provision',
  extra: true,
  asks: ['notification constraint provisioning event', 'notification constraint', 'ràng buộc thông báo'],
  task: 'A notification constraint on the product in `worklab-<run>-portfolio` names the topic `worklab-<run>-launches`.',
  restsOn: ['AWS::ServiceCatalog::LaunchNotificationConstraint'],
  observe: see.portfolios,
  check: (portfolios) => judge(portfolios, NOTIFIED, NO_PORTFOLIO),
  solve: solveWith((solutions) => solutions.notifications),
});

export const sharePortfolio = exercise({
  id: 'share-portfolio',
  rows: ['sc-a2'],
  title: 'Share a portfolio with another account',
  kind: 'action',
  extra: true,
  guard: { by: 'account', because: 'another account sees the portfolio, and may import it' },
  asks: [
    'service catalog integration organization',
    'portfolio sharing organization',
    'portfolio sharing',
    'chia sẻ danh mục',
  ],
  task: [
    'The portfolio is shared with an account of yours, or with a unit of your organization. Which one is yours to say: worklab shares with none',
    'on AWS. An account has to accept; within an organization that trusts Service Catalog nobody has to.',
  ].join(' '),
  observe: see.portfolios,
  check: (portfolios) => judge(portfolios, SHARED, NO_PORTFOLIO),
  solve: solveWith((solutions) => solutions.share),
});
