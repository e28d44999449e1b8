/** Who may import whom. Each rule is a sentence; its name is what a failing build prints. */
const STAGES = 'worklog|plan|synth|deploy|connect|verify|teardown|report|expiry|guard|solve';
const TESTS = '\\.test\\.ts$';
module.exports = {
  forbidden: [
    {
      name: 'core-imports-nothing',
      severity: 'error',
      from: { path: '^lib/core' },
      to: { path: '^(lib|labs|bin|test|node_modules)/', pathNot: '^lib/core' },
    },
    {
      name: 'a-lab-imports-only-the-kit',
      severity: 'error',
      from: { path: '^labs/([^/]+)/', pathNot: TESTS },
      to: { path: '^(lib|bin|test|labs)/', pathNot: ['^lib/kit/(index|stack)\\.ts$', '^labs/$1/'] },
    },
    {
      name: 'only-observe-solve-sweepers-settings-preflight-and-connect-talk-to-aws',
      severity: 'error',
      from: {
        path: '^labs',
        pathNot: ['^labs/[^/]+/(observe|solve|sweepers|settings|preflight|connect)[./]', TESTS],
      },
      to: { path: 'node_modules/@aws-sdk/' },
    },
    {
      name: 'in-lib-only-the-doors-talk-to-aws',
      severity: 'error',
      from: { path: '^lib', pathNot: ['^lib/(aws|deploy|teardown|guard|expiry)/', '^lib/kit/tagged\\.ts$'] },
      to: { path: 'node_modules/@aws-(sdk|cdk)/' },
    },
    {
      name: 'only-stacks-use-cdk',
      severity: 'error',
      from: { path: '^(labs|lib)', pathNot: ['^labs/[^/]+/(stack|stacks|constructs)[./]', '^lib/(synth|kit/stack)', TESTS] },
      to: { path: 'node_modules/(aws-cdk-lib|constructs)/' },
    },
    {
      name: 'a-stage-does-not-know-another-stage',
      severity: 'error',
      from: { path: `^lib/(${STAGES})/` },
      to: { path: `^lib/(${STAGES})/`, pathNot: '^lib/$1/' },
    },
    {
      name: 'pure-stages-do-no-io',
      severity: 'error',
      from: { path: '^lib/(core|worklog|plan|report)/' },
      to: { path: '^(node:)?(fs|child_process|net|http|https)|^lib/aws' },
    },
    { name: 'nothing-imports-bin', severity: 'error', from: { pathNot: '^bin/' }, to: { path: '^bin/' } },
    {
      name: 'product-does-not-import-tests',
      severity: 'error',
      from: { path: '^(bin|lib|labs)/', pathNot: TESTS },
      to: { path: `^test/|${TESTS}` },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-unlisted-packages',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown', 'undetermined'], pathNot: '^tsx/cjs$' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '__snapshots__' },
  },
};
