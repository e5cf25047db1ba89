#!/usr/bin/env node
// In a checkout the command builds itself when its sources are newer than the build; an installed package brings its build.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const built = spawnSync(process.execPath, [at('../build.mjs'), '--if-needed'], { stdio: 'inherit' });
if (built.status !== 0) process.exit(built.status ?? 1);
await import('../dist/server/cli/main.js');
