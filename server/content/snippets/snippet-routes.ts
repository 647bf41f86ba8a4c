import { Type } from 'typebox';
import type { Api, Routes } from '../../http/api.ts';
import type { Context } from '../../http/context.ts';
import { ApiError } from '../../http/errors.ts';
import { quoted } from '../rendering/render-limits.ts';
import { checkContent } from '../templates/check-content.ts';
import { snippetName, snippetsFault } from './snippet-rules.ts';
import { loadSnippets, type SnippetSet } from './snippet-set.ts';
import {
  deleteSnippet,
  findSnippet,
  insertSnippet,
  listSnippets,
  type Snippet,
  updateSnippet,
  usersOfSnippet,
} from './snippets.sql.ts';

const tags = ['Snippets'];
const variables = Type.Optional(
  Type.Array(Type.String({ pattern: '^[A-Za-z0-9_]+$', maxLength: 100 }), { maxItems: 200 }),
);
const shortText = Type.Optional(Type.String({ maxLength: 2000 }));
const identifier = Type.Object({
  identifier: Type.String({ description: 'Its id when all digits, else its name' }),
});
const snippetId = Type.Object({ snippetId: Type.Integer() });
const snippetSchema = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  content: Type.String(),
  description: Type.Optional(Type.String()),
  variables: Type.Array(Type.String()),
  projectId: Type.Integer(),
  createdAt: Type.String(),
  createdBy: Type.String(),
  updatedAt: Type.String(),
  updatedBy: Type.String(),
});

/** Snippets: parts of content that templates share, by Iterable's calls. */
export const snippetRoutes: Routes = (api, context) => {
  readingRoutes(api, context);
  changingRoutes(api, context);
};

function readingRoutes(api: Api, context: Context): void {
  const list = Type.Object({ snippets: Type.Array(snippetSchema) });
  api.get(
    '/api/snippets',
    { schema: { tags, summary: 'All snippets', response: { 200: list } } },
    async ({ caller }) => {
      const snippets = await listSnippets(context.db, caller.project.id);
      return { snippets: snippets.map(snippetView) };
    },
  );
  const one = Type.Object({ snippet: snippetSchema });
  api.get(
    '/api/snippets/:identifier',
    { schema: { tags, summary: 'A snippet', params: identifier, response: { 200: one } } },
    async ({ caller, params }) => ({
      snippet: snippetView(await requireSnippet(context, caller.project.id, params.identifier)),
    }),
  );
}

function changingRoutes(api: Api, context: Context): void {
  const created = Type.Object({
    name: Type.String(),
    content: Type.String(),
    description: shortText,
    createdByUserId: shortText,
    variables,
  });
  api.post(
    '/api/snippets',
    { schema: { tags, summary: 'Create a snippet', body: created, response: { 200: snippetId } } },
    async ({ caller, body }) => {
      if (!snippetName.test(body.name) || /^\d+$/.test(body.name))
        throw new ApiError(
          'BadParams',
          `name ${quoted(body.name)} cannot be used; take up to 100 letters, digits, spaces, - and _, not digits alone`,
          { field: 'name' },
        );
      const others = await loadSnippets(context.db, caller.project.id);
      const checked = await checkedContent(context, body, others, body.name);
      const by = body.createdByUserId ?? caller.name;
      const at = context.clock.now();
      const made = await insertSnippet(context.db, {
        project_id: caller.project.id,
        name: body.name,
        description: body.description ?? null,
        ...checked,
        ...{ created_by: by, updated_by: by, created_at: at, updated_at: at },
      });
      if (!made)
        throw new ApiError(
          'Conflict',
          `name ${JSON.stringify(body.name)} is taken by another snippet; choose another`,
          {
            field: 'name',
          },
        );
      return { snippetId: made.id };
    },
  );

  const updated = Type.Object({
    content: Type.String(),
    description: shortText,
    createdByUserId: shortText,
    variables,
  });
  api.put(
    '/api/snippets/:identifier',
    {
      schema: {
        tags,
        summary: 'Change a snippet',
        params: identifier,
        body: updated,
        response: { 200: snippetId },
      },
    },
    async ({ caller, params, body }) => {
      const snippet = await requireSnippet(context, caller.project.id, params.identifier);
      const others = await loadSnippets(context.db, caller.project.id);
      const checked = await checkedContent(context, body, others, snippet.name);
      await updateSnippet(context.db, snippet, {
        ...checked,
        description: body.description ?? snippet.description,
        updated_by: body.createdByUserId ?? caller.name,
        updated_at: context.clock.now(),
      });
      return { snippetId: snippet.id };
    },
  );

  api.delete(
    '/api/snippets/:identifier',
    {
      schema: {
        tags,
        summary: 'Delete a snippet that nothing uses',
        params: identifier,
        response: { 200: snippetId },
      },
    },
    async ({ caller, params }) => {
      const snippet = await requireSnippet(context, caller.project.id, params.identifier);
      const users = await usersOfSnippet(context.db, snippet);
      if (users.length > 0)
        throw new ApiError(
          'Conflict',
          `The snippet is used by ${users.join(', ')}; take it out of there first`,
          {
            usedBy: users,
          },
        );
      await deleteSnippet(context.db, snippet);
      return { snippetId: snippet.id };
    },
  );
}

async function checkedContent(
  { clock }: Context,
  { content, variables: named = [] }: { content: string; variables?: string[] },
  kept: SnippetSet,
  name: string,
) {
  // As it will stand among the others, so that a snippet that comes to contain itself is seen.
  const snippets = new Map([...kept, [name, content]]);
  const tooMuch = snippetsFault(snippets);
  if (tooMuch !== null) throw new ApiError('InvalidTemplate', tooMuch, { field: 'content' });
  const { faults, variables } = await checkContent({ kind: 'snippet', content, named, snippets }, clock);
  const [fault] = faults;
  if (fault) throw new ApiError('InvalidTemplate', fault.fault, { field: 'content' });
  return { content, variables };
}

async function requireSnippet({ db }: Context, projectId: number, id: string): Promise<Snippet> {
  const isId = /^\d{1,9}$/.test(id);
  const snippet = await findSnippet(db, projectId, isId ? { id: Number(id) } : { name: id });
  if (snippet) return snippet;
  throw new ApiError('NotFound', `There is no snippet ${isId ? 'with id' : 'named'} ${id} in this project`);
}

function snippetView(row: Snippet) {
  return {
    id: row.id,
    name: row.name,
    content: row.content,
    ...(row.description === null ? {} : { description: row.description }),
    variables: row.variables,
    projectId: row.project_id,
    createdAt: row.created_at.toISOString(),
    createdBy: row.created_by,
    updatedAt: row.updated_at.toISOString(),
    updatedBy: row.updated_by,
  };
}
