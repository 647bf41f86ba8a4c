import type { Operations } from '../../http/operations.ts';

/** What the calls of coupons do, with an example of each, in the order in which they can be made. */
export const couponOperations: Operations = {
  'POST /api/coupons/pools': {
    description:
      'Makes a pool of codes, each of which goes to one person. Templates show a code of it by `{{coupon "Spring sale"}}`; a message whose person gets none is skipped with `noCoupon`.',
    body: { name: 'Spring sale', description: '20 % off', alarmBelow: 500 },
    learns: { poolId: 'id' },
  },
  'POST /api/coupons/pools/:id/codes': {
    description:
      'Adds up to 10,000 codes. A code that is in a pool of the project already is refused, and told with its index; two that differ in case only are both taken, and told.',
    params: { id: '{poolId}' },
    body: { codes: ['SPRING7K2M', 'SPRING9QX4', 'SPRING7K2M'] },
  },
  'POST /api/coupons/pools/:id/files': {
    description:
      'Adds the codes of a file as it comes, up to a million: a code a line, or a table (comma, semicolon, tab) with a column of codes. What is wrong with a row is told by its number. A file that broke off can be sent again: what it has added is passed over.',
    params: { id: '{poolId}' },
    form: {
      file: { name: 'codes.csv', type: 'text/csv', content: 'Code\nSPRINGAA11\nSPRINGBB22\n1.23E+12\n' },
    },
  },
  'GET /api/coupons/pools/:id/files': {
    description: 'The newest hundred files of a pool; one that is being added tells how far it has come.',
    params: { id: '{poolId}' },
  },
  'GET /api/coupons/pools': { description: 'All pools of the project by name, with what is left of each.' },
  'GET /api/coupons/pools/:id': {
    description:
      'A pool with what is left, how many codes each campaign has given, and the templates that show them.',
    params: { id: '{poolId}' },
  },
  'PATCH /api/coupons/pools/:id': {
    description: 'Changes a pool; what is left out stays. Codes that were given remain their people’s.',
    params: { id: '{poolId}' },
    body: { expiresAt: '2027-03-31T23:00:00Z', alarmBelow: 1_000 },
  },
  'GET /api/coupons/pools/:id/given.csv': {
    description:
      'Every code that was given, with its person, campaign and time; who was deleted is not named.',
    params: { id: '{poolId}' },
  },
  'DELETE /api/coupons/pools/:id': {
    description:
      'Deletes a pool with all its codes and with who was given which. Refused while a template shows them. A code of it that is added to another pool later may go to another person.',
    params: { id: '{poolId}' },
  },
};
