import { describeLab } from '../../test/support/describe-lab';
import lab from './lab';

const template = describeLab('control-tower', lab);
void template;
