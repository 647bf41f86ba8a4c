import type { Operations } from '../../http/operations.ts';

const file = {
  name: 'drinks.csv',
  type: 'text/csv',
  content: 'sku,Name,Price\nchai,Chai,3.9\niced tea,Iced tea,3.5\n',
};

const eventually = 'What is answered is done: the next call sees it.';

/** What the calls of this folder do, with an example of each, in the order in which they can be made. */
export const catalogOperations: Operations = {
  'POST /api/catalogs/:catalogName': {
    description:
      'Makes a catalog: a set of items that templates look up and segments ask about. Its name has letters, digits and dashes, and its case does not count.',
    params: { catalogName: 'drinks' },
  },
  'PUT /api/catalogs/:catalogName/fieldMappings': {
    description:
      'Gives fields their types, which stay. Items are held to them from then on, and put in order by them.',
    params: { catalogName: 'drinks' },
    body: {
      mappingsUpdates: [
        { fieldName: 'name', fieldType: 'string' },
        { fieldName: 'price', fieldType: 'double' },
      ],
    },
  },
  'POST /api/catalogs/:catalogName/items': {
    description: `Makes up to 1,000 items by their ids; one that is there is replaced, or with \`replaceUploadedFieldsOnly\` keeps the fields that are not given. All are taken or none. ${eventually}`,
    params: { catalogName: 'drinks' },
    body: {
      documents: {
        'flat-white': { name: 'Flat white', price: 4.2, inStock: true },
        mocha: { name: 'Mocha', price: 4.8, inStock: false },
      },
      replaceUploadedFieldsOnly: false,
    },
  },
  'PUT /api/catalogs/:catalogName/items/:itemId': {
    description: `Makes an item, or replaces all of it. ${eventually}`,
    params: { catalogName: 'drinks', itemId: 'espresso' },
    body: { value: { name: 'Espresso', price: 3, inStock: true } },
  },
  'PATCH /api/catalogs/:catalogName/items/:itemId': {
    description: `Changes the fields that are given and leaves the others, or makes the item. ${eventually}`,
    params: { catalogName: 'drinks', itemId: 'espresso' },
    body: { update: { price: 3.2 } },
  },
  'GET /api/catalogs': { description: 'The catalogs of the project by name.', query: { pageSize: 10 } },
  'GET /api/catalogs/:catalogName/uses': {
    description:
      'Templates and snippets that name the catalog, segments that ask about its items, and its collections.',
    params: { catalogName: 'drinks' },
  },
  'GET /api/catalogs/:catalogName/fieldMappings': {
    description: 'The fields of a catalog that have a type, and those that items have without one.',
    params: { catalogName: 'drinks' },
  },
  'GET /api/catalogs/:catalogName/items': {
    description: 'The items of a catalog, by their ids or by a field that has a type.',
    params: { catalogName: 'drinks' },
    query: { page: 1, pageSize: 2, orderBy: 'price', sortAscending: true },
  },
  'GET /api/catalogs/:catalogName/items/:itemId': {
    description: 'One item with all its fields.',
    params: { catalogName: 'drinks', itemId: 'espresso' },
  },
  'POST /api/catalogs/:catalogName/files/preview': {
    description:
      'What the columns of a CSV would become, by its first 500 rows; where two types would do, `inDoubt` asks which.',
    params: { catalogName: 'drinks' },
    form: { file },
  },
  'POST /api/catalogs/:catalogName/files': {
    description:
      'Makes and changes items by a CSV, a thousand in a transaction as it comes. Columns that `columns` does not name are left out, an empty cell is no field; with `replace` items lose the fields that the file has not. Rows that cannot be kept are told with their number.',
    params: { catalogName: 'drinks' },
    form: {
      file,
      options: {
        idColumn: 'sku',
        columns: { Name: { field: 'name', type: 'string' }, Price: { field: 'price', type: 'double' } },
      },
    },
    learns: { catalogFileId: 'id' },
  },
  'GET /api/catalogs/:catalogName/files': {
    description: 'Files of items, newest first, with how far each has come.',
    params: { catalogName: 'drinks' },
  },
  'GET /api/catalogs/:catalogName/files/:id/faults.csv': {
    description:
      'The refused rows of a file as they came, with what was wrong: mended, they can be sent again.',
    params: { catalogName: 'drinks', id: '{catalogFileId}' },
  },
  'POST /api/catalogs/:catalogName/alerts': {
    description:
      'Tells people when an item changes: `when` a field `becomes` what it was not, `falls` or `rises`; `who` did an event in which the item’s id stands, or has it in the cart. Each is told once for what they did (webhook `catalogItemChanged`), and again when they have done it anew.',
    params: { catalogName: 'drinks' },
    body: {
      name: 'Back in stock',
      when: { field: 'inStock', becomes: { is: true } },
      who: [
        { event: 'notifyMe', field: 'sku', days: 90 },
        { cart: 'id', days: 30 },
      ],
      fields: ['name', 'price'],
    },
    learns: { itemAlertId: 'id' },
  },
  'GET /api/catalogs/:catalogName/alerts': {
    description: 'The alerts of a catalog, how often each has told somebody, and when last.',
    params: { catalogName: 'drinks' },
  },
  'PUT /api/catalogs/:catalogName/alerts/:id': {
    description:
      'Replaces what an alert says. Changes of items from then on are told by it; whom it has told it does not tell again for the same.',
    params: { catalogName: 'drinks', id: '{itemAlertId}' },
    body: {
      name: 'Price down',
      when: { field: 'price', falls: { share: 0.1 } },
      who: [{ event: 'productViewed', field: 'sku', days: 30 }],
    },
  },
  'DELETE /api/catalogs/:catalogName/alerts/:id': {
    description: 'Deletes an alert. What is on its way to people ends.',
    params: { catalogName: 'drinks', id: '{itemAlertId}' },
  },
  'PUT /api/catalogCollections/:name': {
    description:
      'A saved search over a catalog, which templates show by `catalogCollection`. Conditions are those of segments; `{"field": "city"}` in the place of a value is a field of the person. What is compared by `is` is found by an index.',
    params: { name: 'Within budget' },
    body: {
      catalogName: 'drinks',
      where: {
        all: [
          { path: 'inStock', is: true },
          { path: 'price', atMost: { field: 'budget' } },
        ],
      },
      orderBy: 'price',
      limit: 3,
    },
  },
  'GET /api/catalogCollections': { description: 'The collections of the project by name.' },
  'GET /api/catalogCollections/:name/uses': {
    description: 'Templates and snippets that show the collection.',
    params: { name: 'Within budget' },
  },
  'POST /api/catalogCollections/preview': {
    description: 'What a collection would find, and which fields of the person it asks for.',
    body: {
      catalogName: 'drinks',
      where: { path: 'price', atMost: { field: 'budget' } },
      orderBy: 'price',
      dataFields: { budget: 4 },
    },
  },
  'POST /api/catalogCollections/:name/preview': {
    description: 'What a collection finds for somebody with these fields.',
    params: { name: 'Within budget' },
    body: { dataFields: { budget: 4 } },
  },
  'DELETE /api/catalogCollections/:name': {
    description: 'Deletes a collection. Templates that show it find nothing from then on.',
    params: { name: 'Within budget' },
  },
  'DELETE /api/catalogs/:catalogName/items/:itemId': {
    description: `Deletes an item; that there is none is no error. ${eventually}`,
    params: { catalogName: 'drinks', itemId: 'espresso' },
  },
  'DELETE /api/catalogs/:catalogName/items': {
    description: `Deletes up to 1,000 items; that some are not there is no error. ${eventually}`,
    params: { catalogName: 'drinks' },
    body: { itemIds: ['mocha'] },
  },
  'DELETE /api/catalogs/:catalogName': {
    description: 'Deletes a catalog with all its items.',
    params: { catalogName: 'drinks' },
  },
};
