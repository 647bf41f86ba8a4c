/** What a flow's status at Meta means. */
export function flowStatusWords(status: string): { label: string; colour: string; meaning: string } {
  return (
    known[status] ?? {
      label: status.toLowerCase(),
      colour: 'gray',
      meaning: 'Meta’s own word for its status',
    }
  );
}

const known: Record<string, { label: string; colour: string; meaning: string }> = {
  DRAFT: { label: 'Draft', colour: 'gray', meaning: 'It can be changed, and nobody but testers can open it' },
  PUBLISHED: { label: 'Published', colour: 'green', meaning: 'It can be sent; its form never changes' },
  DEPRECATED: { label: 'Ended', colour: 'gray', meaning: 'Nobody can open it any more' },
  THROTTLED: {
    label: 'Slowed',
    colour: 'orange',
    meaning: 'Its endpoint fails too often: Meta lets few people open it until it is well',
  },
  BLOCKED: {
    label: 'Blocked',
    colour: 'red',
    meaning: 'Its endpoint fails: nobody can open it until it is well',
  },
};
