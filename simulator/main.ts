import { pino } from 'pino';
import { startSimulator } from './index.ts';
import { readSettings } from './settings.ts';

const settings = readSettings(process.env);
const log = pino({ level: settings.logLevel });
const simulator = await startSimulator({ ...settings, log });

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  await simulator.close();
  process.exit(0);
}
process.on('SIGTERM', stop);
process.on('SIGINT', stop);

process.stdout.write(
  `Carrier simulator: ${simulator.url} (handsets, control API, Twilio and Meta wires); mail on ${settings.host}:${simulator.smtpPort}\n`,
);
