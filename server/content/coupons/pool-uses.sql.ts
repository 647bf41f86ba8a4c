import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { TemplateContent } from '../template-content.ts';
import { couponsIn, couponsInButtons } from '../templates/coupon-faults.ts';
import { whatsAppLimits } from '../templates/template-limits.ts';
import type { CodeDemands } from './add-codes.sql.ts';
import type { CouponPool } from './coupon-pools.sql.ts';

/** A template that shows codes of a pool. */
export interface UsingTemplate {
  id: number;
  name: string;
  /** Whether a WhatsApp button copies them. */
  inButton: boolean;
}

/** The project's templates that show codes of a pool in a text of their own, archived ones apart. */
export async function templatesWithPool(db: Database, pool: CouponPool): Promise<UsingTemplate[]> {
  const { rows } = await sql<{
    id: number;
    name: string;
    content: TemplateContent;
    locales: Record<string, TemplateContent>;
  }>`
    SELECT id, name, content, locales FROM template
    WHERE project_id = ${pool.project_id} AND archived_at IS NULL
      AND (content::text LIKE '%coupon%' OR locales::text LIKE '%coupon%') ORDER BY id`.execute(db);
  return rows.flatMap(({ id, name, content, locales }) => {
    const contents = [content, ...Object.values(locales)];
    const texts = contents.flatMap((each) => stringsIn(each));
    if (!texts.some((text) => couponsIn(text).includes(pool.name))) return [];
    return [{ id, name, inButton: contents.some((each) => couponsInButtons(each).includes(pool.name)) }];
  });
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

/** What templates ask of a pool's codes. */
export async function demandsOn(db: Database, pool: CouponPool): Promise<CodeDemands> {
  const isInButton = (await templatesWithPool(db, pool)).some(({ inButton }) => inButton);
  return { buttonLimit: isInButton ? whatsAppLimits.couponCode : null };
}
