import { describeLab } from '../../test/support/describe-lab';
import lab from './lab';

describeLab('systems-manager', lab);
