// What the learner does in this lab, in the order in which one thing stands on another.

import type { Exercise } from '../../lib/kit';
import { createStacks, nestStacks, parametersAndOutputs, spreadStacks, understandTemplates } from './exercises/build';
import { detectDrift, guardUpdates, previewChanges, troubleshootFailure } from './exercises/operate';
import { importExports, integrateCatalog } from './exercises/share';

export const exercises: readonly Exercise[] = [
  understandTemplates,
  createStacks,
  parametersAndOutputs,
  nestStacks,
  spreadStacks,
  detectDrift,
  previewChanges,
  guardUpdates,
  troubleshootFailure,
  importExports,
  integrateCatalog,
];
