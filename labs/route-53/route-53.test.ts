import { describeLab } from '../../test/support/describe-lab';
import lab from './lab';

describeLab('route-53', lab);
