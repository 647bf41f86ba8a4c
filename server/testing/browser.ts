import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import chromium, { inflate } from '@sparticuz/chromium';
import { type Browser, chromium as launcher } from 'playwright-core';

/**
 * Arguments the package gives for a function in a cloud that a person's browser does not have: without web
 * security no Origin is sent, and one process for all falls when a page is closed.
 */
const notAsPeopleHave = new Set([
  '--disable-web-security',
  '--disable-site-isolation-trials',
  '--allow-running-insecure-content',
  '--single-process',
  '--in-process-gpu',
]);

/** Starts the Chromium that npm brings, without a window. */
export async function startBrowser(): Promise<Browser> {
  // Nothing here needs 3D, and software that plays a graphics card now and then stands still on a busy machine.
  chromium.setGraphicsMode = false;
  const executablePath = await chromium.executablePath();
  const given = chromium.args.filter((each) => !notAsPeopleHave.has(each) && !each.startsWith('--headless'));
  const args = [...given, '--disable-gpu'];
  const launch = (env: NodeJS.ProcessEnv) => launcher.launch({ executablePath, args, env, headless: true });
  try {
    return await launch(process.env);
  } catch (error) {
    if (!(error instanceof Error && error.message.includes('shared libraries'))) throw error;
    // A bare machine lacks the desktop's libraries; the package has them too.
    await inflate(join(packageFolder(), 'bin/al2023.tar.br'));
    return launch({ ...process.env, LD_LIBRARY_PATH: join(tmpdir(), 'al2023/lib') });
  }
}

function packageFolder(): string {
  return join(dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))), '..');
}
