import { render } from 'preact';
import { readKeptLanguage } from '../shared/keep-language.ts';
import { App } from './app.tsx';
import { openMonitor } from './open-monitor.ts';

const monitor = openMonitor(readKeptLanguage() ?? 'kk', () => performance.now(), Math.random);
const root = document.getElementById('app');
if (root !== null) render(<App monitor={monitor} />, root);
monitor.start();
