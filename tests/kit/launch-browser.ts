/**
 * The one way to a real browser in tests: Chromium out of the npm package @sparticuz/chromium, or the one CHROMIUM_PATH names. Where
 * none can run, the reason is given and the test says that it was skipped.
 */
import { chromium, type Browser } from 'playwright-core';

export type Launched =
  | { readonly browser: Browser; readonly skipped?: undefined }
  | { readonly skipped: string; readonly browser?: undefined };

async function findExecutable(): Promise<string> {
  const given = process.env['CHROMIUM_PATH'];
  if (given !== undefined && given !== '') return given;
  // Set before the import: then the package also unpacks the system libraries that a bare machine lacks.
  process.env['AWS_EXECUTION_ENV'] ??= 'AWS_Lambda_nodejs20.x';
  const { default: packed } = await import('@sparticuz/chromium');
  return packed.executablePath();
}

/**
 * Starts a headless browser; the caller closes it. Never with the package's default arguments: they switch web security off and would
 * falsify tests of origins and content security policy.
 */
export async function launchBrowser(): Promise<Launched> {
  try {
    const executablePath = await findExecutable();
    const browser = await chromium.launch({
      executablePath,
      headless: true,
      args: ['--no-sandbox', '--no-zygote', '--disable-gpu', '--headless'],
    });
    return { browser };
  } catch (error) {
    // Where everything is checked, a test that cannot run has failed.
    if (process.env['CI'] === 'true') throw error;
    const skipped = `no browser can run here: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`;
    // Said aloud: the list of many test files does not name what was skipped.
    process.stderr.write(`SKIPPED browser tests: ${skipped}\n`);
    return { skipped };
  }
}
