import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';

import { EMBEDDING_MODEL, lastBody, MODEL, Stage, TOKEN } from './harness.mjs';

let stage;
let client;
before(async () => {
  stage = await Stage.start();
  client = stage.openai();
});
after(() => stage?.stop());
beforeEach(() => stage.reset());

test('models', async () => {
  const ids = [];
  for await (const model of client.models.list()) {
    assert.equal(model.object, 'model');
    ids.push(model.id);
  }
  assert.ok(ids.includes(MODEL) && ids.includes(EMBEDDING_MODEL), `${ids}`);
  assert.equal((await client.models.retrieve(MODEL)).id, MODEL);
  await assert.rejects(client.models.retrieve('no-such-model'), { status: 404 });
});

test('the list in the shape of the caller', async () => {
  const get = async (headers, query = '') => (await fetch(`${stage.url}/v1/models${query}`, { headers })).json();
  const anthropic = await get({ 'x-api-key': TOKEN, 'anthropic-version': '2023-06-01' });
  assert.equal(anthropic.data[0].type, 'model');
  assert.equal(anthropic.has_more, false);
  const gemini = await get({ 'x-goog-api-key': TOKEN });
  assert.match(gemini.models[0].name, /^models\//);
  assert.match((await get({}, `?key=${TOKEN}`)).models[0].name, /^models\//);
});

test('embeddings as the SDK asks by default', async () => {
  const answer = await client.embeddings.create({ model: EMBEDDING_MODEL, input: ['one', 'two'] });
  assert.equal(answer.object, 'list');
  assert.deepEqual(answer.data.map((entry) => entry.index), [0, 1]);
  assert.equal(answer.data[0].embedding.length, 8);
  assert.notDeepEqual(answer.data[0].embedding, answer.data[1].embedding);
});

test('float and base64 say the same', async () => {
  const make = (format) =>
    client.embeddings.create({ model: EMBEDDING_MODEL, input: 'same', encoding_format: format, dimensions: 4 });
  const floats = (await make('float')).data[0].embedding;
  assert.equal(floats.length, 4);
  const coded = (await make('base64')).data[0].embedding;
  const decoded = typeof coded === 'string' ? [...new Float32Array(new Uint8Array(Buffer.from(coded, 'base64')).buffer)]
    : coded;
  // The texts of floats are the shortest that name the same 32-bit number.
  assert.deepEqual(decoded, floats.map(Math.fround));
});

test('more texts than Gemini takes at once, and more than OpenAI takes', async () => {
  const input = Array.from({ length: 2049 }, (_, i) => `text ${i}`);
  const make = (texts) => client.embeddings.create({ model: EMBEDDING_MODEL, input: texts, encoding_format: 'float' });
  const answer = await make(input.slice(0, 2048));
  assert.deepEqual(answer.data.map((entry) => entry.index), Array.from({ length: 2048 }, (_, i) => i));
  for (const index of [0, 99, 100, 187, 2047]) {
    assert.deepEqual(answer.data[index].embedding, (await make(`text ${index}`)).data[0].embedding);
  }
  await assert.rejects(make(input), (error) => {
    assert.equal(error.status, 400);
    assert.match(error.message, /2048/);
    return true;
  });
});

test('tokens instead of text are refused by name', async () => {
  await assert.rejects(client.embeddings.create({ model: EMBEDDING_MODEL, input: [[1, 2, 3]] }), (error) => {
    assert.equal(error.status, 400);
    assert.equal(error.param, 'input');
    assert.match(error.message, /tokens/);
    return true;
  });
});

test('the text goes to Gemini as it came', async () => {
  await client.embeddings.create({ model: EMBEDDING_MODEL, input: 'Grüße 世界' });
  const body = await lastBody(stage, /mbedContent/);
  assert.equal((body.requests?.[0] ?? body).content.parts[0].text, 'Grüße 世界');
});
