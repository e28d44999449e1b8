#!/usr/bin/env node
// Lets Node read TypeScript, then starts worklab in this same process.

require('tsx/cjs');
require('./worklab.ts');
