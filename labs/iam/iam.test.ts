import { Match } from 'aws-cdk-lib/assertions';
import { describeLab } from '../../test/support/describe-lab';
import lab from './lab';

const template = describeLab('iam', lab);

test('synthesizes', async () => {
  (await template('full')).hasResourceProperties('AWS::IAM::Group', {
    GroupName: 'worklab-abc123-devs',
    Path: Match.anyValue(),
  });
});
