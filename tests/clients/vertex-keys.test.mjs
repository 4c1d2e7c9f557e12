// Keys of Vertex AI's express mode beside those of the Gemini API, asked by unchanged SDKs.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, beforeEach, test } from 'node:test';
import { promisify } from 'node:util';

import { ADMIN_TOKEN, KEYS, MODEL, Stage, until } from './harness.mjs';

const VERTEX_KEY = 'vertex-key-of-the-cloud-0001';

let stage;
before(async () => {
  stage = await Stage.start({
    keys: [...KEYS, VERTEX_KEY],
    settings: { GEMINI_API_KEYS: KEYS[0], KEY_STRATEGY: 'priority' },
    fakeArguments: ['--keys', [...KEYS, VERTEX_KEY].join(',')],
  });
  const { stdout } = await promisify(execFile)(process.env.GW_PROGRAM, [
    'keys', 'add', VERTEX_KEY, '--kind', 'vertex', '--base-url', `${stage.fakeUrl}/v1/`, '--priority', '10', '--json',
    '--url', stage.url, '--token', ADMIN_TOKEN,
  ], { env: stage.settings });
  assert.match(stdout, /"added":\s*1/);
});
after(() => stage?.stop());
beforeEach(() => stage.reset());

const admin = async (path, options = {}) => {
  const answer = await fetch(`${stage.url}/admin/api/v1${path}`, {
    ...options, headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
  });
  return answer.json();
};

test('the key is told as what it is', async () => {
  const { items, keys } = await admin('/keys');
  const key = (items ?? keys).find((one) => one.kind === 'vertex' || one.settings?.kind === 'vertex');
  assert.ok(key);
  assert.equal((key.settings ?? key).baseUrl, `${stage.fakeUrl}/v1`);
});

test('Gemini’s SDK, whole and streamed', async () => {
  const answer = await stage.google().models.generateContent({ model: MODEL, contents: 'Hello' });
  assert.match(answer.text, /Hello/);
  let text = '';
  for await (const chunk of await stage.google().models.generateContentStream({ model: MODEL, contents: 'Hello' }))
    text += chunk.text ?? '';
  assert.match(text, /Hello/);
  const seen = await stage.seen(/enerateContent/);
  assert.deepEqual(seen.map((request) => [request.key, request.path]), [
    [VERTEX_KEY, `/v1/publishers/google/models/${MODEL}:generateContent`],
    [VERTEX_KEY, `/v1/publishers/google/models/${MODEL}:streamGenerateContent`],
  ]);
});

test('OpenAI’s SDK', async () => {
  const answer = await stage.openai().chat.completions.create({
    model: MODEL, messages: [{ role: 'user', content: 'Hello' }],
  });
  assert.equal(answer.choices[0].finish_reason, 'stop');
  assert.equal((await stage.seen(/enerateContent/))[0].key, VERTEX_KEY);
});

test('what it lacks goes to the other key', async () => {
  const ai = stage.google();
  await ai.files.list();
  await ai.interactions.create({ model: MODEL, input: 'Hello' });
  const seen = await stage.seen(/./);
  assert.ok(seen.length >= 2);
  assert.ok(seen.every((request) => request.key === KEYS[0]));
});

test('a check counts tokens', async () => {
  await admin('/checks', { method: 'POST', body: JSON.stringify({ scope: 'all' }) });
  const seen = await until(async () => {
    const all = await stage.seen(/publishers/);
    return all.some((request) => request.path.endsWith(':countTokens') && request.status === 200) && all;
  });
  assert.ok(seen.every((request) => request.key === VERTEX_KEY));
});
