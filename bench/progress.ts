/** A line on standard error that shows how far something is. */
export interface Bar {
  at(done: number): void;
  end(): void;
}

const width = 30;
/** Where nobody sees a line move, one is written this often. */
const quietMs = 5_000;

/** Says one thing on standard error. */
export function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Starts a bar named `label` that is full at `total`. */
export function startBar(label: string, total: number): Bar {
  const begin = performance.now();
  const moves = process.stderr.isTTY === true;
  let latest = begin;
  let shown = 0;
  const line = () => {
    const share = total === 0 ? 1 : Math.min(1, shown / total);
    const full = Math.round(share * width);
    const seconds = (performance.now() - begin) / 1000;
    const rate = Math.round(shown / Math.max(seconds, 0.001));
    const drawn = `${'#'.repeat(full)}${'.'.repeat(width - full)}`;
    return `${label.padEnd(22)} [${drawn}] ${Math.floor(shown)}/${total}  ${seconds.toFixed(1)} s  ${rate}/s`;
  };
  return {
    at(done) {
      shown = done;
      if (moves) process.stderr.write(`\r${line()}`);
      else if (performance.now() - latest >= quietMs) {
        latest = performance.now();
        say(line());
      }
    },
    end: () => process.stderr.write(`${moves ? '\r' : ''}${line()}\n`),
  };
}
