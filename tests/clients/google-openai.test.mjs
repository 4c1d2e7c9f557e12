// The openai package at Google's own OpenAI-compatible paths, which the gateway passes through.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';

import { EMBEDDING_MODEL, KEYS, MODEL, Stage } from './harness.mjs';

let stage;
let client;
before(async () => {
  stage = await Stage.start();
  client = stage.openai({ baseURL: `${stage.url}/v1beta/openai/` });
});
after(() => stage?.stop());
beforeEach(() => stage.reset());

const messages = [{ role: 'user', content: 'Hello' }];
const credentials = async () =>
  (await stage.seen(/openai/)).map((request) => [request.keyPlace, KEYS.includes(request.key)]);

test('a chat, with the pool’s key as the only credential', async () => {
  const answer = await client.chat.completions.create({ model: MODEL, messages });
  assert.equal(answer.choices[0].message.content, 'Hello.');
  assert.deepEqual(await credentials(), [['bearer', true]]);
  const [seen] = await stage.seen(/openai/);
  assert.equal(seen.path, '/v1beta/openai/chat/completions');
});

test('a base URL with a version behind it', async () => {
  const other = stage.openai({ baseURL: `${stage.url}/v1beta/openai/v1` });
  await other.chat.completions.create({ model: MODEL, messages });
  const [seen] = await stage.seen(/openai/);
  assert.equal(seen.path, '/v1beta/openai/chat/completions');
});

test('a streamed chat with its usage', async () => {
  let text = '';
  let usage;
  const stream = await client.chat.completions.create({
    model: MODEL, messages, stream: true, stream_options: { include_usage: true },
  });
  for await (const chunk of stream) {
    text += chunk.choices[0]?.delta?.content ?? '';
    usage = chunk.usage ?? usage;
  }
  assert.equal(text, 'Hello.');
  assert.equal(usage.total_tokens, 10);
});

test('embeddings, pictures and models', async () => {
  const embedded = await client.embeddings.create({
    model: EMBEDDING_MODEL, input: ['one', 'two'], encoding_format: 'float',
  });
  assert.equal(embedded.data.length, 2);
  assert.deepEqual(embedded.data[0].embedding, [0.25, -0.5, 0.125]);
  const drawn = await client.images.generate({ model: 'gemini-3.1-flash-image', prompt: 'a cat' });
  assert.equal(drawn.data[0].b64_json, 'aGVsbG8=');
  const ids = [];
  for await (const model of client.models.list()) ids.push(model.id);
  assert.ok(ids.includes(`models/${MODEL}`));
  assert.equal((await client.models.retrieve(MODEL)).id, `models/${MODEL}`);
  assert.ok((await credentials()).every(([place, known]) => place === 'bearer' && known));
});

test('a batch stays with the key that made its file', async () => {
  const file = await stage.google().files.upload({
    file: new Blob(['{}'], { type: 'text/plain' }), config: { displayName: 'requests' },
  });
  for (let i = 0; i < 4; ++i) {
    const batch = await client.batches.create({
      input_file_id: file.name, endpoint: '/v1/chat/completions', completion_window: '24h',
    });
    assert.match(batch.id, /^batches\//);
    assert.equal((await client.batches.retrieve(batch.id)).id, batch.id);
    assert.equal((await client.batches.cancel(batch.id)).status, 'cancelling');
  }
});

test('a key at its limit is stepped over', async () => {
  await stage.script({ key: '*', fault: 'minute-quota', times: 1, seconds: 30 });
  const answer = await client.chat.completions.create({ model: MODEL, messages });
  assert.equal(answer.choices[0].finish_reason, 'stop');
  assert.equal((await stage.seen(/openai/)).length, 2);
});

test('errors are the SDK’s own', async () => {
  await assert.rejects(client.chat.completions.create({ model: 'no-such-model', messages }),
    (error) => error.status === 404);
  await assert.rejects(client.chat.completions.create({ model: MODEL, messages: [] }),
    (error) => error.status === 400);
  const stranger = stage.openai({ baseURL: `${stage.url}/v1beta/openai/`, apiKey: 'not-a-token' });
  await assert.rejects(stranger.chat.completions.create({ model: MODEL, messages }),
    (error) => error.status === 401 && error.code === 'invalid_api_key');
});

test('a client that leaves ends the call', async () => {
  const abort = new AbortController();
  await stage.script({ key: '*', fault: 'stall-body', times: 1 });
  const stream = await client.chat.completions.create({ model: MODEL, messages, stream: true },
    { signal: abort.signal });
  setTimeout(() => abort.abort(), 100);
  try { for await (const chunk of stream) void chunk; } catch { /* aborted */ }
  const end = Date.now() + 3000;
  while (Date.now() < end && !(await stage.seen(/openai/))[0]?.closedEarly)
    await new Promise((resolve) => setTimeout(resolve, 20));
  assert.ok((await stage.seen(/openai/))[0].closedEarly);
});
