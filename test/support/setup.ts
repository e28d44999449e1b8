// Before every test file: nothing of the developer's own account may reach a test.

for (const name of Object.keys(process.env)) {
  if (/^(?:AWS_|WORKLAB_HOME$|CDK_)/.test(name)) delete process.env[name];
}
process.env.AWS_EC2_METADATA_DISABLED = 'true';
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
