import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IterableApiError, IterableError } from '@iterable/api';
import { ann, called, client } from './ground-fixtures.ts';

/** Methods of what Carillon does not have (yet): called, they must say what they come with. */
const notOffered = [
  ...['sendPush', 'cancelPush', 'sendWebPush', 'cancelWebPush', 'sendInApp', 'cancelInApp'],
  ...['getInAppMessages', 'getEmbeddedMessages'],
  ...['getPushTemplate', 'upsertPushTemplate', 'updatePushTemplate', 'sendPushTemplateProof'],
  ...['getInAppTemplate', 'upsertInAppTemplate', 'updateInAppTemplate', 'sendInAppTemplateProof'],
  ...['previewInAppTemplate'],
  ...['getExperimentMetrics', 'listExperiments', 'getExperiment', 'getExperimentVariants'],
  ...['getExperimentTotals', 'getExperimentTrends', 'createExperiment', 'copyExperimentVariant'],
  ...['updateExperimentSettings', 'startExperiment', 'cancelExperiment', 'declareExperimentWinner'],
  ...['deleteExperiment'],
];

test('the client knows our errors by a code of its own, and our finer one stands beside it', async () => {
  for (const [call, status, code, reason] of [
    [() => client.sendCampaign({ campaignId: 99_999 }), 400, 'BadParams', 'BadParams'],
    [() => client.createTriggeredCampaign({ name: '', templateId: 1 }), 400, 'BadParams', 'BadParams'],
    [
      () => client.upsertPushTemplate({ clientTemplateId: 'x', name: 'x' }),
      ...([501, 'GenericError', 'NotServed'] as const),
    ],
    [
      () =>
        client
          .createSnippet({ name: 'twice', content: 'x' })
          .then(() => client.createSnippet({ name: 'twice', content: 'x' })),
      409,
      'ExternalKeyConflict',
      'Conflict',
    ],
  ] as const)
    await assert.rejects(call, (error) => {
      assert.ok(error instanceof IterableApiError, String(error));
      assert.deepEqual([error.statusCode, error.code, error.params?.reason], [status, code, reason]);
      return true;
    });
});

test('what Carillon does not offer is refused in words, and nothing of the client was left out', async () => {
  const params = {
    ...{ email: ann, campaignId: 1, recipientEmail: ann, templateId: 1, clientTemplateId: 'x', name: 'x' },
    ...{ experimentId: 1, variantId: 1, sourceVariantId: 1, data: {}, experimentIds: [1] },
  };
  for (const name of notOffered) {
    const method: unknown = Reflect.get(client, name);
    assert.ok(typeof method === 'function', name);
    await assert.rejects(
      async () => Reflect.apply(method, client, [params]),
      (error) => {
        assert.ok(error instanceof IterableError, `${name}: ${error}`);
        assert.equal(error.statusCode, 501, `${name}: ${error.statusCode}`);
        return /comes with/.test(error.message);
      },
      name,
    );
  }
  assert.deepEqual(
    [...methodsOf(client)].filter((name) => !called.has(name)),
    [],
  );
});

/** Names of the client's methods, over all the classes it is composed of. */
function methodsOf(object: object): Set<string> {
  const names = new Set<string>();
  for (
    let each = Object.getPrototypeOf(object);
    each !== Object.prototype;
    each = Object.getPrototypeOf(each)
  )
    for (const name of Object.getOwnPropertyNames(each)) names.add(name);
  for (const own of ['constructor', 'destroy']) names.delete(own);
  return names;
}
