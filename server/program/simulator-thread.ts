import { parentPort, workerData } from 'node:worker_threads';
import { type SimulatorOptions, startSimulator } from '../../simulator/index.ts';

const simulator = await startSimulator(workerData as SimulatorOptions);
parentPort?.on('message', async (message) => {
  if (message !== 'stop') return;
  await simulator.close();
  parentPort?.postMessage('stopped');
  parentPort?.close();
});
parentPort?.postMessage({ url: simulator.url, smtpPort: simulator.smtpPort });
