import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';

import { KEYS, MODEL, Stage } from './harness.mjs';

let stage;
let client;
// Each test spoils keys for good, so each has a gateway of its own.
beforeEach(async () => {
  stage = await Stage.start({ settings: { MAX_RETRIES: '4', CHECK_INTERVAL: '0' } });
  client = stage.openai();
});
afterEach(() => stage?.stop());

// Each call begins a conversation of its own: one conversation would stay with its key.
let conversations = 0;
const say = (more = {}) =>
  client.chat.completions.create({
    model: MODEL,
    messages: [
      { role: 'system', content: `Conversation ${++conversations}.` },
      { role: 'user', content: 'x' },
    ],
    ...more,
  });
const asked = async () => (await stage.seen(/enerateContent/)).map((request) => request.key);

test('keys take turns', async () => {
  for (let i = 0; i < 9; ++i) await say();
  const counts = KEYS.map(() => 0);
  for (const key of await asked()) ++counts[KEYS.indexOf(key)];
  assert.deepEqual(counts, [3, 3, 3]);
});

for (const fault of ['invalid-key', 'leaked-key', 'suspended-key', 'service-disabled']) {
  test(`${fault}: stepped over and left aside`, async () => {
    await stage.script({ key: KEYS[0], fault });
    await stage.script({ key: KEYS[1], fault });
    for (let i = 0; i < 6; ++i) assert.equal((await say()).choices[0].finish_reason, 'stop');
    const keys = await asked();
    assert.ok(keys.filter((key) => key === KEYS[0]).length <= 1, `${keys}`);
    assert.ok(keys.filter((key) => key === KEYS[1]).length <= 1, `${keys}`);
  });
}

test('a minute’s quota rests the key for that model only', async () => {
  await stage.script({ key: KEYS[0], model: MODEL, fault: 'minute-quota', seconds: 50 });
  for (let i = 0; i < 6; ++i) await say();
  assert.ok((await asked()).filter((key) => key === KEYS[0]).length <= 1);
  await stage.reset();
  for (let i = 0; i < 3; ++i) await say({ model: 'gemini-3.8-flash' });
  assert.equal(new Set(await asked()).size, 3);
});

for (const fault of ['day-quota', 'day-quota-short', 'bare-quota', 'help-quota', 'limit-zero']) {
  test(`${fault}: the others go on`, async () => {
    await stage.script({ key: KEYS[1], fault });
    for (let i = 0; i < 6; ++i) assert.equal((await say()).choices[0].finish_reason, 'stop');
    assert.ok((await asked()).filter((key) => key === KEYS[1]).length <= 1);
  });
}

for (const fault of ['internal-error', 'overloaded', 'deadline', 'html-error', 'close-before-head', 'reset-before-head']) {
  test(`${fault}: tried with another key, nobody is blamed`, async () => {
    await stage.script({ fault, times: 1 });
    assert.equal((await say()).choices[0].finish_reason, 'stop');
    const keys = await asked();
    assert.equal(keys.length, 2);
    assert.notEqual(keys[0], keys[1]);
    await stage.reset();
    for (let i = 0; i < 6; ++i) await say();
    assert.equal(new Set(await asked()).size, 3);
  });
}

test('a stream is retried before its first byte', async () => {
  await stage.script({ fault: 'reset-before-head', times: 1 });
  await stage.script({ fault: 'overloaded', times: 1 });
  let text = '';
  for await (const chunk of await say({ stream: true })) text += chunk.choices[0]?.delta?.content ?? '';
  assert.match(text, /^Echo.*said "x"\.$/);
  assert.equal((await asked()).length, 3);
});

test('a caller’s fault is no key’s fault and goes back once', async () => {
  const google = stage.google();
  for (let i = 0; i < 6; ++i)
    await assert.rejects(
      google.models.generateContent({ model: MODEL, contents: 'x', config: { candidateCount: 9 } }), { status: 400 });
  assert.equal((await asked()).length, 6);
  assert.equal((await say()).choices[0].finish_reason, 'stop');
});

test('no key left: 503 that says why', async () => {
  await stage.script({ fault: 'invalid-key' });
  await assert.rejects(say(), { status: 503 });
  await assert.rejects(say(), (error) => {
    assert.equal(error.status, 503);
    assert.match(error.message, /3/);
    return true;
  });
  assert.equal((await asked()).length, 3);
});

test('what was learned outlives a restart', async () => {
  await stage.script({ key: KEYS[0], fault: 'leaked-key' });
  await stage.script({ key: KEYS[1], fault: 'day-quota' });
  for (let i = 0; i < 3; ++i) await say();
  await stage.restartGateway();
  client = stage.openai();
  await stage.reset();
  for (let i = 0; i < 4; ++i) await say();
  assert.deepEqual([...new Set(await asked())], [KEYS[2]]);
});

test('a sidelined key comes back by itself', async () => {
  await stage.stop();
  stage = await Stage.start({ settings: { CHECK_INTERVAL: '1' } });
  client = stage.openai();
  await stage.script({ key: KEYS[0], fault: 'invalid-key', times: 1 });
  for (let i = 0; i < 3; ++i) await say();
  await new Promise((resolve) => setTimeout(resolve, 2500));
  await stage.reset();
  for (let i = 0; i < 6; ++i) await say();
  assert.equal(new Set(await asked()).size, 3);
});
