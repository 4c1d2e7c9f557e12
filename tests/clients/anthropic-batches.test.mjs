import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';

import Anthropic, { toFile } from '@anthropic-ai/sdk';

import { lastBody, MODEL, OLD_MODEL, PNG, Stage, TOKEN } from './harness.mjs';

let stage;
let client;
before(async () => {
  stage = await Stage.start();
  client = new Anthropic({ apiKey: TOKEN, authToken: null, baseURL: stage.url, maxRetries: 0 });
});
after(() => stage?.stop());
beforeEach(() => stage.reset());

const request = (custom_id, content, more = {}) =>
  ({ custom_id, params: { model: MODEL, max_tokens: 500, messages: [{ role: 'user', content }], ...more } });

async function ended(id) {
  for (let i = 0; i < 10; ++i) {
    const batch = await client.messages.batches.retrieve(id);
    if (batch.processing_status === 'ended') return batch;
  }
  throw new Error('the batch does not end');
}

async function resultsOf(id) {
  const results = new Map();
  for await (const { custom_id, result } of await client.messages.batches.results(id)) results.set(custom_id, result);
  return results;
}

test('a batch of messages', async () => {
  const made = await client.messages.batches.create({
    requests: [
      request('one', 'Hello batch'),
      request('old', 'Another model', { model: OLD_MODEL }),
      request('wrong', 'x', { max_tokens: 0 }),
      request('broken', 'x [[fault=internal-error]]'),
    ],
  });
  assert.match(made.id, /^msgbatch_/);
  assert.equal(made.type, 'message_batch');
  assert.equal(made.processing_status, 'in_progress');
  assert.deepEqual(made.request_counts, { processing: 4, succeeded: 0, errored: 0, canceled: 0, expired: 0 });
  assert.equal(made.results_url, null);
  await assert.rejects(client.messages.batches.results(made.id), /results/);
  const batch = await ended(made.id);
  assert.deepEqual(batch.request_counts, { processing: 0, succeeded: 2, errored: 2, canceled: 0, expired: 0 });
  assert.ok(Date.parse(batch.ended_at) >= Date.parse(batch.created_at));
  const results = await resultsOf(made.id);
  assert.equal(results.size, 4);
  assert.equal(results.get('one').type, 'succeeded');
  assert.equal(results.get('one').message.model, MODEL);
  assert.match(results.get('one').message.content[0].text, /said "Hello batch"/);
  assert.equal(results.get('old').message.model, OLD_MODEL);
  assert.equal(results.get('wrong').type, 'errored');
  assert.equal(results.get('wrong').error.error.type, 'invalid_request_error');
  assert.equal(results.get('broken').error.error.type, 'api_error');
  assert.deepEqual(await client.messages.batches.delete(made.id), { id: made.id, type: 'message_batch_deleted' });
  await assert.rejects(client.messages.batches.retrieve(made.id), Anthropic.NotFoundError);
});

test('cancelling, listing, deleting', async () => {
  const ids = [];
  for (let i = 0; i < 3; ++i)
    ids.push((await client.messages.batches.create({ requests: [request('a', `x${i}`)] })).id);
  await assert.rejects(client.messages.batches.delete(ids[2]), /still runs/);
  const cancelling = await client.messages.batches.cancel(ids[0]);
  assert.equal(cancelling.processing_status, 'canceling');
  assert.ok(cancelling.cancel_initiated_at);
  const batch = await ended(ids[0]);
  assert.equal(batch.request_counts.canceled, 1);
  assert.equal((await resultsOf(ids[0])).get('a').type, 'canceled');
  const listed = [];
  for await (const one of client.messages.batches.list({ limit: 2 })) listed.push(one.id);
  assert.deepEqual(listed.filter((id) => ids.includes(id)), [...ids].reverse());
  const before = await client.messages.batches.list({ before_id: ids[1], limit: 5 });
  assert.deepEqual(before.data.map(({ id }) => id), [ids[2]]);
  const late = await client.messages.batches.create({ requests: [request('a', 'x [[batch=EXPIRED]]')] });
  await ended(late.id);
  assert.equal((await resultsOf(late.id)).get('a').type, 'expired');
  await assert.rejects(client.messages.batches.create({ requests: [request('a b', 'x')] }), /custom_id/);
});

test('files of the beta, named in a message', async () => {
  const file = await client.beta.files.upload({
    file: await toFile(Buffer.from(PNG, 'base64'), 'dot.png', { type: 'image/png' }) });
  assert.deepEqual([file.type, file.filename, file.mime_type, file.downloadable], ['file', 'dot.png', 'image/png', false]);
  for (let i = 0; i < 4; ++i)
    await client.messages.create(request('', [{ type: 'image', source: { type: 'file', file_id: file.id } }]).params);
  const part = (await lastBody(stage)).contents[0].parts.find(({ fileData }) => fileData);
  assert.match(part.fileData.fileUri, /\/files\//);
  assert.equal((await client.beta.files.retrieveMetadata(file.id)).size_bytes, Buffer.from(PNG, 'base64').length);
  const listed = [];
  for await (const one of client.beta.files.list({ limit: 1 })) listed.push(one.id);
  assert.ok(listed.includes(file.id));
  assert.equal((await client.beta.files.delete(file.id)).id, file.id);
  await assert.rejects(client.beta.files.retrieveMetadata(file.id), Anthropic.NotFoundError);
});
