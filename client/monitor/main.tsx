import { render } from 'preact';
import { readKeptLanguage } from '../shared/keep-language.ts';
import { isLanguage } from '../shared/languages.ts';
import { App } from './app.tsx';
import { openMonitor } from './open-monitor.ts';

const { lang } = document.documentElement;
const monitor = openMonitor(
  readKeptLanguage() ?? (isLanguage(lang) ? lang : 'kk'),
  () => performance.now(),
  Math.random,
);
const root = document.getElementById('app');
if (root !== null) render(<App monitor={monitor} />, root);
monitor.start();
