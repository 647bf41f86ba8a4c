import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

/*
 * The whole program: `node server/main.ts [all | api | worker | migrate | project …]`. Reading and compiling it takes most of
 * a start, so what the last one compiled is kept; where that cannot be written, it is compiled anew.
 */
const { directory } = enableCompileCache(
  fileURLToPath(new URL('../node_modules/.cache/carillon', import.meta.url)),
);
// For the threads.
if (directory) process.env.NODE_COMPILE_CACHE = directory;
const { runCommand } = await import('./program/command.ts');
await runCommand();
