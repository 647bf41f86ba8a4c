import { parentPort, workerData } from 'node:worker_threads';
import { type CheckedText, checkHere } from './check-content.ts';

parentPort?.postMessage(checkHere(workerData as CheckedText));
