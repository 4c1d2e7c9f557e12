import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';

import { createPartFromUri, createUserContent } from '@google/genai';

import { MODEL, Stage, TOKEN } from './harness.mjs';

let stage;
let ai;
before(async () => {
  stage = await Stage.start();
  ai = stage.google();
});
after(() => stage?.stop());
beforeEach(() => stage.reset());

const upload = (text, name = 'notes') =>
  ai.files.upload({ file: new Blob([text], { type: 'text/plain' }), config: { displayName: name } });

test('a file goes up through the gateway and stays with its key', async () => {
  const file = await upload('some words');
  assert.equal(file.state, 'ACTIVE');
  assert.equal(file.sizeBytes, '10');
  const uploads = await stage.seen(/upload/);
  assert.ok(uploads.length >= 2);
  assert.equal(new Set(uploads.map((request) => request.key).filter(Boolean)).size, 1);
  // Three keys take turns: each of these goes to the owner all the same.
  for (let i = 0; i < 4; ++i) {
    assert.equal((await ai.files.get({ name: file.name })).name, file.name);
    const answer = await ai.models.generateContent({
      model: MODEL, contents: createUserContent(['read', createPartFromUri(file.uri, file.mimeType)]),
    });
    assert.match(answer.text, /file:text\/plain/);
  }
  await ai.files.delete({ name: file.name });
  await assert.rejects(ai.files.get({ name: file.name }));
});

test('the upload address names the gateway', async () => {
  const answer = await fetch(`${stage.url}/upload/v1beta/files`, {
    method: 'POST',
    headers: {
      'x-goog-api-key': TOKEN,
      'x-goog-upload-protocol': 'resumable',
      'x-goog-upload-command': 'start',
      'x-goog-upload-header-content-type': 'text/plain',
    },
    body: '{}',
  });
  const address = answer.headers.get('x-goog-upload-url');
  assert.ok(address.startsWith(`${stage.url}/`), address);
  for (const [, value] of answer.headers) assert.ok(!value.includes(stage.fakeUrl), value);
});

test('an upload in several pieces', async () => {
  const file = await upload('z'.repeat(9 * 1024 * 1024), 'large');
  assert.equal(file.sizeBytes, String(9 * 1024 * 1024));
});

test('ownership outlives a restart', async () => {
  const file = await upload('kept');
  await new Promise((resolve) => setTimeout(resolve, 400));
  await stage.restartGateway();
  ai = stage.google();
  for (let i = 0; i < 4; ++i) assert.equal((await ai.files.get({ name: file.name })).name, file.name);
});

test('caches', async () => {
  const cache = await ai.caches.create({
    model: MODEL, config: { contents: [{ role: 'user', parts: [{ text: 'long '.repeat(2000) }] }], ttl: '600s' },
  });
  for (let i = 0; i < 4; ++i) {
    const answer = await ai.models.generateContent({
      model: MODEL, contents: 'x', config: { cachedContent: cache.name },
    });
    assert.ok(answer.usageMetadata.cachedContentTokenCount > 0);
    assert.equal((await ai.caches.get({ name: cache.name })).name, cache.name);
  }
  await ai.caches.update({ name: cache.name, config: { ttl: '900s' } });
  await ai.caches.delete({ name: cache.name });
  await assert.rejects(ai.caches.get({ name: cache.name }));
});

test('batches', async () => {
  const batch = await ai.batches.create({
    model: MODEL, src: [{ contents: [{ role: 'user', parts: [{ text: 'later' }] }] }], config: { displayName: 'b' },
  });
  for (let i = 0; i < 4; ++i) assert.equal((await ai.batches.get({ name: batch.name })).name, batch.name);
  await ai.batches.cancel({ name: batch.name });
});

test('interactions', async () => {
  const first = await ai.interactions.create({ model: MODEL, input: 'Hello' });
  assert.equal(first.status, 'completed');
  for (let i = 0; i < 4; ++i) {
    const next = await ai.interactions.create({ model: MODEL, input: 'More', previous_interaction_id: first.id });
    assert.equal(next.previous_interaction_id, first.id);
    assert.equal((await ai.interactions.get(first.id)).id, first.id);
  }
  await ai.interactions.delete(first.id);
});

test('streamed interactions', async () => {
  const types = [];
  let id;
  for await (const event of await ai.interactions.create({ model: MODEL, input: 'Hello', stream: true })) {
    types.push(event.event_type);
    id = event.interaction?.id ?? id;
  }
  assert.equal(types[0], 'interaction.created');
  assert.equal(types.at(-1), 'interaction.completed');
  assert.ok(types.includes('step.delta'));
  for (let i = 0; i < 4; ++i) assert.equal((await ai.interactions.get(id)).id, id);
});

test('an interaction in the background', async () => {
  const begun = await ai.interactions.create({ model: MODEL, input: 'Hello', background: true });
  assert.equal(begun.status, 'in_progress');
  let now = begun;
  for (let i = 0; i < 4 && now.status === 'in_progress'; ++i) now = await ai.interactions.get(begun.id);
  assert.equal(now.status, 'completed');
  const stopped = await ai.interactions.create({ model: MODEL, input: 'Hello', background: true });
  assert.equal((await ai.interactions.cancel(stopped.id)).status, 'cancelled');
});

for (const apiVersion of ['v1beta', 'v1']) {
  test(`a stream of an interaction is resumed where it broke, under ${apiVersion}`, async () => {
    const client = stage.google({ httpOptions: { apiVersion, baseUrl: stage.url } });
    let last;
    let id;
    let text = '';
    const started = await client.interactions.create({ model: MODEL, input: 'Hello', stream: true, background: true });
    for await (const event of started) {
      id = event.interaction?.id ?? id;
      last = event.event_id;
      text += event.delta?.text ?? '';
      if (event.event_type === 'step.delta') break; // the client loses its connection here
    }
    for (let i = 0; i < 4; ++i) {
      let whole = text;
      const types = [];
      for await (const event of await client.interactions.get(id, { stream: true, last_event_id: last })) {
        types.push(event.event_type);
        whole += event.delta?.text ?? '';
      }
      assert.deepEqual(types, ['step.delta', 'step.stop', 'interaction.completed']);
      assert.equal(whole, 'Echo: "Hello"');
    }
    const seen = await stage.seen(/^GET .*interactions/);
    assert.equal(new Set(seen.map((request) => request.key)).size, 1);
    assert.ok(seen.every((request) => request.path.startsWith(`/${apiVersion}/`)));
    const next = await client.interactions.create({ model: MODEL, input: 'More', previous_interaction_id: id });
    assert.equal(next.previous_interaction_id, id);
  });
}

test('a broken stream of an interaction ends with its error event', async () => {
  await stage.script({ key: '*', fault: 'reset-mid-event' });
  const types = [];
  try {
    for await (const event of await ai.interactions.create({ model: MODEL, input: 'Hello', stream: true }))
      types.push(event.event_type);
  } catch (error) {
    types.push(error.message);
  }
  assert.match(String(types.at(-1)), /error|broke off/);
});
