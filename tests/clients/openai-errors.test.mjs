import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';

import { countingFetch, failure, KEYS, MODEL, Stage } from './harness.mjs';

let stage;
let client;
before(async () => {
  stage = await Stage.start();
  client = stage.openai();
});
after(() => stage?.stop());
beforeEach(() => stage.reset());

const say = (more = {}, by = client) =>
  by.chat.completions.create({ model: MODEL, messages: [{ role: 'user', content: 'x' }], ...more });

test('a wrong token is 401, told once, and never reaches Google', async () => {
  const refused = countingFetch();
  const error = await failure(say({}, stage.openai({ apiKey: 'wrong', fetch: refused, maxRetries: 3 })));
  assert.equal(error.status, 401);
  assert.equal(error.headers.get('x-should-retry'), 'false');
  assert.equal(refused.count, 1);
  assert.ok(error.error.message && error.error.type);
  assert.equal((await stage.seen()).length, 0);
});

test('a parameter out of range is 400, once', async () => {
  const error = await failure(say({ temperature: 9 }));
  assert.equal(error.status, 400);
  assert.equal(error.type, 'invalid_request_error');
  assert.ok((await stage.seen(/enerateContent/)).length <= 1);
});

test('messages missing', async () => {
  const error = await failure(client.chat.completions.create({ model: MODEL }));
  assert.equal(error.status, 400);
  assert.equal(error.param, 'messages');
});

test('an unknown model is 404', async () => {
  assert.equal((await failure(say({ model: 'no-such-model' }))).status, 404);
});

test('an unknown path is 404 in the same dialect', async () => {
  const error = await failure(client.post('/nothing/here', { body: {} }));
  assert.equal(error.status, 404);
  assert.ok(error.error.message);
});

test('every answer has an x-request-id, the own one if sane', async () => {
  const { response } = await say().withResponse?.() ?? {};
  const raw = response ?? (await client.chat.completions.create(
    { model: MODEL, messages: [{ role: 'user', content: 'x' }] }).asResponse());
  assert.ok(raw.headers.get('x-request-id'));
  const own = await client.chat.completions
    .create({ model: MODEL, messages: [{ role: 'user', content: 'x' }] }, { headers: { 'x-request-id': 'mine-123' } })
    .asResponse();
  assert.equal(own.headers.get('x-request-id'), 'mine-123');
});

test('all keys resting: 429 with Retry-After', async () => {
  await stage.script({ model: 'gemini-3.7-flash', fault: 'minute-quota', seconds: 40 });
  const error = await failure(say({ model: 'gemini-3.7-flash' }));
  assert.equal(error.status, 429);
  const wait = Number(error.headers.get('retry-after'));
  assert.ok(wait > 30 && wait <= 41, `${wait}`);
  const again = await failure(say({ model: 'gemini-3.7-flash' }));
  assert.equal(again.status, 429);
  assert.equal((await stage.seen(/enerateContent/)).length, KEYS.length);
  assert.equal((await say()).choices[0].finish_reason, 'stop');
});

test('an overloaded Google is told as such', async () => {
  await stage.script({ model: 'gemini-3.8-flash', fault: 'overloaded' });
  const error = await failure(say({ model: 'gemini-3.8-flash' }));
  assert.equal(error.status, 503);
  await stage.reset();
  assert.equal((await say({ model: 'gemini-3.8-flash' })).choices[0].finish_reason, 'stop');
});

test('no answer holds a key', async () => {
  await stage.script({ fault: 'invalid-key', times: KEYS.length });
  const error = await failure(say());
  const text = JSON.stringify(error.error) + JSON.stringify([...error.headers]) + stage.gatewayOutput.join('\n');
  for (const key of KEYS) assert.ok(!text.includes(key));
  assert.equal(error.status, 503);
});
