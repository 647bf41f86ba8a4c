const away = [
  // Starting up, shutting down, recovering from a crash, or without a free connection (PostgreSQL's cannot_connect_now and its like).
  ...['57P03', '57P01', '57P02', '53300'],
  // Connections that broke or cannot be made, those to a data node among them.
  ...['08000', '08001', '08003', '08006', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE'],
  // Nothing leads there: its name is not known yet, or the network is down.
  ...['ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'],
];

/** What pg says of them without a code; the last, where something takes the connection and does not answer. */
const awayInWords = ['Connection terminated', 'connection error and is not queryable', 'timeout expired'];

/** Whether an error says that the database is away for a while or that a connection to it broke, which asking again mends. */
export function isDatabaseAway(error: Error): boolean {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return (
    away.includes(code) || isBrokenCopy(error) || awayInWords.some((words) => error.message.includes(words))
  );
}

/** Citus's word for rows that it could not pass on to a data node, whose connection broke: it keeps no other code of it. */
function isBrokenCopy(error: Error): boolean {
  return 'routine' in error && error.routine === 'ReportCopyError';
}
