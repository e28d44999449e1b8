import { describeLab } from '../../test/support/describe-lab';
import lab from './lab';

const template = describeLab('rds', lab);
void template;
