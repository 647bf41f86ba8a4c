import type { Context } from '../../http/context.ts';
import type { FileReading } from './row-reading.ts';

/** What an import runs on. */
export type ImportContext = Pick<Context, 'db' | 'people' | 'clock' | 'announce' | 'log'>;

/** An import under way. */
export interface Run {
  id: number;
  projectId: number;
  fileName: string;
  listId: number | null;
  /** Rows taken at once. */
  batchSize: number;
  reading: FileReading;
  now(): Date;
}
