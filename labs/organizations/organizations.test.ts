import { describeLab } from '../../test/support/describe-lab';
import lab from './lab';

const template = describeLab('organizations', lab);
void template;
