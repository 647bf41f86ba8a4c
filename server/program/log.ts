import { type Logger, pino } from 'pino';
import type { LogLevel } from '../config/settings.ts';

/**
 * Opens a log of lines of JSON on standard error. Phone numbers, addresses and bodies are not logged by the
 * program; what an error brings along of them is taken out here.
 */
export function openLog(level: LogLevel, part: string): Logger {
  return pino(
    {
      level,
      base: { part },
      redact: {
        // The address of a request may hold an API key.
        paths: ['*.detail', 'err.parameters', 'err.where', 'err.detail', 'err.rawPacket', 'req.url'],
        censor: '[not logged]',
      },
    },
    pino.destination({ dest: 2, sync: true }),
  );
}
