#!/usr/bin/env node
// Lets Node read TypeScript, then starts worklab in this same process.

// The AWS SDK warns on Node 20 that its versions of 2027 will want Node 22; these versions are pinned by the lockfile.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
require('tsx/cjs');
require('./worklab.ts');
