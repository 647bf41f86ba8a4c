import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { ApiError } from '../../http/errors.ts';
import { here } from '../../lanes/here.sql.ts';
import { laneOfKey } from '../../lanes/lanes.ts';
import { sendByLane } from '../../users/by-lane.ts';
import { codeFault, foldedCode, isAlphanumeric } from './code-rules.ts';
import { type CouponPool, expectCodes } from './coupon-pools.sql.ts';

/** Where a code lies until somebody of another lane gets it; codes that differ in case only lie together. */
export const laneOfCode = (projectId: number, folded: string): number =>
  laneOfKey(`${projectId}:coupon:${folded}`);

/** A code that somebody adds, with its place: the row of a file, or from 0 in a list. */
export interface OfferedCode {
  place: number;
  code: string;
}

/** What is to be said of one that was refused, or (`isAdded`) is there and should be looked at. */
export interface CodeFault extends OfferedCode {
  fault: string;
  isAdded: boolean;
}

/** What a pool's codes must be besides. */
export interface CodeDemands {
  /** Characters that WhatsApp's button takes, where a template shows this pool's codes in one. */
  buttonLimit: number | null;
}

/**
 * Adds codes to a pool, each in the lane of its hash, and tells of each that is none, or is in a pool of the project already;
 * of two alike in one call the first is taken. What was added before a crash is found by whoever adds it again.
 */
export async function addCodes(
  db: Database,
  pool: CouponPool,
  offered: readonly OfferedCode[],
  { uploadId = null, buttonLimit }: { uploadId?: number | null } & CodeDemands,
): Promise<{ added: number; faults: CodeFault[] }> {
  const faults: CodeFault[] = [];
  const refuse = ({ place, code }: OfferedCode, fault: string) =>
    faults.push({ place, code, fault, isAdded: false });
  const fresh = new Map<string, OfferedCode & { folded: string }>();
  for (const one of offered) {
    const fault = codeFault(one.code) ?? buttonFault(one.code, buttonLimit);
    if (fault !== null) refuse(one, fault);
    else if (fresh.has(one.code)) refuse(one, 'is here twice; the first is taken');
    else fresh.set(one.code, { ...one, folded: foldedCode(one.code) });
  }
  // In one order, so that of two who add the same neither waits for the other in a ring.
  const codes = [...fresh.values()].toSorted((a, b) => (a.code < b.code ? -1 : 1));
  if (codes.length === 0) return { added: 0, faults };
  const shape = {
    longest: Math.max(...codes.map(({ code }) => code.length)),
    alphanumeric: codes.every(({ code }) => isAlphanumeric(code)),
  };
  const laneOf = ({ folded }: { folded: string }) => laneOfCode(pool.project_id, folded);
  const answers = await db.transaction().execute(async (transaction) => {
    if (!(await expectCodes(transaction, pool, shape)))
      throw new ApiError('NotFound', `The coupon pool “${pool.name}” was deleted meanwhile`, { field: 'id' });
    return sendByLane(transaction, codes, laneOf, (lane, own) => insertIntoLane(lane, pool, own, uploadId));
  });
  const rows = answers.flatMap((answer) => answer.rows);
  const elsewhere = rows.flatMap(({ poolId }) => (poolId === null || poolId === pool.id ? [] : [poolId]));
  const names = await namesOf(db, pool.project_id, elsewhere);
  const firstAlike = new Map<string, string>();
  let added = 0;
  for (const { code, isNew, poolId, ofUpload, twin } of rows) {
    const one = fresh.get(code);
    if (!one) continue;
    if (!isNew) {
      const other = poolId === null ? undefined : names.get(poolId);
      const where =
        poolId === null || poolId === pool.id
          ? 'this pool'
          : other
            ? `the pool “${other}”`
            : 'a deleted pool';
      const isTwice = uploadId !== null && ofUpload === uploadId;
      refuse(one, isTwice ? 'is twice in this file; the first is taken' : `is in ${where} already`);
      continue;
    }
    added++;
    const alike = twin ?? firstAlike.get(one.folded);
    firstAlike.set(one.folded, code);
    if (alike === undefined) continue;
    const fault = `is added, though “${alike}” is there too: where case does not count the two are one code`;
    faults.push({ place: one.place, code, fault, isAdded: true });
  }
  return { added, faults: faults.toSorted((a, b) => a.place - b.place) };
}

/** What WhatsApp's button does not take of a code. */
function buttonFault(code: string, limit: number | null): string | null {
  if (limit === null) return null;
  if (code.length > limit)
    return `has ${code.length} characters; the WhatsApp button that shows this pool’s codes takes ${limit}`;
  return isAlphanumeric(code)
    ? null
    : 'is not of letters and digits; the WhatsApp button that shows this pool’s codes takes nothing else';
}

interface InsertedCode {
  code: string;
  isNew: boolean;
  /** Of the code that is there. */
  poolId: number | null;
  ofUpload: number | null;
  /** One that was there and differs in case only. */
  twin: string | null;
}

async function namesOf(
  db: Database,
  projectId: number,
  poolIds: readonly number[],
): Promise<Map<number, string>> {
  if (poolIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('coupon_pool')
    .select(['id', 'name'])
    .where('project_id', '=', projectId)
    .where('id', 'in', [...new Set(poolIds)])
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

function insertIntoLane(
  lane: number,
  pool: CouponPool,
  codes: readonly { code: string; folded: string }[],
  uploadId: number | null,
) {
  return sql<InsertedCode>`
    WITH given AS (
      SELECT folded, code FROM unnest(${codes.map(({ folded }) => folded)}::text[], ${codes.map(({ code }) => code)}::text[])
        AS g (folded, code)
    ), new AS (
      INSERT INTO coupon (lane, project_id, folded, code, pool_id, upload_id, state)
      SELECT here.lane, ${pool.project_id}::int, given.folded, given.code, ${pool.id}::int, ${uploadId}::int, 'free'
      FROM ${here(lane)} CROSS JOIN given
      ON CONFLICT (lane, project_id, folded, code) DO NOTHING
      RETURNING code
    )
    SELECT given.code, new.code IS NOT NULL AS "isNew", there.pool_id AS "poolId", there.upload_id AS "ofUpload",
      (SELECT min(c.code) FROM coupon c WHERE c.lane = ${lane} AND c.project_id = ${pool.project_id}
        AND c.folded = given.folded COLLATE "C" AND c.code <> given.code COLLATE "C") AS twin
    FROM given LEFT JOIN new ON new.code = given.code COLLATE "C"
    LEFT JOIN coupon there ON there.lane = ${lane} AND there.project_id = ${pool.project_id}
      AND there.folded = given.folded COLLATE "C" AND there.code = given.code COLLATE "C"`;
}
