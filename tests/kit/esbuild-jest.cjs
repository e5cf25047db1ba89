const { transformSync } = require('esbuild');

// Jest runs the same ECMAScript modules as the product; without --experimental-vm-modules it would quietly
// turn them into CommonJS, so the transformer refuses.
exports.process = (source, file, { supportsStaticESM }) => {
  if (!supportsStaticESM) throw new Error('run jest through npm test: it needs --experimental-vm-modules');
  return transformSync(source, {
    loader: file.endsWith('x') ? 'tsx' : 'ts',
    format: 'esm',
    target: 'node20.19',
    supported: { 'import-attributes': true },
    jsx: 'automatic',
    jsxImportSource: 'preact',
    sourcemap: 'inline',
    sourcefile: file,
  });
};
