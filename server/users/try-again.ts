import { ApiError } from '../http/errors.ts';

/** Thrown inside a transaction that met somebody else's half-seen change: rolled back and tried anew. */
export class TryAgain extends Error {}

const attempts = 8;
const deadlock = '40P01';
const serialisation = '40001';

/**
 * Runs a transaction again when it lost a race (`TryAgain`) or a deadlock. @throws ApiError Conflict after eight
 * losses.
 */
export async function retrying<Result>(run: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run();
    } catch (error) {
      if (!isRace(error)) throw error;
      if (attempt >= attempts)
        throw new ApiError('Conflict', 'Others are changing the same users at this moment; send it again');
    }
  }
}

function isRace(error: unknown): boolean {
  if (error instanceof TryAgain) return true;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === deadlock || code === serialisation;
}
