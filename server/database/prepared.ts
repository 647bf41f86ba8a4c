import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import { withAlikeOnce } from './alike-parameters.ts';
import { arrayLiteral } from './array-literal.ts';

/** What is needed of the driver's connections. */
interface Client {
  query<Row>(statement: {
    text: string;
    values: unknown[];
    name: string | undefined;
  }): Promise<PostgresQueryResult<Row>>;
  release(destroy?: boolean): void;
}

/** What connections come from: a pool, or one connection that somebody holds. */
export interface ClientSource {
  options: object;
  connect(): Promise<Client>;
  end(): Promise<void>;
}

/** What a statement begins with that somebody made up, and few will ask again: it is never prepared, and takes no other's place. */
export const seldomAsked = '/* seldom */';
/** How often a connection is asked the same before it prepares it. */
const askedOften = 3;
/** Statements that a connection keeps prepared: each costs the database memory there. */
const mostPrepared = 100;
/** Statements that are counted; those with their values in the text would be ever new ones. */
const mostCounted = 1_000;

/** The same connections, which prepare what they are asked again and again: the database then reads it once. */
export function preparing(source: ClientSource): PostgresPool {
  const known = new WeakMap<Client, PreparingClient>();
  return {
    options: source.options,
    connect: async () => {
      const client = await source.connect();
      const wrapped = known.get(client) ?? new PreparingClient(client);
      known.set(client, wrapped);
      return wrapped;
    },
    end: () => source.end(),
  };
}

class PreparingClient implements PostgresPoolClient {
  readonly #client: Client;
  /** By their texts how often statements were asked, until they have a name. */
  readonly #asked = new Map<string, number | string>();
  #prepared = 0;
  #isStale = false;

  constructor(client: Client) {
    this.#client = client;
  }

  query<Row>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<Row>>;
  query<Row>(cursor: PostgresCursor<Row>): PostgresCursor<Row>;
  query<Row>(
    text: string | PostgresCursor<Row>,
    parameters: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<Row>> | PostgresCursor<Row> {
    if (typeof text !== 'string') throw new Error('rows are read whole: no cursor is opened');
    return this.#ask<Row>(text, parameters);
  }

  async #ask<Row>(asked: string, given: readonly unknown[]): Promise<PostgresQueryResult<Row>> {
    const { text, parameters } = withAlikeOnce(asked, given);
    const values = parameters.map((value) => (Array.isArray(value) ? (arrayLiteral(value) ?? value) : value));
    const name = values.length === 0 ? undefined : this.#nameOf(text);
    try {
      return await this.#client.query<Row>({ text, values, name });
    } catch (error) {
      this.#isStale ||= isStale(error);
      throw error;
    }
  }

  /** The name under which a statement is prepared; undefined while it is not worth it. */
  #nameOf(text: string): string | undefined {
    if (text.startsWith(seldomAsked)) return undefined;
    const known = this.#asked.get(text) ?? 0;
    if (typeof known === 'string') return known;
    if (known < askedOften || this.#prepared === mostPrepared) {
      if (this.#asked.size < mostCounted) this.#asked.set(text, known + 1);
      return undefined;
    }
    this.#prepared += 1;
    const name = `often_${this.#prepared}`;
    this.#asked.set(text, name);
    return name;
  }

  release(destroy?: boolean): void {
    this.#client.release(destroy || this.#isStale);
  }
}

/** PostgreSQL's word, in whatever language, where a table has other columns than when a statement was prepared: the connection is done with. */
function isStale(error: unknown): boolean {
  if (!(error instanceof Error && 'code' in error && 'routine' in error)) return false;
  return error.code === '0A000' && error.routine === 'RevalidateCachedQuery';
}
