import { describeLab } from '../../test/support/describe-lab';
import lab from './lab';

const template = describeLab('datasync', lab);
test('x', async () => {
  await template('full');
});
