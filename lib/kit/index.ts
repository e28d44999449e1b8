// Everything a lab may use. Labs import from here and from nowhere else in lib/.

export { WorklabError } from '../core/errors';
export type { Residue } from '../core/residue';
export type { Form, RunScope } from '../core/run';
export { failed, passed, passedExcept, unknown, type Verdict } from '../core/verdict';
export { lastOf } from './arn';
export type { Aws } from './aws';
export { concept, type Exercise, exercise, NotHere } from './exercise';
export { hostUrl } from './host';
export { collect, items, MissingList, onePage, unlessGone } from './items';
export { type Demand, judge, meets, type Nothing } from './judge';
export { type Connection, type CostItem, defineLab, type Lab, type Preparation } from './lab';
export { isMarked, type Marks } from './marks';
export { EndlessList, pagesOf } from './pages';
export type { Permission } from './permission';
export type { Concern, Preflight } from './preflight';
export type { AccountSetting, SettingValue } from './setting';
export type { LabStackClass, LabStackProps } from './stack';
export type { Sweeper, SweepScope } from './sweeper';
export { taggedArns } from './tagged';
export { patience, waitUntil } from './wait';
