/** What a preview fills in until the writer says otherwise. */
export const samplePerson: Record<string, string> = {
  firstName: 'Ada',
  lastName: 'Lovelace',
  name: 'Ada Lovelace',
  city: 'London',
  email: 'ada@example.com',
  phoneNumber: '+442079460000',
  userId: '1001',
};
