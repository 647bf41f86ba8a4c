import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startTestProgram, type TestProgram } from '../testing/program.ts';
import { breaksFirst, setTrap, waits } from '../testing/trap.ts';

let program: TestProgram;
before(async () => {
  program = await startTestProgram();
  await program.call('POST', '/api/users/bulkUpdate', {
    users: Array.from({ length: 20 }, (_, index) => ({ email: `job-${index}@example.com` })),
  });
});
after(() => program.close());

interface ExportJob {
  id: number;
  jobState: string;
  bytesExported: number;
  error?: string;
}

async function startExport(): Promise<number> {
  const { jobId } = await program.call<{ jobId: number }>('POST', '/api/export/start', {
    ...{ dataTypeName: 'user', outputFormat: 'text/csv' },
  });
  return jobId;
}

/** The jobs of these ids, as the call that lists them tells. */
async function jobsOf(ids: readonly number[]): Promise<ExportJob[]> {
  const { jobs } = await program.call<{ jobs: ExportJob[] }>('GET', '/api/export/jobs');
  return jobs.filter(({ id }) => ids.includes(id));
}

const finished = (ids: readonly number[]) =>
  program.until('the exports to end', async () => {
    const jobs = await jobsOf(ids);
    return jobs.length === ids.length && jobs.every(({ jobState }) => /completed|failed/.test(jobState))
      ? jobs
      : null;
  });

test('exports asked for together run at once, and all of them complete', async () => {
  const trap = await setTrap(program.database.url, {
    ...{ table: 'export_file', when: 'BEFORE INSERT', does: waits },
  });
  const open = await trap.shut();
  try {
    const ids = await Promise.all(Array.from({ length: 5 }, startExport));
    // None of them can write its file yet: who runs now runs beside the others.
    await program.until('three exports at once', async () => {
      const running = (await jobsOf(ids)).filter(({ jobState }) => jobState === 'running');
      return running.length >= 3 ? running : null;
    });
    await open();
    const jobs = await finished(ids);
    assert.deepEqual(
      jobs.map(({ jobState }) => jobState),
      Array(5).fill('completed'),
    );
    assert.ok(jobs.every(({ bytesExported }) => bytesExported > 0));
  } finally {
    await open();
    await trap.remove();
  }
});

test('an export whose connection breaks as it writes is run again and completes, and so does the next one', async () => {
  const trap = await setTrap(program.database.url, {
    ...{ table: 'export_file', when: 'BEFORE INSERT', does: breaksFirst(1) },
  });
  try {
    const id = await startExport();
    const [broken] = await finished([id]);
    assert.equal(broken?.jobState, 'completed');
    const { files } = await program.call<{ files: unknown[] }>('GET', `/api/export/${id}/files`);
    assert.equal(files.length, 1);
    const [next] = await finished([await startExport()]);
    assert.equal(next?.jobState, 'completed');
  } finally {
    await trap.remove();
  }
});

test('an export whose end cannot be noted, neither as completed nor as failed, is run again and completes', async () => {
  const trap = await setTrap(program.database.url, {
    ...{ table: 'export_job', when: 'BEFORE UPDATE OF ended_at', does: breaksFirst(2) },
  });
  try {
    const id = await startExport();
    const [job] = await finished([id]);
    assert.equal(job?.jobState, 'completed');
    const { files } = await program.call<{ files: { url: string }[] }>('GET', `/api/export/${id}/files`);
    assert.equal(files.length, 1, 'the file of the first run is gone');
  } finally {
    await trap.remove();
  }
});
