import { Type } from 'typebox';
import type { Routes } from '../../../http/api.ts';
import type { Context } from '../../../http/context.ts';
import { ApiError } from '../../../http/errors.ts';
import { nullable, rowId, success, successAnswer } from '../../../http/schemas.ts';
import { ofCatalog, requireCatalog, tags } from '../catalog-schemas.ts';
import type { Catalog } from '../catalogs.sql.ts';
import { lockCatalog } from '../catalogs.sql.ts';
import {
  countAlerts,
  countUnderWay,
  deleteAlerts,
  insertAlert,
  type KeptAlert,
  listAlerts,
  tellingOf,
  updateAlert,
} from './alerts.sql.ts';
import { changeWords, interestWords } from './item-alert.ts';
import { alertShape, readAlert } from './read-alert.ts';

/** Alerts of one catalog: each is asked of every change of its items. */
const mostAlerts = 20;

const ofAlert = Type.Object({ ...ofCatalog.properties, id: rowId });

const alertAnswer = Type.Object({
  id: Type.Integer(),
  ...alertShape,
  fields: Type.Array(Type.String()),
  words: Type.String({ description: 'What it tells of whom, in words' }),
  told: Type.Integer({ description: 'How often somebody was told of an item' }),
  lastToldAt: nullable(Type.String()),
  underWay: Type.Integer({ description: 'Changes of which people are being told' }),
  isHeard: Type.Boolean({
    description: 'Whether anything listens; where nothing does nobody is looked for',
  }),
  createdAt: Type.String(),
  updatedAt: Type.String(),
});

/** Alerts: which changes of a catalog's items are told to whom. */
export const alertRoutes: Routes = (api, context) => {
  const { db, clock } = context;
  api.get(
    '/api/catalogs/:catalogName/alerts',
    {
      schema: {
        tags,
        summary: 'The alerts of a catalog, with what they have told',
        params: ofCatalog,
        response: { 200: Type.Object({ alerts: Type.Array(alertAnswer) }) },
      },
    },
    async ({ caller, params }) => {
      const catalog = await requireCatalog(context, caller.project.id, params.catalogName);
      return { alerts: await shown(context, await listAlerts(db, catalog.id)) };
    },
  );
  api.post(
    '/api/catalogs/:catalogName/alerts',
    {
      schema: {
        tags,
        summary:
          'Make an alert: tell people when an item changes that they asked for, looked at or have in the cart',
        params: ofCatalog,
        body: Type.Object(alertShape),
        response: { 200: alertAnswer },
      },
    },
    async ({ caller, params, body }) => {
      const catalog = await requireCatalog(context, caller.project.id, params.catalogName);
      const fields = readAlert(body);
      const alert = await db.transaction().execute(async (transaction) => {
        await lockCatalog(transaction, catalog.id);
        if ((await countAlerts(transaction, catalog.id)) >= mostAlerts)
          throw new ApiError(
            'BadParams',
            `The catalog ${catalog.name} has ${mostAlerts} alerts, as many as it may; delete one first`,
            { field: 'catalogName' },
          );
        return insertAlert(transaction, catalog, fields, clock.now());
      });
      if (!alert) throw isTaken(catalog, fields.name);
      return one(context, alert);
    },
  );
  api.put(
    '/api/catalogs/:catalogName/alerts/:id',
    {
      schema: {
        tags,
        summary: 'Change an alert: it is all replaced, and whom it has told it does not tell again',
        params: ofAlert,
        body: Type.Object(alertShape),
        response: { 200: alertAnswer },
      },
    },
    async ({ caller, params, body }) => {
      const catalog = await requireCatalog(context, caller.project.id, params.catalogName);
      const fields = readAlert(body);
      const alert = await db.transaction().execute(async (transaction) => {
        await lockCatalog(transaction, catalog.id);
        const alerts = await listAlerts(transaction, catalog.id);
        if (alerts.some(({ id, name }) => name === fields.name && id !== params.id))
          throw isTaken(catalog, fields.name);
        const known = alerts.some(({ id }) => id === params.id);
        return known ? updateAlert(transaction, params.id, fields, clock.now()) : null;
      });
      if (!alert) throw isNotThere(catalog, params.id);
      return one(context, alert);
    },
  );
  api.delete(
    '/api/catalogs/:catalogName/alerts/:id',
    {
      schema: {
        tags,
        summary: 'Delete an alert, with what is known of whom it told',
        params: ofAlert,
        response: { 200: successAnswer },
      },
    },
    async ({ caller, params }) => {
      const catalog = await requireCatalog(context, caller.project.id, params.catalogName);
      const alert = (await listAlerts(db, catalog.id)).find(({ id }) => id === params.id);
      if (!alert) throw isNotThere(catalog, params.id);
      await deleteAlerts(db, [alert.id]);
      return success(`Deleted alert: ${alert.name}`);
    },
  );
};

const isTaken = ({ name: catalog }: Catalog, name: string) =>
  new ApiError(
    'Conflict',
    `name: the catalog ${catalog} has an alert “${name}” already; choose another name`,
    { field: 'name', value: name },
  );

const isNotThere = ({ name }: Catalog, id: number) =>
  new ApiError(
    'NotFound',
    `There is no alert ${id} of the catalog ${name}; GET /api/catalogs/${name}/alerts lists them`,
    { field: 'id', value: id },
  );

async function one(context: Context, alert: KeptAlert) {
  const [answer] = await shown(context, [alert]);
  if (!answer) throw new Error('an alert was not shown');
  return answer;
}

async function shown({ db, listensFor }: Context, alerts: readonly KeptAlert[]) {
  const [first] = alerts;
  if (!first) return [];
  const ids = alerts.map(({ id }) => id);
  const [telling, underWay] = [await tellingOf(db, ids), await countUnderWay(db, ids)];
  const isHeard = await listensFor(db, first.projectId, 'catalogItem');
  return alerts.map(({ id, name, change, interests, fields, createdAt, updatedAt }) => ({
    ...{ id, name, when: { ...change }, who: [...interests], fields: [...fields] },
    words: `When ${changeWords(change)}: whoever ${interests.map(interestWords).join(', or ')}`,
    told: telling.get(id)?.told ?? 0,
    lastToldAt: telling.get(id)?.lastAt.toISOString() ?? null,
    ...{ underWay: underWay.get(id) ?? 0, isHeard },
    ...{ createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() },
  }));
}
