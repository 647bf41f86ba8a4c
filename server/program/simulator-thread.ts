import { type SimulatorOptions, startSimulator } from '../../simulator/index.ts';
import { onOwnThread } from './thread.ts';

onOwnThread(async (options: SimulatorOptions) => {
  const simulator = await startSimulator(options);
  return { ready: { url: simulator.url, smtpPort: simulator.smtpPort }, stop: simulator.close };
});
