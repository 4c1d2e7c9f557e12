import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { Ollama } from 'ollama';

import { MODEL, Stage } from './harness.mjs';

let stage;
before(async () => {
  stage = await Stage.start({ settings: { OLLAMA_OPEN: 'on' } });
});
after(() => stage?.stop());

const question = { model: MODEL, messages: [{ role: 'user', content: 'x' }] };

test('nothing but the address is told to the client', async () => {
  const client = new Ollama({ host: stage.url });
  assert.match((await client.chat(question)).message.content, /said "x"/);
  assert.ok((await client.list()).models.length > 0);
  assert.ok((await client.show({ model: MODEL })).capabilities.includes('tools'));
});

test("other dialects' clients of Ollama", async () => {
  const openai = stage.openai({ apiKey: 'ollama' });
  assert.match((await openai.chat.completions.create(question)).choices[0].message.content, /said "x"/);
  assert.ok((await openai.models.list()).data.length > 0);
});

test('web pages, proxies and other paths are not let in', async () => {
  const status = async (path, headers) => (await fetch(stage.url + path, { headers })).status;
  assert.equal(await status('/api/tags', {}), 200);
  assert.equal(await status('/api/tags', { Origin: 'http://localhost:3000' }), 200);
  assert.equal(await status('/api/tags', { Origin: 'https://page.example' }), 401);
  assert.equal(await status('/api/tags', { 'X-Forwarded-For': '10.0.0.7' }), 401);
  assert.equal(await status('/v1beta/models', {}), 401);
  assert.equal(await status('/api/tags', { Authorization: 'Bearer wrong' }), 401);
});
